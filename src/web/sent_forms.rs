//! Forms that were sent. Whoever reloads the answer to a form sends it again, and orders nothing by that.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use school::limits::VISITS_KEPT;

/// The marks of the latest ones. Each form that a page shows bears its own.
#[derive(Debug, Default)]
pub struct SentForms(Mutex<VecDeque<String>>);

impl SentForms {
    /// Notes that a form was sent: whether for the first time.
    pub fn is_first(&self, mark: &str) -> bool {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if sent.iter().any(|one| one == mark) {
            return false;
        }
        if sent.len() >= VISITS_KEPT {
            sent.pop_front();
        }
        sent.push_back(mark.to_owned());
        true
    }
}
