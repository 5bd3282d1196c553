//! Visits: who signs now, how far it is, and what the latest ones brought. A reload or a second browser at
//! the same screen sees the same.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use school::digest::Sha256;
use school::identifier::ScreenId;
use school::limits::VISITS_KEPT;
use school::moment::Moment;

use crate::clerk::Watch;
use crate::lifecycle::sitting::Sitting;

/// A visit.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The signer's certificate.
    pub certificate: Sha256,
    /// Where.
    pub screen: ScreenId,
    /// When the PIN was typed.
    pub begun: Moment,
    /// How far it is.
    pub watch: Watch,
    /// What it brought, once it is over.
    pub sitting: Option<Sitting>,
    /// Why there was no login, as a stable code.
    pub refused: Option<String>,
}

/// The latest visits by number.
#[derive(Debug, Default)]
pub struct Visits(Mutex<BTreeMap<u64, Visit>>);

impl Visits {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Visit>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody sat down: the number of the visit.
    pub fn begin(&self, certificate: Sha256, screen: ScreenId, begun: Moment, watch: Watch) -> u64 {
        let mut visits = self.lock();
        let number = visits.last_key_value().map_or(1, |(last, _)| last + 1);
        if visits.len() >= VISITS_KEPT
            && let Some(oldest) = visits.iter().find(|(_, one)| one.is_over()).map(|(number, _)| *number)
        {
            visits.remove(&oldest);
        }
        visits.insert(number, Visit { certificate, screen, begun, watch, sitting: None, refused: None });
        number
    }

    /// Somebody left.
    pub fn left(&self, sitting: Sitting, refused: Option<&str>) {
        let mut visits = self.lock();
        let certificate = sitting.certificate;
        let under_way =
            visits.values_mut().rev().find(|one| one.certificate == certificate && !one.is_over());
        if let Some(visit) = under_way {
            visit.refused = refused.map(str::to_owned);
            visit.sitting = Some(sitting);
        }
    }

    /// A visit.
    pub fn get(&self, number: u64) -> Option<Visit> {
        self.lock().get(&number).cloned()
    }

    /// The visit of a certificate that is under way.
    pub fn of(&self, certificate: Sha256) -> Option<u64> {
        let visits = self.lock();
        visits.iter().rev().find(|(_, one)| one.certificate == certificate && !one.is_over()).map(|(n, _)| *n)
    }
}

impl Visit {
    /// The token is logged out, and what it signed is in the register.
    pub fn is_over(&self) -> bool {
        self.sitting.is_some()
    }
}
