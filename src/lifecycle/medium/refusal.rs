//! Why a medium may not do what was asked.

use school::medium::{CopyId, MediumId};

use crate::lifecycle::deposit::DepositRefusal;

/// A refusal with a stable code; its words are in `wording`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CopyRefusal {
    /// The register knows no such medium.
    #[error("no medium {0}")]
    Unknown(MediumId),
    /// The medium is not sealed yet.
    #[error("{0} is not sealed")]
    NotSealed(MediumId),
    /// The number is not that of the next copy.
    #[error("{0} is not the next copy")]
    NotNext(CopyId),
    /// The register knows no such copy.
    #[error("no copy {0}")]
    NoCopy(CopyId),
    /// The copy stands elsewhere.
    #[error("{0} does not stand where this can be done")]
    WrongStage(CopyId),
    /// The register knows this stick or disk: what lies on it is never written over.
    #[error("the device holds {0}")]
    DeviceKnown(CopyId),
    /// This number stands on another paper seal.
    #[error("the sticker is on {0}")]
    StickerUsed(CopyId),
    /// Nobody is named who did it.
    #[error("nobody is named")]
    Nobody,
    /// What replaces a copy must hold its deposits and be read back.
    #[error("{0} cannot take the place")]
    NoReplacement(CopyId),
    /// No sealed deposit waits for a medium.
    #[error("no sealed deposit waits")]
    NothingToPlan,
    /// A deposit cannot go on a medium yet.
    #[error(transparent)]
    Deposit(#[from] DepositRefusal),
    /// The stamp in force seals it, and nobody else.
    #[error("{0} waits for the stamp in force")]
    OtherStamp(MediumId),
    /// A single deposit has more bytes than the medium.
    #[error("a deposit needs {needed_bytes} bytes, the medium has {room_bytes}")]
    TooSmall {
        /// Bytes needed for the largest deposit alone.
        needed_bytes: u64,
        /// Bytes of a medium.
        room_bytes: u64,
    },
}

impl CopyRefusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "medium.unknown",
            Self::NotSealed(_) => "medium.not_sealed",
            Self::NotNext(_) => "medium.not_next",
            Self::NoCopy(_) => "medium.no_copy",
            Self::WrongStage(_) => "medium.wrong_stage",
            Self::DeviceKnown(_) => "medium.device_known",
            Self::StickerUsed(_) => "medium.sticker_used",
            Self::Nobody => "medium.nobody",
            Self::NoReplacement(_) => "medium.no_replacement",
            Self::NothingToPlan => "medium.nothing",
            Self::Deposit(refusal) => refusal.code(),
            Self::OtherStamp(_) => "school.other_signers",
            Self::TooSmall { .. } => "medium.too_small",
        }
    }
}
