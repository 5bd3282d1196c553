//! Who stands in which gradebook, by names without marks: kept in memory, made from the gradebooks themselves and
//! never written down. A gradebook never changes, so what was read of one is right for as long as the program runs.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use school::digest::Sha256;
use school::dossier::Period;
use school::identifier::{ClassName, PupilId, SchoolYear, SubjectId};

use super::folded::folded;
use crate::clerk::{ClerkFault, ReadingRoom};
use crate::lifecycle::ledger::Ledger;

/// The list of one gradebook.
pub struct Listed {
    /// The export.
    pub export: Sha256,
    /// Its year.
    pub year: SchoolYear,
    /// Its class.
    pub class: ClassName,
    /// Its period.
    pub period: Period,
    /// Its pupils, in the order of the class.
    pub pupils: Vec<Pupil>,
    subjects: BTreeMap<SubjectId, String>,
}

impl Listed {
    /// What a subject of the class is called.
    pub fn subject(&self, id: &SubjectId) -> Option<&str> {
        self.subjects.get(id).map(String::as_str)
    }
}

/// A pupil of a list.
pub struct Pupil {
    /// The code.
    pub id: PupilId,
    /// Full name.
    pub name: String,
    /// Name and code as they are looked for.
    folded: [String; 2],
}

impl Pupil {
    /// Whether name or code hold this, which is folded already.
    pub fn is_called(&self, wanted: &str) -> bool {
        self.folded.iter().any(|one| one.contains(wanted))
    }
}

/// Every list that was read.
#[derive(Default)]
pub struct PupilIndex(Mutex<BTreeMap<Sha256, Arc<Listed>>>);

impl PupilIndex {
    /// The lists of everything that is locked, or of which there are documents: those that are new are read.
    ///
    /// Errors: a gradebook is not there, or not what the register names. Whoever looks for somebody is told, and not
    /// that there is nobody.
    pub fn lists(&self, reading: &ReadingRoom) -> Result<Vec<Arc<Listed>>, ClerkFault> {
        let wanted = reading.look(of_documents);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (export, year, class, period) in &wanted {
            if known.contains_key(export) {
                continue;
            }
            let list = reading.class_list(export)?;
            let subjects = list.subjects.into_iter().map(|one| (one.id, one.name)).collect();
            let pupil = |one: crate::clerk::ListedPupil| {
                let folded = [folded(&one.name), folded(one.id.as_str())];
                Pupil { id: one.id, name: one.name, folded }
            };
            let pupils = list.pupils.into_iter().map(pupil).collect();
            let (export, year, class, period) = (*export, *year, class.clone(), *period);
            known.insert(export, Arc::new(Listed { export, year, class, period, pupils, subjects }));
        }
        let lists = wanted.iter().filter_map(|(export, ..)| known.get(export));
        Ok(lists.map(Arc::clone).collect())
    }
}

/// Exports that are locked, or of which documents were made: one that was opened again leaves some.
fn of_documents(ledger: &Ledger) -> Vec<(Sha256, SchoolYear, ClassName, Period)> {
    let made = ledger.dossiers.values().filter(|one| !one.key.kind().names_exports());
    let made: HashSet<&Sha256> = made.flat_map(|one| &one.exports).collect();
    let exports = ledger.exports.accepted().filter(|(export, one)| one.is_locked() || made.contains(export));
    exports.map(|(export, one)| (*export, one.year, one.class.clone(), one.period)).collect()
}
