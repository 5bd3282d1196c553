//! The rules of a deposit, one test each.

mod acts;
mod checkpoint;
mod content;
mod corrections;
mod elsewhere;
mod periods;
mod rules;
pub(crate) mod sealed;
