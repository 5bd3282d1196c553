//! The school calendar in words.

use school::dossier::Period;

use super::{Both, both};
use crate::lifecycle::calendar::{Due, Rhythm, Week};

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
        Due::TranscriptPages => both(
            "In trang Lý lịch của học bạ khối đầu cấp (6 hoặc 10)",
            "Particulars of new transcripts printed, grade 6 or 10",
        ),
        Due::TeachersBooks => both("In sổ điểm của giáo viên", "Teachers' books printed"),
        Due::Particulars => {
            both("GVCN hoàn thành sơ yếu lý lịch học sinh", "Particulars of pupils, by homeroom teachers")
        }
        Due::MonthEnd(month) => both(
            format!("Chuyên cần và tiến độ nhập liệu, tháng {month}"),
            format!("Attendance and progress, month {month}"),
        ),
        Due::RegularMarksOf(month, week) => {
            let week = match week {
                Week::Second => 2,
                Week::Fourth => 4,
            };
            both(
                format!("Điểm đánh giá thường xuyên, cuối tuần {week} tháng {month}"),
                format!("Regular marks, end of week {week}, month {month}"),
            )
        }
        Due::FiguresOfBeginning => {
            both("Chốt và gửi số liệu đầu năm", "Figures of the beginning of the year")
        }
        Due::RegularMarks(time) => {
            both(format!("Điểm đánh giá thường xuyên lần {time}"), format!("Regular marks, time {time}"))
        }
        Due::MidTerm(period) => of_term("Điểm giữa kỳ", "Mid-term marks", period),
        Due::EndOfTerm(period) => of_term("Điểm cuối kỳ", "End-of-term marks", period),
        Due::Assessment(period) => of_term("Đánh giá, xếp loại", "Assessment", period),
        Due::Summary(period) => of_term("Tổng hợp, báo cáo kết quả", "Results summed up", period),
        Due::Lock(Period::FirstTerm) => both("Khóa sổ học kỳ I", "Lock of the first term"),
        Due::Lock(Period::AfterSummer) => {
            both("Khóa sổ sau rèn luyện, kiểm tra lại trong hè", "Lock after the summer")
        }
        Due::Lock(Period::FullYear | Period::Snapshot(_)) => both("Khóa sổ cả năm", "Lock of the year"),
        Due::Signing => both("Ký số, đóng dấu sổ điểm và học bạ", "Signing and stamping"),
        Due::FiguresOfEnd => both("Chốt và gửi số liệu cuối năm", "Figures of the end of the year"),
    }
}

/// When regular marks are entered.
pub fn rhythm(rhythm: Rhythm) -> Both {
    match rhythm {
        Rhythm::FourTimes => both("Bốn đợt trong năm học", "Four times in the year"),
        Rhythm::TwiceAMonth => {
            both("Cuối tuần 2 và cuối tuần 4 hằng tháng", "End of the second and fourth week of each month")
        }
    }
}
