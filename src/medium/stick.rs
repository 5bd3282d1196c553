//! USB sticks for one writing: must hold no file, formatted, filled, closed, and afterwards read from
//! beginning to end, which alone tells a stick that is smaller than it says.

use std::os::fd::BorrowedFd;
use std::path::Path;

use school::digest::Sha256;
use school::records::media_frame::{Format, FoundFile, Holds, Phase, PlacedFile, Refused, SealFound};

use super::copying;
use super::device::Seen;
use super::mounted::{Access, FileSystem, Mounted, file_system, format};
use super::refusing::{about, not_read, not_written, refused};
use super::statement::seal;
use super::tool::{MKFS_VFAT, MKUDFFS};
use super::udf;
use super::watch::Watch;

/// A file needs whole blocks and an entry.
const BLOCK_SIZE_BYTES: u64 = 4_096;
/// Descriptors, tables and folders.
const OVERHEAD_SIZE_BYTES: u64 = 2 * 1024 * 1024;

/// Bytes that a writing may take, or why it may not, and whose medium it is.
pub(super) fn probe(seen: &Seen) -> (Result<u64, Refused>, Holds) {
    match look(seen) {
        Ok(Found::Empty) => (Ok(room(seen)), Holds::default()),
        Ok(Found::Interrupted(plan)) => {
            (Ok(room(seen)), Holds { interrupted: Some(plan), ..Holds::default() })
        }
        Ok(Found::Files { names, seal }) => {
            let seals = seal.into_iter().collect();
            (Err(about("medium.holds_files", names)), Holds { seals, ..Holds::default() })
        }
        Err(refusal) => (Err(refusal), Holds::default()),
    }
}

/// What a writing takes of a device: whole blocks, folders, and two in a hundred for what a file system
/// needs to find them.
pub fn needed(files: &[PlacedFile]) -> u64 {
    let blocks: u64 =
        files.iter().map(|file| file.bytes.next_multiple_of(BLOCK_SIZE_BYTES) + BLOCK_SIZE_BYTES).sum();
    blocks + blocks / 50 + OVERHEAD_SIZE_BYTES
}

/// Formats, fills, closes and detaches; an interrupted writing of the same plan goes on instead.
pub(super) fn write(
    seen: &Seen,
    (from, files): (BorrowedFd<'_>, &[PlacedFile]),
    (plan, with, label): (Sha256, Format, &str),
    watch: &mut Watch<'_>,
) -> Result<(), Refused> {
    let volume = match look(seen)? {
        Found::Empty => {
            if needed(files) > seen.identity.size_bytes {
                return Err(refused("medium.device_too_small", seen.identity.size_bytes));
            }
            prepare(seen, with, label)?;
            seen.path()
        }
        Found::Interrupted(other) if other == plan => seen.path(),
        Found::Interrupted(other) => return Err(refused("medium.interrupted", other)),
        Found::Files { names, .. } => {
            return if is_only_open(seen, files)? {
                close(seen, &first_volume(seen)?, watch)
            } else {
                Err(about("medium.holds_files", names))
            };
        }
    };
    let kind = known(&volume)?;
    watch.enter(Phase::Writing, files.iter().map(|file| file.bytes).sum())?;
    let mounted = Mounted::attach(&volume, kind, Access::Write)?;
    copying::write(from, files, plan, mounted.folder(), watch)?;
    watch.enter(Phase::Flushing, 0)?;
    mounted.detach()?;
    if kind == "udf" { close(seen, &volume, watch) } else { watch.enter(Phase::Closing, 0) }
}

/// Protects a volume that holds everything.
fn close(seen: &Seen, volume: &Path, watch: &mut Watch<'_>) -> Result<(), Refused> {
    watch.enter(Phase::Closing, 0)?;
    udf::protect(volume).map_err(|error| not_written(&error, &seen.node))
}

/// True for a stick that holds these very files and lacks nothing but its closing: the machine stopped there.
fn is_only_open(seen: &Seen, files: &[PlacedFile]) -> Result<bool, Refused> {
    let volume = first_volume(seen)?;
    let failed = |error| not_read(&error, &seen.node);
    if known(&volume)? != "udf" || udf::is_protected(&volume).map_err(failed)? {
        return Ok(false);
    }
    let mounted = Mounted::attach(&volume, "udf", Access::Read)?;
    let equal = copying::are_listed(mounted.folder(), files)?;
    mounted.detach()?;
    Ok(equal)
}

/// Gives a device that holds nothing a file system.
pub(super) fn prepare(seen: &Seen, with: Format, label: &str) -> Result<(), Refused> {
    let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    if label.is_empty() || label.len() > 11 || !label.bytes().all(plain) {
        return Err(refused("medium.order", format!("label {label:?}")));
    }
    match with {
        Format::Udf => {
            let label = format!("--label={label}");
            // The first argument, or names of the volume are read in another encoding.
            let arguments = ["--utf8", "--media-type=hd", "--blocksize=512", "--udfrev=0x0201"];
            // Windows shows a disk that is not removable only behind a partition table.
            let arguments = [&arguments[..], &["--bootarea=mbr", &label]].concat();
            format(MKUDFFS, &arguments, &seen.path())
        }
        Format::Fat => format(MKFS_VFAT, &["-F", "32", "-I", "-n", label], &seen.path()),
    }
}

/// Every file, from the medium itself: nothing of it is kept by the kernel after it was detached.
pub(super) fn read_back(
    seen: &Seen,
    expected_bytes: u64,
    watch: &mut Watch<'_>,
) -> Result<Vec<FoundFile>, Refused> {
    watch.enter(Phase::ReadingBack, expected_bytes)?;
    let volume = first_volume(seen)?;
    let mounted = Mounted::attach(&volume, known(&volume)?, Access::Read)?;
    let found = copying::read(seen, mounted.folder(), watch)?;
    mounted.detach()?;
    Ok(found)
}

/// What lies on a stick.
enum Found {
    Empty,
    Interrupted(Sha256),
    Files { names: Vec<String>, seal: Option<SealFound> },
}

fn look(seen: &Seen) -> Result<Found, Refused> {
    for volume in seen.volumes() {
        let kind = match file_system(&volume)? {
            FileSystem::None => continue,
            FileSystem::Known(kind) => kind,
            FileSystem::Other(kind) => return Err(about("medium.holds_unknown", [kind])),
        };
        let mounted = Mounted::attach(&volume, kind, Access::Read)?;
        let found = look_into(mounted.folder())?;
        mounted.detach()?;
        if !matches!(found, Found::Empty) {
            return Ok(found);
        }
    }
    Ok(Found::Empty)
}

fn look_into(root: &Path) -> Result<Found, Refused> {
    if let Some(plan) = copying::interrupted(root) {
        return Ok(Found::Interrupted(plan));
    }
    let names = copying::first_names(root)?;
    if names.is_empty() {
        return Ok(Found::Empty);
    }
    Ok(Found::Files { names, seal: seal(root, None) })
}

/// The first volume with a file system that the kernel knows.
pub(super) fn first_volume(seen: &Seen) -> Result<std::path::PathBuf, Refused> {
    for volume in seen.volumes() {
        if matches!(file_system(&volume)?, FileSystem::Known(_)) {
            return Ok(volume);
        }
    }
    Err(refused("medium.holds_unknown", &seen.node))
}

/// The file system of a volume that has one.
pub(super) fn known(volume: &Path) -> Result<&'static str, Refused> {
    match file_system(volume)? {
        FileSystem::Known(kind) => Ok(kind),
        other => Err(refused("medium.holds_unknown", format!("{other:?}"))),
    }
}

/// Room of an empty stick: what formatting leaves.
pub(super) fn room(seen: &Seen) -> u64 {
    (seen.identity.size_bytes - seen.identity.size_bytes / 50).saturating_sub(OVERHEAD_SIZE_BYTES)
}
