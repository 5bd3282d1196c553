//! A folder in which something of several files is made before it is published.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::{StoreRefusal, tree};

/// A folder below `tam/`. Dropped, it is removed with everything in it, unless it was published.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    pub(super) fn make(path: PathBuf) -> Result<Self, StoreRefusal> {
        fs::create_dir(&path).map_err(StoreRefusal::at(&path))?;
        Ok(Self { path })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file of a relative name, with the folders above it. A name is written once.
    ///
    /// Errors: the name leaves the folder or is there already, or the file system refuses.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), StoreRefusal> {
        let path = self.place(name)?;
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        file.and_then(|mut file| file.write_all(bytes)).map_err(StoreRefusal::at(&path))
    }

    /// Where a new file goes, whose folders are made.
    pub(super) fn place(&self, name: &str) -> Result<PathBuf, StoreRefusal> {
        let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains('\0');
        if !name.split('/').all(plain) {
            return Err(StoreRefusal::Name { name: name.to_owned() });
        }
        let path = self.path.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(StoreRefusal::at(folder))?;
        }
        Ok(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed now is removed when the store is opened again.
        let _ = tree::remove(&self.path);
    }
}
