//! Puts the next documents before every token.

use std::sync::Arc;

use school::dossier::DossierId;
use school::identifier::SchoolYear;
use school::plan::BoxName;
use school::records::reader_frame::Circumstances;
use school::records::token_frame::KeyKind;

use super::seated::{Seated, not_signed};
use super::{Room, UnderWay, is_of_clock};
use crate::clerk::batch::lane::Errand;
use crate::clerk::sign::{begun, place};
use crate::clerk::{ClerkFault, Office};
use crate::clock;

impl Room {
    /// Puts the next documents before every token, journaled in one commit.
    pub(super) fn hand_out(&mut self, office: &mut Office) -> Result<(), ClerkFault> {
        let (mut journal, mut errands) = (Vec::new(), Vec::new());
        for number in self.seats.keys().copied().collect::<Vec<_>>() {
            self.look_ahead(office, number)?;
            let Some(most) = self.seats.get(&number).and_then(Seated::most_at_token) else { continue };
            while let Some((id, name, key)) = self.next_document(office, number, most) {
                let Some(seated) = self.seats.get_mut(&number) else { break };
                seated.identity.look_again(office)?;
                match place(office, &seated.identity, key, &id, &name) {
                    Ok(placed) => {
                        seated.at_token += 1;
                        let ticket = self.number();
                        let attributes = placed.prepared.signed_attributes.clone();
                        journal.push(begun(&id, &placed.permit));
                        errands.push((number, Errand::Document { ticket, attributes }));
                        self.busy.insert(id.clone());
                        let (permit, year, prepared) = (placed.permit, placed.year, Some(placed.prepared));
                        self.under_way.insert(ticket, UnderWay { seat: number, id, permit, year, prepared });
                    }
                    Err(fault) if fault.ends_all() => return Err(fault),
                    Err(fault) if is_of_clock(&fault) || seated.identity.check().is_err() => {
                        // Of clock or certificate: no other document can be signed now.
                        seated.sitting.ended_early = Some(fault.code().to_owned());
                        seated.queue.push_front((id, name));
                        self.expectations_changed = true;
                        break;
                    }
                    Err(fault) => {
                        seated.sitting.not_signed.push(not_signed(&id, &name, &fault));
                        self.expectations_changed = true;
                    }
                }
            }
        }
        office.record_all(journal)?;
        for (number, errand) in errands {
            if let Some(errands) = self.seats.get(&number).and_then(|one| one.errands.as_ref()) {
                // A lane ends only after its errands.
                let _ = errands.send(errand);
            }
        }
        Ok(())
    }

    /// Has the signatures judged that stand in the next documents for this token, as far as that was not done a
    /// moment ago: whoever signed them may be gone for days.
    fn look_ahead(&mut self, office: &mut Office, number: u64) -> Result<(), ClerkFault> {
        let Some(seated) = self.seats.get(&number).filter(|one| one.goes_on()) else { return Ok(()) };
        let next: Vec<DossierId> =
            seated.queue.iter().take(seated.ahead()).map(|(id, _)| id.clone()).collect();
        for id in next {
            let dossier = office.ledger().dossiers.get(&id);
            if dossier.is_some_and(|one| office.confirmed.covers(one)) {
                continue;
            }
            match self.have_read(office, &id) {
                Err(fault) if fault.ends_all() => return Err(fault),
                Err(fault) => self.leave_out(office, &id, fault),
                Ok(()) => {}
            }
        }
        Ok(())
    }

    /// The next box for this token, if it has less than `most` before it, and room.
    fn next_document(
        &mut self,
        office: &Office,
        number: u64,
        most: usize,
    ) -> Option<(DossierId, BoxName, KeyKind)> {
        let seated = self.seats.get_mut(&number)?;
        let key = seated.key?;
        if !seated.goes_on() || seated.at_token >= most {
            return None;
        }
        let confirmed = |id| office.ledger().dossiers.get(id).is_some_and(|one| office.confirmed.covers(one));
        let free = seated.queue.iter().position(|(id, _)| !self.busy.contains(id) && confirmed(id))?;
        let (id, name) = seated.queue.remove(free)?;
        Some((id, name, key))
    }

    /// The circumstances of a judgement now. They are made once a second, and anew after an act or the
    /// withdrawal of an authority: a reader keeps what it read of them as long as they are the same.
    pub(super) fn circumstances(
        &mut self,
        office: &mut Office,
        year: SchoolYear,
    ) -> Result<Arc<Circumstances>, ClerkFault> {
        let (now, in_force) = (clock::now(), office.year(year)?);
        if let Some((at, of, known)) = self.circumstances.get(&year)
            && (*at, Arc::as_ptr(of)) == (now, Arc::as_ptr(&in_force))
        {
            return Ok(Arc::clone(known));
        }
        let made = Arc::new(office.circumstances(Some(year))?);
        self.circumstances.insert(year, (now, in_force, Arc::clone(&made)));
        Ok(made)
    }
}
