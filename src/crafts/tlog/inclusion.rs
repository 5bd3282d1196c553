//! Proof that one entry is in the register, without the other entries (RFC 6962, 2.1.1).

use school::digest::Sha256;

use super::tree::{node_hash, root};

/// The entry or the tree asked for is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no entry {index} in a tree of {leaves} entries")]
pub struct NotInTree {
    index: usize,
    leaves: usize,
}

impl NotInTree {
    pub(super) const fn new(index: usize, leaves: usize) -> Self {
        Self { index, leaves }
    }
}

/// Hashes that prove something of a tree, from the bottom up, and the root that they lead to: every node is
/// hashed once for both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenPath {
    /// What whoever checks does not know already.
    pub hashes: Vec<Sha256>,
    /// The root of the whole tree.
    pub root: Sha256,
}

/// A subtree beside the way from the root down to what is proven.
pub(super) enum Sibling {
    Left(Sha256),
    Right(Sha256),
}

impl ProvenPath {
    /// Climbs from the subtree `proven` past its siblings, which are given from the root down; `known` hashes
    /// stand before theirs.
    pub(super) fn climb(proven: Sha256, known: Vec<Sha256>, root_first: Vec<Sibling>) -> Self {
        let (mut hashes, mut root) = (known, proven);
        for sibling in root_first.into_iter().rev() {
            let (hash, above) = match sibling {
                Sibling::Left(left) => (left, node_hash(&left, &root)),
                Sibling::Right(right) => (right, node_hash(&root, &right)),
            };
            hashes.push(hash);
            root = above;
        }
        Self { hashes, root }
    }
}

/// The audit path of leaf `index`: sibling hashes from the leaf up to the root.
///
/// Errors: there is no such leaf.
pub fn prove(index: usize, leaves: &[Sha256]) -> Result<ProvenPath, NotInTree> {
    let leaf = *leaves.get(index).ok_or(NotInTree::new(index, leaves.len()))?;
    let (mut level, mut index) = (leaves, index);
    let mut root_first = Vec::new();
    while level.len() > 1 {
        let (left, right) = level.split_at(left_size(level.len()));
        if index < left.len() {
            root_first.push(Sibling::Right(root(right)));
            level = left;
        } else {
            root_first.push(Sibling::Left(root(left)));
            index -= left.len();
            level = right;
        }
    }
    Ok(ProvenPath::climb(leaf, Vec::new(), root_first))
}

/// The largest power of two below `size`, which is at least 2.
pub(super) const fn left_size(size: usize) -> usize {
    1 << (size - 1).ilog2()
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Tree, tests::reference_leaves};
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
            prove(index, &leaves[..size]).expect("inside").hashes.iter().map(Sha256::to_string).collect()
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
            let grown = leaves[..size].iter().copied().collect::<Tree>().root();
            for (index, leaf) in leaves[..size].iter().enumerate() {
                let path = prove(index, &leaves[..size]).expect("inside");
                assert_eq!(path.root, grown, "{index} of {size}");
                assert_eq!(root_by(index, size, *leaf, &path.hashes), grown, "{index} of {size}");
            }
        }
    }

    #[test]
    fn an_entry_outside_the_tree_has_no_proof() {
        let leaves = reference_leaves();
        assert!(prove(8, &leaves).is_err());
        assert!(prove(0, &[]).is_err());
    }
}
