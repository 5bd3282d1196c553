//! The Merkle tree of the register, grown one leaf at a time (RFC 6962, 2.1).

use std::num::NonZero;
use std::panic::resume_unwind;
use std::thread;

use school::digest::Sha256;

use super::inclusion::left_size;

/// Hash of a leaf: SHA-256 over 0x00 and the register line without its line feed.
pub fn leaf_hash(line: &[u8]) -> Sha256 {
    let mut hash = openssl::sha::Sha256::new();
    hash.update(&[0]);
    hash.update(line);
    Sha256::from_bytes(hash.finish())
}

/// [`leaf_hash`] of each line, with every core that is there.
pub fn leaf_hashes(lines: &[&[u8]]) -> Vec<Sha256> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let shares = lines.chunks(lines.len().div_ceil(threads).max(1));
        let hash = |share: &[&[u8]]| share.iter().map(|line| leaf_hash(line)).collect::<Vec<_>>();
        let working: Vec<_> = shares.map(|share| scope.spawn(move || hash(share))).collect();
        working
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
            .collect()
    })
}

/// The root over `leaves`, given as their [`leaf_hash`]; of large trees both halves at once.
pub fn root(leaves: &[Sha256]) -> Sha256 {
    /// Below this, starting a thread costs more than it saves.
    const LARGE: usize = 1 << 18;
    if leaves.len() < LARGE {
        return leaves.iter().copied().collect::<Tree>().root();
    }
    let (left, right) = leaves.split_at(left_size(leaves.len()));
    let (left, right) = thread::scope(|scope| {
        let left = scope.spawn(|| root(left));
        let right = root(right);
        (left.join().unwrap_or_else(|panic| resume_unwind(panic)), right)
    });
    node_hash(&left, &right)
}

/// Hash of an inner node: SHA-256 over 0x01 and both children.
pub(super) fn node_hash(left: &Sha256, right: &Sha256) -> Sha256 {
    let mut hash = openssl::sha::Sha256::new();
    hash.update(&[1]);
    hash.update(left.as_bytes());
    hash.update(right.as_bytes());
    Sha256::from_bytes(hash.finish())
}

/// A growing tree of which only the complete subtrees are kept: one hash for each 1 in the binary form
/// of the size, largest subtree first. A register of a million lines needs 20 hashes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    subtrees: Vec<Sha256>,
}

impl Tree {
    /// Adds the next leaf, given as its [`leaf_hash`].
    pub fn append(&mut self, leaf: Sha256) {
        let mut whole = leaf;
        // Each trailing 1 of the old size is a complete subtree as large as what is carried now.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.subtrees.pop() {
                whole = node_hash(&left, &whole);
            }
        }
        self.subtrees.push(whole);
        self.size += 1;
    }

    /// Number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The root over all leaves so far; for an empty tree the SHA-256 of nothing.
    pub fn root(&self) -> Sha256 {
        let mut smallest_first = self.subtrees.iter().rev();
        let Some(first) = smallest_first.next() else {
            return Sha256::of(&[]);
        };
        smallest_first.fold(*first, |right, left| node_hash(left, &right))
    }
}

impl FromIterator<Sha256> for Tree {
    fn from_iter<I: IntoIterator<Item = Sha256>>(leaves: I) -> Self {
        let mut tree = Self::default();
        leaves.into_iter().for_each(|leaf| tree.append(leaf));
        tree
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The eight leaves of the test vectors of Certificate Transparency.
    pub(in super::super) fn reference_leaves() -> Vec<Sha256> {
        let lines: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        lines.into_iter().map(leaf_hash).collect()
    }

    const REFERENCE_ROOTS: [&str; 9] = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    #[test]
    fn every_size_of_the_reference_tree_has_the_published_root() {
        let leaves = reference_leaves();
        let mut tree = Tree::default();
        for (size, root) in REFERENCE_ROOTS.iter().enumerate() {
            assert_eq!(tree.size(), size as u64);
            assert_eq!(tree.root().to_string(), *root, "size {size}");
            leaves.get(size).into_iter().for_each(|leaf| tree.append(*leaf));
        }
    }

    #[test]
    fn a_tree_hashed_by_halves_has_the_root_of_one_that_grew() {
        let texts: Vec<String> = (0..300_001).map(|number| number.to_string()).collect();
        let lines: Vec<&[u8]> = texts.iter().map(String::as_bytes).collect();
        let leaves = leaf_hashes(&lines);
        assert_eq!(leaves, lines.iter().map(|line| leaf_hash(line)).collect::<Vec<_>>());
        assert_eq!(root(&leaves), leaves.iter().copied().collect::<Tree>().root());
        assert_eq!(leaf_hashes(&[]), []);
    }

    #[test]
    fn exchanging_two_lines_changes_the_root() {
        let mut leaves = reference_leaves();
        let root = leaves.iter().copied().collect::<Tree>().root();
        leaves.swap(2, 5);
        assert_ne!(leaves.into_iter().collect::<Tree>().root(), root);
    }
}
