//! Who may expect what from whom: boxes that open once others here have signed.

use std::collections::{BTreeMap, BTreeSet};

use school::digest::Sha256;
use school::dossier::DossierId;
use school::plan::BoxName;

use super::Room;
use super::seated::is_wanted;
use crate::clerk::sign::{is_still_to_come, open_for};
use crate::clerk::{ClerkFault, Office};

impl Room {
    /// A dossier has a new revision: whose turn is it now?
    pub(super) fn opened(&mut self, office: &mut Office, id: &DossierId) -> Result<(), ClerkFault> {
        for seated in self.seats.values_mut().filter(|one| one.wants(id)) {
            for name in open_for(office, id, seated.sitting.certificate)? {
                let known = seated.queue.iter().any(|(dossier, one)| dossier == id && *one == name);
                if !known && !seated.could_not(id) {
                    seated.queue.push_back((id.clone(), name));
                }
            }
        }
        let wanting = self.seats.iter().filter(|(_, one)| one.wants(id)).map(|(number, _)| *number);
        for number in wanting.collect::<Vec<_>>() {
            let certificate = self.seats[&number].sitting.certificate;
            let to_come = is_still_to_come(office, id, certificate, &self.signing(id))?.is_some();
            if let Some(seated) = self.seats.get_mut(&number) {
                if to_come {
                    seated.expected.insert(id.clone())
                } else {
                    seated.expected.remove(id)
                };
            }
        }
        Ok(())
    }

    /// Certificates of everyone here who goes on signing, and who did not fail with this dossier.
    pub(super) fn signing(&self, id: &DossierId) -> BTreeSet<Sha256> {
        let signing = self.seats.values().filter(|one| one.goes_on() && !one.could_not(id));
        signing.map(|one| one.sitting.certificate).collect()
    }

    pub(super) fn expect(&mut self, office: &mut Office) -> Result<(), ClerkFault> {
        let ids: Vec<DossierId> = office.ledger().dossiers.keys().cloned().collect();
        let mut expected: BTreeMap<u64, BTreeSet<DossierId>> = BTreeMap::new();
        if self.seats.len() > 1 {
            for id in &ids {
                let signing = self.signing(id);
                for (number, seated) in self.seats.iter().filter(|(_, one)| one.wants(id)) {
                    if is_still_to_come(office, id, seated.sitting.certificate, &signing)?.is_some() {
                        expected.entry(*number).or_default().insert(id.clone());
                    }
                }
            }
        }
        for (number, seated) in &mut self.seats {
            seated.expected = expected.remove(number).unwrap_or_default();
        }
        Ok(())
    }

    /// A box that is this certificate's once those who sit here have signed.
    pub(super) fn first_to_come(
        &self,
        office: &mut Office,
        certificate: Sha256,
        only: Option<&BTreeSet<DossierId>>,
    ) -> Result<Option<(DossierId, BoxName)>, ClerkFault> {
        if self.is_empty() {
            return Ok(None);
        }
        let ids = office.ledger().dossiers.keys().filter(|id| is_wanted(only, id)).cloned();
        for id in ids.collect::<Vec<_>>() {
            if let Some(name) = is_still_to_come(office, &id, certificate, &self.signing(&id))? {
                return Ok(Some((id, name)));
            }
        }
        Ok(None)
    }
}
