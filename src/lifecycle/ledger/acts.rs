//! What an act moves, and whose signature may stand for the school.

use school::digest::Sha256;

use crate::lifecycle::act;
use crate::lifecycle::event::{Entry, Event};
use crate::lifecycle::ledger::Ledger;

impl Ledger {
    pub(super) fn apply_act(&mut self, entry: &Entry) {
        match &entry.event {
            Event::ActProposed { act, year, signers, .. } => {
                self.acts.0.insert(*act, (*year, act::Stage::Proposed { signers: signers.clone() }));
            }
            Event::ActSigned { act, principal, stamp } => {
                let Some((_, stage)) = self.acts.0.get_mut(act) else { return };
                let outlives = principal.is_some() || stamp.is_some();
                let signers = match stage {
                    act::Stage::Proposed { signers } | act::Stage::InForce { signers, .. } => signers.clone(),
                    act::Stage::Withdrawn { .. } => return,
                };
                *stage = act::Stage::InForce { since: entry.time, entry: entry.seq, outlives, signers };
                if let Some((first, second)) = &mut self.commissioned {
                    *first = principal.unwrap_or(*first);
                    *second = stamp.unwrap_or(*second);
                }
            }
            Event::ActWithdrawn { act, by } => {
                if let Some((_, stage)) = self.acts.0.get_mut(act) {
                    *stage = act::Stage::Withdrawn { by: by.clone() };
                }
            }
            _ => {}
        }
    }

    /// True when this certificate may sign what is no document: one of the two that were commissioned, or
    /// one that an act waits for.
    pub fn may_attest(&self, certificate: Sha256) -> bool {
        self.commissioned.is_some_and(|(head, stamp)| [head, stamp].contains(&certificate))
            || self.acts.await_signature_of(&certificate)
    }
}
