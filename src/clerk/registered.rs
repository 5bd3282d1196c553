//! `niemphong sign` on documents of the school's register: plan, order, person and everything else that is
//! looked at before a signature hold as they do in the office, and the new revision is an entry.

use std::collections::BTreeMap;

use school::digest::Sha256;
use school::dossier::DossierId;
use school::plan::BoxName;

use crate::clerk::sign::{open_for, try_box};
use crate::clerk::signer::{AtToken, Signer};
use crate::clerk::{ClerkFault, Office, names};
use crate::clock;
use crate::lifecycle::to_sign::ToSign;

/// The dossier whose latest revision these bytes are.
///
/// Errors: `signing.not_registered`.
pub fn dossier_of(office: &Office, revision: &Sha256) -> Result<DossierId, ClerkFault> {
    let mut dossiers = office.ledger().dossiers.iter();
    let found = dossiers.find(|(_, dossier)| dossier.latest().1.sha256 == *revision);
    found
        .map(|(id, _)| id.clone())
        .ok_or_else(|| ClerkFault::NotNow { code: "signing.not_registered", what: revision.to_string() })
}

/// The box of a dossier that waits for the holder of this certificate, asked before anybody types a PIN.
///
/// Errors: why there is none, which is recorded.
pub fn box_for(office: &mut Office, id: &DossierId, certificate: &[u8]) -> Result<BoxName, ClerkFault> {
    let theirs = open_for(office, id, Sha256::of(certificate))?.into_iter().next();
    let name = match theirs {
        Some(name) => Some(name),
        None => later_box(office, id, Sha256::of(certificate))?,
    };
    let complete = || ClerkFault::NotNow { code: "signing.nothing_open", what: id.to_string() };
    let name = name.ok_or_else(complete)?;
    try_box(office, id, &name, certificate)?;
    Ok(name)
}

/// A box of theirs whose turn has not come, so that they are told so; else the one that is due.
fn later_box(
    office: &mut Office,
    id: &DossierId,
    certificate: Sha256,
) -> Result<Option<BoxName>, ClerkFault> {
    let Some(year) = office.ledger().dossiers.get(id).map(|dossier| dossier.key.year) else {
        return Ok(None);
    };
    let in_force = office.year(year)?;
    let (people, at) = (in_force.people(), clock::now());
    let dossier = &office.ledger().dossiers[id];
    let (kind, signed) = (dossier.key.kind(), dossier.signed_boxes());
    let mut open = dossier.plan.boxes().map(|(_, one)| one).filter(|one| !signed.contains(&one.name));
    let theirs = open.find(|one| people.bound(kind, one, certificate, at).is_ok());
    Ok(theirs.or(dossier.open_boxes().first()).map(|one| one.name.clone()))
}

/// What became of each document.
pub type Outcome = BTreeMap<DossierId, Result<Vec<u8>, ClerkFault>>;

/// Signs these boxes with one login, one after the other, and the register's checkpoint at the end. The
/// outcome holds each new revision, or why there is none.
///
/// Errors: a refusal before the login, or of it; register or store failed.
pub fn sign_registered(
    office: &mut Office,
    at: AtToken<'_>,
    boxes: &[(DossierId, BoxName)],
) -> Result<Outcome, ClerkFault> {
    let mut outcome = Outcome::new();
    let Some((first, name)) = boxes.first() else { return Ok(outcome) };
    let to_sign = ToSign::visit(boxes.iter().map(|(id, _)| id));
    Signer::sits_for(office, at, (first, name), &to_sign, |office, signer| {
        for (id, name) in boxes {
            let signed = signer.sign_box(office, id, name).and_then(|()| {
                let (number, latest) = office.ledger().dossiers[id].latest();
                Ok(office.store.read_verified(&names::revision(id, number), latest.sha256)?)
            });
            let gone = matches!(signed, Err(ClerkFault::Token(_)));
            outcome.insert(id.clone(), signed);
            if gone {
                // Logged out; nobody logs in again by itself.
                break;
            }
        }
        Ok(outcome)
    })
}
