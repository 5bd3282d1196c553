//! File systems of sticks and disks: which one is there, mounted for as long as it is looked at or written.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::mount::{MountFlags, UnmountFlags, mount, unmount};
use school::records::media_frame::Refused;

use super::refusing::refused;
use super::tool::{BLKID, BLOCKDEV, Tool};

/// What a device is formatted with, as blkid(8) calls it, and as the kernel does.
const KNOWN: [(&str, &str); 8] = [
    ("udf", "udf"),
    ("vfat", "vfat"),
    ("exfat", "exfat"),
    ("ntfs", "ntfs3"),
    ("iso9660", "iso9660"),
    ("ext4", "ext4"),
    ("ext3", "ext4"),
    ("ext2", "ext4"),
];

/// What was found on a volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum FileSystem {
    /// Nothing that anybody knows: never formatted.
    None,
    /// One that the kernel can show.
    Known(&'static str),
    /// Something that cannot be looked into, and so may hold files.
    Other(String),
}

/// Looks for a file system, past every cache of earlier looks.
pub(super) fn file_system(volume: &Path) -> Result<FileSystem, Refused> {
    let arguments = ["-p".as_ref(), "-o".as_ref(), "export".as_ref(), volume.as_os_str()];
    let (status, said) = BLKID.run(&arguments)?;
    let value = |key: &str| said.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    match (value("TYPE"), value("PTTYPE"), status.code()) {
        (Some(kind), _, _) => {
            let known = KNOWN.iter().find(|(name, _)| *name == kind);
            Ok(known.map_or_else(|| FileSystem::Other(kind.to_owned()), |(_, name)| FileSystem::Known(name)))
        }
        // A table without partitions.
        (None, Some(_), _) | (None, None, Some(2)) => Ok(FileSystem::None),
        (None, None, _) => Err(refused("medium.read_error", said.trim())),
    }
}

/// May it be written?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Only looked at.
    Read,
    /// Written.
    Write,
}

/// A mounted volume. Dropping it unmounts, whatever went wrong; [`Self::detach`] says whether that worked.
pub(super) struct Mounted {
    folder: PathBuf,
    attached: bool,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

impl Mounted {
    /// Mounts a volume in a folder of its own that nobody else may enter.
    pub(super) fn attach(volume: &Path, kind: &str, access: Access) -> Result<Self, Refused> {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("niemphong-media-{}-{number}", std::process::id()));
        fs::create_dir(&folder).map_err(|error| refused("medium.no_permission", error))?;
        let mut flags = MountFlags::NODEV | MountFlags::NOSUID | MountFlags::NOEXEC;
        if access == Access::Read {
            flags |= MountFlags::RDONLY;
        }
        let mut mounted = Self { folder, attached: false };
        mount(volume, &mounted.folder, kind, flags, None::<&std::ffi::CStr>).map_err(
            |error| match error {
                rustix::io::Errno::PERM => refused("medium.no_permission", "mount"),
                rustix::io::Errno::ROFS | rustix::io::Errno::ACCESS => {
                    refused("medium.write_protected", error)
                }
                rustix::io::Errno::NODEV => refused("medium.holds_unknown", format!("{kind}: {error}")),
                _ => refused("medium.read_error", format!("{kind}: {error}")),
            },
        )?;
        mounted.attached = true;
        Ok(mounted)
    }

    /// Where it is seen.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Unmounts: the kernel forgets what it kept of the volume, so that the next look reads the medium itself.
    pub(super) fn detach(mut self) -> Result<(), Refused> {
        self.release().map_err(|error| refused("medium.write_error", format!("unmount: {error}")))
    }

    fn release(&mut self) -> rustix::io::Result<()> {
        if std::mem::take(&mut self.attached) {
            unmount(&self.folder, UnmountFlags::empty())?;
        }
        // An empty folder that stays behind harms nobody.
        let _ = fs::remove_dir(&self.folder);
        Ok(())
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Err(error) = self.release() {
            tracing::warn!(%error, "a medium could not be unmounted");
        }
    }
}

/// Formats the whole device, which was found to hold nothing, and has the kernel forget its partitions.
pub(super) fn format(tool: Tool, arguments: &[&str], device: &Path) -> Result<(), Refused> {
    let mut all: Vec<&std::ffi::OsStr> = arguments.iter().map(|argument| (*argument).as_ref()).collect();
    all.push(device.as_os_str());
    tool.must(&all)?;
    // Fails while a partition is mounted, and then formatting failed before.
    BLOCKDEV.must(&["--rereadpt".as_ref(), device.as_os_str()])?;
    Ok(())
}
