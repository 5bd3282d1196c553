//! Makes signing bases: rendered once, stored, registered, never compared with a re-render.

use crafts::document::{self, ClassBook, CorrectedVersion, FromGradebook, Rendered, Supplemented};
use crafts::pdf::{self, Packing};
use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey, DossierOf, Period};
use school::gradebook::{Change, Gradebook};
use school::identifier::PupilId;
use school::plan::{Cited, Plan};
use school::roster::Roster;

use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::event::Event;
use crate::lifecycle::export::{self, Accepted};

/// Makes, of each locked export, the documents that the plans of its year name, and the transcripts of
/// pupils whose part alone is locked, as far as they are not made yet. What was withdrawn is made again as
/// the next version. What cites another document waits until that one is closed.
///
/// Errors: the first document that cannot be made; those before it stay.
pub fn make_bases(office: &mut Office) -> Result<Vec<DossierId>, ClerkFault> {
    let locked: Vec<(Sha256, Accepted)> = office
        .ledger()
        .exports
        .accepted()
        .filter(|(_, accepted)| accepted.counts())
        .map(|(export, accepted)| (*export, accepted.clone()))
        .collect();
    let mut made = Vec::new();
    for (export, accepted) in locked {
        made.extend(of_export(office, export, &accepted)?);
    }
    Ok(made)
}

fn of_export(office: &mut Office, export: Sha256, accepted: &Accepted) -> Result<Vec<DossierId>, ClerkFault> {
    let gradebook = office.gradebook(&export, accepted)?;
    let original = office.store.read_verified(&names::original(&export), export)?;
    let in_force = office.year(gradebook.year)?;
    let mut made = Vec::new();
    for of in documents_of(accepted, &gradebook, &in_force.roster.1) {
        let first = DossierKey::new(gradebook.year, of, gradebook.period);
        // The school's own plans say which kinds it keeps, and what another program makes.
        if !in_force.plans.1.provide(first.kind()) || in_force.plans.1.come_signed(first.kind()) {
            continue;
        }
        let Some(key) = office.ledger().to_be_made(&first) else { continue };
        let cites = match in_force.plans.1.cited_by(&key, &gradebook.class) {
            Some(cited) => match closed_to_cite(office, &cited) {
                Some(closed) => Some(closed),
                None => continue,
            },
            None => None,
        };
        class_document(office, &key, &gradebook, (export, &original), cites)?;
        made.push(key.id());
    }
    Ok(made)
}

/// Everything that can be made of a locked export. Results after the summer supplement class book and
/// transcripts only, and of an export that is locked for one pupil there is that pupil's transcript only.
pub(super) fn documents_of(accepted: &Accepted, gradebook: &Gradebook, roster: &Roster) -> Vec<DossierOf> {
    let class = &gradebook.class;
    let mut all = Vec::new();
    if accepted.locked_by.is_some() {
        all.push(DossierOf::SoDiem(class.clone()));
        if gradebook.period != Period::AfterSummer {
            let books =
                gradebook.subjects.iter().flat_map(|subject| roster.teacher_books(class, &subject.id));
            all.extend(books.map(DossierOf::SoDiemGv));
            all.push(DossierOf::BangTongHop(class.clone()));
            all.push(DossierOf::DanhSachXetDuyet(class.clone()));
            // Once a year: what it holds of pupils does not change with a term.
            if gradebook.period == Period::FullYear {
                all.push(DossierOf::SoDangBo(class.clone()));
            }
        }
    }
    let locked = gradebook.pupils.iter().filter(|pupil| accepted.lock_of(&pupil.id).is_some());
    all.extend(locked.map(|pupil| DossierOf::HocBa(pupil.id.clone())));
    all
}

fn class_document(
    office: &mut Office,
    key: &DossierKey,
    gradebook: &Gradebook,
    (export, original): (Sha256, &[u8]),
    cites: Option<Cited>,
) -> Result<(), ClerkFault> {
    let in_force = office.year(key.year)?;
    let (roster_digest, roster) = &in_force.roster;
    let (plans_digest, plans) = &in_force.plans;
    let subjects = roster.signing_subjects(&key.of, &gradebook.class, &gradebook.subject_ids());
    let plan = plans.expand(key, Some(&gradebook.class), &subjects, *roster_digest, *plans_digest)?;
    let plan = plan.citing(cites);
    // Dates come from the lock decision, so that a base made again after a kill is the same base.
    let pupil = match &key.of {
        DossierOf::HocBa(pupil) => Some(pupil),
        _ => None,
    };
    let decided = office.lock_moment(export, pupil)?;
    let supplemented = supplemented(office, key)?;
    let supplements =
        supplemented.as_ref().map(|(dossier, sha256)| Supplemented { dossier, sha256: *sha256 });
    let earlier = earlier_version(office, key, gradebook, export)?;
    let corrects = earlier.as_ref().map(|earlier| CorrectedVersion {
        dossier: &earlier.dossier,
        sha256: earlier.sha256,
        record: &earlier.record,
        before: &earlier.before,
        changes: &earlier.changes,
    });
    let from = FromGradebook { gradebook, export, roster, plan: &plan, decided, supplements, corrects };
    let rendered = match key.of {
        DossierOf::SoDiem(_) => document::class_book(&ClassBook {
            gradebook,
            export: original,
            roster,
            plan: &plan,
            decided,
            supplements,
            corrects,
        })?,
        DossierOf::HocBa(_) => document::transcript(&from)?,
        DossierOf::SoDiemGv(_) => document::teacher_book(&from)?,
        DossierOf::BangTongHop(_) => document::results_summary(&from)?,
        DossierOf::DanhSachXetDuyet(_) => document::review_lists(&from)?,
        DossierOf::SoDangBo(_) => document::enrolment_register(&from)?,
        DossierOf::QuyetDinhKhoa(_)
        | DossierOf::QuyetDinhMo(_)
        | DossierOf::BienBanNiemPhong(_)
        | DossierOf::PhieuDeNghiSua(_)
        | DossierOf::BienBanSuaChua(_)
        | DossierOf::TongHopSuaChua(_) => {
            return Err(ClerkFault::NotNow { code: "document.not_of_an_export", what: key.id().to_string() });
        }
    };
    // Tagged tables are mostly tag tree: object streams make a class book a fifth of the size and a
    // transcript half of it.
    let packing = Packing::ObjectStreams;
    let supplements = supplemented.map(|(dossier, _)| dossier);
    let corrects = earlier.into_iter().map(|earlier| earlier.dossier).collect();
    let of = BaseOf { exports: vec![export], pupil: None, supplements, corrects };
    register_base(office, key, &rendered, plan, packing, of)
}

/// The file that documents cite, once it is closed.
pub(super) fn closed_to_cite(office: &Office, cited: &DossierKey) -> Option<Cited> {
    let closed = office.ledger().current(cited).filter(|(_, one)| matches!(one.stage, Stage::Closed(_)));
    closed.map(|(dossier, one)| Cited { dossier: dossier.clone(), sha256: one.latest().1.sha256 })
}

/// The version that a document corrects, with what is printed otherwise now.
struct EarlierVersion {
    dossier: DossierId,
    sha256: Sha256,
    record: DossierId,
    before: Gradebook,
    changes: Vec<Change>,
}

/// The signed version before this one; none where nobody signed one, as after a reopening.
fn earlier_version(
    office: &Office,
    key: &DossierKey,
    gradebook: &Gradebook,
    export: Sha256,
) -> Result<Option<EarlierVersion>, ClerkFault> {
    let ledger = office.ledger();
    let Some((dossier, earlier)) = ledger.corrected_version(key) else { return Ok(None) };
    let unlocked = || ClerkFault::NotNow { code: "export.not_locked", what: export.to_string() };
    let accepted = |export: &Sha256| match ledger.exports.stage(export) {
        Some(export::Stage::Accepted(accepted)) => Ok(accepted),
        _ => Err(unlocked()),
    };
    let record = accepted(&export)?.locked_by.clone().ok_or_else(unlocked)?;
    let source = earlier.exports.first().ok_or_else(unlocked)?;
    let before = office.gradebook(source, accepted(source)?)?;
    let changes = document::printed_changes(&key.of, &before, gradebook);
    let sha256 = earlier.latest().1.sha256;
    Ok(Some(EarlierVersion { dossier: dossier.clone(), sha256, record, before, changes }))
}

/// The closed document of the year that results after the summer are added to (S2 Đ.4), with the digest
/// of its file.
///
/// Errors: `dossier.nothing_to_supplement` while it is not closed.
fn supplemented(office: &Office, key: &DossierKey) -> Result<Option<(DossierId, Sha256)>, ClerkFault> {
    if key.period != Period::AfterSummer {
        return Ok(None);
    }
    let year = DossierKey::new(key.year, key.of.clone(), Period::FullYear);
    let closed = office.ledger().current(&year).filter(|(_, one)| matches!(one.stage, Stage::Closed(_)));
    closed.map(|(id, closed)| Some((id.clone(), closed.latest().1.sha256))).ok_or_else(|| {
        ClerkFault::NotNow { code: "dossier.nothing_to_supplement", what: key.id().to_string() }
    })
}

impl Office {
    /// The canonical gradebook of an accepted export.
    pub(super) fn gradebook(&self, export: &Sha256, accepted: &Accepted) -> Result<Gradebook, ClerkFault> {
        let bytes = self.store.read_verified(&names::gradebook(export), accepted.gradebook)?;
        serde_json::from_slice(&bytes).map_err(|_| ClerkFault::Form { what: "gradebook" })
    }
}

/// What a base is made of, as the register names it.
pub(super) struct BaseOf {
    /// Exports.
    pub exports: Vec<Sha256>,
    /// The only pupil whose part a decision locks.
    pub pupil: Option<PupilId>,
    /// The closed dossier that it supplements.
    pub supplements: Option<DossierId>,
    /// What the event names as corrected: see [`Event::DossierBase`].
    pub corrects: Vec<DossierId>,
}

/// Puts the fields in, stages base and box table, records and publishes them.
pub(super) fn register_base(
    office: &mut Office,
    key: &DossierKey,
    rendered: &Rendered,
    plan: Plan,
    packing: Packing,
    of: BaseOf,
) -> Result<(), ClerkFault> {
    let pictures = &office.year(key.year)?.pictures;
    let made = pdf::illustrated_base(rendered, &plan, pictures, packing)?;
    let dossier = key.id();
    let sha256 = office.store.stage(&made.pdf)?;
    let boxes = office.store.stage(&made.boxes.to_json())?;
    let files = [(boxes, names::boxes(&dossier)), (sha256, names::revision(&dossier, 0))];
    let BaseOf { exports, pupil, supplements, corrects } = of;
    let plan = Box::new(plan);
    let base = Event::DossierBase {
        dossier,
        sha256,
        boxes,
        plan,
        exports,
        pupil,
        supplements,
        corrects,
        record: None,
    };
    office.commit(base, &files)
}
