//! Takes in documents that another program made and its people signed: judged as a stranger's file with what the
//! authorities say now, compared with what the plan of the year asks for, registered. Nothing is added to them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crafts::signature::RevocationEvidence;
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierKey, DossierOf};
use school::gradebook::Gradebook;
use school::identifier::SchoolYear;
use school::records::reader_frame::{Circumstances, Policy};
use verification::report::PdfReport;

use crate::clerk::standing::missing_evidence;
use crate::clerk::{ClerkFault, Office, names};
use crate::clock;
use crate::lifecycle::elsewhere::{ElsewhereRefusal, SignedElsewhere, ask_to_take, named};
use crate::lifecycle::event::Event;

/// Whether a file may be one of these: a PDF that is named as a transcript, or any at a school that takes them.
/// Elsewhere it is what somebody took for an export.
pub(super) fn concerns(office: &mut Office, file: &str, bytes: &[u8]) -> Result<bool, ClerkFault> {
    if !bytes.starts_with(b"%PDF-") {
        return Ok(false);
    }
    let years: Vec<SchoolYear> = office.ledger().years.keys().copied().collect();
    let mut taken = named(file).is_ok();
    for year in years {
        taken |= office.year(year)?.plans.1.come_signed(DocumentKind::HocBa);
    }
    Ok(taken)
}

/// The dossier whose file these bytes are already.
pub(super) fn known(office: &Office, sha256: &Sha256) -> Option<DossierId> {
    let mut dossiers = office.ledger().dossiers.iter();
    dossiers.find(|(_, one)| one.latest().1.sha256 == *sha256).map(|(id, _)| id.clone())
}

/// Takes a signed file in.
///
/// Errors: the outer ones are faults of store, register or reader; the inner one says why it is not taken.
pub(super) fn take_signed(
    office: &mut Office,
    file: &str,
    bytes: &[u8],
) -> Result<Result<DossierId, ElsewhereRefusal>, ClerkFault> {
    let key = match named(file) {
        Ok(key) => key,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let in_force = match office.ledger().years.contains_key(&key.year) {
        true => Some(office.year(key.year)?),
        false => None,
    };
    if let Err(refusal) = ask_to_take(office.ledger(), in_force.as_ref().map(|year| &year.plans.1), &key) {
        return Ok(Err(refusal));
    }
    let (Some(in_force), Some((export, book))) = (in_force, locked_book(office, &key)?) else {
        return Ok(Err(ElsewhereRefusal::NotLocked(key.id())));
    };
    let (roster_digest, roster) = &in_force.roster;
    let (plans_digest, plans) = &in_force.plans;
    let subjects = roster.signing_subjects(&key.of, &book.class, &book.subject_ids());
    let plan = plans.expand(&key, Some(&book.class), &subjects, *roster_digest, *plans_digest)?;
    let report = match judged(office, bytes)? {
        Ok(report) => report,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let proof = SignedElsewhere::from_report(
        &report,
        Sha256::of(bytes),
        &plan,
        (&key, &in_force.people(), clock::now()),
    );
    let proof = match proof {
        Ok(proof) => proof,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (dossier, sha256) = (key.id(), office.store.stage(bytes)?);
    let json = serde_json::to_vec_pretty(&report).map_err(|_| ClerkFault::Form { what: "report" })?;
    office.publish(&names::report(&dossier, &proof.sha256()), &json)?;
    let taken = Event::SignedElsewhere {
        dossier: dossier.clone(),
        sha256: proof.sha256(),
        plan: Box::new(plan),
        exports: vec![export],
        certificate: proof.last(),
    };
    office.commit(taken, &[(sha256, names::revision(&dossier, 0))])?;
    Ok(Ok(dossier))
}

/// What the authorities say now of everybody whose signature stands in these documents, as far as the files do not
/// say it themselves. It is laid beside the seal: nothing is added to the files.
pub(super) fn evidence_of(
    office: &mut Office,
    dossiers: &[DossierId],
) -> Result<RevocationEvidence, ClerkFault> {
    let mut all = RevocationEvidence::default();
    for id in dossiers {
        let Some(dossier) = office.ledger().dossiers.get(id) else { continue };
        // What was made here has its box table, and carries its data since it was closed.
        if dossier.boxes.is_some() {
            continue;
        }
        let (number, latest) = dossier.latest();
        let bytes = office.store.read_verified(&names::revision(id, number), latest.sha256)?;
        let now = around_strangers(office, &all)?;
        let report = judge(office, &now, &bytes)?;
        all.add(&missing_evidence(&office.network, &report));
    }
    Ok(all)
}

/// The locked export of the period that names the pupil.
fn locked_book(office: &Office, key: &DossierKey) -> Result<Option<(Sha256, Gradebook)>, ClerkFault> {
    let DossierOf::HocBa(pupil) = &key.of else { return Ok(None) };
    let accepted = office.ledger().exports.accepted();
    let of_period =
        accepted.filter(|(_, one)| one.counts() && (one.year, one.period) == (key.year, key.period));
    for (export, accepted) in of_period.filter(|(_, one)| one.lock_of(pupil).is_some()) {
        let book = office.gradebook(export, accepted)?;
        if book.pupils.iter().any(|one| one.id == *pupil) {
            return Ok(Some((*export, book)));
        }
    }
    Ok(None)
}

/// The judge's report with what the authorities say now.
fn judged(office: &mut Office, bytes: &[u8]) -> Result<Result<PdfReport, ElsewhereRefusal>, ClerkFault> {
    let alone = around_strangers(office, &RevocationEvidence::default())?;
    let first = match judge(office, &alone, bytes) {
        Ok(report) => report,
        // That no process can be started says nothing about the file; one on which the reader hangs or dies
        // would do so at every scan.
        Err(fault) if fault.code() == "reader.worker_start" => return Err(fault),
        Err(fault) => return Ok(Err(ElsewhereRefusal::NotConfirmed(vec![fault.code().to_owned()]))),
    };
    let evidence = missing_evidence(&office.network, &first);
    let informed = Circumstances { names_sources: false, ..around_strangers(office, &evidence)? };
    Ok(Ok(judge(office, &informed, bytes)?))
}

fn around_strangers(office: &mut Office, more: &RevocationEvidence) -> Result<Circumstances, ClerkFault> {
    let mut around = office.circumstances(None)?;
    around.policy = Policy::Foreign;
    around.names_sources = true;
    around.crls.extend(more.crls.iter().map(|one| STANDARD.encode(one)));
    around.ocsps.extend(more.ocsps.iter().map(|one| STANDARD.encode(one)));
    Ok(around)
}

fn judge(office: &mut Office, around: &Circumstances, bytes: &[u8]) -> Result<PdfReport, ClerkFault> {
    Ok(*office.reader.judge_pdf(around, bytes)?)
}
