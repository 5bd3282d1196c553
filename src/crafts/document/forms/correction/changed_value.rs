//! A changed value as people read it: whose, which cell of the form, the old value struck out in red and the
//! new one (guide of the forms, point 5).

use school::gradebook::{Change, Conduct, Gradebook, Honour, Level, Outcome, Study};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::super::super::layout::{Grid, Rows, col, share};
use super::super::super::table::Cell;
use super::super::regulation::Regulation;
use super::super::row;

/// A changed value in words, the same on papers, pages and notes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedValue {
    /// Its place in the list, from 1.
    pub number: usize,
    /// Name and code of the pupil; empty for what the class shares.
    pub pupil: String,
    /// Which cell of the form.
    pub what: String,
    /// As locked, as the form prints it.
    pub old: String,
    /// As it is to be.
    pub new: String,
}

impl ChangedValue {
    /// Whose and which cell, in one line.
    pub fn place(&self) -> String {
        if self.pupil.is_empty() { self.what.clone() } else { format!("{} – {}", self.pupil, self.what) }
    }
}

/// `changes` in words, in their order.
pub fn changed_values(changes: &[Change], before: &Gradebook, after: &Gradebook) -> Vec<ChangedValue> {
    let one = |(index, change): (usize, &Change)| {
        let known = change.pupil().and_then(|id| {
            let mut pupils = after.pupils.iter().chain(&before.pupils);
            pupils.find(|pupil| pupil.id == id)
        });
        ChangedValue {
            number: index + 1,
            pupil: known.map_or_else(String::new, |pupil| format!("{} ({})", pupil.name, pupil.id)),
            what: place(change, after),
            old: value(change, &change.locked),
            new: value(change, &change.found),
        }
    };
    changes.iter().enumerate().map(one).collect()
}

/// The table of changed values.
pub(in super::super) fn table<'a>(title: &str, rows: &[ChangedValue]) -> Grid<'a, ChangedValue> {
    let name = if rows.iter().all(|row| row.pupil.is_empty()) { 40.0 } else { 128.0 };
    let columns = vec![
        col("Số TT", 30.0, |row: &ChangedValue| row.number.to_string()),
        col("Học sinh", name, |row: &ChangedValue| row.pupil.clone()).heads_rows(),
        col("Nội dung", share(1.4), |row: &ChangedValue| row.what.clone()).left(),
        col("Giá trị cũ", share(0.8), |row: &ChangedValue| Cell::new(row.old.clone()).struck()),
        col("Giá trị mới", share(0.8), |row: &ChangedValue| row.new.clone()).bold(),
    ];
    Grid { title: title.to_owned(), columns, rows: Rows::WIDE, followed_by: 0.0 }
}

/// Which cell of the form it is.
fn place(change: &Change, gradebook: &Gradebook) -> String {
    let regulation = Regulation::of(gradebook.year, &gradebook.class);
    let rest = change.path.split_once("].").map_or("", |(_, rest)| rest);
    if change.pupil().is_none() {
        let whole = if change.path.starts_with("$.subjects") {
            "Danh mục môn học"
        } else {
            "Nhận xét của Hiệu trưởng"
        };
        return whole.to_owned();
    }
    if let Some(subject) = change.subject() {
        let name = gradebook
            .subjects
            .iter()
            .find(|one| one.id == subject)
            .map_or_else(|| subject.to_string(), |one| one.name.clone());
        let part = part(rest).map(|part| format!(", phân môn {part}")).unwrap_or_default();
        return format!("{name}{part}, {}", cell(rest));
    }
    let term = match rest.rsplit('.').next().unwrap_or_default() {
        "hk1" => ", học kì I",
        "hk2" => ", học kì II",
        "year" => ", cả năm",
        "retest" => ", đánh giá lại",
        _ => "",
    };
    let what = match change.part() {
        None => "Tên trong danh sách lớp",
        Some("name") => "Họ và tên",
        Some("born") => "Ngày sinh",
        Some("gender") => "Giới tính",
        Some("birthplace") => "Nơi sinh",
        Some("study") => regulation.study(),
        Some("conduct") => regulation.conduct(),
        Some("averages") => "Điểm trung bình các môn",
        Some("absence") if rest.ends_with(".excused") => "Số buổi nghỉ có phép",
        Some("absence") => "Số buổi nghỉ không phép",
        Some("attendance") => "Điểm danh theo ngày",
        Some("outcome") => "Kết quả cuối năm (lên lớp)",
        Some("honour") => "Danh hiệu",
        Some("awards") => "Khen thưởng, kết quả các cuộc thi",
        Some("certificates") => "Chứng chỉ",
        Some("summer") => "Kết quả rèn luyện trong kì nghỉ hè",
        Some("remark") => "Nhận xét của giáo viên chủ nhiệm",
        Some(_) => "Thông tin cá nhân",
    };
    format!("{what}{term}")
}

/// The phân môn whose teacher recorded the cell.
fn part(rest: &str) -> Option<&str> {
    let (_, rest) = rest.split_once(".parts.")?;
    let (part, _) = rest.rsplit_once(".marks.").or_else(|| rest.rsplit_once(".levels."))?;
    Some(part)
}

/// A cell of a subject: `học kì I, ĐĐGtx lần 2`.
fn cell(rest: &str) -> String {
    if rest.ends_with(".remark") {
        return "nhận xét".into();
    }
    let marks = rest.contains(".marks");
    let term = match () {
        () if rest.contains(".hk1") => "học kì I",
        () if rest.contains(".hk2") => "học kì II",
        () if rest.ends_with(".year") => return if marks { "ĐTBmcn" } else { "đánh giá cả năm" }.into(),
        () if rest.ends_with(".retest") => return "đánh giá lại".into(),
        () => return "kết quả".into(),
    };
    let regular = rest.split_once(".tx[").and_then(|(_, at)| at.strip_suffix(']')?.parse::<usize>().ok());
    let place = match rest.rsplit('.').next().unwrap_or_default() {
        "gk" => "ĐĐGgk".to_owned(),
        "ck" => "ĐĐGck".to_owned(),
        "result" if marks => "ĐTBmhk".to_owned(),
        "result" => "đánh giá học kì".to_owned(),
        _ => regular.map_or_else(|| "các cột điểm".to_owned(), |at| format!("ĐĐGtx lần {}", at + 1)),
    };
    format!("{term}, {place}")
}

/// The value as the form prints it.
fn value(change: &Change, text: &str) -> String {
    fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
        serde_json::from_value(Value::String(text.to_owned())).ok()
    }
    let known = match change.part() {
        Some("subjects") if change.path.contains(".levels.") => {
            read::<Level>(text).map(|level| level.to_string())
        }
        Some("study") => read::<Study>(text).map(|level| row::study(level).to_owned()),
        Some("conduct") => read::<Conduct>(text).map(|level| row::conduct(level).to_owned()),
        Some("outcome") => read::<Outcome>(text).map(|outcome| row::outcome(outcome).to_owned()),
        Some("honour") => read::<Honour>(text).map(|honour| row::honour(honour).to_owned()),
        Some("born") => text.parse().ok().map(|date: school::moment::Date| date.vietnamese()),
        Some("gender") => {
            Some(if text == "nam" { "Nam" } else { "Nữ" }.to_owned()).filter(|_| !text.is_empty())
        }
        _ => None,
    };
    match known {
        Some(known) => known,
        None if text.is_empty() => "(để trống)".into(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_a_subject_is_called_as_the_form_calls_it() {
        for (rest, expected) in [
            ("subjects.TOAN.results.marks.hk1.gk", "học kì I, ĐĐGgk"),
            ("subjects.TOAN.results.marks.hk2.tx[1]", "học kì II, ĐĐGtx lần 2"),
            ("subjects.TOAN.results.marks.hk2.result", "học kì II, ĐTBmhk"),
            ("subjects.TOAN.results.marks.year", "ĐTBmcn"),
            ("subjects.GDTC.results.levels.hk1.result", "học kì I, đánh giá học kì"),
            ("subjects.GDTC.remark", "nhận xét"),
        ] {
            assert_eq!(cell(rest), expected);
        }
    }

    #[test]
    fn a_cell_of_a_phan_mon_is_told_from_that_of_its_subject() {
        assert_eq!(part("subjects.TOAN.parts.Hình học.marks.hk1.gk"), Some("Hình học"));
        assert_eq!(cell("subjects.TOAN.parts.Hình học.marks.hk1.gk"), "học kì I, ĐĐGgk");
        assert_eq!(part("subjects.TOAN.results.marks.hk1.gk"), None);
    }
}
