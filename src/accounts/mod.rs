//! Who may sign in to the pages, in which roles, with what: kept beside the register, because a password's
//! hash belongs into nobody's archive. What is done in a session is named there by the account.

mod access;
mod kept_session;
mod password;
mod role;
mod slip;
mod stored;

pub use access::Access;
pub use kept_session::KeptSession;
pub use role::Role;
pub use slip::Slip;
pub use stored::{Account, AccountName, Accounts};

use school::limits::{ACCOUNT_NAME_CHARACTERS, PASSWORD_SHORTEST_CHARACTERS};

/// Why an account is not there or not made.
#[derive(Debug, thiserror::Error)]
pub enum AccountFault {
    /// The file of accounts cannot be used.
    #[error("the accounts cannot be read or written")]
    Store(#[from] rusqlite::Error),
    /// Randomness or hashing failed.
    #[error("randomness or hashing failed: {0}")]
    Secret(String),
    /// Not a name of an account.
    #[error(
        "not a name of an account: at most {ACCOUNT_NAME_CHARACTERS} small letters, digits, dots and hyphens"
    )]
    Name,
    /// There is one already.
    #[error("there is an account of this name")]
    Taken,
    /// Too short or too long.
    #[error("a password has at least {PASSWORD_SHORTEST_CHARACTERS} characters")]
    Password,
    /// No such account.
    #[error("there is no such account")]
    Unknown,
    /// It would leave the pages without anybody who can set them up.
    #[error("the last account of the administrator")]
    LastAdmin,
}

impl AccountFault {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Store(_) | Self::Secret(_) => "account.unusable",
            Self::Name => "account.name",
            Self::Taken => "account.taken",
            Self::Password => "account.password_short",
            Self::Unknown => "account.unknown",
            Self::LastAdmin => "account.last_admin",
        }
    }
}
