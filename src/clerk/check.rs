//! Applies the rules of the school year to an accepted export, once: the list of what differs and what
//! is missing, and the same as a printed report, kept beside the export that they judge.

use crafts::document::{self, CheckReport};
use school::digest::Sha256;
use school::gradebook::Gradebook;
use school::identifier::{PupilId, SchoolYear};
use school::records::canonical;
use school::records::reason::Reason;
use school::scoring::{self, Checked};

use crate::clerk::{ClerkFault, Office, names};
use crate::clock;
use crate::lifecycle::event::Event;
use crate::lifecycle::export::{Accepted, Stage};
use crate::lifecycle::lock::{LockRefusal, ask_to_accept_differences};
use crate::wording;

/// Checks an accepted export that was not checked yet, such as one after which a kill came.
///
/// Errors: `export.not_accepted` for an export that is not there.
pub(super) fn check_once(office: &mut Office, export: Sha256) -> Result<(), ClerkFault> {
    let accepted = accepted(office, export)?;
    if accepted.check.is_some() {
        return Ok(());
    }
    let gradebook = office.gradebook(&export, &accepted)?;
    check(office, export, &gradebook).map(drop)
}

/// Checks an export and keeps list and report.
pub(super) fn check(office: &mut Office, export: Sha256, book: &Gradebook) -> Result<Checked, ClerkFault> {
    let rules = |_| ClerkFault::NotNow { code: "export.not_checked", what: export.to_string() };
    let checked = scoring::check(book, export).map_err(rules)?;
    let list = canonical::to_bytes(&checked).map_err(|_| ClerkFault::Form { what: "check" })?;
    let words = wording::check_words(&checked, book);
    // An export may come before the roster of its year.
    let school = office.year(book.year).ok().map(|year| year.roster.1.school.clone());
    let report = document::check_report(&CheckReport {
        checked: clock::now(),
        school: school.as_ref().map_or(book.school.as_str(), |school| school.name.as_str()),
        sample: school.as_ref().is_some_and(|school| school.sample),
        conclusion: &words.conclusion.vi,
        grounds: &words.grounds,
        differences: &words.differences,
        gaps: &words.gaps,
        list: &list,
    })?;
    let (list, report) = (office.store.stage(&list)?, office.store.stage(&report)?);
    let mut differing: Vec<PupilId> = checked.differences.iter().map(|one| one.pupil.clone()).collect();
    differing.dedup();
    let gaps = u32::try_from(checked.gaps.len()).unwrap_or(u32::MAX);
    let files = [(list, names::check(&export, "json")), (report, names::check(&export, "pdf"))];
    office.commit(Event::ExportChecked { export, check: list, report, differing, gaps }, &files)?;
    Ok(checked)
}

/// Records that the principal lets the differences of an export stand, with the reason in a record
/// beside the register.
///
/// Errors: see [`LockRefusal`]; there is no such thing for what is missing.
pub fn accept_differences(office: &mut Office, export: Sha256, reason: &str) -> Result<(), ClerkFault> {
    let year = accepted(office, export)?.year;
    ask_to_accept_differences(office.ledger(), year, export)?;
    let record = keep_reason(office, year, export, reason)?;
    office.record(Event::DifferencesAccepted { export, record })?;
    Ok(())
}

/// Keeps the principal's words about something, as a record beside the register.
pub(super) fn keep_reason(
    office: &mut Office,
    year: SchoolYear,
    about: Sha256,
    words: &str,
) -> Result<Sha256, ClerkFault> {
    let in_force = office.year(year)?;
    let people = in_force.people();
    // An act may have put another person into the place of the roster's.
    let person = people.principal(clock::now()).ok_or(ClerkFault::Form { what: "principal" })?;
    let reason = Reason::of(&person.id, about, words);
    let bytes = canonical::to_bytes(&reason).map_err(|_| ClerkFault::Form { what: "reason" })?;
    let record = Sha256::of(&bytes);
    office.publish(&names::record(&record), &bytes)?;
    Ok(record)
}

fn accepted(office: &Office, export: Sha256) -> Result<Accepted, ClerkFault> {
    match office.ledger().exports.stage(&export) {
        Some(Stage::Accepted(accepted)) => Ok((**accepted).clone()),
        _ => Err(LockRefusal::NotAccepted(export).into()),
    }
}
