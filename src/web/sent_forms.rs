//! Forms that were sent, and what they are for was done. Whoever sends such a form once more orders nothing by that;
//! one that was refused can be sent again.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use school::limits::VISITS_KEPT;

/// The marks of the latest ones. Each form that a page shows bears its own.
#[derive(Debug, Default)]
pub struct SentForms(Mutex<VecDeque<String>>);

impl SentForms {
    fn lock(&self) -> MutexGuard<'_, VecDeque<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether it was done.
    pub fn is_done(&self, mark: &str) -> bool {
        self.lock().iter().any(|one| one == mark)
    }

    /// It is done now.
    pub fn done(&self, mark: &str) {
        let mut sent = self.lock();
        if sent.len() >= VISITS_KEPT {
            sent.pop_front();
        }
        sent.push_back(mark.to_owned());
    }
}
