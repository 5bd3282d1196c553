//! Forms that were sent, and what they are for was done. Whoever sends such a form once more orders nothing by that;
//! one that was refused can be sent again.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use school::limits::VISITS_KEPT;

/// The marks of the latest ones, each with the page that it led to. Each form that a page shows bears its own.
#[derive(Debug, Default)]
pub struct SentForms(Mutex<VecDeque<(String, String)>>);

impl SentForms {
    fn lock(&self) -> MutexGuard<'_, VecDeque<(String, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where it led, if it was done.
    pub fn led_to(&self, mark: &str) -> Option<String> {
        self.lock().iter().find(|(one, _)| one == mark).map(|(_, page)| page.clone())
    }

    /// It is done now, and leads to this page.
    pub fn done(&self, mark: &str, page: &str) {
        let mut sent = self.lock();
        if sent.len() >= VISITS_KEPT {
            sent.pop_front();
        }
        sent.push_back((mark.to_owned(), page.to_owned()));
    }
}
