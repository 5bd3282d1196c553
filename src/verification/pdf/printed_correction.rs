//! The sheet of a transcript's later version that shows every corrected value beside the struck-out one. Old values
//! stand in no data of this version; a new one is compared with them like every other printed mark.

use school::gradebook::{Mark, Pupil, SubjectResults, Term};

use crate::pdf::printed_data::is_mark;
use crate::pdf::tagged_text::Cell;
use crate::transcript::Transcript;

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
    let is_of_pupil = whose.is_header && whose.text == format!("{} ({})", pupil.name, pupil.id);
    (is_numbered && is_of_pupil && !is_mark(&place.text))
        .then_some(Corrected { place: &place.text, new: &new.text })
}

impl Corrected<'_> {
    /// Whether the new value is the one of the data; words that are no mark are compared where the form prints them.
    pub fn agrees(&self, data: &Transcript) -> bool {
        let of_place: Vec<_> = marks(data).into_iter().filter(|(place, _)| place == self.place).collect();
        let is_said = of_place.iter().any(|(_, mark)| mark.to_string() == self.new);
        if is_mark(self.new) { is_said } else { of_place.is_empty() }
    }
}

/// Every mark of the pupil, by the words in which the sheet calls its place.
fn marks(data: &Transcript) -> Vec<(String, Mark)> {
    let mut marks = Vec::new();
    let mut tell = |place: String, mark: Option<Mark>| marks.extend(mark.map(|mark| (place, mark)));
    for subject in &data.subjects {
        let row = data.pupil.subjects.get(&subject.id);
        let Some(SubjectResults::Marks(results)) = row.map(|row| &row.results) else { continue };
        let name = &subject.name;
        for (term, results) in [("học kì I", Some(&results.hk1)), ("học kì II", results.hk2.as_ref())] {
            let Some(Term { tx, gk, ck, result }) = results else { continue };
            for (at, mark) in tx.iter().enumerate() {
                tell(format!("{name}, {term}, ĐĐGtx lần {}", at + 1), Some(*mark));
            }
            for (column, mark) in [("ĐĐGgk", gk), ("ĐĐGck", ck), ("ĐTBmhk", result)] {
                tell(format!("{name}, {term}, {column}"), *mark);
            }
        }
        tell(format!("{name}, ĐTBmcn"), results.year);
        tell(format!("{name}, đánh giá lại"), results.retest);
    }
    let averages = &data.pupil.averages;
    for (term, mark) in [("học kì I", averages.hk1), ("học kì II", averages.hk2), ("cả năm", averages.year)]
    {
        tell(format!("Điểm trung bình các môn, {term}"), mark);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> Transcript {
        let data = r#"{"class":"6A1","export":"ee77d2a725686e4e22f23efc17ea8dd19ba350621d1611445247b42cef87400c",
            "format":"niemphong-transcript/1","period":"HK1","pupil":{"absence":{"excused":1,"unexcused":0},
            "born":"2014-03-05","conduct":{"hk1":"tot"},"gender":"nam","id":"HS0001","name":"Lê An",
            "study":{"hk1":"kha"},"subjects":{"TOAN":{"results":{"marks":{"hk1":{"tx":[80,90],"gk":75,"ck":81,
            "result":81}}}}}},"school":"HOAPHUONG","subjects":[{"id":"TOAN","name":"Toán","assessment":"marks"}],
            "year":"2025-2026"}"#;
        Transcript::read(data.as_bytes()).expect("data")
    }

    fn row(cells: [&str; 5]) -> Vec<Cell> {
        let cell = |(at, text): (usize, &str)| Cell { text: text.to_owned(), is_header: at == 1 };
        cells.into_iter().enumerate().map(cell).collect()
    }

    #[test]
    fn a_new_mark_must_be_the_one_of_the_data_at_the_place_that_the_sheet_names() {
        let data = data();
        for (place, new, agrees) in [
            ("Toán, học kì I, ĐĐGgk", "7,5", true),
            ("Toán, học kì I, ĐĐGgk", "9,5", false),
            ("Toán, học kì I, ĐĐGgk", "(để trống)", false),
            ("Toán, học kì I, ĐĐGtx lần 2", "9,0", true),
            ("Toán, học kì I, ĐĐGtx lần 3", "9,0", false),
            ("Toán, học kì I, ĐĐGtx lần 3", "(để trống)", true),
            ("Nhận xét của giáo viên chủ nhiệm", "Chăm.", true),
            ("Nhận xét của giáo viên chủ nhiệm", "9,9", false),
        ] {
            let row = row(["1", "Lê An (HS0001)", place, "2,0", new]);
            let corrected = read(&row, &data.pupil).expect("a row of the sheet");
            assert_eq!(corrected.agrees(&data), agrees, "{place}: {new}");
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
