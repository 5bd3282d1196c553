//! What an image holds compared with what it should hold, in both of its trees: Linux reads Rock Ridge,
//! Windows reads Joliet, and a name can be cut in one and whole in the other.

use std::collections::BTreeMap;
use std::fmt;

use school::digest::Sha256;

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The image as a whole has other bytes or another length.
    Image {
        /// The digest of what was read.
        found: Sha256,
        /// Its length.
        found_bytes: u64,
    },
    /// A file is not there, or not under its name.
    Missing(View, String),
    /// A file is there that nobody put there.
    Unexpected(View, String),
    /// A file has other bytes.
    Changed(View, String),
}

/// One of the trees of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// What Linux shows.
    RockRidge,
    /// What Windows shows.
    Joliet,
}

impl View {
    /// Both.
    pub(super) const ALL: [Self; 2] = [Self::RockRidge, Self::Joliet];

    /// The value of `-read_fs`.
    pub(super) const fn argument(self) -> &'static str {
        match self {
            Self::RockRidge => "nojoliet",
            Self::Joliet => "norock",
        }
    }
}

/// Compares what is in a tree with what should be.
pub(super) fn compare(
    view: View,
    expected: &BTreeMap<String, Sha256>,
    found: &BTreeMap<String, Sha256>,
) -> Vec<Difference> {
    let here = expected.iter().filter_map(|(name, digest)| match found.get(name) {
        None => Some(Difference::Missing(view, name.clone())),
        Some(other) if other != digest => Some(Difference::Changed(view, name.clone())),
        Some(_) => None,
    });
    let more = found.keys().filter(|name| !expected.contains_key(*name));
    here.chain(more.map(|name| Difference::Unexpected(view, name.clone()))).collect()
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Image { found, found_bytes } => {
                write!(f, "image: {found_bytes} bytes with {found}")
            }
            Self::Missing(view, name) => write!(f, "{view}: {name:?} is missing"),
            Self::Unexpected(view, name) => write!(f, "{view}: {name:?} is not expected"),
            Self::Changed(view, name) => write!(f, "{view}: {name:?} has other bytes"),
        }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::RockRidge => "Rock Ridge",
            Self::Joliet => "Joliet",
        })
    }
}
