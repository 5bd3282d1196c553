//! What a version of a document says otherwise than the one before it, for those who read it before they sign:
//! computed anew from both gradebooks, as for its sheet of corrections.

use crafts::document::{ChangedValue, changed_values, printed_changes};
use school::dossier::DossierId;
use school::gradebook::Change;
use school::identifier::ClassName;

use crate::clerk::{ClerkFault, ReadingRoom};
use crate::lifecycle::correction::CaseId;
use crate::lifecycle::export::Stage;

/// A version beside the one that it corrects.
#[derive(Debug, Clone)]
pub struct VersionChanges {
    /// The version before.
    pub before: DossierId,
    /// The case that corrected it.
    pub case: Option<CaseId>,
    /// Of which class.
    pub class: ClassName,
    /// Every value that is printed otherwise, and the same in the words of the form.
    pub values: Vec<(Change, ChangedValue)>,
}

impl ReadingRoom {
    /// What the version corrects; none of a first version, of one that came after a reopening, and of papers.
    ///
    /// Errors: a gradebook of either version is not there, or not what the register names.
    pub fn version_changes(&self, id: &DossierId) -> Result<Option<VersionChanges>, ClerkFault> {
        let known = self.look(|ledger| {
            let version = ledger.dossiers.get(id).filter(|one| one.key.version > 1)?;
            let (before, earlier) = ledger.dossiers.get_key_value(version.corrects.first()?)?;
            let (from, to) = (*earlier.exports.first()?, *version.exports.first()?);
            let lock = match ledger.exports.stage(&to) {
                Some(Stage::Accepted(accepted)) => accepted.locked_by.as_ref(),
                _ => None,
            };
            let case = lock.and_then(|lock| ledger.corrections.of_record(lock)).map(|case| case.id.clone());
            Some((before.clone(), case, version.key.of.clone(), from, to))
        });
        let Some((before, case, of, from, to)) = known else { return Ok(None) };
        let (old, new) = (self.gradebook(&from)?, self.gradebook(&to)?);
        let changes = printed_changes(&of, &old, &new);
        let words = changed_values(&changes, &old, &new);
        let values = changes.into_iter().zip(words).collect();
        Ok(Some(VersionChanges { before, case, class: new.class.clone(), values }))
    }
}
