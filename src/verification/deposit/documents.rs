//! What the documents of a deposit carry, compared with each other: which export stands behind a
//! document, which lock decision allows it, what the sealing record states. The embedded files are
//! read by [`super::attachment`] from documents that the PDF judge did not refuse.

use std::collections::{BTreeMap, BTreeSet};

use school::digest::{Sha256, Sha512};
use school::dossier::{DossierId, DossierKey, DossierOf, Period};
use school::identifier::{ClassName, SchoolYear};
use school::limits;
use serde::Deserialize;
use serde_json::Value;

use super::code::Code;
use super::findings::rank;
use super::judgement::Bag;
use super::layout;
use super::payload::{Document, Payload, read_gradebook};
use super::seal::Seal;
use super::tags::Tags;
use crate::circumstances::Circumstances;
use crate::register::RegisterReport;
use crate::report::{PdfReport, Verdict};

/// Embedded data of every kind of document.
const DATA: &str = "du-lieu.json";
/// Embedded original export of a class book.
const ORIGINAL: &str = "ban-goc.json";

/// What a document carries that others must agree with.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// The export it was made from, with class and period.
    source: Option<(Sha256, ClassName, Period)>,
    /// Digest of the canonical gradebook, in a class book.
    gradebook: Option<Sha256>,
    /// Exports that a lock decision names.
    locked: Vec<LockedExport>,
}

/// A lock decision's data.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    format: String,
    number: String,
    year: SchoolYear,
    exports: Vec<LockedExport>,
}

/// The data of a decision to open what was locked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Opening {
    format: String,
    number: String,
    year: SchoolYear,
    exports: Vec<LockedExport>,
    reason: String,
}

/// One export that is locked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
struct LockedExport {
    sha256: Sha256,
    class: ClassName,
    period: Period,
}

/// A sealing record's data.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sealing {
    format: String,
    deposit: String,
    tagmanifest_sha256: Sha256,
    tagmanifest_sha512: Sha512,
    files: u64,
    bytes: u64,
}

/// The sealing record with its report.
pub(super) struct Record {
    pub report: PdfReport,
    data: Option<Sealing>,
}

/// Reads what a document must carry. A document that the PDF judge refused carries nothing.
pub(super) fn carried(bag: &mut Bag, name: &str, pdf: &[u8], id: &DossierId, report: &PdfReport) -> Carried {
    if rank(report.verdict) > 1 {
        return Carried::default();
    }
    let read = DossierKey::from_id(id.as_str()).ok().and_then(|key| match &key.of {
        DossierOf::SoDiem(class) => class_book(bag, pdf, &key, class),
        DossierOf::HocBa(_) => transcript(bag, pdf, &key),
        DossierOf::QuyetDinhKhoa(_) => lock(bag, pdf, &key),
        DossierOf::SoDiemGv(book) => class_document(bag, pdf, &key, &book.class),
        DossierOf::BangTongHop(class) | DossierOf::DanhSachXetDuyet(class) | DossierOf::SoDangBo(class) => {
            class_document(bag, pdf, &key, class)
        }
        DossierOf::QuyetDinhMo(_) => opening(bag, pdf, &key),
        // A sealing record is no payload.
        DossierOf::BienBanNiemPhong(_) => None,
    });
    read.unwrap_or_else(|| {
        bag.findings.add(Code::DocumentData, name);
        Carried::default()
    })
}

fn class_book(bag: &Bag, pdf: &[u8], key: &DossierKey, class: &ClassName) -> Option<Carried> {
    let data = bag.judges.attachment(pdf, DATA)?;
    let book = read_gradebook(&data)?;
    let original = bag.judges.attachment(pdf, ORIGINAL)?;
    let same = book.class == *class && book.period == key.period && book.year == key.year;
    same.then(|| Carried {
        source: Some((Sha256::of(&original), class.clone(), key.period)),
        gradebook: Some(Sha256::of(&data)),
        locked: Vec::new(),
    })
}

/// A document made from part of a gradebook: it names the export and carries that part.
fn class_document(bag: &Bag, pdf: &[u8], key: &DossierKey, class: &ClassName) -> Option<Carried> {
    let data: Value = serde_json::from_slice(&bag.judges.attachment(pdf, DATA)?).ok()?;
    let text = |pointer: &str| data.pointer(pointer).and_then(Value::as_str);
    let same = text("/format")? == "niemphong-class-document/1"
        && text("/gradebook/class")? == class.as_str()
        && text("/gradebook/year")? == key.year.to_string()
        && text("/gradebook/period")? == key.period.to_string();
    let source = (text("/export")?.parse().ok()?, class.clone(), key.period);
    same.then(|| Carried { source: Some(source), ..Carried::default() })
}

fn transcript(bag: &Bag, pdf: &[u8], key: &DossierKey) -> Option<Carried> {
    let data: Value = serde_json::from_slice(&bag.judges.attachment(pdf, DATA)?).ok()?;
    let text = |pointer: &str| data.pointer(pointer).and_then(Value::as_str);
    let DossierOf::HocBa(pupil) = &key.of else { return None };
    let same = text("/format")? == "niemphong-transcript/1"
        && text("/pupil/id")? == pupil.as_str()
        && text("/year")? == key.year.to_string()
        && text("/period")? == key.period.to_string();
    let source = (text("/export")?.parse().ok()?, text("/class")?.parse().ok()?, key.period);
    same.then(|| Carried { source: Some(source), ..Carried::default() })
}

fn lock(bag: &Bag, pdf: &[u8], key: &DossierKey) -> Option<Carried> {
    let data: Lock = serde_json::from_slice(&bag.judges.attachment(pdf, DATA)?).ok()?;
    let DossierOf::QuyetDinhKhoa(number) = &key.of else { return None };
    let same = data.format == "niemphong-lock/1" && data.number == number.as_str() && data.year == key.year;
    same.then(|| Carried { locked: data.exports, ..Carried::default() })
}

/// A decision to open what was locked. It allows no document.
fn opening(bag: &Bag, pdf: &[u8], key: &DossierKey) -> Option<Carried> {
    let data: Opening = serde_json::from_slice(&bag.judges.attachment(pdf, DATA)?).ok()?;
    let DossierOf::QuyetDinhMo(number) = &key.of else { return None };
    let same = data.format == "niemphong-opening/1"
        && data.number == number.as_str()
        && data.year == key.year
        && !data.reason.is_empty()
        && !data.exports.is_empty();
    same.then(Carried::default)
}

/// Judges the sealing record at the time that the seal proves for it: it has no timestamp of its own
/// because the timestamped seal names it by digest.
pub(super) fn judge_record(
    bag: &mut Bag,
    seal: &Seal,
    around: &Circumstances,
    register: &RegisterReport,
) -> Option<Record> {
    let pdf = bag.paper(layout::RECORD, limits::PDF_SIZE_BYTES, Code::SealMissing)?;
    seal.judge_record(bag, Sha512::of(&pdf));
    // It is never closed; the register knows it by its last signature, if it says so at all.
    let known = Some(&register.signed).filter(|signed| signed.contains(&Sha256::of(&pdf)));
    let mut report = bag.judges.pdf(&pdf, around, known, seal.proven());
    report.path = layout::RECORD.to_owned();
    if !report.plan.as_ref().is_some_and(|plan| plan.complete && plan.in_order) {
        bag.findings.add(Code::RecordIncomplete, layout::RECORD);
    }
    let named = report.plan.as_ref().and_then(|plan| DossierKey::from_id(&plan.dossier).ok());
    let of_this = seal.statement.as_ref().is_none_or(|statement| {
        named.is_some_and(|key| {
            let number = match &key.of {
                DossierOf::BienBanNiemPhong(number) => number.as_str(),
                _ => "",
            };
            number == statement.deposit.number && key.year == statement.deposit.year
        })
    });
    if !of_this {
        bag.findings.add(Code::RecordDeposit, layout::RECORD);
    }
    let read = |pdf: &[u8]| -> Option<Sealing> {
        let data: Sealing = serde_json::from_slice(&bag.judges.attachment(pdf, DATA)?).ok()?;
        (data.format == "niemphong-sealing/1").then_some(data)
    };
    let data = if rank(report.verdict) > 1 { None } else { read(&pdf) };
    if data.is_none() && rank(report.verdict) <= 1 {
        bag.findings.add(Code::DocumentData, layout::RECORD);
    }
    Some(Record { report, data })
}

/// Compares everything that was read.
pub(super) fn judge_together(
    bag: &mut Bag,
    tags: &Tags,
    seal: &Seal,
    payload: &Payload,
    register: &RegisterReport,
    record: Option<&Record>,
) {
    if payload.documents.is_empty() {
        bag.findings.add(Code::NoDossier, "data/ho-so");
    }
    judge_record_data(bag, tags, payload, record);
    judge_gradebooks(bag, seal, payload);
    let locked: BTreeSet<&LockedExport> =
        payload.documents.iter().flat_map(|document| &document.carried.locked).collect();
    for document in &payload.documents {
        judge_document(bag, document, payload, register, &locked);
    }
    let allowed: BTreeSet<Sha256> = locked.iter().map(|export| export.sha256).collect();
    for export in payload.exports.difference(&allowed) {
        bag.findings.add(Code::ExportNotLocked, format!("data/ban-goc/{export}"));
    }
    judge_closing_reports(bag, payload);
}

fn judge_record_data(bag: &mut Bag, tags: &Tags, payload: &Payload, record: Option<&Record>) {
    let Some(data) = record.and_then(|record| record.data.as_ref()) else { return };
    let same = tags.tagmanifest_sha256 == Some(data.tagmanifest_sha256)
        && tags.tagmanifest_sha512 == Some(data.tagmanifest_sha512)
        && tags.deposit.as_ref().is_some_and(|deposit| deposit.to_string() == data.deposit)
        && (data.files, data.bytes) == (payload.files, payload.bytes);
    if !same {
        bag.findings.add(Code::RecordData, layout::RECORD);
    }
}

fn judge_gradebooks(bag: &mut Bag, seal: &Seal, payload: &Payload) {
    let Some(statement) = &seal.statement else { return };
    for ((class, period), (_, book)) in &payload.gradebooks {
        if book.school != statement.deposit.school || book.year != statement.deposit.year {
            bag.findings.add(Code::Gradebook, gradebook_name(class, *period));
        }
    }
}

fn gradebook_name(class: &ClassName, period: Period) -> String {
    format!("data/du-lieu/{class}_{period}.json")
}

fn judge_document(
    bag: &mut Bag,
    document: &Document,
    payload: &Payload,
    register: &RegisterReport,
    locked: &BTreeSet<&LockedExport>,
) {
    let name = document.name.as_str();
    let proven = register.verdict == Verdict::Valid;
    if proven && register.closed.get(&document.sha256) != Some(&document.id) {
        bag.findings.add(Code::NotRegistered, name);
    }
    let plan = document.report.plan.as_ref();
    if plan.is_none_or(|plan| plan.dossier != document.id.as_str()) {
        bag.findings.add(Code::DocumentName, name);
    }
    if plan.is_none_or(|plan| !plan.complete || !plan.in_order) {
        bag.findings.add(Code::DocumentIncomplete, name);
    }
    let Some((sha256, class, period)) = &document.carried.source else { return };
    let wanted = LockedExport { sha256: *sha256, class: class.clone(), period: *period };
    if !locked.contains(&wanted) {
        bag.findings.add(Code::ExportNotLocked, name);
    }
    if !payload.exports.contains(sha256) {
        bag.findings.add(Code::ExportMissing, name);
    }
    if let Some(carried) = document.carried.gradebook {
        let stored = payload.gradebooks.get(&(class.clone(), *period)).map(|(sha256, _)| *sha256);
        if stored != Some(carried) {
            bag.findings.add(Code::Gradebook, gradebook_name(class, *period));
        }
    }
}

/// Each document has the report of its closing, and each report its document.
fn judge_closing_reports(bag: &mut Bag, payload: &Payload) {
    let documents: BTreeMap<&DossierId, Sha256> =
        payload.documents.iter().map(|document| (&document.id, document.sha256)).collect();
    let ids: BTreeSet<&DossierId> = documents.keys().copied().chain(payload.closing.keys()).collect();
    for id in ids {
        if documents.get(id) != payload.closing.get(id) {
            bag.findings.add(Code::ClosingReport, format!("data/kiem-tra/{id}.json"));
        }
    }
}
