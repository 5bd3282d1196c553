//! Where everyone signs who sits at a reader. Owned by whoever owns the office; the tokens and the readers
//! work in threads of their own and tell it what happened.

mod expecting;
mod handing_out;
mod hearing;
mod reading_ahead;
mod seated;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use crafts::signature::Prepared;
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::SchoolYear;
use school::limits::{SEATS_AT_ONCE, SIGNING_GROUP};
use school::moment::Moment;
use school::records::reader_frame::Circumstances;
use school::records::token_frame::TokenSeen;
use verification::report::PdfReport;

use crate::clerk::batch::judges::{Judged, Judges};
use crate::clerk::batch::lane;
use crate::clerk::batch::lane::{Login, Told};
use crate::clerk::batch::seat::{Left, Seat, Watch};
use crate::clerk::office::YearInForce;
use crate::clerk::sign::{Identity, came_for, permit, refused, signed, waiting_for};
use crate::clerk::{ClerkFault, Office, names, reconcile};
use crate::lifecycle::dossier::{Permit, Refusal, SignersWord};
use crate::lifecycle::event::Event;
use crate::lifecycle::evidence::SignedRevision;
use crate::lifecycle::sitting::Sitting;
use crate::lifecycle::to_sign::ToSign;
use crate::process::token_host::TokenHost;
use crate::store::Unsettled;
use seated::{Seated, is_wanted, not_signed};

/// Why a sitting ended before its last document, when its person wished so.
const CANCELLED: &str = "signing.cancelled";

/// What the threads tell.
pub(super) enum News {
    /// A token.
    Lane(u64, Told),
    /// A reader, of a ticket.
    Judged(u64, Judged),
    /// A reader, of a revision that was published before.
    Earlier(DossierId, Result<Box<PdfReport>, ClerkFault>),
}

/// A seat that was not taken: there was no login.
pub struct NotAdmitted {
    /// The module.
    pub host: TokenHost,
    /// Why not; nothing when nothing waits for this certificate.
    pub fault: Option<ClerkFault>,
}

/// Where people sign at the same time.
pub struct Room {
    judges: Judges,
    told: Sender<News>,
    news: Receiver<News>,
    seats: BTreeMap<u64, Seated>,
    under_way: BTreeMap<u64, UnderWay>,
    // Dossiers with an attempt under way: one revision at a time.
    busy: BTreeSet<DossierId>,
    /// Dossiers whose latest revision is being judged once more.
    looked_at: BTreeSet<DossierId>,
    /// Dossiers of people who are at a reader and do not sign yet.
    to_read: BTreeSet<DossierId>,
    proven: Vec<Proven>,
    lost: Vec<Event>,
    left: Vec<Left>,
    // Who may expect what from whom changed.
    expectations_changed: bool,
    circumstances: BTreeMap<SchoolYear, (Moment, Arc<YearInForce>, Arc<Circumstances>)>,
    next: u64,
}

/// An attempt.
struct UnderWay {
    seat: u64,
    id: DossierId,
    permit: Permit,
    year: SchoolYear,
    // None once the token has answered.
    prepared: Option<Prepared>,
}

/// A revision that the judge confirmed and the register does not know yet.
struct Proven {
    attempt: UnderWay,
    evidence: SignedRevision,
    staged: Unsettled,
}

impl Room {
    /// An empty room. Its readers start when the first person comes.
    pub fn open(office: &Office) -> Self {
        let (told, news) = channel();
        Self {
            judges: Judges::like(&office.reader, &office.store, &told),
            told,
            news,
            seats: BTreeMap::new(),
            under_way: BTreeMap::new(),
            busy: BTreeSet::new(),
            looked_at: BTreeSet::new(),
            to_read: BTreeSet::new(),
            proven: Vec::new(),
            lost: Vec::new(),
            left: Vec::new(),
            expectations_changed: false,
            circumstances: BTreeMap::new(),
            next: 0,
        }
    }

    /// True when nobody sits.
    pub fn is_empty(&self) -> bool {
        self.seats.is_empty()
    }

    /// Takes a person in: the certificate is checked, then the token is logged in to, once. Where nothing
    /// waits for the person, and nobody here signs something that will, there is no login at all.
    pub fn admit(&mut self, office: &mut Office, seat: Seat) -> Result<Watch, Box<NotAdmitted>> {
        self.admit_for(office, seat, None)
    }

    /// As [`Self::admit`], for those dossiers only that the person chose.
    pub fn admit_for(
        &mut self,
        office: &mut Office,
        seat: Seat,
        only: Option<BTreeSet<DossierId>>,
    ) -> Result<Watch, Box<NotAdmitted>> {
        let Seat { host, seen, certificate, pin, word } = seat;
        let seated = match self.welcome(office, &seen, certificate, (word, only)) {
            Ok(Some(seated)) => seated,
            Ok(None) => return Err(Box::new(NotAdmitted { host, fault: None })),
            Err(fault) => return Err(Box::new(NotAdmitted { host, fault: Some(fault) })),
        };
        self.make_readers_ready(office, &seated);
        let number = self.number();
        let (errands, handed) = channel();
        let watch = seated.watch.clone();
        let (told, watching) = (self.told.clone(), watch.clone());
        let login = Login { host, token: seen.identity, certificate, pin };
        std::thread::spawn(move || lane::work(number, login, &watching, &handed, &told));
        self.seats.insert(number, Seated { errands: Some(errands), ..seated });
        self.expectations_changed = true;
        Ok(watch)
    }

    /// While the token takes the PIN. What fails now fails with the first document again, and is told there.
    fn make_readers_ready(&mut self, office: &mut Office, seated: &Seated) {
        let first = seated.queue.front().and_then(|(id, _)| office.ledger().dossiers.get(id));
        let circumstances = first.map(|one| one.key.year).map(|year| self.circumstances(office, year));
        if let Some(Ok(circumstances)) = circumstances {
            self.judges.surround(&circumstances);
        }
    }

    fn welcome(
        &mut self,
        office: &mut Office,
        seen: &TokenSeen,
        certificate: Sha256,
        (word, only): (SignersWord, Option<BTreeSet<DossierId>>),
    ) -> Result<Option<Seated>, ClerkFault> {
        let refuse = |office: &mut Office, code| {
            let fault = ClerkFault::NotNow { code, what: certificate.to_string() };
            let wanted = came_for(office, certificate, only.as_ref());
            Err(refused(office, wanted, certificate, fault))
        };
        if self.seats.len() >= SEATS_AT_ONCE {
            return refuse(office, "signing.room_full");
        }
        if self.seats.values().any(|one| one.sitting.certificate == certificate) {
            return refuse(office, "signing.sits_already");
        }
        if self.is_empty() {
            office.confirmed.tidy();
            reconcile::open_attempts(office)?;
        }
        let mut queue: VecDeque<_> = waiting_for(office, certificate)?.into();
        queue.retain(|(id, _)| is_wanted(only.as_ref(), id));
        let to_come = self.first_to_come(office, certificate, only.as_ref())?;
        if queue.is_empty() && to_come.is_none() {
            return Ok(None);
        }
        let identity = Identity::on_token(office, seen, certificate, word).map_err(|fault| {
            let wanted = queue.iter().map(|(id, _)| id);
            refused(office, ToSign::visit(wanted), certificate, fault)
        })?;
        let mut sitting = Sitting::of(certificate);
        let mut first_fault = None;
        // The token is touched only when one signature at least is allowed.
        while let Some((id, name)) = queue.front() {
            let Err(fault) = permit(office, id, name, identity.asked()) else { break };
            if is_of_clock(&fault) || identity.check().is_err() {
                // Of clock or certificate, not of the document: one refusal says it.
                return Err(fault);
            }
            sitting.not_signed.push(not_signed(id, name, &fault));
            queue.pop_front();
            first_fault = first_fault.or(Some(fault));
        }
        if queue.is_empty() {
            if let Some(fault) = first_fault {
                return Err(fault);
            }
            if let (Err(refusal), Some((dossier, signing_box))) = (identity.check(), to_come) {
                let wanted = ToSign::place(&dossier, &signing_box);
                return Err(refused(office, wanted, certificate, refusal.into()));
            }
        }
        identity.keep(office)?;
        let watch = Watch::begin(queue.len() + sitting.not_signed.len(), seen);
        Ok(Some(Seated {
            identity,
            watch,
            only,
            errands: None,
            key: None,
            begun: Instant::now(),
            queue,
            expected: BTreeSet::new(),
            at_token: 0,
            in_judgement: 0,
            pace: None,
            busy: Duration::ZERO,
            first: None,
            checkpoint: None,
            sitting,
            refused: None,
        }))
    }

    /// Waits at most `wait` for news, and does what follows from them. Returns whoever has left.
    ///
    /// Errors: register or store failed. The sittings are over then; what was acknowledged is safe, and what
    /// was under way is settled before the next sitting.
    pub fn step(&mut self, office: &mut Office, wait: Duration) -> Result<Vec<Left>, ClerkFault> {
        let worked = self.work(office, wait);
        if worked.is_err() {
            // Without errands the lanes log out.
            self.seats.clear();
            self.under_way.clear();
            self.busy.clear();
            self.looked_at.clear();
            self.to_read.clear();
            self.proven.clear();
            self.lost.clear();
        }
        worked.map(|()| std::mem::take(&mut self.left))
    }

    fn work(&mut self, office: &mut Office, wait: Duration) -> Result<(), ClerkFault> {
        let first = self.news.recv_timeout(wait).ok();
        let is_quiet = first.is_none();
        let more: Vec<News> = self.news.try_iter().collect();
        for one in first.into_iter().chain(more) {
            self.hear(office, one)?;
        }
        office.record_all(std::mem::take(&mut self.lost))?;
        if is_quiet || self.proven.len() >= SIGNING_GROUP || !self.is_judging() {
            self.commit(office)?;
        }
        self.hand_out(office)?;
        self.read_ahead(office)?;
        if std::mem::take(&mut self.expectations_changed) {
            self.expect(office)?;
        }
        self.end_sittings(office)?;
        self.seats.values().for_each(Seated::show);
        Ok(())
    }

    /// True while the readers have a candidate: what was proven may wait for it, and share its flushes.
    fn is_judging(&self) -> bool {
        self.under_way.values().any(|one| one.prepared.is_none())
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// Flushes what was proven since the last time, records all of it in one commit, and gives it its names.
    fn commit(&mut self, office: &mut Office) -> Result<(), ClerkFault> {
        let proven = std::mem::take(&mut self.proven);
        office.store.settle(proven.iter().map(|one| &one.staged))?;
        let (mut group, mut done) = (Vec::new(), Vec::new());
        for Proven { attempt, evidence, .. } in proven {
            let name = names::revision(&attempt.id, attempt.permit.revision());
            match office.check_free(evidence.sha256(), &name) {
                Ok(()) => {
                    group.push((signed(&attempt.id, &attempt.permit, &evidence), evidence.sha256(), name));
                    done.push((attempt, evidence.sha256()));
                }
                Err(fault) if fault.ends_all() => return Err(fault),
                Err(fault) => self.give_up_judged(&attempt, &fault),
            }
        }
        office.record_all(std::mem::take(&mut self.lost))?;
        if !group.is_empty() {
            office.commit_settled(group)?;
        }
        for (attempt, sha256) in done {
            office.confirmed.note(sha256);
            self.busy.remove(&attempt.id);
            if let Some(seated) = self.seats.get_mut(&attempt.seat) {
                seated.recorded(attempt.id.clone(), attempt.permit.signing_box().name.clone());
            }
            self.opened(office, &attempt.id)?;
        }
        Ok(())
    }

    // ------------------------------------------------------------ how it ends

    fn end_sittings(&mut self, office: &mut Office) -> Result<(), ClerkFault> {
        for seated in self.seats.values_mut() {
            if seated.errands.is_none() || seated.checkpoint.is_some() {
                continue;
            }
            if seated.refused.is_some() {
                seated.errands = None;
                continue;
            }
            if seated.watch.is_cancelled() && seated.sitting.ended_early.is_none() {
                seated.sitting.ended_early = Some(CANCELLED.into());
                self.expectations_changed = true;
            }
            let nothing_more = seated.queue.is_empty() && seated.expected.is_empty();
            let over = seated.key.is_some()
                && seated.at_token == 0
                && seated.in_judgement == 0
                && (nothing_more || seated.sitting.ended_early.is_some());
            if over {
                seated.ask_for_checkpoint(office)?;
            }
        }
        Ok(())
    }
}

fn is_of_clock(fault: &ClerkFault) -> bool {
    matches!(fault, ClerkFault::Signing(Refusal::Clock(_)))
}
