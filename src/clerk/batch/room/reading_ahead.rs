//! What waits for somebody who plugged a token in is read while the person looks at the list and types the PIN: a
//! judge that read a document before its signature reads only what the signature adds.

use school::digest::Sha256;
use school::dossier::DossierId;
use school::limits::READING_AHEAD;

use super::Room;
use crate::clerk::batch::judges::Task;
use crate::clerk::sign::{differs, waiting_for};
use crate::clerk::{ClerkFault, Office, names};

impl Room {
    /// Somebody with this certificate is at a reader and may sign soon.
    ///
    /// Errors: the roster in force cannot be read.
    pub fn expect_visit(&mut self, office: &mut Office, certificate: Sha256) -> Result<(), ClerkFault> {
        self.to_read.extend(waiting_for(office, certificate)?.into_iter().map(|(id, _)| id));
        Ok(())
    }

    /// True while documents of people to come are read.
    pub fn is_reading_ahead(&self) -> bool {
        !self.to_read.is_empty() || !self.looked_at.is_empty()
    }

    /// Keeps the readers busy with what is still to be read, a few documents at a time: who signs has them too.
    pub(super) fn read_ahead(&mut self, office: &mut Office) -> Result<(), ClerkFault> {
        while self.looked_at.len() < READING_AHEAD
            && let Some(id) = self.to_read.pop_first()
        {
            let dossier = office.ledger().dossiers.get(&id);
            if dossier.is_none_or(|one| !one.signers().is_empty() && office.confirmed.covers(one)) {
                continue;
            }
            match self.have_read(office, &id) {
                Err(fault) if fault.ends_all() => return Err(fault),
                // It is told when the document is to be signed.
                Ok(()) | Err(_) => {}
            }
        }
        Ok(())
    }

    /// Has the latest revision of a dossier judged, unless that is being done or nobody signs it now.
    pub(super) fn have_read(&mut self, office: &mut Office, id: &DossierId) -> Result<(), ClerkFault> {
        let Some(dossier) = office.ledger().dossiers.get(id) else { return Ok(()) };
        if self.busy.contains(id) || self.looked_at.contains(id) {
            return Ok(());
        }
        let (year, base, (revision, latest)) = (dossier.key.year, dossier.base(), dossier.latest());
        let bytes =
            office.store.read_verified(&names::revision(id, revision), latest.sha256).map_err(differs)?;
        let circumstances = self.circumstances(office, year)?;
        self.looked_at.insert(id.clone());
        self.judges.judge(base, Task::Earlier { id: id.clone(), bytes, circumstances });
        Ok(())
    }
}
