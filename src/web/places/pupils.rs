//! Names of the pupils and subjects whose documents stand in a list.

use std::collections::BTreeMap;
use std::sync::Arc;

use school::dossier::{DossierId, DossierKey, DossierOf};

use crate::accounts::Role;
use crate::web::fault::Fault;
use crate::web::frame;
use crate::web::house::House;
use crate::web::places::subjects;
use crate::web::visitor::Visitor;

/// What each document is called: by its subject, and by its pupil for whoever may read that, and that they did is
/// noted.
#[derive(Default)]
pub struct Names(BTreeMap<DossierId, String>);

impl Names {
    /// Reads the names that belong to `ids`.
    ///
    /// Errors: `web.busy`. A gradebook that cannot be read leaves the pupil's code.
    pub async fn of(house: &Arc<House>, visitor: &Visitor, ids: &[DossierId]) -> Result<Self, Fault> {
        let mut known = of_subjects(house, ids).await?;
        if visitor.role().is_none_or(|role| role == Role::Admin) {
            return Ok(Self(known));
        }
        let transcripts: Vec<_> = house.reading.look(|ledger| {
            let of_pupils = ids.iter().filter_map(|id| {
                let dossier = ledger.dossiers.get(id)?;
                let DossierOf::HocBa(pupil) = &dossier.key.of else { return None };
                Some((id.clone(), dossier.key.clone(), pupil.clone(), *dossier.exports.first()?))
            });
            of_pupils.collect()
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
            named.collect::<Vec<_>>()
        });
        known.extend(names.await.map_err(|_| Fault::busy())?);
        Ok(Self(known))
    }

    /// What a document is called.
    pub fn get(&self, id: &DossierId) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| frame::named_by(id))
    }
}

/// Teachers' books by the names of their subjects.
async fn of_subjects(house: &House, ids: &[DossierId]) -> Result<BTreeMap<DossierId, String>, Fault> {
    let mut known = BTreeMap::new();
    for id in ids {
        if let Ok(key) = DossierKey::from_id(id.as_str())
            && matches!(key.of, DossierOf::SoDiemGv(_))
        {
            let year = house.year(key.year).await?;
            known.insert(id.clone(), subjects::named(&year.roster.1, &key));
        }
    }
    Ok(known)
}
