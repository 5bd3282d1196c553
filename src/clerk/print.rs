//! Prints of signed documents, and extracts for whoever asks for one: recorded before a page leaves the
//! house, so that every stamped paper copy leads back to an entry, a document and a revision of it.

use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::PersonId;

use crate::clerk::refuse::keep_reason;
use crate::clerk::{ClerkFault, Office};
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::event::{Event, PrintedRevision};

/// Records that documents are printed, each as it stands now: the number of the entry.
///
/// Errors: `dossier.unknown`; `dossier.not_signed` for one that still waits for signatures.
pub fn record_print(
    office: &mut Office,
    dossiers: &[DossierId],
    by: &PersonId,
    purpose: &str,
) -> Result<u64, ClerkFault> {
    let mut printed = Vec::new();
    for id in dossiers {
        let unknown = || ClerkFault::NotNow { code: "dossier.unknown", what: id.to_string() };
        let dossier = office.ledger().dossiers.get(id).ok_or_else(unknown)?;
        if !matches!(dossier.stage, Stage::Signed(_) | Stage::Closed(_)) {
            return Err(ClerkFault::NotNow { code: "dossier.not_signed", what: id.to_string() });
        }
        printed.push(PrintedRevision { dossier: id.clone(), sha256: dossier.latest().1.sha256 });
    }
    let digests: Vec<&[u8]> = printed.iter().map(|one| one.sha256.as_bytes().as_slice()).collect();
    let record = keep_reason(office, Sha256::of_parts(&digests), by, purpose)?;
    Ok(office.record(Event::DossiersPrinted { printed, by: by.clone(), record })?.seq)
}
