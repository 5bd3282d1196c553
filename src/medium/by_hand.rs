//! Reads a stick, or one folder of a disk, that somebody filled and mounted by hand, from its beginning to its end.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::path::Path;

use school::digest::Sha256;

use super::{MediumRefusal, reading};
use crate::store::{StoreRefusal, files_below};

/// Digest and length of every file below `folder`, by its name. What the kernel remembers of a file is
/// dropped before it is read: only the medium itself can say what is on it.
///
/// Errors: links and devices among the files; the medium cannot be read.
pub fn read_mounted(folder: &Path) -> Result<BTreeMap<String, (Sha256, u64)>, MediumRefusal> {
    let names = files_below(folder)?;
    let paths: Vec<_> = names.iter().map(|name| folder.join(name)).collect();
    let read =
        reading::digests(&paths, |_, _| Ok::<_, Infallible>(())).unwrap_or_else(|never| match never {});
    let each = names.into_iter().zip(&paths).zip(read);
    each.map(|((name, path), read)| Ok((name, read.map_err(StoreRefusal::at(path))?))).collect()
}
