//! Proofs that travel by themselves: that one entry is in a register, and that a register only grew. Read
//! and checked from their text alone, by the words of RFC 9162, 2.1.3.2 and 2.1.4.2.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::digest::Sha256;
use school::limits::REGISTER_LINE_SIZE_BYTES;
use serde_json::Value;

use super::checkpoint::Checkpoint;
use super::entry::Entry;
use super::merkle::{leaf_hash, node_hash};

/// Longest path: a tree of 2^64 leaves has no longer one; a proof of growth has at most one more.
const PATH_LENGTH: usize = 65;

/// A proof, as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// Of one entry (C2SP tlog-proof).
    Inclusion {
        /// The entry's line, without its line feed.
        line: Vec<u8>,
        /// Its number.
        index: u64,
        /// Sibling hashes from the leaf up.
        path: Vec<Sha256>,
        /// Whose root it leads to.
        checkpoint: Checkpoint,
    },
    /// Of growth (the body of C2SP tlog-witness, add-checkpoint).
    Consistency {
        /// Entries of the earlier register.
        old: u64,
        /// The hashes.
        path: Vec<Sha256>,
        /// The later register.
        checkpoint: Checkpoint,
    },
}

/// Why a proof proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// It does not have the agreed form.
    #[error("not a proof")]
    Malformed,
    /// It does not lead to the root of its checkpoint.
    #[error("the proof does not lead to the root of its checkpoint")]
    OtherRoot,
    /// The line in it is no entry of that number.
    #[error("the line in the proof is not the entry that it names")]
    OtherEntry,
    /// It does not begin at the earlier checkpoint that was given.
    #[error("the proof does not begin at the earlier checkpoint")]
    OtherBeginning,
}

impl Proof {
    /// Reads a proof.
    ///
    /// Errors: [`ProofFault::Malformed`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ProofFault> {
        Self::read(bytes).ok_or(ProofFault::Malformed)
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let (head, checkpoint) = text.split_once("\n\n")?;
        let checkpoint = Checkpoint::parse(checkpoint.as_bytes())?;
        let mut lines = head.split('\n');
        let first = lines.next()?;
        if let Some(old) = first.strip_prefix("old ") {
            return Some(Self::Consistency { old: number(old)?, path: path(lines)?, checkpoint });
        }
        if first != "c2sp.org/tlog-proof@v1" {
            return None;
        }
        let line = STANDARD.decode(lines.next()?.strip_prefix("extra ")?).ok()?;
        let index = number(lines.next()?.strip_prefix("index ")?)?;
        (line.len() <= REGISTER_LINE_SIZE_BYTES).then_some(())?;
        Some(Self::Inclusion { line, index, path: path(lines)?, checkpoint })
    }

    /// The checkpoint that the proof leads to. Who signed it is another question.
    pub const fn checkpoint(&self) -> &Checkpoint {
        match self {
            Self::Inclusion { checkpoint, .. } | Self::Consistency { checkpoint, .. } => checkpoint,
        }
    }

    /// Checks a proof of one entry and returns the entry as JSON; of growth, from the earlier checkpoint
    /// that was `held`, and returns nothing.
    ///
    /// Errors: see [`ProofFault`].
    pub fn check(&self, held: Option<&Checkpoint>) -> Result<Option<Value>, ProofFault> {
        match self {
            Self::Inclusion { line, index, path, checkpoint } => {
                let entry = Entry::parse(line).ok_or(ProofFault::OtherEntry)?;
                let root = root_of(*index, checkpoint.size, leaf_hash(line), path);
                if root != Some(checkpoint.root) {
                    return Err(ProofFault::OtherRoot);
                }
                if entry.seq != *index {
                    return Err(ProofFault::OtherEntry);
                }
                serde_json::from_slice(line).map(Some).map_err(|_| ProofFault::OtherEntry)
            }
            Self::Consistency { old, path, checkpoint } => {
                let held = held.ok_or(ProofFault::OtherBeginning)?;
                if (held.size, &held.school) != (*old, &checkpoint.school) {
                    return Err(ProofFault::OtherBeginning);
                }
                match roots_of(*old, checkpoint.size, held.root, path) {
                    Some((first, _)) if first != held.root => Err(ProofFault::OtherBeginning),
                    Some((_, second)) if second == checkpoint.root => Ok(None),
                    _ => Err(ProofFault::OtherRoot),
                }
            }
        }
    }
}

fn number(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

fn path<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Vec<Sha256>> {
    let hash = |line: &str| -> Option<Sha256> {
        let bytes: [u8; 32] = STANDARD.decode(line).ok()?.try_into().ok()?;
        Some(Sha256::from_bytes(bytes))
    };
    let path: Vec<Sha256> = lines.map(hash).collect::<Option<_>>()?;
    (path.len() <= PATH_LENGTH).then_some(path)
}

/// RFC 9162, 2.1.3.2: the root that the path leads to.
fn root_of(index: u64, size: u64, leaf: Sha256, path: &[Sha256]) -> Option<Sha256> {
    if index >= size {
        return None;
    }
    let (mut node, mut last, mut root) = (index, size - 1, leaf);
    for sibling in path {
        if last == 0 {
            return None;
        }
        if node & 1 == 1 || node == last {
            root = node_hash(sibling, &root);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            root = node_hash(&root, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(root)
}

/// RFC 9162, 2.1.4.2: both roots that the path leads to.
fn roots_of(old: u64, size: u64, old_root: Sha256, path: &[Sha256]) -> Option<(Sha256, Sha256)> {
    if old == 0 || old > size {
        return None;
    }
    if old == size {
        return path.is_empty().then_some((old_root, old_root));
    }
    let begins: Vec<Sha256>;
    // A complete subtree is its own first hash; it was left out because whoever checks has it.
    let path = if old.is_power_of_two() {
        begins = std::iter::once(old_root).chain(path.iter().copied()).collect();
        begins.as_slice()
    } else {
        path
    };
    let (first, rest) = path.split_first()?;
    let (mut node, mut last) = (old - 1, size - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (mut one, mut two) = (*first, *first);
    for hash in rest {
        if last == 0 {
            return None;
        }
        if node & 1 == 1 || node == last {
            one = node_hash(hash, &one);
            two = node_hash(hash, &two);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            two = node_hash(&two, hash);
        }
        node >>= 1;
        last >>= 1;
    }
    (last == 0).then_some((one, two))
}

#[cfg(test)]
mod tests {
    use super::super::merkle::MerkleTree;
    use super::*;
    use school::records::canonical;
    use serde_json::json;

    /// Slow and plain, by the definitions of RFC 6962, 2.1: nothing of the code above.
    mod slow {
        use super::{Sha256, leaf_hash, node_hash};

        pub fn root(lines: &[Vec<u8>]) -> Sha256 {
            match lines {
                [] => Sha256::of(b""),
                [line] => leaf_hash(line),
                lines => {
                    let (left, right) = lines.split_at(lines.len().next_power_of_two() / 2);
                    node_hash(&root(left), &root(right))
                }
            }
        }

        pub fn path(index: usize, lines: &[Vec<u8>]) -> Vec<Sha256> {
            if lines.len() == 1 {
                return Vec::new();
            }
            let (left, right) = lines.split_at(lines.len().next_power_of_two() / 2);
            let (mut path, other) = if index < left.len() {
                (path(index, left), root(right))
            } else {
                (self::path(index - left.len(), right), root(left))
            };
            path.push(other);
            path
        }

        pub fn growth(old: usize, lines: &[Vec<u8>], whole: bool) -> Vec<Sha256> {
            if old == lines.len() {
                return if whole { Vec::new() } else { vec![root(lines)] };
            }
            let (left, right) = lines.split_at(lines.len().next_power_of_two() / 2);
            let (mut path, other) = if old <= left.len() {
                (growth(old, left, whole), root(right))
            } else {
                (growth(old - left.len(), right, false), root(left))
            };
            path.push(other);
            path
        }
    }

    fn lines(count: usize) -> Vec<Vec<u8>> {
        let entry = |seq| json!({"seq": seq, "time": "2026-05-30T08:15:00+07:00", "kind": "x", "body": {}, "previous": Sha256::of(b"")});
        (0..count).map(|seq| canonical::to_bytes(&entry(seq)).expect("canonical")).collect()
    }

    fn checkpoint(lines: &[Vec<u8>]) -> Checkpoint {
        let mut tree = MerkleTree::default();
        lines.iter().for_each(|line| tree.push(line));
        Checkpoint { school: "HOAPHUONG".parse().expect("a code"), size: tree.size(), root: tree.root() }
    }

    fn inclusion(index: usize, lines: &[Vec<u8>]) -> Proof {
        let (line, path) = (lines[index].clone(), slow::path(index, lines));
        Proof::Inclusion { line, index: index as u64, path, checkpoint: checkpoint(lines) }
    }

    fn growth(old: usize, lines: &[Vec<u8>]) -> Proof {
        let path = slow::growth(old, lines, true);
        Proof::Consistency { old: old as u64, path, checkpoint: checkpoint(lines) }
    }

    #[test]
    fn every_proof_of_a_slow_implementation_is_accepted_and_of_no_other_entry_or_size() {
        let all = lines(34);
        for size in 1..=all.len() {
            let all = &all[..size];
            assert_eq!(slow::root(all), checkpoint(all).root);
            for index in 0..size {
                let proof = inclusion(index, all);
                assert!(proof.check(None).is_ok_and(|entry| entry.is_some()), "{index} of {size}");
                let Proof::Inclusion { line, path, checkpoint, .. } = proof else { continue };
                let other = Proof::Inclusion { line, index: (index as u64 + 1) % 34, path, checkpoint };
                assert!(size == 1 && index == 33 || other.check(None).is_err(), "{index} of {size}");
            }
            for old in 1..=size {
                let held = checkpoint(&all[..old]);
                assert_eq!(growth(old, all).check(Some(&held)), Ok(None), "{old} of {size}");
                let rewritten = Checkpoint { root: Sha256::of(b"another beginning"), ..held.clone() };
                assert!(growth(old, all).check(Some(&rewritten)).is_err(), "{old} of {size}");
                assert_eq!(growth(old, all).check(None), Err(ProofFault::OtherBeginning));
            }
        }
    }

    #[test]
    fn no_hash_of_a_proof_can_be_changed_left_out_or_added() {
        let all = lines(21);
        let held = checkpoint(&all[..13]);
        for proof in [inclusion(11, &all), growth(13, &all)] {
            let change = |act: &dyn Fn(&mut Vec<Sha256>)| {
                let mut changed = proof.clone();
                let (Proof::Inclusion { path, .. } | Proof::Consistency { path, .. }) = &mut changed;
                act(path);
                changed.check(Some(&held)).is_err()
            };
            let (Proof::Inclusion { path, .. } | Proof::Consistency { path, .. }) = &proof;
            for at in 0..path.len() {
                assert!(change(&|path| path[at] = Sha256::of(b"x")), "{at}");
                assert!(change(&|path| path.truncate(at)), "{at}");
            }
            assert!(change(&|path| path.push(Sha256::of(b"x"))));
        }
    }

    #[test]
    fn a_proof_has_one_form() {
        let text = "c2sp.org/tlog-proof@v1\nextra e30=\nindex 0\n\nniemphong/HOAPHUONG\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
        assert!(Proof::parse(text.as_bytes()).is_ok());
        for (from, to) in
            [("@v1", "@v2"), ("index 0", "index 00"), ("extra ", "more "), ("\n\n", "\n"), ("e30=", "e30")]
        {
            assert_eq!(
                Proof::parse(text.replacen(from, to, 1).as_bytes()),
                Err(ProofFault::Malformed),
                "{to}"
            );
        }
        assert_eq!(Proof::parse(text.as_bytes()).expect("a proof").check(None), Err(ProofFault::OtherEntry));
    }
}
