//! Proof that a register only grew: the tree of an earlier size is the beginning of a later one
//! (RFC 6962, 2.1.2).

use school::digest::Sha256;

use super::inclusion::{NotInTree, ProvenPath, Sibling, left_size};
use super::tree::root;

/// The hashes that lead from the root over the first `old` leaves to the root over all of them.
///
/// Errors: `old` is 0 or above the number of leaves.
pub fn prove_consistency(old: usize, leaves: &[Sha256]) -> Result<ProvenPath, NotInTree> {
    if old == 0 || old > leaves.len() {
        return Err(NotInTree::new(old, leaves.len()));
    }
    let (mut level, mut old) = (leaves, old);
    // Whoever checks knows the old root; a subtree that is exactly the old tree needs no hash.
    let mut old_is_known = true;
    let mut root_first = Vec::new();
    while old < level.len() {
        let (left, right) = level.split_at(left_size(level.len()));
        if old <= left.len() {
            root_first.push(Sibling::Right(root(right)));
            level = left;
        } else {
            root_first.push(Sibling::Left(root(left)));
            old -= left.len();
            level = right;
            old_is_known = false;
        }
    }
    let common = root(level);
    let known = if old_is_known { Vec::new() } else { vec![common] };
    Ok(ProvenPath::climb(common, known, root_first))
}

#[cfg(test)]
mod tests {
    use super::super::tree::{node_hash, tests::reference_leaves};
    use super::*;

    /// The definition as written in RFC 6962, 2.1.2: SUBPROOF(m, D[n], b).
    fn defined(m: usize, leaves: &[Sha256], b: bool) -> Vec<Sha256> {
        if m == leaves.len() {
            return if b { Vec::new() } else { vec![root(leaves)] };
        }
        let (left, right) = leaves.split_at(left_size(leaves.len()));
        let (mut proof, other) = if m <= left.len() {
            (defined(m, left, b), root(right))
        } else {
            (defined(m - left.len(), right, false), root(left))
        };
        proof.push(other);
        proof
    }

    #[test]
    fn every_pair_of_sizes_has_the_proof_of_the_definition() {
        let leaves: Vec<Sha256> = (0..40_u8).map(|byte| Sha256::of(&[byte])).collect();
        for size in 1..=leaves.len() {
            for old in 1..=size {
                let proof = prove_consistency(old, &leaves[..size]).expect("inside");
                assert_eq!(proof.hashes, defined(old, &leaves[..size], true), "{old} of {size}");
                assert_eq!(proof.root, root(&leaves[..size]), "{old} of {size}");
            }
        }
    }

    #[test]
    fn the_published_proofs_come_out() {
        // The test vectors of Certificate Transparency: from 6 to 8, and from 2 to 5.
        let leaves = reference_leaves();
        let texts = |old, size| -> Vec<String> {
            let proof = prove_consistency(old, &leaves[..size]).expect("inside");
            proof.hashes.iter().map(Sha256::to_string).collect()
        };
        assert_eq!(texts(1, 1), Vec::<String>::new());
        assert_eq!(
            texts(6, 8),
            [
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ]
        );
        assert_eq!(
            texts(2, 5),
            [
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ]
        );
        assert_eq!(node_hash(&leaves[0], &leaves[1]), root(&leaves[..2]));
    }

    #[test]
    fn a_tree_that_is_not_there_has_no_proof() {
        let leaves = reference_leaves();
        for old in [0, 9] {
            assert!(prove_consistency(old, &leaves).is_err(), "{old} of 8");
        }
    }
}
