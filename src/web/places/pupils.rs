//! Names of the pupils whose transcripts stand in a list.

use std::collections::BTreeMap;
use std::sync::Arc;

use school::dossier::{DossierId, DossierOf};

use crate::accounts::Role;
use crate::web::fault::Fault;
use crate::web::frame;
use crate::web::house::House;
use crate::web::visitor::Visitor;

/// What each document is called: with the name of its pupil for whoever may read it, and that they did is noted.
pub struct Names(BTreeMap<DossierId, String>);

impl Names {
    /// Reads the names that belong to `ids`.
    ///
    /// Errors: `web.busy`. A gradebook that cannot be read leaves the pupil's code.
    pub async fn of(house: &Arc<House>, visitor: &Visitor, ids: &[DossierId]) -> Result<Self, Fault> {
        if visitor.role().is_none_or(|role| role == Role::Admin) {
            return Ok(Self(BTreeMap::new()));
        }
        let transcripts: Vec<_> = house.reading.look(|ledger| {
            let known = ids.iter().filter_map(|id| {
                let dossier = ledger.dossiers.get(id)?;
                let DossierOf::HocBa(pupil) = &dossier.key.of else { return None };
                Some((id.clone(), dossier.key.clone(), pupil.clone(), *dossier.exports.first()?))
            });
            known.collect()
        });
        if !transcripts.is_empty() {
            house.note(visitor, "view", format!("danh-sach/{} hoc-ba", transcripts.len()))?;
        }
        let reading = Arc::clone(&house.reading);
        let names = tokio::task::spawn_blocking(move || {
            let named = transcripts.into_iter().filter_map(|(id, key, pupil, export)| {
                let book = reading.gradebook(&export).ok()?;
                let name = book.pupils.iter().find(|one| one.id == pupil)?.name.as_str();
                Some((id, frame::named(&key, Some(name))))
            });
            named.collect()
        });
        Ok(Self(names.await.map_err(|_| Fault::busy())?))
    }

    /// What a document is called.
    pub fn get(&self, id: &DossierId) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| frame::named_by(id))
    }
}
