//! Prints of signed documents, and extracts for whoever asks for one: recorded before a page leaves the
//! house, so that every stamped paper copy leads back to an entry, a document and a revision of it.

use crafts::pdf::ToPrint;
use school::digest::Sha256;
use school::dossier::DossierId;

use crate::clerk::refuse::keep_words_of;
use crate::clerk::{Actor, ClerkFault, Office, ReadingRoom};
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::event::{Event, PrintedRevision};
use crate::wording::printing;

/// The documents of a print in one file for the printer, as they stood when it was recorded, with the code of the
/// paper copy on every page.
///
/// Errors: nobody recorded such a print; a file is not the one that it names.
pub fn print_copy(room: &ReadingRoom, entry: u64) -> Result<Vec<u8>, ClerkFault> {
    let unknown = || ClerkFault::NotNow { code: "dossier.unknown", what: format!("print {entry}") };
    let print = room.look(|ledger| ledger.prints.get(entry).cloned()).ok_or_else(unknown)?;
    let of = print.printed.len();
    let mut files = Vec::new();
    for one in &print.printed {
        let number = room.look(|ledger| {
            let revisions = &ledger.dossiers.get(&one.dossier)?.revisions;
            let at = revisions.iter().position(|revision| revision.sha256 == one.sha256)?;
            u32::try_from(at).ok()
        });
        files.push(room.revision(&one.dossier, number.ok_or_else(unknown)?)?);
    }
    let line = |place: usize, one: &PrintedRevision| {
        let code = paper_code(entry, place, of);
        let (dossier, sha256) = (one.dossier.clone(), one.sha256);
        move |page, pages| printing::page_line(&code, (page, pages), (&dossier, &sha256), print.at)
    };
    let lines: Vec<_> = (1..).zip(&print.printed).map(|(place, one)| line(place, one)).collect();
    let to_print = files.iter().zip(&lines).map(|(file, line)| ToPrint { file, line });
    Ok(crafts::pdf::print_copy(&printing::title(entry), &to_print.collect::<Vec<_>>())?)
}

/// The code of a paper copy: entry of the register, place in the print.
pub fn paper_code(entry: u64, place: usize, of: usize) -> String {
    format!("IN-{entry}-{place}/{of}")
}

/// Records that documents are printed, each as it stands now: the number of the entry.
///
/// Errors: `dossier.unknown`; `dossier.not_signed` for one that still waits for signatures.
pub fn record_print(
    office: &mut Office,
    dossiers: &[DossierId],
    by: &Actor,
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
    let record = keep_words_of(office, Sha256::of_parts(&digests), by, purpose)?;
    Ok(office.record(Event::DossiersPrinted { printed, by: by.person.clone(), record })?.seq)
}
