//! Files from the store to a mounted stick or disk, and back from it: every write and every fsync is checked,
//! because a stick that was pulled out reports the loss there and nowhere else; `close` says nothing.
//!
//! While a copy is not complete a journal lies beside it, `.dang-ghi` (being written), with the digest of what
//! is to be written. The same list goes on there; another one never touches it.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use openssl::sha::Sha256 as Hasher;
use rustix::fs::{Mode, OFlags, openat};
use rustix::io::Errno;
use school::digest::Sha256;
use school::limits::{MEDIA_FILES, MEDIA_NAMES};
use school::records::media_frame::{FoundFile, Phase, PlacedFile, Refused};
use serde::{Deserialize, Serialize};

use super::device::Seen;
use super::reading;
use super::refusing::{about, not_read, not_written, refused};
use super::watch::Watch;

/// The journal's name.
pub(super) const JOURNAL: &str = ".dang-ghi";
const JOURNAL_FORMAT: &str = "niemphong-writing/1";
const JOURNAL_SIZE_BYTES: u64 = 1_024;
const PIECE_SIZE_BYTES: usize = 1024 * 1024;
/// What systems put on every stick by themselves.
const OF_SYSTEMS: [&str; 6] =
    ["System Volume Information", "lost+found", ".Trashes", ".fseventsd", ".Spotlight-V100", "desktop.ini"];

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Journal {
    format: String,
    plan: Sha256,
}

/// The plan whose writing came to no end in `folder`.
pub(super) fn interrupted(folder: &Path) -> Option<Sha256> {
    let file = File::open(folder.join(JOURNAL)).ok()?;
    let mut text = String::new();
    file.take(JOURNAL_SIZE_BYTES).read_to_string(&mut text).ok()?;
    let journal: Journal = serde_json::from_str(&text).ok()?;
    (journal.format == JOURNAL_FORMAT).then_some(journal.plan)
}

/// True while a writing into `folder` is open, also when nobody can read which.
pub(super) fn is_open(folder: &Path) -> bool {
    folder.join(JOURNAL).symlink_metadata().is_ok()
}

/// Writes everything that is listed into `to`, and ends the journal when all of it is on the medium.
pub(super) fn write(
    from: BorrowedFd<'_>,
    files: &[PlacedFile],
    plan: Sha256,
    to: &Path,
    watch: &mut Watch<'_>,
) -> Result<(), Refused> {
    let begun = interrupted(to) == Some(plan);
    if !begun {
        let journal = serde_json::to_vec(&Journal { format: JOURNAL_FORMAT.into(), plan })
            .map_err(|error| refused("medium.order", error))?;
        store(&to.join(JOURNAL), &mut journal.as_slice(), JOURNAL, &mut |_| Ok(()))?;
        sync_folder(to, JOURNAL)?;
    }
    let mut folders = BTreeSet::new();
    for file in files {
        let path = to.join(&file.name);
        let above = path.parent().unwrap_or(to);
        DirBuilder::new().recursive(true).create(above).map_err(|error| not_written(&error, &file.name))?;
        folders.extend(above.ancestors().take_while(|folder| folder.starts_with(to)).map(Path::to_path_buf));
        if begun && path.symlink_metadata().is_ok() {
            if is_whole(&path, file) {
                watch.advance(file.bytes)?;
                continue;
            }
            // What was cut off is of this very writing, which has not been acknowledged.
            fs::remove_file(&path).map_err(|error| not_written(&error, &file.name))?;
        }
        let mut source = open_below(from, &file.place)?;
        let (digest, bytes) = store(&path, &mut source, &file.name, &mut |bytes| watch.advance(bytes))?;
        if (digest, bytes) != (file.sha256, file.bytes) {
            return Err(about("medium.source_differs", [file.name.clone()]));
        }
    }
    // Deepest first: a folder's entry is in the one above.
    for folder in folders.iter().rev() {
        sync_folder(folder, &folder.display().to_string())?;
    }
    fs::remove_file(to.join(JOURNAL)).map_err(|error| not_written(&error, JOURNAL))?;
    sync_folder(to, JOURNAL)
}

/// The list, if every name can be one on a medium and every place stays below the folder.
///
/// Errors: `medium.order`.
pub(super) fn listed(json: &[u8]) -> Result<Vec<PlacedFile>, Refused> {
    let files: Vec<PlacedFile> =
        serde_json::from_slice(json).map_err(|error| refused("medium.order", error))?;
    let mut names = BTreeSet::new();
    let plain = |path: &str| {
        path.split('/').all(|step| !matches!(step, "" | "." | "..") && step.len() <= 255)
            && !path.bytes().any(|byte| byte < b' ' || b"\\:*?\"<>|".contains(&byte))
    };
    // Windows and FAT see no difference between large and small letters.
    let bad = files.iter().find(|file| {
        !plain(&file.name)
            || !plain(&file.place)
            || file.name == JOURNAL
            || !names.insert(file.name.to_lowercase())
    });
    match bad {
        Some(file) => Err(about("medium.order", [file.name.clone()])),
        None if files.is_empty() || files.len() > MEDIA_FILES => Err(refused("medium.order", files.len())),
        None => Ok(files),
    }
}

/// Reads every file below `root`, in the order of their names. How far it is counts from what lies there, which may be
/// more than what was written: somebody may have put a file of their own beside it.
///
/// Errors: `medium.read_error` with the first names that cannot be read, after all have been tried.
pub(super) fn read(seen: &Seen, root: &Path, watch: &mut Watch<'_>) -> Result<Vec<FoundFile>, Refused> {
    let mut names = Vec::new();
    walk(root, "", &mut names)?;
    names.sort();
    let paths: Vec<_> = names.iter().map(|name| root.join(name)).collect();
    // A file that tells no length cannot be read either, which is said below by its name.
    let lengths = paths.iter().filter_map(|path| path.metadata().ok());
    watch.enter(Phase::ReadingBack, lengths.map(|found| found.len()).sum())?;
    let heard = |number: usize, read: Result<u64, &io::Error>| match read {
        Ok(bytes) => watch.advance(bytes),
        Err(error) if !seen.is_there() => Err(not_read(error, &names[number])),
        Err(_) => Ok(()),
    };
    let read = reading::digests(&paths, heard)?;
    let (mut found, mut unreadable) = (Vec::new(), Vec::new());
    for (name, read) in names.into_iter().zip(read) {
        match read {
            Ok((sha256, bytes)) => found.push(FoundFile { name, bytes, sha256 }),
            Err(_) => unreadable.push(name),
        }
    }
    if unreadable.is_empty() { Ok(found) } else { Err(about("medium.read_error", unreadable)) }
}

/// The first names of files below `root`, but those that systems put there.
pub(super) fn first_names(root: &Path) -> Result<Vec<String>, Refused> {
    let mut names = Vec::new();
    walk(root, "", &mut names)?;
    names.sort();
    names.truncate(MEDIA_NAMES);
    Ok(names)
}

/// True when the files below `root` are those that are listed, as far as names and lengths tell.
pub(super) fn are_listed(root: &Path, files: &[PlacedFile]) -> Result<bool, Refused> {
    let mut names = Vec::new();
    walk(root, "", &mut names)?;
    let mut found = BTreeSet::new();
    for name in names {
        let length = root.join(&name).metadata().map_err(|error| not_read(&error, &name))?.len();
        found.insert((name, length));
    }
    Ok(found == files.iter().map(|file| (file.name.clone(), file.bytes)).collect())
}

/// Files and folders in the root, but those that systems put there.
pub(super) fn in_root(root: &Path) -> Result<Vec<String>, Refused> {
    let failed = |error: &io::Error| not_read(error, ".");
    let entries = fs::read_dir(root).map_err(|error| failed(&error))?;
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(|error| failed(&error))?.file_name().to_string_lossy().into_owned();
        if !OF_SYSTEMS.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn walk(root: &Path, below: &str, names: &mut Vec<String>) -> Result<(), Refused> {
    let failed = |error: io::Error| not_read(&error, below);
    for entry in fs::read_dir(root.join(below)).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if OF_SYSTEMS.contains(&name.as_str()) {
            continue;
        }
        let name = if below.is_empty() { name } else { format!("{below}/{name}") };
        if entry.file_type().map_err(failed)?.is_dir() {
            walk(root, &name, names)?;
        } else {
            names.push(name);
        }
        if names.len() > MEDIA_FILES {
            return Err(about("medium.order", names.iter().take(1).cloned()));
        }
    }
    Ok(())
}

/// Copies into a new file, never over one, makes it read-only and waits until it has left the caches.
fn store(
    path: &Path,
    source: &mut dyn Read,
    name: &str,
    progress: &mut dyn FnMut(u64) -> Result<(), Refused>,
) -> Result<(Sha256, u64), Refused> {
    let failed = |error: io::Error| not_written(&error, name);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o644).open(path).map_err(failed)?;
    let (mut hasher, mut total, mut piece) = (Hasher::new(), 0, vec![0; PIECE_SIZE_BYTES]);
    loop {
        let length = source.read(&mut piece).map_err(|error| refused("medium.source_differs", error))?;
        if length == 0 {
            break;
        }
        hasher.update(&piece[..length]);
        file.write_all(&piece[..length]).map_err(failed)?;
        total += length as u64;
        progress(length as u64)?;
    }
    if name != JOURNAL {
        // FAT keeps of the mode nothing but this, as the read-only attribute, and refuses any other change.
        let mut mode = file.metadata().map_err(failed)?.permissions();
        mode.set_mode(mode.mode() & !0o222);
        file.set_permissions(mode).map_err(failed)?;
    }
    file.sync_all().map_err(failed)?;
    Ok((Sha256::from_bytes(hasher.finish()), total))
}

fn sync_folder(folder: &Path, name: &str) -> Result<(), Refused> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| not_written(&error, name))
}

/// Opens a listed place, whose steps are plain names, without following a link. Step by step and not by openat2,
/// which RestrictSUIDSGID of the unit answers with ENOSYS: systemd cannot look into what it is given.
fn open_below(folder: BorrowedFd<'_>, place: &str) -> Result<File, Refused> {
    let failed = |error: Errno| refused("medium.source_differs", format!("{place}: {error}"));
    let flags = OFlags::CLOEXEC | OFlags::NOFOLLOW;
    let (folders, name) = place.rsplit_once('/').unwrap_or(("", place));
    let mut at: Option<OwnedFd> = None;
    for step in folders.split('/').filter(|step| !step.is_empty()) {
        let above = at.as_ref().map_or(folder, AsFd::as_fd);
        let path = flags | OFlags::PATH | OFlags::DIRECTORY;
        at = Some(openat(above, step, path, Mode::empty()).map_err(failed)?);
    }
    let above = at.as_ref().map_or(folder, AsFd::as_fd);
    let read = flags | OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY;
    let file = File::from(openat(above, name, read, Mode::empty()).map_err(failed)?);
    match file.metadata() {
        Ok(metadata) if metadata.is_file() => Ok(file),
        _ => Err(refused("medium.source_differs", format!("{place}: not a file"))),
    }
}

fn is_whole(path: &Path, file: &PlacedFile) -> bool {
    let read = reading::digests(&[path.to_owned()], |_, _| Ok::<_, Infallible>(()));
    let found = read.into_iter().flatten().next();
    found.is_some_and(|found| found.is_ok_and(|found| found == (file.sha256, file.bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_on_the_way_to_a_file_of_the_store_is_not_followed() {
        let scratch = tempfile::tempdir().expect("a folder");
        let store = scratch.path().join("kho");
        fs::create_dir_all(store.join("goi/data")).expect("made");
        fs::write(store.join("goi/data/a.pdf"), b"%PDF").expect("written");
        fs::write(scratch.path().join("b.pdf"), b"%PDF").expect("written");
        let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, store.join(at)).expect("linked");
        link("goi", "goi-khac");
        link("../b.pdf", "b.pdf");
        let folder = File::open(&store).expect("a folder");
        let open = |place: &str| open_below(folder.as_fd(), place).map(drop).map_err(|refused| refused.code);
        assert_eq!(open("goi/data/a.pdf"), Ok(()));
        for place in ["goi-khac/data/a.pdf", "b.pdf", "goi/data", "goi/data/khong-co.pdf"] {
            assert_eq!(open(place), Err("medium.source_differs".into()), "{place}");
        }
    }
}
