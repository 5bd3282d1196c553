//! Why a step of a correction is refused.

use school::digest::Sha256;
use school::identifier::PersonId;

use super::CaseId;
use crate::lifecycle::check::NotSound;

/// A refusal with a stable code; its words are in `wording`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionRefusal {
    /// There is no such case.
    #[error("no correction {0}")]
    Unknown(CaseId),
    /// The plans of the year say nothing about who signs a correction.
    #[error("the plans of the year know no correction")]
    NotProvided,
    /// Another case corrects the same data.
    #[error("correction {0} is under way")]
    UnderWay(CaseId),
    /// Nobody signed for the data: they are opened again instead.
    #[error("nobody signed what was made of export {0}")]
    NothingSigned(Sha256),
    /// The export changes nothing of what is locked.
    #[error("export {0} changes nothing")]
    NothingChanged(Sha256),
    /// The principal has not agreed.
    #[error("correction {0} waits for the principal's consent")]
    NotConsented(CaseId),
    /// Nobody asked for it yet.
    #[error("nobody asked for correction {0}")]
    NotRequested(CaseId),
    /// It was refused or taken back.
    #[error("correction {0} has ended")]
    Ended(CaseId),
    /// Everybody signed its record.
    #[error("correction {0} is carried out")]
    CarriedOut(CaseId),
    /// It is not for this person to ask, refuse or take back.
    #[error("it is not for {0} to do")]
    NotYours(PersonId),
    /// The rules of the school year do not find the corrected data sound.
    #[error("the corrected data: {0}")]
    NotSound(NotSound),
    /// Nothing of the year was corrected or is to be summed up anew.
    #[error("there is nothing to sum up")]
    NothingToSum,
}

impl CorrectionRefusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "correction.unknown",
            Self::NotProvided => "correction.not_provided",
            Self::UnderWay(_) => "correction.under_way",
            Self::NothingSigned(_) => "correction.nothing_signed",
            Self::NothingChanged(_) => "correction.nothing_changed",
            Self::NotConsented(_) => "correction.not_consented",
            Self::NotRequested(_) => "correction.not_requested",
            Self::Ended(_) => "correction.ended",
            Self::CarriedOut(_) => "correction.carried_out",
            Self::NotYours(_) => "correction.not_yours",
            Self::NotSound(NotSound::NotChecked) => "export.not_checked",
            Self::NotSound(NotSound::Incomplete(_)) => "export.incomplete",
            Self::NotSound(NotSound::Differs(_)) => "export.differs",
            Self::NothingToSum => "correction.nothing_to_sum",
        }
    }
}
