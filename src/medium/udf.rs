//! Closes a UDF volume: sets the access type of its partition to read-only and the two soft write-protect
//! flags, and computes the descriptors' checksums anew. Windows and Linux refuse to write to it then. It keeps
//! honest hands off, and proves nothing: the seal does.
//!
//! Source: ECMA-167 3rd edition, 3/7.2 (tags), 3/10.5 (Partition Descriptor), 3/10.6 (Logical Volume
//! Descriptor), 4/14.1 (File Set Descriptor); UDF 2.01, 2.1.5.3 and 2.2.4.3 (domain flags).

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// As our sticks are formatted.
const BLOCK_SIZE_BYTES: usize = 512;
/// Where the anchor lies (3/8.4.2.1).
const ANCHOR_BLOCK: u32 = 256;
const ANCHOR: u16 = 2;
const PARTITION: u16 = 5;
const LOGICAL_VOLUME: u16 = 6;
const TERMINATING: u16 = 8;
const FILE_SET: u16 = 256;
/// Longest sequence of volume descriptors that is walked.
const SEQUENCE_BLOCKS: u32 = 512;
const READ_ONLY: u32 = 1;
const SOFT_WRITE_PROTECT: u8 = 2;

type Block = [u8; BLOCK_SIZE_BYTES];

/// Protects the volume on a device or in a file, and waits until that is written.
///
/// Errors: `InvalidData` when it is no UDF volume with blocks of 512 bytes.
pub(super) fn protect(volume: &Path) -> io::Result<()> {
    let file = OpenOptions::new().read(true).write(true).open(volume)?;
    let read = |block| read(&file, block);
    let write = |block: u32, mut bytes: Block| -> io::Result<()> {
        sum_up(&mut bytes)?;
        file.write_all_at(&bytes, u64::from(block) * BLOCK_SIZE_BYTES as u64)
    };
    let anchor = anchor(&file)?;
    let (mut partition, mut within) = (None, None);
    // The main sequence and its reserve.
    for extent in [16, 24] {
        let (blocks, first) =
            (number(&anchor, extent) / BLOCK_SIZE_BYTES as u32, number(&anchor, extent + 4));
        for block in first..first.saturating_add(blocks.min(SEQUENCE_BLOCKS)) {
            let mut bytes = read(block)?;
            match tag(&bytes) {
                PARTITION => {
                    bytes[184..188].copy_from_slice(&READ_ONLY.to_le_bytes());
                    partition = Some(number(&bytes, 188));
                    write(block, bytes)?;
                }
                LOGICAL_VOLUME => {
                    bytes[242] |= SOFT_WRITE_PROTECT;
                    within = Some(number(&bytes, 252));
                    write(block, bytes)?;
                }
                TERMINATING => break,
                _ => {}
            }
        }
    }
    let file_set = partition.zip(within).and_then(|(start, within): (u32, u32)| start.checked_add(within));
    let block = file_set.ok_or_else(not_udf)?;
    let mut bytes = read(block)?;
    if tag(&bytes) != FILE_SET {
        return Err(not_udf());
    }
    bytes[442] |= SOFT_WRITE_PROTECT;
    write(block, bytes)?;
    file.sync_all()
}

/// True for a volume that was protected.
///
/// Errors: as [`protect`].
pub(super) fn is_protected(volume: &Path) -> io::Result<bool> {
    let file = File::open(volume)?;
    let first = number(&anchor(&file)?, 20);
    for block in first..first.saturating_add(SEQUENCE_BLOCKS) {
        let bytes = read(&file, block)?;
        match tag(&bytes) {
            PARTITION => return Ok(number(&bytes, 184) == READ_ONLY),
            TERMINATING => break,
            _ => {}
        }
    }
    Err(not_udf())
}

fn read(file: &File, block: u32) -> io::Result<Block> {
    let mut bytes = [0; BLOCK_SIZE_BYTES];
    file.read_exact_at(&mut bytes, u64::from(block) * BLOCK_SIZE_BYTES as u64)?;
    Ok(bytes)
}

fn anchor(file: &File) -> io::Result<Block> {
    let anchor = read(file, ANCHOR_BLOCK)?;
    if tag(&anchor) == ANCHOR { Ok(anchor) } else { Err(not_udf()) }
}

fn not_udf() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not a UDF volume with blocks of 512 bytes")
}

fn tag(block: &Block) -> u16 {
    u16::from_le_bytes([block[0], block[1]])
}

fn number(block: &Block, at: usize) -> u32 {
    u32::from_le_bytes([block[at], block[at + 1], block[at + 2], block[at + 3]])
}

/// The tag's CRC over what it covers, and its checksum over itself but for the checksum (3/7.2).
fn sum_up(block: &mut Block) -> io::Result<()> {
    let covered = usize::from(u16::from_le_bytes([block[10], block[11]]));
    let crc = crc(block.get(16..16 + covered).ok_or_else(not_udf)?);
    block[8..10].copy_from_slice(&crc.to_le_bytes());
    block[4] = 0;
    block[4] = block[..16].iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte));
    Ok(())
}

/// CRC-16 with the polynomial 1021h and no initial value.
fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(
            crc ^ u16::from(*byte) << 8,
            |crc, _| {
                if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 }
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn the_crc_is_that_of_the_standard() {
        assert_eq!(crc(&[0x70, 0x6A, 0x77]), 0x3299);
    }

    #[test]
    fn a_closed_volume_says_so_to_the_tools_of_others() {
        let place = tempfile::tempdir().expect("a folder");
        let volume = place.path().join("stick");
        File::create(&volume).and_then(|file| file.set_len(8 << 20)).expect("a volume");
        let arguments = ["--utf8", "--media-type=hd", "--blocksize=512", "--udfrev=0x0201"];
        let made = Command::new("/usr/sbin/mkudffs").args(arguments).arg(&volume).output();
        assert!(made.expect("mkudffs of udftools").status.success());
        assert!(!is_protected(&volume).expect("a volume"));
        protect(&volume).expect("protected");
        assert!(is_protected(&volume).expect("a volume"));
        let told = Command::new("udfinfo").arg(&volume).output().expect("udfinfo of udftools");
        let told =
            String::from_utf8_lossy(&told.stdout).into_owned() + &String::from_utf8_lossy(&told.stderr);
        assert!(told.contains("accesstype=readonly") && told.contains("softwriteprotect=yes"), "{told}");
        assert!(!told.to_lowercase().contains("warning"), "{told}");
    }

    #[test]
    fn what_is_no_udf_volume_is_left_alone() {
        let place = tempfile::tempdir().expect("a folder");
        let volume = place.path().join("stick");
        std::fs::write(&volume, vec![7; 1 << 20]).expect("written");
        assert_eq!(protect(&volume).expect_err("refused").kind(), io::ErrorKind::InvalidData);
        assert!(std::fs::read(&volume).expect("there").iter().all(|byte| *byte == 7));
    }
}
