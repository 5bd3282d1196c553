//! Makes signing bases: rendered once, stored, registered, never compared with a re-render.

use crafts::document::{self, ClassBook, FromGradebook, Rendered};
use crafts::pdf::{self, Packing};
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierKey, DossierOf};
use school::gradebook::Gradebook;
use school::identifier::SubjectId;
use school::plan::Plan;
use school::roster::Roster;

use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::event::Event;
use crate::lifecycle::export::Accepted;

/// Makes the class book and every transcript of each locked export, as far as they are not made yet.
///
/// Errors: the first document that cannot be made; those before it stay.
pub fn make_bases(office: &mut Office) -> Result<Vec<DossierId>, ClerkFault> {
    let locked: Vec<(Sha256, Accepted)> = office
        .ledger()
        .exports
        .accepted()
        .filter(|(_, accepted)| accepted.locked_by.is_some())
        .map(|(export, accepted)| (*export, accepted.clone()))
        .collect();
    let mut made = Vec::new();
    for (export, accepted) in locked {
        made.extend(of_export(office, export, &accepted)?);
    }
    Ok(made)
}

fn of_export(office: &mut Office, export: Sha256, accepted: &Accepted) -> Result<Vec<DossierId>, ClerkFault> {
    let gradebook = office.store.read_verified(&names::gradebook(&export), accepted.gradebook)?;
    let gradebook: Gradebook =
        serde_json::from_slice(&gradebook).map_err(|_| ClerkFault::Form { what: "gradebook" })?;
    let original = office.store.read_verified(&names::original(&export), export)?;
    let book = DossierOf::SoDiem(gradebook.class.clone());
    let pupils = gradebook.pupils.iter().map(|pupil| DossierOf::HocBa(pupil.id.clone()));
    let mut made = Vec::new();
    for of in std::iter::once(book).chain(pupils) {
        let key = DossierKey { year: gradebook.year, of, period: gradebook.period };
        if office.ledger().dossiers.contains_key(&key.id()) {
            continue;
        }
        class_document(office, &key, &gradebook, export, &original)?;
        made.push(key.id());
    }
    Ok(made)
}

fn class_document(
    office: &mut Office,
    key: &DossierKey,
    gradebook: &Gradebook,
    export: Sha256,
    original: &[u8],
) -> Result<(), ClerkFault> {
    let in_force = office.year(key.year)?;
    let (roster_digest, roster) = &in_force.roster;
    let (plans_digest, plans) = &in_force.plans;
    let subjects = signing_subjects(key, gradebook, roster);
    let plan = plans.expand(key, Some(&gradebook.class), &subjects, *roster_digest, *plans_digest)?;
    // Dates come from the lock decision, so that a base made again after a kill is the same base.
    let decided = office.lock_moment(export)?;
    let rendered = match key.kind() {
        DocumentKind::SoDiem => {
            document::class_book(&ClassBook { gradebook, export: original, roster, plan: &plan, decided })?
        }
        _ => document::transcript(&FromGradebook { gradebook, export, roster, plan: &plan, decided })?,
    };
    // A class book is mostly tag tree: object streams make it a fifth of the size.
    let packing = match key.kind() {
        DocumentKind::SoDiem => Packing::ObjectStreams,
        _ => Packing::Classic,
    };
    register_base(office, key, &rendered, plan, packing, vec![export])
}

/// Subjects whose teachers sign, each as often as it has signers: in a class book everyone who teaches a
/// subject signs, in a transcript the one who presides.
fn signing_subjects(key: &DossierKey, gradebook: &Gradebook, roster: &Roster) -> Vec<SubjectId> {
    match key.kind() {
        DocumentKind::SoDiem => roster.signing_subjects(&gradebook.class, &gradebook.subject_ids()),
        _ => gradebook.subject_ids(),
    }
}

/// Puts the fields in, stages base and box table, records and publishes them.
pub(super) fn register_base(
    office: &mut Office,
    key: &DossierKey,
    rendered: &Rendered,
    plan: Plan,
    packing: Packing,
    exports: Vec<Sha256>,
) -> Result<(), ClerkFault> {
    let base = pdf::signing_base(rendered, &plan, packing)?;
    let dossier = key.id();
    let sha256 = office.store.stage(&base.pdf)?;
    let boxes = office.store.stage(&base.boxes.to_json())?;
    let files = [(boxes, names::boxes(&dossier)), (sha256, names::revision(&dossier, 0))];
    office.commit(Event::DossierBase { dossier, sha256, boxes, plan, exports }, &files)
}
