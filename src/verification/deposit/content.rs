//! What is in a deposit, compared with what the register planned, with the words that the register names,
//! and, where the deposit says that its year is complete, with what the roster asks for.

use std::collections::BTreeSet;

use school::archive;
use school::deposit::DepositKind;
use school::dossier::{DossierId, DossierKey, DossierOf, Period};
use school::gradebook::Gradebook;
use school::records::description::{LANGUAGE, MEDIA_TYPE};
use school::{deposit::RETENTION, digest::Sha256};

use super::code::Code;
use super::corrections;
use super::identity::DepositId;
use super::judgement::Bag;
use super::layout;
use super::payload::{Document, Payload};
use super::seal::Seal;
use super::staff::Staff;
use super::tags::Tags;
use crate::register::{DepositPlanned, RegisterReport};
use crate::report::Verdict;

/// Judges the content. Against a register that proves nothing there is nothing to compare.
pub(super) fn judge(
    bag: &mut Bag,
    tags: &Tags,
    seal: &Seal,
    payload: &Payload,
    register: &RegisterReport,
    staff: &Staff,
) {
    judge_kind(bag, tags, seal, payload);
    if register.verdict != Verdict::Valid {
        return;
    }
    for document in &payload.documents {
        judge_description(bag, document, payload, register);
    }
    for id in payload.descriptions.keys().filter(|id| !payload.documents.iter().any(|one| one.id == **id)) {
        bag.findings.add(Code::Description, format!("data/mo-ta/{id}.json"));
    }
    let Some(planned) = planned(bag, tags, register) else { return };
    judge_plan(bag, tags, planned);
    judge_planned_files(bag, payload, planned);
    judge_corrections(bag, payload, register, planned);
    judge_reasons(bag, payload, register, planned);
    if planned.complete {
        judge_complete(bag, tags, payload, register, staff, planned);
    }
}

/// Documents that people signed need a record that people signed; unlocked marks are no documents.
fn judge_kind(bag: &mut Bag, tags: &Tags, seal: &Seal, payload: &Payload) {
    let Some(kind) = tags.kind else { return };
    let snapshot = match kind {
        DepositKind::Snapshot(n) => Some(Period::Snapshot(n)),
        _ => None,
    };
    let has_record = seal.statement.as_ref().map(|statement| statement.record_sha512.is_some());
    match (snapshot, has_record) {
        (None, Some(false)) => bag.findings.add(Code::SealMissing, layout::RECORD),
        (Some(_), Some(true)) => bag.findings.add(Code::UnlistedFile, layout::RECORD),
        _ => {}
    }
    let Some(period) = snapshot else {
        if payload.documents.is_empty() {
            bag.findings.add(Code::NoDossier, "data/ho-so");
        }
        return;
    };
    for document in &payload.documents {
        bag.findings.add(Code::DepositContent, document.name.as_str());
    }
    for (name, (_, book)) in &payload.gradebooks {
        if book.period != period {
            bag.findings.add(Code::DepositContent, name.as_str());
        }
    }
    if payload.gradebooks.is_empty() {
        bag.findings.add(Code::Gradebook, "data/du-lieu");
    }
}

/// The one entry that planned this deposit, at the number that the bag names.
fn planned<'r>(bag: &mut Bag, tags: &Tags, register: &'r RegisterReport) -> Option<&'r DepositPlanned> {
    let name = tags.deposit.as_ref()?.to_string();
    let mut of_this = register.planned.iter().filter(|planned| planned.deposit == name);
    let planned = match (of_this.next(), of_this.next()) {
        (Some(planned), None) => Some(planned),
        _ => None,
    };
    let planned = planned.filter(|planned| Some(planned.entry) == tags.register_number);
    if planned.is_none() {
        bag.findings.add(Code::DepositPlan, format!("{}: Register-Number", layout::BAG_INFO));
    }
    planned
}

fn judge_plan(bag: &mut Bag, tags: &Tags, planned: &DepositPlanned) {
    let said = [
        ("Deposit-Kind", tags.kind == Some(planned.deposit_kind)),
        ("Completeness", tags.complete == Some(planned.complete)),
        ("Corrects", tags.corrects == planned.corrects),
    ];
    for (key, _) in said.into_iter().filter(|(_, same)| !same) {
        bag.findings.add(Code::DepositPlan, format!("{}: {key}", layout::BAG_INFO));
    }
}

fn judge_planned_files(bag: &mut Bag, payload: &Payload, planned: &DepositPlanned) {
    let found: BTreeSet<&DossierId> = payload.documents.iter().map(|document| &document.id).collect();
    let wanted: BTreeSet<&DossierId> = planned.dossiers.iter().collect();
    for id in found.symmetric_difference(&wanted) {
        bag.findings.add(Code::DepositContent, format!("data/ho-so/{id}.pdf"));
    }
    for export in planned.exports.iter().filter(|export| !payload.exports.contains(*export)) {
        bag.findings.add(Code::DepositContent, format!("data/ban-goc/{export}"));
    }
}

/// What is said of a document is what file and register say.
fn judge_description(bag: &mut Bag, document: &Document, payload: &Payload, register: &RegisterReport) {
    let place = format!("data/mo-ta/{}.json", document.id);
    let Some(said) = payload.descriptions.get(&document.id) else {
        return bag.findings.add(Code::Description, place);
    };
    let Ok(key) = DossierKey::from_id(document.id.as_str()) else { return };
    let of_document = said.dossier == document.id
        && (said.sha256, said.bytes) == (document.sha256, document.size_bytes)
        && (said.kind, said.year, said.period, said.version)
            == (key.kind(), key.year, key.period, key.version)
        && (said.media_type.as_str(), said.language.as_str()) == (MEDIA_TYPE, LANGUAGE)
        && said.retention == RETENTION;
    let signed = said.signatures.iter().all(|signature| {
        let place = (document.id.clone(), signature.signing_box.clone());
        register.signings.get(&place) == Some(&signature.recorded)
    });
    let all = register.signings.keys().filter(|(dossier, _)| *dossier == document.id).count();
    if !(of_document && signed && all == said.signatures.len()) {
        bag.findings.add(Code::Description, place);
    }
}

/// A corrected document names the deposit of the version before it, and nothing names a deposit that is not.
fn judge_corrections(bag: &mut Bag, payload: &Payload, register: &RegisterReport, planned: &DepositPlanned) {
    let earlier: Vec<&DepositPlanned> =
        register.planned.iter().filter(|other| other.entry < planned.entry).collect();
    for named in &planned.corrects {
        if !earlier.iter().any(|other| other.deposit == *named) {
            bag.findings.add(Code::Corrects, format!("{}: {named}", layout::BAG_INFO));
        }
    }
    for document in &payload.documents {
        let Ok(key) = DossierKey::from_id(document.id.as_str()) else { continue };
        let versions = (1..key.version).rev().map(|version| DossierKey { version, ..key.clone() }.id());
        let holding = versions
            .into_iter()
            .find_map(|version| earlier.iter().find(|other| other.dossiers.contains(&version)));
        if holding.is_some_and(|holding| !planned.corrects.contains(&holding.deposit)) {
            bag.findings.add(Code::Corrects, document.name.as_str());
        }
    }
}

/// Every record that the register named before it planned the deposit is there, and no other.
fn judge_reasons(bag: &mut Bag, payload: &Payload, register: &RegisterReport, planned: &DepositPlanned) {
    let named: BTreeSet<Sha256> = register
        .records
        .iter()
        .filter(|(_, entry)| **entry < planned.entry)
        .map(|(record, _)| *record)
        .collect();
    for (name, sha256) in &payload.reasons {
        if layout::reason_name(sha256) != *name || !named.contains(sha256) {
            bag.findings.add(Code::ReasonName, name.as_str());
        }
    }
    let found: BTreeSet<Sha256> = payload.reasons.values().copied().collect();
    for missing in named.difference(&found) {
        bag.findings.add(Code::ReasonMissing, layout::reason_name(missing));
    }
}

/// Everything that the roster asks of the year lies in this deposit or in one planned before it.
fn judge_complete(
    bag: &mut Bag,
    tags: &Tags,
    payload: &Payload,
    register: &RegisterReport,
    staff: &Staff,
    planned: &DepositPlanned,
) {
    let (Some((_, roster)), Some((_, plans))) = (&staff.roster, &staff.plans) else { return };
    let Some(year) = tags.deposit.as_ref().map(|deposit| deposit.year) else { return };
    let of_year = register.planned.iter().filter(|other| {
        other.entry <= planned.entry && other.deposit.parse::<DepositId>().is_ok_and(|id| id.year == year)
    });
    let ids: BTreeSet<&DossierId> = of_year.flat_map(|other| &other.dossiers).collect();
    for id in corrections::missing(payload, register, staff, &ids) {
        bag.findings.add(Code::DepositIncomplete, id.to_string());
    }
    let held: BTreeSet<(DossierOf, Period)> = ids
        .iter()
        .filter_map(|id| DossierKey::from_id(id.as_str()).ok())
        .map(|key| (key.of, key.period))
        .collect();
    let mut wanted = Vec::new();
    for class in archive::classes(roster) {
        wanted.extend(archive::documents_of(roster, plans, &class, Period::FullYear));
    }
    if archive::provides_transcripts(plans) {
        // Those that class books carry: of other gradebooks only a part may be locked, or nothing any more.
        let carried: BTreeSet<Sha256> =
            payload.documents.iter().filter_map(|document| document.carried.gradebook()).collect();
        let whole_year = |(digest, book): &&(Sha256, Gradebook)| {
            book.period == Period::FullYear && carried.contains(digest)
        };
        let books = payload.gradebooks.values().filter(whole_year).map(|(_, book)| book);
        wanted.extend(books.flat_map(|book| &book.pupils).map(|pupil| DossierOf::HocBa(pupil.id.clone())));
    }
    for of in wanted {
        if !held.contains(&(of.clone(), Period::FullYear)) {
            let id = DossierKey::new(year, of, Period::FullYear).id();
            bag.findings.add(Code::DepositIncomplete, id.to_string());
        }
    }
}
