//! Both digests of a file, and its length, in one pass: while it is read, or while it is copied.

use std::fs::File;
use std::path::Path;

use school::digest::{Digests, Sha256, Sha512};

use super::StoreRefusal;
use super::uncached::{self, Piece};

/// What the second digest finds still in the cache of the processor.
const HASHED_AT_ONCE_BYTES: usize = 64 * 1024;

/// Both digests of a file, and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// SHA-256.
    pub sha256: Sha256,
    /// SHA-512.
    pub sha512: Sha512,
    /// Length.
    pub size_bytes: u64,
}

/// Reads a file to its end.
pub(super) fn measure(path: &Path, piece: &mut Piece) -> Result<Measured, StoreRefusal> {
    pass(path, piece, |_| Ok(()))
}

/// Copies a file into a new one, which is on its way to the disk when this returns.
pub(super) fn copy(from: &Path, to: &Path, piece: &mut Piece) -> Result<Measured, StoreRefusal> {
    let target = uncached::create(to).map_err(StoreRefusal::at(to))?;
    pass(from, piece, |piece| uncached::write(&target, piece).map_err(StoreRefusal::at(to)))
}

fn pass(
    path: &Path,
    piece: &mut Piece,
    mut each: impl FnMut(&Piece) -> Result<(), StoreRefusal>,
) -> Result<Measured, StoreRefusal> {
    // Through the cache: what people are about to sign is read once to know its digests, and again to be copied.
    let file = File::open(path).map_err(StoreRefusal::at(path))?;
    let (mut digests, mut size_bytes) = (Digests::default(), 0);
    while piece.fill(&file).map_err(StoreRefusal::at(path))? > 0 {
        piece.bytes().chunks(HASHED_AT_ONCE_BYTES).for_each(|some| digests.update(some));
        each(piece)?;
        size_bytes += piece.bytes().len() as u64;
    }
    let (sha256, sha512) = digests.finish();
    Ok(Measured { sha256, sha512, size_bytes })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_copy_has_the_bytes_and_the_digests_of_what_was_copied_whatever_its_length() {
        let folder = tempfile::tempdir().expect("a folder");
        let (from, mut piece) = (folder.path().join("from"), Piece::default());
        let piece_size = 1 << 20;
        for size in [0, 1, 4_095, 4_096, 4_097, piece_size - 1, piece_size, 3 * piece_size + 4_096 + 7] {
            let bytes: Vec<u8> = (0..size).map(|at: usize| ((at * 31 + size) % 251) as u8).collect();
            fs::write(&from, &bytes).expect("written");
            let to = folder.path().join(size.to_string());
            let copied = copy(&from, &to, &mut piece).expect("copied");
            let expected = Measured {
                sha256: Sha256::of(&bytes),
                sha512: Sha512::of(&bytes),
                size_bytes: bytes.len() as u64,
            };
            assert_eq!(copied, expected, "{size}");
            assert_eq!(measure(&to, &mut piece).expect("read"), expected, "{size}");
            assert!(fs::read(&to).expect("read") == bytes, "{size}");
            assert_eq!(copy(&from, &to, &mut piece).expect_err("never over a file").code(), "store.io");
        }
    }

    #[test]
    fn a_file_system_without_direct_reading_and_writing_is_read_and_written_through_the_cache() {
        // /proc has no direct I/O at all, and no flushing.
        let text = uncached::open(Path::new("/proc/version")).expect("opened");
        let mut piece = Piece::default();
        assert!(piece.fill(&text).expect("read") > 0);
        assert_eq!(piece.bytes(), fs::read("/proc/version").expect("read"));
    }
}
