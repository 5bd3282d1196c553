//! Soát trước: the teachers' answers before a lock, and the principal's waiver of those that are missing.

use school::digest::Sha256;
use school::identifier::PersonId;

use crate::clerk::{ClerkFault, Office, check, refuse};
use crate::lifecycle::event::Event;
use crate::lifecycle::export::Stage;
use crate::lifecycle::lock::{LockRefusal, ask_to_review};
use crate::lifecycle::review::Part;

/// Records what `person` found in their part of an export, and their words, where there are any, in a record beside
/// the register.
///
/// Errors: see [`LockRefusal`]; nobody answers for another.
pub fn review(
    office: &mut Office,
    export: Sha256,
    part: &Part,
    person: &PersonId,
    right: bool,
    words: &str,
) -> Result<(), ClerkFault> {
    let year = match office.ledger().exports.stage(&export) {
        Some(Stage::Accepted(accepted)) => accepted.year,
        _ => return Err(LockRefusal::NotAccepted(export).into()),
    };
    let in_force = office.year(year)?;
    ask_to_review(office.ledger(), &in_force.roster.1, export, part, person)?;
    let subject = match part {
        Part::Homeroom => None,
        Part::Subject(subject) => Some(subject.clone()),
    };
    let record = match words {
        "" => None,
        words => Some(refuse::keep_reason(office, export, person, words)?),
    };
    office.record(Event::ExportReviewed { export, subject, person: person.clone(), right, record })?;
    Ok(())
}

/// Records that the principal does without the answers that are missing, with the reason in a record
/// beside the register.
///
/// Errors: `export.not_accepted` for an export that is not there.
pub fn waive_review(office: &mut Office, export: Sha256, reason: &str) -> Result<(), ClerkFault> {
    let year = match office.ledger().exports.stage(&export) {
        Some(Stage::Accepted(accepted)) => accepted.year,
        _ => return Err(LockRefusal::NotAccepted(export).into()),
    };
    let record = check::keep_reason(office, year, export, reason)?;
    office.record(Event::ReviewWaived { export, record })?;
    Ok(())
}
