//! Documents that another program made and its people signed: the signed plans of the year say of which kind they
//! are. They are judged by the rules for strangers' files; beside that the signatures that the plan asks for must
//! stand in them in its order, and they must be of a pupil in locked data. What they print is compared with nothing:
//! their form is not ours.

use school::dossier::{DossierId, DossierKey, DossierOf};
use school::gradebook::Gradebook;

use super::code::Code;
use super::documents::LockedExport;
use super::judgement::Bag;
use super::payload::{Document, Payload};
use super::staff::Staff;
use crate::acts::{Answer, Signing};
use crate::circumstances::{Circumstances, Policy};
use crate::report::{Integrity, SignatureReport, Trust};

/// True where the school's signed plans say that documents of this kind come in signed.
pub(super) fn is_one(staff: &Staff, id: &DossierId) -> bool {
    let key = DossierKey::from_id(id.as_str());
    staff.plans.as_ref().zip(key.ok()).is_some_and(|((_, plans), key)| plans.come_signed(key.kind()))
}

/// The circumstances in which they are judged.
pub(super) fn circumstances(around_ours: &Circumstances) -> Circumstances {
    Circumstances { policy: Policy::Foreign, ..around_ours.clone() }
}

/// Compares a document with what the plan asks of it. `locked`: what decisions in the deposit lock.
pub(super) fn judge<'l>(
    bag: &mut Bag,
    document: &Document,
    payload: &Payload,
    staff: &Staff,
    locked: impl Iterator<Item = &'l LockedExport>,
) {
    let name = document.name.as_str();
    // It would be judged by less than it asks for itself.
    if document.report.plan.is_some() {
        bag.findings.add(Code::DocumentName, name);
    }
    let Ok(key) = DossierKey::from_id(document.id.as_str()) else { return };
    let Some(book) = book_of(&key, payload, locked) else {
        return bag.findings.add(Code::ExportNotLocked, name);
    };
    if !stands_signed(&key, book, document, staff) {
        bag.findings.add(Code::DocumentIncomplete, name);
    }
}

/// The locked gradebook that names the pupil.
fn book_of<'p, 'l>(
    key: &DossierKey,
    payload: &'p Payload,
    mut locked: impl Iterator<Item = &'l LockedExport>,
) -> Option<&'p Gradebook> {
    let DossierOf::HocBa(pupil) = &key.of else { return None };
    locked.find_map(|export| {
        if export.period != key.period || export.pupil.as_ref().is_some_and(|one| one != pupil) {
            return None;
        }
        let book = payload.gradebook_of(export.sha256, &export.class, export.period)?;
        book.pupils.iter().any(|one| one.id == *pupil).then_some(book)
    })
}

/// Every box of the plan has an intact, trusted signature by whom the roster and the acts name, one after the other.
fn stands_signed(key: &DossierKey, book: &Gradebook, document: &Document, staff: &Staff) -> bool {
    let (Some((roster_digest, roster)), Some((plans_digest, plans)), Some(in_force)) =
        (&staff.roster, &staff.plans, &staff.in_force)
    else {
        return false;
    };
    let subjects = roster.signing_subjects(&key.of, &book.class, &book.subject_ids());
    let Ok(plan) = plans.expand(key, Some(&book.class), &subjects, *roster_digest, *plans_digest) else {
        return false;
    };
    let mut signatures = document.report.signatures.iter();
    plan.boxes().all(|(_, signing_box)| {
        let by_holder = |one: &SignatureReport| {
            let Some(certificate) = one.cert_sha256 else { return false };
            let proven = one.poe.as_ref().map(|poe| poe.time);
            let (dossier, kind, claimed) = (&document.id, key.kind(), one.signed_at);
            let signing = Signing { dossier, kind, signing_box, certificate, claimed, proven };
            let answer = in_force.answer(roster, &signing);
            matches!(answer, Answer::ByRoster | Answer::ByAct { proven: true, .. })
                && one.integrity == Integrity::Intact
                && one.trust == Trust::Trusted
        };
        signatures.any(by_holder)
    })
}
