//! Why the story is not told to its end.

use crate::accounts::AccountFault;
use crate::clerk::ClerkFault;
use crate::demo::DemoFault;
use crate::intake::InboxFault;
use crate::web::PagesFault;

/// The story could not be told to its end. Started again, it goes on.
#[derive(Debug, thiserror::Error)]
pub enum StoryFault {
    /// The surroundings.
    #[error(transparent)]
    Surroundings(#[from] DemoFault),
    /// A step of the clerk.
    #[error(transparent)]
    Clerk(#[from] ClerkFault),
    /// A token.
    #[error(transparent)]
    Token(#[from] crate::process::token_host::TokenRefusal),
    /// The inbox.
    #[error(transparent)]
    Inbox(#[from] InboxFault),
    /// The accounts of the pages.
    #[error(transparent)]
    Accounts(#[from] AccountFault),
    /// The pages.
    #[error(transparent)]
    Pages(#[from] PagesFault),
    /// A file could not be written.
    #[error("a file of the demo could not be written")]
    File(#[from] std::io::Error),
    /// Something did not come about in its time.
    #[error("{0}")]
    Stuck(String),
}

impl StoryFault {
    /// The stable code.
    pub fn code(&self) -> &str {
        match self {
            Self::Surroundings(fault) => fault.code(),
            Self::Clerk(fault) => fault.code(),
            Self::Token(refusal) => refusal.code(),
            Self::Inbox(_) => "inbox.unusable",
            Self::Accounts(fault) => fault.code(),
            Self::Pages(fault) => fault.code(),
            Self::File(_) => "demo.file",
            Self::Stuck(_) => "demo.stuck",
        }
    }
}
