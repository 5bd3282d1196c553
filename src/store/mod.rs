//! The store: a folder in which nothing that was published is ever overwritten (invariant 1). The same
//! bytes again are a success, other bytes under the same name a refusal.
//!
//! Everything is made under `tam/` first, flushed, and then renamed without replacing. A killed run leaves
//! its pieces there and nowhere else; the next [`Store::open`] empties it.

mod measured;
mod opening;
mod publish;
mod room;
mod scratch;
mod staged;
mod tree;
pub mod uncached;

use std::io;
use std::path::{Path, PathBuf};

use school::digest::Sha256;

pub use measured::Measured;
pub use opening::Store;
pub use publish::Published;
pub use room::room;
pub use scratch::Scratch;
pub use staged::Unsettled;
pub use tree::{Tree, files_below, sha256_of_file};

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreRefusal {
    /// The name leaves the store, is empty, or lies among the temporaries.
    #[error("{name:?} is no name in the store")]
    Name {
        /// The name as given.
        name: String,
    },
    /// Something else was published under this name. It stays as it is.
    #[error("{name:?} was published with other bytes")]
    OtherBytes {
        /// The name, for folders with the first file that differs.
        name: String,
    },
    /// The name lies in a folder that was published as a whole.
    #[error("{name:?} lies in a folder that is closed")]
    Closed {
        /// The name as given.
        name: String,
    },
    /// A link, a device, or a folder where a file belongs.
    #[error("{path:?} is not what belongs there")]
    NotAFile {
        /// Where it stands.
        path: PathBuf,
    },
    /// Nothing was published under this name.
    #[error("{name:?} is not in the store")]
    Missing {
        /// The name asked for.
        name: String,
    },
    /// The stored bytes are not those that were published.
    #[error("{name:?} is damaged: {found} instead of {expected}")]
    Damaged {
        /// The name.
        name: String,
        /// The digest that was published.
        expected: Sha256,
        /// The digest of what is there.
        found: Sha256,
    },
    /// The file is larger than anything that is read as a whole.
    #[error("{name:?} has {size_bytes} bytes")]
    TooLarge {
        /// The name.
        name: String,
        /// Its length.
        size_bytes: u64,
    },
    /// Another process works in this store.
    #[error("the store at {root:?} is in use by another process")]
    Busy {
        /// The store.
        root: PathBuf,
    },
    /// The file system has no room left. Nothing was published.
    #[error("no room left for {path:?}")]
    Full {
        /// What was to be written.
        path: PathBuf,
    },
    /// The file system refused.
    #[error("{path:?}: {source}")]
    Io {
        /// What it was about.
        path: PathBuf,
        /// What it said.
        source: io::Error,
    },
}

impl StoreRefusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Name { .. } => "store.name",
            Self::OtherBytes { .. } => "store.other_bytes",
            Self::Closed { .. } => "store.closed",
            Self::NotAFile { .. } => "store.not_a_file",
            Self::Missing { .. } => "store.missing",
            Self::Damaged { .. } => "store.damaged",
            Self::TooLarge { .. } => "store.too_large",
            Self::Busy { .. } => "store.busy",
            Self::Full { .. } => "store.full",
            Self::Io { .. } => "store.io",
        }
    }

    /// For `map_err`: what the file system said about `path`.
    pub fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full { path },
            _ => Self::Io { path, source },
        }
    }
}
