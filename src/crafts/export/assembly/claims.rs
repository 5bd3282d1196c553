//! Lays the statements of all parts together: one value for each thing, with the place it came from.

use std::collections::{BTreeMap, BTreeSet};

use school::dossier::Period;
use school::identifier::SubjectId;
use school::records::reader_frame::ExportProblem;

use crate::export::part::{CellPlace, Statement, Value, When};
use crate::export::sheet_problem::SheetCode;

use super::comparison::{self, BookDifference};
use super::ground::{self, Standing};
use super::people::{self, Person};
use super::{Missing, StoredPart, Wanted, speaks_for_the_class};

/// A thing that can be said: of whom, what, in which subject, for which time, which of several.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Thing {
    pub person: usize,
    pub field: String,
    pub subject: Option<SubjectId>,
    /// In which phân môn of the subject.
    pub part: Option<String>,
    pub when: Option<When>,
    pub index: u32,
}

/// A value with the part and cell it stands in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Claim {
    pub value: Value,
    pub part: usize,
    pub at: CellPlace,
}

/// Everything that is said about the class for one period.
#[derive(Debug)]
pub(super) struct Said {
    pub persons: Vec<Person>,
    pub things: BTreeMap<Thing, Claim>,
    /// Subjects and terms that have results.
    pub results: BTreeSet<(SubjectId, When)>,
    /// Parts that say any of it.
    pub used: BTreeSet<usize>,
    pub differences: Vec<BookDifference>,
}

/// Errors: places that cannot all be true.
pub(super) fn lay_together(parts: &[&StoredPart], wanted: &Wanted) -> Result<Said, Vec<ExportProblem>> {
    let period = wanted.period;
    let people = people::tell(parts);
    let mut problems = people.problems;
    let mut own = Layer::default();
    let mut ground = Layer::default();
    for (index, StoredPart { part, .. }) in parts.iter().enumerate() {
        let standing = ground::stands(part, period);
        let layer = if standing == Some(Standing::Own) { &mut own } else { &mut ground };
        let claims = if speaks_for_the_class(part) { &mut layer.of_class } else { &mut layer.of_teachers };
        let belongs = |statement: &&Statement| match standing {
            Some(Standing::Own) => belongs(statement, period),
            Some(Standing::Ground) => ground::holds(statement, period),
            None => false,
        };
        for statement in part.statements.iter().filter(belongs) {
            let of_part = statement.subject.as_ref().and_then(|subject| wanted.part_of(part, subject));
            let subject = of_part.map(|(_, subject)| subject).or(statement.subject.as_ref());
            let thing = Thing {
                person: people.of[index][usize::from(statement.pupil)],
                field: statement.field.clone(),
                subject: subject.cloned(),
                part: of_part.map(|(part, _)| part.clone()),
                when: statement.when,
                index: statement.index,
            };
            let claim = Claim { value: statement.value.clone(), part: index, at: statement.at };
            put(parts, claims, thing, claim, &mut problems);
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let differences = comparison::compare(parts, &people.persons, &own.of_class, &own.of_teachers);
    let mut things = own.into_things();
    for (thing, claim) in ground.into_things() {
        things.entry(thing).or_insert(claim);
    }
    let result =
        |thing: &Thing| thing.part.is_none() && matches!(thing.field.as_str(), "tx" | "gk" | "ck" | "result");
    let results = things
        .keys()
        .filter(|thing| result(thing))
        .filter_map(|thing| Some((thing.subject.clone()?, thing.when?)))
        .collect();
    let mut used: BTreeSet<usize> = things.values().map(|claim| claim.part).collect();
    used.extend(differences.iter().flat_map(|difference| difference.parts));
    Ok(Said { persons: people.persons, things, results, used, differences })
}

/// What files of one standing say.
#[derive(Default)]
struct Layer {
    of_class: BTreeMap<Thing, Claim>,
    of_teachers: BTreeMap<Thing, Claim>,
}

impl Layer {
    /// A teacher's book stands in where the class has no export of the subject and term.
    fn into_things(self) -> BTreeMap<Thing, Claim> {
        let of = |thing: &Thing| (thing.subject.clone(), thing.part.clone(), thing.when);
        let covered: BTreeSet<_> = self.of_class.keys().map(of).collect();
        let mut things = self.of_class;
        things.extend(self.of_teachers.into_iter().filter(|(thing, _)| !covered.contains(&of(thing))));
        things
    }
}

/// What is said about the first term stays the same when the second comes: the first term's gradebook is
/// made of it alone.
fn belongs(statement: &Statement, period: Period) -> bool {
    match period {
        Period::FirstTerm => match statement.field.as_str() {
            "outcome" | "honour" | "promoted" | "retained" | "summer" => false,
            "day" => !matches!(statement.index / 100 % 100, 2..=7),
            _ => !matches!(statement.when, Some(When::Hk2 | When::Year | When::Retest)),
        },
        _ => true,
    }
}

fn put(
    parts: &[&StoredPart],
    claims: &mut BTreeMap<Thing, Claim>,
    thing: Thing,
    claim: Claim,
    problems: &mut Vec<ExportProblem>,
) {
    if let Some(before) = claims.get(&thing) {
        // Text may stand in several lists in several spellings; a number in two is one too many.
        let text = matches!((&before.value, &claim.value), (Value::Text(_), Value::Text(_)));
        let strict =
            matches!(thing.field.as_str(), "gender" | "study" | "conduct" | "outcome" | "honour" | "day");
        if before.value != claim.value && (!text || strict) {
            let first = parts[before.part].part.place(before.at);
            problems.push(ExportProblem {
                code: SheetCode::Contradiction.as_str().into(),
                path: parts[claim.part].part.place(claim.at),
                found: format!("{} / {} ({first})", claim.value.shown(), before.value.shown()),
            });
        }
        return;
    }
    claims.insert(thing, claim);
}

impl Said {
    /// Whether any file speaks of the period at all.
    pub(super) fn begun(&self, parts: &[&StoredPart], period: Period) -> bool {
        let declared = || parts.iter().any(|stored| stored.part.period == Some(period));
        match period {
            Period::FirstTerm => !self.results.is_empty(),
            Period::FullYear => self.results.iter().any(|(_, when)| *when != When::Hk1),
            Period::AfterSummer => declared() && (0..self.persons.len()).any(|one| self.assessed_again(one)),
            Period::Snapshot(_) => declared(),
        }
    }

    /// Whether anything was assessed anew of a person.
    pub(super) fn assessed_again(&self, person: usize) -> bool {
        let again = |thing: &Thing| thing.person == person && thing.when == Some(When::Retest);
        self.things.keys().any(again)
    }

    /// What the class still lacks for the period.
    pub(super) fn missing(&self, parts: &[&StoredPart], wanted: &Wanted) -> Vec<Missing> {
        let mut missing = Vec::new();
        let snapshot = matches!(wanted.period, Period::Snapshot(_));
        for index in &self.used {
            let part = &parts[*index].part;
            // A snapshot is taken unlocked.
            if !part.is_final && !snapshot {
                missing.push(Missing::NotFinal(part.file.clone()));
            }
        }
        let listed = self.things.keys().any(|thing| thing.field == "gender");
        if listed {
            let nobody =
                self.persons.iter().filter(|person| person.moet_id.is_none() && person.pupil_id.is_none());
            missing.extend(nobody.map(|person| Missing::Code(person.name.clone())));
        } else {
            missing.push(Missing::ClassList);
        }
        let absence = |thing: &Thing| thing.field.starts_with("absence.") || thing.field == "day";
        if !snapshot && !self.things.keys().any(absence) {
            missing.push(Missing::Absence);
        }
        let Some(subjects) = wanted.subjects else {
            missing.push(Missing::Roster);
            return missing;
        };
        if snapshot {
            missing.extend(self.not_in_snapshot(parts, wanted.period, subjects));
            return missing;
        }
        let last = if wanted.period == Period::FirstTerm { When::Hk1 } else { When::Hk2 };
        let terms: &[When] = if last == When::Hk1 { &[When::Hk1] } else { &[When::Hk1, When::Hk2] };
        for subject in subjects {
            for term in terms {
                if !self.results.contains(&(subject.clone(), *term)) {
                    missing.push(Missing::Subject(subject.clone(), *term));
                }
            }
        }
        let stated: BTreeSet<&SubjectId> = self.results.iter().map(|(subject, _)| subject).collect();
        let unassigned = stated.into_iter().filter(|subject| !subjects.contains(subject));
        missing.extend(unassigned.map(|subject| Missing::Unassigned(subject.clone())));
        missing
    }

    /// Subjects that no file of the snapshot is about; that marks are still to come is in its nature.
    fn not_in_snapshot(&self, parts: &[&StoredPart], period: Period, subjects: &[SubjectId]) -> Vec<Missing> {
        let of_snapshot = parts.iter().filter(|stored| stored.part.period == Some(period));
        let there: BTreeSet<&SubjectId> =
            of_snapshot.flat_map(|stored| &stored.part.subjects).map(|subject| &subject.id).collect();
        let second = self.results.iter().any(|(_, when)| *when != When::Hk1);
        let term = if second { When::Hk2 } else { When::Hk1 };
        let absent = subjects.iter().filter(|subject| !there.contains(subject));
        absent.map(|subject| Missing::Subject(subject.clone(), term)).collect()
    }

    /// What is said of a person, if anything is.
    pub(super) fn of(
        &self,
        person: usize,
        field: &str,
        subject: Option<&SubjectId>,
        when: Option<When>,
        index: u32,
    ) -> Option<&Value> {
        let (field, subject) = (field.to_owned(), subject.cloned());
        let thing = Thing { person, field, subject, part: None, when, index };
        self.things.get(&thing).map(|claim| &claim.value)
    }

    /// What is said of a person in a subject, or in a phân môn of it.
    pub(super) fn result(
        &self,
        person: usize,
        (subject, part): (&SubjectId, Option<&str>),
        field: &str,
        when: When,
        index: u32,
    ) -> Option<&Value> {
        let (subject, part) = (Some(subject.clone()), part.map(str::to_owned));
        let thing = Thing { person, field: field.to_owned(), subject, part, when: Some(when), index };
        self.things.get(&thing).map(|claim| &claim.value)
    }

    /// Phân môn of a subject in which anything is said of a person.
    pub(super) fn parts_of(&self, person: usize, subject: &SubjectId) -> BTreeSet<&str> {
        let here = |thing: &&Thing| thing.person == person && thing.subject.as_ref() == Some(subject);
        self.things.keys().filter(here).filter_map(|thing| thing.part.as_deref()).collect()
    }
}
