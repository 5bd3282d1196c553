//! Exports: taken, then accepted or refused; accepted ones wait for a lock decision.

use std::collections::BTreeMap;

use school::digest::Sha256;
use school::dossier::{DossierId, Period};
use school::identifier::{ClassName, SchoolYear};

/// Where an export stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Its bytes are stored; it was not read yet.
    Taken,
    /// Refused, with the codes of its problems. It stays in the store.
    Refused(Vec<String>),
    /// A complete gradebook.
    Accepted(Accepted),
}

/// An accepted export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// SHA-256 of its canonical gradebook.
    pub gradebook: Sha256,
    /// School year.
    pub year: SchoolYear,
    /// Class.
    pub class: ClassName,
    /// Period.
    pub period: Period,
    /// The lock decision that lists it, once that decision is closed. Documents are made only then.
    pub locked_by: Option<DossierId>,
}

/// All exports by the SHA-256 of their original bytes.
#[derive(Debug, Clone, Default)]
pub struct Exports(pub(super) BTreeMap<Sha256, Stage>);

impl Exports {
    /// Where the export stands, if it was ever taken.
    pub fn stage(&self, export: &Sha256) -> Option<&Stage> {
        self.0.get(export)
    }

    /// Accepted exports.
    pub fn accepted(&self) -> impl Iterator<Item = (&Sha256, &Accepted)> {
        self.0.iter().filter_map(|(export, stage)| match stage {
            Stage::Accepted(accepted) => Some((export, accepted)),
            Stage::Taken | Stage::Refused(_) => None,
        })
    }
}
