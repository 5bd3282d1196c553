//! What deposits are written to: the ISO 9660 image, made and then read back from the disk, because written is
//! not archived (invariant 9); and in a process of its own ([`worker`]) the devices, one file for each kind:
//! discs ([`optical`]), sticks ([`stick`]), dedicated disks ([`disk`]).

mod by_hand;
mod copying;
mod device;
mod difference;
mod disk;
mod image;
mod mounted;
mod optical;
mod reading;
mod refusing;
mod statement;
mod stick;
mod tool;
mod udf;
mod volume;
mod watch;
pub mod worker;
mod xorriso;

use std::io;
use std::path::PathBuf;

use crate::store::StoreRefusal;

pub use by_hand::read_mounted;
pub use image::{Content, ImageMade, make, read_back};
pub use stick::needed as room_needed;
pub use tool::programs;
pub use volume::VolumeId;
pub use xorriso::Xorriso;

/// Why a medium was not written or could not be read back.
#[derive(Debug, thiserror::Error)]
pub enum MediumRefusal {
    /// The ISO program is not installed.
    #[error("{program:?} is not installed: install the package xorriso")]
    NoXorriso {
        /// The program that was looked for.
        program: PathBuf,
    },
    /// The ISO program failed.
    #[error("the ISO program failed with {status}: {words}")]
    Failed {
        /// How it ended.
        status: String,
        /// The end of what it said.
        words: String,
    },
    /// The ISO program took too long and was ended.
    #[error("the ISO program was ended after {wait_ms} ms: {words}")]
    TooSlow {
        /// The limit.
        wait_ms: u128,
        /// The end of what it said.
        words: String,
    },
    /// The ISO program could not be started or watched.
    #[error("the ISO program could not be run: {0}")]
    NotRun(#[source] io::Error),
    /// Not the name of a volume.
    #[error("{text:?} is no volume id: 1 to 16 of A to Z, 0 to 9 and _")]
    VolumeId {
        /// The text as given.
        text: String,
    },
    /// Another image was published under this name. It stays as it is.
    #[error("another image exists as {name:?}")]
    Exists {
        /// The name in the store.
        name: String,
    },
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreRefusal),
}

impl MediumRefusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoXorriso { .. } => "medium.no_xorriso",
            Self::Failed { .. } => "medium.xorriso_failed",
            Self::TooSlow { .. } => "medium.xorriso_too_slow",
            Self::NotRun(_) => "medium.xorriso_not_run",
            Self::VolumeId { .. } => "medium.volume_id",
            Self::Exists { .. } => "medium.exists",
            Self::Store(refusal) => refusal.code(),
        }
    }
}
