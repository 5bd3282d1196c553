//! Prints: who had which signed documents printed, and why. The stamped paper copy names the entry.

use std::collections::BTreeMap;

use school::digest::Sha256;
use school::identifier::PersonId;
use school::moment::Moment;

use super::event::{Entry, Event, PrintedRevision};

/// A print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// When.
    pub at: Moment,
    /// What.
    pub printed: Vec<PrintedRevision>,
    /// Who, where they are somebody of the roster.
    pub by: Option<PersonId>,
    /// Digest of the words that say what for.
    pub record: Sha256,
}

/// All prints by the number of their entry.
#[derive(Debug, Default)]
pub struct Prints(BTreeMap<u64, Print>);

impl Prints {
    /// A print.
    pub fn get(&self, entry: u64) -> Option<&Print> {
        self.0.get(&entry)
    }

    /// All of them, latest first.
    pub fn latest(&self) -> impl Iterator<Item = (u64, &Print)> {
        self.0.iter().rev().map(|(entry, print)| (*entry, print))
    }

    pub(super) fn apply(&mut self, entry: &Entry) {
        if let Event::DossiersPrinted { printed, by, record } = &entry.event {
            let print = Print { at: entry.time, printed: printed.clone(), by: by.clone(), record: *record };
            self.0.insert(entry.seq, print);
        }
    }
}
