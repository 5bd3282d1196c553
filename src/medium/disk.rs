//! Dedicated disks (ổ cứng rời chuyên dụng): each writing adds one folder `lan-<n>`, itself a complete sealed
//! bag, and the root holds nothing else. What is there is never written to; the core has it read before.

use std::fs;
use std::os::fd::BorrowedFd;
use std::path::Path;

use rustix::fs::statvfs;
use school::digest::Sha256;
use school::limits::MEDIA_WRITINGS;
use school::records::media_frame::{Format, FoundFile, Holds, Phase, PlacedFile, Refused};

use super::copying;
use super::device::Seen;
use super::mounted::{Access, FileSystem, Mounted, file_system};
use super::refusing::{about, not_read, not_written, refused};
use super::statement::seal;
use super::stick::{first_volume, known, needed, prepare, room};
use super::watch::Watch;

/// How the folders are called.
const WRITING: &str = "lan-";

/// Bytes that the next writing may take, or why it may not, and what is there.
pub(super) fn probe(seen: &Seen) -> (Result<u64, Refused>, Holds) {
    let look = || {
        if is_new(seen)? {
            return Ok((room(seen), Writings::default()));
        }
        let volume = first_volume(seen)?;
        let mounted = Mounted::attach(&volume, known(&volume)?, Access::Read)?;
        let found = writings(mounted.folder())?;
        let free = free_bytes(mounted.folder())?;
        mounted.detach()?;
        Ok((free, found))
    };
    match look() {
        Ok((free, found)) if found.foreign.is_empty() => (Ok(free), found.holds),
        Ok((_, found)) => (Err(about("medium.not_dedicated", found.foreign)), found.holds),
        Err(refusal) => (Err(refusal), Holds::default()),
    }
}

/// Adds the next folder, or goes on with an interrupted one of the same plan, and detaches.
pub(super) fn write(
    seen: &Seen,
    (from, files): (BorrowedFd<'_>, &[PlacedFile]),
    (plan, with, label): (Sha256, Format, &str),
    watch: &mut Watch<'_>,
) -> Result<u32, Refused> {
    if is_new(seen)? {
        if needed(files) > seen.identity.size_bytes {
            return Err(refused("medium.device_too_small", seen.identity.size_bytes));
        }
        prepare(seen, with, label)?;
    }
    let volume = first_volume(seen)?;
    watch.enter(Phase::Writing, files.iter().map(|file| file.bytes).sum())?;
    let mounted = Mounted::attach(&volume, known(&volume)?, Access::Write)?;
    let root = mounted.folder();
    let found = writings(root)?;
    if !found.foreign.is_empty() {
        return Err(about("medium.not_dedicated", found.foreign));
    }
    let (number, again) = match found.open.iter().find(|(_, open)| *open == Some(plan)) {
        Some((number, _)) => (*number, true),
        None => (found.last + 1, false),
    };
    if number > MEDIA_WRITINGS {
        return Err(refused("medium.device_too_small", number));
    }
    let folder = root.join(format!("{WRITING}{number}"));
    if !again {
        if needed(files) > free_bytes(root)? {
            return Err(refused("medium.device_too_small", free_bytes(root)?));
        }
        fs::create_dir(&folder).map_err(|error| not_written(&error, &format!("{WRITING}{number}")))?;
    }
    copying::write(from, files, plan, &folder, watch)?;
    // The folder's own name is in the root.
    let synced = fs::File::open(root).and_then(|root| root.sync_all());
    synced.map_err(|error| not_written(&error, "."))?;
    watch.enter(Phase::Flushing, 0)?;
    mounted.detach()?;
    watch.enter(Phase::Closing, 0)?;
    Ok(number)
}

/// Every file of one writing, by its name below the folder.
pub(super) fn read_back(
    seen: &Seen,
    number: u32,
    expected_bytes: u64,
    watch: &mut Watch<'_>,
) -> Result<Vec<FoundFile>, Refused> {
    watch.enter(Phase::ReadingBack, expected_bytes)?;
    let volume = first_volume(seen)?;
    let mounted = Mounted::attach(&volume, known(&volume)?, Access::Read)?;
    let folder = mounted.folder().join(format!("{WRITING}{number}"));
    if copying::is_open(&folder) {
        return Err(refused("medium.interrupted", number));
    }
    let found = copying::read(seen, &folder, watch)?;
    mounted.detach()?;
    Ok(found)
}

/// What the root of a disk holds.
#[derive(Default)]
struct Writings {
    holds: Holds,
    /// The highest number there is, finished or not.
    last: u32,
    /// Writings that came to no end, and of which plan as far as that can be read.
    open: Vec<(u32, Option<Sha256>)>,
    /// Everything that no dedicated disk holds.
    foreign: Vec<String>,
}

fn writings(root: &Path) -> Result<Writings, Refused> {
    let mut found = Writings::default();
    for name in copying::in_root(root)? {
        let number = name.strip_prefix(WRITING).and_then(|number| number.parse::<u32>().ok());
        let number = number.filter(|number| (1..=MEDIA_WRITINGS).contains(number));
        let Some(number) = number.filter(|number| format!("{WRITING}{number}") == name) else {
            found.foreign.push(name);
            continue;
        };
        let folder = root.join(&name);
        found.last = found.last.max(number);
        // Empty when the machine stopped between making it and the journal.
        if copying::is_open(&folder) || copying::in_root(&folder)?.is_empty() {
            let plan = copying::interrupted(&folder);
            found.open.push((number, plan));
            found.holds.interrupted = plan.or(found.holds.interrupted);
        } else {
            found.holds.writings.push(number);
            found.holds.seals.extend(seal(&folder, Some(number)));
        }
    }
    found.holds.writings.sort_unstable();
    Ok(found)
}

fn is_new(seen: &Seen) -> Result<bool, Refused> {
    for volume in seen.volumes() {
        match file_system(&volume)? {
            FileSystem::None => {}
            FileSystem::Known(_) => return Ok(false),
            FileSystem::Other(kind) => return Err(about("medium.holds_unknown", [kind])),
        }
    }
    Ok(true)
}

fn free_bytes(root: &Path) -> Result<u64, Refused> {
    let told = statvfs(root).map_err(|error| not_read(&error.into(), "."))?;
    Ok(told.f_bavail.saturating_mul(told.f_frsize))
}
