//! Checkpoints of the register that signers signed at the end of their sittings, for whoever carries them
//! away: they are entries behind the ones they cover, so that no deposit can hold its own.

use crate::clerk::{Office, names};

/// A signed checkpoint in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// Number of entries that it covers.
    pub size: u64,
    /// Its text (C2SP), a name in the store.
    pub text: String,
    /// The detached CMS over it, a name in the store.
    pub signature: String,
}

/// All of them, oldest first.
pub fn checkpoint_signatures(office: &Office) -> Vec<SignedCheckpoint> {
    let signed = office.ledger().checkpoints.iter();
    signed
        .map(|one| SignedCheckpoint {
            size: one.size,
            text: names::checkpoint(&one.checkpoint),
            signature: names::checkpoint_signature(&one.signature),
        })
        .collect()
}
