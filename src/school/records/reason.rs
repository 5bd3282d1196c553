//! Why somebody decided something, in their own words: a record beside the register, named by its
//! digest, because register events hold neither names nor reasons (invariant 11).

use serde::{Deserialize, Serialize};

use crate::digest::Sha256;
use crate::identifier::PersonId;

/// The `format` of such a record.
pub const FORMAT: &str = "niemphong-reason/1";

/// A reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// Always [`FORMAT`].
    pub format: String,
    /// What was decided about: the digest of an export.
    pub about: Sha256,
    /// Who decided.
    pub person: PersonId,
    /// Their words.
    pub reason: String,
}
