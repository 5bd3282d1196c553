//! Reports without marks: what they are, and that they are kept and nothing is made of them.

use school::report::{Report, ReportKind};

use crate::wording::Finding;

/// What the report is and what becomes of it, in a sentence.
pub const fn report_kept(kind: ReportKind) -> Finding {
    match kind {
        ReportKind::Conduct => (
            "Báo cáo nề nếp: không có điểm, được giữ nguyên, không lập sổ từ tệp này.",
            "Report of conduct: it holds no marks, is kept as it came, and no book is made of it.",
        ),
    }
}

/// Beside the file in the inbox.
pub fn inbox_kept(file: &str, report: Report) -> String {
    let (vi, en) = report_kept(report.kind);
    format!(
        "ĐÃ NHẬN: {file}\n{vi}\n\
         Năm học {}. Tệp không chờ khóa sổ và không có gì để ký. Không cần làm gì thêm.\n\
         Nếu cần lập sổ hay học bạ: xuất sổ điểm của lớp từ phần mềm quản lý điểm.\n\n{en}\n\
         It waits for no lock and nobody signs it. Nothing needs to be done.\n",
        report.year
    )
}
