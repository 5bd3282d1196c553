//! Judges a medium: a sealed bag whose payload are whole deposits (DESIGN, section 8). Its root is the root
//! of a disc or stick, or one folder `lan-<n>` of a dedicated disk.
//!
//! What the manifests list is compared with what is there; what the seal names with both; the register with
//! its checkpoint, with what it says of this medium, and with the older register inside each deposit. Each
//! deposit is judged as if it came alone. Nothing that lies on the medium is trusted: its anchors are there
//! for people, the judge takes those that the inspector brought.

mod acts;
mod checkpoints;
mod comparison;
mod judgement;
mod layout;
mod manifests;
mod proofs;
mod statement;

pub use comparison::{Likeness, compare};
pub use judgement::judge;
pub(crate) use judgement::{Image, judge_with};
pub use layout::is_medium;
#[cfg(test)]
pub(crate) mod tests;
