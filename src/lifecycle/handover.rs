//! What pupils who left were given: which documents, as they stood, and by whom. To whom says the record.

use std::collections::BTreeMap;

use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::PersonId;
use school::moment::Moment;

use super::event::{Entry, Event, PrintedRevision};

/// A handing over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// When.
    pub at: Moment,
    /// What.
    pub given: Vec<PrintedRevision>,
    /// Who gave it, where they are somebody of the roster.
    pub by: Option<PersonId>,
    /// Digest of the words that say to whom.
    pub record: Sha256,
}

/// All of them by the number of their entry.
#[derive(Debug, Default)]
pub struct Handovers(BTreeMap<u64, Handover>);

impl Handovers {
    /// A handing over.
    pub fn get(&self, entry: u64) -> Option<&Handover> {
        self.0.get(&entry)
    }

    /// Those by which one of these documents left, oldest first.
    pub fn of<'h>(&'h self, documents: &'h [DossierId]) -> impl Iterator<Item = (u64, &'h Handover)> {
        let gave = |one: &Handover| one.given.iter().any(|given| documents.contains(&given.dossier));
        self.0.iter().filter(move |(_, one)| gave(one)).map(|(entry, one)| (*entry, one))
    }

    pub(super) fn apply(&mut self, entry: &Entry) {
        if let Event::LeaverHandedOver { given, by, record } = &entry.event {
            let one = Handover { at: entry.time, given: given.clone(), by: by.clone(), record: *record };
            self.0.insert(entry.seq, one);
        }
    }
}
