//! The pupils of a class.

use std::collections::{BTreeMap, HashSet};

use school::gradebook::{Absence, Conduct, Gender, Honour, Outcome, Pupil, Study, Subject, SubjectRow};
use school::identifier::{PupilId, SubjectId};
use school::limits;

use super::json::Json;
use super::later::Later;
use super::problem::ProblemCode;
use super::reading::{Path, Reading, sound};
use super::year_of::year_of;
use super::{attendance, personal, results, text};

const GENDERS: [(&str, Gender); 2] = [("nam", Gender::Nam), ("nu", Gender::Nu)];
const CONDUCT: [(&str, Conduct); 6] = [
    ("tot", Conduct::Tot),
    ("kha", Conduct::Kha),
    ("dat", Conduct::Dat),
    ("chua-dat", Conduct::ChuaDat),
    ("trung-binh", Conduct::TrungBinh),
    ("yeu", Conduct::Yeu),
];
const STUDY: [(&str, Study); 8] = [
    ("tot", Study::Tot),
    ("kha", Study::Kha),
    ("dat", Study::Dat),
    ("chua-dat", Study::ChuaDat),
    ("gioi", Study::Gioi),
    ("trung-binh", Study::TrungBinh),
    ("yeu", Study::Yeu),
    ("kem", Study::Kem),
];
const OUTCOMES: [(&str, Outcome); 4] = [
    ("promoted", Outcome::Promoted),
    ("promoted-after-summer", Outcome::PromotedAfterSummer),
    ("retained", Outcome::Retained),
    ("to-retest", Outcome::ToRetest),
];
const HONOURS: [(&str, Honour); 3] =
    [("xuat-sac", Honour::XuatSac), ("gioi", Honour::Gioi), ("tien-tien", Honour::TienTien)];

/// What the head of the export asks of each pupil; unknown where the head itself is unsound.
#[derive(Clone, Copy)]
pub(super) struct Expected<'a> {
    pub subjects: Option<&'a [Subject]>,
    pub later: Option<Later>,
}

/// All pupils, each once.
pub(super) fn list(reading: &mut Reading, json: &Json, path: Path, expected: Expected) -> Option<Vec<Pupil>> {
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
        pupils.push(pupil(reading, item, path.index(index), expected, &mut seen));
    }
    pupils.into_iter().collect()
}

fn pupil(
    reading: &mut Reading,
    json: &Json,
    path: Path,
    expected: Expected,
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
    let (birthplace, personal) = (fields.optional("birthplace"), fields.optional("personal"));
    let (study, averages) = (fields.optional("study"), fields.optional("averages"));
    let (outcome, honour) = (fields.optional("outcome"), fields.optional("honour"));
    let attendance = fields.optional("attendance");
    let remarks = ["awards", "certificates", "summer", "remark"].map(|key| (key, fields.optional(key)));
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
    let gender = gender.and_then(|json| reading.choice(json, path.key("gender"), &GENDERS));
    let birthplace =
        birthplace.map(|json| text::printed(reading, json, path.key("birthplace"), limits::NAME_CHARACTERS));
    let personal = personal.map(|json| personal::personal(reading, json, path.key("personal")));
    let rows = rows.and_then(|json| subject_rows(reading, json, path.key("subjects"), expected));
    let later = expected.later;
    let study = study.map(|json| {
        year_of(reading, json, path.key("study"), later, |reading, json, path| {
            reading.choice(json, path, &STUDY)
        })
    });
    let conduct = conduct.and_then(|json| {
        year_of(reading, json, path.key("conduct"), later, |reading, json, path| {
            reading.choice(json, path, &CONDUCT)
        })
    });
    let averages = averages.map(|json| year_of(reading, json, path.key("averages"), later, results::mark));
    let absence = absence.and_then(|json| absence_of(reading, json, path.key("absence")));
    let attendance = attendance.map(|json| reading.bounded(json, path.key("attendance"), attendance::month));
    let outcome = outcome.map(|json| reading.choice(json, path.key("outcome"), &OUTCOMES));
    let honour = honour.map(|json| reading.choice(json, path.key("honour"), &HONOURS));
    let [awards, certificates, summer, remark] = remarks.map(|(key, json)| match json {
        Some(json) => text::remark(reading, json, path.key(key)),
        None => Some(String::new()),
    });
    Some(Pupil {
        id: id?,
        name: name?,
        born: born?,
        gender: gender?,
        birthplace: sound(birthplace)?.unwrap_or_default(),
        personal: sound(personal)?,
        subjects: rows?,
        study: sound(study)?.unwrap_or_default(),
        conduct: conduct?,
        averages: sound(averages)?.unwrap_or_default(),
        absence: absence?,
        attendance: sound(attendance)?.unwrap_or_default(),
        outcome: sound(outcome)?,
        honour: sound(honour)?,
        awards: awards?,
        certificates: certificates?,
        summer: summer?,
        remark: remark?,
    })
}

/// One row per subject of the class, no other. Without a sound list of subjects only the rows
/// themselves are read.
fn subject_rows(
    reading: &mut Reading,
    json: &Json,
    path: Path,
    Expected { subjects, later }: Expected,
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
        let row = results::row(reading, json, at, listed.flatten(), later);
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

fn absence_of(reading: &mut Reading, json: &Json, path: Path) -> Option<Absence> {
    let mut fields = reading.object(json, path)?;
    let [excused, unexcused] = ["excused", "unexcused"].map(|key| {
        let json = fields.required(key, reading, path)?;
        reading.count(json, path.key(key))
    });
    fields.finish(reading, path);
    Some(Absence { excused: excused?, unexcused: unexcused? })
}
