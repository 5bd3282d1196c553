//! Where everyone signs who sits at a reader. Owned by whoever owns the office; the tokens and the readers
//! work in threads of their own and tell it what happened.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use crafts::cms::SignedAttributes;
use crafts::signature::Prepared;
use crafts::tlog;
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::SchoolYear;
use school::limits::{SEATS_AT_ONCE, SIGNING_AHEAD, SIGNING_AHEAD_MS};
use school::moment::Moment;
use school::plan::BoxName;
use school::records::reader_frame::Circumstances;
use school::records::token_frame::{Hash, KeyKind, TokenSeen};
use verification::report::PdfReport;

use super::judges::{Judged, Judges, Task};
use super::lane::{self, Errand, Login, Told};
use super::seat::{Left, Seat, Watch};
use crate::clerk::office::YearInForce;
use crate::clerk::sign::{
    Identity, begun, differs, is_still_to_come, lost, open_for, permit, place, refused, signed, waiting_for,
};
use crate::clerk::{ClerkFault, Office, earlier, names, reconcile};
use crate::clock;
use crate::lifecycle::dossier::{Permit, Refusal, SignersWord};
use crate::lifecycle::event::Event;
use crate::lifecycle::evidence::SignedRevision;
use crate::lifecycle::sitting::{AtReader, NotSigned, Progress, Sitting};
use crate::process::token_host::{TokenHost, TokenRefusal};
use crate::store::{StoreRefusal, Unsettled};

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
    /// Dossiers whose signatures are being judged once more.
    looked_at: BTreeSet<DossierId>,
    proven: Vec<Proven>,
    lost: Vec<Event>,
    left: Vec<Left>,
    // Who may expect what from whom changed.
    expectations_changed: bool,
    circumstances: BTreeMap<SchoolYear, (Moment, Arc<YearInForce>, Arc<Circumstances>)>,
    next: u64,
}

/// A person who sits.
struct Seated {
    identity: Identity,
    watch: Watch,
    /// The only dossiers that the person wants to sign in this visit; nothing means all.
    only: Option<BTreeSet<DossierId>>,
    // None once there is nothing more to be done: the lane logs out.
    errands: Option<Sender<Errand>>,
    /// The key, once logged in.
    key: Option<KeyKind>,
    begun: Instant,
    /// Open boxes.
    queue: VecDeque<(DossierId, BoxName)>,
    /// Dossiers whose boxes others here sign first.
    expected: BTreeSet<DossierId>,
    at_token: usize,
    in_judgement: usize,
    /// How long the token takes, on average of late.
    pace: Option<Duration>,
    /// How long it signed in all, and since when.
    busy: Duration,
    first: Option<Instant>,
    checkpoint: Option<AskedCheckpoint>,
    sitting: Sitting,
    refused: Option<ClerkFault>,
}

/// A checkpoint that waits for the token's signature.
struct AskedCheckpoint {
    size: u64,
    text: String,
    attributes: SignedAttributes,
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
        let not_now = |code| ClerkFault::NotNow { code, what: certificate.to_string() };
        if self.seats.len() >= SEATS_AT_ONCE {
            return Err(not_now("signing.room_full"));
        }
        if self.seats.values().any(|one| one.sitting.certificate == certificate) {
            return Err(not_now("signing.sits_already"));
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
        let identity = Identity::on_token(office, seen, certificate, word)?;
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
                return Err(refused(office, (&dossier, &signing_box), certificate, refusal.into()));
            }
        }
        identity.keep(office)?;
        let watch = Watch::begin(queue.len() + sitting.not_signed.len());
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
            self.proven.clear();
            self.lost.clear();
        }
        worked.map(|()| std::mem::take(&mut self.left))
    }

    fn work(&mut self, office: &mut Office, wait: Duration) -> Result<(), ClerkFault> {
        if let Ok(first) = self.news.recv_timeout(wait) {
            let more: Vec<News> = self.news.try_iter().collect();
            for one in std::iter::once(first).chain(more) {
                self.hear(office, one)?;
            }
        }
        self.commit(office)?;
        self.hand_out(office)?;
        if std::mem::take(&mut self.expectations_changed) {
            self.expect(office)?;
        }
        self.end_sittings(office)?;
        self.seats.values().for_each(Seated::show);
        Ok(())
    }

    fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    // ------------------------------------------------------------ what is told

    fn hear(&mut self, office: &mut Office, news: News) -> Result<(), ClerkFault> {
        match news {
            News::Judged(ticket, judged) => self.hear_judgement(office, ticket, judged),
            News::Earlier(id, judged) => self.hear_of_earlier(office, &id, judged),
            News::Lane(seat, Told::LoggedIn(login)) => {
                if let Some(seated) = self.seats.get_mut(&seat) {
                    seated.begun = Instant::now();
                    match login {
                        Ok(key) => seated.key = Some(key),
                        Err(refusal) => seated.refused = Some(refusal.into()),
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
                    sitting.waiting = queue.len();
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
        let embedded = attempt.prepared.take().map(|prepared| prepared.embed(&value));
        match embedded {
            Some(Ok(bytes)) => {
                seated.in_judgement += 1;
                let circumstances = self.circumstances(office, attempt.year)?;
                self.judges.judge(Task::Candidate { ticket, bytes, circumstances });
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
        if let Some(seated) = self.seats.get_mut(&attempt.seat) {
            seated.in_judgement -= 1;
        }
        match judged {
            Ok((staged, report)) => {
                match SignedRevision::from_report(&report, &attempt.permit, staged.digest()) {
                    Ok(evidence) => self.proven.push(Proven { attempt, evidence, staged }),
                    Err(unproven) => {
                        // Until the next start it would lie there and look signed.
                        office.store.discard_staged(staged.digest());
                        tracing::warn!(dossier = %attempt.id, %unproven, "a candidate is thrown away");
                        self.give_up(&attempt, &unproven.into());
                    }
                }
                Ok(())
            }
            Err(fault) if ends_all(&fault) => Err(fault),
            Err(fault) => {
                self.give_up(&attempt, &fault);
                Ok(())
            }
        }
    }

    /// Signatures that the judge does not confirm any more keep this dossier, and no other, from being signed.
    fn hear_of_earlier(
        &mut self,
        office: &mut Office,
        id: &DossierId,
        judged: Result<Box<PdfReport>, ClerkFault>,
    ) -> Result<(), ClerkFault> {
        self.looked_at.remove(id);
        match judged.and_then(|report| Ok(earlier::weigh(office, id, &report)?)) {
            Ok(()) => Ok(()),
            Err(fault) => self.leave_out(office, id, fault),
        }
    }

    /// Nobody here signs this dossier.
    fn leave_out(
        &mut self,
        office: &mut Office,
        id: &DossierId,
        fault: ClerkFault,
    ) -> Result<(), ClerkFault> {
        let mut fault = fault;
        for seated in self.seats.values_mut() {
            let (of_it, others) = seated.queue.drain(..).partition(|(dossier, _)| dossier == id);
            seated.queue = others;
            let of_it: VecDeque<_> = of_it;
            for (id, name) in of_it {
                fault = refused(office, (&id, &name), seated.sitting.certificate, fault);
                if ends_all(&fault) {
                    return Err(fault);
                }
                seated.sitting.not_signed.push(not_signed(&id, &name, &fault));
            }
        }
        self.expectations_changed = true;
        Ok(())
    }

    /// The box stays open and is not tried again in this sitting.
    fn give_up(&mut self, attempt: &UnderWay, fault: &ClerkFault) {
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

    // ------------------------------------------------------------ what is recorded

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
                Err(fault) if ends_all(&fault) => return Err(fault),
                Err(fault) => self.give_up(&attempt, &fault),
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
                let name = attempt.permit.signing_box().name.clone();
                seated.sitting.signed.push((attempt.id.clone(), name));
            }
            self.opened(office, &attempt.id)?;
        }
        Ok(())
    }

    /// A dossier has a new revision: whose turn is it now?
    fn opened(&mut self, office: &mut Office, id: &DossierId) -> Result<(), ClerkFault> {
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
    fn signing(&self, id: &DossierId) -> BTreeSet<Sha256> {
        let signing = self.seats.values().filter(|one| one.goes_on() && !one.could_not(id));
        signing.map(|one| one.sitting.certificate).collect()
    }

    fn expect(&mut self, office: &mut Office) -> Result<(), ClerkFault> {
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
    fn first_to_come(
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

    // ------------------------------------------------------------ what is handed out

    /// Puts the next documents before every token, journaled in one commit.
    fn hand_out(&mut self, office: &mut Office) -> Result<(), ClerkFault> {
        let (mut journal, mut errands) = (Vec::new(), Vec::new());
        for number in self.seats.keys().copied().collect::<Vec<_>>() {
            self.look_ahead(office, number)?;
            while let Some((id, name, key)) = self.next_document(office, number) {
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
                    Err(fault) if ends_all(&fault) => return Err(fault),
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
            let Some(dossier) = office.ledger().dossiers.get(&id) else { continue };
            if self.busy.contains(&id) || self.looked_at.contains(&id) || office.confirmed.covers(dossier) {
                continue;
            }
            let (year, (revision, latest)) = (dossier.key.year, dossier.latest());
            let name = names::revision(&id, revision);
            match office.store.read_verified(&name, latest.sha256).map_err(differs) {
                Ok(bytes) => {
                    let circumstances = self.circumstances(office, year)?;
                    self.looked_at.insert(id.clone());
                    self.judges.judge(Task::Earlier { id, bytes, circumstances });
                }
                Err(fault) if ends_all(&fault) => return Err(fault),
                Err(fault) => self.leave_out(office, &id, fault)?,
            }
        }
        Ok(())
    }

    /// The next box for this token, if it has room before it.
    fn next_document(&mut self, office: &Office, number: u64) -> Option<(DossierId, BoxName, KeyKind)> {
        let seated = self.seats.get_mut(&number)?;
        let key = seated.key?;
        if !seated.goes_on() || seated.at_token >= seated.ahead() {
            return None;
        }
        let confirmed = |id| office.ledger().dossiers.get(id).is_some_and(|one| office.confirmed.covers(one));
        let free = seated.queue.iter().position(|(id, _)| !self.busy.contains(id) && confirmed(id))?;
        let (id, name) = seated.queue.remove(free)?;
        Some((id, name, key))
    }

    /// The circumstances of a judgement now. They are made once a second, and anew after an act: a reader
    /// keeps what it read of them as long as they are the same.
    fn circumstances(
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

    fn hear_checkpoint(
        &mut self,
        office: &mut Office,
        seat: u64,
        value: Result<Vec<u8>, TokenRefusal>,
    ) -> Result<(), ClerkFault> {
        let Some(seated) = self.seats.get_mut(&seat) else { return Ok(()) };
        let (Some(asked), Some(key)) = (seated.checkpoint.as_ref(), seated.key) else { return Ok(()) };
        let cms = value
            .map_err(ClerkFault::from)
            .and_then(|value| seated.identity.signed_data(&asked.attributes, key, &value));
        let certificate = seated.sitting.certificate;
        match cms {
            Ok(cms) => {
                let (checkpoint, signature) = (Sha256::of(asked.text.as_bytes()), Sha256::of(&cms));
                office.publish(&names::checkpoint(&checkpoint), asked.text.as_bytes())?;
                office.publish(&names::checkpoint_signature(&signature), &cms)?;
                let size = asked.size;
                office.record(Event::CheckpointSigned { size, checkpoint, certificate, signature })?;
                seated.sitting.checkpoint = true;
            }
            Err(fault) => {
                let code = fault.code().to_owned();
                office.record(Event::CheckpointMissed { certificate, code })?;
            }
        }
        seated.errands = None;
        Ok(())
    }
}

impl Seated {
    fn timed(&mut self, took: Duration) {
        let now = Instant::now();
        let first = *self.first.get_or_insert_with(|| now.checked_sub(took).unwrap_or(now));
        self.busy += took;
        let ms = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        (self.sitting.token_ms, self.sitting.span_ms) = (ms(self.busy), ms(now - first));
    }

    fn wants(&self, id: &DossierId) -> bool {
        is_wanted(self.only.as_ref(), id)
    }

    fn goes_on(&self) -> bool {
        self.refused.is_none()
            && self.sitting.ended_early.is_none()
            && self.checkpoint.is_none()
            && self.errands.is_some()
            && !self.watch.is_cancelled()
    }

    fn could_not(&self, id: &DossierId) -> bool {
        self.sitting.not_signed.iter().any(|one| one.dossier == *id)
    }

    /// How many documents may be before the token.
    fn ahead(&self) -> usize {
        let in_time =
            self.pace.map_or(0, |pace| u128::from(SIGNING_AHEAD_MS) * 1000 / pace.as_micros().max(1));
        usize::try_from(in_time).unwrap_or(SIGNING_AHEAD).clamp(2, SIGNING_AHEAD)
    }

    /// The last thing that the token is asked for: so that nobody who keeps the register can write its
    /// history anew. A token that is gone cannot; that is an entry and no error.
    fn ask_for_checkpoint(&mut self, office: &mut Office) -> Result<(), ClerkFault> {
        let certificate = self.sitting.certificate;
        let gone = self.sitting.ended_early.clone().filter(|code| code != CANCELLED);
        let asked = match gone {
            Some(code) => Err(code),
            None => self.checkpoint_of(office).map_err(|fault| fault.code().to_owned()),
        };
        match asked {
            Ok(asked) => {
                let attributes = asked.attributes.der().to_vec();
                if let Some(errands) = &self.errands {
                    // A lane ends only after its errands.
                    let _ = errands.send(Errand::Checkpoint { attributes });
                }
                self.checkpoint = Some(asked);
            }
            Err(code) => {
                office.record(Event::CheckpointMissed { certificate, code })?;
                self.errands = None;
            }
        }
        Ok(())
    }

    fn checkpoint_of(&self, office: &mut Office) -> Result<AskedCheckpoint, ClerkFault> {
        let Some(school) = office.ledger().school.as_ref() else {
            return Err(ClerkFault::NotNow { code: "school.not_commissioned", what: "checkpoint".into() });
        };
        let (size, root) = office.tree_head();
        let text = tlog::checkpoint(&tlog::origin(school), size, &root);
        let attributes = self.identity.detached(text.as_bytes(), Hash::Sha512)?;
        Ok(AskedCheckpoint { size, text, attributes })
    }

    fn show(&self) {
        let Sitting { signed, not_signed, .. } = &self.sitting;
        let open = self.queue.len() + self.at_token + self.in_judgement + self.expected.len();
        let at_reader = match self.key {
            None => AtReader::LoggingIn,
            Some(_) if self.at_token == 0 && self.queue.is_empty() && !self.expected.is_empty() => {
                AtReader::WaitingForOthers
            }
            Some(_) => AtReader::Signing,
        };
        let (signed, not_signed) = (signed.len(), not_signed.len());
        let now =
            Progress { at_reader, signed, not_signed, ..Progress::at_first(signed + not_signed + open) };
        let elapsed_ms = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.watch.show(now.paced(elapsed_ms));
    }
}

fn is_wanted(only: Option<&BTreeSet<DossierId>>, id: &DossierId) -> bool {
    only.is_none_or(|only| only.contains(id))
}

fn not_signed(id: &DossierId, name: &BoxName, fault: &ClerkFault) -> NotSigned {
    NotSigned { dossier: id.clone(), signing_box: name.clone(), code: fault.code().to_owned() }
}

fn is_of_clock(fault: &ClerkFault) -> bool {
    matches!(fault, ClerkFault::Signing(Refusal::Clock(_)))
}

/// A fault after which nothing more can be recorded or kept: of one document it says nothing.
fn ends_all(fault: &ClerkFault) -> bool {
    match fault {
        ClerkFault::Register(_) => true,
        ClerkFault::Store(refusal) => matches!(refusal, StoreRefusal::Full { .. } | StoreRefusal::Io { .. }),
        _ => false,
    }
}
