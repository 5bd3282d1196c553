//! On whose order the clerk works. Names of accounts may be names of staff, so they lie in a record beside the
//! register, which entries name by its digest; the orders of one account in one role have one record.

use std::os::unix::fs::MetadataExt;

use school::digest::Sha256;
use school::identifier::PersonId;
use school::records::canonical;
use serde::{Deserialize, Serialize};

use crate::clerk::ClerkFault;

/// The `format` of the record.
const FORMAT: &str = "niemphong-order/1";
/// In the place of a role: a command on the server itself.
const COMMAND: &str = "dong-lenh";

/// Who orders something, as the record has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    format: String,
    /// The account; the person, who came with token or slip; the screen at which nobody has signed in; of a command
    /// the user of the server.
    pub account: String,
    /// In which role, as a stable code.
    pub role: String,
    /// Who that is in the roster.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person: Option<PersonId>,
}

impl Actor {
    /// This account, in this role.
    pub fn new(account: impl Into<String>, role: &str, person: Option<PersonId>) -> Self {
        Self { format: FORMAT.into(), account: account.into(), role: role.to_owned(), person }
    }

    /// Whoever typed a command on the server: the user whose process this is.
    pub fn of_command() -> Self {
        let user = std::fs::metadata("/proc/self").map(|process| process.uid().to_string());
        Self::new(format!("uid {}", user.as_deref().unwrap_or("?")), COMMAND, None)
    }

    /// The record, and what names it.
    pub(super) fn record(&self) -> Result<(Sha256, Vec<u8>), ClerkFault> {
        let bytes = canonical::to_bytes(self).map_err(|_| ClerkFault::Form { what: "order" })?;
        Ok((Sha256::of(&bytes), bytes))
    }
}
