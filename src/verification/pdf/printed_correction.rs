//! The sheet of a later version that shows every corrected value beside the struck-out one. Old values
//! stand in no data of this version; a new one must be the value of the data at the place that the sheet names.

use school::gradebook::{Gender, Pupil, Results, Subject, SubjectResults, YearOf};

use crate::pdf::printed_data::{conduct_word, honour, is_mark, outcome, study_word};
use crate::pdf::tagged_text::{Cell, words};

/// How the sheet says that nothing stands in a place.
const NOTHING: &str = "(để trống)";
/// Places that the pages do not print as one value of a cell: any words but a mark may stand there.
const IN_WORDS: [&str; 2] = ["Thông tin cá nhân", "Điểm danh theo ngày"];
/// Ends of places that hold several cells at once, which the sheet gives as data: never as the value of one cell.
const SEVERAL_CELLS: [&str; 2] = [", kết quả", ", các cột điểm"];

/// What the sheet says of one value.
pub(super) struct Corrected<'t> {
    /// Which cell of the form it calls it: `Toán, học kì I, ĐĐGgk`.
    pub place: &'t str,
    pub new: &'t str,
}

/// A row of that sheet: its number, whose value it is, which one, the old value and the new one.
pub(super) fn read<'t>(cells: &'t [Cell], pupil: &Pupil) -> Option<Corrected<'t>> {
    let [number, whose, place, _, new] = cells else { return None };
    let is_numbered = !number.text.is_empty() && number.text.bytes().all(|byte| byte.is_ascii_digit());
    let is_of_pupil = whose.is_header && whose.text == words(&format!("{} ({})", pupil.name, pupil.id));
    (is_numbered && is_of_pupil && !is_mark(&place.text))
        .then_some(Corrected { place: &place.text, new: &new.text })
}

impl Corrected<'_> {
    /// Whether the new value is the one of the data.
    pub fn agrees(&self, subjects: &[Subject], pupil: &Pupil) -> bool {
        if IN_WORDS.contains(&self.place) {
            return !is_mark(self.new);
        }
        if SEVERAL_CELLS.iter().any(|end| self.place.ends_with(end)) {
            return self.new == NOTHING || self.new == "exempt" || self.new.starts_with('{');
        }
        let mut of_place =
            values(subjects, pupil).into_iter().filter(|(place, _)| place == self.place).peekable();
        // A place that the data do not have, such as a third mark of two, can only have been emptied.
        if of_place.peek().is_none() {
            return self.new == NOTHING;
        }
        of_place
            .any(|(_, value)| if value.is_empty() { self.new == NOTHING } else { self.new == words(&value) })
    }
}

/// Every value of the pupil, by the words in which the sheet calls its place; empty where there is none.
fn values(subjects: &[Subject], pupil: &Pupil) -> Vec<(String, String)> {
    let mut values = Vec::new();
    for subject in subjects {
        let Some(row) = pupil.subjects.get(&subject.id) else { continue };
        let name = words(&subject.name);
        values.push((format!("{name}, nhận xét"), row.remark.clone()));
        let parts =
            row.parts.iter().map(|(part, results)| (words(&format!("{name}, phân môn {part}")), results));
        for (name, results) in parts.chain([(name.clone(), &row.results)]) {
            match results {
                SubjectResults::Marks(results) => of_subject(&name, results, MARKS, &mut values),
                SubjectResults::Levels(results) => of_subject(&name, results, LEVELS, &mut values),
                SubjectResults::Exempt => {}
            }
        }
    }
    // The older circular has other words for the same levels.
    for place in ["Kết quả học tập", "Học lực"] {
        of_year(place, &pupil.study, |level| study_word(Some(level)), &mut values);
    }
    for place in ["Kết quả rèn luyện", "Hạnh kiểm"] {
        of_year(place, &pupil.conduct, |level| conduct_word(Some(level)), &mut values);
    }
    of_year("Điểm trung bình các môn", &pupil.averages, |mark| mark.to_string(), &mut values);
    let gender = if pupil.gender == Gender::Nam { "Nam" } else { "Nữ" };
    let of_pupil = [
        ("Họ và tên", pupil.name.clone()),
        ("Ngày sinh", pupil.born.vietnamese()),
        ("Giới tính", gender.to_owned()),
        ("Nơi sinh", pupil.birthplace.clone()),
        ("Số buổi nghỉ có phép", pupil.absence.excused.to_string()),
        ("Số buổi nghỉ không phép", pupil.absence.unexcused.to_string()),
        ("Kết quả cuối năm (lên lớp)", pupil.outcome.map_or("", outcome).to_owned()),
        ("Danh hiệu", pupil.honour.map_or("", honour).to_owned()),
        ("Khen thưởng, kết quả các cuộc thi", pupil.awards.clone()),
        ("Chứng chỉ", pupil.certificates.clone()),
        ("Kết quả rèn luyện trong kì nghỉ hè", pupil.summer.clone()),
        ("Nhận xét của giáo viên chủ nhiệm", pupil.remark.clone()),
    ];
    values.extend(of_pupil.map(|(place, value)| (place.to_owned(), value)));
    values
}

/// What the results of a term and of a year are called.
type Names = [&'static str; 2];
const MARKS: Names = ["ĐTBmhk", "ĐTBmcn"];
const LEVELS: Names = ["đánh giá học kì", "đánh giá cả năm"];

fn of_subject<T: ToString>(
    name: &str,
    results: &Results<T>,
    [of_term, of_year]: Names,
    values: &mut Vec<(String, String)>,
) {
    let mut tell = |place: String, value: Option<&T>| {
        values.push((format!("{name}, {place}"), value.map(ToString::to_string).unwrap_or_default()));
    };
    for (term, results) in [("học kì I", Some(&results.hk1)), ("học kì II", results.hk2.as_ref())] {
        let Some(results) = results else { continue };
        for (at, value) in results.tx.iter().enumerate() {
            tell(format!("{term}, ĐĐGtx lần {}", at + 1), Some(value));
        }
        for (column, value) in [("ĐĐGgk", &results.gk), ("ĐĐGck", &results.ck), (of_term, &results.result)]
        {
            tell(format!("{term}, {column}"), value.as_ref());
        }
    }
    tell(of_year.to_owned(), results.year.as_ref());
    tell("đánh giá lại".to_owned(), results.retest.as_ref());
}

fn of_year<T: Copy>(
    place: &str,
    levels: &YearOf<T>,
    word: impl Fn(T) -> String,
    values: &mut Vec<(String, String)>,
) {
    let terms = [
        ("học kì I", levels.hk1),
        ("học kì II", levels.hk2),
        ("cả năm", levels.year),
        ("đánh giá lại", levels.retest),
    ];
    values.extend(
        terms.map(|(term, level)| (format!("{place}, {term}"), level.map(&word).unwrap_or_default())),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::Transcript;

    fn data() -> Transcript {
        let data = r#"{"class":"6A1","export":"ee77d2a725686e4e22f23efc17ea8dd19ba350621d1611445247b42cef87400c",
            "format":"niemphong-transcript/1","period":"HK1","pupil":{"absence":{"excused":1,"unexcused":0},
            "born":"2014-03-05","conduct":{"hk1":"tot"},"gender":"nam","id":"HS0001","name":"Lê An","remark":"Chăm.",
            "study":{"hk1":"kha"},"subjects":{"TOAN":{"results":{"marks":{"hk1":{"tx":[80,90],"gk":75,"ck":81,
            "result":81}}},"parts":{"Hình học":{"marks":{"hk1":{"tx":[70],"gk":60}}}}}}},"school":"HOAPHUONG","subjects":[{"id":"TOAN","name":"Toán","assessment":"marks"}],
            "year":"2025-2026"}"#;
        Transcript::read(data.as_bytes()).expect("data")
    }

    fn row(cells: [&str; 5]) -> Vec<Cell> {
        let cell = |(at, text): (usize, &str)| Cell { text: text.to_owned(), is_header: at == 1 };
        cells.into_iter().enumerate().map(cell).collect()
    }

    #[test]
    fn a_new_value_must_be_the_one_of_the_data_at_the_place_that_the_sheet_names() {
        let data = data();
        for (place, new, agrees) in [
            ("Toán, học kì I, ĐĐGgk", "7,5", true),
            ("Toán, học kì I, ĐĐGgk", "9,5", false),
            ("Toán, học kì I, ĐĐGgk", "(để trống)", false),
            ("Toán, phân môn Hình học, học kì I, ĐĐGgk", "6,0", true),
            ("Toán, phân môn Hình học, học kì I, ĐĐGgk", "7,5", false),
            ("Toán, học kì I, ĐĐGtx lần 2", "9,0", true),
            ("Toán, học kì I, ĐĐGtx lần 3", "9,0", false),
            ("Toán, học kì I, ĐĐGtx lần 3", "(để trống)", true),
            ("Nhận xét của giáo viên chủ nhiệm", "Chăm.", true),
            ("Nhận xét của giáo viên chủ nhiệm", "Lười.", false),
            ("Nhận xét của giáo viên chủ nhiệm", "9,9", false),
            ("Toán, nhận xét", "(để trống)", true),
            ("Toán, nhận xét", "Giỏi.", false),
            ("Kết quả học tập, học kì I", "Khá", true),
            ("Kết quả học tập, học kì I", "Tốt", false),
            ("Hạnh kiểm, học kì I", "Tốt", true),
            ("Kết quả rèn luyện, cả năm", "(để trống)", true),
            ("Kết quả rèn luyện, cả năm", "Tốt", false),
            ("Số buổi nghỉ có phép", "1", true),
            ("Số buổi nghỉ có phép", "0", false),
            ("Kết quả cuối năm (lên lớp)", "Được lên lớp", false),
            ("Danh hiệu", "Học sinh Xuất sắc", false),
            ("Ngày sinh", "05/03/2014", true),
            ("Ngày sinh", "05/03/2013", false),
            ("Toán, kết quả", "9,9", false),
            ("Toán, kết quả", "Đ", false),
            ("Toán, kết quả", "exempt", true),
            ("Thông tin cá nhân", "9,9", false),
            ("Thông tin cá nhân", "Dân tộc: Tày", true),
            ("Hạng", "Nhất", false),
        ] {
            let row = row(["1", "Lê An (HS0001)", place, "2,0", new]);
            let corrected = read(&row, &data.pupil).expect("a row of the sheet");
            assert_eq!(corrected.agrees(&data.subjects, &data.pupil), agrees, "{place}: {new}");
        }
    }

    #[test]
    fn a_row_of_somebody_else_or_with_a_mark_for_its_place_is_none_of_the_sheet() {
        let pupil = data().pupil;
        for cells in [
            ["1", "Lê Bình (HS0002)", "Toán, ĐTBmcn", "2,0", "8,1"],
            ["9,9", "Lê An (HS0001)", "Toán, ĐTBmcn", "2,0", "8,1"],
            ["1", "Lê An (HS0001)", "9,9", "2,0", "8,1"],
        ] {
            assert!(read(&row(cells), &pupil).is_none(), "{cells:?}");
        }
    }
}
