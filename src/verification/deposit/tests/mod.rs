//! The rules of a deposit, one test each.

mod rules;
pub(crate) mod sealed;
