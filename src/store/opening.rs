//! Opening the store and naming places in it.

use std::collections::BTreeMap;
use std::fs::{self, File, Permissions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::fs::{FlockOperation, flock};
use school::digest::{Prefix, Sha256};
use school::limits::STORED_FILE_SIZE_BYTES;

use super::measured::{self, Measured};
use super::uncached::Piece;
use super::{Scratch, StoreRefusal, tree};

/// Where everything is made before it gets its name.
const TEMPORARIES: &str = "tam";

/// An opened store. One process holds it at a time, because opening empties `tam/`: a second process would
/// take away what the first is making.
#[derive(Debug)]
pub struct Store {
    root: PathBuf,
    made: AtomicU64,
    /// The lock on `tam/` lives as long as this handle; the kernel drops it when the process is killed.
    lock: File,
}

impl Drop for Store {
    fn drop(&mut self) {
        // Closing is not enough: a child between fork and exec still holds the same lock.
        let _ = flock(&self.lock, FlockOperation::Unlock);
    }
}

impl Store {
    /// Opens the store in the folder `root`, makes it where it is not there yet, and removes what a killed
    /// run left half made.
    ///
    /// Errors: [`StoreRefusal::Busy`], or the file system refuses.
    pub fn open(root: &Path) -> Result<Self, StoreRefusal> {
        let temporaries = root.join(TEMPORARIES);
        fs::create_dir_all(&temporaries).map_err(StoreRefusal::at(&temporaries))?;
        let root = fs::canonicalize(root).map_err(StoreRefusal::at(root))?;
        let temporaries = root.join(TEMPORARIES);
        let lock = File::open(&temporaries).map_err(StoreRefusal::at(&temporaries))?;
        if flock(&lock, FlockOperation::NonBlockingLockExclusive).is_err() {
            return Err(StoreRefusal::Busy { root });
        }
        let only_ours = Permissions::from_mode(0o700);
        fs::set_permissions(&temporaries, only_ours).map_err(StoreRefusal::at(&temporaries))?;
        tree::empty(&temporaries)?;
        tree::flush(&root)?;
        Ok(Self { root, made: AtomicU64::new(0), lock })
    }

    /// The absolute path of a name in the store, whether or not something is there.
    ///
    /// Errors: [`StoreRefusal::Name`].
    pub fn path(&self, name: &str) -> Result<PathBuf, StoreRefusal> {
        let mut parts = Path::new(name).components();
        let plain = parts.clone().all(|part| matches!(part, Component::Normal(_)));
        let spelled = parts.clone().collect::<PathBuf>().as_os_str() == name;
        match parts.next() {
            Some(Component::Normal(first))
                if plain && spelled && first != TEMPORARIES && !name.contains('\0') =>
            {
                Ok(self.root.join(name))
            }
            _ => Err(StoreRefusal::Name { name: name.to_owned() }),
        }
    }

    /// The store's own folder, opened: who gets it can read below it and nowhere else.
    ///
    /// Errors: the file system refuses.
    pub fn folder(&self) -> Result<File, StoreRefusal> {
        File::open(&self.root).map_err(StoreRefusal::at(&self.root))
    }

    /// A new empty folder on the same file system, removed when it is dropped.
    pub fn scratch(&self) -> Result<Scratch, StoreRefusal> {
        Scratch::make(self.temporary())
    }

    /// Length of a published file.
    ///
    /// Errors: there is none, or the file system refuses.
    pub fn length(&self, name: &str) -> Result<u64, StoreRefusal> {
        let path = self.path(name)?;
        path.metadata().map(|file| file.len()).map_err(StoreRefusal::at(&path))
    }

    /// Length of every file below a published folder, by its name in it.
    ///
    /// Errors: links and devices, or the file system refuses.
    pub fn lengths(&self, name: &str) -> Result<BTreeMap<String, u64>, StoreRefusal> {
        let mut lengths = BTreeMap::new();
        tree::walk(&self.path(name)?, |name, path| {
            lengths.insert(name, path.metadata().map_err(StoreRefusal::at(path))?.len());
            Ok(())
        })?;
        Ok(lengths)
    }

    /// Digests and length of every file below a published folder, by its name in it; each is read once.
    ///
    /// Errors: as [`Store::lengths`].
    pub fn measure(&self, name: &str) -> Result<BTreeMap<String, Measured>, StoreRefusal> {
        tree::read_tree(&self.path(name)?)
    }

    /// The content of a published file, if it is still what was published.
    ///
    /// Errors: [`StoreRefusal::Missing`], [`StoreRefusal::Damaged`], [`StoreRefusal::NotAFile`],
    /// [`StoreRefusal::TooLarge`], or the file system refuses.
    pub fn read_verified(&self, name: &str, expected: Sha256) -> Result<Vec<u8>, StoreRefusal> {
        self.read_prefix(name, expected).map(|(bytes, _)| bytes)
    }

    /// As [`Self::read_verified`], for whoever appends to the content and hashes on.
    pub fn read_prefix(&self, name: &str, expected: Sha256) -> Result<(Vec<u8>, Prefix), StoreRefusal> {
        let bytes = self.read(name)?;
        let prefix = Prefix::of(&bytes);
        let found = prefix.digest();
        if found == expected {
            Ok((bytes, prefix))
        } else {
            Err(StoreRefusal::Damaged { name: name.to_owned(), expected, found })
        }
    }

    /// The content of a published file, whatever it is: for what no register names, as a signature beside
    /// what it signs, and for whoever hashes it in the same breath. Whoever uses it judges it.
    ///
    /// Errors: [`StoreRefusal::Missing`], [`StoreRefusal::NotAFile`], [`StoreRefusal::TooLarge`], or the file
    /// system refuses.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, StoreRefusal> {
        let (path, size_bytes) = self.file(name)?;
        if size_bytes > STORED_FILE_SIZE_BYTES {
            return Err(StoreRefusal::TooLarge { name: name.to_owned(), size_bytes });
        }
        // One more than there are: the end is met without growing.
        let mut bytes = Vec::with_capacity(usize::try_from(size_bytes).unwrap_or_default() + 1);
        let file = File::open(&path).map_err(StoreRefusal::at(&path))?;
        file.take(STORED_FILE_SIZE_BYTES + 1).read_to_end(&mut bytes).map_err(StoreRefusal::at(&path))?;
        Ok(bytes)
    }

    /// Both digests of a published file, whatever it is; as [`Self::read`], whoever asks judges them.
    ///
    /// Errors: [`StoreRefusal::Missing`], [`StoreRefusal::NotAFile`], or the file system refuses.
    pub fn measure_file(&self, name: &str, piece: &mut Piece) -> Result<Measured, StoreRefusal> {
        measured::measure(&self.file(name)?.0, piece)
    }

    /// Copies a published file into `to`, as `place`, and takes both digests as it goes by.
    ///
    /// Errors: as [`Self::measure_file`] and [`Scratch::write`].
    pub fn copy(
        &self,
        name: &str,
        (to, place): (&Scratch, &str),
        piece: &mut Piece,
    ) -> Result<Measured, StoreRefusal> {
        measured::copy(&self.file(name)?.0, &to.place(place)?, piece)
    }

    /// Path and length of a published file.
    fn file(&self, name: &str) -> Result<(PathBuf, u64), StoreRefusal> {
        let path = self.path(name)?;
        match fs::symlink_metadata(&path) {
            Ok(there) if there.is_file() => Ok((path, there.len())),
            Ok(_) => Err(StoreRefusal::NotAFile { path }),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err(StoreRefusal::Missing { name: name.to_owned() })
            }
            Err(error) => Err(StoreRefusal::at(&path)(error)),
        }
    }

    /// The root, for whoever walks up from a name.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// A path below `tam/` that was never used. The process id keeps it apart from a program that a killed
    /// run left behind and that still writes.
    pub(super) fn temporary(&self) -> PathBuf {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        self.root.join(TEMPORARIES).join(format!("{}-{number}", std::process::id()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_the_store_or_reach_the_temporaries() {
        let home = tempfile::tempdir().expect("a folder");
        let store = Store::open(home.path()).expect("a store");
        for wrong in ["", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", "./a", "tam", "tam/x", "a\0b"] {
            assert!(matches!(store.path(wrong), Err(StoreRefusal::Name { .. })), "{wrong:?}");
        }
        assert!(store.path("ho-so/2025-2026/x.pdf").is_ok());
    }

    #[test]
    fn opening_removes_what_a_killed_run_left() {
        let home = tempfile::tempdir().expect("a folder");
        let left = home.path().join("tam/99-0/deposit/data");
        fs::create_dir_all(&left).expect("folders");
        fs::write(left.join("half.pdf"), "%PDF").expect("a file");
        std::os::unix::fs::symlink("/", left.join("link")).expect("a link");
        fs::write(home.path().join("tam/99-1"), "half").expect("a file");
        fs::set_permissions(&left, Permissions::from_mode(0o555)).expect("read-only");
        Store::open(home.path()).expect("a store");
        assert_eq!(fs::read_dir(home.path().join("tam")).expect("the folder").count(), 0);
        assert!(Path::new("/etc").exists());
    }

    #[test]
    fn opening_outlasts_a_program_that_a_killed_run_left_writing() {
        let home = tempfile::tempdir().expect("a folder");
        let left = home.path().join("tam/99-0");
        fs::create_dir_all(&left).expect("folders");
        let writer = std::thread::spawn(move || {
            let end = std::time::Instant::now() + std::time::Duration::from_millis(500);
            for number in 0.. {
                let written = fs::create_dir(left.join(number.to_string()));
                if written.is_err() || std::time::Instant::now() > end {
                    break;
                }
            }
        });
        Store::open(home.path()).expect("a store");
        writer.join().expect("no panic");
        assert_eq!(fs::read_dir(home.path().join("tam")).expect("the folder").count(), 0);
    }

    #[test]
    fn a_second_process_is_refused_until_the_first_is_gone() {
        let home = tempfile::tempdir().expect("a folder");
        let first = Store::open(home.path()).expect("a store");
        let second = Store::open(home.path()).expect_err("in use");
        assert_eq!(second.code(), "store.busy");
        drop(first);
        Store::open(home.path()).expect("free again");
    }

    #[test]
    fn a_damaged_file_is_never_handed_out() {
        let home = tempfile::tempdir().expect("a folder");
        let store = Store::open(home.path()).expect("a store");
        store.publish("a/x.pdf", b"signed").expect("published");
        let expected = Sha256::of(b"signed");
        assert_eq!(store.read_verified("a/x.pdf", expected).expect("intact"), b"signed");
        let path = home.path().join("a/x.pdf");
        fs::set_permissions(&path, Permissions::from_mode(0o644)).expect("writable");
        fs::write(&path, "forged").expect("written");
        assert_eq!(store.read_verified("a/x.pdf", expected).expect_err("damaged").code(), "store.damaged");
        assert_eq!(store.read_verified("a/y.pdf", expected).expect_err("absent").code(), "store.missing");
        assert_eq!(store.read_verified("a", expected).expect_err("a folder").code(), "store.not_a_file");
    }
}
