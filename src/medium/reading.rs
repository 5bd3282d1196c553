//! Many files, read one after the other, as sticks and disks read fastest, while every core hashes: whoever has the
//! turn reads, gives it on, and hashes what it read.

use std::collections::BTreeMap;
use std::io;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use openssl::sha::Sha256 as Hasher;
use school::digest::Sha256;

use crate::store::uncached::{self, Piece};

/// How many pieces of a file are read in one turn: so much that a medium seldom has to seek, and most files are read
/// to their end.
const PIECES_OF_A_TURN: usize = 4;

/// What only one thread at a time may touch: the medium, and who listens.
struct Turn<Heard, Stop> {
    next: usize,
    heard: Heard,
    stopped: Option<Stop>,
}

/// Digest and length of each file, in their order, read from the medium itself. `heard` is told of every piece and of every
/// file that cannot be read, with the number of the file; what it answers with stops the reading.
pub(super) fn digests<E: Send>(
    files: &[PathBuf],
    heard: impl FnMut(usize, Result<u64, &io::Error>) -> Result<(), E> + Send,
) -> Result<Vec<io::Result<(Sha256, u64)>>, E> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let turn = Mutex::new(Turn { next: 0, heard, stopped: None });
    let digests: BTreeMap<_, _> = thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(|| digests_in_turns(files, &turn))).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    });
    match turn.into_inner().unwrap_or_else(PoisonError::into_inner).stopped {
        Some(listener) => Err(listener),
        None => Ok(digests.into_values().collect()),
    }
}

/// What one core does until no file is left, or somebody was told to stop: its files by their numbers.
fn digests_in_turns<H, E>(
    files: &[PathBuf],
    turn: &Mutex<Turn<H, E>>,
) -> Vec<(usize, io::Result<(Sha256, u64)>)>
where
    H: FnMut(usize, Result<u64, &io::Error>) -> Result<(), E>,
{
    let mut pieces: [Piece; PIECES_OF_A_TURN] = Default::default();
    let mut digests = Vec::new();
    loop {
        let mut mine = take(turn);
        let number = mine.next;
        let Some(path) = files.get(number).filter(|_| mine.stopped.is_none()) else { return digests };
        mine.next += 1;
        digests.push((number, digest(path, number, &mut pieces, mine, turn)));
    }
}

fn take<T>(turn: &Mutex<T>) -> MutexGuard<'_, T> {
    turn.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Digest and length of one file, read in turns of which the first is `mine`.
fn digest<'t, H, E>(
    path: &Path,
    number: usize,
    pieces: &mut [Piece],
    mut mine: MutexGuard<'t, Turn<H, E>>,
    turn: &'t Mutex<Turn<H, E>>,
) -> io::Result<(Sha256, u64)>
where
    H: FnMut(usize, Result<u64, &io::Error>) -> Result<(), E>,
{
    let tell = |mine: &mut Turn<H, E>, read: Result<u64, &io::Error>| {
        let answer = (mine.heard)(number, read);
        mine.stopped = mine.stopped.take().or(answer.err());
    };
    let unreadable = |mine: &mut Turn<H, E>, error: io::Error| {
        tell(mine, Err(&error));
        error
    };
    let (mut hasher, mut length) = (Hasher::new(), 0);
    let file = uncached::open(path).map_err(|error| unreadable(&mut mine, error))?;
    loop {
        let mut filled = 0;
        for piece in &mut *pieces {
            if mine.stopped.is_some() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            match piece.fill(&file).map_err(|error| unreadable(&mut mine, error))? {
                0 => break,
                bytes => tell(&mut mine, Ok(bytes as u64)),
            }
            filled += 1;
        }
        drop(mine);
        for piece in &pieces[..filled] {
            hasher.update(piece.bytes());
            length += piece.bytes().len() as u64;
        }
        if filled < pieces.len() {
            return Ok((Sha256::from_bytes(hasher.finish()), length));
        }
        mine = take(turn);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const PIECE_SIZE_BYTES: usize = 1 << 20;

    #[test]
    fn every_file_has_its_own_digest_whatever_core_hashed_it_and_one_that_is_gone_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let sizes = [
            0,
            1,
            PIECE_SIZE_BYTES - 1,
            PIECE_SIZE_BYTES,
            3 * PIECE_SIZE_BYTES + 7,
            12,
            40 * PIECE_SIZE_BYTES,
        ];
        let content = |size: usize| (0..size).map(|at| (at * size % 251) as u8).collect::<Vec<_>>();
        let mut files = Vec::new();
        for size in sizes {
            let path = folder.path().join(size.to_string());
            fs::write(&path, content(size)).expect("written");
            files.push(path);
        }
        files.insert(3, folder.path().join("gone"));
        let (mut heard, mut unreadable) = (0, Vec::new());
        let found = digests(&files, |number, read| {
            match read {
                Ok(bytes) => heard += bytes,
                Err(error) => unreadable.push((number, error.kind())),
            }
            Ok::<_, ()>(())
        });
        let mut found = found.expect("nobody stopped it");
        assert_eq!(found.remove(3).expect_err("gone").kind(), io::ErrorKind::NotFound);
        assert_eq!(unreadable, [(3, io::ErrorKind::NotFound)]);
        for (found, size) in found.into_iter().zip(sizes) {
            assert_eq!(found.expect("read"), (Sha256::of(&content(size)), size as u64));
        }
        assert_eq!(heard, sizes.iter().sum::<usize>() as u64);
    }

    #[test]
    fn who_listens_can_stop_it_in_the_middle_of_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("long");
        fs::write(&path, vec![7; 9 * PIECE_SIZE_BYTES]).expect("written");
        let mut pieces = 0;
        let stopped = digests(&[path.clone(), path], |_, _| {
            pieces += 1;
            if pieces == 4 { Err("enough") } else { Ok(()) }
        });
        assert_eq!((stopped.expect_err("stopped"), pieces), ("enough", 4));
    }
}
