//! Results as printed text, the same for marks and for levels. What is missing prints as nothing.

use school::gradebook::{Assessment, Mark, Pupil, Results, Subject, SubjectResults, Term};

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
        (Some(SubjectResults::Exempt), _) => Ok(printed_results(pupil, &Results::<Mark>::default())),
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
        mid: written(term.gk.as_ref()),
        last: written(term.ck.as_ref()),
        result: written(term.result.as_ref()),
    }
}

fn written<T: ToString>(value: Option<&T>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}
