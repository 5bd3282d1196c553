//! What pupils who leave take along and were given: which documents, as they stood, and by whom. To whom says the
//! record.

use std::collections::BTreeMap;

use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey, DossierOf};
use school::identifier::{PersonId, PupilId};
use school::moment::Moment;

use super::dossier::Stage;
use super::event::{Entry, Event, PrintedRevision};
use super::ledger::Ledger;

/// A handing over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// When.
    pub at: Moment,
    /// What.
    pub given: Vec<PrintedRevision>,
    /// Who gave it, where they are somebody of the roster.
    pub by: Option<PersonId>,
    /// Digest of the words that say to whom.
    pub record: Sha256,
}

/// All of them by the number of their entry.
#[derive(Debug, Default)]
pub struct Handovers(BTreeMap<u64, Handover>);

impl Handovers {
    /// A handing over.
    pub fn get(&self, entry: u64) -> Option<&Handover> {
        self.0.get(&entry)
    }

    /// Those by which one of these documents left, oldest first.
    pub fn of<'h>(&'h self, documents: &'h [DossierId]) -> impl Iterator<Item = (u64, &'h Handover)> {
        let gave = |one: &Handover| one.given.iter().any(|given| documents.contains(&given.dossier));
        self.0.iter().filter(move |(_, one)| gave(one)).map(|(entry, one)| (*entry, one))
    }

    fn gave(&self, wanted: &PrintedRevision) -> Option<u64> {
        let gave = |(_, one): &(&u64, &Handover)| one.given.contains(wanted);
        self.0.iter().rfind(gave).map(|(entry, _)| *entry)
    }

    pub(super) fn apply(&mut self, entry: &Entry) {
        if let Event::LeaverHandedOver { given, by, record } = &entry.event {
            let one = Handover { at: entry.time, given: given.clone(), by: by.clone(), record: *record };
            self.0.insert(entry.seq, one);
        }
    }
}

/// Why nothing is handed over.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HandoverRefusal {
    /// It is the key of no transcript.
    #[error("{0}: no transcript")]
    NoTranscript(DossierId),
    /// No decision in force locks the part of this pupil alone.
    #[error("{0}: the register does not say that this pupil leaves")]
    Stays(PupilId),
    /// The transcript of the year in which they leave is not closed.
    #[error("{0}: not closed")]
    NotSigned(DossierId),
    /// All of it was given by this entry or before it.
    #[error("given by entry {0}")]
    AlreadyGiven(u64),
}

impl HandoverRefusal {
    /// The stable code; its words are in `wording`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoTranscript(_) | Self::Stays(_) => "leaver.stays",
            Self::NotSigned(_) => "leaver.not_signed",
            Self::AlreadyGiven(_) => "leaver.already_given",
        }
    }
}

/// What the pupil of this transcript is handed over, each document as it stands now.
///
/// Errors: the pupil does not leave; the transcript is not closed; nothing of it is new since they were given it.
pub fn ask_to_hand_over(ledger: &Ledger, own: &DossierKey) -> Result<Vec<PrintedRevision>, HandoverRefusal> {
    let DossierOf::HocBa(pupil) = &own.of else { return Err(HandoverRefusal::NoTranscript(own.id())) };
    let leaves = ledger.exports.accepted().any(|(_, one)| {
        one.year == own.year && one.period == own.period && one.pupils_locked.contains_key(pupil)
    });
    if !leaves {
        return Err(HandoverRefusal::Stays(pupil.clone()));
    }
    if !ledger.current(own).is_some_and(|(_, one)| matches!(one.stage, Stage::Closed(_))) {
        return Err(HandoverRefusal::NotSigned(own.id()));
    }
    let as_it_stands = |dossier: DossierId| {
        let sha256 = ledger.dossiers[&dossier].latest().1.sha256;
        PrintedRevision { dossier, sha256 }
    };
    let along: Vec<PrintedRevision> = taken_along(ledger, own).into_iter().map(as_it_stands).collect();
    let before: Option<Vec<u64>> = along.iter().map(|one| ledger.handovers.gave(one)).collect();
    match before.and_then(|entries| entries.into_iter().max()) {
        Some(entry) => Err(HandoverRefusal::AlreadyGiven(entry)),
        None => Ok(along),
    }
}

/// The closed transcripts of a pupil up to the year of `own`, each in its latest version, oldest first.
pub fn taken_along(ledger: &Ledger, own: &DossierKey) -> Vec<DossierId> {
    let mut closed: Vec<_> = ledger
        .dossiers
        .iter()
        .filter(|(_, one)| one.key.of == own.of && one.key.year <= own.year)
        .filter(|(_, one)| matches!(one.stage, Stage::Closed(_)))
        .filter(|(id, one)| ledger.current(&one.key).is_some_and(|(current, _)| current == *id))
        .map(|(id, one)| (one.latest().1.recorded, id.clone()))
        .collect();
    closed.sort();
    closed.into_iter().map(|(_, id)| id).collect()
}
