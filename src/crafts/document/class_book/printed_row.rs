//! Results as printed text, the same for marks and for levels.

use school::gradebook::{Assessment, Pupil, Results, Subject, SubjectResults, Term};

use super::super::DocumentFault;

/// A pupil's row in one subject as printed text: first term, second term, year.
pub(super) struct PrintedRow<'a> {
    pub pupil: &'a Pupil,
    pub first: PrintedTerm,
    pub second: Option<PrintedTerm>,
    pub year: Option<String>,
}

/// A term as printed text.
pub(super) struct PrintedTerm {
    pub regular: Vec<String>,
    pub mid: String,
    pub last: String,
    pub result: String,
}

/// The row of `pupil` in `subject`, printed as the subject is assessed.
pub(super) fn printed<'a>(pupil: &'a Pupil, subject: &Subject) -> Result<PrintedRow<'a>, DocumentFault> {
    let results = pupil.subjects.get(&subject.id).map(|row| &row.results);
    match (results, subject.assessment) {
        (Some(SubjectResults::Marks(results)), Assessment::Marks) => Ok(printed_results(pupil, results)),
        (Some(SubjectResults::Levels(results)), Assessment::Levels) => Ok(printed_results(pupil, results)),
        _ => Err(DocumentFault::NoRow { pupil: pupil.id.to_string(), subject: subject.id.to_string() }),
    }
}

fn printed_results<'a, T: ToString>(pupil: &'a Pupil, results: &Results<T>) -> PrintedRow<'a> {
    PrintedRow {
        pupil,
        first: printed_term(&results.hk1),
        second: results.hk2.as_ref().map(printed_term),
        year: results.year.as_ref().map(ToString::to_string),
    }
}

fn printed_term<T: ToString>(term: &Term<T>) -> PrintedTerm {
    PrintedTerm {
        regular: term.tx.iter().map(ToString::to_string).collect(),
        mid: term.gk.to_string(),
        last: term.ck.to_string(),
        result: term.result.to_string(),
    }
}
