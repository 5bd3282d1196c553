//! Staging: bytes that are on the disk under their digest before the register commits to them, and get
//! their name after. What a kill leaves between the two is found again, because staging outlives the
//! process; `tam/` does not.

use std::fs;
use std::path::{Path, PathBuf};

use school::digest::Sha256;

use super::{Published, Scratch, Store, StoreRefusal, Tree, tree};

/// The folder of what waits for its name.
const STAGING: &str = "cho-cong-bo";

fn staged_name(key: &str) -> String {
    format!("{STAGING}/{key}")
}

impl Store {
    /// Stages `bytes` under their digest.
    ///
    /// Errors: as [`Store::publish`].
    pub fn stage(&self, bytes: &[u8]) -> Result<Sha256, StoreRefusal> {
        let digest = Sha256::of(bytes);
        self.publish(&staged_name(&digest.to_string()), bytes)?;
        Ok(digest)
    }

    /// Stages a finished file from a scratch folder under its digest.
    ///
    /// Errors: as [`Store::publish_file`].
    pub fn stage_file(&self, file: &Path) -> Result<Sha256, StoreRefusal> {
        let digest = tree::sha256_of_file(file)?;
        self.publish_file(file, &staged_name(&digest.to_string()))?;
        Ok(digest)
    }

    /// Throws away staged bytes that nothing was committed to.
    pub fn discard_staged(&self, digest: Sha256) {
        // What cannot be removed now is removed at the next start.
        let _ = self.path(&staged_name(&digest.to_string())).map(fs::remove_file);
    }

    /// Whether `name` is free for the bytes of this digest: nothing is there, or they are.
    ///
    /// Errors: [`StoreRefusal::OtherBytes`], [`StoreRefusal::NotAFile`], or the file system refuses.
    pub fn check_free(&self, digest: Sha256, name: &str) -> Result<(), StoreRefusal> {
        match self.path(name)?.symlink_metadata() {
            Ok(_) => self.compare_file(name, digest).map(drop),
            Err(_) => Ok(()),
        }
    }

    /// Reads staged bytes back from the disk.
    ///
    /// Errors: as [`Store::read_verified`].
    pub fn read_staged(&self, digest: Sha256) -> Result<Vec<u8>, StoreRefusal> {
        self.read_verified(&staged_name(&digest.to_string()), digest)
    }

    /// Gives staged bytes their name. Doing it again is a success.
    ///
    /// Errors: [`StoreRefusal::Missing`] when they are neither published nor staged; as
    /// [`Store::publish_file`].
    pub fn publish_staged(&self, digest: Sha256, name: &str) -> Result<(), StoreRefusal> {
        let staged = self.path(&staged_name(&digest.to_string()))?;
        if staged.symlink_metadata().is_ok() {
            return self.publish_file(&staged, name).map(drop);
        }
        let published = self.path(name)?;
        if tree::is_file(&published) { Ok(()) } else { Err(StoreRefusal::Missing { name: name.to_owned() }) }
    }

    /// Stages a whole folder under `key`; a folder of the same key from an earlier attempt, which nothing
    /// ever committed to, is replaced.
    pub fn stage_folder(&self, folder: &Scratch, key: &str) -> Result<(), StoreRefusal> {
        let target = self.path(&staged_name(key))?;
        if target.symlink_metadata().is_ok() {
            tree::remove(&target)?;
        }
        Tree::read(folder.path())?.settle(folder.path())?;
        self.make_folders_above(&staged_name(key), &target)?;
        self.rename(folder.path(), &target)?;
        self.flush_above(&target)
    }

    /// Where staged bytes lie, to be judged before they are committed to.
    pub fn staged_file(&self, digest: Sha256) -> Result<PathBuf, StoreRefusal> {
        self.path(&staged_name(&digest.to_string()))
    }

    /// Where a staged folder lies, to be judged before it is committed to.
    pub fn staged_folder(&self, key: &str) -> Result<PathBuf, StoreRefusal> {
        self.path(&staged_name(key))
    }

    /// Gives a staged folder its name, everything in it at once: seen from outside it is there whole or
    /// not at all. Doing it again is a success.
    ///
    /// Errors: [`StoreRefusal::Missing`] when it is neither published nor staged;
    /// [`StoreRefusal::OtherBytes`] names the first file that differs from what has the name already.
    pub fn publish_staged_folder(&self, key: &str, name: &str) -> Result<Published, StoreRefusal> {
        let (staged, target) = (self.path(&staged_name(key))?, self.path(name)?);
        let mut published = Published::AlreadyThere;
        if staged.symlink_metadata().is_ok() {
            self.make_folders_above(name, &target)?;
            if self.rename(&staged, &target)? {
                published = Published::Now;
            } else if !target.is_dir() {
                return Err(StoreRefusal::NotAFile { path: target });
            } else if let Some(other) = Tree::read(&target)?.first_difference(&Tree::read(&staged)?) {
                return Err(StoreRefusal::OtherBytes { name: format!("{name}/{other}") });
            } else {
                tree::remove(&staged)?;
            }
        } else if !target.is_dir() {
            return Err(StoreRefusal::Missing { name: name.to_owned() });
        }
        // Also where it was there before: that run may have been killed right after the rename.
        tree::settle_folder(&target)?;
        self.flush_above(&target)?;
        Ok(published)
    }

    /// Removes what was staged and never committed to. Only for a start, after everything that the
    /// register knows was published.
    pub fn empty_staging(&self) -> Result<(), StoreRefusal> {
        let folder = self.path(STAGING)?;
        if folder.is_dir() { tree::empty(&folder) } else { Ok(()) }
    }

    /// True when a file was published under `name`.
    pub fn has(&self, name: &str) -> bool {
        self.path(name).is_ok_and(|path| tree::is_file(&path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, Store) {
        let home = tempfile::tempdir().expect("a folder");
        let store = Store::open(home.path()).expect("a store");
        (home, store)
    }

    #[test]
    fn staged_bytes_get_their_name_also_after_a_restart() {
        let (home, store) = store();
        let digest = store.stage(b"signed").expect("staged");
        drop(store);
        let store = Store::open(home.path()).expect("a store");
        assert_eq!(store.read_staged(digest).expect("read back"), b"signed");
        for _again in 0..2 {
            store.publish_staged(digest, "ho-so/x/01.pdf").expect("published");
        }
        assert_eq!(store.read_verified("ho-so/x/01.pdf", digest).expect("there"), b"signed");
    }

    #[test]
    fn what_is_neither_staged_nor_published_is_missed_aloud() {
        let (_home, store) = store();
        let refused = store.publish_staged(Sha256::of(b"lost"), "ho-so/x/01.pdf").expect_err("lost");
        assert_eq!(refused.code(), "store.missing");
    }

    #[test]
    fn what_is_thrown_away_cannot_be_published_and_a_taken_name_is_seen_before_it_is_committed_to() {
        let (_home, store) = store();
        let digest = store.stage(b"unproven").expect("staged");
        store.discard_staged(digest);
        assert_eq!(store.publish_staged(digest, "x.pdf").expect_err("gone").code(), "store.missing");
        store.check_free(digest, "x.pdf").expect("nothing is there");
        store.publish("x.pdf", b"first").expect("published");
        store.check_free(Sha256::of(b"first"), "x.pdf").expect("the same bytes are there");
        assert_eq!(store.check_free(digest, "x.pdf").expect_err("taken").code(), "store.other_bytes");
    }

    #[test]
    fn staged_bytes_never_replace_published_ones() {
        let (_home, store) = store();
        store.publish("ho-so/x/01.pdf", b"first").expect("published");
        let digest = store.stage(b"second").expect("staged");
        let refused = store.publish_staged(digest, "ho-so/x/01.pdf").expect_err("other bytes");
        assert_eq!(refused.code(), "store.other_bytes");
    }

    #[test]
    fn a_staged_folder_is_replaced_until_it_is_published_and_never_after() {
        let (_home, store) = store();
        for content in [b"one".as_slice(), b"two"] {
            let scratch = store.scratch().expect("a folder");
            scratch.write("data/a.txt", content).expect("written");
            store.stage_folder(&scratch, "D").expect("staged");
        }
        store.publish_staged_folder("D", "luu-tru/D").expect("published");
        store.publish_staged_folder("D", "luu-tru/D").expect("published before");
        let digest = Sha256::of(b"two");
        assert_eq!(store.read_verified("luu-tru/D/data/a.txt", digest).expect("there"), b"two");
        let scratch = store.scratch().expect("a folder");
        store.stage_folder(&scratch, "D").expect("staged");
        assert_eq!(
            store.publish_staged_folder("D", "luu-tru/D").expect_err("taken").code(),
            "store.other_bytes"
        );
    }
}
