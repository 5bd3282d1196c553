//! The two shapes in which deposits reach the judge: a folder, and bytes that can be read at an offset.

use std::io;

/// A folder tree that is read by name. Names are relative, with `/`, never `..`.
pub trait Files {
    /// Every file below the folder with its length in bytes, sorted by name. Links are an error.
    /// A folder that holds nothing is listed too, with a `/` after its name and length 0: BagIt does
    /// not see such folders, the judge refuses them.
    fn list(&self) -> io::Result<Vec<(String, u64)>>;
    /// The whole content of one file.
    ///
    /// Errors: larger than `limit_bytes` (`InvalidData`), or not readable.
    fn read(&self, name: &str, limit_bytes: u64) -> io::Result<Vec<u8>>;
    /// Streams one file in pieces, in order.
    fn stream(&self, name: &str, each: &mut dyn FnMut(&[u8])) -> io::Result<()>;
}

/// Bytes of a known length: an image file or a drive.
pub trait ReadAt {
    /// Length in bytes.
    fn len(&self) -> u64;
    /// Fills `buffer` from `offset_bytes`.
    fn read_exact_at(&self, buffer: &mut [u8], offset_bytes: u64) -> io::Result<()>;
    /// True when there is nothing.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
