//! What a copy holds, as it should be or as it was read back.

use std::collections::BTreeMap;

use school::digest::Sha256;

/// The content of a copy. Two are equal when every byte is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Of a disc: its image from the first byte to the last.
    Image {
        /// SHA-256 over exactly `bytes`.
        sha256: Sha256,
        /// Length of the image.
        bytes: u64,
    },
    /// Of a stick, or of one folder of a disk: every file with its digest and length, by its name.
    Files(BTreeMap<String, (Sha256, u64)>),
}

/// Of files that differ so many are named; more do not help to find out why.
const NAMED: usize = 3;

impl Content {
    /// Where `found` is otherwise, for a person who has to look there: the first files by name, and how many in all.
    pub fn differences(&self, found: &Self) -> String {
        let (Self::Files(expected), Self::Files(found)) = (self, found) else {
            return "image: other bytes".to_owned();
        };
        let missing_or_changed = expected.iter().filter_map(|(name, fixity)| match found.get(name) {
            Some(same) if same == fixity => None,
            Some(_) => Some(format!("changed {name}")),
            None => Some(format!("missing {name}")),
        });
        let extra =
            found.keys().filter(|name| !expected.contains_key(*name)).map(|name| format!("extra {name}"));
        let all: Vec<String> = missing_or_changed.chain(extra).collect();
        let more = all.len().saturating_sub(NAMED);
        let named = all[..all.len() - more].join(", ");
        if more == 0 { named } else { format!("{named}, and {more} more") }
    }

    /// One digest for all of it: of the image itself, or of the lines `<sha256>  <name>` sorted by name, as
    /// `sha256sum` writes them.
    pub fn sha256(&self) -> Sha256 {
        match self {
            Self::Image { sha256, .. } => *sha256,
            Self::Files(files) => {
                let lines: String =
                    files.iter().map(|(name, (digest, _))| format!("{digest}  {name}\n")).collect();
                Sha256::of(lines.as_bytes())
            }
        }
    }
}
