//! What the tokens and the readers tell, and what follows from it.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use school::dossier::DossierId;
use verification::report::PdfReport;

use super::seated::{Seated, not_signed};
use super::{CANCELLED, News, Proven, Room, UnderWay};
use crate::clerk::batch::judges::{Judged, Task};
use crate::clerk::batch::lane::Told;
use crate::clerk::batch::seat::Left;
use crate::clerk::sign::{lost, note_refused, refused};
use crate::clerk::{ClerkFault, Office, earlier};
use crate::lifecycle::evidence::SignedRevision;
use crate::lifecycle::sitting::{AtReader, Progress};
use crate::lifecycle::to_sign::ToSign;
use crate::process::token_host::TokenRefusal;

impl Room {
    pub(super) fn hear(&mut self, office: &mut Office, news: News) -> Result<(), ClerkFault> {
        match news {
            News::Judged(ticket, judged) => self.hear_judgement(office, ticket, judged),
            News::Earlier(id, judged) => self.hear_of_earlier(office, &id, judged),
            News::Lane(seat, Told::LoggedIn(login)) => {
                if let Some(seated) = self.seats.get_mut(&seat) {
                    seated.begun = Instant::now();
                    match login {
                        Ok(key) => seated.key = Some(key),
                        Err(refusal) => {
                            note_refused(office, seated.wanted(), seated.sitting.certificate, refusal.code());
                            seated.refused = Some(refusal.into());
                        }
                    }
                    self.expectations_changed = true;
                }
                Ok(())
            }
            News::Lane(_, Told::Signed { ticket, value, took }) => {
                self.hear_signature(office, ticket, value, took)
            }
            News::Lane(_, Told::NotTried { ticket }) => {
                if let Some(attempt) = self.under_way.remove(&ticket) {
                    let because =
                        self.seats.get(&attempt.seat).and_then(|one| one.sitting.ended_early.clone());
                    self.take_back(attempt, because.as_deref().unwrap_or(CANCELLED));
                }
                Ok(())
            }
            News::Lane(seat, Told::Checkpoint(value)) => self.hear_checkpoint(office, seat, value),
            News::Lane(seat, Told::Left(host)) => {
                if let Some(Seated { mut sitting, refused, queue, watch, .. }) = self.seats.remove(&seat) {
                    sitting.waiting = queue.into();
                    watch.show(Progress { at_reader: AtReader::MayUnplug, left_s: None, ..watch.progress() });
                    self.left.push(Left { host, sitting, refused });
                    self.expectations_changed = true;
                }
                Ok(())
            }
        }
    }

    fn hear_signature(
        &mut self,
        office: &mut Office,
        ticket: u64,
        value: Result<Vec<u8>, TokenRefusal>,
        took: Duration,
    ) -> Result<(), ClerkFault> {
        let Some(mut attempt) = self.under_way.remove(&ticket) else { return Ok(()) };
        let Some(seated) = self.seats.get_mut(&attempt.seat) else { return Ok(()) };
        let value = match value {
            Ok(value) => value,
            Err(refusal) => {
                // The token is logged out. What it may have signed is lost, and not asked for again.
                seated.sitting.ended_early = Some(refusal.code().to_owned());
                self.expectations_changed = true;
                self.take_back(attempt, refusal.code());
                return Ok(());
            }
        };
        seated.at_token -= 1;
        seated.timed(took);
        seated.pace = Some(seated.pace.map_or(took, |pace| (pace * 7 + took) / 8));
        let embedded = attempt.prepared.take().map(|prepared| prepared.embed_hashed(&value));
        match embedded {
            Some(Ok(file)) => {
                seated.in_judgement += 1;
                let circumstances = self.circumstances(office, attempt.year)?;
                let base = office.ledger().dossiers[&attempt.id].base();
                self.judges.judge(base, Task::Candidate { ticket, file, circumstances });
                self.under_way.insert(ticket, attempt);
            }
            Some(Err(fault)) => self.give_up(&attempt, &fault.into()),
            None => {}
        }
        Ok(())
    }

    fn hear_judgement(&mut self, office: &Office, ticket: u64, judged: Judged) -> Result<(), ClerkFault> {
        let Some(attempt) = self.under_way.remove(&ticket) else {
            if let Ok((staged, _)) = judged {
                office.store.discard_staged(staged.digest());
            }
            return Ok(());
        };
        match judged {
            Ok((staged, report)) => {
                match SignedRevision::from_report(&report, &attempt.permit, staged.digest()) {
                    Ok(evidence) => self.proven.push(Proven { attempt, evidence, staged }),
                    Err(unproven) => {
                        // Until the next start it would lie there and look signed.
                        office.store.discard_staged(staged.digest());
                        tracing::warn!(dossier = %attempt.id, %unproven, "a candidate is thrown away");
                        self.give_up_judged(&attempt, &unproven.into());
                    }
                }
                Ok(())
            }
            Err(fault) if fault.ends_all() => Err(fault),
            Err(fault) => {
                self.give_up_judged(&attempt, &fault);
                Ok(())
            }
        }
    }

    /// As [`Self::give_up`], of an attempt that the readers had.
    pub(super) fn give_up_judged(&mut self, attempt: &UnderWay, fault: &ClerkFault) {
        if let Some(seated) = self.seats.get_mut(&attempt.seat) {
            seated.in_judgement -= 1;
        }
        self.give_up(attempt, fault);
    }

    /// Signatures that the judge does not confirm any more keep this dossier, and no other, from being signed.
    fn hear_of_earlier(
        &mut self,
        office: &mut Office,
        id: &DossierId,
        judged: Result<Box<PdfReport>, ClerkFault>,
    ) -> Result<(), ClerkFault> {
        self.looked_at.remove(id);
        if office.ledger().dossiers[id].signers().is_empty() {
            // It was read for what will be added; that it is the registered base says its digest.
            return Ok(());
        }
        match judged.and_then(|report| Ok(earlier::weigh(office, id, &report)?)) {
            Ok(()) => {}
            Err(fault) => self.leave_out(office, id, fault),
        }
        Ok(())
    }

    /// Nobody here signs this dossier.
    pub(super) fn leave_out(&mut self, office: &mut Office, id: &DossierId, fault: ClerkFault) {
        let mut fault = fault;
        for seated in self.seats.values_mut() {
            let (of_it, others) = seated.queue.drain(..).partition(|(dossier, _)| dossier == id);
            seated.queue = others;
            let of_it: VecDeque<_> = of_it;
            for (id, name) in of_it {
                fault = refused(office, ToSign::place(&id, &name), seated.sitting.certificate, fault);
                seated.sitting.not_signed.push(not_signed(&id, &name, &fault));
            }
        }
        self.expectations_changed = true;
    }

    /// The box stays open and is not tried again in this sitting.
    pub(super) fn give_up(&mut self, attempt: &UnderWay, fault: &ClerkFault) {
        self.busy.remove(&attempt.id);
        self.lost.push(lost(&attempt.id, &attempt.permit, fault.code()));
        if let Some(seated) = self.seats.get_mut(&attempt.seat) {
            let name = &attempt.permit.signing_box().name;
            seated.sitting.not_signed.push(not_signed(&attempt.id, name, fault));
        }
        self.expectations_changed = true;
    }

    /// The box stays open and waits for the person's next visit.
    fn take_back(&mut self, attempt: UnderWay, code: &str) {
        self.busy.remove(&attempt.id);
        self.lost.push(lost(&attempt.id, &attempt.permit, code));
        if let Some(seated) = self.seats.get_mut(&attempt.seat) {
            seated.at_token -= 1;
            seated.queue.push_back((attempt.id, attempt.permit.signing_box().name.clone()));
        }
    }

    fn hear_checkpoint(
        &mut self,
        office: &mut Office,
        seat: u64,
        value: Result<Vec<u8>, TokenRefusal>,
    ) -> Result<(), ClerkFault> {
        let Some(seated) = self.seats.get_mut(&seat) else { return Ok(()) };
        let (Some((asked, attributes)), Some(key)) = (&seated.checkpoint, seated.key) else { return Ok(()) };
        let cms = value
            .map_err(ClerkFault::from)
            .and_then(|value| seated.identity.signed_data(attributes, key, &value));
        seated.sitting.checkpoint = asked.keep(office, seated.sitting.certificate, cms)?;
        seated.errands = None;
        Ok(())
    }
}
