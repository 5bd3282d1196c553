//! Why an act is not proposed or not signed.

use school::act::ActFault;
use school::digest::Sha256;

/// A refusal with a stable code; its words are in `wording`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActRefusal {
    /// It contradicts itself, or names somebody who cannot be meant.
    #[error(transparent)]
    Malformed(#[from] ActFault),
    /// Of another school, or said in the terms of another roster.
    #[error("the act speaks of another roster")]
    OtherRoster,
    /// Decided later than now, or a new principal or stamp from a later day on: their certificates sign the
    /// register from the entry of the act on.
    #[error("the act begins later")]
    TooEarly,
    /// What it allows is over already.
    #[error("the act is over")]
    Over,
    /// The certificate that it replaces is not the one in force.
    #[error("the act replaces another certificate than the one in force")]
    OldNotInForce,
    /// The new certificate belongs to somebody already.
    #[error("certificate {0} belongs to somebody already")]
    CertificateTaken(Sha256),
    /// A place of it is none of the absent teacher's.
    #[error("the act names a place that the absent teacher does not hold")]
    NotTheirPlace,
    /// Nobody proposed it.
    #[error("act {0} is not known")]
    Unknown(Sha256),
    /// It is signed by all already.
    #[error("act {0} is in force already")]
    InForceAlready(Sha256),
    /// It was taken back.
    #[error("act {0} was taken back")]
    Withdrawn(Sha256),
    /// It does not wait for this certificate.
    #[error("the act waits for another certificate")]
    WrongSigner,
}

impl ActRefusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "act.malformed",
            Self::OtherRoster => "act.other_roster",
            Self::TooEarly => "act.too_early",
            Self::Over => "act.over",
            Self::OldNotInForce => "act.old_not_in_force",
            Self::CertificateTaken(_) => "act.certificate_taken",
            Self::NotTheirPlace => "act.not_their_place",
            Self::Unknown(_) => "act.unknown",
            Self::InForceAlready(_) => "act.in_force_already",
            Self::Withdrawn(_) => "act.withdrawn",
            Self::WrongSigner => "act.wrong_signer",
        }
    }
}
