//! Closes dossiers whose last box is signed: one DSS with revocation data that is younger than the
//! last signature, then one document timestamp (DESIGN, section 7).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crafts::pdf::BoxTable;
use crafts::signature::{self, RevocationEvidence};
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId};

use crate::clerk::sign::prove;
use crate::clerk::standing::{look_up, of_timestamp_authority};
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::event::Event;
use crate::lifecycle::evidence::ClosedRevision;
use crate::network;

/// Closes every signed dossier. Sealing records stay open: the seal timestamp covers them.
///
/// Errors: the first fault. Closed dossiers stay closed, and one that the judge does not confirm does not
/// keep the others from closing.
pub fn close_signed(office: &mut Office) -> Result<Vec<DossierId>, ClerkFault> {
    let signed = office.ledger().dossiers.iter().filter(|(_, dossier)| {
        matches!(dossier.stage, Stage::Signed(_)) && dossier.key.kind() != DocumentKind::BienBanNiemPhong
    });
    let due: Vec<DossierId> = signed.map(|(id, _)| id.clone()).collect();
    // Asked after every signature of this run was made, so the answers are younger than all of them.
    let mut answers = BTreeMap::new();
    if due.is_empty() {
        return Ok(due);
    }
    let authority = of_timestamp_authority(office)?;
    let mut unproven = None;
    for id in &due {
        match close(office, id, &authority, &mut answers) {
            Err(fault @ ClerkFault::Unproven(_)) => unproven = unproven.or(Some(fault)),
            closed => closed?,
        }
    }
    unproven.map_or(Ok(due), Err)
}

fn close(
    office: &mut Office,
    id: &DossierId,
    authority: &RevocationEvidence,
    answers: &mut BTreeMap<Sha256, RevocationEvidence>,
) -> Result<(), ClerkFault> {
    let dossier = &office.ledger().dossiers[id];
    let (number, latest) = dossier.latest();
    let (latest, boxes, year, signers) = (latest.sha256, dossier.boxes, dossier.key.year, dossier.signers());
    let mut evidence = authority.clone();
    for signer in signers {
        let answer = match answers.entry(signer) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let der = office.store.read_verified(&names::certificate(&signer), signer)?;
                unknown.insert(look_up(office, &der)?.evidence)
            }
        };
        add(&mut evidence, answer);
    }
    let signed = office.store.read_verified(&names::revision(id, number), latest)?;
    let boxes = office.store.read_verified(&names::boxes(id), boxes)?;
    let boxes = BoxTable::from_json(&boxes).map_err(|_| ClerkFault::Form { what: "box table" })?;
    let with_dss = signature::dss(&signed, &boxes, &evidence)?;
    let prepared = signature::prepare_timestamp(&with_dss, &boxes)?;
    let token = stamp_time(office, &prepared.imprint)?.0;
    let candidate = prepared.embed(&token)?;
    let (proof, report) = prove(office, &candidate, year, ClosedRevision::from_report)?;
    let json = serde_json::to_vec_pretty(&report).map_err(|_| ClerkFault::Form { what: "report" })?;
    office.publish(&names::report(id, &proof.sha256()), &json)?;
    let revision = number + 1;
    let event = Event::DossierClosed { dossier: id.clone(), revision, sha256: proof.sha256() };
    office.commit(event, &[(proof.sha256(), names::revision(id, revision))])
}

/// Adds what is not there yet: many signers share CA certificates and lists.
fn add(evidence: &mut RevocationEvidence, more: &RevocationEvidence) {
    let RevocationEvidence { certificates, ocsps, crls } = evidence;
    let lists = [(certificates, &more.certificates), (ocsps, &more.ocsps), (crls, &more.crls)];
    for (have, add) in lists {
        for one in add {
            if !have.contains(one) {
                have.push(one.clone());
            }
        }
    }
}

/// A timestamp over `imprint`: the token alone, and the whole response.
pub(super) fn stamp_time(office: &Office, imprint: &Sha256) -> Result<(Vec<u8>, Vec<u8>), ClerkFault> {
    let Some(url) = office.authorities.timestamp_url.as_deref() else {
        return Err(ClerkFault::NotNow { code: "timestamp.none_configured", what: "timestamp".into() });
    };
    let nonce = network::nonce()?;
    let request = crafts::cms::timestamp_request(imprint, nonce)?;
    let response = office.network.timestamp(url, &request)?;
    let token = crafts::cms::timestamp_token(&response, imprint, nonce)?;
    Ok((token, response))
}
