//! Past the page cache (O_DIRECT): what is read comes from the medium itself, what is written is on its way to it
//! before the next piece, and the kernel copies nothing in between, which costs as much as hashing does. A file
//! system that refuses (isofs, some network ones) and ends of files that fill no block go through the cache.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use rustix::fs::{Advice, OFlags, fadvise, fcntl_getfl, fcntl_setfl};
use rustix::io::Errno;

/// Blocks of every file system begin and end at multiples of this, and so must memory.
const BLOCK_SIZE_BYTES: usize = 4096;
/// Large enough that asking for it costs nothing beside hashing it.
const PIECE_SIZE_BYTES: usize = 1 << 20;

/// Memory for one piece of a file, which begins where a device may write to it.
#[derive(Debug)]
pub struct Piece {
    room: Vec<u8>,
    start: usize,
    length: usize,
}

impl Default for Piece {
    fn default() -> Self {
        let room = vec![0; PIECE_SIZE_BYTES + BLOCK_SIZE_BYTES];
        let start = room.as_ptr().addr().wrapping_neg() % BLOCK_SIZE_BYTES;
        Self { room, start, length: 0 }
    }
}

impl Piece {
    /// What was read last.
    pub fn bytes(&self) -> &[u8] {
        &self.room[self.start..self.start + self.length]
    }

    /// Reads the next piece of `file`; nothing at its end.
    ///
    /// Errors: the file system refuses; what the piece holds then is nothing.
    pub fn fill(&mut self, file: &File) -> io::Result<usize> {
        self.length = 0;
        let room = &mut self.room[self.start..self.start + PIECE_SIZE_BYTES];
        self.length = loop {
            match (&*file).read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // Only found out when it is tried: the blocks of this device are larger, or the file system asks
                // for more than it says.
                Err(error) if is_refusal(&error) && leave_direct(file)? => {}
                read => break read?,
            }
        };
        Ok(self.length)
    }
}

/// Opens a file to be read from its medium: what the kernel remembers of it is neither used nor kept.
///
/// Errors: the file cannot be opened, or what is still to be written of it cannot be written.
pub fn open(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    match file.sync_all() {
        // A file system that is never written (isofs) has nothing to flush, and says so in this way.
        Err(error) if is_refusal(&error) => {}
        flushed => flushed?,
    }
    // Only flushed pages are dropped.
    fadvise(&file, 0, None, Advice::DontNeed)?;
    go_direct(&file)?;
    Ok(file)
}

/// Makes a new file that is written past the cache.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create_new(true).open(path)?;
    go_direct(&file)?;
    Ok(file)
}

/// Writes the next piece: its whole blocks past the cache, an end that fills none through it.
pub(super) fn write(mut file: &File, piece: &Piece) -> io::Result<()> {
    let (mut blocks, end) = piece.bytes().split_at(piece.length - piece.length % BLOCK_SIZE_BYTES);
    while !blocks.is_empty() {
        match file.write(blocks) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => blocks = &blocks[written..],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if is_refusal(&error) && leave_direct(file)? => {}
            Err(error) => return Err(error),
        }
    }
    if !end.is_empty() {
        leave_direct(file)?;
        file.write_all(end)?;
    }
    Ok(())
}

fn is_refusal(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::INVAL.raw_os_error())
}

/// From here on past the cache, where the file system can.
fn go_direct(file: &File) -> io::Result<()> {
    match fcntl_setfl(file, fcntl_getfl(file)? | OFlags::DIRECT) {
        Err(Errno::INVAL) => Ok(()),
        set => Ok(set?),
    }
}

/// From here on through the cache; false where that was so already.
fn leave_direct(file: &File) -> io::Result<bool> {
    let flags = fcntl_getfl(file)?;
    fcntl_setfl(file, flags - OFlags::DIRECT)?;
    Ok(flags.contains(OFlags::DIRECT))
}
