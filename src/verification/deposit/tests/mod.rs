//! The rules of a deposit, one test each.

mod acts;
mod checkpoint;
mod rules;
pub(crate) mod sealed;
