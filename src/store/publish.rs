//! Giving finished bytes their name: flushed, read-only, and never in the place of something else.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use school::digest::Sha256;

#[cfg(test)]
use super::Scratch;
use super::{Store, StoreRefusal, tree};

/// A folder without this was published as a whole.
const OWNER_WRITES: u32 = 0o200;

/// Both are a success: the bytes are under their name and flushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// They are there since now.
    Now,
    /// The same bytes were there before.
    AlreadyThere,
}

impl Store {
    /// Publishes `bytes` as the file `name`, relative to the store, with the folders above it.
    ///
    /// Errors: [`StoreRefusal::OtherBytes`], [`StoreRefusal::NotAFile`], [`StoreRefusal::Name`],
    /// [`StoreRefusal::Closed`], [`StoreRefusal::Full`], or the file system refuses; then nothing was published by this call.
    pub fn publish(&self, name: &str, bytes: &[u8]) -> Result<Published, StoreRefusal> {
        let target = self.path(name)?;
        if target.symlink_metadata().is_ok() {
            return self.compare_file(name, Sha256::of(bytes));
        }
        let temporary = self.temporary();
        let written = OpenOptions::new().write(true).create_new(true).open(&temporary);
        let written =
            written.and_then(|mut file| file.write_all(bytes)).map_err(StoreRefusal::at(&temporary));
        let published = written.and_then(|()| self.publish_file(&temporary, name));
        // After a success the temporary is gone or not needed; after an error it only takes room.
        let _ = fs::remove_file(&temporary);
        published
    }

    /// Publishes a finished file from below `tam/`, for instance an image too large to be held in memory.
    ///
    /// Errors: as [`Store::publish`]. Where the same bytes were there before, `file` stays where it is.
    pub fn publish_file(&self, file: &Path, name: &str) -> Result<Published, StoreRefusal> {
        let target = self.path(name)?;
        tree::settle_file(file)?;
        self.make_folders_above(name, &target)?;
        if self.rename(file, &target)? {
            self.flush_above(&target)?;
            return Ok(Published::Now);
        }
        self.compare_file(name, tree::sha256_of_file(file)?)
    }

    /// Publishes a folder with everything in it, without a register between staging and name.
    #[cfg(test)]
    pub fn publish_folder(&self, folder: Scratch, name: &str) -> Result<Published, StoreRefusal> {
        let key = name.replace('/', "_");
        self.stage_folder(&folder, &key)?;
        self.publish_staged_folder(&key, name)
    }

    /// Renames without replacing; false when the name is taken.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<bool, StoreRefusal> {
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            Ok(()) => Ok(true),
            Err(Errno::EXIST) => Ok(false),
            Err(error) => Err(StoreRefusal::at(to)(error.into())),
        }
    }

    pub(super) fn compare_file(&self, name: &str, expected: Sha256) -> Result<Published, StoreRefusal> {
        let target = self.path(name)?;
        if !target.symlink_metadata().map_err(StoreRefusal::at(&target))?.is_file() {
            return Err(StoreRefusal::NotAFile { path: target });
        }
        if tree::sha256_of_file(&target)? != expected {
            return Err(StoreRefusal::OtherBytes { name: name.to_owned() });
        }
        // The run that published it may have been killed before it flushed.
        tree::settle_file(&target)?;
        self.flush_above(&target)?;
        Ok(Published::AlreadyThere)
    }

    /// Makes the folders that are missing, but never inside a folder that was published as a whole. The mode
    /// alone would not keep root from adding to it.
    pub(super) fn make_folders_above(&self, name: &str, target: &Path) -> Result<(), StoreRefusal> {
        let mut folders: Vec<&Path> =
            target.ancestors().skip(1).take_while(|folder| *folder != self.root()).collect();
        folders.reverse();
        folders.into_iter().try_for_each(|folder| match fs::create_dir(folder) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let there = folder.symlink_metadata().map_err(StoreRefusal::at(folder))?;
                if !there.is_dir() {
                    Err(StoreRefusal::NotAFile { path: folder.to_owned() })
                } else if there.permissions().mode() & OWNER_WRITES == 0 {
                    Err(StoreRefusal::Closed { name: name.to_owned() })
                } else {
                    Ok(())
                }
            }
            Err(error) => Err(StoreRefusal::at(folder)(error)),
        })
    }

    /// Flushes every folder from `target` up to the root: a folder made by a run that was killed may not
    /// have reached the disk, and a flushed file in a lost folder is lost.
    pub(super) fn flush_above(&self, target: &Path) -> Result<(), StoreRefusal> {
        let folders = target.ancestors().skip(1).take_while(|folder| folder.starts_with(self.root()));
        folders.into_iter().try_for_each(tree::flush)
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let home = tempfile::tempdir().expect("a folder");
        let store = Store::open(home.path()).expect("a store");
        (home, store)
    }

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("there").permissions().mode() & 0o777
    }

    fn temporaries(home: &Path) -> usize {
        fs::read_dir(home.join("tam")).expect("the folder").count()
    }

    fn deposit(store: &Store, last: &[u8]) -> Scratch {
        let scratch = store.scratch().expect("a folder");
        scratch.write("bagit.txt", b"BagIt-Version: 1.0\n").expect("written");
        scratch.write("data/ho-so/a.pdf", b"%PDF").expect("written");
        scratch.write("niem-phong/niem-phong.txt", last).expect("written");
        scratch
    }

    #[test]
    fn a_published_file_is_read_only_and_keeps_its_bytes() {
        let (home, store) = store();
        assert_eq!(store.publish("ho-so/x/1.pdf", b"one").expect("published"), Published::Now);
        assert_eq!(store.publish("ho-so/x/1.pdf", b"one").expect("the same"), Published::AlreadyThere);
        let refused = store.publish("ho-so/x/1.pdf", b"two").expect_err("other bytes");
        assert_eq!(refused.code(), "store.other_bytes");
        let path = home.path().join("ho-so/x/1.pdf");
        assert_eq!(fs::read(&path).expect("there"), b"one");
        assert_eq!(mode(&path), 0o444);
        assert_eq!(temporaries(home.path()), 0);
    }

    #[test]
    fn a_link_or_folder_in_the_place_of_a_file_is_not_written_through() {
        let (home, store) = store();
        let outside = home.path().join("outside");
        fs::write(&outside, "mine").expect("written");
        symlink(&outside, home.path().join("link.pdf")).expect("a link");
        symlink("nowhere", home.path().join("dangling.pdf")).expect("a link");
        fs::create_dir(home.path().join("folder.pdf")).expect("a folder");
        for name in ["link.pdf", "dangling.pdf", "folder.pdf"] {
            assert_eq!(store.publish(name, b"mine").expect_err(name).code(), "store.not_a_file");
        }
        assert_eq!(fs::read(outside).expect("there"), b"mine");
    }

    #[test]
    fn of_publishers_at_the_same_moment_one_wins_and_none_overwrites() {
        let (home, store) = store();
        for round in 0..20 {
            let name = format!("race/{round}");
            let outcomes: Vec<_> = std::thread::scope(|scope| {
                let publish = |bytes: &'static [u8]| {
                    let (store, name) = (&store, &name);
                    scope.spawn(move || (bytes, store.publish(name, bytes)))
                };
                let running = [publish(b"one"), publish(b"two"), publish(b"one"), publish(b"two")];
                running.into_iter().map(|one| one.join().expect("no panic")).collect()
            });
            let there = fs::read(home.path().join(&name)).expect("there");
            let now = outcomes.iter().filter(|(_, outcome)| matches!(outcome, Ok(Published::Now))).count();
            assert_eq!(now, 1);
            for (bytes, outcome) in outcomes {
                assert_eq!(outcome.is_ok(), bytes == there, "{outcome:?}");
            }
        }
        assert_eq!(temporaries(home.path()), 0);
    }

    #[test]
    fn a_published_folder_is_read_only_throughout() {
        let (home, store) = store();
        let published = store.publish_folder(deposit(&store, b"seal"), "kho/0001").expect("published");
        assert_eq!(published, Published::Now);
        let place = home.path().join("kho/0001");
        for name in ["bagit.txt", "data/ho-so/a.pdf", "niem-phong/niem-phong.txt"] {
            assert_eq!(mode(&place.join(name)), 0o444, "{name}");
        }
        for name in ["", "data", "data/ho-so", "niem-phong"] {
            assert_eq!(mode(&place.join(name)), 0o555, "{name}");
        }
        assert_eq!(temporaries(home.path()), 0);
    }

    #[test]
    fn a_published_folder_is_never_replaced_or_added_to() {
        let (home, store) = store();
        store.publish_folder(deposit(&store, b"seal"), "kho/0001").expect("published");
        let again = store.publish_folder(deposit(&store, b"seal"), "kho/0001").expect("the same");
        assert_eq!(again, Published::AlreadyThere);

        let refused = store.publish_folder(deposit(&store, b"other"), "kho/0001").expect_err("other bytes");
        let StoreRefusal::OtherBytes { name } = refused else { panic!("{refused}") };
        assert_eq!(name, "kho/0001/niem-phong/niem-phong.txt");

        let more = deposit(&store, b"seal");
        more.write("them.txt", b"").expect("written");
        let refused = store.publish_folder(more, "kho/0001").expect_err("one more file");
        assert_eq!(refused.code(), "store.other_bytes");
        assert!(!home.path().join("kho/0001/them.txt").exists());

        let less = store.scratch().expect("a folder");
        let refused = store.publish_folder(less, "kho/0001").expect_err("fewer files");
        assert_eq!(refused.code(), "store.other_bytes");
        assert_eq!(temporaries(home.path()), 0);
    }

    #[test]
    fn nothing_is_added_to_a_published_folder_even_by_root() {
        let (home, store) = store();
        store.publish_folder(deposit(&store, b"seal"), "kho/0001").expect("published");
        for name in ["kho/0001/more.txt", "kho/0001/data/ho-so/more.pdf", "kho/0001/new/more.txt"] {
            assert_eq!(store.publish(name, b"more").expect_err(name).code(), "store.closed");
            assert!(!home.path().join(name).exists());
        }
        assert_eq!(store.publish("kho/0001/bagit.txt/x", b"").expect_err("a file").code(), "store.closed");
        assert_eq!(
            store.publish("kho/0001/bagit.txt", b"BagIt-Version: 1.0\n").expect("the same"),
            Published::AlreadyThere
        );
        store.publish("kho/0002.txt", b"beside").expect("published");
    }

    #[test]
    fn a_folder_whose_run_was_killed_after_the_rename_is_settled_by_the_next() {
        let (home, store) = store();
        store.publish_folder(deposit(&store, b"seal"), "kho/0001").expect("published");
        let place = home.path().join("kho/0001");
        fs::set_permissions(&place, fs::Permissions::from_mode(0o755)).expect("as after the rename");
        store.publish_folder(deposit(&store, b"seal"), "kho/0001").expect("the same");
        assert_eq!(mode(&place), 0o555);
    }

    #[test]
    fn a_folder_with_a_link_in_it_is_not_published() {
        let (home, store) = store();
        let scratch = deposit(&store, b"seal");
        symlink("/etc/passwd", scratch.path().join("data/x")).expect("a link");
        let refused = store.publish_folder(scratch, "kho/0001").expect_err("a link");
        assert_eq!(refused.code(), "store.not_a_file");
        assert!(!home.path().join("kho").exists());
    }
}
