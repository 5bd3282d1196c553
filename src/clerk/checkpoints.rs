//! Checkpoints of the register that signers sign at the end of their sittings, so that nobody who keeps the register
//! can write its history anew. They are entries behind the ones they cover, so that no deposit can hold its own.

use crafts::tlog;
use school::digest::Sha256;

use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::event::Event;

/// A checkpoint that waits for a token's signature.
pub(super) struct AskedCheckpoint {
    size: u64,
    text: String,
}

impl AskedCheckpoint {
    /// That of the register as it stands.
    ///
    /// Errors: `school.not_commissioned`.
    pub(super) fn of(office: &Office) -> Result<Self, ClerkFault> {
        let Some(school) = office.ledger().school.as_ref() else {
            return Err(ClerkFault::NotNow { code: "school.not_commissioned", what: "checkpoint".into() });
        };
        let (size, root) = office.tree_head();
        Ok(Self { size, text: tlog::checkpoint(&tlog::origin(school), size, &root) })
    }

    /// What is signed (C2SP).
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Keeps the detached CMS over it, or records why there is none; true where there is one.
    ///
    /// Errors: register or store failed.
    pub(super) fn keep(
        &self,
        office: &mut Office,
        certificate: Sha256,
        signed: Result<Vec<u8>, ClerkFault>,
    ) -> Result<bool, ClerkFault> {
        let cms = match signed {
            Ok(cms) => cms,
            Err(fault) => return missed(office, certificate, fault.code()).map(|()| false),
        };
        let (checkpoint, signature) = (Sha256::of(self.text.as_bytes()), Sha256::of(&cms));
        office.publish(&names::checkpoint(&checkpoint), self.text.as_bytes())?;
        office.publish(&names::checkpoint_signature(&signature), &cms)?;
        let size = self.size;
        office.record(Event::CheckpointSigned { size, checkpoint, certificate, signature })?;
        Ok(true)
    }
}

/// Records that a sitting ended without one.
///
/// Errors: the register failed.
pub(super) fn missed(office: &mut Office, certificate: Sha256, code: &str) -> Result<(), ClerkFault> {
    office.record(Event::CheckpointMissed { certificate, code: code.to_owned() }).map(drop)
}

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
