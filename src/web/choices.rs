//! What people chose to sign, from the list until their PIN.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use school::digest::Sha256;
use school::dossier::DossierId;
use school::limits::VISITS_KEPT;

/// The latest choices by number.
#[derive(Debug, Default)]
pub struct Choices(Mutex<BTreeMap<u64, (Sha256, BTreeSet<DossierId>)>>);

impl Choices {
    /// Keeps a choice for the holder of a certificate.
    pub fn keep(&self, certificate: Sha256, chosen: BTreeSet<DossierId>) -> u64 {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = kept.last_key_value().map_or(1, |(last, _)| last + 1);
        kept.insert(number, (certificate, chosen));
        while kept.len() > VISITS_KEPT {
            kept.pop_first();
        }
        number
    }

    /// A choice, for whoever made it.
    pub fn get(&self, certificate: Sha256, number: u64) -> Option<BTreeSet<DossierId>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(&number).filter(|(of, _)| *of == certificate).map(|(_, chosen)| chosen.clone())
    }
}
