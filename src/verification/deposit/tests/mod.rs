//! The rules of a deposit, one test each.

mod acts;
mod checkpoint;
mod periods;
mod rules;
pub(crate) mod sealed;
