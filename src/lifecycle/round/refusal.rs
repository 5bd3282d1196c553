//! Why a round is not opened or closed.

use school::dossier::Period;
use school::identifier::ClassName;

use super::RoundNumber;

/// A refusal with a stable code; its words are in `wording`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RoundRefusal {
    /// No classes or no periods are named.
    #[error("the round is about nothing")]
    Empty,
    /// The roster has no such class.
    #[error("the roster has no class {0}")]
    UnknownClass(ClassName),
    /// An open round is about one of these classes and periods already: people would be called twice.
    #[error("round {0} is about the same")]
    OpenAlready(RoundNumber),
    /// There is no such round, or it is closed.
    #[error("round {0} is not open")]
    NotOpen(RoundNumber),
    /// The round is not about this class, or was about it until it was left out.
    #[error("the round is not about {0} in {1}")]
    NotInIt(ClassName, Period),
}

impl RoundRefusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "round.empty",
            Self::UnknownClass(_) => "round.unknown_class",
            Self::OpenAlready(_) => "round.open_already",
            Self::NotOpen(_) => "round.not_open",
            Self::NotInIt(..) => "round.not_in_it",
        }
    }
}
