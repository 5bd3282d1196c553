//! How a class stands while its files come in one by one: what is missing, what contradicts, where class
//! export and teachers' books differ.

use std::fmt::Write;

use crafts::export::{BookDifference, Missing, When};
use school::dossier::Period;
use school::identifier::{ClassName, DecisionNumber, SchoolYear};
use school::records::reader_frame::ExportProblem;

use crate::wording::{notes, period_within};

/// How a class stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassStanding {
    /// School year.
    pub year: SchoolYear,
    /// Class.
    pub class: ClassName,
    /// Each period of which anything is known.
    pub periods: Vec<(Period, Outcome)>,
}

/// How a period of a class stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A gradebook was made; it waits for the lock decision.
    Complete,
    /// Something is missing.
    Waiting(Vec<Missing>),
    /// Files contradict each other.
    Contradictory(Vec<ExportProblem>),
    /// Something is said otherwise than it was locked.
    Locked(Vec<ExportProblem>),
    /// Something is said otherwise than people signed for: this correction case was opened.
    Correcting(DecisionNumber),
    /// Class export and teachers' books differ.
    Different(Vec<BookDifference>),
}

/// Entries of one kind that a note lists.
const LISTED: usize = 200;

/// Beside a file with parts of classes.
pub fn inbox_parts(file: &str, classes: &[ClassStanding]) -> String {
    let mut note = format!("ĐÃ NHẬN: {file}\nTệp gốc được giữ nguyên. Tình trạng từng lớp:\n");
    let mut english = String::from("\nThe file was taken in. How each class stands:\n");
    for standing in classes {
        if standing.periods.is_empty() {
            let _ = writeln!(note, "\nLớp {} năm học {}: chưa có điểm.", standing.class, standing.year);
            let _ = writeln!(english, "- {} {}: no marks yet.", standing.class, standing.year);
        }
        for (period, outcome) in &standing.periods {
            let _ = writeln!(
                note,
                "\nLớp {} năm học {}, {}: {}",
                standing.class,
                standing.year,
                period_within(*period).vi,
                said(*period, outcome)
            );
            let of = period_within(*period).en;
            let _ = write!(english, "- {} {}, {of}: ", standing.class, standing.year);
            list(*period, outcome, &mut note, &mut english);
        }
    }
    note + &english
}

fn said(period: Period, outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Complete if matches!(period, Period::Snapshot(_)) => {
            "đã đủ, được giữ làm bản thời điểm ghi điểm (không khóa sổ, không ký)."
        }
        Outcome::Complete => "đã đủ, chờ khóa sổ.",
        Outcome::Waiting(_) => "còn thiếu:",
        Outcome::Contradictory(_) => "các tệp mâu thuẫn nhau, cần sửa rồi đưa lại tệp đúng:",
        Outcome::Locked(_) => "có giá trị khác với dữ liệu đã khóa, nên chưa nhận thành bản mới:",
        Outcome::Correcting(_) => "có giá trị khác với dữ liệu đã khóa và đã ký; đã mở hồ sơ sửa chữa.",
        Outcome::Different(_) => {
            "sổ của lớp và sổ của giáo viên khác nhau, cần thống nhất trước khi khóa sổ:"
        }
    }
}

fn list(period: Period, outcome: &Outcome, note: &mut String, english: &mut String) {
    match outcome {
        Outcome::Complete if matches!(period, Period::Snapshot(_)) => {
            english.push_str("complete, kept as a point in time; never locked, never signed.\n");
        }
        Outcome::Complete => english.push_str("complete, waiting for the lock decision.\n"),
        Outcome::Correcting(number) => {
            let _ = writeln!(english, "signed values are said otherwise: correction {number} was opened.");
        }
        Outcome::Waiting(missing) => {
            english.push_str("still missing:\n");
            for one in missing.iter().take(LISTED) {
                let (vi, en) = missing_words(one);
                let _ = writeln!(note, "- {vi}");
                let _ = writeln!(english, "  - {en}");
            }
        }
        Outcome::Contradictory(problems) | Outcome::Locked(problems) => {
            english.push_str(match outcome {
                Outcome::Locked(_) => "something is said otherwise than it was locked:\n",
                _ => "files contradict each other:\n",
            });
            for problem in problems.iter().take(LISTED) {
                let (vi, en) = notes::words(problem);
                let _ =
                    writeln!(note, "- {}: {vi} (thấy: {}) [{}]", problem.path, problem.found, problem.code);
                let _ = writeln!(english, "  - {}: {en} [{}]", problem.path, problem.code);
            }
            for (code, (vi, en)) in notes::causes(&problems[..problems.len().min(LISTED)]) {
                let _ = writeln!(note, "  [{code}] {vi}");
                let _ = writeln!(english, "  [{code}] {en}");
            }
        }
        Outcome::Different(differences) => {
            english.push_str("class export and teacher's book differ:\n");
            for difference in differences.iter().take(LISTED) {
                let (vi, en) = book_difference(difference);
                let _ = writeln!(note, "- {vi}");
                let _ = writeln!(english, "  - {en}");
            }
        }
    }
}

fn when(when: When) -> (&'static str, &'static str) {
    match when {
        When::Hk1 => ("học kỳ I", "first term"),
        When::Hk2 => ("học kỳ II", "second term"),
        When::Year => ("cả năm", "year"),
        When::Retest => ("đánh giá lại", "new assessment"),
    }
}

fn missing_words(missing: &Missing) -> (String, String) {
    match missing {
        Missing::Roster => (
            "danh sách phân công của năm học chưa có hiệu lực nên chưa biết lớp có những môn nào".into(),
            "the roster of the school year is not in force, so the subjects of the class are not known"
                .into(),
        ),
        Missing::ClassList => (
            "danh sách lớp (mã, ngày sinh, giới tính)".into(),
            "the class list (codes, dates of birth, gender)".into(),
        ),
        Missing::Code(name) => {
            (format!("mã định danh hoặc mã học sinh của {name}"), format!("the code of {name}"))
        }
        Missing::Subject(subject, term) => {
            let (vi, en) = when(*term);
            (format!("điểm môn {subject}, {vi}"), format!("marks of {subject}, {en}"))
        }
        Missing::Unassigned(subject) => (
            format!("phân công giáo viên môn {subject}: có điểm mà danh sách phân công không có môn này"),
            format!("a teacher for {subject}: it has marks, but nobody is assigned to it"),
        ),
        Missing::Absence => ("số buổi nghỉ học".into(), "days of absence".into()),
        Missing::NotFinal(file) => (
            format!(
                "bản đã tổng kết của tệp {file}: tệp ghi \"Nhà trường chưa Hoàn thành tổng kết\" nên không thể khóa sổ"
            ),
            format!(
                "the closed version of {file}: it says that the school has not closed the period, so it cannot be locked"
            ),
        ),
    }
}

/// A difference in one line, Vietnamese and English.
pub fn book_difference(difference: &BookDifference) -> (String, String) {
    let (term_vi, term_en) = when(difference.when);
    let cell = match difference.cell.as_str() {
        "gk" => "ĐĐGgk".to_owned(),
        "ck" => "ĐĐGck".to_owned(),
        "result" if difference.when == When::Year => "ĐTBmcn".to_owned(),
        "result" => "ĐTBmhk".to_owned(),
        tx => tx.replace("tx", "ĐĐGtx"),
    };
    let side = |side: &Option<(String, String)>, empty: &str| {
        side.as_ref().map_or_else(|| empty.to_owned(), |(value, place)| format!("{value} ({place})"))
    };
    let BookDifference { name, pupil, subject, class, teacher, .. } = difference;
    (
        format!(
            "{name} ({pupil}), môn {subject}, {term_vi}, {cell}: sổ lớp {}, sổ giáo viên {}",
            side(class, "để trống"),
            side(teacher, "để trống")
        ),
        format!(
            "{name} ({pupil}), {subject}, {term_en}, {cell}: class {}, teacher {}",
            side(class, "empty"),
            side(teacher, "empty")
        ),
    )
}
