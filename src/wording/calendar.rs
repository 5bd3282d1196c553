//! The school calendar in words.

use school::dossier::Period;

use crate::lifecycle::calendar::Due;

fn term(period: Period) -> &'static str {
    if period == Period::FirstTerm { "học kỳ I" } else { "học kỳ II" }
}

/// What is due.
pub fn due(due: Due) -> String {
    match due {
        Due::People => "Phân công, tài khoản, danh sách lớp".into(),
        Due::FiguresOfBeginning => "Chốt và gửi số liệu đầu năm".into(),
        Due::RegularMarks(time) => format!("Điểm đánh giá thường xuyên lần {time}"),
        Due::MidTerm(period) => format!("Điểm giữa kỳ, {}", term(period)),
        Due::EndOfTerm(period) => format!("Điểm cuối kỳ, {}", term(period)),
        Due::Assessment(period) => format!("Đánh giá, xếp loại, {}", term(period)),
        Due::Lock(Period::FirstTerm) => "Khóa sổ học kỳ I".into(),
        Due::Lock(Period::AfterSummer) => "Khóa sổ sau rèn luyện, kiểm tra lại trong hè".into(),
        Due::Lock(Period::FullYear | Period::Snapshot(_)) => "Khóa sổ cả năm".into(),
        Due::Signing => "Ký số, đóng dấu sổ điểm và học bạ".into(),
        Due::FiguresOfEnd => "Chốt và gửi số liệu cuối năm".into(),
    }
}
