//! Writes what was said as a canonical export, and reads it as one: the checks of a JSON export hold for
//! every spreadsheet.

use std::collections::BTreeMap;

use school::digest::Sha256;
use school::dossier::Period;
use school::gradebook::{Assessment, FORMAT, Gradebook};
use school::identifier::SubjectId;
use school::records::reader_frame::ExportProblem;
use serde_json::{Map, Value as Json, json};

use crate::export::parse;
use crate::export::part::{PartSubject, Value, When};
use crate::export::sheet_problem::SheetCode;

use super::claims::Said;
use super::{StoredPart, Wanted};

/// Errors: what a JSON export would be refused for; the place names the pupil.
pub(super) fn write(
    parts: &[&StoredPart],
    said: &Said,
    wanted: &Wanted,
    subjects: &[(PartSubject, Assessment)],
) -> Result<Gradebook, Vec<ExportProblem>> {
    let first = &parts[0].part;
    let pupils: Vec<Json> = (0..said.persons.len())
        // Only who was assessed again has anything to add to the year.
        .filter(|person| wanted.period != Period::AfterSummer || first.whole || said.assessed_again(*person))
        .map(|person| pupil(said, person, subjects, wanted.period))
        .collect();
    let lock = first.lock.as_ref().filter(|_| first.whole);
    let mut book = Map::new();
    book.insert("format".into(), json!(FORMAT));
    book.insert("school".into(), json!(wanted.school));
    book.insert("year".into(), json!(first.year));
    book.insert("period".into(), json!(wanted.period));
    book.insert("class".into(), json!(first.class));
    book.insert("exported".into(), json!(said.used.iter().map(|index| parts[*index].taken).max()));
    book.insert("lock".into(), lock.map_or_else(|| json!({"locked": false}), |lock| json!(lock)));
    book.insert(
        "subjects".into(),
        subjects.iter().map(|(subject, kind)| of_subject(subject, *kind, wanted)).collect(),
    );
    book.insert("pupils".into(), Json::Array(pupils));
    // A month stands once; a later file tells it better.
    let months: BTreeMap<&String, &String> = said
        .used
        .iter()
        .flat_map(|index| &parts[*index].part.head_remarks)
        .map(|(month, text)| (month, text))
        .collect();
    let remarks: Vec<Json> =
        months.into_iter().map(|(month, text)| json!({"month": month, "text": text})).collect();
    if !remarks.is_empty() {
        book.insert("head_remarks".into(), Json::Array(remarks));
    }
    if !first.whole {
        let mut digests: Vec<Sha256> = said.used.iter().map(|index| parts[*index].file).collect();
        digests.sort();
        book.insert("parts".into(), json!(digests));
    }
    let bytes = serde_json::to_vec(&book).unwrap_or_default();
    parse(&bytes).map_err(|problems| problems.into_iter().map(|problem| placed(problem, said)).collect())
}

/// A JSON path of the book that was written here means nothing to people: the pupil's row does.
fn placed(problem: ExportProblem, said: &Said) -> ExportProblem {
    let index = problem
        .path
        .strip_prefix("$.pupils[")
        .and_then(|rest| rest.split(']').next())
        .and_then(|index| index.parse::<usize>().ok());
    match index.and_then(|index| said.persons.get(index)) {
        Some(person) => {
            let rest = problem.path.split_once(']').map_or("", |(_, rest)| rest);
            ExportProblem { path: format!("{} {}{rest}", person.place, person.name), ..problem }
        }
        None => problem,
    }
}

fn of_subject(subject: &PartSubject, kind: Assessment, wanted: &Wanted) -> Json {
    let mut form = Map::new();
    form.insert("id".into(), json!(subject.id));
    form.insert("name".into(), json!(subject.name));
    form.insert("assessment".into(), json!(kind));
    if let Some(periods) = subject.periods {
        form.insert("periods".into(), json!(periods));
    }
    let of_roster = wanted.parts.iter().filter(|(_, of)| *of == subject.id).map(|(part, _)| part);
    let parts: Vec<&String> =
        if subject.parts.is_empty() { of_roster.collect() } else { subject.parts.iter().collect() };
    if !parts.is_empty() {
        form.insert("parts".into(), json!(parts));
    }
    Json::Object(form)
}

/// Subjects in the order that is wanted, each with how it is assessed: as the files or the catalogue say, or
/// as its values are.
pub(super) fn subjects(
    parts: &[&StoredPart],
    said: &Said,
    wanted: &Wanted,
) -> Result<Vec<(PartSubject, Assessment)>, Vec<ExportProblem>> {
    let mut known: BTreeMap<SubjectId, PartSubject> = BTreeMap::new();
    for StoredPart { part, .. } in parts {
        for subject in &part.subjects {
            known.entry(subject.id.clone()).or_insert_with(|| subject.clone());
        }
    }
    let order: Vec<SubjectId> = match wanted.subjects {
        Some(subjects) => subjects.to_vec(),
        None => known.keys().cloned().collect(),
    };
    let mut problems = Vec::new();
    let mut subjects = Vec::new();
    for id in order {
        let Some(subject) = known.get(&id).cloned() else { continue };
        let of = |wanted: fn(&Value) -> bool| {
            said.things
                .iter()
                .find(|(thing, claim)| thing.subject.as_ref() == Some(&id) && wanted(&claim.value))
        };
        let mark = of(|value| matches!(value, Value::Mark(_)));
        let level = of(|value| matches!(value, Value::Level(_)));
        let kind = match (mark, level) {
            (Some((_, mark)), Some((_, level))) => {
                problems.push(ExportProblem {
                    code: SheetCode::BothKinds.as_str().into(),
                    path: parts[level.part].part.place(level.at),
                    found: format!(
                        "{} / {} ({})",
                        level.value.shown(),
                        mark.value.shown(),
                        parts[mark.part].part.place(mark.at)
                    ),
                });
                continue;
            }
            // What stands in the book tells more than a catalogue: a school may assess its own way.
            (Some(_), None) => Assessment::Marks,
            (None, Some(_)) => Assessment::Levels,
            (None, None) => subject.assessment.unwrap_or(Assessment::Marks),
        };
        subjects.push((subject, kind));
    }
    if problems.is_empty() { Ok(subjects) } else { Err(problems) }
}

const WORDS: [(&str, When); 4] =
    [("hk1", When::Hk1), ("hk2", When::Hk2), ("year", When::Year), ("retest", When::Retest)];

fn whens(period: Period) -> &'static [(&'static str, When)] {
    if period == Period::FirstTerm { &WORDS[..1] } else { &WORDS }
}

fn pupil(said: &Said, person: usize, subjects: &[(PartSubject, Assessment)], period: Period) -> Json {
    let who = &said.persons[person];
    let mut form = Map::new();
    form.insert("id".into(), json!(who.moet_id.as_ref().or(who.pupil_id.as_ref())));
    form.insert("name".into(), json!(who.name));
    form.insert("born".into(), json!(who.born));
    let text = |field: &str| said.of(person, field, None, None, 0).map(Value::shown);
    if let Some(gender) = text("gender") {
        form.insert("gender".into(), json!(gender));
    }
    for field in ["birthplace", "remark", "awards", "certificates", "summer", "outcome", "honour"] {
        if let Some(value) = text(field) {
            form.insert(field.into(), json!(value));
        }
    }
    if !form.contains_key("outcome") {
        for (field, word) in [("promoted", "promoted"), ("retained", "retained")] {
            if text(field).is_some() {
                form.insert("outcome".into(), json!(word));
            }
        }
    }
    // The cross of the form is the same for who moved up at once and who did after the summer.
    if form.get("outcome") == Some(&json!("promoted")) && said.assessed_again(person) {
        form.insert("outcome".into(), json!("promoted-after-summer"));
    }
    let rows: Map<String, Json> = subjects
        .iter()
        .map(|(subject, kind)| (subject.id.to_string(), row(said, person, &subject.id, *kind, period)))
        .collect();
    form.insert("subjects".into(), Json::Object(rows));
    for field in ["study", "conduct"] {
        let levels = whens(period).iter().filter_map(|(word, when)| {
            Some(((*word).to_owned(), json!(said.of(person, field, None, Some(*when), 0)?.shown())))
        });
        let levels: Map<String, Json> = levels.collect();
        if field == "conduct" || !levels.is_empty() {
            form.insert(field.into(), Json::Object(levels));
        }
    }
    let averages: Map<String, Json> = whens(period)
        .iter()
        .filter_map(|(word, when)| {
            Some(((*word).to_owned(), value(said.of(person, "average", None, Some(*when), 0)?)?))
        })
        .collect();
    if !averages.is_empty() {
        form.insert("averages".into(), Json::Object(averages));
    }
    absence(said, person, &mut form);
    if let Some(personal) = personal(said, person) {
        form.insert("personal".into(), personal);
    }
    Json::Object(form)
}

fn row(said: &Said, person: usize, subject: &SubjectId, kind: Assessment, period: Period) -> Json {
    let mut form = Map::new();
    form.insert("results".into(), results(said, person, (subject, None), kind, period));
    let order: &[Option<When>] =
        if period == Period::FirstTerm { &[Some(When::Hk1), None] } else { &[Some(When::Year), None] };
    if let Some(remark) =
        order.iter().find_map(|when| said.of(person, "subject-remark", Some(subject), *when, 0))
    {
        form.insert("remark".into(), json!(remark.shown()));
    }
    let parts: Map<String, Json> = said
        .parts_of(person, subject)
        .into_iter()
        .map(|part| (part.to_owned(), results(said, person, (subject, Some(part)), kind, period)))
        .collect();
    if !parts.is_empty() {
        form.insert("parts".into(), Json::Object(parts));
    }
    Json::Object(form)
}

/// Results in a subject, or in a phân môn of it.
fn results(
    said: &Said,
    person: usize,
    of: (&SubjectId, Option<&str>),
    kind: Assessment,
    period: Period,
) -> Json {
    let is_excused = of.1.is_none() && said.of(person, "exempt", Some(of.0), None, 0).is_some();
    let of = |field: &str, when: When, index: u32| said.result(person, of, field, when, index);
    let exempt = is_excused
        || whens(period).iter().any(|(_, when)| {
            ["result", "gk", "ck", "tx"].iter().any(|field| of(field, *when, 0) == Some(&Value::Exempt))
        });
    if exempt {
        json!("exempt")
    } else {
        let mut results = Map::new();
        for (word, when) in whens(period) {
            if matches!(when, When::Year | When::Retest) {
                if let Some(result) = of("result", *when, 0).and_then(value) {
                    results.insert((*word).into(), result);
                }
                continue;
            }
            let mut term = Map::new();
            let tx: Vec<Json> = (0..school::limits::TX_PER_TERM as u32)
                .filter_map(|index| value(of("tx", *when, index)?))
                .collect();
            for field in ["gk", "ck", "result"] {
                if let Some(mark) = of(field, *when, 0).and_then(value) {
                    term.insert(field.into(), mark);
                }
            }
            if *when == When::Hk1 || !tx.is_empty() || !term.is_empty() {
                term.insert("tx".into(), Json::Array(tx));
                results.insert((*word).into(), Json::Object(term));
            }
        }
        json!({if kind == Assessment::Marks { "marks" } else { "levels" }: results})
    }
}

/// A mark in tenths, a level; nothing for vắng.
fn value(value: &Value) -> Option<Json> {
    match value {
        Value::Mark(mark) => Some(json!(mark)),
        Value::Level(level) => Some(json!(level)),
        _ => None,
    }
}

fn absence(said: &Said, person: usize, form: &mut Map<String, Json>) {
    let mut months: BTreeMap<String, Map<String, Json>> = BTreeMap::new();
    let (mut with_leave, mut without) = (0_u16, 0_u16);
    for (thing, claim) in
        said.things.iter().filter(|(thing, _)| thing.person == person && thing.field == "day")
    {
        let month = format!("{:04}-{:02}", thing.index / 10_000, thing.index / 100 % 100);
        let excused = claim.value == Value::Text("p".into());
        *(if excused { &mut with_leave } else { &mut without }) += 1;
        let word = if excused { "P" } else { "K" };
        months.entry(month).or_default().insert((thing.index % 100).to_string(), json!(word));
    }
    let count = |field: &str| match said.of(person, field, None, None, 0) {
        Some(Value::Count(count)) => Some(*count),
        _ => None,
    };
    // A total alone counts as without leave, as far as the days do not tell otherwise.
    let total = count("absence.total").map_or(without, |total| total.saturating_sub(with_leave));
    let excused = count("absence.excused").unwrap_or(with_leave);
    let unexcused = count("absence.unexcused").unwrap_or(total);
    form.insert("absence".into(), json!({"excused": excused, "unexcused": unexcused}));
    if !months.is_empty() {
        let months: Vec<Json> =
            months.into_iter().map(|(month, days)| json!({"month": month, "days": days})).collect();
        form.insert("attendance".into(), Json::Array(months));
    }
}

fn personal(said: &Said, person: usize) -> Option<Json> {
    let text = |field: &str, index: u32| said.of(person, field, None, None, index).map(Value::shown);
    let mut form = Map::new();
    for (field, key) in [
        ("ethnicity", "ethnicity"),
        ("nationality", "nationality"),
        ("address", "address"),
        ("priority", "priority"),
        ("register-number", "register_number"),
        ("national-id", "national_id"),
        ("notes", "notes"),
        ("entered", "entered"),
        ("from-school", "from_school"),
    ] {
        if let Some(value) = text(field, 0) {
            form.insert(key.into(), json!(value));
        }
    }
    for who in ["father", "mother", "guardian"] {
        let mut parent = text(who, 0).map(|text| of_one_cell(&text)).unwrap_or_default();
        for key in ["name", "occupation", "phone", "email"] {
            if let Some(value) = text(&format!("{who}.{key}"), 0) {
                parent.insert(key.into(), json!(value));
            }
        }
        if !parent.is_empty() {
            form.insert(who.into(), Json::Object(parent));
        }
    }
    let history: Vec<Json> = (0..school::limits::PARTICULARS as u32)
        .map_while(|index| {
            let mut one = Map::new();
            one.insert("year".into(), json!(text("history.year", index)?));
            for key in ["class", "school", "province"] {
                let value = text(&format!("history.{key}"), index);
                if key != "province" || value.is_some() {
                    one.insert(key.into(), json!(value.unwrap_or_default()));
                }
            }
            Some(Json::Object(one))
        })
        .collect();
    if !history.is_empty() {
        form.insert("history".into(), Json::Array(history));
    }
    (!form.is_empty()).then_some(Json::Object(form))
}

/// `Nguyễn Văn Bình - Thợ điện - 0912000001`: name, work, telephone, e-mail, as far as they are there.
fn of_one_cell(text: &str) -> Map<String, Json> {
    let mut form = Map::new();
    for piece in text.split([',', ';', '–']).flat_map(|piece| piece.split(" - ")) {
        let piece = piece.trim().trim_matches('-').trim();
        let digits = piece.chars().filter(char::is_ascii_digit).count();
        let key = if piece.is_empty() {
            continue;
        } else if piece.contains('@') {
            "email"
        } else if digits >= 8 && digits * 2 > piece.len() {
            "phone"
        } else if !form.contains_key("name") {
            "name"
        } else {
            "occupation"
        };
        form.entry(key).or_insert_with(|| json!(piece));
    }
    form
}
