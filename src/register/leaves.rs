//! Hashes of entries, kept beside them: a proof needs the hash of every entry, but the words of one only, and to
//! fetch and hash a million takes seconds. They are written when the register is opened to append, which reads every
//! entry anyway. A proof does not believe them: they count only where they lead to the checkpoint that a signer's
//! token signed last, and what came after it is hashed from its lines. A false one can make a proof slow, never wrong.

use std::path::Path;

use crafts::tlog;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use school::digest::Sha256;
use school::identifier::SchoolCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::register::{Register, RegisterFault};

/// Hashes in a row of the table.
const IN_A_ROW: usize = 1_024;
/// The form of the file that keeps them first.
const SINCE_VERSION: i64 = 2;
/// How many entries are looked through for the last signed checkpoint: more than a school writes between two sittings.
const LOOKED_THROUGH: i64 = 50_000;
/// What stands in the line of such an entry, and in no string of another: quotes in strings are escaped.
const CHECKPOINT_SIGNED: &[u8] = br#""kind":"checkpoint.signed""#;

/// What a proof is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaves {
    /// The hash of every entry.
    pub hashes: Vec<Sha256>,
    /// The line of the first entry, which names the school.
    pub first: Vec<u8>,
    /// The line that was asked for.
    pub asked: Option<Vec<u8>>,
}

/// Whether kept hashes can be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// They lead to the last signed checkpoint.
    Confirmed(Leaves),
    /// None are kept yet, or no checkpoint confirms them: every entry has to be read.
    Unconfirmed,
    /// They lead elsewhere: they are not the hashes of what was signed.
    Contradicted,
}

#[derive(Deserialize)]
struct Body<B> {
    body: B,
}

#[derive(Deserialize)]
struct Commissioned {
    school: SchoolCode,
}

#[derive(Deserialize)]
struct CheckpointSigned {
    size: usize,
    checkpoint: Sha256,
}

impl Register {
    /// The hashes that are kept of the register at `path`, and the line of `entry`, if there is one.
    ///
    /// Errors: [`RegisterFault::Damaged`] where an entry after the last checkpoint does not continue the chain.
    pub fn leaves(path: &Path, entry: Option<u64>) -> Result<Kept, RegisterFault> {
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version < SINCE_VERSION {
            return Ok(Kept::Unconfirmed);
        }
        // One state of the file, whatever is appended meanwhile.
        let reading = connection.unchecked_transaction()?;
        let Some(signed) = last_checkpoint(&reading)? else { return Ok(Kept::Unconfirmed) };
        let Some(first) = line(&reading, 0)? else { return Ok(Kept::Unconfirmed) };
        let school = said::<Commissioned>(&first).ok_or(RegisterFault::Damaged { seq: 0 })?.school;
        let mut hashes = kept_below(&reading, signed.size)?;
        hash_the_others(&reading, &mut hashes)?;
        let Some(covered) = hashes.get(..signed.size) else { return Ok(Kept::Contradicted) };
        let reached = tlog::checkpoint(&tlog::origin(&school), signed.size as u64, &tlog::root(covered));
        if Sha256::of(reached.as_bytes()) != signed.checkpoint {
            return Ok(Kept::Contradicted);
        }
        let place = entry.and_then(|entry| usize::try_from(entry).ok());
        let (Some(entry), Some(hash)) = (entry, place.and_then(|place| hashes.get(place))) else {
            return Ok(Kept::Confirmed(Leaves { hashes, first, asked: None }));
        };
        let asked = line(&reading, i64::try_from(entry).unwrap_or(i64::MAX))?;
        if asked.as_deref().map(tlog::leaf_hash) != Some(*hash) {
            return Ok(Kept::Contradicted);
        }
        Ok(Kept::Confirmed(Leaves { hashes, first, asked }))
    }
}

/// Writes down the hashes of whole rows, from all entries of the register, and mends those that are not theirs.
pub(super) fn keep(connection: &mut Connection, leaves: &[Sha256]) -> Result<(), RegisterFault> {
    let kept = kept_below(connection, leaves.len())?;
    let rows =
        leaves.chunks_exact(IN_A_ROW).zip(kept.chunks(IN_A_ROW).map(Some).chain(std::iter::repeat(None)));
    let wrong: Vec<_> =
        (0..).step_by(IN_A_ROW).zip(rows).filter(|(_, (row, kept))| Some(*row) != *kept).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    let all = connection.transaction()?;
    for (first, (row, kept)) in wrong {
        if kept.is_some() {
            tracing::warn!(first, "hashes kept beside the register were not those of its entries");
        }
        let hashes = row.iter().flat_map(Sha256::as_bytes).copied().collect::<Vec<u8>>();
        all.execute("INSERT OR REPLACE INTO leaf (first, hashes) VALUES (?1, ?2)", params![first, hashes])?;
    }
    Ok(all.commit()?)
}

/// The kept hashes of the entries from the first to one below `size`, as far as their rows follow each other.
fn kept_below(connection: &Connection, size: usize) -> Result<Vec<Sha256>, RegisterFault> {
    let mut statement = connection.prepare("SELECT first, hashes FROM leaf ORDER BY first")?;
    let (mut rows, mut hashes) = (statement.query([])?, Vec::with_capacity(size));
    while let Some(row) = rows.next()? {
        let kept = row.get_ref(1)?.as_blob().unwrap_or_default();
        let (kept, rest) = kept.as_chunks::<32>();
        let follows = row.get::<_, i64>(0)? == i64::try_from(hashes.len()).unwrap_or(i64::MAX);
        if !follows || !rest.is_empty() || kept.len() != IN_A_ROW || hashes.len() + IN_A_ROW > size {
            break;
        }
        hashes.extend(kept.iter().map(|hash| Sha256::from_bytes(*hash)));
    }
    Ok(hashes)
}

/// Adds the hashes of the entries after those that are known.
fn hash_the_others(connection: &Connection, hashes: &mut Vec<Sha256>) -> Result<(), RegisterFault> {
    let known = i64::try_from(hashes.len()).unwrap_or(i64::MAX);
    let mut previous = match known.checked_sub(1).filter(|last| *last >= 0) {
        Some(last) => line(connection, last)?.map(|line| Sha256::of(&line)).unwrap_or(tlog::FIRST_PREVIOUS),
        None => tlog::FIRST_PREVIOUS,
    };
    let mut statement = connection.prepare("SELECT line FROM entry WHERE seq >= ?1 ORDER BY seq")?;
    let mut rows = statement.query([known])?;
    while let Some(row) = rows.next()? {
        let seq = hashes.len() as u64;
        let line = row.get_ref(0)?.as_blob().map_err(|_| RegisterFault::Damaged { seq })?;
        if !tlog::continues(line, seq, previous) {
            return Err(RegisterFault::Damaged { seq });
        }
        previous = Sha256::of(line);
        hashes.push(tlog::leaf_hash(line));
    }
    Ok(())
}

fn last_checkpoint(connection: &Connection) -> Result<Option<CheckpointSigned>, RegisterFault> {
    let mut statement = connection.prepare("SELECT line FROM entry ORDER BY seq DESC LIMIT ?1")?;
    let mut rows = statement.query([LOOKED_THROUGH])?;
    while let Some(row) = rows.next()? {
        let line = row.get_ref(0)?.as_blob().unwrap_or_default();
        if line.windows(CHECKPOINT_SIGNED.len()).any(|some| some == CHECKPOINT_SIGNED) {
            return Ok(said(line));
        }
    }
    Ok(None)
}

fn line(connection: &Connection, seq: i64) -> Result<Option<Vec<u8>>, RegisterFault> {
    let found = connection.query_row("SELECT line FROM entry WHERE seq = ?1", [seq], |row| row.get(0));
    Ok(found.optional()?)
}

fn said<B: DeserializeOwned>(line: &[u8]) -> Option<B> {
    serde_json::from_slice::<Body<B>>(line).ok().map(|line| line.body)
}

#[cfg(test)]
mod tests {
    use school::moment::Moment;

    use super::*;
    use crate::lifecycle::event::Event;
    use crate::register::Access;

    const AT: Moment = Moment::from_unix(1_780_103_700);
    const ENTRIES: usize = 2 * IN_A_ROW + 700;
    /// What the checkpoint covers: one whole row, and most of the second.
    const SIGNED: usize = 2 * IN_A_ROW - 10;

    struct School {
        _folder: tempfile::TempDir,
        path: std::path::PathBuf,
    }

    impl School {
        /// A register whose checkpoint of its first entries was signed, opened once more since.
        fn new() -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("so.sqlite");
            let (mut register, _) = Register::open(&path, Access::Append).expect("the register");
            let of = |number: usize| Sha256::of(&number.to_be_bytes());
            let school = "HOAPHUONG".parse().expect("a school");
            let mut events = vec![Event::Commissioned { school, principal: of(1), stamp: of(2) }];
            events.extend((1..SIGNED).map(|number| Event::ExportTaken { sha256: of(number), bytes: 1 }));
            register.append_all(AT, events).expect("appended");
            let (size, root) = register.tree_head();
            let checkpoint = Sha256::of(tlog::checkpoint("niemphong/HOAPHUONG", size, &root).as_bytes());
            let signed = Event::CheckpointSigned { size, checkpoint, certificate: of(3), signature: of(4) };
            let later =
                (SIGNED + 1..ENTRIES).map(|number| Event::ExportTaken { sha256: of(number), bytes: 1 });
            register.append_all(AT, [signed].into_iter().chain(later).collect()).expect("appended");
            Self { _folder: folder, path }
        }

        fn opened(&self) {
            Register::open(&self.path, Access::Append).expect("the register");
        }

        fn edit(&self, sql: &str) {
            Connection::open(&self.path).expect("the file").execute_batch(sql).expect("edited");
        }

        /// Made from every entry, as by somebody who has a copy.
        fn by_every_entry(&self, asked: usize) -> Leaves {
            let copy = Register::copy(&self.path).expect("a copy");
            let lines = tlog::lines(&copy);
            Leaves {
                hashes: tlog::leaf_hashes(&lines),
                first: lines[0].to_vec(),
                asked: Some(lines[asked].to_vec()),
            }
        }

        fn kept(&self, asked: usize) -> Kept {
            Register::leaves(&self.path, Some(asked as u64)).expect("readable")
        }

        fn rows(&self) -> i64 {
            let file = Connection::open(&self.path).expect("the file");
            file.query_row("SELECT count(*) FROM leaf", [], |row| row.get(0)).expect("a number")
        }
    }

    #[test]
    fn kept_hashes_are_those_of_every_entry_and_a_checkpoint_confirms_them() {
        let school = School::new();
        for rows in [0, 2] {
            assert_eq!(school.rows(), rows);
            for asked in [0, 5, IN_A_ROW, SIGNED, ENTRIES - 1] {
                assert_eq!(school.kept(asked), Kept::Confirmed(school.by_every_entry(asked)), "{asked}");
            }
            school.opened();
        }
        let none = Register::leaves(&school.path, Some(ENTRIES as u64)).expect("readable");
        assert!(matches!(none, Kept::Confirmed(Leaves { asked: None, .. })));
    }

    #[test]
    fn a_false_kept_hash_contradicts_the_signed_checkpoint_and_is_mended_when_the_register_is_opened() {
        let school = School::new();
        school.opened();
        school.edit("UPDATE leaf SET hashes = zeroblob(32768) WHERE first = 0");
        assert_eq!(school.kept(5), Kept::Contradicted);
        school.opened();
        assert_eq!(school.kept(5), Kept::Confirmed(school.by_every_entry(5)));
        // Cut off, or gone: what is missing is hashed from its lines.
        school.edit("UPDATE leaf SET hashes = zeroblob(100) WHERE first = 0");
        assert_eq!(school.kept(5), Kept::Confirmed(school.by_every_entry(5)));
        school.edit("DELETE FROM leaf");
        school.opened();
        assert_eq!((school.rows(), school.kept(5)), (2, Kept::Confirmed(school.by_every_entry(5))));
    }

    #[test]
    fn an_entry_that_was_altered_behind_our_back_is_not_proven() {
        let school = School::new();
        school.opened();
        school.edit(
            "DROP TRIGGER entry_is_never_changed;
             UPDATE entry SET line = CAST(replace(CAST(line AS TEXT), '\"bytes\":1', '\"bytes\":2') AS BLOB) WHERE seq = 5;",
        );
        assert_eq!(school.kept(5), Kept::Contradicted);
        let after = format!(
            "UPDATE entry SET line = CAST(replace(CAST(line AS TEXT), '\"bytes\":1', '\"bytes\":2') AS BLOB) WHERE seq = {};",
            2 * IN_A_ROW + 1
        );
        school.edit(&after);
        let refused = Register::leaves(&school.path, Some(7));
        assert!(matches!(refused, Err(RegisterFault::Damaged { seq }) if seq == 2 * IN_A_ROW as u64 + 2));
    }

    #[test]
    fn without_a_signed_checkpoint_or_in_a_file_of_an_older_version_every_entry_is_read() {
        let school = School::new();
        school.edit("DROP TABLE leaf; PRAGMA user_version = 1");
        assert_eq!(school.kept(5), Kept::Unconfirmed);
        school.opened();
        assert_eq!(school.kept(5), Kept::Confirmed(school.by_every_entry(5)));
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("so.sqlite");
        Register::open(&path, Access::Append).expect("the register");
        assert_eq!(Register::leaves(&path, None).expect("readable"), Kept::Unconfirmed);
    }
}
