//! A signer refuses a dossier with a reason; the administrator answers it. Only that dossier stands still.

use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::PersonId;
use school::records::canonical;
use school::records::reason::Reason;

use crate::clerk::{Actor, ClerkFault, Office, names};
use crate::clock;
use crate::lifecycle::dossier::{Dossier, ask_to_refuse, ask_to_resume};
use crate::lifecycle::event::Event;

/// Records that `person` does not sign what waits for them in `dossier`, with the reason in a record beside
/// the register.
///
/// Errors: see [`crate::lifecycle::dossier::Refusal`].
pub fn refuse(
    office: &mut Office,
    dossier: &DossierId,
    person: &PersonId,
    reason: &str,
) -> Result<(), ClerkFault> {
    let known = known(office, dossier)?;
    let in_force = office.year(known.key.year)?;
    let signing_box = ask_to_refuse(&known, (&in_force.people(), clock::now()), person)?;
    let record = keep_reason(office, known.latest().1.sha256, person, reason)?;
    office.record(Event::DossierRefused { dossier: dossier.clone(), signing_box, record }).map(drop)
}

/// Records the answer to a refusal: the dossier goes on where it stood.
///
/// Errors: `signing.not_halted` where nobody refused.
pub fn resume_refused(
    office: &mut Office,
    dossier: &DossierId,
    person: &PersonId,
    answer: &str,
) -> Result<(), ClerkFault> {
    let known = known(office, dossier)?;
    ask_to_resume(&known)?;
    let record = keep_reason(office, known.latest().1.sha256, person, answer)?;
    office.record(Event::DossierResumed { dossier: dossier.clone(), record }).map(drop)
}

fn known(office: &Office, dossier: &DossierId) -> Result<Dossier, ClerkFault> {
    let known = office.ledger().dossiers.get(dossier).cloned();
    known.ok_or_else(|| ClerkFault::NotNow { code: "dossier.unknown", what: dossier.to_string() })
}

/// Keeps somebody's words beside the register and returns the digest of their record.
pub(super) fn keep_reason(
    office: &mut Office,
    about: Sha256,
    person: &PersonId,
    reason: &str,
) -> Result<Sha256, ClerkFault> {
    keep(office, &Reason::of(person, about, reason))
}

/// As [`keep_reason`], also for somebody who is nobody of the roster.
pub(super) fn keep_words_of(
    office: &mut Office,
    about: Sha256,
    who: &Actor,
    words: &str,
) -> Result<Sha256, ClerkFault> {
    let reason = match &who.person {
        Some(person) => Reason::of(person, about, words),
        None => Reason::of_account(&who.account, about, words),
    };
    keep(office, &reason)
}

fn keep(office: &mut Office, reason: &Reason) -> Result<Sha256, ClerkFault> {
    let bytes = canonical::to_bytes(reason).map_err(|_| ClerkFault::Form { what: "reason" })?;
    let record = Sha256::of(&bytes);
    office.publish(&names::record(&record), &bytes)?;
    Ok(record)
}
