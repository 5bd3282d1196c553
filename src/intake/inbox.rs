//! One scan of the inbox, and where its files go. Nothing is ever deleted.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use rustix::fs::{CWD, Mode, OFlags, RenameFlags, renameat_with};
use school::digest::Sha256;
use school::limits;

/// Folder for files that were taken.
const TAKEN: &str = "da-nhan";
/// Folder for files that were refused.
const REFUSED: &str = "loi";
/// Longest name that is put away uncut; file systems end at 255 bytes.
const NAME_SIZE_BYTES: usize = 240;
/// What is left of the stem of a longer one.
const STEM_SIZE_BYTES: usize = 180;
/// An extension longer than this is none.
const EXTENSION_SIZE_BYTES: usize = 40;
/// Most names tried when a file of the same name lies in the folder already.
const NAMES_TRIED: u32 = 10_000;

/// The inbox could not be read, or a file could not be moved.
#[derive(Debug, thiserror::Error)]
#[error("inbox {path:?} cannot be used")]
pub struct InboxFault {
    path: PathBuf,
    #[source]
    source: io::Error,
}

/// A file that nobody writes to any more.
#[derive(Debug)]
pub struct Settled {
    /// Its name in the inbox.
    pub name: OsString,
    /// Its bytes; `None` when it is larger than an export may be.
    pub bytes: Option<Vec<u8>>,
}

/// How a file looked in the last scan.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Look {
    len: u64,
    modified: Option<SystemTime>,
}

/// The inbox folder with `da-nhan/` and `loi/` beside the files.
#[derive(Debug)]
pub struct Inbox {
    folder: PathBuf,
    settle: Duration,
    seen: BTreeMap<OsString, (Look, Instant)>,
}

impl Inbox {
    /// Opens the inbox, making its folders. A file has settled when size and modification time stay
    /// the same for `settle`.
    pub fn open(folder: &Path, settle: Duration) -> Result<Self, InboxFault> {
        for inner in [TAKEN, REFUSED] {
            let path = folder.join(inner);
            fs::create_dir_all(&path).map_err(|source| InboxFault { path, source })?;
        }
        Ok(Self { folder: folder.to_owned(), settle, seen: BTreeMap::new() })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// True while a file was seen that is not put away yet.
    pub fn is_waiting(&self) -> bool {
        !self.seen.is_empty()
    }

    /// Looks at every file and returns those that have settled, by name, at most
    /// [`limits::INBOX_FILES_AT_ONCE`].
    ///
    /// Hidden files, `~` locks and `.tmp`, `.part`, `.crdownload` are never taken: programs write
    /// them and rename them when they are done.
    pub fn scan(&mut self, now: Instant) -> Result<Vec<Settled>, InboxFault> {
        let mut seen = BTreeMap::new();
        let mut settled = Vec::new();
        let fault = |source| InboxFault { path: self.folder.clone(), source };
        for entry in fs::read_dir(&self.folder).map_err(fault)? {
            let entry = entry.map_err(fault)?;
            let name = entry.file_name();
            // A link could name any file of the server.
            let Ok(metadata) = entry.metadata() else { continue };
            if !metadata.is_file() || is_unfinished(&name) {
                continue;
            }
            let look = Look { len: metadata.len(), modified: metadata.modified().ok() };
            let since = match self.seen.get(&name) {
                Some((before, since)) if *before == look => *since,
                _ => now,
            };
            if settled.len() < limits::INBOX_FILES_AT_ONCE
                && now.duration_since(since) >= self.settle
                && let Some(file) = self.read_settled(&name, &look)
            {
                settled.push(file);
            }
            seen.insert(name, (look, since));
        }
        self.seen = seen;
        settled.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(settled)
    }

    /// Reads a file twice: two equal readings with an unchanged look are what "settled" means. A file
    /// that cannot be opened is left for the next scan.
    fn read_settled(&self, name: &OsString, look: &Look) -> Option<Settled> {
        if look.len > limits::EXPORT_SIZE_BYTES {
            return Some(Settled { name: name.clone(), bytes: None });
        }
        let path = self.folder.join(name);
        let read = || -> io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            // What was a file when it was looked at may be a link or a pipe by now.
            let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let file = File::from(rustix::fs::open(&path, flags, Mode::empty())?);
            file.take(limits::EXPORT_SIZE_BYTES + 1).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        let (first, second) = (read().ok()?, read().ok()?);
        let same = Sha256::of(&first) == Sha256::of(&second) && first.len() as u64 == look.len;
        same.then(|| Settled { name: name.clone(), bytes: Some(first) })
    }

    /// Moves a taken file to `da-nhan/`, with a note beside it where there is something to say.
    pub fn taken(&mut self, name: &OsString, note: Option<&str>) -> Result<(), InboxFault> {
        self.put_away(name, TAKEN, note)
    }

    /// Moves a refused file to `loi/` with the note that says what is wrong and what to do.
    pub fn refused(&mut self, name: &OsString, note: &str) -> Result<(), InboxFault> {
        self.put_away(name, REFUSED, Some(note))
    }

    /// Never overwrites: where the name is used already, `-2`, `-3` and so on are tried.
    fn put_away(&mut self, name: &OsString, folder: &str, note: Option<&str>) -> Result<(), InboxFault> {
        let from = self.folder.join(name);
        let target = self.folder.join(folder);
        let fault = |source| InboxFault { path: from.clone(), source };
        for attempt in 1..=NAMES_TRIED {
            let to = target.join(numbered(name, attempt));
            if to.symlink_metadata().is_ok() {
                continue;
            }
            // The note first: a file that a kill leaves in `loi/` without one is refused without a word.
            if let Some(note) = note
                && !write_note(&note_path(&to), note).map_err(fault)?
            {
                continue;
            }
            match renameat_with(CWD, &from, CWD, &to, RenameFlags::NOREPLACE) {
                Ok(()) => {}
                Err(rustix::io::Errno::EXIST) => continue,
                Err(error) => return Err(fault(error.into())),
            }
            self.seen.remove(name);
            return File::open(&target).and_then(|folder| folder.sync_all()).map_err(fault);
        }
        Err(fault(io::ErrorKind::AlreadyExists.into()))
    }
}

/// False when another note lies there; the same one is what a kill left before the file was moved.
fn write_note(path: &Path, note: &str) -> io::Result<bool> {
    let written = File::create_new(path).and_then(|mut file| {
        file.write_all(note.as_bytes())?;
        file.sync_all()
    });
    match written {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Ok(fs::read(path).is_ok_and(|there| there == note.as_bytes()))
        }
        written => written.map(|()| true),
    }
}

fn is_unfinished(name: &OsString) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    let ends = [".tmp", ".part", ".crdownload", ".swp"];
    name.starts_with('.') || name.starts_with('~') || ends.iter().any(|end| name.ends_with(end))
}

/// A name so long that number and `.txt` do not fit behind it is cut: it could never be put away, and
/// the inbox would stop at it for ever.
fn numbered(name: &OsString, attempt: u32) -> OsString {
    if attempt == 1 && name.len() <= NAME_SIZE_BYTES {
        return name.clone();
    }
    let path = Path::new(name);
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut next = OsString::from(&stem[..stem.floor_char_boundary(STEM_SIZE_BYTES)]);
    next.push(format!("-{attempt}"));
    if let Some(extension) = path.extension().filter(|extension| extension.len() <= EXTENSION_SIZE_BYTES) {
        next.push(".");
        next.push(extension);
    }
    next
}

fn note_path(file: &Path) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(".txt");
    path.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SETTLE: Duration = Duration::from_secs(2);

    fn inbox() -> (tempfile::TempDir, Inbox, Instant) {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let inbox = Inbox::open(folder.path(), SETTLE).expect("the inbox");
        (folder, inbox, Instant::now())
    }

    fn names(settled: &[Settled]) -> Vec<String> {
        settled.iter().map(|file| file.name.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_file_is_taken_once_it_stays_the_same() {
        let (folder, mut inbox, start) = inbox();
        fs::write(folder.path().join("6A1.json"), b"{").expect("write");
        assert!(inbox.scan(start).expect("scan").is_empty(), "it was never seen before");
        fs::write(folder.path().join("6A1.json"), b"{}").expect("write");
        assert!(inbox.scan(start + SETTLE).expect("scan").is_empty(), "it grew meanwhile");
        let settled = inbox.scan(start + 2 * SETTLE).expect("scan");
        assert_eq!(names(&settled), ["6A1.json"]);
        assert_eq!(settled[0].bytes.as_deref(), Some(b"{}".as_slice()));
    }

    #[test]
    fn unfinished_hidden_and_linked_files_are_left_alone() {
        let (folder, mut inbox, start) = inbox();
        for name in ["a.json.part", ".b.json", "~c.json"] {
            fs::write(folder.path().join(name), b"{}").expect("write");
        }
        std::os::unix::fs::symlink("/etc/passwd", folder.path().join("d.json")).expect("link");
        inbox.scan(start).expect("scan");
        assert!(inbox.scan(start + SETTLE).expect("scan").is_empty());
    }

    #[test]
    fn a_file_of_the_same_name_never_replaces_the_one_put_away_before() {
        let (folder, mut inbox, _) = inbox();
        for content in ["one", "two"] {
            fs::write(folder.path().join("6A1.json"), content).expect("write");
            inbox.refused(&"6A1.json".into(), content).expect("put away");
        }
        let read = |name: &str| fs::read_to_string(folder.path().join("loi").join(name)).expect("read");
        assert_eq!([read("6A1.json"), read("6A1-2.json")], ["one", "two"]);
        assert_eq!([read("6A1.json.txt"), read("6A1-2.json.txt")], ["one", "two"]);
    }

    #[test]
    fn a_name_as_long_as_the_file_system_allows_does_not_stop_the_inbox() {
        let (folder, mut inbox, _) = inbox();
        let name = OsString::from(format!("{}.json", "ọ".repeat(83)));
        for content in ["one", "two"] {
            fs::write(folder.path().join(&name), content).expect("write");
            inbox.refused(&name, content).expect("put away");
        }
        assert_eq!(fs::read_dir(folder.path().join("loi")).expect("list").count(), 4);
    }

    #[test]
    fn a_file_whose_note_a_kill_left_behind_is_put_away_under_its_own_name() {
        let (folder, mut inbox, _) = inbox();
        fs::write(folder.path().join("loi/6A1.json.txt"), "why").expect("the note");
        fs::write(folder.path().join("6A1.json"), "{}").expect("write");
        inbox.refused(&"6A1.json".into(), "why").expect("put away");
        assert!(folder.path().join("loi/6A1.json").exists());
    }

    #[test]
    fn a_full_inbox_is_read_in_portions() {
        let (folder, mut inbox, start) = inbox();
        let count = limits::INBOX_FILES_AT_ONCE + 1;
        for number in 0..count {
            fs::write(folder.path().join(format!("{number}.json")), b"{}").expect("write");
        }
        inbox.scan(start).expect("scan");
        let first = names(&inbox.scan(start + SETTLE).expect("scan"));
        for name in &first {
            inbox.taken(&name.into(), None).expect("put away");
        }
        assert_eq!(first.len() + inbox.scan(start + SETTLE).expect("scan").len(), count);
    }

    #[test]
    fn a_file_too_large_for_an_export_is_named_without_being_read() {
        let (folder, mut inbox, start) = inbox();
        let file = File::create(folder.path().join("big.json")).expect("create");
        file.set_len(limits::EXPORT_SIZE_BYTES + 1).expect("grow");
        inbox.scan(start).expect("scan");
        let settled = inbox.scan(start + SETTLE).expect("scan");
        assert!(settled[0].bytes.is_none());
    }
}
