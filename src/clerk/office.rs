//! What the clerk works with: store, register with what it adds up to, reader, authorities.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::digest::Sha256;
use school::identifier::SchoolYear;
use school::moment::Moment;
use school::plan::Templates;
use school::records::reader_frame::{Circumstances, Policy};
use school::roster::Roster;

use crate::clerk::{ClerkFault, names};
use crate::clock;
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
#[derive(Debug, Clone)]
pub struct YearInForce {
    /// The roster with the digest of its bytes.
    pub roster: (Sha256, Roster),
    /// The plans with the digest of their bytes.
    pub plans: (Sha256, Templates),
    /// The canonical bytes of both.
    bytes: (Vec<u8>, Vec<u8>),
}

/// The register's file below a data folder.
pub fn register_file(data: &Path) -> PathBuf {
    data.join("so-theo-doi.sqlite")
}

/// The clerk's office.
pub struct Office {
    pub(super) store: Store,
    pub(super) reader: ReaderHost,
    pub(super) network: Network,
    pub(super) authorities: Authorities,
    register: Register,
    ledger: Ledger,
    years: BTreeMap<SchoolYear, YearInForce>,
}

impl Office {
    /// Opens store and register below the data folder and adds up the register.
    ///
    /// Errors: `register.busy` when another process works there.
    pub fn open(data: &Path, reader: ReaderHost, authorities: Authorities) -> Result<Self, ClerkFault> {
        let store = Store::open(&data.join("kho"))?;
        let (register, entries) = Register::open(&register_file(data), Access::Append)?;
        let mut ledger = Ledger::default();
        entries.iter().for_each(|entry| ledger.apply(entry));
        let network = Network::new();
        Ok(Self { store, reader, network, authorities, register, ledger, years: BTreeMap::new() })
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
        match self.store.publish(name, bytes) {
            Ok(_) => Ok(()),
            Err(refusal @ StoreRefusal::OtherBytes { .. }) => {
                self.record(Event::OverwriteRefused { name: name.to_owned(), sha256: Sha256::of(bytes) })?;
                Err(refusal.into())
            }
            Err(refusal) => Err(refusal.into()),
        }
    }

    /// Records an event; when this returns it has happened.
    pub(super) fn record(&mut self, event: Event) -> Result<Entry, ClerkFault> {
        self.record_at(clock::now(), event)
    }

    /// Records an event at a moment that was fixed for it before.
    pub(super) fn record_at(&mut self, at: Moment, event: Event) -> Result<Entry, ClerkFault> {
        let entry = self.register.append(at, event)?;
        tracing::info!(seq = entry.seq, event = ?entry.event, "recorded");
        self.ledger.apply(&entry);
        Ok(entry)
    }

    /// Roster and plans in force for `year`.
    pub fn year(&mut self, year: SchoolYear) -> Result<YearInForce, ClerkFault> {
        if let Some(known) = self.years.get(&year) {
            return Ok(known.clone());
        }
        let Some((roster, plans)) = self.ledger.years.get(&year).copied() else {
            return Err(ClerkFault::NotNow { code: "year.not_open", what: format!("school year {year}") });
        };
        let roster_bytes = self.store.read_verified(&names::of_year(year, "roster.json"), roster)?;
        let plans_bytes = self.store.read_verified(&names::of_year(year, "plans.json"), plans)?;
        let form = |what| move |_| ClerkFault::Form { what };
        let in_force = YearInForce {
            roster: (roster, serde_json::from_slice(&roster_bytes).map_err(form("roster"))?),
            plans: (plans, serde_json::from_slice(&plans_bytes).map_err(form("plans"))?),
            bytes: (roster_bytes, plans_bytes),
        };
        self.years.insert(year, in_force.clone());
        Ok(in_force)
    }

    /// The circumstances of a judgement now, with roster and plans of `year` where given.
    pub(super) fn circumstances(&mut self, year: Option<SchoolYear>) -> Result<Circumstances, ClerkFault> {
        let encode = |all: &[Vec<u8>]| all.iter().map(|one| STANDARD.encode(one)).collect::<Vec<_>>();
        let in_force = year.map(|year| self.year(year)).transpose()?;
        let Authorities { anchors, intermediates, crls, .. } = &self.authorities;
        Ok(Circumstances {
            policy: Policy::School,
            at: clock::now(),
            anchors: encode(anchors),
            intermediates: encode(intermediates),
            crls: encode(crls),
            ocsps: Vec::new(),
            school_certificate: self.ledger.commissioned.map(|(_, stamp)| stamp),
            roster: in_force.as_ref().map(|year| STANDARD.encode(&year.bytes.0)),
            plans: in_force.as_ref().map(|year| STANDARD.encode(&year.bytes.1)),
        })
    }
}
