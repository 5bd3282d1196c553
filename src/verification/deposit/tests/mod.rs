//! The rules of a deposit, one test each.

mod medium;
mod rules;
pub(crate) mod sealed;
