//! Failed sign-ins, by account and by address: after a few, each further one costs a longer wait. Nothing
//! is locked for ever, so nobody can lock a colleague out.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use school::limits::{SIGN_IN_FAILURES, SIGN_IN_REMEMBERED, SIGN_IN_WAIT_MOST_S, SIGN_IN_WAIT_S};

/// Failures so far.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<HashMap<String, Failed>>);

#[derive(Debug)]
struct Failed {
    times: u32,
    last: Instant,
    /// Somebody was told to wait since then.
    told: bool,
}

/// Whether a try is let through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// It is.
    No,
    /// It has to wait, as the first that comes during this wait.
    First,
    /// It has to wait, and others came before it.
    Again,
}

impl Failed {
    fn wait(&self) -> Duration {
        let over = self.times.saturating_sub(SIGN_IN_FAILURES);
        if self.times < SIGN_IN_FAILURES {
            return Duration::ZERO;
        }
        Duration::from_secs((SIGN_IN_WAIT_S << over.min(16)).min(SIGN_IN_WAIT_MOST_S))
    }
}

impl Attempts {
    /// Whether one of these has to wait still.
    pub fn must_wait(&self, who: &[&str]) -> Wait {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut wait = Wait::No;
        for one in who {
            let Some(failed) = known.get_mut(*one) else { continue };
            if failed.last.elapsed() >= failed.wait() {
                continue;
            }
            let told = std::mem::replace(&mut failed.told, true);
            wait = if told || wait == Wait::Again { Wait::Again } else { Wait::First };
        }
        wait
    }

    /// A failure of these.
    pub fn failed(&self, who: &[&str]) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() + who.len() > SIGN_IN_REMEMBERED {
            known.retain(|_, failed| failed.last.elapsed() < failed.wait());
            // Somebody tries very many names: the oldest are forgotten, the address is still remembered.
            while known.len() + who.len() > SIGN_IN_REMEMBERED {
                let oldest = known.iter().min_by_key(|(_, failed)| failed.last).map(|(name, _)| name.clone());
                let Some(oldest) = oldest else { break };
                known.remove(&oldest);
            }
        }
        for one in who {
            let failed = known.entry((*one).to_owned()).or_insert(Failed {
                times: 0,
                last: Instant::now(),
                told: false,
            });
            // As long ago as the longest wait: mistakes of another day.
            if failed.last.elapsed() >= Duration::from_secs(SIGN_IN_WAIT_MOST_S) {
                failed.times = 0;
            }
            failed.times = failed.times.saturating_add(1);
            failed.last = Instant::now();
            failed.told = false;
        }
    }

    /// Somebody signed in from an address: others sit there too, whose mistakes count less now.
    pub fn forgive(&self, address: &str) {
        if let Some(failed) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get_mut(address) {
            failed.times /= 2;
        }
    }

    /// One of these signed in.
    pub fn succeeded(&self, who: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(who);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_mistakes_cost_nothing_and_many_cost_a_wait_of_that_account_only() {
        let attempts = Attempts::default();
        for _ in 1..SIGN_IN_FAILURES {
            attempts.failed(&["an"]);
        }
        assert_eq!(attempts.must_wait(&["an"]), Wait::No);
        attempts.failed(&["an"]);
        assert_eq!(attempts.must_wait(&["an"]), Wait::First);
        assert_eq!(attempts.must_wait(&["an"]), Wait::Again, "one line for a wait, however many tries come");
        assert_eq!(attempts.must_wait(&["binh"]), Wait::No);
        attempts.succeeded("an");
        assert_eq!(attempts.must_wait(&["an"]), Wait::No);
    }

    #[test]
    fn at_a_computer_of_many_the_mistakes_of_a_day_keep_nobody_waiting_who_signs_in_in_between() {
        let attempts = Attempts::default();
        for _ in 0..20 {
            for _ in 0..2 {
                attempts.failed(&["ip"]);
            }
            assert_eq!(attempts.must_wait(&["ip"]), Wait::No);
            attempts.forgive("ip");
        }
        for _ in 0..SIGN_IN_FAILURES {
            attempts.failed(&["ip"]);
        }
        assert_ne!(attempts.must_wait(&["ip"]), Wait::No, "many in a row still cost a wait");
    }

    #[test]
    fn very_many_names_do_not_fill_the_memory() {
        let attempts = Attempts::default();
        for number in 0..SIGN_IN_REMEMBERED + 10 {
            attempts.failed(&[&format!("ten-{number}")]);
        }
        assert!(attempts.0.lock().expect("no panic").len() <= SIGN_IN_REMEMBERED);
    }
}
