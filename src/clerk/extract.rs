//! Extracts of what is archived: documents cut out of a copy, on an order that says who ordered it, what for and who
//! receives them (S2, Điều 8). The order is an entry of the register before anybody gets a file.

use std::collections::BTreeSet;

use school::dossier::DossierId;
use school::identifier::PersonId;
use school::medium::CopyId;
use school::moment::Moment;
use school::records::custody::{ExtractedDocument, HandOverOrder};

use crate::clerk::custody::{Handling, custody_words, handle};
use crate::clerk::{ClerkFault, Office, ReadingRoom, names};
use crate::lifecycle::event::{Entry, Event};
use crate::lifecycle::ledger::Ledger;
use crate::lifecycle::medium::{CopyRefusal, Medium};
use crate::wording::archive_book;

/// What was cut out.
#[derive(Debug)]
pub struct Extract {
    /// The entry of its order.
    pub entry: u64,
    /// The documents, as they lie on the copy.
    pub files: Vec<(DossierId, Vec<u8>)>,
}

/// Cuts documents out; what is given is written into the order, each with its digest.
///
/// Errors: `extract.not_on_copy` for a document that does not lie there; as [`handle`]. Then nothing was recorded.
pub fn extract(
    office: &mut Office,
    copy: &CopyId,
    documents: &[DossierId],
    order: HandOverOrder,
    (by, witnesses): (Option<PersonId>, &[PersonId]),
) -> Result<Extract, ClerkFault> {
    let ledger = office.ledger();
    let medium = ledger.media.get(&copy.medium).ok_or_else(|| CopyRefusal::NoCopy(copy.clone()))?;
    let on_it = lying_on(ledger, medium);
    let (mut named, mut files) = (Vec::new(), Vec::new());
    for id in documents {
        let lies_there = ledger.dossiers.get(id).filter(|_| on_it.contains(id));
        let not_there = || ClerkFault::NotNow { code: "extract.not_on_copy", what: id.to_string() };
        let (number, latest) = lies_there.ok_or_else(not_there)?.latest();
        files.push((id.clone(), office.store.read_verified(&names::revision(id, number), latest.sha256)?));
        named.push(ExtractedDocument { dossier: id.clone(), sha256: latest.sha256 });
    }
    let order = HandOverOrder { what: archive_book::extract_of(&named), documents: named, ..order };
    let entry = handle(office, copy, Handling::HandOver(order), by, witnesses)?;
    Ok(Extract { entry, files })
}

fn lying_on<'l>(ledger: &'l Ledger, medium: &Medium) -> BTreeSet<&'l DossierId> {
    let deposits = medium.deposits.iter().filter_map(|id| ledger.deposits.get(id));
    deposits.flat_map(|deposit| &deposit.dossiers).collect()
}

/// The copies at hand on which all of these documents lie.
pub fn copies_holding(ledger: &Ledger, documents: &[DossierId]) -> Vec<CopyId> {
    let holds = |medium: &Medium| {
        let on_it = lying_on(ledger, medium);
        documents.iter().all(|id| on_it.contains(id))
    };
    let at_hand = ledger.media.copies().filter(|(_, copy)| copy.stage.may_be_handed_over());
    let holding = at_hand.filter(|(id, _)| ledger.media.get(&id.medium).is_some_and(holds));
    holding.map(|(id, _)| id).collect()
}

/// An extract that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenExtract {
    /// The entry of its order.
    pub entry: u64,
    /// When.
    pub at: Moment,
    /// Out of which copy.
    pub copy: CopyId,
    /// Who gave it, then who watched.
    pub people: Vec<PersonId>,
    /// On whose order, for whom, and which documents.
    pub order: HandOverOrder,
}

/// The extract that was given by this entry.
///
/// Errors: none was; the words of the order cannot be read.
pub fn given_extract(room: &ReadingRoom, entry: u64) -> Result<GivenExtract, ClerkFault> {
    let unknown = || ClerkFault::NotNow { code: "dossier.unknown", what: format!("extract {entry}") };
    let found = room.look(|ledger| ledger.book.rows.iter().find(|one| one.seq == entry).cloned());
    given(room, &found.ok_or_else(unknown)?)?.ok_or_else(unknown)
}

/// The extracts among the latest things that were handed over, the latest first; `most`: of so many things.
///
/// Errors: the words of an order cannot be read.
pub fn latest_extracts(room: &ReadingRoom, most: usize) -> Result<Vec<GivenExtract>, ClerkFault> {
    let handed_over = |one: &&Entry| matches!(one.event, Event::MediumHandedOver { .. });
    let latest: Vec<Entry> =
        room.look(|ledger| ledger.book.rows.iter().rev().filter(handed_over).take(most).cloned().collect());
    latest.iter().filter_map(|one| given(room, one).transpose()).collect()
}

fn given(room: &ReadingRoom, entry: &Entry) -> Result<Option<GivenExtract>, ClerkFault> {
    let Event::MediumHandedOver { copy, people, record } = &entry.event else { return Ok(None) };
    // Of a whole copy the order names no documents.
    let order = custody_words(room, record)?.order.filter(|order| !order.documents.is_empty());
    let (copy, people) = (copy.clone(), people.clone());
    Ok(order.map(|order| GivenExtract { entry: entry.seq, at: entry.time, copy, people, order }))
}
