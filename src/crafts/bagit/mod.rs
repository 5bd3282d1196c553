//! A deposit as a BagIt 1.0 bag (RFC 8493): names that every system reads, payload, and the six tag files
//! that the seal covers. What lies under `niem-phong/` signs the tag manifests and stands in none of them.

mod medium;
mod name;
mod payload;
mod tag_files;

pub use medium::{MEDIUM_PROFILE, MEDIUM_PROFILE_IDENTIFIER, MediumInfo, medium_tag_files};
pub use name::{NAME_LENGTH, NAME_PARTS, NameFault};
pub use payload::{Fixity, Payload};
pub use tag_files::{
    BagInfo, Completeness, DECLARATION, DEPOSIT_PROFILE, PROFILE_IDENTIFIER, SOFTWARE_AGENT, TagFiles,
    bag_info, tag_files,
};
pub use tag_files::{manifest, tagmanifest};

/// Why a bag cannot be made of these files.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BagFault {
    /// The name cannot stand on every medium.
    #[error("{name:?} cannot be a name in a bag")]
    Name {
        /// The whole path as given.
        name: String,
        /// What is wrong with it.
        source: NameFault,
    },
    /// Two names that a system without upper and lower case takes for one.
    #[error("{name:?} and {other:?} are one name where case does not count")]
    Twin {
        /// The later name.
        name: String,
        /// What stands there already.
        other: String,
    },
    /// One path is a file and, as the folder of another, also a folder.
    #[error("{name:?} would be a file and a folder")]
    FileAndFolder {
        /// The path in question.
        name: String,
    },
    /// A bag without payload says nothing, and some readers refuse it.
    #[error("there is no payload")]
    Empty,
}

/// The digest algorithm of a manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// `sha256`: what inspectors' own programs know.
    Sha256,
    /// `sha512`: the hedge for decades.
    Sha512,
}
