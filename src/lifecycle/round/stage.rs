//! Rounds as the register tells them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use school::dossier::{DossierOf, Period};
use school::identifier::{ClassName, SchoolYear};
use school::moment::Moment;
use serde::{Deserialize, Serialize};

use crate::lifecycle::dossier::Dossier;

/// Number of a round, from 1, over all years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoundNumber(pub u32);

impl fmt::Display for RoundNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a round is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// School year.
    pub year: SchoolYear,
    /// Classes.
    pub classes: BTreeSet<ClassName>,
    /// Periods.
    pub periods: BTreeSet<Period>,
}

/// The class of a document; of a transcript the one whose teachers sign it.
fn class_of(dossier: &Dossier) -> Option<&ClassName> {
    match &dossier.key.of {
        DossierOf::SoDiem(class)
        | DossierOf::BangTongHop(class)
        | DossierOf::DanhSachXetDuyet(class)
        | DossierOf::SoDangBo(class) => Some(class),
        DossierOf::SoDiemGv(book) => Some(&book.class),
        DossierOf::HocBa(_) => dossier.plan.boxes().find_map(|(_, one)| one.class.as_ref()),
        _ => None,
    }
}

/// A round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// What it is about.
    pub scope: Scope,
    /// When it was opened.
    pub opened: Moment,
    /// When it was closed; people are called while it is open.
    pub closed: Option<Moment>,
    /// Classes that were left to a later round, with the period in which they are.
    pub left_out: BTreeSet<(ClassName, Period)>,
}

impl Round {
    /// Whether it is about a class in a period.
    pub fn is_about(&self, class: &ClassName, period: Period) -> bool {
        let left_out = self.left_out.iter().any(|(left, in_period)| (left, *in_period) == (class, period));
        self.scope.classes.contains(class) && self.scope.periods.contains(&period) && !left_out
    }

    /// What it is about: each class in each period, without those that were left out.
    pub(super) fn parts(&self) -> impl Iterator<Item = (&ClassName, Period)> {
        let periods = |class| self.scope.periods.iter().map(move |period| (class, *period));
        self.scope.classes.iter().flat_map(periods).filter(|(class, period)| self.is_about(class, *period))
    }

    /// Whether a document is in it: decisions and sealing records are in none.
    pub fn covers(&self, dossier: &Dossier) -> bool {
        dossier.key.year == self.scope.year
            && class_of(dossier).is_some_and(|class| self.is_about(class, dossier.key.period))
    }

    /// Whether it is about a class and a period that are in `scope` too.
    pub fn meets(&self, scope: &Scope) -> bool {
        let mut parts = self.parts();
        self.scope.year == scope.year
            && parts.any(|(class, period)| scope.classes.contains(class) && scope.periods.contains(&period))
    }
}

/// All rounds.
#[derive(Debug, Default)]
pub struct Rounds(pub(in crate::lifecycle) BTreeMap<RoundNumber, Round>);

impl Rounds {
    /// The rounds that are open.
    pub fn open(&self) -> impl Iterator<Item = (RoundNumber, &Round)> {
        self.0.iter().filter(|(_, round)| round.closed.is_none()).map(|(number, round)| (*number, round))
    }

    /// A round.
    pub fn round(&self, number: RoundNumber) -> Option<&Round> {
        self.0.get(&number)
    }

    /// The round that was opened last.
    pub fn last(&self) -> Option<RoundNumber> {
        self.0.last_key_value().map(|(last, _)| *last)
    }

    /// The number of the next round.
    pub fn next(&self) -> RoundNumber {
        RoundNumber(self.last().map_or(1, |last| last.0 + 1))
    }
}
