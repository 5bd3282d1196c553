//! Many files, read one after the other, as sticks and disks read fastest, while every core hashes: what was read
//! goes to one thread for each core, a file always to the same one.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use openssl::sha::Sha256 as Hasher;
use school::digest::Sha256;

use crate::store::uncached::{self, Piece};

/// How many pieces may be on their way to each core, so that neither side waits for the other.
const PIECES_PER_CORE: usize = 4;

/// What a core gets.
enum Part {
    Piece(Piece),
    /// The file of this number ended, or could not be read to its end.
    End(usize),
}

/// Digest and length of each file, in their order, read from the medium itself. `heard` is told of every piece and of every
/// file that cannot be read, with the number of the file; what it answers with stops the reading.
pub(super) fn digests<E>(
    files: &[PathBuf],
    mut heard: impl FnMut(usize, Result<u64, &io::Error>) -> Result<(), E>,
) -> Result<Vec<io::Result<(Sha256, u64)>>, E> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let (give_back, spare) = channel();
    (0..cores * PIECES_PER_CORE).for_each(|_| drop(give_back.send(Piece::default())));
    thread::scope(|scope| {
        let hashing: Vec<_> = (0..cores)
            .map(|_| {
                let (sender, parts) = channel();
                let give_back = give_back.clone();
                (sender, scope.spawn(move || hash(&parts, &give_back)))
            })
            .collect();
        let mut lengths = Vec::with_capacity(files.len());
        for (number, path) in files.iter().enumerate() {
            let (core, _) = &hashing[number % cores];
            let read = uncached::open(path)
                .map_err(Stopped::Unreadable)
                .and_then(|file| read_to_end(&file, &spare, core, &mut |bytes| heard(number, Ok(bytes))));
            lengths.push(match read {
                Ok(length) => Ok(length),
                Err(Stopped::Unreadable(error)) => {
                    heard(number, Err(&error))?;
                    Err(error)
                }
                Err(Stopped::By(listener)) => return Err(listener),
            });
            let _ = core.send(Part::End(number));
        }
        let mut digests = BTreeMap::new();
        for (sender, thread) in hashing {
            drop(sender);
            digests.extend(thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        let of = |(number, length): (usize, io::Result<u64>)| Ok((digests[&number], length?));
        Ok(lengths.into_iter().enumerate().map(of).collect())
    })
}

/// Why a file was not read to its end.
enum Stopped<E> {
    Unreadable(io::Error),
    By(E),
}

/// Reads one file to its end and hands its pieces to a core: its length.
fn read_to_end<E>(
    file: &File,
    spare: &Receiver<Piece>,
    core: &Sender<Part>,
    heard: &mut dyn FnMut(u64) -> Result<(), E>,
) -> Result<u64, Stopped<E>> {
    let mut total = 0;
    loop {
        let mut piece = spare.recv().map_err(|_| Stopped::Unreadable(io::ErrorKind::OutOfMemory.into()))?;
        let read = piece.fill(file);
        // Also what holds nothing: it is given back from there.
        let _ = core.send(Part::Piece(piece));
        match read.map_err(Stopped::Unreadable)? as u64 {
            0 => return Ok(total),
            length => {
                total += length;
                heard(length).map_err(Stopped::By)?;
            }
        }
    }
}

/// What one core does until nothing more comes.
fn hash(parts: &Receiver<Part>, give_back: &Sender<Piece>) -> Vec<(usize, Sha256)> {
    let (mut digests, mut hasher) = (Vec::new(), Hasher::new());
    for part in parts {
        match part {
            Part::Piece(piece) => {
                hasher.update(piece.bytes());
                let _ = give_back.send(piece);
            }
            Part::End(number) => {
                let ended = std::mem::replace(&mut hasher, Hasher::new());
                digests.push((number, Sha256::from_bytes(ended.finish())));
            }
        }
    }
    digests
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
