//! Results as printed text, the same for marks and for levels. What is missing is an empty text.

use std::fmt::Display;

use school::gradebook::{
    Assessment, Conduct, Honour, Mark, Outcome, Pupil, Results, Study, Subject, SubjectResults, Term, YearOf,
};

use super::super::DocumentFault;
use super::source::TermOf;

/// A pupil's results in one subject as printed text.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    first: PrintedTerm,
    second: PrintedTerm,
    pub year: String,
    pub retest: String,
    /// What the column of notes says: an exemption.
    pub note: &'static str,
}

/// What stands in the notes of who is excused.
const EXEMPT: &str = "Miễn học";

/// A term as printed text.
#[derive(Debug, Clone, Default)]
pub(super) struct PrintedTerm {
    pub regular: Vec<String>,
    pub mid: String,
    pub last: String,
    pub result: String,
}

impl Row {
    pub(super) const fn term(&self, term: TermOf) -> &PrintedTerm {
        match term {
            TermOf::First => &self.first,
            TermOf::Second => &self.second,
        }
    }
}

/// ĐTB các môn of a pupil, as a row of its own (TT 58/2011).
pub(super) fn of_averages(averages: &YearOf<Mark>) -> Row {
    let term = |average: Option<Mark>| PrintedTerm { result: text(average), ..PrintedTerm::default() };
    Row {
        first: term(averages.hk1),
        second: term(averages.hk2),
        year: text(averages.year),
        retest: text(averages.retest),
        note: "",
    }
}

/// The row of `pupil` in `subject`, printed as the subject is assessed.
///
/// Errors: [`DocumentFault::NoRow`] when it is assessed in another way than the subject.
pub(super) fn of(pupil: Option<&Pupil>, subject: &Subject) -> Result<Row, DocumentFault> {
    let Some(pupil) = pupil else { return Ok(Row::default()) };
    match (pupil.subjects.get(&subject.id).map(|row| &row.results), subject.assessment) {
        (Some(SubjectResults::Marks(results)), Assessment::Marks) => Ok(printed(results)),
        (Some(SubjectResults::Levels(results)), Assessment::Levels) => Ok(printed(results)),
        (Some(SubjectResults::Exempt), _) => Ok(Row { note: EXEMPT, ..Row::default() }),
        (None, _) => Ok(Row::default()),
        _ => Err(no_row(pupil, subject)),
    }
}

/// What the teacher of a phân môn recorded of `pupil`.
pub(super) fn of_part(pupil: Option<&Pupil>, subject: &Subject, part: &str) -> Row {
    let row = pupil.and_then(|pupil| pupil.subjects.get(&subject.id));
    match row.and_then(|row| row.parts.get(part)) {
        Some(SubjectResults::Marks(results)) => printed(results),
        Some(SubjectResults::Levels(results)) => printed(results),
        Some(SubjectResults::Exempt) => Row { note: EXEMPT, ..Row::default() },
        None => Row::default(),
    }
}

/// A document to be signed has a row for every subject.
pub(super) fn every_row(pupil: &Pupil, subjects: &[Subject]) -> Result<(), DocumentFault> {
    let missing = subjects.iter().find(|subject| !pupil.subjects.contains_key(&subject.id));
    missing.map_or(Ok(()), |subject| Err(no_row(pupil, subject)))
}

fn no_row(pupil: &Pupil, subject: &Subject) -> DocumentFault {
    DocumentFault::NoRow { pupil: pupil.id.to_string(), subject: subject.id.to_string() }
}

/// Whether the pupil has anything of the second term.
pub(super) fn has_second_term(pupil: &Pupil) -> bool {
    pupil.subjects.values().any(|row| match &row.results {
        SubjectResults::Marks(results) => results.hk2.is_some(),
        SubjectResults::Levels(results) => results.hk2.is_some(),
        SubjectResults::Exempt => false,
    })
}

fn printed<T: Display>(results: &Results<T>) -> Row {
    Row {
        first: printed_term(&results.hk1),
        second: results.hk2.as_ref().map(printed_term).unwrap_or_default(),
        year: text(results.year.as_ref()),
        retest: text(results.retest.as_ref()),
        note: "",
    }
}

fn printed_term<T: Display>(term: &Term<T>) -> PrintedTerm {
    PrintedTerm {
        regular: term.tx.iter().map(ToString::to_string).collect(),
        mid: text(term.gk.as_ref()),
        last: text(term.ck.as_ref()),
        result: text(term.result.as_ref()),
    }
}

/// The value as printed, or nothing.
pub(super) fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// `Tốt` … `Kém`.
pub(super) const fn study(level: Study) -> &'static str {
    match level {
        Study::Tot => "Tốt",
        Study::Kha => "Khá",
        Study::Dat => "Đạt",
        Study::ChuaDat => "Chưa đạt",
        Study::Gioi => "Giỏi",
        Study::TrungBinh => "Trung bình",
        Study::Yeu => "Yếu",
        Study::Kem => "Kém",
    }
}

/// `Tốt` … `Yếu`.
pub(super) const fn conduct(level: Conduct) -> &'static str {
    match level {
        Conduct::Tot => "Tốt",
        Conduct::Kha => "Khá",
        Conduct::Dat => "Đạt",
        Conduct::ChuaDat => "Chưa đạt",
        Conduct::TrungBinh => "Trung bình",
        Conduct::Yeu => "Yếu",
    }
}

/// `Học sinh Giỏi`.
pub(super) const fn honour(honour: Honour) -> &'static str {
    match honour {
        Honour::XuatSac => "Học sinh Xuất sắc",
        Honour::Gioi => "Học sinh Giỏi",
        Honour::TienTien => "Học sinh tiên tiến",
    }
}

/// Whether a pupil of the last grade completed the programme: by what lets others move up.
pub(super) const fn completed(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Promoted | Outcome::PromotedAfterSummer => "Hoàn thành",
        Outcome::Retained => "Chưa hoàn thành",
        Outcome::ToRetest => "",
    }
}

/// What the year ended with.
pub(super) const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Promoted => "Được lên lớp",
        Outcome::PromotedAfterSummer => "Được lên lớp sau khi học tập, rèn luyện thêm trong hè",
        Outcome::Retained => "Không được lên lớp",
        Outcome::ToRetest => "Kiểm tra, đánh giá lại, rèn luyện trong kì nghỉ hè",
    }
}
