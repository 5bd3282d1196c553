//! Reads a stick, or one folder of a disk, that somebody filled and mounted by hand, from its beginning to its end.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use rustix::fs::{Advice, fadvise};
use school::digest::Sha256;

use super::MediumRefusal;
use crate::store::{StoreRefusal, read_tree};

/// Digest and length of every file below `folder`, by its name. What the kernel remembers of a file is
/// dropped before it is read: only the medium itself can say what is on it.
///
/// Errors: links and devices among the files; the medium cannot be read.
pub fn read_mounted(folder: &Path) -> Result<BTreeMap<String, (Sha256, u64)>, MediumRefusal> {
    let forget = |path: &Path| {
        let file = File::open(path).map_err(StoreRefusal::at(path))?;
        file.sync_all().map_err(StoreRefusal::at(path))?;
        fadvise(&file, 0, None, Advice::DontNeed).map_err(|error| StoreRefusal::at(path)(error.into()))
    };
    let files = read_tree(folder, forget)?;
    Ok(files.into_iter().map(|(name, file)| (name, (file.sha256, file.size_bytes))).collect())
}
