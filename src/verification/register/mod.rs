//! Judges a copy of the register: canonical lines, hash chain, RFC 6962 root, checkpoint (DESIGN,
//! section 8). It proves that the copy is exactly what the checkpoint names; who signed the checkpoint
//! is for [`crate::deposit`] to judge, and for `alone` where the register lies outside of a deposit.

mod alone;
mod checkpoint;
mod comparison;
mod copies;
mod entry;
mod judgement;
mod merkle;
mod proof;

pub use alone::{Beside, judge_alone};
pub use checkpoint::Checkpoint;
pub use comparison::{Comparison, Relation};
pub use copies::{CopiesCompared, CopyRelation, compare_copies};
pub use entry::DepositPlanned;
pub use judgement::{DepositBuilt, PlannedMedium, PlannedSet, RegisterReport, judge, roots};
pub use merkle::{MerkleTree, leaf_hash};
pub use proof::{Proof, ProofFault};
#[cfg(test)]
mod tests;
