//! Directories of ISO 9660 (ECMA-119, 6.8 and 9.1) with Joliet or Rock Ridge names. Everything read
//! here comes from strangers: every offset is checked, every loop has an end.

use std::collections::{BTreeMap, BTreeSet};

use school::limits;

use super::volume::Fault;
use crate::files::ReadAt;

/// Bytes of a logical block; the only size that optical media have.
pub(super) const BLOCK: u64 = 2048;
/// Most continuation areas that one Rock Ridge name may use.
const CONTINUATIONS: usize = 8;

/// A run of bytes on the image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Extent {
    pub offset_bytes: u64,
    pub size_bytes: u64,
}

/// Files by name relative to the root; a folder that holds nothing has a `/` after its name.
pub(super) type Tree = BTreeMap<String, Vec<Extent>>;

/// Which names of a directory are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// UCS-2BE identifiers of a supplementary volume descriptor.
    Joliet,
    /// NM entries in the system use area (IEEE P1282), of the primary tree.
    RockRidge,
}

/// One directory record.
struct Record {
    name: String,
    extent: Extent,
    is_folder: bool,
    /// Another record with the same name continues the file.
    continues: bool,
}

/// What a tree takes on the image beside its files.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// The directories.
    pub folders: Vec<Extent>,
    /// Areas in which system use areas go on.
    pub areas: Vec<Extent>,
}

/// Reads the whole tree below `root`, and what else of the image it takes.
pub(super) fn read_tree(image: &dyn ReadAt, root: Extent, names: Names) -> Result<(Tree, Taken), Fault> {
    let mut tree = Tree::new();
    let mut taken = Taken { folders: vec![root], areas: Vec::new() };
    let mut seen = BTreeSet::from([root.offset_bytes]);
    let mut waiting = vec![(String::new(), root, 0_usize)];
    while let Some((prefix, extent, depth)) = waiting.pop() {
        let records = read_directory(image, extent, names, &mut taken.areas)?;
        if records.is_empty() && !prefix.is_empty() {
            tree.insert(prefix.clone(), Vec::new());
        }
        let mut unfinished: Option<String> = None;
        for record in records {
            if tree.len() + waiting.len() > limits::DEPOSIT_FILES {
                return Err(Fault::TooManyFiles);
            }
            let path = format!("{prefix}{}", record.name);
            if record.is_folder {
                if depth + 1 >= limits::IMAGE_DEPTH || !seen.insert(record.extent.offset_bytes) {
                    return Err(Fault::Directory);
                }
                taken.folders.push(record.extent);
                waiting.push((format!("{path}/"), record.extent, depth + 1));
                continue;
            }
            let follows = unfinished.take().is_some_and(|begun| begun == path);
            if tree.contains_key(&path) && !follows {
                return Err(Fault::Directory);
            }
            let extents = tree.entry(path.clone()).or_default();
            if record.extent.size_bytes > 0 {
                extents.push(record.extent);
            }
            unfinished = record.continues.then_some(path);
        }
        if unfinished.is_some() {
            return Err(Fault::Directory);
        }
    }
    Ok((tree, taken))
}

fn read_directory(
    image: &dyn ReadAt,
    extent: Extent,
    names: Names,
    areas: &mut Vec<Extent>,
) -> Result<Vec<Record>, Fault> {
    if extent.size_bytes > limits::IMAGE_DIRECTORY_SIZE_BYTES || !extent.size_bytes.is_multiple_of(BLOCK) {
        return Err(Fault::Directory);
    }
    let bytes = read_at(image, extent.offset_bytes, extent.size_bytes)?;
    let mut records = Vec::new();
    let mut skip = 0;
    for (block_index, block) in bytes.chunks_exact(BLOCK as usize).enumerate() {
        let mut at = 0;
        let mut position = 0;
        // A record never crosses a block; a length of 0 ends the block.
        while let Some(length @ 1..) = block.get(at).map(|length| usize::from(*length)) {
            let record = block.get(at..at + length).filter(|_| length >= 34).ok_or(Fault::Directory)?;
            let is_self_or_parent = block_index == 0 && position < 2;
            if is_self_or_parent {
                let expected = [position as u8];
                if record[32] != 1 || record[33] != expected[0] {
                    return Err(Fault::Directory);
                }
                if position == 0 && names == Names::RockRidge {
                    skip = system_use_skip(record);
                }
                if names == Names::RockRidge {
                    // Where the root says which extensions it uses.
                    let area = record.get(34..).unwrap_or_default();
                    system_use(image, area, areas, |_| Some(())).ok_or(Fault::Directory)?;
                }
            } else {
                records.push(read_record(image, record, names, skip, areas)?);
            }
            position += 1;
            at += length;
        }
    }
    Ok(records)
}

/// Where Rock Ridge entries begin in a system use area; only the root's own record says so.
fn system_use_skip(record: &[u8]) -> usize {
    match record.get(34..41) {
        Some([b'S', b'P', 7, 1, 0xbe, 0xef, skip]) => usize::from(*skip),
        _ => 0,
    }
}

fn read_record(
    image: &dyn ReadAt,
    record: &[u8],
    names: Names,
    skip: usize,
    areas: &mut Vec<Extent>,
) -> Result<Record, Fault> {
    let name_length = usize::from(record[32]);
    let identifier = record.get(33..33 + name_length).ok_or(Fault::Directory)?;
    let flags = record[25];
    // Extended attributes and interleaving would put other bytes before or between the content.
    if record[1] != 0 || record[26] != 0 || record[27] != 0 || flags & 0b0110_1100 != 0 {
        return Err(Fault::Directory);
    }
    let is_folder = flags & 2 != 0;
    let extent = extent_of(record).ok_or(Fault::Directory)?;
    let name = match names {
        Names::Joliet => joliet_name(identifier),
        Names::RockRidge => {
            let padded = 33 + name_length + (name_length + 1) % 2;
            rock_ridge_name(image, record.get(padded + skip..).ok_or(Fault::Directory)?, areas)
        }
    };
    let name = name.ok_or(Fault::Directory)?;
    let usable = !name.is_empty() && name != "." && name != ".." && !name.contains(['/', '\0']);
    if !usable || (is_folder && flags & 0x80 != 0) {
        return Err(Fault::Directory);
    }
    Ok(Record { name, extent, is_folder, continues: flags & 0x80 != 0 })
}

/// The extent that a record names; both byte orders must agree.
pub(super) fn extent_of(record: &[u8]) -> Option<Extent> {
    Some(Extent {
        offset_bytes: u64::from(both_orders(record.get(2..10)?)?) * BLOCK,
        size_bytes: u64::from(both_orders(record.get(10..18)?)?),
    })
}

/// A number stored little-endian, then big-endian (ECMA-119, 7.3.3).
pub(super) fn both_orders(field: &[u8]) -> Option<u32> {
    let little = u32::from_le_bytes(field.get(..4)?.try_into().ok()?);
    let big = u32::from_be_bytes(field.get(4..8)?.try_into().ok()?);
    (little == big).then_some(little)
}

fn joliet_name(identifier: &[u8]) -> Option<String> {
    let name = ucs2(identifier)?;
    // The version number belongs to ISO 9660, not to the name.
    Some(name.strip_suffix(";1").map(str::to_owned).unwrap_or(name))
}

/// UCS-2BE text.
pub(super) fn ucs2(bytes: &[u8]) -> Option<String> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).collect::<Result<_, _>>().ok()
}

/// Joins the NM entries of a system use area and its continuations. Links and relocated folders are
/// refused: our images have none, and they would show files in other places.
fn rock_ridge_name(image: &dyn ReadAt, area: &[u8], areas: &mut Vec<Extent>) -> Option<String> {
    let mut name = Vec::new();
    let mut found = false;
    system_use(image, area, areas, |entry| {
        match &entry[..2] {
            b"NM" => {
                // Flags 2 and 4 stand for `.` and `..`.
                if *entry.get(4)? & 0b110 != 0 {
                    return None;
                }
                name.extend_from_slice(entry.get(5..)?);
                found = true;
            }
            b"SL" | b"CL" | b"PL" | b"RE" => return None,
            _ => {}
        }
        Some(())
    })?;
    found.then(|| String::from_utf8(name).ok()).flatten()
}

/// Walks the entries of a system use area and its continuations, whose places are added to `areas`; `None`
/// where `each` refuses one or a continuation cannot be read.
fn system_use(
    image: &dyn ReadAt,
    area: &[u8],
    areas: &mut Vec<Extent>,
    mut each: impl FnMut(&[u8]) -> Option<()>,
) -> Option<()> {
    let mut area = area.to_vec();
    for _ in 0..CONTINUATIONS {
        let mut rest = area.as_slice();
        let mut next = None;
        while let [first, second, length, _, ..] = *rest {
            let length = usize::from(length);
            let Some(entry) = rest.get(..length).filter(|_| length >= 4) else { break };
            match [first, second] {
                [b'C', b'E'] => next = Some(entry.to_vec()),
                [b'S', b'T'] => break,
                _ => each(entry)?,
            }
            rest = &rest[length..];
        }
        let Some(entry) = next else { break };
        let block = u64::from(both_orders(entry.get(4..12)?)?);
        let offset = u64::from(both_orders(entry.get(12..20)?)?);
        let size = u64::from(both_orders(entry.get(20..28)?)?);
        if offset + size > BLOCK {
            return None;
        }
        let extent = Extent { offset_bytes: block * BLOCK + offset, size_bytes: size };
        area = read_at(image, extent.offset_bytes, extent.size_bytes).ok()?;
        areas.push(extent);
    }
    Some(())
}

/// Reads a bounded run; the caller has bounded `size_bytes`.
pub(super) fn read_at(image: &dyn ReadAt, offset_bytes: u64, size_bytes: u64) -> Result<Vec<u8>, Fault> {
    let end = offset_bytes.checked_add(size_bytes).ok_or(Fault::Directory)?;
    if end > image.len() {
        return Err(Fault::Unreadable);
    }
    let mut bytes = vec![0; usize::try_from(size_bytes).map_err(|_| Fault::Directory)?];
    image.read_exact_at(&mut bytes, offset_bytes).map_err(|_| Fault::Unreadable)?;
    Ok(bytes)
}
