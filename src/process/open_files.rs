//! Folders and images as the reader sees them: by an open descriptor that the core chose, never by a
//! path. Inside a folder every step is opened without following links, so that a deposit cannot
//! point the judge at other files of the server.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::fs::{FileExt, FileTypeExt};

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags};
use school::limits::{FOLDER_DEPTH, FOLDER_FILES};
use verification::files::{Files, ReadAt};

const PIECE_SIZE_BYTES: usize = 256 * 1024;

/// A folder.
pub struct OpenFolder {
    root: OwnedFd,
}

impl OpenFolder {
    /// Takes over the descriptor of a directory.
    ///
    /// Errors: `InvalidData` when it is something else.
    pub fn new(root: OwnedFd) -> io::Result<Self> {
        match file_type(&root)? {
            FileType::Directory => Ok(Self { root }),
            _ => Err(refused("not a folder")),
        }
    }

    fn open(&self, name: &str) -> io::Result<File> {
        let mut steps = name.split('/').collect::<Vec<_>>();
        if steps.iter().any(|step| matches!(*step, "" | "." | "..")) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a name inside the folder"));
        }
        let last = steps.pop().unwrap_or_default();
        let mut folder = None::<OwnedFd>;
        for step in steps {
            let above = folder.as_ref().map_or(self.root.as_fd(), AsFd::as_fd);
            folder = Some(open_at(above, step, OFlags::DIRECTORY)?);
        }
        let above = folder.as_ref().map_or(self.root.as_fd(), AsFd::as_fd);
        // NONBLOCK: opening a pipe that was slipped in must not wait for its other end.
        let file = open_at(above, last, OFlags::NONBLOCK | OFlags::NOCTTY)?;
        match file_type(&file)? {
            FileType::RegularFile => Ok(File::from(file)),
            _ => Err(refused("not a file")),
        }
    }
}

impl Files for OpenFolder {
    fn list(&self) -> io::Result<Vec<(String, u64)>> {
        let mut found = Vec::new();
        walk(self.root.as_fd(), "", FOLDER_DEPTH, &mut found)?;
        found.sort();
        Ok(found)
    }

    fn read(&self, name: &str, limit_bytes: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        // One byte more than allowed tells a file that is too large from one that just fits.
        self.open(name)?.take(limit_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit_bytes { Err(refused("file is too large")) } else { Ok(bytes) }
    }

    fn stream(&self, name: &str, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let mut file = self.open(name)?;
        let mut piece = vec![0; PIECE_SIZE_BYTES];
        loop {
            match file.read(&mut piece) {
                Ok(0) => return Ok(()),
                Ok(read) => each(&piece[..read]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn walk(
    folder: BorrowedFd<'_>,
    prefix: &str,
    depth_left: usize,
    found: &mut Vec<(String, u64)>,
) -> io::Result<()> {
    let Some(depth_left) = depth_left.checked_sub(1) else {
        return Err(refused("folders are nested too deep"));
    };
    let before = found.len();
    for entry in Dir::read_from(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_str().map_err(|_| refused("a name is not UTF-8"))?;
        if matches!(name, "." | "..") {
            continue;
        }
        let path = format!("{prefix}{name}");
        let stat = rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
        match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile if found.len() == FOLDER_FILES => return Err(refused("too many files")),
            FileType::RegularFile => found.push((path, u64::try_from(stat.st_size).unwrap_or_default())),
            FileType::Directory => {
                let inner = open_at(folder, name, OFlags::DIRECTORY)?;
                walk(inner.as_fd(), &format!("{path}/"), depth_left, found)?;
            }
            _ => return Err(refused("a link or device lies in the folder")),
        }
    }
    // BagIt manifests cannot name a folder that holds nothing, so the judge has to see it.
    if found.len() == before && !prefix.is_empty() {
        found.push((prefix.to_owned(), 0));
    }
    Ok(())
}

fn open_at(folder: BorrowedFd<'_>, name: &str, more: OFlags) -> io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | more;
    Ok(rustix::fs::openat(folder, name, flags, Mode::empty())?)
}

fn file_type(file: &OwnedFd) -> io::Result<FileType> {
    Ok(FileType::from_raw_mode(rustix::fs::fstat(file)?.st_mode))
}

fn refused(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// A file or drive that is read at offsets.
pub struct OpenFile {
    file: File,
    size_bytes: u64,
}

impl OpenFile {
    /// Takes over the descriptor of a regular file or block device.
    ///
    /// Errors: `InvalidData` when it is something else.
    pub fn new(file: OwnedFd) -> io::Result<Self> {
        let file = File::from(file);
        let kind = file.metadata()?.file_type();
        if !kind.is_file() && !kind.is_block_device() {
            return Err(refused("neither a file nor a drive"));
        }
        // The end and not the metadata: a drive has no length there.
        let size_bytes = rustix::fs::seek(&file, rustix::fs::SeekFrom::End(0))?;
        Ok(Self { file, size_bytes })
    }

    /// The whole content.
    ///
    /// Errors: `InvalidData` when longer than `limit_bytes`.
    pub fn read_whole(&self, limit_bytes: u64) -> io::Result<Vec<u8>> {
        if self.size_bytes > limit_bytes {
            return Err(refused("file is too large"));
        }
        let size = usize::try_from(self.size_bytes).map_err(|_| refused("file is too large"))?;
        let mut bytes = vec![0; size];
        self.file.read_exact_at(&mut bytes, 0)?;
        Ok(bytes)
    }
}

impl ReadAt for OpenFile {
    fn len(&self) -> u64 {
        self.size_bytes
    }

    fn read_exact_at(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<()> {
        self.file.read_exact_at(buffer, offset_bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use super::*;

    fn folder(path: &Path) -> OpenFolder {
        OpenFolder::new(File::open(path).expect("opens").into()).expect("a folder")
    }

    #[test]
    fn files_are_listed_by_name_with_length_and_read_within_the_limit() {
        let place = tempfile::tempdir().expect("folder");
        fs::create_dir(place.path().join("data")).expect("folder");
        fs::write(place.path().join("data/b"), b"four").expect("file");
        fs::write(place.path().join("a"), b"").expect("file");
        let folder = folder(place.path());
        assert_eq!(folder.list().expect("a list"), [("a".into(), 0), ("data/b".into(), 4)]);
        assert_eq!(folder.read("data/b", 4).expect("fits"), b"four");
        assert_eq!(folder.read("data/b", 3).map_err(|e| e.kind()), Err(io::ErrorKind::InvalidData));
        let mut streamed = Vec::new();
        folder.stream("data/b", &mut |piece| streamed.extend_from_slice(piece)).expect("streams");
        assert_eq!(streamed, b"four");
    }

    #[test]
    fn a_folder_that_holds_nothing_is_listed_with_a_slash() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("data/trong")).expect("folders");
        std::fs::write(folder.path().join("data/a.txt"), "a").expect("a file");
        let open = OpenFolder::new(File::open(folder.path()).expect("open").into()).expect("a folder");
        let listed = open.list().expect("a list");
        assert_eq!(listed, [("data/a.txt".to_owned(), 1), ("data/trong/".to_owned(), 0)]);
    }

    #[test]
    fn a_link_is_refused_as_entry_as_file_and_as_folder_on_the_way() {
        let place = tempfile::tempdir().expect("folder");
        let secret = tempfile::tempdir().expect("folder");
        fs::write(secret.path().join("key"), b"secret").expect("file");
        symlink(secret.path().join("key"), place.path().join("file")).expect("link");
        symlink(secret.path(), place.path().join("way")).expect("link");
        let folder = folder(place.path());
        assert!(folder.list().is_err());
        assert!(folder.read("file", 100).is_err());
        assert!(folder.read("way/key", 100).is_err());
    }

    #[test]
    fn a_name_cannot_leave_the_folder_and_a_pipe_cannot_hold_the_reader() {
        let place = tempfile::tempdir().expect("folder");
        fs::create_dir(place.path().join("inner")).expect("folder");
        fs::write(place.path().join("outside"), b"x").expect("file");
        rustix::fs::mkfifoat(rustix::fs::CWD, place.path().join("inner/pipe"), Mode::RUSR).expect("pipe");
        let folder = folder(&place.path().join("inner"));
        for name in ["../outside", "/etc/passwd", "", ".", "a//b", "pipe"] {
            assert!(folder.read(name, 100).is_err(), "{name}");
        }
        assert!(folder.list().is_err());
    }

    #[test]
    fn an_image_knows_its_length_and_never_reads_beyond_it() {
        let place = tempfile::tempdir().expect("folder");
        fs::write(place.path().join("image"), b"0123456789").expect("file");
        let file =
            OpenFile::new(File::open(place.path().join("image")).expect("opens").into()).expect("a file");
        let mut buffer = [0; 3];
        assert_eq!(file.len(), 10);
        file.read_exact_at(&mut buffer, 7).expect("the last three");
        assert_eq!(&buffer, b"789");
        assert!(file.read_exact_at(&mut buffer, 8).is_err());
        assert!(file.read_exact_at(&mut buffer, u64::MAX).is_err());
        assert!(OpenFile::new(File::open(place.path()).expect("opens").into()).is_err());
    }
}
