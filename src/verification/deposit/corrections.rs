//! Corrections: a record says which values of which export were changed into which other, who asked for it,
//! and which documents get another version; such a version names the one that it corrects. The differences of
//! both gradebooks are taken anew here, and the record must list exactly those.

use std::collections::BTreeSet;

use school::correction::Concerned;
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierKey, DossierOf, Period};
use school::gradebook::{Change, Gradebook, changes};
use school::identifier::{ClassName, DecisionNumber, SchoolYear};
use school::plan::{ATTACHMENT, Plan};
use school::role::Role;
use serde::Deserialize;

use super::code::Code;
use super::elsewhere;
use super::judgement::Bag;
use super::judges::Attachments;
use super::payload::{Document, Payload};
use super::staff::Staff;
use crate::register::RegisterReport;
use crate::report::Verdict;

/// Embedded name of the version that is corrected.
const CORRECTED: &str = "sua-chua.json";
/// Most corrected values that one case lists.
const VALUES: usize = 100_000;

/// The data of a request or a record.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Correction {
    format: String,
    number: DecisionNumber,
    year: SchoolYear,
    pub class: ClassName,
    pub period: Period,
    pub before: Sha256,
    pub after: Sha256,
    changes: Vec<Change>,
    #[serde(default)]
    request: Option<DossierId>,
    #[serde(default)]
    corrects: Vec<DossierId>,
    /// Whose places the paper has for those who ask.
    #[serde(skip)]
    proposers: Option<Concerned>,
}

impl Correction {
    /// Reads the data of the paper that `key` names.
    pub fn read(embedded: &Attachments, key: &DossierKey, number: &DecisionNumber) -> Option<Self> {
        let data: Self = serde_json::from_slice(&embedded(super::documents::DATA)?).ok()?;
        let (format, names_request) = match key.kind() {
            DocumentKind::PhieuDeNghiSua => ("niemphong-correction-request/1", false),
            _ => ("niemphong-correction/1", true),
        };
        let same = data.format == format && data.number == *number && data.year == key.year;
        let shaped = data.request.is_some() == names_request
            && (names_request || data.corrects.is_empty())
            && data.changes.len() <= VALUES;
        let plan: Plan = serde_json::from_slice(&embedded(ATTACHMENT)?).ok()?;
        let mut proposers = Concerned::default();
        for (_, one) in plan.boxes().filter(|(_, one)| one.role == Role::NguoiDeNghi) {
            proposers.subjects.extend(one.subject.iter().cloned());
            proposers.homeroom |= one.subject.is_none();
        }
        let proposers = Some(proposers);
        (same && shaped).then_some(Self { proposers, ..data })
    }

    /// True for a record, which locks the corrected data.
    pub fn is_record(&self) -> bool {
        self.request.is_some()
    }
}

/// What `sua-chua.json` names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CorrectedVersion {
    format: String,
    corrects: DossierId,
    sha256: Sha256,
    record: DossierId,
}

/// A later version may name the one that it corrects, a first one never; `None` where it cannot be read.
pub(super) fn corrected(embedded: &Attachments, key: &DossierKey) -> Option<Option<CorrectedVersion>> {
    let Some(bytes) = embedded(CORRECTED) else { return Some(None) };
    let named: CorrectedVersion = serde_json::from_slice(&bytes).ok()?;
    let earlier = DossierKey::from_id(named.corrects.as_str()).is_ok_and(|other| other.version < key.version);
    let fits = named.format == "niemphong-corrected/1" && earlier && named.corrects.is_version_of(key);
    fits.then_some(Some(named))
}

/// The data of a summary.
#[derive(Debug, Deserialize)]
struct Summary {
    format: String,
    number: DecisionNumber,
    year: SchoolYear,
    cases: Vec<SummedCase>,
}

#[derive(Debug, Deserialize)]
struct SummedCase {
    #[serde(default)]
    record: Option<DossierId>,
}

/// The records that a summary lists.
pub(super) fn summed(
    embedded: &Attachments,
    key: &DossierKey,
    number: &DecisionNumber,
) -> Option<Vec<DossierId>> {
    let data: Summary = serde_json::from_slice(&embedded(super::documents::DATA)?).ok()?;
    let same =
        data.format == "niemphong-correction-summary/1" && data.number == *number && data.year == key.year;
    same.then(|| data.cases.into_iter().filter_map(|case| case.record).collect())
}

/// Judges papers of corrections and corrected versions against data, register and roster.
pub(super) fn judge(bag: &mut Bag, payload: &Payload, register: &RegisterReport, staff: &Staff) {
    for document in &payload.documents {
        if let Some(correction) = &document.carried.correction
            && !is_sound(document, correction, payload, staff)
        {
            bag.findings.add(Code::Correction, document.name.as_str());
        }
        if let Some(records) = &document.carried.summed
            && register.verdict == Verdict::Valid
            && register.corrects.get(&document.id).map(Vec::as_slice).unwrap_or_default() != records
        {
            bag.findings.add(Code::Correction, document.name.as_str());
        }
        let of_another_program = elsewhere::is_one(staff, &document.id);
        let follows = match of_another_program {
            true => follows_a_record(document, payload),
            false => names_its_version(document, payload, register),
        };
        if register.verdict == Verdict::Valid && !follows {
            bag.findings.add(Code::CorrectedVersion, document.name.as_str());
        }
    }
}

/// A paper lists exactly the differences of its two gradebooks, and has places for those who made the
/// entries; a record rests on a request about the same, and on locked data.
fn is_sound(document: &Document, correction: &Correction, payload: &Payload, staff: &Staff) -> bool {
    let Correction { class, period, before, after, .. } = correction;
    let book = |export: &Sha256| -> Option<&Gradebook> {
        payload.exports.get(export).and_then(|export| payload.gradebook_of(*export, class, *period))
    };
    let (Some(one), Some(other)) = (book(before), book(after)) else { return false };
    let taken_anew = changes(one, other, None);
    if taken_anew.is_empty() || taken_anew != correction.changes {
        return false;
    }
    let Ok(key) = DossierKey::from_id(document.id.as_str()) else { return false };
    let asked_by_others = staff.roster.as_ref().is_some_and(|(_, roster)| {
        let concerned = Concerned::of(&taken_anew, roster, &key.of, class);
        correction.proposers.as_ref() != Some(&concerned)
    });
    if asked_by_others {
        return false;
    }
    let Some(request) = &correction.request else { return true };
    let asked = payload.documents.iter().find(|other| other.id == *request);
    asked.and_then(|asked| asked.carried.correction.as_ref()).is_some_and(|asked| {
        !asked.is_record()
            && (asked.before, asked.after) == (*before, *after)
            && (&asked.class, asked.period) == (class, *period)
            && asked.number == correction.number
    })
}

/// A version after a signed one names the latest of those by its last file, and the record by which it was
/// made; what follows only unsigned versions, after a reopening, names none.
fn names_its_version(document: &Document, payload: &Payload, register: &RegisterReport) -> bool {
    let Ok(key) = DossierKey::from_id(document.id.as_str()) else { return true };
    let earlier = (1..key.version).rev().map(|version| DossierKey { version, ..key.clone() }.id());
    let signed: BTreeSet<&DossierId> = register.signings.keys().map(|(dossier, _)| dossier).collect();
    let expected = earlier.into_iter().find(|id| signed.contains(id));
    let named = match (&document.carried.corrected, expected) {
        (None, None) => return true,
        (Some(named), Some(expected)) if named.corrects == expected => named,
        _ => return false,
    };
    let closed = register.closed.values().any(|id| *id == named.corrects);
    let last_file = match register.closed.get(&named.sha256) {
        Some(id) => *id == named.corrects,
        None => !closed && register.signed.contains(&named.sha256),
    };
    let record = payload.documents.iter().find(|other| other.id == named.record);
    let by_record = record.and_then(|record| record.carried.correction.as_ref()).is_some_and(|record| {
        record.is_record()
            && document.carried.export() == Some(record.after)
            && record.corrects.iter().any(|id| id.is_version_of(&key))
    });
    last_file && by_record
}

/// What another program made names nothing of ours: that a record has such a version made must be enough.
fn follows_a_record(document: &Document, payload: &Payload) -> bool {
    let Ok(key) = DossierKey::from_id(document.id.as_str()) else { return true };
    let mut records = payload.documents.iter().filter_map(|other| other.carried.correction.as_ref());
    key.version == 1
        || records.any(|one| one.is_record() && one.corrects.iter().any(|id| id.is_version_of(&key)))
}

/// Documents of a complete year that are corrected and have no later version, and records of the year that no
/// summary lists.
pub(super) fn missing(
    payload: &Payload,
    register: &RegisterReport,
    staff: &Staff,
    held: &BTreeSet<&DossierId>,
) -> Vec<DossierId> {
    let mut missing = Vec::new();
    for correction in payload.documents.iter().filter_map(|document| document.carried.correction.as_ref()) {
        let after = payload.gradebook_of(correction.after, &correction.class, correction.period);
        for id in &correction.corrects {
            let Ok(key) = DossierKey::from_id(id.as_str()) else { continue };
            let left = match (&key.of, after) {
                (DossierOf::HocBa(pupil), Some(book)) => !book.pupils.iter().any(|one| one.id == *pupil),
                _ => false,
            };
            let later = held.iter().any(|held| {
                DossierKey::from_id(held.as_str())
                    .is_ok_and(|other| other.version > key.version && held.is_version_of(&key))
            });
            if !left && !later {
                missing.push(key.next_version().id());
            }
        }
    }
    let of_kind = |kind| {
        held.iter().filter(move |id| DossierKey::from_id(id.as_str()).is_ok_and(|key| key.kind() == kind))
    };
    let listed: BTreeSet<&DossierId> = of_kind(DocumentKind::TongHopSuaChua)
        .filter_map(|summary| register.corrects.get(*summary))
        .flatten()
        .collect();
    let asked = staff.plans.as_ref().is_some_and(|(_, plans)| plans.provide(DocumentKind::TongHopSuaChua));
    let records = of_kind(DocumentKind::BienBanSuaChua).filter(|record| asked && !listed.contains(**record));
    missing.extend(records.map(|record| (*record).clone()));
    missing
}
