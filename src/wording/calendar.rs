//! The school calendar in words.

use school::dossier::Period;

use super::{Both, both};
use crate::lifecycle::calendar::Due;

fn of_term(vi: &str, en: &str, period: Period) -> Both {
    let (term, in_english) = if period == Period::FirstTerm {
        ("học kỳ I", "first term")
    } else {
        ("học kỳ II", "second term")
    };
    both(format!("{vi}, {term}"), format!("{en}, {in_english}"))
}

/// What is due.
pub fn due(due: Due) -> Both {
    match due {
        Due::People => both("Phân công, tài khoản, danh sách lớp", "People, accounts, class lists"),
        Due::FiguresOfBeginning => {
            both("Chốt và gửi số liệu đầu năm", "Figures of the beginning of the year")
        }
        Due::RegularMarks(time) => {
            both(format!("Điểm đánh giá thường xuyên lần {time}"), format!("Regular marks, time {time}"))
        }
        Due::MidTerm(period) => of_term("Điểm giữa kỳ", "Mid-term marks", period),
        Due::EndOfTerm(period) => of_term("Điểm cuối kỳ", "End-of-term marks", period),
        Due::Assessment(period) => of_term("Đánh giá, xếp loại", "Assessment", period),
        Due::Lock(Period::FirstTerm) => both("Khóa sổ học kỳ I", "Lock of the first term"),
        Due::Lock(Period::AfterSummer) => {
            both("Khóa sổ sau rèn luyện, kiểm tra lại trong hè", "Lock after the summer")
        }
        Due::Lock(Period::FullYear | Period::Snapshot(_)) => both("Khóa sổ cả năm", "Lock of the year"),
        Due::Signing => both("Ký số, đóng dấu sổ điểm và học bạ", "Signing and stamping"),
        Due::FiguresOfEnd => both("Chốt và gửi số liệu cuối năm", "Figures of the end of the year"),
    }
}
