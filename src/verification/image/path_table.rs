//! Path tables (ECMA-119, 6.9 and 9.4): a second list of all directories, by which some systems look a
//! folder up without walking the tree. One that leads elsewhere shows them a folder that the judge never saw.

use std::collections::BTreeSet;

use school::limits;

use super::directory::{self, BLOCK, Extent};
use crate::files::ReadAt;

/// Where a descriptor names its tables: offset of the block number, and whether it is little-endian. The
/// optional second copy of each may be absent.
const TABLES: [(usize, bool, bool); 4] =
    [(140, true, true), (144, true, false), (148, false, true), (152, false, false)];
/// Octets of a record before its identifier.
const HEAD: usize = 8;

/// True when every table of `descriptor` lists exactly `folders`, each once, below a parent listed before it.
pub(super) fn lists_exactly(image: &dyn ReadAt, descriptor: &[u8], folders: &[Extent]) -> bool {
    let Some(size_bytes) = directory::both_orders(&descriptor[132..140]) else { return false };
    let size_bytes = u64::from(size_bytes);
    if size_bytes == 0 || size_bytes > limits::IMAGE_DIRECTORY_SIZE_BYTES {
        return false;
    }
    let expected: BTreeSet<u64> = folders.iter().map(|folder| folder.offset_bytes).collect();
    TABLES.iter().all(|(at, little, required)| {
        let number: [u8; 4] = [descriptor[*at], descriptor[at + 1], descriptor[at + 2], descriptor[at + 3]];
        let block = if *little { u32::from_le_bytes(number) } else { u32::from_be_bytes(number) };
        if block == 0 {
            return !required;
        }
        let table = directory::read_at(image, u64::from(block) * BLOCK, size_bytes);
        let listed = table.ok().and_then(|table| locations(&table, *little));
        listed.is_some_and(|listed| {
            let distinct: BTreeSet<u64> = listed.iter().copied().collect();
            distinct.len() == listed.len() && distinct == expected
        })
    })
}

/// Where the tables of `descriptor` lie.
pub(super) fn extents(descriptor: &[u8]) -> Vec<Extent> {
    let size_bytes = directory::both_orders(&descriptor[132..140]).map_or(0, u64::from);
    let block = |(at, little): (usize, bool)| {
        let number: [u8; 4] = [descriptor[at], descriptor[at + 1], descriptor[at + 2], descriptor[at + 3]];
        u64::from(if little { u32::from_le_bytes(number) } else { u32::from_be_bytes(number) })
    };
    let tables = TABLES.iter().map(|(at, little, _)| block((*at, *little)));
    tables
        .filter(|block| *block != 0)
        .map(|block| Extent { offset_bytes: block * BLOCK, size_bytes })
        .collect()
}

/// Offsets of the directories that a table lists, in its order.
fn locations(table: &[u8], little: bool) -> Option<Vec<u64>> {
    let mut found = Vec::new();
    let mut rest = table;
    while !rest.is_empty() {
        let head = rest.get(..HEAD)?;
        let length = usize::from(head[0]);
        let location = [head[2], head[3], head[4], head[5]];
        let location = if little { u32::from_le_bytes(location) } else { u32::from_be_bytes(location) };
        let parent = [head[6], head[7]];
        let parent = if little { u16::from_le_bytes(parent) } else { u16::from_be_bytes(parent) };
        let above = usize::from(parent);
        // The root is its own parent; every other record follows the one above it (6.9.1).
        if length == 0 || head[1] != 0 || above == 0 || above > found.len().max(1) {
            return None;
        }
        found.push(u64::from(location) * BLOCK);
        rest = rest.get(HEAD + length + length % 2..)?;
    }
    Some(found)
}
