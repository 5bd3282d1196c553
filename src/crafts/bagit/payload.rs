//! The payload of a bag: which files, with what digests. Bytes stay where they are; digests are taken
//! while the files are written, so that nothing is read twice.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use school::digest::{Digests, Sha256, Sha512};

use super::{Algorithm, BagFault, name};

/// What a manifest says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fixity {
    /// For `manifest-sha256.txt`.
    pub sha256: Sha256,
    /// For `manifest-sha512.txt`.
    pub sha512: Sha512,
    /// Length of the file, for Payload-Oxum.
    pub size_bytes: u64,
}

impl Fixity {
    /// The fixity of a file with this content.
    pub fn of(bytes: &[u8]) -> Self {
        let mut digests = Digests::default();
        digests.update(bytes);
        let (sha256, sha512) = digests.finish();
        Self { sha256, sha512, size_bytes: bytes.len() as u64 }
    }

    pub(super) fn digest(&self, algorithm: Algorithm) -> String {
        match algorithm {
            Algorithm::Sha256 => self.sha256.to_string(),
            Algorithm::Sha512 => self.sha512.to_string(),
        }
    }
}

/// The payload files of one bag by path; every path was checked when it was added.
#[derive(Debug, Clone, Default)]
pub struct Payload {
    files: BTreeMap<String, Fixity>,
    /// Every path and every folder above it, in lower case, with its real spelling: two spellings of a
    /// folder would be one folder on Windows and two on Linux.
    spellings: BTreeMap<String, String>,
}

impl Payload {
    /// Adds the file at `path`, for instance `data/ho-so/x.pdf`.
    ///
    /// Errors: see [`BagFault`]; a path that is there already is a [`BagFault::Twin`] of itself. After an
    /// error nothing was added.
    pub fn add(&mut self, path: &str, fixity: Fixity) -> Result<(), BagFault> {
        name::check_payload(path).map_err(|source| BagFault::Name { name: path.to_owned(), source })?;
        let folders: Vec<&str> = path.match_indices('/').map(|(end, _)| &path[..end]).collect();
        let spelled_otherwise = |part: &str| {
            let known = self.spellings.get(&part.to_ascii_lowercase());
            known.filter(|known| *known != part).cloned()
        };
        for part in folders.iter().copied().chain([path]) {
            if let Some(other) = spelled_otherwise(part) {
                return Err(BagFault::Twin { name: path.to_owned(), other });
            }
        }
        if let Some(file) = folders.iter().find(|folder| self.files.contains_key(**folder)) {
            return Err(BagFault::FileAndFolder { name: (*file).to_owned() });
        }
        match self.spellings.entry(path.to_ascii_lowercase()) {
            Entry::Occupied(_) if self.files.contains_key(path) => {
                return Err(BagFault::Twin { name: path.to_owned(), other: path.to_owned() });
            }
            Entry::Occupied(_) => return Err(BagFault::FileAndFolder { name: path.to_owned() }),
            Entry::Vacant(free) => free.insert(path.to_owned()),
        };
        for folder in folders {
            self.spellings.insert(folder.to_ascii_lowercase(), folder.to_owned());
        }
        self.files.insert(path.to_owned(), fixity);
        Ok(())
    }

    /// Paths with fixity, sorted bytewise.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Fixity)> {
        self.files.iter().map(|(path, fixity)| (path.as_str(), fixity))
    }

    /// Number of files.
    pub fn count(&self) -> usize {
        self.files.len()
    }

    /// Sum of all lengths.
    pub fn size_bytes(&self) -> u64 {
        self.files.values().map(|fixity| fixity.size_bytes).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload(paths: &[&str]) -> Result<Payload, BagFault> {
        let mut payload = Payload::default();
        paths.iter().try_for_each(|path| payload.add(path, Fixity::of(path.as_bytes())))?;
        Ok(payload)
    }

    #[test]
    fn names_that_differ_only_in_case_are_refused() {
        for paths in [
            ["data/a.pdf", "data/A.pdf"],
            ["data/ho-so/a.pdf", "data/Ho-So/b.pdf"],
            ["data/ho-so/a.pdf", "data/Ho-so"],
            ["data/a.pdf", "data/a.pdf"],
        ] {
            assert!(matches!(payload(&paths), Err(BagFault::Twin { .. })), "{paths:?}");
        }
        assert_eq!(payload(&["data/a/x", "data/b/x"]).map(|payload| payload.count()), Ok(2));
    }

    #[test]
    fn a_path_is_a_file_or_a_folder() {
        for paths in [["data/a", "data/a/b"], ["data/a/b", "data/a"]] {
            assert_eq!(
                payload(&paths).map(drop),
                Err(BagFault::FileAndFolder { name: "data/a".into() }),
                "{paths:?}"
            );
        }
    }

    #[test]
    fn a_refused_file_leaves_no_trace() {
        let mut payload = payload(&["data/a/x"]).expect("a payload");
        payload.add("data/a/X", Fixity::of(b"")).expect_err("a twin");
        payload.add("data/new/\n", Fixity::of(b"")).expect_err("no name");
        payload.add("data/NEW/y", Fixity::of(b"")).expect("a free name");
        assert_eq!(payload.files().map(|(path, _)| path).collect::<Vec<_>>(), ["data/NEW/y", "data/a/x"]);
    }
}
