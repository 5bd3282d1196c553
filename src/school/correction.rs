//! Corrections of data that people signed: whose entries are changed (DOMAIN, 1.4, R3 and R4). Words that
//! rules, writers and judge share.

use crate::gradebook::Change;
use crate::identifier::SubjectId;
use crate::roster::Roster;
use crate::{dossier::DossierOf, identifier::ClassName};

/// Parts of a pupil that are computed from entries: they change with them and are nobody's entry.
const COMPUTED: [&str; 4] = ["averages", "study", "outcome", "honour"];

/// Whose entries are changed: teachers of these subjects, and the homeroom teacher.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Concerned {
    /// Subjects, each as often as it has teachers who sign.
    pub subjects: Vec<SubjectId>,
    /// The homeroom teacher.
    pub homeroom: bool,
}

impl Concerned {
    /// Whose entries `changes` are. What is only computed from others concerns the homeroom teacher where
    /// nothing else changes.
    pub fn of(changes: &[Change], roster: &Roster, of: &DossierOf, class: &ClassName) -> Self {
        let mut subjects: Vec<SubjectId> = Vec::new();
        let mut homeroom = false;
        for change in changes {
            match change.subject() {
                Some(subject) if !subjects.contains(&subject) => subjects.push(subject),
                Some(_) => {}
                None => homeroom |= !change.part().is_some_and(|part| COMPUTED.contains(&part)),
            }
        }
        homeroom |= subjects.is_empty();
        subjects.sort();
        Self { subjects: roster.signing_subjects(of, class, &subjects), homeroom }
    }
}
