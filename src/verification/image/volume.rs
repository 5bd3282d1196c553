//! The volume of an image: its descriptors (ECMA-119, 8) and the files that its Joliet tree names.

use std::io;

use super::directory::{self, BLOCK, Extent, Names, Tree};
use super::path_table;
use crate::deposit::Code;
use crate::files::{Files, ReadAt};

/// First block of the volume descriptors.
const FIRST_DESCRIPTOR: u64 = 16;
/// Most volume descriptors that are looked at.
const DESCRIPTORS: u64 = 32;
/// Where writers for rewritable media begin the first session, and with it a second set of descriptors.
const SESSION: u64 = 32;
/// How other file systems announce themselves (ECMA-167, 2/9).
const OTHER_VOLUMES: [&[u8]; 5] = [b"BEA01", b"BOOT2", b"CDW02", b"NSR02", b"NSR03"];
/// Bytes read at once while a file is streamed.
const PIECE_BYTES: usize = 1 << 20;

/// Why nothing can be said of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A block cannot be read, or the volume descriptors are not those of ISO 9660.
    #[error("image cannot be read as iso 9660")]
    Unreadable,
    /// There is no supplementary volume descriptor with Joliet names.
    #[error("image has no joliet names")]
    WithoutJoliet,
    /// A directory is damaged, turns in circles or is too deep.
    #[error("a directory of the image is damaged")]
    Directory,
    /// Two files lie over each other.
    #[error("two files of the image lie over each other")]
    Overlap,
    /// More files than a medium may hold.
    #[error("more files than a medium may hold")]
    TooManyFiles,
}

impl Fault {
    /// The finding that stands for it.
    pub const fn code(self) -> Code {
        match self {
            Self::Unreadable => Code::ImageUnreadable,
            Self::WithoutJoliet => Code::ImageWithoutJoliet,
            Self::Directory => Code::ImageDirectory,
            Self::Overlap => Code::ImageOverlap,
            Self::TooManyFiles => Code::TooManyFiles,
        }
    }
}

/// An opened image.
pub struct Volume<'a> {
    image: &'a dyn ReadAt,
    id: String,
    tree: Tree,
    /// Length of the volume as its descriptor states it.
    size_bytes: u64,
    /// The Rock Ridge tree, or why it cannot be read.
    other_tree: Result<Tree, Fault>,
    has_other_file_system: bool,
    /// The path tables of both trees list exactly their directories.
    tables_agree: bool,
    /// Descriptors, path tables, directories and what goes on elsewhere of them.
    taken: Vec<Extent>,
}

impl<'a> Volume<'a> {
    /// Reads descriptors and directories; file content only when asked for.
    ///
    /// Errors: see [`Fault`]. Files that lie outside the image are listed and cannot be read.
    pub fn open(image: &'a dyn ReadAt) -> Result<Self, Fault> {
        let descriptors = Descriptors::read(image)?;
        let primary = descriptors.primary.ok_or(Fault::Unreadable)?;
        let joliet = descriptors.joliet.ok_or(Fault::WithoutJoliet)?;
        let blocks = directory::both_orders(&joliet[80..88]).ok_or(Fault::Unreadable)?;
        let root = directory::extent_of(&joliet[156..190]).ok_or(Fault::Unreadable)?;
        let (tree, shown) = directory::read_tree(image, root, Names::Joliet)?;
        refuse_overlap(tree.values().flatten().chain(&shown.folders))?;
        let other_root = directory::extent_of(&primary[156..190]).ok_or(Fault::Unreadable)?;
        let (other_tree, other) = match directory::read_tree(image, other_root, Names::RockRidge) {
            Ok((tree, taken)) => (Ok(tree), taken),
            Err(fault) => (Err(fault), directory::Taken::default()),
        };
        let tables_agree = path_table::lists_exactly(image, &joliet, &shown.folders)
            && path_table::lists_exactly(image, &primary, &other.folders);
        let mut taken = vec![Extent { offset_bytes: 0, size_bytes: descriptors.end_bytes }];
        taken.extend(copy_of_descriptors(image, descriptors.end_bytes));
        taken.extend(path_table::extents(&primary).into_iter().chain(path_table::extents(&joliet)));
        taken.extend([shown.folders, other.folders, other.areas].into_iter().flatten());
        let id = directory::ucs2(&joliet[40..72]).unwrap_or_default();
        Ok(Self {
            image,
            id: id.trim_end_matches([' ', '\0']).to_owned(),
            tree,
            size_bytes: u64::from(blocks) * BLOCK,
            other_tree,
            has_other_file_system: descriptors.has_other_file_system,
            tables_agree,
            taken,
        })
    }

    /// Volume identifier of the Joliet descriptor.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Every file with its length, sorted by name; empty folders with a `/` after their names.
    pub fn names(&self) -> impl Iterator<Item = (&str, u64)> {
        self.tree.iter().map(|(name, extents)| (name.as_str(), size_of(extents)))
    }

    /// True where the image is shorter than the volume on it, or ends inside a block.
    pub fn is_truncated(&self) -> bool {
        self.image.len() < self.size_bytes || !self.image.len().is_multiple_of(BLOCK)
    }

    /// The first block of the volume that nothing uses and that is not empty. A medium whose second tree cannot
    /// be read is refused for that, and nobody knows what it uses.
    pub fn unused_block(&self) -> Option<u64> {
        self.other_tree.as_ref().ok()?;
        // Behind a file its last block is its own: what lies there is told apart.
        let whole = |extent: &Extent| Extent {
            size_bytes: (extent.offset_bytes + extent.size_bytes).next_multiple_of(BLOCK)
                - extent.offset_bytes,
            ..*extent
        };
        let files = self.tree.values().flatten().map(whole);
        let mut used: Vec<Extent> = files.chain(self.taken.iter().copied()).collect();
        used.sort_unstable();
        let end = self.size_bytes.min(self.image.len());
        let mut free = 0;
        for extent in used {
            if let Some(at) = self.first_octet(free, extent.offset_bytes.min(end)) {
                return Some(at / BLOCK);
            }
            free = free.max(extent.offset_bytes + extent.size_bytes);
        }
        self.first_octet(free, end).map(|at| at / BLOCK)
    }

    /// Where between two places something else than zero stands, or cannot be read.
    fn first_octet(&self, from: u64, to: u64) -> Option<u64> {
        let mut at = from;
        let mut piece = Vec::new();
        while at < to {
            let length = usize::try_from(to - at).unwrap_or(PIECE_BYTES).min(PIECE_BYTES);
            piece.resize(length, 0);
            if self.image.read_exact_at(&mut piece, at).is_err() {
                return Some(at);
            }
            if let Some(place) = piece.iter().position(|octet| *octet != 0) {
                return Some(at + place as u64);
            }
            at += length as u64;
        }
        None
    }

    /// True where nothing but zeros lies behind the volume: padding, as burners want it, and no second session.
    /// What cannot be read there is not known to be empty.
    pub fn tail_is_empty(&self) -> bool {
        self.first_octet(self.size_bytes, self.image.len()).is_none()
    }

    /// True where nothing but zeros lies between the end of each file and the end of its last block.
    pub fn slack_is_empty(&self) -> bool {
        let mut slack = Vec::new();
        self.tree.values().flatten().all(|extent| {
            let end = extent.offset_bytes + extent.size_bytes;
            let length = (BLOCK - end % BLOCK) % BLOCK;
            slack.resize(usize::try_from(length).unwrap_or_default(), 0);
            // What lies outside of the image is told elsewhere.
            end >= self.image.len()
                || self.image.read_exact_at(&mut slack, end).is_ok() && slack.iter().all(|octet| *octet == 0)
        })
    }

    /// True where Windows and other systems would see the same files.
    pub fn shows_one_tree(&self) -> bool {
        !self.has_other_file_system && self.tables_agree && self.other_tree.as_ref() == Ok(&self.tree)
    }

    /// Files that lie outside image or volume.
    pub fn outside(&self) -> impl Iterator<Item = &str> {
        let end = self.image.len().min(self.size_bytes);
        let lies_outside = move |extent: &Extent| extent.offset_bytes + extent.size_bytes > end;
        self.tree
            .iter()
            .filter(move |(_, extents)| extents.iter().any(lies_outside))
            .map(|(name, _)| name.as_str())
    }

    /// The files of the root itself.
    pub fn root(&'a self) -> Folder<'a> {
        Folder { volume: self, prefix: String::new() }
    }

    /// The files below a folder of the root.
    pub fn below(&'a self, folder: &str) -> Folder<'a> {
        Folder { volume: self, prefix: format!("{folder}/") }
    }
}

fn size_of(extents: &[Extent]) -> u64 {
    extents.iter().map(|extent| extent.size_bytes).sum()
}

/// Overlapping extents would let a small image claim to hold any amount of data.
fn refuse_overlap<'e>(extents: impl Iterator<Item = &'e Extent>) -> Result<(), Fault> {
    let mut extents: Vec<Extent> = extents.copied().collect();
    extents.sort_unstable();
    let overlaps = |pair: &[Extent]| pair[0].offset_bytes + pair[0].size_bytes > pair[1].offset_bytes;
    if extents.windows(2).any(overlaps) { Err(Fault::Overlap) } else { Ok(()) }
}

/// The second set of descriptors, where it is the first one counted from the beginning of its session: who
/// reads it sees the same volume. Any other content there belongs to nobody.
fn copy_of_descriptors(image: &dyn ReadAt, end_bytes: u64) -> Option<Extent> {
    let first = FIRST_DESCRIPTOR * BLOCK;
    let copy = Extent { offset_bytes: first + SESSION * BLOCK, size_bytes: end_bytes.checked_sub(first)? };
    let mut expected = directory::read_at(image, first, copy.size_bytes).ok()?;
    for block in expected.chunks_exact_mut(usize::try_from(BLOCK).ok()?) {
        if block[0] != 255 {
            let blocks = directory::both_orders(&block[80..88])?.checked_sub(u32::try_from(SESSION).ok()?)?;
            block[80..84].copy_from_slice(&blocks.to_le_bytes());
            block[84..88].copy_from_slice(&blocks.to_be_bytes());
        }
    }
    let found = directory::read_at(image, copy.offset_bytes, copy.size_bytes).ok()?;
    (found == expected).then_some(copy)
}

struct Descriptors {
    primary: Option<Vec<u8>>,
    joliet: Option<Vec<u8>>,
    has_other_file_system: bool,
    /// Behind the terminator.
    end_bytes: u64,
}

impl Descriptors {
    /// Reads the set up to its terminator. A second descriptor of a kind is refused: two readers
    /// would choose differently.
    fn read(image: &dyn ReadAt) -> Result<Self, Fault> {
        let mut found = Self { primary: None, joliet: None, has_other_file_system: false, end_bytes: 0 };
        // What stands before the descriptors is for boot loaders and other file systems; ours is empty.
        let system_area = directory::read_at(image, 0, FIRST_DESCRIPTOR * BLOCK)?;
        found.has_other_file_system = system_area.iter().any(|octet| *octet != 0);
        for index in FIRST_DESCRIPTOR..FIRST_DESCRIPTOR + DESCRIPTORS {
            let block = directory::read_at(image, index * BLOCK, BLOCK)?;
            if &block[1..7] != b"CD001\x01" && &block[1..7] != b"CD001\x02" {
                return Err(Fault::Unreadable);
            }
            let block_size = u16::from_le_bytes([block[128], block[129]]);
            let before = match block[0] {
                1 | 2 if u64::from(block_size) != BLOCK => return Err(Fault::Unreadable),
                1 => found.primary.replace(block),
                2 if is_joliet(&block) => found.joliet.replace(block),
                255 => {
                    found.end_bytes = (index + 1) * BLOCK;
                    // UDF announces itself in the block after the terminator (ECMA-167, 2/8.3.1).
                    for behind in index + 1..index + 1 + DESCRIPTORS {
                        let block = directory::read_at(image, behind * BLOCK, BLOCK).unwrap_or_default();
                        let volume = block.get(1..6).unwrap_or_default();
                        found.has_other_file_system |= OTHER_VOLUMES.contains(&volume);
                    }
                    return Ok(found);
                }
                // Boot records, partitions and further trees are read by some and not by others.
                _ => return Err(Fault::Unreadable),
            };
            if before.is_some() {
                return Err(Fault::Unreadable);
            }
        }
        Err(Fault::Unreadable)
    }
}

/// Joliet, levels 1 to 3, by the escape sequences of UCS-2.
fn is_joliet(descriptor: &[u8]) -> bool {
    matches!(&descriptor[88..91], b"%/@" | b"%/C" | b"%/E")
}

/// A folder of the root, as the judge of a deposit reads it.
pub struct Folder<'a> {
    volume: &'a Volume<'a>,
    prefix: String,
}

impl Folder<'_> {
    fn extents(&self, name: &str) -> io::Result<&[Extent]> {
        let path = format!("{}{name}", self.prefix);
        self.volume
            .tree
            .get(&path)
            .filter(|_| !path.ends_with('/'))
            .map(Vec::as_slice)
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }
}

impl Files for Folder<'_> {
    fn list(&self) -> io::Result<Vec<(String, u64)>> {
        let below = self.volume.tree.range(self.prefix.clone()..);
        Ok(below
            .take_while(|(path, _)| path.starts_with(&self.prefix))
            .map(|(path, extents)| (path[self.prefix.len()..].to_owned(), size_of(extents)))
            .collect())
    }

    fn read(&self, name: &str, limit_bytes: u64) -> io::Result<Vec<u8>> {
        if size_of(self.extents(name)?) > limit_bytes {
            return Err(io::Error::from(io::ErrorKind::InvalidData));
        }
        let mut content = Vec::new();
        self.stream(name, &mut |piece| content.extend_from_slice(piece))?;
        Ok(content)
    }

    fn stream(&self, name: &str, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        let mut piece = Vec::new();
        for extent in self.extents(name)? {
            let end = extent.offset_bytes + extent.size_bytes;
            if end > self.volume.image.len() {
                return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
            }
            let mut at = extent.offset_bytes;
            while at < end {
                let length = usize::try_from(end - at).unwrap_or(PIECE_BYTES).min(PIECE_BYTES);
                piece.resize(length, 0);
                self.volume.image.read_exact_at(&mut piece, at)?;
                each(&piece);
                at += length as u64;
            }
        }
        Ok(())
    }
}
