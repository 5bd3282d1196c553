//! Where people read while others write. The ledger belongs to whoever owns the office; here is a second
//! one that follows the register entry by entry, so that a page never waits for a step and a step never for
//! a page. Published files are read from the store and compared with the digest that the register names.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crafts::pdf::BoxTable;
use school::act::Act;
use school::digest::Sha256;
use school::dossier::DossierId;
use school::gradebook::Gradebook;
use school::identifier::SchoolYear;
use school::limits::GRADEBOOKS_KEPT;
use school::moment::Moment;
use school::plan::{BoxName, SigningBox};
use school::records::picture::Picture;
use school::records::reason::Reason;
use school::scoring::Checked;
use serde::de::DeserializeOwned;

use crate::clerk::sign::offered_boxes;
use crate::clerk::{ClassList, ClerkFault, Office, names, register_file};
use crate::clock;
use crate::lifecycle::act::{ActRefusal, InForce};
use crate::lifecycle::dossier::Dossier;
use crate::lifecycle::event::{Entry, Event};
use crate::lifecycle::export::{Accepted, Stage};
use crate::lifecycle::ledger::Ledger;
use crate::lifecycle::to_sign::{RefusedSignature, ToSign};
use crate::register::{Access, Register};
use crate::store::Store;

/// Something that happened to a dossier and left no revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// When.
    pub at: Moment,
    /// What.
    pub what: Remarked,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remarked {
    /// A signer refused, with the digest of the reason's record.
    Refused(Sha256),
    /// The refusal was answered, with the digest of the answer's record.
    Resumed(Sha256),
    /// A signature was refused before the token was touched, with the reason's code.
    NotAllowed(String),
    /// An attempt left nothing, with the reason's code.
    Lost(String),
    /// It was given to a pupil who left, by this entry, with the digest of the record that says to whom.
    HandedOver(u64, Sha256),
}

/// Ledger and files for reading.
pub struct ReadingRoom {
    ledger: RwLock<Ledger>,
    remarks: RwLock<BTreeMap<DossierId, Vec<Remark>>>,
    gradebooks: Mutex<BTreeMap<Sha256, Arc<Gradebook>>>,
    pub(super) store: Arc<Store>,
}

impl ReadingRoom {
    /// Moves both ledgers on.
    pub(super) fn follow(&self, entry: &Entry) {
        self.ledger.write().unwrap_or_else(PoisonError::into_inner).apply(entry);
        for (dossier, what) in remarks(entry) {
            let mut remarks = self.remarks.write().unwrap_or_else(PoisonError::into_inner);
            remarks.entry(dossier.clone()).or_default().push(Remark { at: entry.time, what });
        }
    }

    /// Looks at what has happened so far. Whoever looks holds up the next entry, so it is brief.
    pub fn look<T>(&self, look: impl FnOnce(&Ledger) -> T) -> T {
        look(&self.ledger.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What happened to a dossier without leaving a revision, oldest first.
    pub fn remarks(&self, dossier: &DossierId) -> Vec<Remark> {
        self.remarks.read().unwrap_or_else(PoisonError::into_inner).get(dossier).cloned().unwrap_or_default()
    }

    /// A published revision.
    ///
    /// Errors: there is no such revision, or its bytes are not those that the register names.
    pub fn revision(&self, dossier: &DossierId, number: u32) -> Result<Vec<u8>, ClerkFault> {
        let sha256 = self.look(|ledger| {
            let revisions = &ledger.dossiers.get(dossier)?.revisions;
            revisions.get(usize::try_from(number).ok()?).map(|one| one.sha256)
        });
        let unknown = || ClerkFault::NotNow { code: "dossier.unknown", what: dossier.to_string() };
        Ok(self.store.read_verified(&names::revision(dossier, number), sha256.ok_or_else(unknown)?)?)
    }

    /// The page of a dossier, from 1, on which the first place of a signature stands: what is signed stands there, and not
    /// on the cover. The first page where the document was signed elsewhere.
    ///
    /// Errors: as of [`Self::revision`].
    pub fn first_page_with_a_place(&self, dossier: &DossierId) -> Result<usize, ClerkFault> {
        let Some(boxes) = self.look(|ledger| ledger.dossiers.get(dossier)?.boxes) else { return Ok(1) };
        let table = self.store.read_verified(&names::boxes(dossier), boxes)?;
        let table = BoxTable::from_json(&table).map_err(|_| ClerkFault::Form { what: "box table" })?;
        Ok(table.first_page(&self.revision(dossier, 0)?)?)
    }

    /// The gradebook of an accepted export.
    ///
    /// Errors: it is not there, or not what the register names.
    pub fn gradebook(&self, export: &Sha256) -> Result<Arc<Gradebook>, ClerkFault> {
        let kept = || self.gradebooks.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(export) {
            return Ok(Arc::clone(known));
        }
        let book = Arc::new(self.read_gradebook(export)?);
        let mut kept = kept();
        if kept.len() >= GRADEBOOKS_KEPT {
            kept.pop_first();
        }
        kept.insert(*export, Arc::clone(&book));
        Ok(book)
    }

    /// Who stands in the gradebook of an accepted export. Nothing of it is kept: whoever looks for names keeps them.
    ///
    /// Errors: as of [`Self::gradebook`].
    pub fn class_list(&self, export: &Sha256) -> Result<ClassList, ClerkFault> {
        self.read_gradebook(export)
    }

    fn read_gradebook<T: DeserializeOwned>(&self, export: &Sha256) -> Result<T, ClerkFault> {
        let digest = self.accepted(export)?.gradebook;
        let bytes = self.store.read_verified(&names::gradebook(export), digest)?;
        serde_json::from_slice(&bytes).map_err(|_| ClerkFault::Form { what: "gradebook" })
    }

    /// What the rules said of an export; nothing while it was not checked.
    pub fn check(&self, export: &Sha256) -> Result<Option<Checked>, ClerkFault> {
        let Some(check) = self.accepted(export)?.check else { return Ok(None) };
        let bytes = self.store.read_verified(&names::check(export, "json"), check.record)?;
        serde_json::from_slice(&bytes).map(Some).map_err(|_| ClerkFault::Form { what: "check" })
    }

    /// The same as a printed report.
    pub fn check_report(&self, export: &Sha256) -> Result<Vec<u8>, ClerkFault> {
        let check = self.accepted(export)?.check;
        let unchecked = || ClerkFault::NotNow { code: "export.not_checked", what: export.to_string() };
        let report = check.ok_or_else(unchecked)?.report;
        Ok(self.store.read_verified(&names::check(export, "pdf"), report)?)
    }

    /// An act, as it was proposed.
    ///
    /// Errors: nobody proposed it, or its bytes are not those that the register names.
    pub fn act(&self, act: &Sha256) -> Result<Act, ClerkFault> {
        if self.look(|ledger| ledger.acts.stage(act).is_none()) {
            return Err(ActRefusal::Unknown(*act).into());
        }
        let bytes = self.store.read_verified(&names::act(act), *act)?;
        serde_json::from_slice(&bytes).map_err(|_| ClerkFault::Form { what: "act" })
    }

    /// A picture that is kept, as a PNG.
    ///
    /// Errors: it is not there, or not what its name says.
    pub fn picture(&self, picture: &Sha256) -> Result<Vec<u8>, ClerkFault> {
        let form = || ClerkFault::Form { what: "picture" };
        let bytes = self.store.read_verified(&names::picture(picture), *picture)?;
        let kept = Picture::from_bytes(&bytes).map_err(|_| form())?;
        crafts::signature::write_picture(&kept).ok_or_else(form)
    }

    /// The DER of an authority that was proposed.
    ///
    /// Errors: it is not there, or not what its name says.
    pub fn authority(&self, certificate: &Sha256) -> Result<Vec<u8>, ClerkFault> {
        Ok(self.store.read_verified(&names::authority(certificate), *certificate)?)
    }

    /// Somebody's words beside the register.
    pub fn reason(&self, record: &Sha256) -> Result<Reason, ClerkFault> {
        serde_json::from_slice(&self.record(record)?).map_err(|_| ClerkFault::Form { what: "reason" })
    }

    /// The bytes of a record beside the register.
    pub(super) fn record(&self, record: &Sha256) -> Result<Vec<u8>, ClerkFault> {
        Ok(self.store.read_verified(&names::record(record), *record)?)
    }

    /// Where a published file lies, for those who send or judge it whole.
    pub fn place(&self, name: &str) -> Result<std::path::PathBuf, ClerkFault> {
        Ok(self.store.path(name)?)
    }

    fn accepted(&self, export: &Sha256) -> Result<Accepted, ClerkFault> {
        let unknown = || ClerkFault::NotNow { code: "export.not_accepted", what: export.to_string() };
        self.look(|ledger| match ledger.exports.stage(export) {
            Some(Stage::Accepted(accepted)) => Some((**accepted).clone()),
            _ => None,
        })
        .ok_or_else(unknown)
    }
}

fn remarks(entry: &Entry) -> Vec<(&DossierId, Remarked)> {
    match &entry.event {
        Event::DossierRefused { dossier, record, .. } => vec![(dossier, Remarked::Refused(*record))],
        Event::DossierResumed { dossier, record } => vec![(dossier, Remarked::Resumed(*record))],
        // What a token says against a whole visit is said of no document.
        Event::SigningRefused(RefusedSignature { to_sign: ToSign::Place { dossier, .. }, code, .. }) => {
            vec![(dossier, Remarked::NotAllowed(code.clone()))]
        }
        Event::AttemptLost { dossier, code, .. } => vec![(dossier, Remarked::Lost(code.clone()))],
        Event::LeaverHandedOver { given, record, .. } => {
            given.iter().map(|one| (&one.dossier, Remarked::HandedOver(entry.seq, *record))).collect()
        }
        _ => Vec::new(),
    }
}

/// The boxes of all dossiers of this year that are offered to whoever has this certificate, as
/// [`super::Room::admit`] would offer them.
pub fn offered(
    ledger: &Ledger,
    year: SchoolYear,
    people: &InForce<'_>,
    certificate: Sha256,
) -> Vec<(DossierId, BoxName)> {
    let at = clock::now();
    let is_open = |dossier: &Dossier| dossier.key.year == year && !dossier.open_boxes().is_empty();
    let open = ledger.dossiers.iter().filter(|(_, dossier)| is_open(dossier));
    let boxes = open.flat_map(|(id, dossier)| {
        let held: Vec<&SigningBox> = offered_boxes(dossier, people, certificate, at).collect();
        held.into_iter().map(move |one| (id.clone(), one.name.clone()))
    });
    boxes.collect()
}

impl Office {
    /// Opens the reading room of this office, whose data folder this is.
    pub fn reading_room(&mut self, data: &Path) -> Result<Arc<ReadingRoom>, ClerkFault> {
        let (_, entries) = Register::open(&register_file(data), Access::Read)?;
        let room = Arc::new(ReadingRoom {
            ledger: RwLock::default(),
            remarks: RwLock::default(),
            gradebooks: Mutex::default(),
            store: Arc::clone(&self.store),
        });
        entries.iter().for_each(|entry| room.follow(entry));
        self.readers_of_entries = Some(Arc::clone(&room));
        Ok(room)
    }
}
