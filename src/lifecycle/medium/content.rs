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

impl Content {
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
