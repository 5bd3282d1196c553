//! A pupil's results in one subject, in marks or in levels, with the terms that the period asks for.

use school::dossier::Period;
use school::gradebook::{Assessment, Level, Mark, Results, SubjectResults, SubjectRow, Term};

use super::json::Json;
use super::problem::ProblemCode;
use super::reading::{Fields, Path, Reading};
use super::text;

/// Fewest and most regular assessments in a term (TT 22/2021, Đ.6; five columns in the national database).
const TX: std::ops::RangeInclusive<usize> = 1..=5;

/// Whether second term and year belong to a period.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    Required,
    Refused,
    /// A snapshot can be taken in either term.
    Allowed,
}

impl Rest {
    pub(super) const fn of(period: Period) -> Self {
        match period {
            Period::FirstTerm => Self::Refused,
            Period::FullYear | Period::AfterSummer => Self::Required,
            Period::Snapshot(_) => Self::Allowed,
        }
    }

    /// Takes second term and year; both or none where both are allowed.
    pub(super) fn take<'j>(
        self,
        fields: &mut Fields<'j>,
        reading: &mut Reading,
        path: Path,
    ) -> [Option<&'j Json>; 2] {
        let keys = ["hk2", "year"];
        let found = keys.map(|key| fields.optional(key));
        let any = found.iter().any(Option::is_some);
        for (key, value) in keys.iter().zip(found) {
            match (self, value) {
                (Self::Required, None) => reading.problem(ProblemCode::TermMissing, path.key(key), ""),
                (Self::Allowed, None) if any => {
                    reading.problem(ProblemCode::TermMissing, path.key(key), "");
                }
                (Self::Refused, Some(_)) => reading.problem(ProblemCode::TermSurplus, path.key(key), ""),
                _ => {}
            }
        }
        if self == Self::Refused { [None, None] } else { found }
    }
}

/// One row: results and remark.
pub(super) fn row(
    reading: &mut Reading,
    json: &Json,
    path: Path,
    assessment: Option<Assessment>,
    rest: Option<Rest>,
) -> Option<SubjectRow> {
    let mut fields = reading.object(json, path)?;
    let results = fields.required("results", reading, path);
    let remark = fields.optional("remark");
    fields.finish(reading, path);
    let remark = match remark {
        Some(remark) => text::remark(reading, remark, path.key("remark")),
        None => Some(String::new()),
    };
    let results = kind(reading, results?, path.key("results"), assessment, rest);
    Some(SubjectRow { results: results?, remark: remark? })
}

/// `{"marks": …}` or `{"levels": …}`, as the subject is assessed.
fn kind(
    reading: &mut Reading,
    json: &Json,
    path: Path,
    assessment: Option<Assessment>,
    rest: Option<Rest>,
) -> Option<SubjectResults> {
    let mut fields = reading.object(json, path)?;
    let (marks, levels) = (fields.optional("marks"), fields.optional("levels"));
    fields.finish(reading, path);
    let fits = |found: Assessment| assessment.is_none_or(|expected| expected == found);
    match (marks, levels) {
        (Some(marks), None) if fits(Assessment::Marks) => {
            results(reading, marks, path.key("marks"), rest, mark).map(SubjectResults::Marks)
        }
        (None, Some(levels)) if fits(Assessment::Levels) => {
            results(reading, levels, path.key("levels"), rest, level).map(SubjectResults::Levels)
        }
        (None, None) => {
            let key = if assessment == Some(Assessment::Levels) { "levels" } else { "marks" };
            reading.problem(ProblemCode::Missing, path.key(key), "");
            None
        }
        _ => {
            let key = if assessment == Some(Assessment::Levels) { "marks" } else { "levels" };
            reading.problem(ProblemCode::AssessmentMismatch, path.key(key), "");
            None
        }
    }
}

type Read<T> = fn(&mut Reading, &Json, Path) -> Option<T>;

fn results<T>(
    reading: &mut Reading,
    json: &Json,
    path: Path,
    rest: Option<Rest>,
    read: Read<T>,
) -> Option<Results<T>> {
    let mut fields = reading.object(json, path)?;
    let hk1 = fields.required("hk1", reading, path);
    // Without a period nothing can be said about what must be there: only what is there is read.
    let [hk2, year] = match rest {
        Some(rest) => rest.take(&mut fields, reading, path),
        None => ["hk2", "year"].map(|key| fields.optional(key)),
    };
    fields.finish(reading, path);
    let hk1 = hk1.and_then(|json| term(reading, json, path.key("hk1"), read));
    let hk2 = hk2.map(|json| term(reading, json, path.key("hk2"), read));
    let year = year.map(|json| read(reading, json, path.key("year")));
    Some(Results { hk1: hk1?, hk2: sound(hk2)?, year: sound(year)? })
}

/// An absent value is sound, an unreadable one is not.
pub(super) fn sound<T>(value: Option<Option<T>>) -> Option<Option<T>> {
    match value {
        None => Some(None),
        Some(None) => None,
        Some(some) => Some(some),
    }
}

fn term<T>(reading: &mut Reading, json: &Json, path: Path, read: Read<T>) -> Option<Term<T>> {
    let mut fields = reading.object(json, path)?;
    let tx = fields.required("tx", reading, path);
    let [gk, ck, result] = ["gk", "ck", "result"].map(|key| {
        let json = fields.required(key, reading, path)?;
        read(reading, json, path.key(key))
    });
    fields.finish(reading, path);
    let at = path.key("tx");
    let items = reading.list(tx?, at)?;
    if !TX.contains(&items.len()) {
        reading.problem(ProblemCode::TxCount, at, &items.len().to_string());
        return None;
    }
    let tx: Vec<Option<T>> =
        items.iter().enumerate().map(|(index, item)| read(reading, item, at.index(index))).collect();
    Some(Term { tx: tx.into_iter().collect::<Option<_>>()?, gk: gk?, ck: ck?, result: result? })
}

fn mark(reading: &mut Reading, json: &Json, path: Path) -> Option<Mark> {
    let mark = match json {
        Json::Integer(tenths) => u16::try_from(*tenths).ok().and_then(|tenths| Mark::try_from(tenths).ok()),
        _ => None,
    };
    if mark.is_none() {
        reading.problem(ProblemCode::MarkNotTenths, path, &json.shown());
    }
    mark
}

fn level(reading: &mut Reading, json: &Json, path: Path) -> Option<Level> {
    reading.choice(json, path, &[("D", Level::Pass), ("CD", Level::NotYet)])
}
