//! What became of a signature that was begun and never recorded: a kill came between C_Sign and the register.
//!
//! A candidate that was staged before the kill and that the judge confirms is recorded now, as the first run
//! would have done. Anything else is a lost attempt: the box is open again and is signed after a new PIN.

use school::digest::Sha256;
use school::dossier::DossierId;

use crate::clerk::sign::{judge_staged, lost, signed};
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::dossier::Permit;
use crate::lifecycle::event::Event;
use crate::lifecycle::evidence::SignedRevision;

/// Settles every attempt that is open and that no token has in hand. Only while nobody sits at a reader.
pub(super) fn open_attempts(office: &mut Office) -> Result<(), ClerkFault> {
    let dossiers = office.ledger().dossiers.iter();
    let open: Vec<DossierId> =
        dossiers.filter(|(_, one)| one.attempt.is_some()).map(|(id, _)| id.clone()).collect();
    let open: Vec<DossierId> = open.into_iter().filter(|id| !office.in_hand.contains(id)).collect();
    if open.is_empty() {
        return Ok(());
    }
    let staged = office.store.staged()?;
    for id in open {
        settle(office, &id, &staged)?;
    }
    Ok(())
}

/// What a kill between C_Sign and the register leaves: the journal's entry and, if it came that far, the
/// staged candidate.
#[cfg(test)]
pub fn leave_attempt(office: &mut Office, of: Event, candidate: Option<&[u8]>) {
    office.record(of).expect("recorded");
    if let Some(bytes) = candidate {
        office.store.stage(bytes).expect("staged");
    }
}

fn settle(office: &mut Office, id: &DossierId, staged: &[Sha256]) -> Result<(), ClerkFault> {
    let dossier = &office.ledger().dossiers[id];
    let Some(permit) = Permit::of_attempt(dossier) else {
        // The box is no longer open, or over another revision: nothing that was begun can become one.
        let Some(attempt) = dossier.attempt.clone() else { return Ok(()) };
        let (signing_box, certificate) = (attempt.signing_box, attempt.certificate);
        let code = "signing.interrupted".to_owned();
        office.record(Event::AttemptLost { dossier: id.clone(), signing_box, certificate, code })?;
        return Ok(());
    };
    for candidate in staged {
        if let Some(evidence) = proven(office, id, &permit, *candidate)? {
            let file = (evidence.sha256(), names::revision(id, permit.revision()));
            tracing::info!(%id, "a signature that was made before a kill is recorded");
            return office.commit(signed(id, &permit, &evidence), &[file]);
        }
    }
    office.record(lost(id, &permit, "signing.interrupted"))?;
    Ok(())
}

/// Evidence for a staged file, if it continues the revision that was signed over and the judge confirms it.
fn proven(
    office: &mut Office,
    id: &DossierId,
    permit: &Permit,
    candidate: Sha256,
) -> Result<Option<SignedRevision>, ClerkFault> {
    let year = office.ledger().dossiers[id].key.year;
    // A file that the kill left half written is none, and so is one of something else.
    let Ok(bytes) = office.store.read_staged(candidate) else { return Ok(None) };
    let over = office.store.read_verified(&names::revision(id, permit.revision() - 1), permit.over())?;
    if bytes.len() <= over.len() || !bytes.starts_with(&over) {
        return Ok(None);
    }
    let report = judge_staged(office, candidate, year)?;
    Ok(SignedRevision::from_report(&report, permit, candidate).ok())
}
