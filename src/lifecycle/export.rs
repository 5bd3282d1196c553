//! Exports: taken, then accepted or refused; accepted ones wait for a lock decision.

use std::collections::{BTreeMap, BTreeSet};

use school::digest::Sha256;
use school::dossier::{DossierId, Period};
use school::identifier::{ClassName, PupilId, SchoolYear};
use school::moment::Moment;
use school::report::Report;

use crate::lifecycle::check::Check;
use crate::lifecycle::event::PartTaken;
use crate::lifecycle::review::Review;

/// Where an export stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Its bytes are stored; it was not read yet.
    Taken,
    /// Refused, with the codes of its problems. It stays in the store.
    Refused(Vec<String>),
    /// Parts of classes; what they make together is an export of its own.
    Parts(Parts),
    /// A report without marks: it stays as it came, waits for no lock and travels in no dossier.
    Kept(Kept),
    /// A complete gradebook.
    Accepted(Box<Accepted>),
}

/// Parts of classes in one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// Place in the register: a later version of the same file takes the place of an earlier one.
    pub seq: u64,
    /// When they were taken in.
    pub taken: Moment,
    /// The parts.
    pub parts: Vec<PartTaken>,
}

/// A report without marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// What it is about, and of which year.
    pub report: Report,
    /// When it was taken in.
    pub taken: Moment,
}

/// An accepted export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Place in the register: of several exports of a class and period the last one stands for it.
    pub seq: u64,
    /// When it was accepted.
    pub at: Moment,
    /// SHA-256 of its canonical gradebook.
    pub gradebook: Sha256,
    /// School year.
    pub year: SchoolYear,
    /// Class.
    pub class: ClassName,
    /// Period.
    pub period: Period,
    /// The closed lock decision in force that lists it. Documents are made only then.
    pub locked_by: Option<DossierId>,
    /// The closed record of correction by which other data take their place.
    pub corrected_by: Option<DossierId>,
    /// Pupils whose part alone is locked, with the closed decisions.
    pub pupils_locked: BTreeMap<PupilId, DossierId>,
    /// What the rules said of it.
    pub check: Option<Check>,
    /// What its teachers said of it.
    pub review: Review,
}

impl Accepted {
    /// The decision that locks the part of `pupil`.
    pub fn lock_of(&self, pupil: &PupilId) -> Option<&DossierId> {
        self.locked_by.as_ref().or_else(|| self.pupils_locked.get(pupil))
    }

    /// True while a decision locks any part of it.
    pub fn is_locked(&self) -> bool {
        self.locked_by.is_some() || !self.pupils_locked.is_empty()
    }

    /// True while documents are made of it: locked, and not corrected since.
    pub fn counts(&self) -> bool {
        self.is_locked() && self.corrected_by.is_none()
    }
}

/// All exports by the SHA-256 of their original bytes.
#[derive(Debug, Clone, Default)]
pub struct Exports(pub(super) BTreeMap<Sha256, Stage>);

impl Exports {
    /// Where the export stands, if it was ever taken.
    pub fn stage(&self, export: &Sha256) -> Option<&Stage> {
        self.0.get(export)
    }

    /// Files with parts of classes, with the SHA-256 of their bytes, in the order in which they were taken in.
    pub fn parts(&self) -> Vec<(&Sha256, &Parts)> {
        let mut parts: Vec<_> = self
            .0
            .iter()
            .filter_map(|(export, stage)| match stage {
                Stage::Parts(parts) => Some((export, parts)),
                _ => None,
            })
            .collect();
        parts.sort_by_key(|(_, parts)| parts.seq);
        parts
    }

    /// Reports without marks of a year, in the order in which they were taken in.
    pub fn kept(&self, year: SchoolYear) -> Vec<(&Sha256, &Kept)> {
        let mut kept: Vec<_> = self
            .0
            .iter()
            .filter_map(|(export, stage)| match stage {
                Stage::Kept(kept) if kept.report.year == year => Some((export, kept)),
                _ => None,
            })
            .collect();
        kept.sort_by_key(|(_, kept)| kept.taken);
        kept
    }

    /// Exports of a year that wait for their lock: neither snapshots, nor locked, nor such in whose place another
    /// one of the class and period is locked.
    pub fn waiting(&self, year: SchoolYear) -> impl Iterator<Item = (&Sha256, &Accepted)> {
        let of_year = move |one: &Accepted| one.year == year && !matches!(one.period, Period::Snapshot(_));
        let locked: BTreeSet<(&ClassName, Period)> = self
            .accepted()
            .filter(|(_, one)| of_year(one) && one.locked_by.is_some())
            .map(|(_, one)| (&one.class, one.period))
            .collect();
        self.accepted().filter(move |(_, one)| {
            of_year(one) && !one.is_locked() && !locked.contains(&(&one.class, one.period))
        })
    }

    /// Those that wait, of each class and period the one that came last: what came before it waits for nobody, unless
    /// somebody chooses it after all.
    pub fn latest_waiting(&self, year: SchoolYear) -> Vec<(&Sha256, &Accepted)> {
        let mut latest: BTreeMap<(&ClassName, Period), (&Sha256, &Accepted)> = BTreeMap::new();
        for (export, one) in self.waiting(year) {
            let of = latest.entry((&one.class, one.period)).or_insert((export, one));
            if of.1.seq < one.seq {
                *of = (export, one);
            }
        }
        latest.into_values().collect()
    }

    /// Accepted exports.
    pub fn accepted(&self) -> impl Iterator<Item = (&Sha256, &Accepted)> {
        self.0.iter().filter_map(|(export, stage)| match stage {
            Stage::Accepted(accepted) => Some((export, &**accepted)),
            Stage::Taken | Stage::Refused(_) | Stage::Parts(_) | Stage::Kept(_) => None,
        })
    }
}
