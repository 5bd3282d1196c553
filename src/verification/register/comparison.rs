//! How a register stands to a checkpoint that somebody kept from an earlier day (DESIGN, section 8).
//! A register only grows: what was proven once must be the beginning of what is there now.

use school::digest::Sha256;
use school::identifier::SchoolCode;
use school::moment::Moment;
use serde::Serialize;

use super::checkpoint::Checkpoint;
use super::merkle::MerkleTree;

/// What the comparison says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The register is exactly the one of the checkpoint.
    Equal,
    /// The checkpoint is older: its entries are the first of the register, and others follow.
    Older,
    /// The register has fewer entries than were proven.
    Shortened,
    /// The first entries of the register are not the ones that were proven.
    Rewritten,
    /// The checkpoint is of another school's register.
    OtherSchool,
}

/// A checkpoint compared with a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// Number of entries that the checkpoint counts.
    pub size: u64,
    /// Its root.
    pub root: Sha256,
    /// How the register stands to it.
    pub relation: Relation,
    /// Time of the last entry that it counts, where the register has it.
    pub date: Option<Moment>,
}

/// Watches a register grow and remembers how it was when it had the size of the checkpoint.
pub(super) struct Watched<'a> {
    held: &'a Checkpoint,
    /// Root and time of the last entry at that size.
    then: Option<(Sha256, Option<Moment>)>,
}

impl<'a> Watched<'a> {
    pub fn new(held: &'a Checkpoint) -> Self {
        Self { held, then: None }
    }

    /// To be called before the first entry and after each.
    pub fn see(&mut self, tree: &MerkleTree, last: Option<Moment>) {
        if tree.size() == self.held.size {
            self.then = Some((tree.root(), last));
        }
    }

    /// Compares with the register as it ended, which is that of `school`.
    pub fn compare(self, now: &MerkleTree, school: Option<&SchoolCode>) -> Comparison {
        let held = self.held;
        let relation = match self.then {
            _ if school.is_some_and(|found| *found != held.school) => Relation::OtherSchool,
            None => Relation::Shortened,
            Some((root, _)) if root != held.root => Relation::Rewritten,
            Some(_) if now.size() == held.size => Relation::Equal,
            Some(_) => Relation::Older,
        };
        let same = matches!(relation, Relation::Equal | Relation::Older);
        let date = self.then.and_then(|(_, last)| last).filter(|_| same);
        Comparison { size: held.size, root: held.root, relation, date }
    }
}
