//! Proof that one entry is in the register, without the other entries (RFC 6962, 2.1.1).

use school::digest::Sha256;

use super::tree::Tree;

/// The entry or the tree asked for is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no entry {index} in a tree of {size} entries made of {leaves} leaves")]
pub struct NotInTree {
    index: usize,
    size: usize,
    leaves: usize,
}

impl NotInTree {
    pub(super) const fn new(index: usize, size: usize, leaves: usize) -> Self {
        Self { index, size, leaves }
    }
}

/// The audit path of leaf `index` in the tree over the first `size` leaves: sibling hashes from the leaf
/// up to the root.
///
/// Errors: `index` is not below `size`, or there are fewer than `size` leaves.
pub fn prove(index: usize, size: usize, leaves: &[Sha256]) -> Result<Vec<Sha256>, NotInTree> {
    let refused = NotInTree { index, size, leaves: leaves.len() };
    if index >= size {
        return Err(refused);
    }
    let mut level = leaves.get(..size).ok_or(refused)?;
    let mut index = index;
    let mut root_first = Vec::new();
    while level.len() > 1 {
        let (left, right) = level.split_at(left_size(level.len()));
        let (path, sibling) = if index < left.len() { (left, right) } else { (right, left) };
        if index >= left.len() {
            index -= left.len();
        }
        root_first.push(sibling.iter().copied().collect::<Tree>().root());
        level = path;
    }
    root_first.reverse();
    Ok(root_first)
}

/// The largest power of two below `size`, which is at least 2.
pub(super) const fn left_size(size: usize) -> usize {
    1 << (size - 1).ilog2()
}

#[cfg(test)]
mod tests {
    use super::super::tree::{node_hash, tests::reference_leaves};
    use super::*;

    /// The root that a path leads to, by the words of RFC 9162, 2.1.3.2.
    fn root_by(mut index: usize, size: usize, leaf: Sha256, path: &[Sha256]) -> Sha256 {
        let mut last = size - 1;
        let mut root = leaf;
        for sibling in path {
            assert!(last > 0, "path too long");
            if index % 2 == 1 || index == last {
                root = node_hash(sibling, &root);
                while index.is_multiple_of(2) && index != 0 {
                    index >>= 1;
                    last >>= 1;
                }
            } else {
                root = node_hash(&root, sibling);
            }
            index >>= 1;
            last >>= 1;
        }
        assert_eq!(last, 0, "path too short");
        root
    }

    #[test]
    fn the_published_paths_come_out() {
        let leaves = reference_leaves();
        let texts = |index, size| -> Vec<String> {
            prove(index, size, &leaves).expect("inside").iter().map(Sha256::to_string).collect()
        };
        assert!(texts(0, 1).is_empty());
        assert_eq!(
            texts(0, 8),
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ]
        );
        assert_eq!(
            texts(5, 8),
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        );
        assert_eq!(texts(2, 3), ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]);
    }

    #[test]
    fn every_entry_of_every_size_is_led_to_the_root() {
        let leaves: Vec<Sha256> = (0..40_u8).map(|byte| Sha256::of(&[byte])).collect();
        for size in 1..=leaves.len() {
            let root = leaves[..size].iter().copied().collect::<Tree>().root();
            for (index, leaf) in leaves[..size].iter().enumerate() {
                let path = prove(index, size, &leaves).expect("inside");
                assert_eq!(root_by(index, size, *leaf, &path), root, "{index} of {size}");
            }
        }
    }

    #[test]
    fn an_entry_outside_the_tree_has_no_proof() {
        let leaves = reference_leaves();
        assert!(prove(8, 8, &leaves).is_err());
        assert!(prove(0, 9, &leaves).is_err());
        assert!(prove(0, 0, &[]).is_err());
    }
}
