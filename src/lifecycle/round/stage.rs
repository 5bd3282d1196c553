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

impl Scope {
    /// Whether the documents of a class are in it: decisions and sealing records are in none.
    pub fn covers(&self, dossier: &Dossier) -> bool {
        dossier.key.year == self.year
            && self.periods.contains(&dossier.key.period)
            && class_of(dossier).is_some_and(|class| self.classes.contains(class))
    }

    /// Whether one class and period are in both.
    pub fn meets(&self, other: &Self) -> bool {
        self.year == other.year
            && !self.classes.is_disjoint(&other.classes)
            && !self.periods.is_disjoint(&other.periods)
    }
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
