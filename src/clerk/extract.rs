//! Extracts of what is archived: documents cut out of a copy, on an order that says who ordered it, what for and who
//! receives them (S2, Điều 8). The order is an entry of the register before anybody gets a file.

use std::collections::BTreeSet;

use school::dossier::DossierId;
use school::identifier::PersonId;
use school::medium::CopyId;
use school::records::custody::HandOverOrder;

use crate::clerk::custody::{Handling, handle};
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::medium::CopyRefusal;
use crate::wording::archive_book;

/// The documents, as they lie on the copy; what is given is written into the order, each with its digest.
///
/// Errors: `extract.not_on_copy` for a document that does not lie there; as [`handle`]. Then nothing was recorded.
pub fn extract(
    office: &mut Office,
    copy: &CopyId,
    documents: &[DossierId],
    order: HandOverOrder,
    (by, witnesses): (Option<PersonId>, &[PersonId]),
) -> Result<Vec<(DossierId, Vec<u8>)>, ClerkFault> {
    let ledger = office.ledger();
    let medium = ledger.media.get(&copy.medium).ok_or_else(|| CopyRefusal::NoCopy(copy.clone()))?;
    let deposits = medium.deposits.iter().filter_map(|id| ledger.deposits.get(id));
    let on_it: BTreeSet<&DossierId> = deposits.flat_map(|deposit| &deposit.dossiers).collect();
    let (mut named, mut files) = (Vec::new(), Vec::new());
    for id in documents {
        let lies_there = ledger.dossiers.get(id).filter(|_| on_it.contains(id));
        let not_there = || ClerkFault::NotNow { code: "extract.not_on_copy", what: id.to_string() };
        let (number, latest) = lies_there.ok_or_else(not_there)?.latest();
        files.push((id.clone(), office.store.read_verified(&names::revision(id, number), latest.sha256)?));
        named.push((id, latest.sha256));
    }
    let order = HandOverOrder { what: archive_book::extract_of(&named), ..order };
    handle(office, copy, Handling::HandOver(order), by, witnesses)?;
    Ok(files)
}
