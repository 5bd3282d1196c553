//! A pupil's results in one subject, in marks or in levels, with the terms that the period asks for.

use std::collections::BTreeMap;

use school::gradebook::{Assessment, Level, Mark, Results, Subject, SubjectResults, SubjectRow, Term};
use unicode_normalization::UnicodeNormalization;

use super::json::Json;
use super::later::{self, Later};
use super::problem::ProblemCode;
use super::reading::{Path, Reading, sound};
use super::text;

/// Most regular assessments in a term (TT 22/2021, Đ.6; five columns in the national database).
const MOST_TX: usize = 5;

/// One row: results, remark, and what the phân môn have of their own.
pub(super) fn row(
    reading: &mut Reading,
    json: &Json,
    path: Path,
    subject: Option<&Subject>,
    later: Option<Later>,
) -> Option<SubjectRow> {
    let assessment = subject.map(|subject| subject.assessment);
    let mut fields = reading.object(json, path)?;
    let results = fields.required("results", reading, path);
    let remark = fields.optional("remark");
    let parts = fields.optional("parts");
    fields.finish(reading, path);
    let remark = match remark {
        Some(remark) => text::remark(reading, remark, path.key("remark")),
        None => Some(String::new()),
    };
    let parts = parts.map(|json| of_parts(reading, json, path.key("parts"), subject, later));
    let results = kind(reading, results?, path.key("results"), assessment, later);
    Some(SubjectRow { results: results?, remark: remark?, parts: sound(parts)?.unwrap_or_default() })
}

/// Results by the name of the phân môn; only those that the subject lists.
fn of_parts(
    reading: &mut Reading,
    json: &Json,
    path: Path,
    subject: Option<&Subject>,
    later: Option<Later>,
) -> Option<BTreeMap<String, SubjectResults>> {
    let fields = reading.object(json, path)?.rest();
    let mut parts = Some(BTreeMap::new());
    for (key, json) in &fields {
        let (name, at): (String, _) = (key.nfc().collect(), path.key(key));
        if subject.is_some_and(|subject| !subject.parts.contains(&name)) {
            reading.problem(ProblemCode::SubjectUnknown, at, "");
            parts = None;
            continue;
        }
        let results = kind(reading, json, at, subject.map(|subject| subject.assessment), later);
        match (&mut parts, results) {
            (Some(parts), Some(results)) => drop(parts.insert(name, results)),
            _ => parts = None,
        }
    }
    parts
}

/// `{"marks": …}` or `{"levels": …}`, as the subject is assessed; `"exempt"` for a pupil who is excused.
fn kind(
    reading: &mut Reading,
    json: &Json,
    path: Path,
    assessment: Option<Assessment>,
    later: Option<Later>,
) -> Option<SubjectResults> {
    if let Json::Text(_) = json {
        return reading.choice(json, path, &[("exempt", ())]).map(|()| SubjectResults::Exempt);
    }
    let mut fields = reading.object(json, path)?;
    let (marks, levels) = (fields.optional("marks"), fields.optional("levels"));
    fields.finish(reading, path);
    let fits = |found: Assessment| assessment.is_none_or(|expected| expected == found);
    match (marks, levels) {
        (Some(marks), None) if fits(Assessment::Marks) => {
            results(reading, marks, path.key("marks"), later, mark).map(SubjectResults::Marks)
        }
        (None, Some(levels)) if fits(Assessment::Levels) => {
            results(reading, levels, path.key("levels"), later, level).map(SubjectResults::Levels)
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
    later: Option<Later>,
    read: Read<T>,
) -> Option<Results<T>> {
    let mut fields = reading.object(json, path)?;
    let hk1 = fields.required("hk1", reading, path);
    let [hk2, year, retest] = later::take(later, &mut fields, reading, path);
    fields.finish(reading, path);
    let hk1 = hk1.and_then(|json| term(reading, json, path.key("hk1"), read));
    let hk2 = hk2.map(|json| term(reading, json, path.key("hk2"), read));
    let year = year.map(|json| read(reading, json, path.key("year")));
    let retest = retest.map(|json| read(reading, json, path.key("retest")));
    Some(Results { hk1: hk1?, hk2: sound(hk2)?, year: sound(year)?, retest: sound(retest)? })
}

fn term<T>(reading: &mut Reading, json: &Json, path: Path, read: Read<T>) -> Option<Term<T>> {
    let mut fields = reading.object(json, path)?;
    let tx = fields.optional("tx");
    let [gk, ck, result] = ["gk", "ck", "result"].map(|key| {
        let json = fields.optional(key)?;
        Some(read(reading, json, path.key(key)))
    });
    fields.finish(reading, path);
    let tx = tx.map(|json| regular(reading, json, path.key("tx"), read));
    Some(Term { tx: sound(tx)?.unwrap_or_default(), gk: sound(gk)?, ck: sound(ck)?, result: sound(result)? })
}

fn regular<T>(reading: &mut Reading, json: &Json, path: Path, read: Read<T>) -> Option<Vec<T>> {
    let items = reading.list(json, path)?;
    if items.len() > MOST_TX {
        reading.problem(ProblemCode::TxCount, path, &items.len().to_string());
        return None;
    }
    let marks: Vec<Option<T>> =
        items.iter().enumerate().map(|(index, item)| read(reading, item, path.index(index))).collect();
    marks.into_iter().collect()
}

/// A mark in tenths.
pub(super) fn mark(reading: &mut Reading, json: &Json, path: Path) -> Option<Mark> {
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
