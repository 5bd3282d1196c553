//! A gradebook compared with the rules: everything that differs and everything that is missing.

use serde::{Deserialize, Serialize};

use super::cell::{Cell, Value, When};
use super::difference::Difference;
use super::gap::{Entry, Gap};
use super::study_level::MARKED_LEAST;
use super::{NoScheme, Scheme, over_all, subject_check};
use crate::digest::Sha256;
use crate::dossier::Period;
use crate::gradebook::{Assessment, Gradebook, Pupil};
use crate::identifier::{ClassName, SchoolYear, SubjectId};
use crate::role::Role;

/// The `format` of a stored check.
pub const FORMAT: &str = "niemphong-check/1";

/// What the rules say of one export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checked {
    /// Always [`FORMAT`].
    pub format: String,
    /// SHA-256 of the original export.
    pub export: Sha256,
    /// The school year.
    pub year: SchoolYear,
    /// The period.
    pub period: Period,
    /// The class.
    pub class: ClassName,
    /// The circular that was applied.
    pub rules: Scheme,
    /// Claims that the rules do not confirm, in the order of the book.
    pub differences: Vec<Difference>,
    /// What has not been entered, in the order of the book. Empty for a snapshot, which has gaps by nature.
    pub gaps: Vec<Gap>,
}

impl Checked {
    /// Whether nothing differs and nothing is missing.
    pub const fn is_clean(&self) -> bool {
        self.differences.is_empty() && self.gaps.is_empty()
    }
}

/// Recomputes a gradebook and lists what differs and what is missing.
///
/// Errors: [`NoScheme`] for a class or year without rules, which an export never has.
pub fn check(book: &Gradebook, export: Sha256) -> Result<Checked, NoScheme> {
    let rules = Scheme::of(book.year, &book.class)?;
    let mut findings = Findings::default();
    let marked = book.subjects.iter().filter(|subject| subject.assessment == Assessment::Marks).count();
    if rules == Scheme::Tt22 && marked < MARKED_LEAST {
        let found = u8::try_from(marked).unwrap_or(u8::MAX);
        let missing = Entry::Subjects { found };
        findings.gaps.push(Gap { pupil: None, subject: None, missing, by: Role::BanQuanTri });
    }
    for pupil in &book.pupils {
        let standings = subject_check::subjects(book, rules, pupil, &mut findings);
        over_all::judge(book, rules, pupil, &standings, &mut findings);
    }
    if matches!(book.period, Period::Snapshot(_)) {
        findings.gaps.clear();
    }
    Ok(Checked {
        format: FORMAT.into(),
        export,
        year: book.year,
        period: book.period,
        class: book.class.clone(),
        rules,
        differences: findings.differences,
        gaps: findings.gaps,
    })
}

/// The terms that a period holds.
pub(super) const fn terms(period: Period) -> &'static [When] {
    match period {
        Period::FirstTerm => &[When::Hk1],
        Period::FullYear | Period::AfterSummer | Period::Snapshot(_) => &[When::Hk1, When::Hk2],
    }
}

/// What was found so far.
#[derive(Default)]
pub(super) struct Findings {
    differences: Vec<Difference>,
    gaps: Vec<Gap>,
}

/// The part of the book that a finding is about.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub pupil: &'a Pupil,
    pub subject: Option<&'a SubjectId>,
}

impl Findings {
    pub(super) fn differs(&mut self, place: Place, at: Cell, expected: Option<Value>, found: Option<Value>) {
        let (pupil, subject) = (place.pupil.id.clone(), place.subject.cloned());
        self.differences.push(Difference { pupil, subject, at, expected, found });
    }

    /// Compares a claim with what the rules give: another value differs, no value is missing. What the rules
    /// cannot give, because something before it is missing, is not judged twice.
    pub(super) fn compare(&mut self, place: Place, at: Cell, expected: Option<Value>, found: Option<Value>) {
        match (expected, found) {
            (Some(_), Some(_)) if expected != found => self.differs(place, at, expected, found),
            (_, None) => self.misses(place, at),
            _ => {}
        }
    }

    /// As [`Self::compare`] for a value that stands in the book only where the rules give it.
    pub(super) fn compare_exactly(
        &mut self,
        place: Place,
        at: Cell,
        expected: Option<Value>,
        found: Option<Value>,
    ) {
        if expected != found {
            self.differs(place, at, expected, found);
        }
    }

    pub(super) fn misses(&mut self, place: Place, cell: Cell) {
        let by = if place.subject.is_some() { Role::Gvbm } else { Role::Gvcn };
        let (pupil, subject) = (Some(place.pupil.id.clone()), place.subject.cloned());
        self.gaps.push(Gap { pupil, subject, missing: Entry::Cell(cell), by });
    }
}
