//! Puts the parts of a class together as soon as they are complete. What comes out is an export like any
//! other: its canonical JSON names the files that it was made of by SHA-256, and it waits for the lock.

use std::collections::BTreeSet;

use crafts::export::{Assembled, BookDifference, Part, StoredPart, Wanted, assemble, periods};
use school::digest::Sha256;
use school::dossier::Period;
use school::gradebook::Gradebook;
use school::identifier::{ClassName, SchoolCode, SchoolYear, SubjectId};
use school::records::canonical;

use crate::clerk::take_in::{self, Compared};
use crate::clerk::{ClerkFault, Office, check, correct, names};
use crate::lifecycle::event::Event;
use crate::lifecycle::export::Stage;
use crate::wording::{ClassStanding, Outcome};

/// Puts every class together whose parts wait.
pub(super) fn waiting_classes(office: &mut Office) -> Result<(), ClerkFault> {
    let files = office.ledger().exports.parts();
    let classes: BTreeSet<(SchoolYear, ClassName)> =
        files.iter().flat_map(|(_, file)| &file.parts).map(|part| (part.year, part.class.clone())).collect();
    for (year, name) in classes {
        let standing = class(office, year, &name)?;
        tracing::debug!(?standing, "a class was looked at");
    }
    Ok(())
}

/// Puts one class together for each period of which anything is known.
pub(super) fn class(
    office: &mut Office,
    year: SchoolYear,
    class: &ClassName,
) -> Result<ClassStanding, ClerkFault> {
    let parts = stored(office, year, class)?;
    let roster = if office.ledger().years.contains_key(&year) { Some(office.year(year)?) } else { None };
    let subjects: Option<Vec<SubjectId>> = roster.as_ref().map(|in_force| {
        in_force.roster.1.subjects(class).map(|assignment| assignment.subject.clone()).collect()
    });
    let of_parts = roster.as_ref().map(|in_force| in_force.roster.1.parts(class)).unwrap_or_default();
    let school = roster.as_ref().map(|in_force| in_force.roster.1.school.code.clone());
    let mut standing = ClassStanding { year, class: class.clone(), periods: Vec::new() };
    for period in periods(&parts) {
        // Without a roster nothing becomes whole, so the code is only a place that must be filled.
        let school: SchoolCode = match &school {
            Some(school) => school.clone(),
            None => "X".parse().map_err(|_| ClerkFault::Form { what: "school code" })?,
        };
        let wanted = Wanted { school: &school, period, subjects: subjects.as_deref(), parts: &of_parts };
        let outcome = match assemble(&parts, &wanted) {
            Assembled::Nothing => continue,
            Assembled::Waiting(missing) => Outcome::Waiting(missing),
            Assembled::Contradictory(problems) => Outcome::Contradictory(problems),
            Assembled::Whole { differences, .. } if !stands(office, &differences)? => {
                Outcome::Different(differences)
            }
            Assembled::Whole { gradebook, .. } => match take_in::compared(office, &gradebook)? {
                Compared::Alike => {
                    take(office, &gradebook)?;
                    Outcome::Complete
                }
                Compared::Refused(changed) => Outcome::Locked(changed),
                Compared::Signed { before, changes } => match take(office, &gradebook)? {
                    // What was refused or taken back is opened again by people, not by every look.
                    None => Outcome::Complete,
                    Some(export) => {
                        let case = correct::open(office, before, export, &changes)?;
                        Outcome::Correcting(case.number)
                    }
                },
            },
        };
        standing.periods.push((period, outcome));
    }
    Ok(standing)
}

/// Whether class book and teachers' books agree, or the principal lets the class's stand.
fn stands(office: &Office, differences: &[BookDifference]) -> Result<bool, ClerkFault> {
    Ok(differences.is_empty() || office.ledger().books_accepted.contains(&digest(differences)?))
}

fn digest(differences: &[BookDifference]) -> Result<Sha256, ClerkFault> {
    BookDifference::digest(differences).map_err(|_| ClerkFault::Form { what: "differences" })
}

/// Records that the principal lets the class's book stand where the teachers' books of a class differ from
/// it now, with the reason in a record beside the register, and puts the class together.
///
/// Errors: `export.nothing_differs`.
pub fn accept_book_differences(
    office: &mut Office,
    year: SchoolYear,
    name: &ClassName,
    period: Period,
    reason: &str,
) -> Result<ClassStanding, ClerkFault> {
    let standing = class(office, year, name)?;
    let different = standing.periods.iter().find_map(|(of, outcome)| match outcome {
        Outcome::Different(differences) if *of == period => Some(digest(differences)),
        _ => None,
    });
    let what = || name.to_string();
    let differences =
        different.ok_or_else(|| ClerkFault::NotNow { code: "export.nothing_differs", what: what() })??;
    let record = check::keep_reason(office, year, differences, reason)?;
    office.record(Event::BooksAccepted { differences, record })?;
    class(office, year, name)
}

/// The parts of a class, in the order in which they were taken in.
fn stored(office: &Office, year: SchoolYear, class: &ClassName) -> Result<Vec<StoredPart>, ClerkFault> {
    let mut stored = Vec::new();
    for (file, parts) in office.ledger().exports.parts() {
        for taken in parts.parts.iter().filter(|part| part.year == year && part.class == *class) {
            let bytes = office.store.read_verified(&names::part(&taken.part), taken.part)?;
            let part: Part = serde_json::from_slice(&bytes).map_err(|_| ClerkFault::Form { what: "part" })?;
            stored.push(StoredPart { file: *file, taken: parts.taken, part });
        }
    }
    Ok(stored)
}

/// Takes an assembled gradebook as an export, unless one with the same content is there; the new export.
fn take(office: &mut Office, gradebook: &Gradebook) -> Result<Option<Sha256>, ClerkFault> {
    let bytes = canonical::to_bytes(gradebook).map_err(|_| ClerkFault::Form { what: "gradebook" })?;
    let export = Sha256::of(&bytes);
    let stage = office.ledger().exports.stage(&export).cloned();
    if matches!(stage, Some(Stage::Accepted(_))) || said_before(office, gradebook)? {
        return Ok(None);
    }
    if stage.is_none() {
        take_in::store_original(office, export, &bytes)?;
    }
    take_in::accept(office, export, gradebook)?;
    Ok(Some(export))
}

/// Whether the newest words about class and period are these: a file that was only sent again, or a second
/// list of the same pupils, makes no new export.
fn said_before(office: &Office, gradebook: &Gradebook) -> Result<bool, ClerkFault> {
    for (export, accepted) in office.ledger().exports.accepted() {
        if (accepted.year, &accepted.class, accepted.period)
            != (gradebook.year, &gradebook.class, gradebook.period)
        {
            continue;
        }
        let bytes = office.store.read_verified(&names::gradebook(export), accepted.gradebook)?;
        let known: Gradebook =
            serde_json::from_slice(&bytes).map_err(|_| ClerkFault::Form { what: "gradebook" })?;
        let (exported, parts) = (gradebook.exported, gradebook.parts.clone());
        if (Gradebook { exported, parts, ..known }) == *gradebook {
            return Ok(true);
        }
    }
    Ok(false)
}
