//! `niemphong verify`: the inspector's verdict, as text, JSON, a page or a printed record. Files are
//! opened here and judged in reader workers, which get the open file and never its path.

mod beside;
mod fetching;
mod likeness;
pub(super) mod outputs;
mod papers;
mod pictures;
mod readers;
mod revisions;
mod run;
mod subjects;
mod surroundings;

use std::io;
use std::path::PathBuf;

use crafts::document::DocumentFault;
use school::records::canonical::NotCanonical;

use crate::config::AnchorFault;

pub(super) use outputs::write_new;
pub use run::run;

/// Why a result could not be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum OutputFault {
    #[error("{0:?} is no checkpoint")]
    Checkpoint(PathBuf),
    #[error(transparent)]
    Anchor(#[from] AnchorFault),
    #[error("nothing that can be judged was found")]
    Nothing,
    #[error("{0:?} exists already and is not overwritten")]
    Exists(PathBuf),
    #[error("{0:?} cannot be written")]
    Unwritable(PathBuf, #[source] io::Error),
    #[error("{0:?} cannot be read")]
    Unreadable(PathBuf, #[source] io::Error),
    #[error("the record cannot be rendered")]
    Document(#[from] DocumentFault),
    #[error("the report has no canonical form")]
    NotCanonical(#[from] NotCanonical),
}

impl OutputFault {
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Checkpoint(_) => "inspection.checkpoint",
            Self::Anchor(fault) => fault.code(),
            Self::Nothing => "inspection.nothing",
            Self::Exists(_) => "inspection.exists",
            Self::Unwritable(..) => "inspection.unwritable",
            Self::Unreadable(..) => "inspection.unreadable",
            Self::Document(fault) => fault.code(),
            Self::NotCanonical(_) => "inspection.not_canonical",
        }
    }
}
