//! Why the register could not be read or written.

/// A fault with a stable code.
#[derive(Debug, thiserror::Error)]
pub enum RegisterFault {
    /// Another process writes to it.
    #[error("another niemphong process holds the register")]
    Busy,
    /// The same thing was recorded before.
    #[error("recorded already: {0}")]
    HappenedAlready(String),
    /// Its chain does not hold: it was altered from outside.
    #[error("entry {seq} does not continue the chain")]
    Damaged {
        /// Position of the first entry that does not fit.
        seq: u64,
    },
    /// Written by a newer version of the program.
    #[error("schema version {0} is newer than this program")]
    Newer(i64),
    /// An entry would be longer than its readers accept. It was not written.
    #[error("an entry of {size_bytes} bytes is longer than a register line may be")]
    TooLong {
        /// Its length.
        size_bytes: usize,
    },
    /// SQLite or the disk failed. Whether the entry is there must be read after a restart: a commit
    /// that fails on fsync can be present after reopening.
    #[error("the register could not be read or written")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl RegisterFault {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Busy => "register.busy",
            Self::HappenedAlready(_) => "register.happened_already",
            Self::Damaged { .. } => "register.damaged",
            Self::Newer(_) => "register.newer",
            Self::TooLong { .. } => "register.too_long",
            Self::Store(_) => "register.store",
        }
    }
}

impl From<rusqlite::Error> for RegisterFault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(Box::new(error))
    }
}

impl From<std::io::Error> for RegisterFault {
    fn from(error: std::io::Error) -> Self {
        Self::Store(Box::new(error))
    }
}
