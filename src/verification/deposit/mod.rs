//! Judges a deposit: a sealed bag (RFC 8493) with its seal, roster, plans and register.

use serde_json::Value;

use crate::circumstances::Circumstances;
use crate::files::Files;

/// Judges the deposit in `files`. One object for the bag, one for the register, one per PDF.
pub fn judge(_files: &dyn Files, _circumstances: &Circumstances) -> Vec<Value> {
    todo!()
}
