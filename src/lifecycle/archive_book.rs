//! The entries that the printed book of the archive (sổ theo dõi lưu trữ) has a row for: every time that
//! something was put away, taken out, looked after, or that a seal or an overwriting was refused.

use school::medium::CopyId;

use crate::lifecycle::event::{Entry, Event};

/// The rows, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArchiveBook {
    /// The entries.
    pub rows: Vec<Entry>,
}

impl ArchiveBook {
    /// Takes an entry in, if the book has a row for it.
    pub fn apply(&mut self, entry: &Entry) {
        let has_row = match &entry.event {
            Event::DepositSealed { .. } | Event::OverwriteRefused { .. } => true,
            Event::SigningRefused(refused) => refused.to_sign.is_seal(),
            _ => false,
        };
        if has_row || copy_of(&entry.event).is_some() {
            self.rows.push(entry.clone());
        }
    }

    /// What happened to one copy.
    pub fn of_copy<'a>(&'a self, copy: &'a CopyId) -> impl Iterator<Item = &'a Entry> {
        self.rows.iter().filter(move |entry| copy_of(&entry.event) == Some(copy))
    }
}

/// The copy that an event tells of; none while it is being written, because nothing is put away by that.
pub fn copy_of(event: &Event) -> Option<&CopyId> {
    match event {
        Event::MediumVerified { copy, .. }
        | Event::MediumStickered { copy, .. }
        | Event::MediumOpened { copy, .. }
        | Event::MediumResealed { copy, .. }
        | Event::MediumHandedOver { copy, .. }
        | Event::MediumChecked { copy, .. }
        | Event::MediumMigrated { copy, .. }
        | Event::MediumSpoiled { copy, .. }
        | Event::MediumLost { copy, .. } => Some(copy),
        _ => None,
    }
}
