//! Words of `niemphong archive`: where the archive of a year stands, and what comes next.

use school::deposit::{DepositId, DepositKind};
use school::dossier::DossierId;
use school::identifier::SchoolYear;
use school::moment::Moment;

use super::{Both, both};
use crate::lifecycle::deposit::{Absent, Deposit, Missing, Next, Stage};

/// Where no roster was signed yet.
pub const NO_YEAR: &str = "Chưa mở năm học nào. / No school year is open yet.";

/// A document without which it does not go on.
pub fn waits_to_be_signed(dossier: &DossierId) -> String {
    format!(
        "Hồ sơ {dossier} đang chờ ký; ký xong hãy chạy lại lệnh này. / It waits for its signatures; then please ask again."
    )
}

/// The heading of a year.
pub fn of_year(year: SchoolYear) -> String {
    format!("Năm học / School year {year}")
}

/// One line for a deposit: its name, what it is for, where it stands.
pub fn deposit(id: &DepositId, deposit: &Deposit) -> Both {
    let (stands_vi, stands_en) = match &deposit.stage {
        Stage::Planned => ("đã lập danh mục", "listed"),
        Stage::Built { .. } => ("đã đóng gói, chờ niêm phong", "packed, waits for its seal"),
        Stage::Sealed { .. } => ("đã niêm phong", "sealed"),
    };
    let (complete_vi, complete_en) =
        if deposit.complete { (", hoàn tất năm học", ", completes the year") } else { ("", "") };
    let kind = kind(deposit.kind);
    both(
        format!("{id} ({}{complete_vi}): {stands_vi}", kind.vi),
        format!("{}{complete_en}: {stands_en}", kind.en),
    )
}

/// A kind of deposit.
pub fn kind(kind: DepositKind) -> Both {
    match kind {
        DepositKind::Year => both("cả năm", "whole year"),
        DepositKind::FirstTerm => both("học kỳ I", "first term"),
        DepositKind::Snapshot(n) => both(format!("thời điểm {n}"), format!("point in time {n}")),
        DepositKind::Supplement => both("bổ sung", "supplement"),
        DepositKind::Correction => both("sửa chữa", "correction"),
    }
}

/// One line for what is missing of a period.
///
/// `called`: what a document is called where this is read.
pub fn missing(missing: &Missing, called: impl Fn(&DossierId) -> String) -> Both {
    let of = missing.class.as_ref().map_or_else(|| "của trường".to_owned(), |class| format!("lớp {class}"));
    let (what, en) = match &missing.what {
        Absent::LockedData => ("dữ liệu chưa khóa".to_owned(), "data not locked"),
        Absent::NotMade(id) => (format!("chưa lập {}", called(id)), "not made"),
        Absent::NotClosed(id) => (format!("{} chưa ký xong", called(id)), "not closed"),
        Absent::NotSummed(id) => {
            (format!("{} chưa có trong bảng tổng hợp sửa chữa đã ký", called(id)), "not in a signed summary")
        }
    };
    let of_en =
        missing.class.as_ref().map_or_else(|| "the school".to_owned(), |class| format!("class {class}"));
    both(format!("Còn thiếu, {of}: {what}"), format!("missing, {of_en}: {en}"))
}

/// What is not listed one by one.
pub fn more_missing(count: usize) -> String {
    format!("Còn thiếu {count} mục khác / {count} more are missing")
}

/// Who is awaited.
pub fn waits_for(name: &str, title: &str) -> String {
    format!("Đang chờ: {name} ({title}) / waiting for {name}")
}

/// A later proof of time was kept.
pub fn time_proven(deposit: &DepositId, time: Moment) -> String {
    format!(
        "{deposit}: đã có dấu thời gian bổ sung {}, sẽ ghi ra vật mang tiếp theo. / A further timestamp, which goes \
         onto the next medium.",
        time.vietnamese()
    )
}

/// Asks for the PIN of a token.
pub fn ask_pin(name: &str, label: &str) -> String {
    format!("Mã PIN của USB token {label} ({name}) / PIN of this token:")
}

/// The next step; `awaited`: name and title of who signs next.
pub fn step(next: &Next, awaited: Option<(&str, &str)>) -> Both {
    let (who_vi, who_en) = awaited.map_or_else(Default::default, |(name, title)| {
        (format!(" Người ký: {name} ({title})."), format!(" Signs next: {name}."))
    });
    match next {
        Next::Build(id) => {
            both(format!("Đóng gói {id} và lập biên bản niêm phong."), "Pack it and make the sealing record.")
        }
        Next::SignRecord(id) => both(
            format!("Văn phòng rồi Hiệu trưởng ký biên bản niêm phong của {id}.{who_vi}"),
            format!("Office, then principal sign the sealing record.{who_en}"),
        ),
        Next::Seal(id) => {
            both(format!("Đóng dấu niêm phong {id}.{who_vi}"), format!("Seal it with the stamp.{who_en}"))
        }
        Next::Plan(kind) => {
            let kind = self::kind(*kind);
            both(
                format!("Lập danh mục lưu trữ: {}.", kind.vi),
                format!("List what goes into the deposit: {}.", kind.en),
            )
        }
        Next::Complete => both("Hoàn tất các hồ sơ còn thiếu.", "Complete the documents that are missing."),
        Next::Media => both(
            "Hồ sơ đã ký xong của năm học đã niêm phong đủ; tiếp theo là vật mang: lập, niêm phong, ghi rồi đọc lại.",
            "Everything signed of the year is sealed; media come next: plan, seal, write, read back.",
        ),
        Next::Nothing => both("Chưa có hồ sơ nào để lưu trữ.", "There is nothing to archive yet."),
    }
}

/// The next step, as a sentence and as a command.
pub fn next(year: SchoolYear, next: &Next, awaited: Option<(&str, &str)>) -> String {
    let step = step(next, awaited);
    let sign = "--module <thư viện PKCS#11> --token <nhãn hoặc số hiệu>";
    let command = match next {
        Next::Build(id) => format!("niemphong archive build {id}"),
        Next::SignRecord(id) | Next::Seal(id) => format!("niemphong archive seal {id} {sign}"),
        Next::Plan(kind) => format!("niemphong archive plan {year} --kind {kind}"),
        Next::Complete => {
            return format!(
                "Việc tiếp theo / Next: {step}\nLớp đã đủ có thể lưu trữ trước / complete classes may go first:\n  \
                 niemphong archive plan {year} --partial"
            );
        }
        Next::Media | Next::Nothing => return step.to_string(),
    };
    format!("Việc tiếp theo / Next: {step}\n  {command}")
}
