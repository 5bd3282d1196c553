//! From bytes to a gradebook, or to everything that is wrong with them at once.

use std::collections::{BTreeMap, HashSet};

use school::dossier::Period;
use school::gradebook::{
    Absence, Assessment, Conduct, ConductRow, FORMAT, Gender, Gradebook, LockClaim, Pupil, Subject,
    SubjectRow,
};
use school::identifier::{PupilId, SubjectId};
use school::limits;
use school::records::reader_frame::ExportProblem;

use super::json::{Json, extent};
use super::problem::ProblemCode;
use super::reading::{Path, Reading};
use super::results::{self, Rest, sound};
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
    fields.finish(reading, root);

    let identifier = ProblemCode::NotAnIdentifier;
    let school = school.and_then(|json| reading.parsed(json, root.key("school"), identifier));
    let year = year.and_then(|json| reading.parsed(json, root.key("year"), ProblemCode::NotASchoolYear));
    let period: Option<Period> =
        period.and_then(|json| reading.parsed(json, root.key("period"), ProblemCode::NotAPeriod));
    let class = class.and_then(|json| reading.parsed(json, root.key("class"), identifier));
    let exported =
        exported.and_then(|json| reading.parsed(json, root.key("exported"), ProblemCode::NotAMoment));
    let lock = lock.and_then(|json| lock_claim(reading, json, root.key("lock")));
    let known = subjects.and_then(|json| subject_list(reading, json, root.key("subjects")));
    let rest = period.map(Rest::of);
    let pupils =
        pupils.and_then(|json| pupil_list(reading, json, root.key("pupils"), known.as_deref(), rest));
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
    })
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
    fields.finish(reading, path);
    let id = id.and_then(|json| reading.parsed(json, path.key("id"), ProblemCode::NotAnIdentifier));
    let name = name.and_then(|json| text::name(reading, json, path.key("name")));
    let assessment = assessment.and_then(|json| {
        let choices = [("marks", Assessment::Marks), ("levels", Assessment::Levels)];
        reading.choice(json, path.key("assessment"), &choices)
    });
    Some(Subject { id: id?, name: name?, assessment: assessment? })
}

fn pupil_list(
    reading: &mut Reading,
    json: &Json,
    path: Path,
    subjects: Option<&[Subject]>,
    rest: Option<Rest>,
) -> Option<Vec<Pupil>> {
    let items = reading.list(json, path)?;
    if items.is_empty() {
        reading.problem(ProblemCode::NoPupils, path, "");
        return None;
    }
    if items.len() > limits::PUPILS_PER_CLASS {
        reading.problem(ProblemCode::TooManyPupils, path, &items.len().to_string());
        return None;
    }
    let mut seen: HashSet<PupilId> = HashSet::new();
    let mut pupils = Vec::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        pupils.push(pupil(reading, item, path.index(index), subjects, rest, &mut seen));
    }
    pupils.into_iter().collect()
}

fn pupil(
    reading: &mut Reading,
    json: &Json,
    path: Path,
    subjects: Option<&[Subject]>,
    rest: Option<Rest>,
    seen: &mut HashSet<PupilId>,
) -> Option<Pupil> {
    let mut fields = reading.object(json, path)?;
    let mut take = |key: &str, reading: &mut Reading| fields.required(key, reading, path);
    let id = take("id", reading);
    let name = take("name", reading);
    let born = take("born", reading);
    let gender = take("gender", reading);
    let rows = take("subjects", reading);
    let conduct = take("conduct", reading);
    let absence = take("absence", reading);
    let (birthplace, remark) = (fields.optional("birthplace"), fields.optional("remark"));
    fields.finish(reading, path);

    let id: Option<PupilId> =
        id.and_then(|json| reading.parsed(json, path.key("id"), ProblemCode::NotAnIdentifier));
    if let Some(id) = &id
        && !seen.insert(id.clone())
    {
        reading.problem(ProblemCode::DuplicatePupil, path.key("id"), id.as_str());
    }
    let name = name.and_then(|json| text::name(reading, json, path.key("name")));
    let born = born.and_then(|json| reading.parsed(json, path.key("born"), ProblemCode::NotADate));
    let gender = gender.and_then(|json| {
        reading.choice(json, path.key("gender"), &[("nam", Gender::Nam), ("nu", Gender::Nu)])
    });
    let birthplace =
        birthplace.map(|json| text::printed(reading, json, path.key("birthplace"), limits::NAME_CHARACTERS));
    let rows = rows.and_then(|json| subject_rows(reading, json, path.key("subjects"), subjects, rest));
    let conduct = conduct.and_then(|json| conduct_row(reading, json, path.key("conduct"), rest));
    let absence = absence.and_then(|json| absence_of(reading, json, path.key("absence")));
    let remark = remark.map(|json| text::remark(reading, json, path.key("remark")));
    Some(Pupil {
        id: id?,
        name: name?,
        born: born?,
        gender: gender?,
        birthplace: sound(birthplace)?.unwrap_or_default(),
        subjects: rows?,
        conduct: conduct?,
        absence: absence?,
        remark: sound(remark)?.unwrap_or_default(),
    })
}

/// One row per subject of the class, no other. Without a sound list of subjects only the rows
/// themselves are read.
fn subject_rows(
    reading: &mut Reading,
    json: &Json,
    path: Path,
    subjects: Option<&[Subject]>,
    rest: Option<Rest>,
) -> Option<BTreeMap<SubjectId, SubjectRow>> {
    let fields = reading.object(json, path)?.rest();
    let mut rows = BTreeMap::new();
    let mut complete = true;
    for (key, json) in &fields {
        let at = path.key(key);
        let listed = subjects.map(|subjects| subjects.iter().find(|subject| subject.id.as_str() == *key));
        if let Some(None) = listed {
            reading.problem(ProblemCode::SubjectUnknown, at, "");
            complete = false;
            continue;
        }
        let assessment = listed.flatten().map(|subject| subject.assessment);
        let row = results::row(reading, json, at, assessment, rest);
        match (key.parse(), row) {
            (Ok(id), Some(row)) => drop(rows.insert(id, row)),
            (Err(_), _) => {
                reading.problem(ProblemCode::NotAnIdentifier, at, key);
                complete = false;
            }
            (_, None) => complete = false,
        }
    }
    for subject in subjects.unwrap_or_default() {
        if !fields.iter().any(|(key, _)| *key == subject.id.as_str()) {
            reading.problem(ProblemCode::SubjectMissing, path.key(subject.id.as_str()), "");
            complete = false;
        }
    }
    complete.then_some(rows)
}

fn conduct_row(reading: &mut Reading, json: &Json, path: Path, rest: Option<Rest>) -> Option<ConductRow> {
    const LEVELS: [(&str, Conduct); 4] =
        [("tot", Conduct::Tot), ("kha", Conduct::Kha), ("dat", Conduct::Dat), ("chua-dat", Conduct::ChuaDat)];
    let mut fields = reading.object(json, path)?;
    let hk1 = fields.required("hk1", reading, path);
    let [hk2, year] = match rest {
        Some(rest) => rest.take(&mut fields, reading, path),
        None => ["hk2", "year"].map(|key| fields.optional(key)),
    };
    fields.finish(reading, path);
    let hk1 = hk1.and_then(|json| reading.choice(json, path.key("hk1"), &LEVELS));
    let hk2 = hk2.map(|json| reading.choice(json, path.key("hk2"), &LEVELS));
    let year = year.map(|json| reading.choice(json, path.key("year"), &LEVELS));
    Some(ConductRow { hk1: hk1?, hk2: sound(hk2)?, year: sound(year)? })
}

fn absence_of(reading: &mut Reading, json: &Json, path: Path) -> Option<Absence> {
    let mut fields = reading.object(json, path)?;
    let [excused, unexcused] = ["excused", "unexcused"].map(|key| {
        let json = fields.required(key, reading, path)?;
        count(reading, json, path.key(key))
    });
    fields.finish(reading, path);
    Some(Absence { excused: excused?, unexcused: unexcused? })
}

fn count(reading: &mut Reading, json: &Json, path: Path) -> Option<u16> {
    let count = match json {
        Json::Integer(number) => u16::try_from(*number).ok(),
        _ => None,
    };
    if count.is_none() {
        reading.problem(ProblemCode::NotACount, path, &json.shown());
    }
    count
}
