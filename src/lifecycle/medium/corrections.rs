//! Which older versions of documents are corrected, as a medium tells it: of its own documents, and of those that its
//! corrections take the place of. Only media up to this one count, so that the same medium always says the same.

use std::collections::BTreeMap;

use school::deposit::DepositId;
use school::dossier::{DossierId, DossierKey};
use school::medium::MediumId;

use super::Media;
use crate::lifecycle::deposit::Deposits;

/// An older version of a document with the one that took its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrected {
    /// The older version, and the deposit that holds it where a medium up to this one has it.
    pub older: (DossierId, Option<DepositId>),
    /// The version after it, and its deposit.
    pub newer: (DossierId, DepositId),
}

/// What the medium `id` tells, by the name of the newer version.
pub fn corrections(media: &Media, deposits: &Deposits, id: &MediumId) -> Vec<Corrected> {
    let up_to_here = media.iter().filter(|(other, _)| *other <= id);
    let on_media = up_to_here.flat_map(|(_, medium)| &medium.deposits);
    let mut lies: BTreeMap<&DossierId, &DepositId> = BTreeMap::new();
    for deposit in on_media {
        for dossier in deposits.get(deposit).map(|one| one.dossiers.as_slice()).unwrap_or_default() {
            lies.entry(dossier).or_insert(deposit);
        }
    }
    let here = |deposit: &DepositId| media.get(id).is_some_and(|medium| medium.deposits.contains(deposit));
    let corrected = lies.iter().filter_map(|(newer, deposit)| {
        let key = DossierKey::from_id(newer.as_str()).ok().filter(|key| key.version > 1)?;
        let older = DossierKey { version: key.version - 1, ..key }.id();
        let held = lies.get(&older).copied().cloned();
        let told = here(deposit) || held.as_ref().is_some_and(here);
        told.then(|| Corrected { older: (older, held), newer: ((*newer).clone(), (*deposit).clone()) })
    });
    corrected.collect()
}
