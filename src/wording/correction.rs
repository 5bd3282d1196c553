//! Words of a correction case: the note beside the file that opened it, and where it stands.

use std::fmt::Write;

use crafts::document::ChangedValue;

use super::{Both, both};
use crate::lifecycle::correction::{CaseId, Standing};

/// Values that a note lists; more are counted.
const LISTED: usize = 200;

/// Beside a file that says signed data otherwise.
pub fn inbox_correction(case: &CaseId, changes: &[ChangedValue]) -> String {
    let CaseId { year, number } = case;
    let mut note = format!(
        "ĐÃ NHẬN TỆP; CHƯA SỬA GÌ.\n\
         Tệp có {} giá trị khác với dữ liệu đã khóa và đã có người ký. Đã mở hồ sơ sửa chữa số {number}, năm học {year}.\n\
         Việc cần làm: người nhập điểm lập và ký phiếu đề nghị sửa, Hiệu trưởng đồng ý, rồi lập biên bản sửa chữa. \
         Nếu đưa nhầm tệp, hãy rút hồ sơ sửa chữa này.\n\n",
        changes.len()
    );
    for change in changes.iter().take(LISTED) {
        let _ = writeln!(note, "- {}: {} → {}", change.place(), change.old, change.new);
    }
    if changes.len() > LISTED {
        let _ = writeln!(note, "- … và {} giá trị khác.", changes.len() - LISTED);
    }
    note.push_str(
        "\nThe file was taken and nothing was changed. It says signed data otherwise, so a correction case was \
         opened: the request, the principal's consent and the record come next.\n",
    );
    note
}

/// Where a case stands, and who acts.
pub fn correction_standing(standing: Standing) -> Both {
    let (vi, en) = match standing {
        Standing::Opened => ("đã mở, chờ người nhập điểm lập phiếu đề nghị sửa", "waits for the request"),
        Standing::Requested => ("phiếu đề nghị sửa đang chờ ký", "the request waits for signatures"),
        Standing::Consented => ("Hiệu trưởng đã đồng ý, chờ lập biên bản", "agreed to, waits for the record"),
        Standing::Recorded => ("biên bản sửa chữa đang chờ ký", "the record waits for signatures"),
        Standing::RecordSigned => ("biên bản đã đủ chữ ký, chờ đóng", "signed, waits to be closed"),
        Standing::CarriedOut => ("đã sửa chữa", "carried out"),
        Standing::Refused => ("Hiệu trưởng không đồng ý sửa", "refused"),
        Standing::Withdrawn => ("đã rút đề nghị", "withdrawn"),
    };
    both(vi, en)
}
