//! What was to be signed when a signature was refused, and the refusal as the register keeps it.

use std::collections::BTreeSet;

use school::deposit::DepositId;
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::SchoolYear;
use school::limits::REFUSED_NAMED;
use school::medium::MediumId;
use school::plan::BoxName;
use serde::{Deserialize, Serialize};

/// What was to be signed. Each kind has fields of its own, by which it is told apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum ToSign {
    /// One place of a document: the only kind that registers before 30 November 2026 have.
    Place {
        /// The dossier.
        dossier: DossierId,
        /// The box asked for.
        #[serde(rename = "box")]
        signing_box: BoxName,
    },
    /// Documents that a person came for, with one login for all of them.
    Visit {
        /// How many.
        documents: usize,
        /// The first of them: a line of the register has an end.
        dossiers: Vec<DossierId>,
    },
    /// An act beside the roster.
    Act {
        /// SHA-256 of its bytes.
        act: Sha256,
    },
    /// Roster and plans of a year.
    Year {
        /// The year.
        year: SchoolYear,
        /// SHA-256 of the canonical roster.
        roster: Sha256,
        /// SHA-256 of the canonical plans.
        plans: Sha256,
    },
    /// The seal of a deposit.
    Deposit {
        /// The deposit.
        deposit: DepositId,
    },
    /// The seal of a medium.
    Medium {
        /// The medium.
        medium: MediumId,
    },
}

impl ToSign {
    /// One place of a document.
    pub fn place(dossier: &DossierId, signing_box: &BoxName) -> Self {
        Self::Place { dossier: dossier.clone(), signing_box: signing_box.clone() }
    }

    /// What a person came for, who may have several places in one document.
    pub fn visit<'d>(dossiers: impl IntoIterator<Item = &'d DossierId>) -> Self {
        let all: BTreeSet<&DossierId> = dossiers.into_iter().collect();
        let dossiers = all.iter().take(REFUSED_NAMED).map(|id| (*id).clone()).collect();
        Self::Visit { documents: all.len(), dossiers }
    }

    /// True where the stamp seals.
    pub const fn is_seal(&self) -> bool {
        matches!(self, Self::Deposit { .. } | Self::Medium { .. })
    }
}

/// A signature that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedSignature {
    /// What was to be signed.
    #[serde(flatten)]
    pub to_sign: ToSign,
    /// The certificate that was offered, or that was to sign.
    pub certificate: Sha256,
    /// Why, as a stable code.
    pub code: String,
    /// SHA-256 of the record that holds on whose order it was to be signed, where somebody's order is known. Registers
    /// of 0.1.0 do not say.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub record: Option<Sha256>,
}
