//! What an entry lists: documents as they stood, media of a set, parts of classes.

use school::deposit::DepositId;
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::{ClassName, SchoolYear};
use school::medium::MediumId;
use serde::{Deserialize, Serialize};

/// A document as it was printed or given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintedRevision {
    /// The dossier.
    pub dossier: DossierId,
    /// SHA-256 of the revision.
    pub sha256: Sha256,
}

/// A medium of a set, as planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedMedium {
    /// The medium.
    pub medium: MediumId,
    /// The deposits on it.
    pub deposits: Vec<DepositId>,
}

/// A part of a class that a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartTaken {
    /// SHA-256 of its canonical form.
    pub part: Sha256,
    /// School year.
    pub year: SchoolYear,
    /// Class.
    pub class: ClassName,
    /// False when the file says that the school has not closed the period.
    #[serde(rename = "final")]
    pub is_final: bool,
}
