//! Folder trees: listed, flushed, made read-only, emptied.

use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use school::digest::Sha256;

use super::StoreRefusal;
use super::measured::{Measured, measure};
use super::uncached::Piece;

pub(super) const FILE_MODE: u32 = 0o444;
const FOLDER_MODE: u32 = 0o555;
const REMOVE_TRIES: u32 = 20;
const REMOVE_WAIT: Duration = Duration::from_millis(100);
const READ_SIZE_BYTES: usize = 1 << 20;

/// The files and folders below a folder; names are relative, with `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// Digest of each file.
    pub files: BTreeMap<String, Sha256>,
    /// Folders, a parent always before what is in it.
    pub folders: Vec<String>,
}

impl Tree {
    /// Reads everything below `folder`.
    ///
    /// Errors: [`StoreRefusal::NotAFile`] for links, devices and names that are not UTF-8, or the file
    /// system refuses.
    pub fn read(folder: &Path) -> Result<Self, StoreRefusal> {
        let mut tree = Self::default();
        tree.folders = walk(folder, |name, path| {
            tree.files.insert(name, sha256_of_file(path)?);
            Ok(())
        })?;
        Ok(tree)
    }

    /// The first name that is not the same in both.
    pub fn first_difference(&self, other: &Self) -> Option<String> {
        let file = |one: &Self, two: &Self| {
            one.files
                .iter()
                .find(|(name, digest)| two.files.get(*name) != Some(digest))
                .map(|(name, _)| name.clone())
        };
        let folder =
            |one: &Self, two: &Self| one.folders.iter().find(|name| !two.folders.contains(name)).cloned();
        file(self, other)
            .or_else(|| file(other, self))
            .or_else(|| folder(self, other))
            .or_else(|| folder(other, self))
    }
}

/// Makes everything below `folder` read-only and flushes it, files first, then folders from the bottom up. `folder`
/// itself keeps its mode: without write permission on it, it could not be moved.
///
/// All modes are changed before the first flush, which then takes along what the file system notes of the others.
pub(super) fn settle_below(folder: &Path) -> Result<(), StoreRefusal> {
    let mut files = Vec::new();
    let folders = walk(folder, |_, path| {
        files.push(path.to_owned());
        Ok(())
    })?;
    let read_only = |path: &PathBuf| {
        fs::set_permissions(path, Permissions::from_mode(FILE_MODE)).map_err(StoreRefusal::at(path))
    };
    files.iter().try_for_each(read_only)?;
    files.iter().try_for_each(|path| flush(path))?;
    folders.iter().rev().try_for_each(|name| settle_folder(&folder.join(name)))?;
    flush(folder)
}

/// Calls `each` with every file below `folder` and its name; the names of the folders.
pub(super) fn walk(
    folder: &Path,
    mut each: impl FnMut(String, &Path) -> Result<(), StoreRefusal>,
) -> Result<Vec<String>, StoreRefusal> {
    let mut folders = Vec::new();
    let mut waiting = vec![(folder.to_owned(), String::new())];
    while let Some((place, prefix)) = waiting.pop() {
        for (path, kind) in entries(&place)? {
            let name = path.file_name().and_then(|name| name.to_str());
            let Some(name) = name.map(|name| format!("{prefix}{name}")) else {
                return Err(StoreRefusal::NotAFile { path });
            };
            if kind.is_dir() {
                waiting.push((path, format!("{name}/")));
                folders.push(name);
            } else if kind.is_file() {
                each(name, &path)?;
            } else {
                return Err(StoreRefusal::NotAFile { path });
            }
        }
    }
    folders.sort();
    Ok(folders)
}

/// SHA-256 of a file that is read in pieces.
pub fn sha256_of_file(path: &Path) -> Result<Sha256, StoreRefusal> {
    let mut file = File::open(path).map_err(StoreRefusal::at(path))?;
    let mut hash = openssl::sha::Sha256::new();
    let mut piece = vec![0; READ_SIZE_BYTES];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(Sha256::from_bytes(hash.finish())),
            Ok(length) => hash.update(&piece[..length]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(StoreRefusal::at(path)(error)),
        }
    }
}

/// The names of all files below a folder, in order.
///
/// Errors: [`StoreRefusal::NotAFile`] for links, devices and names that are not UTF-8, or the file system
/// refuses.
pub fn files_below(folder: &Path) -> Result<Vec<String>, StoreRefusal> {
    let mut names = Vec::new();
    walk(folder, |name, _| {
        names.push(name);
        Ok(())
    })?;
    names.sort();
    Ok(names)
}

/// Every file below a folder, measured.
///
/// Errors: as [`files_below`].
pub(super) fn read_tree(folder: &Path) -> Result<BTreeMap<String, Measured>, StoreRefusal> {
    let (mut measured, mut piece) = (BTreeMap::new(), Piece::default());
    walk(folder, |name, path| {
        measured.insert(name, measure(path, &mut piece)?);
        Ok(())
    })?;
    Ok(measured)
}

/// True for a regular file; a link is none.
pub(super) fn is_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|there| there.is_file())
}

/// Makes a file read-only and flushes it.
pub(super) fn settle_file(path: &Path) -> Result<(), StoreRefusal> {
    settle(path, FILE_MODE)
}

/// Makes a folder read-only and flushes it.
pub(super) fn settle_folder(path: &Path) -> Result<(), StoreRefusal> {
    settle(path, FOLDER_MODE)
}

fn settle(path: &Path, mode: u32) -> Result<(), StoreRefusal> {
    let settled = File::open(path).and_then(|open| {
        open.set_permissions(Permissions::from_mode(mode))?;
        open.sync_all()
    });
    settled.map_err(StoreRefusal::at(path))
}

/// Flushes a file, or the entries of a folder.
pub(super) fn flush(path: &Path) -> Result<(), StoreRefusal> {
    File::open(path).and_then(|open| open.sync_all()).map_err(StoreRefusal::at(path))
}

/// Removes everything below `folder`, read-only folders included; links are removed, not followed.
pub(super) fn empty(folder: &Path) -> Result<(), StoreRefusal> {
    entries(folder)?.into_iter().try_for_each(|(path, kind)| {
        if kind.is_dir() { remove(&path) } else { fs::remove_file(&path).map_err(StoreRefusal::at(&path)) }
    })
}

/// Removes a folder with everything below it. A program that a killed run left behind may still be filling
/// it; its next file finds no folder and it ends, so that a few tries are enough.
pub(super) fn remove(folder: &Path) -> Result<(), StoreRefusal> {
    for _ in 1..REMOVE_TRIES {
        match remove_once(folder) {
            Err(StoreRefusal::Io { source, .. }) if source.kind() == ErrorKind::DirectoryNotEmpty => {
                thread::sleep(REMOVE_WAIT);
            }
            outcome => return outcome,
        }
    }
    remove_once(folder)
}

fn remove_once(folder: &Path) -> Result<(), StoreRefusal> {
    // Without write permission on a folder nothing in it can be removed.
    let mut waiting = vec![folder.to_owned()];
    while let Some(place) = waiting.pop() {
        fs::set_permissions(&place, Permissions::from_mode(0o700)).map_err(StoreRefusal::at(&place))?;
        let below = entries(&place)?.into_iter().filter(|(_, kind)| kind.is_dir());
        waiting.extend(below.map(|(path, _)| path));
    }
    fs::remove_dir_all(folder).map_err(StoreRefusal::at(folder))
}

/// Names of the files that lie in `folder` itself.
pub(super) fn files(folder: &Path) -> Result<Vec<String>, StoreRefusal> {
    let files = entries(folder)?.into_iter().filter(|(_, kind)| kind.is_file());
    Ok(files.filter_map(|(path, _)| path.file_name()?.to_str().map(str::to_owned)).collect())
}

fn entries(folder: &Path) -> Result<Vec<(PathBuf, fs::FileType)>, StoreRefusal> {
    let list = fs::read_dir(folder).and_then(|entries| {
        entries.map(|entry| entry.and_then(|entry| Ok((entry.path(), entry.file_type()?)))).collect()
    });
    list.map_err(StoreRefusal::at(folder))
}
