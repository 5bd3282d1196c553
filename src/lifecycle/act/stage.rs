//! Stages of an act.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeBounds;

use school::digest::Sha256;
use school::identifier::{PersonId, SchoolYear};
use school::moment::Moment;

/// Where an act stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Its bytes are stored; it waits for every signature.
    ///
    /// May happen next: `InForce`, `Withdrawn`. Who acts: the holders of these certificates.
    Proposed {
        /// Whose signatures it needs.
        signers: Vec<Sha256>,
    },
    /// Signed by all. It is never taken back: another act ends what it allows.
    InForce {
        /// When the register recorded it; nothing signed before rests on it.
        since: Moment,
        /// The entry that says so. It tells what came first within one second.
        entry: u64,
        /// A new principal or stamp, which later rosters need to be followed back to this one.
        outlives: bool,
        /// Who signed it.
        signers: Vec<Sha256>,
    },
    /// Taken back before everybody had signed it. Nothing follows.
    Withdrawn {
        /// Who took it back.
        by: PersonId,
    },
}

/// An act with the year whose roster it speaks of.
pub(in crate::lifecycle) type Known = (SchoolYear, Stage);

/// All acts, by the digest of their bytes.
#[derive(Debug, Default)]
pub struct Acts(pub(in crate::lifecycle) BTreeMap<Sha256, Known>);

impl Acts {
    /// Where an act stands.
    pub fn stage(&self, act: &Sha256) -> Option<&Stage> {
        self.0.get(act).map(|(_, stage)| stage)
    }

    /// The year whose roster an act speaks of.
    pub fn year(&self, act: &Sha256) -> Option<SchoolYear> {
        self.0.get(act).map(|(year, _)| *year)
    }

    /// Every act that was proposed.
    pub fn digests(&self) -> impl Iterator<Item = &Sha256> {
        self.0.keys()
    }

    /// The acts that speak of the roster of `year`, and where each stands.
    pub fn of_year(&self, year: SchoolYear) -> impl Iterator<Item = (&Sha256, &Stage)> {
        self.0.iter().filter(move |(_, (of, _))| *of == year).map(|(act, (_, stage))| (act, stage))
    }

    /// True when an act waits for this certificate.
    pub fn await_signature_of(&self, certificate: &Sha256) -> bool {
        let waits =
            |stage: &Stage| matches!(stage, Stage::Proposed { signers } if signers.contains(certificate));
        self.0.values().any(|(_, stage)| waits(stage))
    }

    /// Who signed the acts in force that concern documents of `year`.
    pub fn signers(&self, year: SchoolYear) -> BTreeSet<Sha256> {
        let signers = |act: &Sha256| match self.stage(act) {
            Some(Stage::InForce { signers, .. }) => signers.clone(),
            _ => Vec::new(),
        };
        self.in_force(year, ..).iter().flat_map(|(act, _)| signers(act)).collect()
    }

    /// Acts that came into force with one of these entries and concern documents of `year`, oldest first: those
    /// of its roster, and every change of principal or stamp.
    pub fn in_force(&self, year: SchoolYear, entries: impl RangeBounds<u64>) -> Vec<(Sha256, Moment)> {
        let concerns = |(act, (of, stage)): (&Sha256, &Known)| match stage {
            Stage::InForce { since, entry, outlives, .. } if *of == year || *outlives => {
                entries.contains(entry).then_some((*entry, (*act, *since)))
            }
            _ => None,
        };
        let found: BTreeMap<_, _> = self.0.iter().filter_map(concerns).collect();
        found.into_values().collect()
    }
}
