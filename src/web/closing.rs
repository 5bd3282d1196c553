//! Signed documents that wait to be closed, because an authority is away or gives no more timestamps now.

use std::sync::{Mutex, PoisonError};

use crate::clerk::Closing;
use crate::wording::{self, Both};

/// The reminder of the last run of closing; none when nothing waits.
#[derive(Debug, Default)]
pub struct ClosingReminder(Mutex<Option<Both>>);

impl ClosingReminder {
    /// Takes what a run of closing left, and says it once more for the log.
    pub fn after(&self, closing: &Closing) -> Option<Both> {
        let waits = closing.waiting.first();
        let words =
            waits.map(|(_, why)| wording::closing_waits(closing.waiting.len(), why.code(), closing.again_at));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&words);
        words
    }

    /// What waits, why, and until when.
    pub fn words(&self) -> Option<Both> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
