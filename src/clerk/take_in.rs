//! Takes exports in: each file exactly once, its original bytes kept with their SHA-256.

use std::time::Instant;

use school::digest::Sha256;
use school::dossier::Period;
use school::identifier::ClassName;
use school::records::canonical;
use school::records::reader_frame::ExportProblem;

use crate::clerk::{ClerkFault, Office, check, names};
use crate::intake::{Inbox, InboxFault};
use crate::lifecycle::event::Event;
use crate::lifecycle::export::Stage;
use crate::wording;

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
        /// What differs from the rules or is missing, in words; none where nothing is.
        note: Option<String>,
    },
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
            Some(bytes) => take(office, bytes)?,
            None => Reception::TooLarge,
        };
        let moved = match &reception {
            Reception::Accepted { note, .. } => inbox.taken(&file.name, note.as_deref()),
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

fn take(office: &mut Office, bytes: &[u8]) -> Result<Reception, ClerkFault> {
    let export = Sha256::of(bytes);
    let known = office.ledger().exports.stage(&export).cloned();
    if let Some(Stage::Accepted(_)) = known {
        check::check_once(office, export)?;
        return Ok(Reception::KnownAlready { export });
    }
    if known.is_none() {
        office.publish(&names::original(&export), bytes)?;
        office.record(Event::ExportTaken { sha256: export, bytes: bytes.len() as u64 })?;
    }
    let already_refused = matches!(known, Some(Stage::Refused(_)));
    let read = match office.reader.export(bytes) {
        Ok(read) => read,
        // That no process can be started says nothing about the file.
        Err(fault) if fault.code() == "reader.worker_start" => return Err(fault.into()),
        // A file on which the reader hangs or dies would do so at every scan: it is refused like any other.
        Err(fault) => {
            let (code, path) = (fault.code().to_owned(), "$".to_owned());
            Err(vec![ExportProblem { code, path, found: String::new() }])
        }
    };
    match read {
        Ok(gradebook) => {
            let canonical =
                canonical::to_bytes(&gradebook).map_err(|_| ClerkFault::Form { what: "gradebook" })?;
            let staged = office.store.stage(&canonical)?;
            let (class, period) = (gradebook.class.clone(), gradebook.period);
            let event = Event::ExportAccepted {
                export,
                gradebook: staged,
                year: gradebook.year,
                class: class.clone(),
                period,
            };
            office.commit(event, &[(staged, names::gradebook(&export))])?;
            let checked = check::check(office, export, &gradebook)?;
            let note = (!checked.is_clean()).then(|| wording::inbox_checked(&checked, &gradebook));
            Ok(Reception::Accepted { export, class, period, note })
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
