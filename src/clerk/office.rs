//! What the clerk works with: store, register with what it adds up to, reader, authorities.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crafts::pdf::PackedPicture;
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::SchoolYear;
use school::limits;
use school::moment::Moment;
use school::plan::Templates;
use school::records::reader_frame::{self, Circumstances, Policy};
use school::roster::Roster;

use crate::clerk::act::{StoredAct, acts_of};
use crate::clerk::actor::Actor;
use crate::clerk::batch::Room;
use crate::clerk::earlier::Confirmed;
use crate::clerk::enrol::trust_confirmed;
use crate::clerk::picture::pictures_of;
use crate::clerk::reading_room::ReadingRoom;
use crate::clerk::standing::look_up;
use crate::clerk::timekeeping::Reckoning;
use crate::clerk::timestamps::Timestamps;
use crate::clerk::{ClerkFault, names};
use crate::clock;
use crate::lifecycle::act::{InForce, SignedAct};
use crate::lifecycle::dossier::RevocationPolicy;
use crate::lifecycle::event::{Entry, Event};
use crate::lifecycle::ledger::Ledger;
use crate::network::Network;
use crate::process::reader_host::ReaderHost;
use crate::register::{Access, Register};
use crate::store::{Store, StoreRefusal};

/// Who is trusted and who stamps the time.
#[derive(Debug, Clone)]
pub struct Authorities {
    /// DER of the roots that a path may end in.
    pub anchors: Vec<Vec<u8>>,
    /// DER of CA certificates that complete paths.
    pub intermediates: Vec<Vec<u8>>,
    /// DER of revocation lists at hand.
    pub crls: Vec<Vec<u8>>,
    /// URL of the timestamping authority.
    pub timestamp_url: Option<String>,
}

/// Roster and plans of a year, as signed.
#[derive(Debug)]
pub struct YearInForce {
    /// The roster with the digest of its bytes.
    pub roster: (Sha256, Roster),
    /// The plans with the digest of their bytes.
    pub plans: (Sha256, Templates),
    /// The pictures that the roster names, as documents carry them.
    pub(super) pictures: Vec<PackedPicture>,
    /// The canonical bytes of both in Base64, as every order to the judge carries them.
    encoded: (String, String),
    /// Acts in force beside the roster, oldest first.
    acts: Vec<SignedAct>,
    /// The same with their signatures, as every order to the judge carries them.
    encoded_acts: Vec<reader_frame::SignedAct>,
}

impl YearInForce {
    /// Who may sign what by roster and acts.
    pub fn people(&self) -> InForce<'_> {
        InForce::new(self.roster.0, &self.roster.1, &self.acts)
    }
}

/// Revocation data as orders to the judge carry them.
#[derive(Debug, Default)]
struct RevocationOfActs {
    crls: Vec<String>,
    ocsps: Vec<String>,
}

/// The register's file below a data folder.
pub fn register_file(data: &Path) -> PathBuf {
    data.join("so-theo-doi.sqlite")
}

/// The clerk's office.
pub struct Office {
    pub(super) store: Arc<Store>,
    pub(super) reader: ReaderHost,
    pub(super) network: Network,
    pub(super) authorities: Authorities,
    register: Register,
    ledger: Ledger,
    years: BTreeMap<SchoolYear, Arc<YearInForce>>,
    /// Revocation data of whoever signed the acts of a year, and when they were asked for.
    of_acts: BTreeMap<SchoolYear, (Moment, Arc<RevocationOfActs>)>,
    pub(super) timestamps: Timestamps,
    /// What the clock is measured by.
    pub(super) reckoning: Reckoning,
    /// Revisions that the judge confirmed a moment ago.
    pub(super) confirmed: Confirmed,
    /// What becomes of a signature when revocation cannot be checked.
    pub(super) revocation_policy: RevocationPolicy,
    /// How old the answer about a signer's certificate becomes in a sitting before it is asked for again.
    pub(super) standing_age_s: i64,
    /// Documents whose signature a token makes between two turns: their attempts are no lost ones.
    pub(super) in_hand: BTreeSet<DossierId>,
    /// Where people sign; opened at the first sitting and kept, so that its readers are started once.
    pub(super) room: Option<Room>,
    /// Who is told every entry as soon as it is written.
    pub(super) readers_of_entries: Option<Arc<ReadingRoom>>,
    /// On whose order the clerk works; nobody's while it does by itself what follows from what was done.
    actor: Option<Actor>,
}

impl Office {
    /// Opens store and register below the data folder and adds up the register.
    ///
    /// Errors: `register.busy` when another process works there.
    pub fn open(data: &Path, reader: ReaderHost, authorities: Authorities) -> Result<Self, ClerkFault> {
        let store = Arc::new(Store::open(&data.join("kho"))?);
        let (register, entries) = Register::open(&register_file(data), Access::Append)?;
        let mut ledger = Ledger::default();
        entries.iter().for_each(|entry| ledger.apply(entry));
        let (network, reckoning) = (Network::new(), Reckoning::from(ledger.clock.mark()));
        let years = BTreeMap::new();
        let mut office = Self {
            store,
            reader,
            network,
            authorities,
            register,
            ledger,
            years,
            of_acts: BTreeMap::new(),
            timestamps: Timestamps::default(),
            reckoning,
            confirmed: Confirmed::default(),
            revocation_policy: RevocationPolicy::default(),
            standing_age_s: limits::STANDING_AGE_SECONDS,
            in_hand: BTreeSet::new(),
            room: None,
            readers_of_entries: None,
            actor: None,
        };
        trust_confirmed(&mut office)?;
        Ok(office)
    }

    /// What becomes of a signature when revocation cannot be checked; without a word of the school it is refused.
    pub fn decide_on_unchecked(&mut self, policy: RevocationPolicy) {
        self.revocation_policy = policy;
    }

    /// As if every sitting were a long one: no test waits for ten minutes.
    #[cfg(test)]
    pub fn look_again_after(&mut self, seconds: i64) {
        self.standing_age_s = seconds;
    }

    /// As if this had been the last time that was certain: no test moves the machine's clock.
    #[cfg(test)]
    pub fn reckon_from(&mut self, known: Moment) {
        self.reckoning = Reckoning::from(Some(known));
    }

    /// From now on the register below `data` can be read and no longer be written.
    #[cfg(test)]
    pub fn reads_only(&mut self, data: &Path) {
        self.register = Register::open(&register_file(data), Access::Read).expect("a register").0;
    }

    /// An entry of a clock that showed this. Known when the office is opened again.
    #[cfg(test)]
    pub fn leave_entry_of(&mut self, time: Moment, event: Event) {
        self.register.append(time, event).expect("recorded");
    }

    /// What has happened so far.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Number of register entries and their Merkle root.
    pub fn tree_head(&self) -> (u64, Sha256) {
        self.register.tree_head()
    }

    /// The first `count` register lines.
    pub(super) fn register_lines(&self, count: u64) -> Result<Vec<u8>, ClerkFault> {
        Ok(self.register.lines(count)?)
    }

    /// Publishes bytes; a refused overwrite is recorded before it is returned (invariant 1).
    pub(super) fn publish(&mut self, name: &str, bytes: &[u8]) -> Result<(), ClerkFault> {
        let published = self.store.publish(name, bytes).map(drop);
        self.not_over(published, name, Sha256::of(bytes))
    }

    /// Commits to staged files: one register entry, then each file gets its name. A name that other bytes
    /// have is refused before the register commits to anything.
    pub(super) fn commit(&mut self, event: Event, files: &[(Sha256, String)]) -> Result<(), ClerkFault> {
        for (staged, name) in files {
            self.check_free(*staged, name)?;
        }
        self.record(event)?;
        files.iter().try_for_each(|(staged, name)| self.publish_staged(*staged, name))
    }

    /// As [`Self::commit`], for files that were settled as a group: one commit of the register for all of
    /// them. Whoever calls this asked [`Self::check_free`] for every name.
    pub(super) fn commit_settled(&mut self, group: Vec<(Event, Sha256, String)>) -> Result<(), ClerkFault> {
        let (mut events, mut files) = (Vec::new(), Vec::new());
        for (event, sha256, name) in group {
            events.push(event);
            files.push((sha256, name));
        }
        self.record_all(events)?;
        for (sha256, name) in &files {
            self.store.publish_settled(*sha256, name)?;
        }
        Ok(())
    }

    /// Whether `name` is free for the bytes of this digest; other bytes there are recorded.
    pub(super) fn check_free(&mut self, sha256: Sha256, name: &str) -> Result<(), ClerkFault> {
        let free = self.store.check_free(sha256, name);
        self.not_over(free, name, sha256)
    }

    /// Gives staged bytes the name that the register committed to.
    pub(super) fn publish_staged(&mut self, staged: Sha256, name: &str) -> Result<(), ClerkFault> {
        let published = self.store.publish_staged(staged, name);
        self.not_over(published, name, staged)
    }

    /// As [`Self::commit`], for a staged folder, whose name nothing may have yet, and files that go with it.
    /// `folder` is the digest that stands for everything in it.
    pub(super) fn commit_folder(
        &mut self,
        event: Event,
        key: &str,
        name: &str,
        folder: Sha256,
        files: &[(Sha256, String)],
    ) -> Result<(), ClerkFault> {
        if self.store.path(name)?.symlink_metadata().is_ok() {
            let refused = Err(StoreRefusal::OtherBytes { name: name.to_owned() });
            return self.not_over(refused, name, folder);
        }
        self.commit(event, files)?;
        self.publish_staged_folder(folder, key, name)
    }

    /// Gives a staged folder the name that the register committed to.
    pub(super) fn publish_staged_folder(
        &mut self,
        folder: Sha256,
        key: &str,
        name: &str,
    ) -> Result<(), ClerkFault> {
        let published = self.store.publish_staged_folder(key, name).map(drop);
        self.not_over(published, name, folder)
    }

    fn not_over(
        &mut self,
        outcome: Result<(), StoreRefusal>,
        name: &str,
        sha256: Sha256,
    ) -> Result<(), ClerkFault> {
        if matches!(outcome, Err(StoreRefusal::OtherBytes { .. })) {
            self.record(Event::OverwriteRefused { name: name.to_owned(), sha256 })?;
        }
        Ok(outcome?)
    }

    /// From now on the clerk works on the order of this person, whom the entries name that have a place for it.
    pub fn works_for(&mut self, actor: Option<Actor>) {
        self.actor = actor;
    }

    /// Puts the order into an entry that has a place for it. Its record lies there before the entry names it.
    fn with_order(&mut self, mut event: Event) -> Result<Event, ClerkFault> {
        if let (Some(place), Some(actor)) = (event.order(), self.actor.clone()) {
            let (record, bytes) = actor.record()?;
            self.publish(&names::record(&record), &bytes)?;
            *place = Some(record);
        }
        Ok(event)
    }

    /// Records an event; when this returns it has happened.
    pub(super) fn record(&mut self, event: Event) -> Result<Entry, ClerkFault> {
        let event = self.with_order(event)?;
        let entry = self.register.append(clock::now(), event)?;
        self.apply(&entry);
        Ok(entry)
    }

    /// Records several events in one commit: all have happened when this returns, or none has.
    pub(super) fn record_all(&mut self, events: Vec<Event>) -> Result<(), ClerkFault> {
        if !events.is_empty() {
            let events = events.into_iter().map(|event| self.with_order(event)).collect::<Result<_, _>>()?;
            let entries = self.register.append_all(clock::now(), events)?;
            entries.iter().for_each(|entry| self.apply(entry));
        }
        Ok(())
    }

    /// Records what never happened here: a measure needs a register of many years.
    #[cfg(test)]
    pub fn record_as_if(&mut self, events: Vec<Event>) -> Result<(), ClerkFault> {
        self.record_all(events)
    }

    fn apply(&mut self, entry: &Entry) {
        tracing::info!(seq = entry.seq, event = ?entry.event, "recorded");
        self.ledger.apply(entry);
        if let Some(readers) = &self.readers_of_entries {
            readers.follow(entry);
        }
        if matches!(entry.event, Event::ActSigned { .. } | Event::AuthorityWithdrawn { .. }) {
            // What was read of a year does not know the new act; what was judged a moment ago was so with an
            // authority that is trusted no longer.
            self.years.clear();
            self.of_acts.clear();
            self.confirmed.forget();
        }
    }

    /// Roster and plans in force for `year`.
    pub fn year(&mut self, year: SchoolYear) -> Result<Arc<YearInForce>, ClerkFault> {
        if let Some(known) = self.years.get(&year) {
            return Ok(Arc::clone(known));
        }
        let Some((roster, plans)) = self.ledger.years.get(&year).copied() else {
            return Err(ClerkFault::NotNow { code: "year.not_open", what: format!("school year {year}") });
        };
        let roster_bytes = self.store.read_verified(&names::of_year(year, roster, "roster.json"), roster)?;
        let plans_bytes = self.store.read_verified(&names::of_year(year, plans, "plans.json"), plans)?;
        let form = |what| move |_| ClerkFault::Form { what };
        let stored = acts_of(self, year, ..)?;
        let encoded = |one: &StoredAct| reader_frame::SignedAct {
            act: STANDARD.encode(&one.bytes),
            signatures: one.signatures.iter().map(|(_, signature)| STANDARD.encode(signature)).collect(),
        };
        let named = serde_json::from_slice(&roster_bytes).map_err(form("roster"))?;
        let in_force = Arc::new(YearInForce {
            pictures: pictures_of(self, &named)?,
            roster: (roster, named),
            plans: (plans, serde_json::from_slice(&plans_bytes).map_err(form("plans"))?),
            encoded: (STANDARD.encode(&roster_bytes), STANDARD.encode(&plans_bytes)),
            encoded_acts: stored.iter().map(encoded).collect(),
            acts: stored.into_iter().map(|one| one.signed).collect(),
        });
        self.years.insert(year, Arc::clone(&in_force));
        Ok(in_force)
    }

    /// Revocation data of the signers of acts. An act that nobody can prove proves nothing, so the judge
    /// wants to know about them as about the signers of the document itself.
    fn revocation_of_acts(&mut self, year: SchoolYear) -> Result<Arc<RevocationOfActs>, ClerkFault> {
        let now = clock::now();
        if let Some((asked, known)) = self.of_acts.get(&year)
            && now.unix() - asked.unix() < limits::ACT_REVOCATION_AGE_SECONDS
        {
            return Ok(Arc::clone(known));
        }
        let mut found = RevocationOfActs::default();
        for signer in self.ledger.acts.signers(year) {
            let certificate = self.store.read_verified(&names::certificate(&signer), signer)?;
            let evidence = look_up(self, &certificate)?.evidence;
            found.crls.extend(evidence.crls.iter().map(|one| STANDARD.encode(one)));
            found.ocsps.extend(evidence.ocsps.iter().map(|one| STANDARD.encode(one)));
        }
        let found = Arc::new(found);
        self.of_acts.insert(year, (now, Arc::clone(&found)));
        Ok(found)
    }

    /// The circumstances of a judgement now, with roster and plans of `year` where given.
    pub(super) fn circumstances(&mut self, year: Option<SchoolYear>) -> Result<Circumstances, ClerkFault> {
        let encode = |all: &[Vec<u8>]| all.iter().map(|one| STANDARD.encode(one)).collect::<Vec<_>>();
        let in_force = year.map(|year| self.year(year)).transpose()?;
        let of_acts = year.map(|year| self.revocation_of_acts(year)).transpose()?.unwrap_or_default();
        let Authorities { anchors, intermediates, crls, .. } = &self.authorities;
        Ok(Circumstances {
            anchors: encode(anchors),
            intermediates: encode(intermediates),
            crls: encode(crls).into_iter().chain(of_acts.crls.iter().cloned()).collect(),
            ocsps: of_acts.ocsps.clone(),
            school_certificate: self.ledger.commissioned.map(|(_, stamp)| stamp),
            roster: in_force.as_ref().map(|year| year.encoded.0.clone()),
            plans: in_force.as_ref().map(|year| year.encoded.1.clone()),
            acts: in_force.as_ref().map(|year| year.encoded_acts.clone()).unwrap_or_default(),
            distrusted: self.ledger.enrolment.distrusted_authorities().collect(),
            ..Circumstances::alone(Policy::School, clock::now())
        })
    }
}
