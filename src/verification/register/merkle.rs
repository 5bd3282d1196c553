//! The Merkle tree of RFC 6962, section 2.1, built leaf by leaf: only the roots of the complete
//! subtrees on the right edge are kept, at most one per level.

use school::digest::Sha256;

/// Hash of a leaf: SHA-256 over 0x00 and the entry.
pub fn leaf_hash(entry: &[u8]) -> Sha256 {
    let mut hash = openssl::sha::Sha256::new();
    hash.update(&[0]);
    hash.update(entry);
    Sha256::from_bytes(hash.finish())
}

pub(super) fn node_hash(left: &Sha256, right: &Sha256) -> Sha256 {
    let mut hash = openssl::sha::Sha256::new();
    hash.update(&[1]);
    hash.update(left.as_bytes());
    hash.update(right.as_bytes());
    Sha256::from_bytes(hash.finish())
}

/// A growing tree.
#[derive(Debug, Clone, Default)]
pub struct MerkleTree {
    /// Level (0 for a leaf) and root of each complete subtree, from left to right.
    subtrees: Vec<(u32, Sha256)>,
    size: u64,
}

impl MerkleTree {
    /// Adds an entry on the right.
    pub fn push(&mut self, entry: &[u8]) {
        let mut level = 0;
        let mut root = leaf_hash(entry);
        while let Some((left_level, left)) = self.subtrees.last().copied() {
            if left_level != level {
                break;
            }
            self.subtrees.pop();
            root = node_hash(&left, &root);
            level += 1;
        }
        self.subtrees.push((level, root));
        self.size += 1;
    }

    /// Number of entries.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The root over all entries; for none the hash of nothing.
    pub fn root(&self) -> Sha256 {
        let mut from_right = self.subtrees.iter().rev().map(|(_, root)| *root);
        match from_right.next() {
            None => Sha256::of(b""),
            Some(last) => from_right.fold(last, |right, left| node_hash(&left, &right)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Leaves and roots of the reference tree of Certificate Transparency
    /// (`ReferenceMerklePath` in the test data published with RFC 6962).
    const LEAVES: [&str; 8] =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("hex")).collect()
    }

    #[test]
    fn the_roots_are_those_of_the_reference_tree() {
        let mut tree = MerkleTree::default();
        assert_eq!(
            tree.root().to_string(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
        for (leaf, root) in LEAVES.iter().zip(ROOTS) {
            tree.push(&bytes(leaf));
            assert_eq!(tree.root().to_string(), root, "of {} leaves", tree.size());
        }
    }

    #[test]
    fn the_streaming_tree_equals_the_definition() {
        /// RFC 6962, 2.1, as written: split at the largest power of two below n.
        fn defined(leaves: &[Vec<u8>]) -> Sha256 {
            match leaves.len() {
                0 => Sha256::of(b""),
                1 => leaf_hash(&leaves[0]),
                n => {
                    let split = n.next_power_of_two() / 2;
                    node_hash(&defined(&leaves[..split]), &defined(&leaves[split..]))
                }
            }
        }
        let leaves: Vec<Vec<u8>> = (0..70_u8).map(|n| vec![n; usize::from(n)]).collect();
        let mut tree = MerkleTree::default();
        for (count, leaf) in leaves.iter().enumerate() {
            assert_eq!(tree.root(), defined(&leaves[..count]));
            tree.push(leaf);
        }
    }
}
