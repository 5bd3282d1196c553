//! Why a step of a deposit is refused.

use school::deposit::{DepositId, DepositKind};

use super::Missing;

/// A refusal with a stable code; its words are in `wording`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DepositRefusal {
    /// There is no such deposit.
    #[error("no deposit {0}")]
    Unknown(DepositId),
    /// Nothing waits for a deposit of this kind.
    #[error("nothing waits for a deposit of kind {0}")]
    Nothing(DepositKind),
    /// Another deposit of the year is not sealed yet: what it holds must be known before the next is planned.
    #[error("deposit {0} is not sealed yet")]
    UnderWay(DepositId),
    /// The roster asks for more than is closed.
    #[error("{} things are missing", .0.len())]
    Incomplete(Vec<Missing>),
    /// Not one document fits on the disc.
    #[error("no document fits into {bytes} bytes")]
    NoRoom {
        /// The room that there is.
        bytes: u64,
    },
    /// Its bag is not packed yet.
    #[error("deposit {0} is not built yet")]
    NotBuilt(DepositId),
    /// Văn phòng or principal have not signed its record.
    #[error("the record of deposit {0} waits for other signatures")]
    RecordOpen(DepositId),
    /// It has no seal yet.
    #[error("deposit {0} is not sealed yet")]
    NotSealed(DepositId),
}

impl DepositRefusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "deposit.unknown",
            Self::Nothing(_) => "deposit.nothing",
            Self::UnderWay(_) => "deposit.under_way",
            Self::Incomplete(_) => "deposit.incomplete",
            Self::NoRoom { .. } => "deposit.no_room",
            Self::NotBuilt(_) => "deposit.not_built",
            Self::RecordOpen(_) => "deposit.record_open",
            Self::NotSealed(_) => "deposit.not_sealed",
        }
    }
}
