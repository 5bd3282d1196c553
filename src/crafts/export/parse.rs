//! From bytes to a gradebook, or to everything that is wrong with them at once.

use std::collections::HashSet;

use school::digest::Sha256;
use school::dossier::Period;
use school::gradebook::{Assessment, FORMAT, Gradebook, HeadRemark, LockClaim, Subject};
use school::identifier::{ClassName, SchoolYear};
use school::limits;
use school::records::reader_frame::ExportProblem;
use school::scoring::{NoGrade, NoScheme, Scheme};

use super::json::{Json, extent};
use super::later::Later;
use super::problem::ProblemCode;
use super::pupil;
use super::reading::{Path, Reading, sound};
use super::text;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Reads an export.
///
/// Shape: UTF-8 JSON as the published schema describes it; a byte order mark is tolerated, names may
/// come in NFD and leave in NFC.
/// Errors: every problem that was found, each with a code of [`ProblemCode`] and its JSON path.
pub fn parse(bytes: &[u8]) -> Result<Gradebook, Vec<ExportProblem>> {
    let mut reading = Reading::default();
    let book = json_of(&mut reading, bytes).and_then(|json| gradebook(&mut reading, &json));
    let problems = reading.into_problems();
    match book {
        Some(book) if problems.is_empty() => Ok(book),
        _ => Err(problems),
    }
}

fn json_of(reading: &mut Reading, bytes: &[u8]) -> Option<Json> {
    if bytes.len() as u64 > limits::EXPORT_SIZE_BYTES {
        reading.problem(ProblemCode::TooLarge, Path::ROOT, &bytes.len().to_string());
        return None;
    }
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = format!("byte {}", error.valid_up_to());
            reading.problem(ProblemCode::NotUtf8, Path::ROOT, &at);
            return None;
        }
    };
    let extent = extent(text);
    if extent.depth > limits::EXPORT_DEPTH {
        reading.problem(ProblemCode::TooDeep, Path::ROOT, &extent.depth.to_string());
        return None;
    }
    if extent.values > limits::EXPORT_VALUES {
        reading.problem(ProblemCode::TooLarge, Path::ROOT, &extent.values.to_string());
        return None;
    }
    match serde_json::from_str(text) {
        Ok(json) => Some(json),
        Err(error) => {
            let at = format!("line {}, column {}", error.line(), error.column());
            reading.problem(ProblemCode::NotJson, Path::ROOT, &at);
            None
        }
    }
}

fn gradebook(reading: &mut Reading, json: &Json) -> Option<Gradebook> {
    let root = Path::ROOT;
    let mut fields = reading.object(json, root)?;
    let format = fields.required("format", reading, root);
    let format = format.and_then(|json| reading.string(json, root.key("format")));
    if format.is_some_and(|format| format != FORMAT) {
        reading.problem(ProblemCode::OtherFormat, root.key("format"), format.unwrap_or_default());
        // Another format has other keys: naming each of them would help nobody.
        return None;
    }
    let mut take = |key: &str, reading: &mut Reading| fields.required(key, reading, root);
    let school = take("school", reading);
    let year = take("year", reading);
    let period = take("period", reading);
    let class = take("class", reading);
    let exported = take("exported", reading);
    let lock = take("lock", reading);
    let subjects = take("subjects", reading);
    let pupils = take("pupils", reading);
    let head_remarks = fields.optional("head_remarks");
    let parts = fields.optional("parts");
    fields.finish(reading, root);

    let identifier = ProblemCode::NotAnIdentifier;
    let school = school.and_then(|json| reading.parsed(json, root.key("school"), identifier));
    let year: Option<SchoolYear> =
        year.and_then(|json| reading.parsed(json, root.key("year"), ProblemCode::NotASchoolYear));
    let period: Option<Period> =
        period.and_then(|json| reading.parsed(json, root.key("period"), ProblemCode::NotAPeriod));
    let class: Option<ClassName> = class.and_then(|json| reading.parsed(json, root.key("class"), identifier));
    if let (Some(year), Some(class)) = (year, &class)
        && let Err(reason) = Scheme::of(year, class)
    {
        let (code, key, found) = without_rules(reason, year, class);
        reading.problem(code, root.key(key), &found);
    }
    let exported =
        exported.and_then(|json| reading.parsed(json, root.key("exported"), ProblemCode::NotAMoment));
    let lock = lock.and_then(|json| lock_claim(reading, json, root.key("lock")));
    let known = subjects.and_then(|json| subject_list(reading, json, root.key("subjects")));
    let expected = pupil::Expected { subjects: known.as_deref(), later: period.map(Later::of) };
    let pupils = pupils.and_then(|json| pupil::list(reading, json, root.key("pupils"), expected));
    let head_remarks = head_remarks.map(|json| head_remark_list(reading, json, root.key("head_remarks")));
    let parts = parts.map(|json| part_list(reading, json, root.key("parts")));
    Some(Gradebook {
        format: format?.to_owned(),
        school: school?,
        year: year?,
        period: period?,
        class: class?,
        exported: exported?,
        lock: lock?,
        subjects: known?,
        pupils: pupils?,
        head_remarks: sound(head_remarks)?.unwrap_or_default(),
        parts: sound(parts)?.unwrap_or_default(),
    })
}

/// Why nobody can judge this class, at the key that says so.
fn without_rules(
    reason: NoScheme,
    year: SchoolYear,
    class: &ClassName,
) -> (ProblemCode, &'static str, String) {
    match reason {
        NoScheme::Grade(NoGrade::Primary) => (ProblemCode::PrimaryLevel, "class", class.to_string()),
        NoScheme::Grade(NoGrade::Unknown) => (ProblemCode::NoGrade, "class", class.to_string()),
        NoScheme::TooOld => (ProblemCode::YearTooOld, "year", year.to_string()),
    }
}

fn head_remark_list(reading: &mut Reading, json: &Json, path: Path) -> Option<Vec<HeadRemark>> {
    reading.bounded(json, path, |reading, json, path| {
        let mut fields = reading.object(json, path)?;
        let month = fields.required("month", reading, path);
        let text = fields.required("text", reading, path);
        fields.finish(reading, path);
        let month = month.and_then(|json| reading.parsed(json, path.key("month"), ProblemCode::NotAMonth));
        let text = text.and_then(|json| text::remark(reading, json, path.key("text")));
        Some(HeadRemark { month: month?, text: text? })
    })
}

/// Digests of the files that the book was put together from.
fn part_list(reading: &mut Reading, json: &Json, path: Path) -> Option<Vec<Sha256>> {
    let items = reading.list(json, path)?;
    if items.len() > limits::PARTS_PER_CLASS {
        reading.problem(ProblemCode::ListTooLong, path, &items.len().to_string());
        return None;
    }
    let digest = |(index, item)| reading.parsed(item, path.index(index), ProblemCode::NotAnIdentifier);
    let digests: Vec<Option<Sha256>> = items.iter().enumerate().map(digest).collect();
    digests.into_iter().collect()
}

fn lock_claim(reading: &mut Reading, json: &Json, path: Path) -> Option<LockClaim> {
    let mut fields = reading.object(json, path)?;
    let locked = fields.required("locked", reading, path);
    let at = fields.optional("at");
    fields.finish(reading, path);
    let locked = locked.and_then(|json| reading.boolean(json, path.key("locked")));
    let at = at.map(|json| reading.parsed(json, path.key("at"), ProblemCode::NotAMoment));
    Some(LockClaim { locked: locked?, at: sound(at)? })
}

fn subject_list(reading: &mut Reading, json: &Json, path: Path) -> Option<Vec<Subject>> {
    let items = reading.list(json, path)?;
    if items.is_empty() {
        reading.problem(ProblemCode::NoSubjects, path, "");
        return None;
    }
    if items.len() > limits::SUBJECTS_PER_CLASS {
        reading.problem(ProblemCode::TooManySubjects, path, &items.len().to_string());
        return None;
    }
    let mut seen = HashSet::new();
    let mut subjects = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let at = path.index(index);
        let subject = subject(reading, item, at);
        if let Some(subject) = &subject
            && !seen.insert(subject.id.clone())
        {
            reading.problem(ProblemCode::DuplicateSubject, at.key("id"), subject.id.as_str());
        }
        subjects.push(subject);
    }
    subjects.into_iter().collect()
}

fn subject(reading: &mut Reading, json: &Json, path: Path) -> Option<Subject> {
    let mut fields = reading.object(json, path)?;
    let id = fields.required("id", reading, path);
    let name = fields.required("name", reading, path);
    let assessment = fields.required("assessment", reading, path);
    let (periods, parts) = (fields.optional("periods"), fields.optional("parts"));
    fields.finish(reading, path);
    let id = id.and_then(|json| reading.parsed(json, path.key("id"), ProblemCode::NotAnIdentifier));
    let name = name.and_then(|json| text::name(reading, json, path.key("name")));
    let assessment = assessment.and_then(|json| {
        let choices = [("marks", Assessment::Marks), ("levels", Assessment::Levels)];
        reading.choice(json, path.key("assessment"), &choices)
    });
    let periods = periods.map(|json| reading.count(json, path.key("periods")));
    let parts = parts.map(|json| reading.bounded(json, path.key("parts"), text::name));
    Some(Subject {
        id: id?,
        name: name?,
        assessment: assessment?,
        periods: sound(periods)?,
        parts: sound(parts)?.unwrap_or_default(),
    })
}
