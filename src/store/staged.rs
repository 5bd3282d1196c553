//! Staging: bytes that are on the disk under their digest before the register commits to them, and get
//! their name after. What a kill leaves between the two is found again, because staging outlives the
//! process; `tam/` does not.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread;

use school::digest::Sha256;

use super::{Published, Scratch, Store, StoreRefusal, Tree, tree};

/// The folder of what waits for its name.
const STAGING: &str = "cho-cong-bo";
/// Most files that are flushed at the same time.
const FLUSHES_AT_ONCE: usize = 8;

/// A staged file that may not have reached the disk yet.
#[derive(Debug)]
pub struct Unsettled {
    digest: Sha256,
    file: File,
}

impl Unsettled {
    /// SHA-256 of the bytes that were staged.
    pub const fn digest(&self) -> Sha256 {
        self.digest
    }

    /// The open file, for whoever judges what lies there.
    pub const fn file(&self) -> &File {
        &self.file
    }
}

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

    /// Stages bytes of which nothing says yet that they are on the disk: [`Store::settle`] says so, for as
    /// many at once as were staged. Until then nothing may be committed to them. `digest` is theirs: whoever made
    /// them hashed them, and whoever judges them as they lie there does so again.
    ///
    /// Errors: as [`Store::publish`].
    pub fn stage_unsettled(&self, bytes: &[u8], digest: Sha256) -> Result<Unsettled, StoreRefusal> {
        let name = staged_name(&digest.to_string());
        let target = self.path(&name)?;
        self.make_folders_above(&name, &target)?;
        // Under its name from the first byte on: what a kill leaves of it has other bytes than its name says, and
        // counts as nothing.
        let made = OpenOptions::new().read(true).write(true).create_new(true).open(&target);
        let mut file = match made {
            Ok(file) => file,
            // An RSA signature made again in the same second has the same bytes.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                self.compare_file(&name, digest)?;
                let file = File::open(&target).map_err(StoreRefusal::at(&target))?;
                return Ok(Unsettled { digest, file });
            }
            Err(error) => return Err(StoreRefusal::at(&target)(error)),
        };
        let read_only = Permissions::from_mode(tree::FILE_MODE);
        if let Err(error) = file.write_all(bytes).and_then(|()| file.set_permissions(read_only)) {
            // What cannot be removed now is removed at the next start.
            let _ = fs::remove_file(&target);
            return Err(StoreRefusal::at(&target)(error));
        }
        Ok(Unsettled { digest, file })
    }

    /// Flushes a group of staged files and the folder they lie in; when this returns they are on the disk.
    /// Several are flushed at the same time: the disk takes them together, so that a group costs little more than
    /// one file.
    ///
    /// Errors: the file system refuses; then none of the group may be committed to.
    pub fn settle<'a>(&self, group: impl IntoIterator<Item = &'a Unsettled>) -> Result<(), StoreRefusal> {
        let folder = self.path(STAGING)?;
        let group: Vec<&Unsettled> = group.into_iter().collect();
        if group.is_empty() {
            return Ok(());
        }
        let flush = |part: &[&Unsettled]| part.iter().try_for_each(|one| one.file.sync_all());
        let mut parts = group.chunks(group.len().div_ceil(FLUSHES_AT_ONCE));
        let own = parts.next().unwrap_or_default();
        let flushed = thread::scope(|scope| {
            let others: Vec<_> = parts.map(|part| scope.spawn(move || flush(part))).collect();
            let gone = |_| io::Error::other("a flush panicked");
            others.into_iter().fold(flush(own), |all, one| all.and(one.join().map_err(gone).flatten()))
        });
        flushed.map_err(StoreRefusal::at(&folder))?;
        tree::flush(&folder)
    }

    /// Gives staged and settled bytes their name, after the register committed to them. The rename itself is
    /// not flushed: after a power cut the file lies under one of its two names, and the next start goes on.
    ///
    /// Errors: [`StoreRefusal::OtherBytes`], or the file system refuses.
    pub fn publish_settled(&self, digest: Sha256, name: &str) -> Result<(), StoreRefusal> {
        let (staged, target) = (self.path(&staged_name(&digest.to_string()))?, self.path(name)?);
        self.make_folders_above(name, &target)?;
        if self.rename(&staged, &target)? {
            return Ok(());
        }
        self.compare_file(name, digest).map(drop)
    }

    /// Digests of everything that is staged as a single file.
    pub fn staged(&self) -> Result<Vec<Sha256>, StoreRefusal> {
        let folder = self.path(STAGING)?;
        let files = if folder.is_dir() { tree::files(&folder)? } else { Vec::new() };
        Ok(files.iter().filter_map(|name| name.parse().ok()).collect())
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
        tree::settle_below(folder.path())?;
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
    fn a_group_is_settled_at_once_and_its_files_get_their_names() {
        let (home, store) = store();
        let group = [b"one".as_slice(), b"two", b"one"];
        let group = group.map(|bytes| store.stage_unsettled(bytes, Sha256::of(bytes)).expect("staged"));
        store.settle(&group).expect("settled");
        let mut staged = store.staged().expect("listed");
        staged.sort();
        let mut expected = vec![group[0].digest(), group[1].digest()];
        expected.sort();
        assert_eq!(staged, expected, "the same bytes again are the same file");
        store.publish_settled(group[0].digest(), "ho-so/x/01.pdf").expect("published");
        let refused = store.publish_settled(group[1].digest(), "ho-so/x/01.pdf").expect_err("taken");
        assert_eq!(refused.code(), "store.other_bytes");
        assert_eq!(store.read_verified("ho-so/x/01.pdf", Sha256::of(b"one")).expect("there"), b"one");
        assert_eq!(fs::read_dir(home.path().join("tam")).expect("the folder").count(), 0);
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
