//! Why a decision cannot be proposed.

use school::digest::Sha256;
use school::dossier::DossierId;

use crate::lifecycle::check::NotSound;
use crate::lifecycle::review::NotReviewed;

/// A refusal with a stable code; its words are in `wording`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LockRefusal {
    /// Refused, unknown or of another year.
    #[error("export {0} was not accepted for this year")]
    NotAccepted(Sha256),
    /// Recorded at a point in time: kept, never signed (S3 II.1.1).
    #[error("export {0} is a snapshot")]
    Snapshot(Sha256),
    /// A decision in force lists this class and period already.
    #[error("class and period of export {0} are decided")]
    PeriodDecided(Sha256),
    /// Results after the summer before the year's class book is closed.
    #[error("export {0} supplements nothing that is closed")]
    NothingToSupplement(Sha256),
    /// The rules of the school year do not find it sound.
    #[error("export {export}: {cause}")]
    NotSound {
        /// The export.
        export: Sha256,
        /// What is wrong or missing.
        cause: NotSound,
    },
    /// There is no difference that could be let stand.
    #[error("nothing differs in export {0}")]
    NothingDiffers(Sha256),
    /// The teachers did not find it right.
    #[error("export {export}: {cause}")]
    NotReviewed {
        /// The export.
        export: Sha256,
        /// What is wrong or missing.
        cause: NotReviewed,
    },
    /// The person does not answer for this part.
    #[error("this part of export {0} is another person's")]
    NotYourPart(Sha256),
    /// There is no lock to be opened.
    #[error("export {0} is not locked")]
    NotLocked(Sha256),
    /// Somebody signed what was made from it: from here on only a correction changes it.
    #[error("dossier {0} is signed")]
    SignedAlready(DossierId),
}

impl LockRefusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotAccepted(_) => "export.not_accepted",
            Self::Snapshot(_) => "export.snapshot",
            Self::PeriodDecided(_) => "export.period_decided",
            Self::NothingToSupplement(_) => "export.nothing_to_supplement",
            Self::NotSound { cause: NotSound::NotChecked, .. } => "export.not_checked",
            Self::NotSound { cause: NotSound::Incomplete(_), .. } => "export.incomplete",
            Self::NotSound { cause: NotSound::Differs(_), .. } => "export.differs",
            Self::NothingDiffers(_) => "export.nothing_differs",
            Self::NotReviewed { cause: NotReviewed::Wrong(_), .. } => "export.reviewed_wrong",
            Self::NotReviewed { cause: NotReviewed::UnknownClass, .. } => "export.class_unknown",
            Self::NotReviewed { cause: NotReviewed::Missing(_), .. } => "export.not_reviewed",
            Self::NotYourPart(_) => "export.not_your_part",
            Self::NotLocked(_) => "export.not_locked",
            Self::SignedAlready(_) => "export.signed_already",
        }
    }
}
