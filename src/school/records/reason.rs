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
    /// Who decided, where they are somebody of the roster.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person: Option<PersonId>,
    /// The account of anybody else.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub account: Option<String>,
    /// Their words.
    pub reason: String,
}

impl Reason {
    /// The words of somebody of the roster.
    pub fn of(person: &PersonId, about: Sha256, words: &str) -> Self {
        let person = Some(person.clone());
        Self { format: FORMAT.into(), about, person, account: None, reason: words.to_owned() }
    }

    /// The words of whoever has this account and no place in the roster.
    pub fn of_account(account: &str, about: Sha256, words: &str) -> Self {
        let account = Some(account.to_owned());
        Self { format: FORMAT.into(), about, person: None, account, reason: words.to_owned() }
    }
}
