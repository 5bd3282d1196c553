//! A case and where it stands: most of it follows from its two papers, which are dossiers like others.

use std::collections::BTreeMap;
use std::fmt;

use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey, DossierOf, Period};
use school::identifier::{DecisionNumber, PersonId, PupilId, SchoolYear};
use school::moment::Moment;

use crate::lifecycle::dossier::Stage;
use crate::lifecycle::event::{Entry, Event};
use crate::lifecycle::ledger::Ledger;

/// A case within its school year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CaseId {
    /// The school year.
    pub year: SchoolYear,
    /// Its number.
    pub number: DecisionNumber,
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.year)
    }
}

/// A correction case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Which one.
    pub id: CaseId,
    /// The locked export that people signed for.
    pub before: Sha256,
    /// The export that says it otherwise.
    pub after: Sha256,
    /// SHA-256 of the canonical list of changed values.
    pub changes: Sha256,
    /// Pupils of whom a value changes.
    pub pupils: Vec<PupilId>,
    /// When it was opened.
    pub opened: Moment,
    /// Who asked for it, with the digest of the record that holds why.
    pub requested: Option<(PersonId, Sha256)>,
    /// How it ended, where it was not carried out.
    pub ended: Option<Ended>,
}

/// A case that ended and corrected nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// True when the principal refused it, false when it was taken back.
    pub refused: bool,
    /// Who ended it.
    pub person: PersonId,
    /// SHA-256 of the record that holds why.
    pub record: Sha256,
    /// When.
    pub at: Moment,
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The changed values are listed. Who acts: whoever made the entries asks for the correction.
    Opened,
    /// The request waits for signatures. Who acts: its signers, last the principal.
    Requested,
    /// The principal agreed. Who acts: ban quản trị makes the record.
    Consented,
    /// The record waits for signatures. Who acts: its signers, last the principal.
    Recorded,
    /// Everybody signed the record. Who acts: the program closes it.
    RecordSigned,
    /// The corrected data are locked. Who acts: the signers of the new versions.
    CarriedOut,
    /// The principal refused it. Nothing follows.
    Refused,
    /// It was taken back. Nothing follows.
    Withdrawn,
}

impl Case {
    /// The key of its request.
    pub fn request(&self) -> DossierKey {
        let CaseId { year, number } = &self.id;
        DossierKey::new(*year, DossierOf::PhieuDeNghiSua(number.clone()), Period::FullYear)
    }

    /// The key of its record.
    pub fn record(&self) -> DossierKey {
        let CaseId { year, number } = &self.id;
        DossierKey::new(*year, DossierOf::BienBanSuaChua(number.clone()), Period::FullYear)
    }

    /// Where it stands.
    pub fn standing(&self, ledger: &Ledger) -> Standing {
        if let Some(ended) = &self.ended {
            return if ended.refused { Standing::Refused } else { Standing::Withdrawn };
        }
        let stage = |key: DossierKey| ledger.dossiers.get(&key.id()).map(|one| &one.stage);
        match (stage(self.request()), stage(self.record())) {
            (_, Some(Stage::Closed(_))) => Standing::CarriedOut,
            (_, Some(Stage::Signed(_))) => Standing::RecordSigned,
            (_, Some(_)) => Standing::Recorded,
            (Some(Stage::Signed(_) | Stage::Closed(_)), None) => Standing::Consented,
            (Some(_), None) => Standing::Requested,
            (None, None) => Standing::Opened,
        }
    }
}

/// All cases, by year and number.
#[derive(Debug, Default)]
pub struct Corrections(BTreeMap<CaseId, Case>);

impl Corrections {
    /// The case.
    pub fn get(&self, id: &CaseId) -> Option<&Case> {
        self.0.get(id)
    }

    /// The cases in which a value of this pupil is changed.
    pub fn of_pupil<'c>(&'c self, pupil: &PupilId) -> impl Iterator<Item = &'c Case> {
        self.0.values().filter(move |case| case.pupils.contains(pupil))
    }

    /// The cases of a year, in the order of their numbers.
    pub fn of_year(&self, year: SchoolYear) -> impl Iterator<Item = &Case> {
        self.0.values().filter(move |case| case.id.year == year)
    }

    /// The case whose record this is.
    pub fn of_record(&self, record: &DossierId) -> Option<&Case> {
        self.0.values().find(|case| case.record().id() == *record)
    }

    /// The case that corrects, or would correct, `before`, and is not ended or carried out.
    pub fn under_way(&self, ledger: &Ledger, before: &Sha256) -> Option<&Case> {
        let done = [Standing::CarriedOut, Standing::Refused, Standing::Withdrawn];
        self.0.values().find(|case| case.before == *before && !done.contains(&case.standing(ledger)))
    }

    /// Moves to what `entry` says; the case that ended by it.
    pub(in crate::lifecycle) fn apply(&mut self, entry: &Entry) -> Option<&Case> {
        match &entry.event {
            Event::CorrectionOpened { year, number, before, after, changes, pupils, .. } => {
                let id = CaseId { year: *year, number: number.clone() };
                let case = Case {
                    id: id.clone(),
                    before: *before,
                    after: *after,
                    changes: *changes,
                    pupils: pupils.clone(),
                    opened: entry.time,
                    requested: None,
                    ended: None,
                };
                self.0.insert(id, case);
                None
            }
            Event::CorrectionRequested { year, number, person, record } => {
                let case = self.0.get_mut(&CaseId { year: *year, number: number.clone() })?;
                case.requested = Some((person.clone(), *record));
                None
            }
            Event::CorrectionRefused { year, number, person, record }
            | Event::CorrectionWithdrawn { year, number, person, record } => {
                let case = self.0.get_mut(&CaseId { year: *year, number: number.clone() })?;
                let refused = matches!(entry.event, Event::CorrectionRefused { .. });
                let (person, record, at) = (person.clone(), *record, entry.time);
                case.ended = Some(Ended { refused, person, record, at });
                Some(case)
            }
            _ => None,
        }
    }
}
