//! Takes exports in: each file exactly once, its original bytes kept with their SHA-256.

use std::collections::BTreeSet;
use std::time::Instant;

use crafts::document::{ChangedValue, changed_values};
use crafts::export::Taken;
use school::digest::Sha256;
use school::dossier::{DossierId, Period};
use school::gradebook::{Change, Gradebook, changes};
use school::identifier::ClassName;
use school::records::canonical;
use school::records::reader_frame::ExportProblem;
use school::report::Report;
use school::scoring::Checked;

use crate::clerk::{ClerkFault, Office, assemble, check, correct, elsewhere, names};
use crate::intake::{Inbox, InboxFault};
use crate::lifecycle::correction::{CaseId, CorrectionRefusal, ask_to_open};
use crate::lifecycle::elsewhere::ElsewhereRefusal;
use crate::lifecycle::event::{Event, PartTaken};
use crate::lifecycle::export::{Accepted, Stage};
use crate::wording::{self, ClassStanding};

/// A value of locked data that nobody signed for yet: the period can be opened again.
const LOCKED_VALUE_CHANGED: &str = "export.locked_value_changed";
/// A value that somebody signed for.
const SIGNED_VALUE_CHANGED: &str = "export.signed_value_changed";
/// A value of data that a correction is about already.
const CORRECTION_UNDER_WAY: &str = "export.correction_under_way";

/// What became of a file from the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reception {
    /// A gradebook: it waits for the lock decision.
    Accepted {
        /// SHA-256 of its bytes.
        export: Sha256,
        /// The class.
        class: ClassName,
        /// The period.
        period: Period,
        /// What differs from the rules or is missing, or that the file claims no lock, in words.
        note: Option<String>,
    },
    /// Parts of classes: they wait, or made their classes complete.
    Parts {
        /// SHA-256 of its bytes.
        export: Sha256,
        /// How each class stands now.
        classes: Vec<ClassStanding>,
    },
    /// A report without marks: kept, and nothing is made of it.
    Kept {
        /// SHA-256 of its bytes.
        export: Sha256,
        /// What it is.
        report: Report,
    },
    /// A gradebook that says signed data otherwise: it opened a correction case.
    Correction {
        /// SHA-256 of its bytes.
        export: Sha256,
        /// The case.
        case: CaseId,
        /// The values that differ, in words.
        changes: Vec<ChangedValue>,
    },
    /// A transcript that was signed in another program: registered, to be sealed.
    SignedElsewhere {
        /// SHA-256 of its bytes.
        file: Sha256,
        /// The dossier.
        dossier: DossierId,
    },
    /// A signed file that is not taken in.
    NotTaken(ElsewhereRefusal),
    /// The same bytes were accepted before.
    KnownAlready {
        /// SHA-256 of its bytes.
        export: Sha256,
    },
    /// Refused, with everything that is wrong.
    Refused {
        /// SHA-256 of its bytes.
        export: Sha256,
        /// Its problems.
        problems: Vec<ExportProblem>,
    },
    /// Larger than an export may be; it was not read.
    TooLarge,
}

/// Scans the inbox once, takes every settled file and puts it away.
///
/// Errors: the first step that failed; the file stays in the inbox and the next scan goes on.
pub fn empty_inbox(office: &mut Office, inbox: &mut Inbox) -> Result<Vec<(String, Reception)>, ClerkFault> {
    let put_away = |fault: InboxFault| ClerkFault::NotNow { code: "inbox.unusable", what: fault.to_string() };
    let mut receptions = Vec::new();
    for file in inbox.scan(Instant::now()).map_err(put_away)? {
        let reception = match &file.bytes {
            Some(bytes) => take(office, &file.name.to_string_lossy(), bytes)?,
            None => Reception::TooLarge,
        };
        let moved =
            match &reception {
                Reception::Accepted { note, .. } => inbox.taken(&file.name, note.as_deref()),
                Reception::Parts { classes, .. } => inbox
                    .taken(&file.name, Some(&wording::inbox_parts(&file.name.to_string_lossy(), classes))),
                Reception::Kept { report, .. } => {
                    let name = file.name.to_string_lossy();
                    inbox.taken(&file.name, Some(&wording::inbox_kept(&name, *report)))
                }
                Reception::Correction { case, changes, .. } => {
                    inbox.taken(&file.name, Some(&wording::inbox_correction(case, changes)))
                }
                Reception::SignedElsewhere { dossier, .. } => {
                    inbox.taken(&file.name, Some(&wording::inbox_signed_elsewhere(dossier)))
                }
                Reception::NotTaken(refusal) => inbox
                    .refused(&file.name, &wording::inbox_not_taken(&file.name.to_string_lossy(), refusal)),
                Reception::KnownAlready { export } => {
                    inbox.taken(&file.name, Some(&wording::inbox_known_already(export)))
                }
                Reception::Refused { problems, .. } => {
                    inbox.refused(&file.name, &wording::inbox_refused(&file.name.to_string_lossy(), problems))
                }
                Reception::TooLarge => inbox.refused(&file.name, &wording::inbox_too_large()),
            };
        moved.map_err(put_away)?;
        receptions.push((file.name.to_string_lossy().into_owned(), reception));
    }
    Ok(receptions)
}

fn take(office: &mut Office, file: &str, bytes: &[u8]) -> Result<Reception, ClerkFault> {
    let export = Sha256::of(bytes);
    if elsewhere::concerns(office, file, bytes)? {
        if elsewhere::known(office, &export).is_some() {
            return Ok(Reception::KnownAlready { export });
        }
        return Ok(match elsewhere::take_signed(office, file, bytes)? {
            Ok(dossier) => Reception::SignedElsewhere { file: export, dossier },
            Err(refusal) => Reception::NotTaken(refusal),
        });
    }
    let known = office.ledger().exports.stage(&export).cloned();
    if let Some(Stage::Accepted(_)) = known {
        check::check_once(office, export)?;
        // Accepted before a kill, and its case not opened any more.
        if let Some(case) = correct::open_once(office, export)? {
            return correcting(office, export, case);
        }
    }
    if let Some(Stage::Accepted(_) | Stage::Parts(_) | Stage::Kept(_)) = known {
        return Ok(Reception::KnownAlready { export });
    }
    if known.is_none() {
        store_original(office, export, bytes)?;
    }
    let already_refused = matches!(known, Some(Stage::Refused(_)));
    let read = match office.reader.export(file, bytes) {
        Ok(read) => read,
        // That no process can be started says nothing about the file.
        Err(fault) if fault.code() == "reader.worker_start" => return Err(fault.into()),
        // A file on which the reader hangs or dies would do so at every scan: it is refused like any other.
        Err(fault) => {
            let (code, path) = (fault.code().to_owned(), "$".to_owned());
            Err(vec![ExportProblem { code, path, found: String::new() }])
        }
    };
    let read = match read {
        Ok(Taken::Gradebook(gradebook)) => match compared(office, &gradebook)? {
            Compared::Alike => Ok(Taken::Gradebook(gradebook)),
            Compared::Refused(changed) => Err(changed),
            Compared::Signed { before, changes } => {
                accept(office, export, &gradebook)?;
                let case = correct::open(office, before, export, &changes)?;
                return correcting(office, export, case);
            }
        },
        other => other,
    };
    match read {
        Ok(Taken::Gradebook(gradebook)) => {
            let checked = accept(office, export, &gradebook)?;
            let note = match (checked.is_clean(), gradebook.lock.locked) {
                (false, _) => Some(wording::inbox_checked(&checked, &gradebook)),
                (true, false) => Some(wording::inbox_waits(&gradebook)),
                (true, true) => None,
            };
            let (class, period) = (gradebook.class, gradebook.period);
            Ok(Reception::Accepted { export, class, period, note })
        }
        Ok(Taken::Parts(parts)) => {
            let mut files = Vec::with_capacity(parts.len());
            let mut taken = Vec::with_capacity(parts.len());
            for part in &parts {
                let canonical = canonical::to_bytes(part).map_err(|_| ClerkFault::Form { what: "part" })?;
                let digest = office.store.stage(&canonical)?;
                files.push((digest, names::part(&digest)));
                let (year, class) = (part.year, part.class.clone());
                taken.push(PartTaken { part: digest, year, class, is_final: part.is_final });
            }
            let classes: BTreeSet<_> = taken.iter().map(|part| (part.year, part.class.clone())).collect();
            office.commit(Event::ExportParts { export, parts: taken }, &files)?;
            let standings = classes.into_iter().map(|(year, class)| assemble::class(office, year, &class));
            let classes = standings.collect::<Result<_, _>>()?;
            Ok(Reception::Parts { export, classes })
        }
        Ok(Taken::Report(report)) => {
            let Report { kind, year } = report;
            office.record(Event::ExportKept { export, report: kind, year })?;
            Ok(Reception::Kept { export, report })
        }
        Err(problems) => {
            if !already_refused {
                let mut codes: Vec<String> = problems.iter().map(|problem| problem.code.clone()).collect();
                codes.sort();
                codes.dedup();
                office.record(Event::ExportRefused { export, codes })?;
            }
            Ok(Reception::Refused { export, problems })
        }
    }
}

/// A case that the export opened, told in words.
fn correcting(office: &Office, export: Sha256, case: CaseId) -> Result<Reception, ClerkFault> {
    let changes = correct::correction(office, &case)?.in_words;
    Ok(Reception::Correction { export, case, changes })
}

/// An export beside what is locked of its class.
pub(super) enum Compared {
    /// It says nothing otherwise.
    Alike,
    /// A matter of reopening, or of a correction that cannot be opened now. The file is kept.
    Refused(Vec<ExportProblem>),
    /// It says data otherwise that people signed for: a correction case.
    Signed {
        /// The locked export.
        before: Sha256,
        /// The values that differ.
        changes: Vec<Change>,
    },
}

/// What the export says otherwise of data that are locked: a matter of reopening before the first
/// signature, of correction after it.
pub(super) fn compared(office: &mut Office, found: &Gradebook) -> Result<Compared, ClerkFault> {
    let of_class: Vec<(Sha256, Accepted)> = office
        .ledger()
        .exports
        .accepted()
        .filter(|(_, one)| one.counts() && one.year == found.year && one.class == found.class)
        .map(|(export, one)| (*export, one.clone()))
        .collect();
    let mut problems = Vec::new();
    let mut signed = None;
    for (export, accepted) in of_class {
        let locked = office.gradebook(&export, &accepted)?;
        let changes: Vec<Change> = match &accepted.locked_by {
            Some(_) => changes(&locked, found, None),
            None => {
                accepted.pupils_locked.keys().flat_map(|one| changes(&locked, found, Some(one))).collect()
            }
        };
        if changes.is_empty() {
            continue;
        }
        let whole = accepted.locked_by.is_some() && accepted.period == found.period;
        let plans = office.year(found.year)?;
        let code = match ask_to_open(office.ledger(), &plans.plans.1, &export) {
            Ok(()) if whole => {
                signed = Some((export, locked, changes));
                continue;
            }
            Ok(()) => SIGNED_VALUE_CHANGED,
            Err(CorrectionRefusal::UnderWay(_)) => CORRECTION_UNDER_WAY,
            Err(_) if office.ledger().made_from(&export).any(|(_, made)| !made.signers().is_empty()) => {
                SIGNED_VALUE_CHANGED
            }
            Err(_) => LOCKED_VALUE_CHANGED,
        };
        problems.extend(told(code, &changes, &locked, found));
    }
    Ok(match signed {
        None if problems.is_empty() => Compared::Alike,
        Some((before, _, changes)) if problems.is_empty() => Compared::Signed { before, changes },
        other => {
            if let Some((_, locked, changes)) = &other {
                problems.extend(told(SIGNED_VALUE_CHANGED, changes, locked, found));
            }
            Compared::Refused(problems)
        }
    })
}

/// What is said otherwise, in the words of the form: whoever reads the note knows no path.
fn told(code: &str, changes: &[Change], locked: &Gradebook, found: &Gradebook) -> Vec<ExportProblem> {
    let problem = |one: ChangedValue| ExportProblem {
        code: code.into(),
        path: one.place(),
        found: format!("{} → {}", one.old, one.new),
    };
    changed_values(changes, locked, found).into_iter().map(problem).collect()
}

/// Keeps the original bytes of an export.
pub(super) fn store_original(office: &mut Office, export: Sha256, bytes: &[u8]) -> Result<(), ClerkFault> {
    office.publish(&names::original(&export), bytes)?;
    office.record(Event::ExportTaken { sha256: export, bytes: bytes.len() as u64 })?;
    Ok(())
}

/// Records that a stored export is a gradebook, and what the rules say of it.
pub(super) fn accept(
    office: &mut Office,
    export: Sha256,
    gradebook: &Gradebook,
) -> Result<Checked, ClerkFault> {
    let canonical = canonical::to_bytes(gradebook).map_err(|_| ClerkFault::Form { what: "gradebook" })?;
    let staged = office.store.stage(&canonical)?;
    let (class, period) = (gradebook.class.clone(), gradebook.period);
    let event = Event::ExportAccepted { export, gradebook: staged, year: gradebook.year, class, period };
    office.commit(event, &[(staged, names::gradebook(&export))])?;
    check::check(office, export, gradebook)
}
