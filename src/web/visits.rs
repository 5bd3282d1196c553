//! Visits: who signs now, how far it is, and what the latest ones brought. A reload or a second browser at
//! the same screen sees the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use school::digest::Sha256;
use school::identifier::ScreenId;
use school::limits::VISITS_KEPT;
use school::moment::Moment;

use crate::clerk::Watch;
use crate::lifecycle::sitting::Sitting;

/// For so long after the end its lists are shown at the screen: time to read them, and not for whoever comes by later.
const STANDS: Duration = Duration::from_secs(5 * 60);

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
    ended: Option<Instant>,
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
        let visit = Visit { certificate, screen, begun, watch, sitting: None, refused: None, ended: None };
        visits.insert(number, visit);
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
            visit.ended = Some(Instant::now());
        }
    }

    /// A visit.
    pub fn get(&self, number: u64) -> Option<Visit> {
        self.lock().get(&number).cloned()
    }

    /// Whether whoever signed is thought to stand at the screen still: nobody sat down there after them, and they ended
    /// a short while ago.
    pub fn stands(&self, number: u64) -> bool {
        let visits = self.lock();
        visits.get(&number).is_some_and(|visit| {
            let next = visits.range(number + 1..).any(|(_, later)| later.screen == visit.screen);
            !next && is_recent(visit.ended, Instant::now())
        })
    }

    /// The latest visit of a certificate in which something was signed, once it is over.
    pub fn latest_of(&self, certificate: Sha256) -> Option<(u64, Visit)> {
        let visits = self.lock();
        let brought =
            |visit: &Visit| visit.sitting.as_ref().is_some_and(|sitting| !sitting.signed.is_empty());
        let latest = visits.iter().rev().find(|(_, one)| one.certificate == certificate && brought(one));
        latest.map(|(number, visit)| (*number, visit.clone()))
    }

    /// How many documents the signer of a visit signed on its day, in it and in those before it.
    pub fn signed_that_day(&self, number: u64) -> usize {
        let visits = self.lock();
        let Some(visit) = visits.get(&number) else { return 0 };
        let of_day = visits
            .range(..=number)
            .map(|(_, one)| one)
            .filter(|one| one.certificate == visit.certificate && one.begun.date() == visit.begun.date());
        let sittings = of_day.filter_map(|one| one.sitting.as_ref());
        sittings.flat_map(|sitting| sitting.documents().signed).collect::<BTreeSet<_>>().len()
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

/// Whether a visit is under way at `now`, or ended a short while before.
fn is_recent(ended: Option<Instant>, now: Instant) -> bool {
    ended.is_none_or(|ended| now.saturating_duration_since(ended) < STANDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_comes_by_minutes_after_a_visit_is_somebody_else() {
        let ended = Instant::now();
        assert!(is_recent(None, ended), "as long as the token signs");
        assert!(is_recent(Some(ended), ended + Duration::from_secs(4 * 60)), "time to read the list");
        assert!(!is_recent(Some(ended), ended + STANDS));
    }
}
