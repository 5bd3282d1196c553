//! Soát trước: before an export can be proposed for a lock, each teacher compares it with what they
//! recorded themselves, without a token, and answers "Đúng" or "Có sai" (S2 Đ.7.2, S3 II.1.1).

use std::collections::{BTreeMap, BTreeSet};

use school::digest::Sha256;
use school::dossier::Period;
use school::identifier::{ClassName, PersonId, SubjectId};
use school::moment::Moment;
use school::roster::Roster;

use crate::lifecycle::export::Accepted;

/// What one teacher answers for: a subject of the class, or the homeroom teacher's part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Conduct, absence, levels, remarks: the homeroom teacher's.
    Homeroom,
    /// The marks of a subject.
    Subject(SubjectId),
}

impl Part {
    /// The part that an event names.
    pub fn of(subject: Option<&SubjectId>) -> Self {
        subject.map_or(Self::Homeroom, |subject| Self::Subject(subject.clone()))
    }
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Who looked.
    pub person: PersonId,
    /// Đúng or có sai.
    pub right: bool,
    /// The record of their words, where they wrote any.
    pub words: Option<Sha256>,
}

/// All answers on one export, the latest of each part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    answers: BTreeMap<Part, Answer>,
    waived: Option<Sha256>,
}

/// What keeps an export from being proposed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotReviewed {
    /// A teacher found something wrong: only a corrected export helps.
    #[error("something is wrong in {0:?}")]
    Wrong(Vec<Part>),
    /// The roster has no such class: nobody can be asked.
    #[error("the roster does not have this class")]
    UnknownClass,
    /// Answers are missing.
    #[error("nobody looked at {0:?}")]
    Missing(Vec<Part>),
}

impl Review {
    /// Keeps an answer; it takes the place of an earlier one for the same part.
    pub(in crate::lifecycle) fn answered(&mut self, part: Part, answer: Answer) {
        self.answers.insert(part, answer);
    }

    /// Keeps the record of the principal's waiver.
    pub(in crate::lifecycle) fn waived(&mut self, record: Sha256) {
        self.waived = Some(record);
    }

    /// The answers so far.
    pub fn answers(&self) -> &BTreeMap<Part, Answer> {
        &self.answers
    }

    /// The parts that were found wrong.
    pub fn wrong(&self) -> impl Iterator<Item = &Part> {
        self.answers.iter().filter(|(_, answer)| !answer.right).map(|(part, _)| part)
    }

    /// Whether every part of `class` was found right, or is waived by the principal.
    ///
    /// Errors: a part that was found wrong is not healed by a waiver, nor is a class that nobody has; see [`NotReviewed`].
    pub fn check(&self, roster: &Roster, class: &ClassName) -> Result<(), NotReviewed> {
        if !roster.homerooms.contains_key(class) {
            return Err(NotReviewed::UnknownClass);
        }
        let wrong: Vec<Part> = self.wrong().cloned().collect();
        if !wrong.is_empty() {
            return Err(NotReviewed::Wrong(wrong));
        }
        let missing = self.missing(roster, class);
        if missing.is_empty() { Ok(()) } else { Err(NotReviewed::Missing(missing)) }
    }

    /// The parts of `class` that nobody looked at, unless the principal does without.
    fn missing(&self, roster: &Roster, class: &ClassName) -> Vec<Part> {
        let open = parts(roster, class).filter(|part| !self.answers.contains_key(part));
        if self.waived.is_some() { Vec::new() } else { open.collect() }
    }

    /// Whose answer is missing. Of several who may answer for a part it is waited for each of them.
    pub fn awaited<'r>(&self, roster: &'r Roster, class: &ClassName) -> BTreeSet<&'r PersonId> {
        let missing = self.missing(roster, class);
        missing.iter().flat_map(|part| who_answers(roster, class, part)).collect()
    }
}

/// What one person has to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToReview {
    /// Classes with their periods, each held up until this person answers.
    pub of: BTreeSet<(ClassName, Period)>,
    /// Since when the oldest of them waits.
    pub since: Moment,
}

/// Who has something to look at in `exports`.
pub fn to_review<'e>(
    exports: impl IntoIterator<Item = &'e Accepted>,
    roster: &Roster,
) -> BTreeMap<PersonId, ToReview> {
    let mut all: BTreeMap<PersonId, ToReview> = BTreeMap::new();
    for export in exports {
        for person in export.review.awaited(roster, &export.class) {
            let nothing = || ToReview { of: BTreeSet::new(), since: export.at };
            let own = all.entry(person.clone()).or_insert_with(nothing);
            own.of.insert((export.class.clone(), export.period));
            own.since = own.since.min(export.at);
        }
    }
    all
}

/// The parts of a class that somebody answers for.
fn parts(roster: &Roster, class: &ClassName) -> impl Iterator<Item = Part> {
    let subjects = roster.subjects(class).map(|assignment| Part::Subject(assignment.subject.clone()));
    std::iter::once(Part::Homeroom).chain(subjects)
}

/// Who may answer for `part` of `class`.
fn who_answers<'r>(roster: &'r Roster, class: &ClassName, part: &Part) -> Vec<&'r PersonId> {
    match part {
        Part::Homeroom => roster.homerooms.get(class).into_iter().collect(),
        Part::Subject(subject) => {
            let of_subject = roster.subjects(class).filter(|one| one.subject == *subject);
            of_subject.flat_map(|one| [&one.teacher, &one.presiding]).collect()
        }
    }
}

/// True when `person` answers for `part` of `class`: nobody acts for another (S2 Đ.2).
pub fn answers_for(roster: &Roster, class: &ClassName, part: &Part, person: &PersonId) -> bool {
    who_answers(roster, class, part).contains(&person)
}
