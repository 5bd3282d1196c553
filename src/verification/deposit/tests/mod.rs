//! The rules of a deposit, one test each.

mod periods;
mod rules;
pub(crate) mod sealed;
