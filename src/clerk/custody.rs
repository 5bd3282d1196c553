//! Keeping a copy: under a paper seal, opened, sealed again, handed over. The words lie in a record beside the
//! register, published before the entry that names it; the paper is printed from both at any time.

use school::digest::Sha256;
use school::identifier::{PersonId, StickerNumber};
use school::medium::CopyId;
use school::records::canonical;
use school::records::custody::{Custody, HandOverOrder};

use crate::clerk::{ClerkFault, Office, ReadingRoom, names};
use crate::lifecycle::medium::{Command, decide};

/// What is done with a copy, in the words of those who do it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Handling {
    /// Put under a paper seal and stored.
    Sticker {
        /// The number on it.
        sticker: StickerNumber,
        /// Where it is kept.
        storage: String,
    },
    /// Opened.
    Open {
        /// Why.
        reason: String,
    },
    /// Put under another paper seal.
    Reseal {
        /// The number on the new one.
        sticker: StickerNumber,
        /// Where it is kept.
        storage: String,
    },
    /// Given to somebody, whole or an extract.
    HandOver(HandOverOrder),
}

/// Records what is done with a copy, by the office unless somebody else is named: the number of the entry.
///
/// Errors: the copy does not stand where this can be done; the roster has no such person; `extract.no_order` where the
/// order does not say who ordered, what for, what and for whom.
pub fn handle(
    office: &mut Office,
    copy: &CopyId,
    handling: Handling,
    by: Option<PersonId>,
    witnesses: &[PersonId],
) -> Result<u64, ClerkFault> {
    let mut people = vec![performer(office, by)?];
    people.extend_from_slice(witnesses);
    let year = office.latest_year()?;
    for person in witnesses {
        year.roster.1.person(person)?;
    }
    let mut words = Custody::of(copy.clone());
    match &handling {
        Handling::Sticker { storage, .. } | Handling::Reseal { storage, .. } => {
            words.storage.clone_from(storage)
        }
        Handling::Open { reason } => words.reason.clone_from(reason),
        Handling::HandOver(order) => words.order = Some(order.clone()),
    }
    if words.order.as_ref().is_some_and(|order| !is_said(order)) {
        return Err(ClerkFault::NotNow { code: "extract.no_order", what: copy.to_string() });
    }
    let bytes = canonical::to_bytes(&words).map_err(|_| ClerkFault::Form { what: "custody" })?;
    let record = Sha256::of(&bytes);
    let command = match handling {
        Handling::Sticker { sticker, .. } => Command::Sticker { sticker, people, record },
        Handling::Open { .. } => Command::Open { people, record },
        Handling::Reseal { sticker, .. } => Command::Reseal { sticker, people, record },
        Handling::HandOver(_) => Command::HandOver { people, record },
    };
    let event = decide(&office.ledger().media, copy, command)?;
    office.publish(&names::record(&record), &bytes)?;
    Ok(office.record(event)?.seq)
}

/// The words of an entry about a copy.
///
/// Errors: they are not there, or not what their name says.
pub(super) fn custody_words(room: &ReadingRoom, record: &Sha256) -> Result<Custody, ClerkFault> {
    serde_json::from_slice(&room.record(record)?).map_err(|_| ClerkFault::Form { what: "custody" })
}

fn is_said(order: &HandOverOrder) -> bool {
    [&order.ordered, &order.purpose, &order.recipient, &order.what].iter().all(|said| !said.trim().is_empty())
}

/// Who does something with a copy: the office unless somebody else is named.
///
/// Errors: the roster has no such person.
pub(super) fn performer(office: &mut Office, by: Option<PersonId>) -> Result<PersonId, ClerkFault> {
    let year = office.latest_year()?;
    let roster = &year.roster.1;
    let by = by.unwrap_or_else(|| roster.office.clone());
    roster.person(&by)?;
    Ok(by)
}
