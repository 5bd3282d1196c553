//! Closes dossiers whose last box is signed: one DSS with revocation data that is younger than the
//! last signature, then one document timestamp (DESIGN, section 7). What cannot be closed now waits.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crafts::pdf::BoxTable;
use crafts::signature::{self, RevocationEvidence};
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId};
use school::moment::Moment;
use verification::report::Revocation;

use crate::clerk::sign::prove;
use crate::clerk::standing::{look_up, of_timestamp_authority};
use crate::clerk::timestamps::stamp_time;
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::dossier::{Refusal, Stage};
use crate::lifecycle::event::Event;
use crate::lifecycle::evidence::ClosedRevision;
use crate::store::StoreRefusal;

/// What one run of closing brought.
#[derive(Debug, Default)]
pub struct Closing {
    /// Dossiers that are closed now.
    pub closed: Vec<DossierId>,
    /// Dossiers that wait, each with the reason. The next run tries again.
    pub waiting: Vec<(DossierId, ClerkFault)>,
    /// When the timestamp authority can be asked again, if it is what they wait for.
    pub again_at: Option<Moment>,
    /// It was stopped before it had looked at all.
    pub stopped: bool,
}

/// Closes every signed dossier that can be closed now, until `stop` says that somebody waits for the office.
/// Sealing records stay open: the seal timestamp covers them.
///
/// Errors: register or store failed. Whatever concerns one dossier, or authorities that are away, is in
/// [`Closing::waiting`].
pub fn close_due(office: &mut Office, mut stop: impl FnMut() -> bool) -> Result<Closing, ClerkFault> {
    let signed = office.ledger().dossiers.iter().filter(|(_, dossier)| {
        matches!(dossier.stage, Stage::Signed(_)) && dossier.key.kind() != DocumentKind::BienBanNiemPhong
    });
    let due: Vec<DossierId> = signed.map(|(id, _)| id.clone()).collect();
    let mut closing = Closing::default();
    let mut answers = Answers::default();
    for id in due {
        closing.stopped = stop();
        if closing.stopped {
            break;
        }
        // A record of correction that was closed a moment ago takes back what it corrects.
        if !matches!(office.ledger().dossiers[&id].stage, Stage::Signed(_)) {
            continue;
        }
        match close_now(office, &id, &mut answers) {
            Ok(()) => closing.closed.push(id),
            Err(fault @ ClerkFault::Register(_)) => return Err(fault),
            Err(ClerkFault::Store(refusal @ (StoreRefusal::Full { .. } | StoreRefusal::Io { .. }))) => {
                return Err(refusal.into());
            }
            Err(fault) => {
                tracing::warn!(%id, %fault, "cannot be closed now");
                closing.waiting.push((id, fault));
            }
        }
    }
    closing.again_at = office.timestamps_not_before().filter(|_| !closing.waiting.is_empty());
    Ok(closing)
}

/// Closes every signed dossier.
///
/// Errors: as [`close_due`], and the first reason for which a dossier waits. Closed dossiers stay closed.
pub fn close_signed(office: &mut Office) -> Result<Vec<DossierId>, ClerkFault> {
    let Closing { closed, waiting, .. } = close_due(office, || false)?;
    waiting.into_iter().next().map_or(Ok(closed), |(_, fault)| Err(fault))
}

/// What this run was told, asked for after every signature of it was made, so that it is younger than all.
#[derive(Default)]
struct Answers {
    authority: Option<RevocationEvidence>,
    /// Nothing where revocation could not be checked.
    signers: BTreeMap<Sha256, Option<RevocationEvidence>>,
}

fn close_now(office: &mut Office, id: &DossierId, answers: &mut Answers) -> Result<(), ClerkFault> {
    let stamped = office.authorities.timestamp_url.is_some();
    if stamped && let Some(again) = office.timestamps_not_before() {
        return Err(ClerkFault::NotNow { code: "timestamp.later", what: again.to_string() });
    }
    let dossier = &office.ledger().dossiers[id];
    let (number, latest) = dossier.latest();
    let (latest, boxes, year, signers) = (latest.sha256, dossier.boxes, dossier.key.year, dossier.signers());
    if stamped && answers.authority.is_none() {
        answers.authority = Some(of_timestamp_authority(office)?);
    }
    let mut evidence = answers.authority.clone().unwrap_or_default();
    for signer in signers {
        let answer = match answers.signers.entry(signer) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let der = office.store.read_verified(&names::certificate(&signer), signer)?;
                let looked = look_up(office, &der)?;
                let is_checked = looked.standing.revocation != Revocation::Unchecked;
                unknown.insert(is_checked.then_some(looked.evidence))
            }
        };
        evidence.add(answer.as_ref().ok_or(Refusal::RevocationUnchecked)?);
    }
    let signed = office.store.read_verified(&names::revision(id, number), latest)?;
    let boxes = boxes.ok_or(ClerkFault::Form { what: "box table" })?;
    let boxes = office.store.read_verified(&names::boxes(id), boxes)?;
    let boxes = BoxTable::from_json(&boxes).map_err(|_| ClerkFault::Form { what: "box table" })?;
    let with_dss = signature::dss(&signed, &boxes, &evidence)?;
    let (proof, mut report) = if stamped {
        let room = office.timestamps.room;
        let prepared = signature::prepare_timestamp(&with_dss, &boxes, room.size_bytes())?;
        let token = stamp_time(office, &prepared.imprint)?.0;
        office.timestamps.takes(room, &token)?;
        prove(office, &prepared.embed(&token)?, year, ClosedRevision::from_report)?
    } else {
        prove(office, &with_dss, year, ClosedRevision::without_timestamp)?
    };
    // What is kept beside the documents names no pupil.
    report.pupil = None;
    let json = serde_json::to_vec_pretty(&report).map_err(|_| ClerkFault::Form { what: "report" })?;
    office.publish(&names::report(id, &proof.sha256()), &json)?;
    let revision = number + 1;
    if !stamped {
        // Before the closing itself: after a kill in between it is written once more, and says the same.
        office.record(Event::TimestampMissing { dossier: id.clone() })?;
    }
    let event = Event::DossierClosed { dossier: id.clone(), revision, sha256: proof.sha256() };
    office.commit(event, &[(proof.sha256(), names::revision(id, revision))])
}
