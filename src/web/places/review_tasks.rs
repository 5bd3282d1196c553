//! What somebody has to look at before the lock, in the order in which a teacher works: subject by subject, in each
//! class by class.

use std::collections::BTreeSet;
use std::sync::Arc;

use school::digest::Sha256;
use school::dossier::Period;
use school::gradebook::Gradebook;
use school::identifier::{ClassName, PersonId};

use super::subjects;
use crate::clerk::YearInForce;
use crate::lifecycle::review::{Answer, Part, answers_for};
use crate::web::fault::Fault;
use crate::web::house::House;

/// The name of the homeroom teacher's part in paths.
pub const HOMEROOM: &str = "chu-nhiem";

/// What a part is called in paths.
pub fn named(part: &Part) -> String {
    match part {
        Part::Homeroom => HOMEROOM.to_owned(),
        Part::Subject(subject) => subject.to_string(),
    }
}

/// The part that is called so in paths.
pub fn part_of(text: &str) -> Option<Part> {
    if text == HOMEROOM { Some(Part::Homeroom) } else { text.parse().ok().map(Part::Subject) }
}

/// One thing to look at.
pub struct Task {
    /// What is looked at.
    pub export: Sha256,
    /// Of which class.
    pub class: ClassName,
    /// Of which period.
    pub period: Period,
    /// What of it.
    pub part: Part,
    /// What was found.
    pub answer: Option<Answer>,
}

impl Task {
    /// Its page.
    pub fn path(&self) -> String {
        format!("/soat/{}/{}", self.export, named(&self.part))
    }

    /// The question by which the next page says what was recorded of it. That page reads the answer itself.
    pub fn recorded(&self) -> String {
        format!("ghi={}&phan={}", self.export, named(&self.part))
    }

    /// Whether it was looked at and found wrong.
    pub fn is_wrong(&self) -> bool {
        self.answer.as_ref().is_some_and(|answer| !answer.right)
    }
}

/// Everything that waits for `person`, and the export that is asked for even if a newer one of its class came since.
/// Homeroom comes last: it takes longest, and is one class.
pub fn tasks(house: &House, year: &YearInForce, person: &PersonId, asked: Option<Sha256>) -> Vec<Task> {
    let roster = &year.roster.1;
    let taught = subjects::taught(roster);
    let place = |part: &Part| match part {
        Part::Homeroom => taught.len(),
        Part::Subject(subject) => taught.iter().take_while(|one| **one != subject).count(),
    };
    house.reading.look(|ledger| {
        let mut tasks: Vec<Task> = Vec::new();
        let latest: BTreeSet<&Sha256> =
            ledger.exports.latest_waiting(roster.year).into_iter().map(|(export, _)| export).collect();
        let waiting = ledger.exports.waiting(roster.year);
        for (export, one) in waiting.filter(|(one, _)| latest.contains(one) || asked == Some(**one)) {
            let subjects =
                roster.subjects(&one.class).map(|assigned| Part::Subject(assigned.subject.clone()));
            for part in subjects.chain(std::iter::once(Part::Homeroom)) {
                if answers_for(roster, &one.class, &part, person) {
                    let answer = one.review.answers().get(&part).cloned();
                    let (class, period) = (one.class.clone(), one.period);
                    tasks.push(Task { export: *export, class, period, part, answer });
                }
            }
        }
        tasks.sort_by_cached_key(|one| (place(&one.part), one.class.clone(), one.period));
        tasks
    })
}

/// Classes in which they answer for something and of which nothing stands among the tasks.
pub struct OfClasses {
    /// No data came in yet.
    pub without_data: Vec<ClassName>,
    /// All that came is locked.
    pub locked: Vec<ClassName>,
}

impl OfClasses {
    /// Those of `person`.
    pub fn of(house: &House, year: &YearInForce, person: &PersonId) -> Self {
        let roster = &year.roster.1;
        house.reading.look(|ledger| {
            let of_year = ledger.exports.accepted().map(|(_, one)| one).filter(|one| one.year == roster.year);
            let waiting: BTreeSet<&ClassName> =
                ledger.exports.waiting(roster.year).map(|(_, one)| &one.class).collect();
            let came: BTreeSet<&ClassName> = of_year.map(|one| &one.class).collect();
            let theirs = roster.homerooms.keys().filter(|class| {
                let subjects = roster.subjects(class).map(|one| Part::Subject(one.subject.clone()));
                let mut parts = std::iter::once(Part::Homeroom).chain(subjects);
                !waiting.contains(class) && parts.any(|part| answers_for(roster, class, &part, person))
            });
            let (locked, without_data) = theirs.cloned().partition(|class| came.contains(class));
            Self { without_data, locked }
        })
    }
}

/// Where the part without an answer stands that comes after the one at `at`: of the same subject as long as there is
/// one, and after the last the first again.
pub fn next_after(tasks: &[Task], at: usize) -> Option<usize> {
    let around = || (at + 1..tasks.len()).chain(0..at).filter(|one| tasks[*one].answer.is_none());
    around().find(|one| tasks[*one].part == tasks[at].part).or_else(|| around().next())
}

/// What the class's own export calls a part: `Toán`, `Chủ nhiệm`.
pub fn called(book: &Gradebook, part: &Part) -> String {
    match part {
        Part::Homeroom => "Chủ nhiệm".to_owned(),
        Part::Subject(id) => {
            let known = book.subjects.iter().find(|one| one.id == *id);
            known.map_or(id.as_str(), |one| one.name.as_str()).to_owned()
        }
    }
}

/// What the parts of several exports are called, in their order; by its code one whose export cannot be read.
pub async fn all_called<'t>(
    house: &House,
    tasks: impl IntoIterator<Item = &'t Task>,
) -> Result<Vec<String>, Fault> {
    let of: Vec<(Sha256, Part)> = tasks.into_iter().map(|one| (one.export, one.part.clone())).collect();
    let reading = Arc::clone(&house.reading);
    let words = tokio::task::spawn_blocking(move || {
        let words = of.iter().map(|(export, part)| {
            reading.gradebook(export).map_or_else(|_| named(part), |book| called(&book, part))
        });
        words.collect()
    });
    words.await.map_err(|_| Fault::busy())
}
