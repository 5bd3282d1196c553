//! What a transcript or a class book prints, compared with the data that it embeds: people read the page, programs the data, and
//! both were signed. A page that says another mark than the data is proven wrong; one that cannot be read as our
//! forms are drawn, or whose font draws another digit than its table says, is not proven.

use std::collections::BTreeSet;

use school::dossier::{DossierKey, DossierOf, Period};
use school::gradebook::{
    Conduct, Gradebook, Honour, Mark, Outcome, Pupil, Study, Subject, SubjectResults, YearOf,
};

use crate::content::FileDigests;
use crate::pdf::finding::Findings;
use crate::pdf::glyph_shapes::{self, Glyphs};
use crate::pdf::letters::{Letters, is_deflated};
use crate::pdf::object::{Id, Object};
use crate::pdf::plan::{self, Embedded};
use crate::pdf::printed_book;
use crate::pdf::printed_correction;
use crate::pdf::revision_map::RevisionMap;
use crate::pdf::tagged_text::{Cell, Codes, TaggedText};
use crate::pki::Known;
use crate::report::Code;
use crate::transcript::Transcript;

/// The embedded data of a document.
const DATA: &str = "du-lieu.json";
/// ĐTB các môn, which the forms of TT 58/2011 have.
const AVERAGES: &str = "ĐTB các môn";
/// What an exempted pupil's row says.
pub(super) const EXEMPT: &str = "Miễn học";

/// What a base says twice, on its pages and in its data.
#[derive(Debug, Default)]
pub(crate) struct Printed {
    /// Where the two differ.
    findings: Findings,
    /// Name of the pupil of a transcript, by the data.
    pupil: Option<String>,
}

/// Compares what the base of such a document prints with the data that it embeds, where it embeds any, and returns
/// whose transcript the data say it is. The answer depends on the octets of the base alone, and those of nearly all
/// documents are judged again under each signature.
pub(crate) fn judge(
    map: &RevisionMap<'_>,
    file: &FileDigests<'_>,
    base: usize,
    embedded: &Embedded,
    known: &Known,
    findings: &mut Findings,
) -> Option<String> {
    let key = DossierKey::from_id(embedded.plan.dossier.as_str()).ok()?;
    if !matches!(key.of, DossierOf::HocBa(_) | DossierOf::SoDiem(_)) {
        return None;
    }
    let octets = file.up_to(map.revisions[base].span.end);
    let printed = known.printed(octets, || {
        let mut printed = Printed::default();
        compare_base(map, base, &key, known, &mut printed);
        printed
    });
    findings.append(&printed.findings);
    printed.pupil.clone()
}

fn compare_base(map: &RevisionMap<'_>, base: usize, key: &DossierKey, known: &Known, printed: &mut Printed) {
    let Printed { findings, pupil } = printed;
    let Some(stream) = plan::attachment(map, base, DATA) else { return };
    let octets = stream.and_then(|stream| map.unpacked(stream));
    let Some(data) = octets.and_then(|octets| Data::read(&octets, key)) else {
        return findings.wrong(Code::EmbeddedData, DATA);
    };
    if let Data::Transcript(data) = &data {
        *pupil = Some(data.pupil.name.to_string());
    }
    let Some(text) = TaggedText::read(map, base, known) else {
        return findings.unproven(Code::PrintedNotRead, "pages");
    };
    let corrects = key.version > 1;
    let places = match &data {
        Data::Transcript(data) => compare(&text, data, corrects),
        Data::ClassBook(book) => printed_book::compare(&text, book, corrects),
    };
    for place in places {
        match place {
            Place::Differs(place) => findings.wrong(Code::PrintedOtherwise, place),
            Place::Unread(place) => findings.unproven(Code::PrintedNotRead, place),
        }
    }
    for (font, codes) in &text.used {
        if !draws_what_it_says(map, base, *font, codes, known) {
            findings.unproven(Code::FontLetters, format!("object {}", font.number));
        }
    }
}

/// The data of a document whose pages are compared with them.
enum Data {
    Transcript(Box<Transcript>),
    ClassBook(Box<Gradebook>),
}

impl Data {
    /// Reads the data of the dossier with this key.
    fn read(octets: &[u8], key: &DossierKey) -> Option<Self> {
        match &key.of {
            DossierOf::HocBa(pupil) => Transcript::read(octets)
                .filter(|data| (&data.pupil.id, data.year, data.period) == (pupil, key.year, key.period))
                .map(|data| Self::Transcript(Box::new(data))),
            DossierOf::SoDiem(class) => serde_json::from_slice::<Gradebook>(octets)
                .ok()
                .filter(|book| (&book.class, book.year, book.period) == (class, key.year, key.period))
                .map(|book| Self::ClassBook(Box::new(book))),
            _ => None,
        }
    }
}

/// Where print and data part.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    Differs(String),
    Unread(String),
}

/// `corrects`: the document takes the place of a version before it, whose values it may print struck out.
fn compare(text: &TaggedText, data: &Transcript, corrects: bool) -> Vec<Place> {
    let mut places = Vec::new();
    let mut claimed = BTreeSet::new();
    for (index, subject) in data.subjects.iter().enumerate() {
        // Subjects of one name stand in the order of the data.
        let before = data.subjects[..index].iter().filter(|one| one.name == subject.name).count();
        let row = rows(text, &subject.name).nth(before);
        let place = format!("subject {}", subject.id);
        let whole = row.is_none_or(|(_, row)| has_all_terms(data, row));
        match (row, expected_of(data, subject, whole)) {
            (None, _) => places.push(Place::Unread(place)),
            (Some((_, row)), expected) if row.len() < expected.len() => places.push(Place::Unread(place)),
            (Some((at, row)), expected) => {
                claimed.insert(at);
                tell(&mut places, &place, &row[1..], &expected[1..]);
            }
        }
    }
    // A row of the older form alone; documents from before it stood there have none.
    if let Some((at, row)) = rows(text, AVERAGES).find(|(at, _)| !claimed.contains(at)) {
        claimed.insert(at);
        tell(&mut places, AVERAGES, &row[1..], &averages(data, has_all_terms(data, row)));
    }
    for (name, expected, must_stand) in levels(data) {
        let row = rows(text, name).find(|(at, _)| !claimed.contains(at));
        match row {
            None if !must_stand => {}
            None => places.push(Place::Unread(name.to_owned())),
            Some((at, row)) => {
                claimed.insert(at);
                match expected.iter().find(|expected| expected.len() + 1 == row.len()) {
                    None => places.push(Place::Unread(name.to_owned())),
                    Some(expected) => tell(&mut places, name, &row[1..], expected),
                }
            }
        }
    }
    for (label, value) in facts(data) {
        let told = text.beside.iter().filter_map(|one| one.strip_prefix(label)?.strip_prefix(':'));
        for other in told.filter(|told| told.trim() != value) {
            places.push(Place::Differs(format!("{label}: {}", other.trim())));
        }
    }
    if corrects {
        places.extend(corrected(text, &data.subjects, std::slice::from_ref(&data.pupil), &mut claimed));
    }
    // A form that is not the one of ours is not understood: what else stands in it says nothing.
    if places.iter().any(|place| matches!(place, Place::Unread(_))) {
        return places;
    }
    places.extend(strays(text, &claimed));
    places
}

/// What the sheet of corrections says otherwise than the data; its rows are accounted for.
pub(super) fn corrected(
    text: &TaggedText,
    subjects: &[Subject],
    pupils: &[Pupil],
    claimed: &mut BTreeSet<usize>,
) -> Vec<Place> {
    let mut places = Vec::new();
    for (at, cells) in text.rows.iter().enumerate() {
        let of = |pupil| Some((pupil, printed_correction::read(cells, pupil)?));
        if let Some((pupil, corrected)) = pupils.iter().find_map(of) {
            claimed.insert(at);
            if !corrected.agrees(subjects, pupil) {
                places.push(Place::Differs(format!("{}: {}", corrected.place, corrected.new)));
            }
        }
    }
    places
}

/// Marks that no row accounts for: beside the tables, over them, or in a row of nobody.
pub(super) fn strays(text: &TaggedText, claimed: &BTreeSet<usize>) -> Vec<Place> {
    let unclaimed = text.rows.iter().enumerate().filter(|(at, _)| !claimed.contains(at));
    let cells = unclaimed.flat_map(|(_, row)| row.iter().map(|cell| &cell.text));
    let all = cells.chain(&text.beside).chain(&text.untagged);
    all.filter(|text| is_mark(text.trim())).cloned().map(Place::Differs).collect()
}

pub(super) fn tell(places: &mut Vec<Place>, place: &str, cells: &[Cell], expected: &[String]) {
    for (column, (cell, expected)) in cells.iter().zip(expected).enumerate() {
        if cell.text != *expected {
            places.push(Place::Differs(format!("{place}, column {}: {}", column + 2, cell.text)));
        }
    }
}

/// Rows of values that begin with this header.
fn rows<'t>(text: &'t TaggedText, name: &str) -> impl Iterator<Item = (usize, &'t Vec<Cell>)> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    text.rows.iter().enumerate().filter(move |(_, row)| match row.split_first() {
        Some((first, values)) => {
            let of_values = !values.is_empty() && values.iter().all(|cell| !cell.is_header);
            first.is_header && first.text == name && of_values
        }
        None => false,
    })
}

/// Cells of a row whose form has one term alone: name, term, result after the summer, remark, place.
const OF_ONE_TERM: usize = 5;

/// Whether a row has a column for each term and the year, as the form has them. Transcripts of a first term from before
/// it did have its column alone.
const fn has_all_terms(data: &Transcript, row: &[Cell]) -> bool {
    !matches!(data.period, Period::FirstTerm) || row.len() > OF_ONE_TERM
}

/// The cells of a subject's row up to its remark: name, terms, year, result after the summer, remark.
fn expected_of(data: &Transcript, subject: &Subject, whole: bool) -> Vec<String> {
    let row = data.pupil.subjects.get(&subject.id);
    let values = match row.map(|row| &row.results) {
        Some(SubjectResults::Marks(results)) => results_of(results, whole),
        Some(SubjectResults::Levels(results)) => results_of(results, whole),
        Some(SubjectResults::Exempt) | None => results_of::<String>(&Default::default(), whole),
    };
    let is_exempt = row.is_some_and(|row| matches!(row.results, SubjectResults::Exempt));
    let remark = row.map_or("", |row| row.remark.as_str());
    let note = if is_exempt { EXEMPT } else { "" };
    let text = [remark, note].map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    [vec![subject.name.clone()], values, text.to_vec()].concat()
}

fn results_of<T: ToString>(results: &school::gradebook::Results<T>, whole: bool) -> Vec<String> {
    let text = |value: Option<&T>| value.map(ToString::to_string).unwrap_or_default();
    let mut values = vec![text(results.hk1.result.as_ref())];
    if whole {
        values.push(text(results.hk2.as_ref().and_then(|term| term.result.as_ref())));
        values.push(text(results.year.as_ref()));
    }
    values.push(text(results.retest.as_ref()));
    values
}

/// The averages over all subjects: terms, year, after the summer.
fn averages(data: &Transcript, whole: bool) -> Vec<String> {
    let text = |mark: Option<Mark>| mark.map(|mark| mark.to_string()).unwrap_or_default();
    let all = &data.pupil.averages;
    let terms = if whole { vec![all.hk2, all.year] } else { vec![] };
    [vec![all.hk1], terms, vec![all.retest]].concat().into_iter().map(text).collect()
}

/// The rows of levels over all subjects, with their values in the columns of either circular, and whether each must
/// stand there: transcripts of a first term had its row alone.
fn levels(data: &Transcript) -> Vec<(&'static str, [Vec<String>; 2], bool)> {
    let pupil = &data.pupil;
    let is_first = data.period == Period::FirstTerm;
    let row = |name, term: usize, is_last: bool| {
        let (conduct, study) = (conduct_word(of(&pupil.conduct, term)), study_word(of(&pupil.study, term)));
        let average = of(&pupil.averages, term).map(|mark| mark.to_string()).unwrap_or_default();
        let absence = if is_last { pupil.absence.total().to_string() } else { String::new() };
        let again = is_last && !is_first;
        let conduct_again = conduct_word(pupil.conduct.retest.filter(|_| again));
        let study_again = study_word(pupil.study.retest.filter(|_| again));
        let older = [&average, &study, &conduct, &absence, &study_again, &conduct_again].map(Clone::clone);
        let newer = [conduct, study, absence, conduct_again, study_again];
        (name, [newer.to_vec(), older.to_vec()], !is_first || term == 0)
    };
    vec![row("Học kì I", 0, is_first), row("Học kì II", 1, false), row("Cả năm", 2, !is_first)]
}

/// Of the first term, the second, the year.
pub(super) fn of<T: Copy>(levels: &YearOf<T>, term: usize) -> Option<T> {
    [levels.hk1, levels.hk2, levels.year][term]
}

/// Single lines of a form and what they say after the colon.
fn facts(data: &Transcript) -> [(&'static str, String); 3] {
    let pupil = &data.pupil;
    [
        ("Họ và tên", pupil.name.clone()),
        ("Được lên lớp/Không được lên lớp", pupil.outcome.map_or("", outcome).to_owned()),
        ("Danh hiệu", pupil.honour.map_or("", honour).to_owned()),
    ]
}

pub(super) fn study_word(level: Option<Study>) -> String {
    let word = match level {
        None => "",
        Some(Study::Tot) => "Tốt",
        Some(Study::Kha) => "Khá",
        Some(Study::Dat) => "Đạt",
        Some(Study::ChuaDat) => "Chưa đạt",
        Some(Study::Gioi) => "Giỏi",
        Some(Study::TrungBinh) => "Trung bình",
        Some(Study::Yeu) => "Yếu",
        Some(Study::Kem) => "Kém",
    };
    word.to_owned()
}

pub(super) fn conduct_word(level: Option<Conduct>) -> String {
    let word = match level {
        None => "",
        Some(Conduct::Tot) => "Tốt",
        Some(Conduct::Kha) => "Khá",
        Some(Conduct::Dat) => "Đạt",
        Some(Conduct::ChuaDat) => "Chưa đạt",
        Some(Conduct::TrungBinh) => "Trung bình",
        Some(Conduct::Yeu) => "Yếu",
    };
    word.to_owned()
}

pub(super) const fn honour(honour: Honour) -> &'static str {
    match honour {
        Honour::XuatSac => "Học sinh Xuất sắc",
        Honour::Gioi => "Học sinh Giỏi",
        Honour::TienTien => "Học sinh tiên tiến",
    }
}

pub(super) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Promoted => "Được lên lớp",
        Outcome::PromotedAfterSummer => "Được lên lớp sau khi học tập, rèn luyện thêm trong hè",
        Outcome::Retained => "Không được lên lớp",
        Outcome::ToRetest => "Kiểm tra, đánh giá lại, rèn luyện trong kì nghỉ hè",
    }
}

/// `9,1` or `10,0`, and nothing beside it.
pub(super) fn is_mark(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once(',').is_some_and(|(whole, tenth)| whole.len() <= 2 && digits(whole) && digits(tenth))
}

/// Every digit that was drawn in this font has the shape of that digit in a face of ours.
fn draws_what_it_says(
    map: &RevisionMap<'_>,
    revision: usize,
    font: Id,
    codes: &Codes,
    known: &Known,
) -> bool {
    let read = || {
        let font = map.get(font, revision)?.dictionary()?;
        let letters = Letters::of(map, font, revision, known)?;
        let digits: Vec<(u16, char)> = codes
            .iter()
            .filter_map(|code| Some((code, letters.text(&code.to_be_bytes())?.chars().next()?)))
            .filter(|(_, letter)| glyph_shapes::LETTERS.contains(*letter))
            .collect();
        if digits.is_empty() {
            return Some(true);
        }
        let descendant = map.entry(font, "DescendantFonts", revision)?.array()?.first()?;
        let descendant = map.resolve(descendant, revision)?.dictionary()?;
        // Codes are glyphs only where the font says so.
        let is_plain = descendant.has_name("Subtype", "CIDFontType2")
            && map.entry(descendant, "CIDToGIDMap", revision)?.is_name("Identity");
        let descriptor = map.dictionary_at(descendant, "FontDescriptor", revision)?;
        let Object::Stream(file) = map.entry(descriptor, "FontFile2", revision)? else { return None };
        let draw = || {
            let octets = map.unpacked(file)?;
            let glyphs = Glyphs::read(&octets)?;
            let is_own = |(code, letter): &(u16, char)| {
                glyphs.shape(*code).is_some_and(|shape| glyph_shapes::is_shape_of(*letter, shape))
            };
            Some(digits.iter().all(is_own))
        };
        // Only what follows from the octets alone may be kept by them.
        let stored = map.bytes.get(file.data.span.clone())?;
        let draws = if is_deflated(file) { known.draws(stored, &digits, draw) } else { draw() };
        Some(is_plain && draws?)
    };
    read().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_told_from_other_numbers() {
        assert!(["9,1", "10,0", "0,5"].iter().all(|text| is_mark(text)));
        assert!(
            ["9", "9.1", "9,", ",1", "Trang 1/5", "100,0", "9,1 9,2", "Đ"].iter().all(|text| !is_mark(text))
        );
    }

    #[test]
    fn a_mark_that_no_row_accounts_for_is_seen_wherever_it_stands() {
        let data = r#"{"class":"6A1","export":"ee77d2a725686e4e22f23efc17ea8dd19ba350621d1611445247b42cef87400c",
            "format":"niemphong-transcript/1","period":"HK1","pupil":{"absence":{"excused":1,"unexcused":0},
            "born":"2014-03-05","conduct":{"hk1":"tot"},"gender":"nam","id":"HS0001","name":"Lê An",
            "study":{"hk1":"kha"},"subjects":{}},"school":"HOAPHUONG","subjects":[],"year":"2025-2026"}"#;
        let data = Transcript::read(data.as_bytes()).expect("data");
        let cell = |text: &str, is_header| Cell { text: text.to_owned(), is_header };
        let values = ["Tốt", "Khá", "1", "", ""].map(|text| cell(text, false));
        let levels = [vec![cell("Học kì I", true)], values.to_vec()].concat();
        let printed = |rows: &[Vec<Cell>], beside: &[&str], untagged: &[&str]| {
            let text = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect();
            let text = TaggedText {
                rows: rows.to_vec(),
                after: vec![0; rows.len()],
                beside: text(beside),
                untagged: text(untagged),
                used: Default::default(),
            };
            compare(&text, &data, false)
        };
        let differs = |place: &str| vec![Place::Differs(place.to_owned())];
        assert_eq!(printed(std::slice::from_ref(&levels), &["Họ và tên: Lê An"], &["Trang 1/5"]), []);
        assert_eq!(printed(std::slice::from_ref(&levels), &[], &["9,9"]), differs("9,9"));
        assert_eq!(printed(std::slice::from_ref(&levels), &["9,9"], &[]), differs("9,9"));
        let other = vec![cell("Toán", true), cell("9,9", false)];
        assert_eq!(printed(&[levels.clone(), other], &[], &[]), differs("9,9"));
        assert_eq!(printed(&[], &[], &["9,9"]), [Place::Unread("Học kì I".to_owned())]);
        // The rows of what is not known yet are empty.
        let year = |values: [&str; 5]| {
            [vec![cell("Cả năm", true)], values.map(|text| cell(text, false)).to_vec()].concat()
        };
        assert_eq!(printed(&[levels.clone(), year(["", "", "", "", ""])], &[], &[]), []);
        assert_eq!(
            printed(&[levels, year(["", "Tốt", "", "", ""])], &[], &[]),
            differs("Cả năm, column 3: Tốt")
        );
    }

    #[test]
    fn the_averages_of_the_older_form_are_compared_where_they_stand() {
        let data = r#"{"class":"9B","export":"ee77d2a725686e4e22f23efc17ea8dd19ba350621d1611445247b42cef87400c",
            "format":"niemphong-transcript/1","period":"ca-nam","pupil":{"absence":{"excused":0,"unexcused":0},
            "averages":{"hk1":72,"hk2":75,"year":74},"born":"2011-03-05","conduct":{"hk1":"tot","hk2":"tot","year":"tot"},
            "gender":"nam","id":"HS0001","name":"Lê An","study":{"hk1":"kha","hk2":"kha","year":"kha"},"subjects":{}},
            "school":"HOAPHUONG","subjects":[],"year":"2022-2023"}"#;
        let data = Transcript::read(data.as_bytes()).expect("data");
        let row = |cells: &[&str]| {
            let cell = |(at, text): (usize, &&str)| Cell { text: (*text).to_owned(), is_header: at == 0 };
            cells.iter().enumerate().map(cell).collect::<Vec<_>>()
        };
        let levels = [
            row(&["Học kì I", "7,2", "Khá", "Tốt", "", "", ""]),
            row(&["Học kì II", "7,5", "Khá", "Tốt", "", "", ""]),
            row(&["Cả năm", "7,4", "Khá", "Tốt", "0", "", ""]),
        ];
        let printed = |more: &[&str]| {
            let mut rows = levels.to_vec();
            rows.extend((!more.is_empty()).then(|| row(more)));
            let after = vec![0; rows.len()];
            let text = TaggedText { rows, after, beside: vec![], untagged: vec![], used: Default::default() };
            compare(&text, &data, false)
        };
        assert_eq!(printed(&[]), [], "documents from before the row stood there");
        assert_eq!(printed(&[AVERAGES, "7,2", "7,5", "7,4", "", "", ""]), []);
        let other = printed(&[AVERAGES, "7,2", "8,5", "7,4", "", "", ""]);
        assert_eq!(other, [Place::Differs("ĐTB các môn, column 3: 8,5".to_owned())]);
    }
}
