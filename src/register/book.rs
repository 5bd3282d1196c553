//! The register file: opening, appending, reading back.

use std::fs::{File, TryLockError};
use std::path::Path;

use crafts::tlog::{self, Tree};
use rusqlite::{Connection, ErrorCode, OpenFlags, params};
use school::digest::Sha256;
use school::limits::REGISTER_LINE_SIZE_BYTES;
use school::moment::Moment;
use serde::Deserialize;

use crate::lifecycle::event::{Entry, Event};
use crate::register::{RegisterFault, leaves};

/// Numbered SQL files; `user_version` tells how many were applied.
const SCHEMA: [&str; 2] = [include_str!("schema/001.sql"), include_str!("schema/002.sql")];

/// What is wanted of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Only to read; another process may write meanwhile.
    Read,
    /// To append; one process at a time.
    Append,
}

/// An open register.
pub struct Register {
    connection: Connection,
    tree: Tree,
    previous: Sha256,
    /// Time of the last entry: a clock that was set back must not make the register run backwards.
    last: Option<Moment>,
    /// An append failed and may be on the disk all the same: nothing can be chained to the unknown.
    in_doubt: bool,
    // Held for as long as the register is open for appending.
    lock: Option<File>,
}

/// A line as stored.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    seq: u64,
    time: Moment,
    kind: String,
    body: serde_json::Value,
    previous: Sha256,
}

impl Drop for Register {
    fn drop(&mut self) {
        // Closing is not enough: a child between fork and exec still holds the same lock.
        let _ = self.lock.as_ref().map(File::unlock);
    }
}

impl Register {
    /// Opens the register at `path` and reads all of it, checking the chain; a new one is made for
    /// [`Access::Append`].
    ///
    /// Errors: [`RegisterFault::Busy`] when another process appends; [`RegisterFault::Damaged`].
    pub fn open(path: &Path, access: Access) -> Result<(Self, Vec<Entry>), RegisterFault> {
        let (connection, lock) = match access {
            Access::Read => (Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?, None),
            Access::Append => {
                let lock = File::create(path.with_extension("khoa"))?;
                lock.try_lock().map_err(|error| match error {
                    TryLockError::WouldBlock => RegisterFault::Busy,
                    TryLockError::Error(error) => error.into(),
                })?;
                let connection = Connection::open(path)?;
                connection.pragma_update(None, "journal_mode", "WAL")?;
                connection.pragma_update(None, "synchronous", "FULL")?;
                migrate(&connection)?;
                // A commit that a kill cut off before its flush is seen again now, but a power cut could still
                // take it back, after a file was published because of it.
                connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
                (connection, Some(lock))
            }
        };
        let mut register = Self {
            connection,
            tree: Tree::default(),
            previous: tlog::FIRST_PREVIOUS,
            last: None,
            in_doubt: false,
            lock,
        };
        let (entries, hashes) = register.read_all()?;
        if access == Access::Append {
            leaves::keep(&mut register.connection, &hashes)?;
        }
        Ok((register, entries))
    }

    /// Every line of the register at `path`, each with its line feed. The chain is followed from the first to the
    /// last; what the entries say is not read, which would take many times as long.
    ///
    /// Errors: [`RegisterFault::Damaged`], or there is none.
    pub fn copy(path: &Path) -> Result<Vec<u8>, RegisterFault> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut statement = connection.prepare("SELECT line FROM entry ORDER BY seq")?;
        let mut rows = statement.query([])?;
        let (mut all, mut previous) = (Vec::new(), tlog::FIRST_PREVIOUS);
        for seq in 0.. {
            let Some(row) = rows.next()? else { break };
            let line = row.get_ref(0)?.as_blob().map_err(|_| RegisterFault::Damaged { seq })?;
            if !tlog::continues(line, seq, previous) {
                return Err(RegisterFault::Damaged { seq });
            }
            previous = Sha256::of(line);
            all.extend_from_slice(line);
            all.push(b'\n');
        }
        Ok(all)
    }

    /// Appends an event; when this returns, it is on the disk. Where `time` lies before the last entry's,
    /// the entry gets the last one's time.
    ///
    /// Errors: [`RegisterFault::HappenedAlready`] for what may happen only once;
    /// [`RegisterFault::TooLong`]. After [`RegisterFault::Store`] every further append is refused, until
    /// the register was opened anew and read.
    pub fn append(&mut self, time: Moment, event: Event) -> Result<Entry, RegisterFault> {
        let mut entries = self.append_all(time, vec![event])?;
        Ok(entries.remove(0))
    }

    /// As [`Self::append`], for several events in one commit: all are on the disk when this returns, or,
    /// after an error, none is.
    pub fn append_all(&mut self, time: Moment, events: Vec<Event>) -> Result<Vec<Entry>, RegisterFault> {
        if self.in_doubt {
            return Err(RegisterFault::Store("an earlier append may or may not have succeeded".into()));
        }
        let time = self.last.map_or(time, |last| last.max(time));
        let mut lines = Vec::with_capacity(events.len());
        let mut previous = self.previous;
        for (seq, event) in (self.tree.size()..).zip(&events) {
            let line = line_of(seq, time, event, previous)?;
            previous = Sha256::of(&line);
            lines.push((line, event.once()));
        }
        match self.insert(&lines) {
            Ok(()) => {}
            Err(RegisterFault::HappenedAlready(once)) => return Err(RegisterFault::HappenedAlready(once)),
            Err(fault) => {
                self.in_doubt = true;
                return Err(fault);
            }
        }
        let entries =
            (self.tree.size()..).zip(events).map(|(seq, event)| Entry { seq, time, event }).collect();
        for (line, _) in &lines {
            self.extend(line, time);
        }
        Ok(entries)
    }

    /// One transaction; dropped before its commit, it takes everything back.
    fn insert(&mut self, lines: &[(Vec<u8>, Option<String>)]) -> Result<(), RegisterFault> {
        let first = self.tree.size();
        let transaction = self.connection.transaction()?;
        {
            let mut insert =
                transaction.prepare_cached("INSERT INTO entry (seq, line, once) VALUES (?1, ?2, ?3)")?;
            for (seq, (line, once)) in (first..).zip(lines) {
                let row = i64::try_from(seq).map_err(|error| RegisterFault::Store(error.into()))?;
                match (insert.execute(params![row, line, once]), once) {
                    (Ok(_), _) => {}
                    (Err(error), Some(once))
                        if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) =>
                    {
                        return Err(RegisterFault::HappenedAlready(once.clone()));
                    }
                    (Err(error), _) => return Err(error.into()),
                }
            }
        }
        Ok(transaction.commit()?)
    }

    /// Number of entries and RFC 6962 root over their lines.
    pub fn tree_head(&self) -> (u64, Sha256) {
        (self.tree.size(), self.tree.root())
    }

    /// The first `count` lines, each with its line feed: what travels with every deposit.
    pub fn lines(&self, count: u64) -> Result<Vec<u8>, RegisterFault> {
        let mut all = Vec::new();
        for line in self.rows()?.into_iter().take(usize::try_from(count).unwrap_or(usize::MAX)) {
            all.extend_from_slice(&line);
            all.push(b'\n');
        }
        Ok(all)
    }

    fn rows(&self) -> Result<Vec<Vec<u8>>, RegisterFault> {
        let mut statement = self.connection.prepare("SELECT line FROM entry ORDER BY seq")?;
        let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The entries, and the hash of each.
    fn read_all(&mut self) -> Result<(Vec<Entry>, Vec<Sha256>), RegisterFault> {
        let (mut entries, mut hashes) = (Vec::new(), Vec::new());
        for line in self.rows()? {
            let seq = self.tree.size();
            let damaged = || RegisterFault::Damaged { seq };
            let read: Line = serde_json::from_slice(&line).map_err(|_| damaged())?;
            if read.seq != seq || read.previous != self.previous {
                return Err(damaged());
            }
            let stored = serde_json::json!({ "kind": read.kind, "body": read.body });
            let event = serde_json::from_value(stored).map_err(|_| damaged())?;
            hashes.push(self.extend(&line, read.time));
            entries.push(Entry { seq, time: read.time, event });
        }
        Ok((entries, hashes))
    }

    fn extend(&mut self, line: &[u8], time: Moment) -> Sha256 {
        self.last = self.last.max(Some(time));
        let leaf = tlog::leaf_hash(line);
        self.tree.append(leaf);
        self.previous = Sha256::of(line);
        leaf
    }
}

fn line_of(seq: u64, time: Moment, event: &Event, previous: Sha256) -> Result<Vec<u8>, RegisterFault> {
    let stored = serde_json::to_value(event).map_err(|error| RegisterFault::Store(error.into()))?;
    let (kind, body) = (stored["kind"].as_str().unwrap_or_default(), &stored["body"]);
    let line = tlog::chain_line(seq, time, kind, body, previous)
        .map_err(|error| RegisterFault::Store(error.into()))?;
    if line.len() > REGISTER_LINE_SIZE_BYTES {
        return Err(RegisterFault::TooLong { size_bytes: line.len() });
    }
    Ok(line)
}

fn migrate(connection: &Connection) -> Result<(), RegisterFault> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(version).map_err(|_| RegisterFault::Newer(version))?;
    if done > SCHEMA.len() {
        return Err(RegisterFault::Newer(version));
    }
    for (index, sql) in SCHEMA.iter().enumerate().skip(done) {
        let next = index + 1;
        connection.execute_batch(&format!("BEGIN; {sql} PRAGMA user_version = {next}; COMMIT;"))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Moment = Moment::from_unix(1_780_103_700);

    fn open(folder: &tempfile::TempDir) -> (Register, Vec<Entry>) {
        Register::open(&folder.path().join("so.sqlite"), Access::Append).expect("the register")
    }

    fn taken(bytes: &[u8]) -> Event {
        Event::ExportTaken { sha256: Sha256::of(bytes), bytes: bytes.len() as u64 }
    }

    #[test]
    fn what_was_appended_is_there_after_opening_again() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (mut register, _) = open(&folder);
        let first = register.append(AT, taken(b"a")).expect("append");
        let second = register.append(AT, taken(b"b")).expect("append");
        let head = register.tree_head();
        drop(register);
        let (register, entries) = open(&folder);
        assert_eq!(entries, [first, second]);
        assert_eq!(register.tree_head(), head);
    }

    #[test]
    fn what_may_happen_once_is_refused_the_second_time() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (mut register, _) = open(&folder);
        register.append(AT, taken(b"a")).expect("append");
        assert!(matches!(register.append(AT, taken(b"a")), Err(RegisterFault::HappenedAlready(_))));
        assert_eq!(register.tree_head().0, 1);
    }

    #[test]
    fn of_several_events_all_are_appended_or_none() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (mut register, _) = open(&folder);
        let both = register.append_all(AT, vec![taken(b"a"), taken(b"b")]).expect("append");
        let head = register.tree_head();
        let again = register.append_all(AT, vec![taken(b"c"), taken(b"a")]);
        assert!(matches!(again, Err(RegisterFault::HappenedAlready(_))));
        assert_eq!(register.tree_head(), head, "nothing of it");
        let third = register.append(AT, taken(b"c")).expect("it was not appended with the others");
        drop(register);
        let (register, entries) = open(&folder);
        assert_eq!(entries, [both, vec![third]].concat());
        assert_eq!(register.tree_head().0, 3);
    }

    #[test]
    fn after_a_failed_append_nothing_is_appended_until_the_register_is_opened_again() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (mut register, _) = open(&folder);
        register.append(AT, taken(b"a")).expect("append");
        register.connection.execute_batch("PRAGMA query_only = ON").expect("a disk that refuses");
        let failed = register.append(AT, taken(b"b"));
        register.connection.execute_batch("PRAGMA query_only = OFF").expect("a disk that works again");
        let refused = register.append(AT, taken(b"c"));
        assert!([failed, refused].iter().all(|one| matches!(one, Err(RegisterFault::Store(_)))));
        drop(register);
        let (mut register, entries) = open(&folder);
        assert_eq!(entries.len(), 1);
        register.append(AT, taken(b"c")).expect("append");
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_make_the_register_run_backwards() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (mut register, _) = open(&folder);
        register.append(AT, taken(b"a")).expect("append");
        assert_eq!(register.append(AT.plus_seconds(-3_600), taken(b"b")).expect("append").time, AT);
        drop(register);
        let (mut register, _) = open(&folder);
        assert_eq!(register.append(AT.plus_seconds(-60), taken(b"c")).expect("append").time, AT);
    }

    #[test]
    fn a_line_that_no_judge_would_read_is_not_written() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (mut register, _) = open(&folder);
        let codes = vec!["x".repeat(1_000); 70];
        let refused = register.append(AT, Event::ExportRefused { export: Sha256::of(b"a"), codes });
        assert!(matches!(refused, Err(RegisterFault::TooLong { size_bytes: 70_000.. })));
        register.append(AT, taken(b"a")).expect("append");
    }

    #[test]
    fn an_entry_can_be_neither_changed_nor_deleted() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (mut register, _) = open(&folder);
        register.append(AT, taken(b"a")).expect("append");
        assert!(register.connection.execute("UPDATE entry SET once = NULL", []).is_err());
        assert!(register.connection.execute("DELETE FROM entry", []).is_err());
    }

    #[test]
    fn an_entry_altered_behind_our_back_is_found_at_opening() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (mut register, _) = open(&folder);
        register.append(AT, taken(b"a")).expect("append");
        register.append(AT, taken(b"b")).expect("append");
        let edit = "DROP TRIGGER entry_is_never_changed;
                    UPDATE entry SET line = CAST(replace(CAST(line AS TEXT), '\"bytes\":1', '\"bytes\":2') AS BLOB) WHERE seq = 0;";
        register.connection.execute_batch(edit).expect("edit");
        drop(register);
        let again = Register::open(&folder.path().join("so.sqlite"), Access::Append);
        assert!(matches!(again, Err(RegisterFault::Damaged { seq: 1 })));
    }

    #[test]
    fn two_processes_cannot_append_at_once() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let (_held, _) = open(&folder);
        let second = Register::open(&folder.path().join("so.sqlite"), Access::Append);
        assert!(matches!(second, Err(RegisterFault::Busy)));
    }
}
