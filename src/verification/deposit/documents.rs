//! What the documents of a deposit carry, compared with each other: which export stands behind a
//! document, which lock decision allows it, what the sealing record states. The embedded files are
//! read by [`super::attachment`] from documents that the PDF judge did not refuse.

use std::collections::{BTreeMap, BTreeSet};

use school::deposit::DepositKind;
use school::digest::{Sha256, Sha512};
use school::dossier::{DossierId, DossierKey, DossierOf, Period};
use school::gradebook::Gradebook;
use school::identifier::{ClassName, DecisionNumber, PupilId, SchoolYear};
use school::limits;
use serde::Deserialize;
use serde_json::Value;

use super::code::Code;
use super::corrections::{self, CorrectedVersion, Correction};
use super::elsewhere;
use super::findings::rank;
use super::judgement::Bag;
use super::judges::Attachments;
use super::layout;
use super::payload::{Document, Payload, read_gradebook};
use super::seal::Seal;
use super::staff::Staff;
use super::tags::Tags;
use crate::circumstances::Circumstances;
use crate::register::RegisterReport;
use crate::report::{PdfReport, Verdict};
use crate::transcript::Transcript;

/// Embedded data of every kind of document.
pub(super) const DATA: &str = "du-lieu.json";
/// Embedded name of the closed document that results after the summer supplement.
const SUPPLEMENTED: &str = "bo-sung.json";
/// Embedded original export of a class book.
const ORIGINAL: &str = "ban-goc.json";

/// What a document carries that others must agree with.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// The export it was made from, with class and period, for a transcript with the pupil.
    source: Option<LockedExport>,
    /// Digest of the canonical gradebook, in a class book.
    gradebook: Option<Sha256>,
    /// The pupil's data, in a transcript.
    transcript: Option<Box<Transcript>>,
    /// Exports that a lock decision names.
    locked: Vec<LockedExport>,
    /// The closed document that it supplements.
    supplements: Option<Supplement>,
    /// The version that it corrects.
    pub corrected: Option<CorrectedVersion>,
    /// What a request or a record of correction is about.
    pub correction: Option<Box<Correction>>,
    /// The records that a summary of corrections lists.
    pub summed: Option<Vec<DossierId>>,
}

impl Carried {
    /// Digest of the canonical gradebook that a class book carries.
    pub const fn gradebook(&self) -> Option<Sha256> {
        self.gradebook
    }

    /// Digest of the export that a document of a class was made from.
    pub fn export(&self) -> Option<Sha256> {
        self.source.as_ref().map(|source| source.sha256)
    }
}

/// What `bo-sung.json` names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Supplement {
    format: String,
    supplements: DossierId,
    sha256: Sha256,
}

/// The data of a decision that locks or opens.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lock {
    format: String,
    number: String,
    year: SchoolYear,
    exports: Vec<LockedExport>,
}

/// One export that is locked or opened, whole or one pupil's part of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LockedExport {
    pub sha256: Sha256,
    pub class: ClassName,
    pub period: Period,
    #[serde(default)]
    pub pupil: Option<PupilId>,
}

impl LockedExport {
    /// True when this lock allows a document made from `source`.
    fn allows(&self, source: &Self) -> bool {
        let whole = Self { pupil: None, ..self.clone() } == Self { pupil: None, ..source.clone() };
        whole && (self.pupil.is_none() || self.pupil == source.pupil)
    }
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
        DossierOf::QuyetDinhKhoa(number) => decision(bag, pdf, &key, number, "niemphong-lock/1"),
        // What it opens is locked again by another decision, or nothing in the deposit rests on it.
        DossierOf::QuyetDinhMo(number) => {
            decision(bag, pdf, &key, number, "niemphong-reopening/1").map(|_| Carried::default())
        }
        DossierOf::SoDiemGv(book) => class_document(bag, pdf, &key, &book.class),
        DossierOf::BangTongHop(class) | DossierOf::DanhSachXetDuyet(class) | DossierOf::SoDangBo(class) => {
            class_document(bag, pdf, &key, class)
        }
        DossierOf::PhieuDeNghiSua(number) | DossierOf::BienBanSuaChua(number) => {
            correction(bag, pdf, &key, number)
        }
        DossierOf::TongHopSuaChua(number) => {
            let summed = corrections::summed(&bag.judges.attachments(pdf), &key, number)?;
            Some(Carried { summed: Some(summed), ..Carried::default() })
        }
        // A sealing record is no payload.
        DossierOf::BienBanNiemPhong(_) => None,
    });
    read.unwrap_or_else(|| {
        bag.findings.add(Code::DocumentData, name);
        Carried::default()
    })
}

fn class_book(bag: &Bag, pdf: &[u8], key: &DossierKey, class: &ClassName) -> Option<Carried> {
    let embedded = bag.judges.attachments(pdf);
    let data = embedded(DATA)?;
    let book = read_gradebook(&data)?;
    let original = embedded(ORIGINAL)?;
    let same = book.class == *class && book.period == key.period && book.year == key.year;
    let sha256 = Sha256::of(&original);
    let source = LockedExport { sha256, class: class.clone(), period: key.period, pupil: None };
    let supplements = supplement(&embedded, key)?;
    let corrected = corrections::corrected(&embedded, key)?;
    let gradebook = Some(Sha256::of(&data));
    same.then(|| Carried { source: Some(source), gradebook, supplements, corrected, ..Carried::default() })
}

/// Results after the summer name what they supplement; nothing else does.
fn supplement(embedded: &Attachments, key: &DossierKey) -> Option<Option<Supplement>> {
    if key.period != Period::AfterSummer {
        return Some(None);
    }
    let named: Supplement = serde_json::from_slice(&embedded(SUPPLEMENTED)?).ok()?;
    let year = DossierKey::new(key.year, key.of.clone(), Period::FullYear);
    let fits = named.format == "niemphong-supplement/1" && named.supplements.is_version_of(&year);
    fits.then_some(Some(named))
}

/// A document made from part of a gradebook: it names the export and carries that part.
fn class_document(bag: &Bag, pdf: &[u8], key: &DossierKey, class: &ClassName) -> Option<Carried> {
    let embedded = bag.judges.attachments(pdf);
    let data: Value = serde_json::from_slice(&embedded(DATA)?).ok()?;
    let text = |pointer: &str| data.pointer(pointer).and_then(Value::as_str);
    let same = text("/format")? == "niemphong-class-document/1"
        && text("/gradebook/class")? == class.as_str()
        && text("/gradebook/year")? == key.year.to_string()
        && text("/gradebook/period")? == key.period.to_string();
    let sha256 = text("/export")?.parse().ok()?;
    let source = LockedExport { sha256, class: class.clone(), period: key.period, pupil: None };
    let supplements = supplement(&embedded, key)?;
    let corrected = corrections::corrected(&embedded, key)?;
    same.then(|| Carried { source: Some(source), supplements, corrected, ..Carried::default() })
}

fn transcript(bag: &Bag, pdf: &[u8], key: &DossierKey) -> Option<Carried> {
    let embedded = bag.judges.attachments(pdf);
    let data = Transcript::read(&embedded(DATA)?)?;
    let DossierOf::HocBa(pupil) = &key.of else { return None };
    let same = data.pupil.id == *pupil && data.year == key.year && data.period == key.period;
    let source = LockedExport {
        sha256: data.export,
        class: data.class.clone(),
        period: key.period,
        pupil: Some(pupil.clone()),
    };
    let supplements = supplement(&embedded, key)?;
    let corrected = corrections::corrected(&embedded, key)?;
    let transcript = Some(Box::new(data));
    same.then(|| Carried { source: Some(source), supplements, corrected, transcript, ..Carried::default() })
}

/// A record locks the corrected data itself; a request locks nothing.
fn correction(bag: &Bag, pdf: &[u8], key: &DossierKey, number: &DecisionNumber) -> Option<Carried> {
    let data = Correction::read(&bag.judges.attachments(pdf), key, number)?;
    let Correction { class, period, after, .. } = &data;
    let after = LockedExport { sha256: *after, class: class.clone(), period: *period, pupil: None };
    let locked = data.is_record().then_some(after).into_iter().collect();
    Some(Carried { locked, correction: Some(Box::new(data)), ..Carried::default() })
}

fn decision(
    bag: &Bag,
    pdf: &[u8],
    key: &DossierKey,
    number: &DecisionNumber,
    format: &str,
) -> Option<Carried> {
    let data: Lock = serde_json::from_slice(&bag.judges.attachments(pdf)(DATA)?).ok()?;
    let same = data.format == format && data.number == number.as_str() && data.year == key.year;
    same.then(|| Carried { locked: data.exports, ..Carried::default() })
}

/// Judges the sealing record at the time that the seal proves for it: it has no timestamp of its own
/// because the timestamped seal names it by digest.
pub(super) fn judge_record(
    bag: &mut Bag,
    seal: &Seal,
    around: &Circumstances,
    register: &RegisterReport,
) -> Option<Record> {
    // Whether the stamp may seal alone is for the kind of the deposit to say.
    let alone = seal.statement.as_ref().is_some_and(|statement| statement.record_sha512.is_none());
    if alone && !bag.present.contains_key(layout::RECORD) {
        return None;
    }
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
        let data: Sealing = serde_json::from_slice(&bag.judges.attachments(pdf)(DATA)?).ok()?;
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
    staff: &Staff,
) {
    judge_record_data(bag, tags, payload, record);
    judge_gradebooks(bag, seal, payload);
    let locked: BTreeSet<&LockedExport> =
        payload.documents.iter().flat_map(|document| &document.carried.locked).collect();
    for document in &payload.documents {
        judge_registered(bag, document, register);
        if elsewhere::is_one(staff, &document.id) {
            elsewhere::judge(bag, document, payload, staff, locked.iter().copied());
        } else {
            judge_document(bag, document, payload, register, &locked);
        }
    }
    let mut allowed: BTreeSet<Sha256> = locked.iter().map(|export| export.sha256).collect();
    // A snapshot is of marks that nobody locked; its content is judged by the register's plan.
    if matches!(tags.kind, Some(DepositKind::Snapshot(_))) {
        allowed.extend(register.planned.iter().flat_map(|planned| &planned.exports));
    }
    // What was asked for lies there, corrected or not; no document may be made of it without a record.
    let asked = payload.documents.iter().filter_map(|document| document.carried.correction.as_ref());
    allowed.extend(asked.map(|correction| correction.after));
    let parts = parts_of_locked(payload, &allowed);
    for export in payload.exports.difference(&allowed).filter(|export| !parts.contains(export)) {
        bag.findings.add(Code::ExportNotLocked, format!("data/ban-goc/{export}"));
    }
    // Of what another program says of the origin of its export no file ever came here.
    for part in parts.intersection(&register.in_parts).filter(|part| !payload.exports.contains(part)) {
        bag.findings.add(Code::ExportMissing, format!("data/ban-goc/{part}"));
    }
    judge_closing_reports(bag, payload);
}

/// Files that a locked gradebook was put together from. It names them itself, and the decision names it by
/// the digest of these bytes: what merely says so beside a locked export names nothing.
fn parts_of_locked(payload: &Payload, locked: &BTreeSet<Sha256>) -> BTreeSet<Sha256> {
    let of_locked = payload.gradebooks.values().filter(|(digest, _)| locked.contains(digest));
    of_locked.flat_map(|(_, book)| &book.parts).copied().collect()
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
    for (name, (_, book)) in &payload.gradebooks {
        if book.school != statement.deposit.school || book.year != statement.deposit.year {
            bag.findings.add(Code::Gradebook, name.as_str());
        }
    }
}

fn judge_registered(bag: &mut Bag, document: &Document, register: &RegisterReport) {
    let proven = register.verdict == Verdict::Valid;
    if proven && register.closed.get(&document.sha256) != Some(&document.id) {
        bag.findings.add(Code::NotRegistered, document.name.as_str());
    }
}

fn judge_document(
    bag: &mut Bag,
    document: &Document,
    payload: &Payload,
    register: &RegisterReport,
    locked: &BTreeSet<&LockedExport>,
) {
    let name = document.name.as_str();
    let plan = document.report.plan.as_ref();
    if plan.is_none_or(|plan| plan.dossier != document.id.as_str()) {
        bag.findings.add(Code::DocumentName, name);
    }
    if plan.is_none_or(|plan| !plan.complete || !plan.in_order) {
        bag.findings.add(Code::DocumentIncomplete, name);
    }
    judge_supplement(bag, document, payload, register);
    let Some(source) = &document.carried.source else { return };
    if !locked.iter().any(|lock| lock.allows(source)) {
        bag.findings.add(Code::ExportNotLocked, name);
    }
    if !payload.exports.contains(&source.sha256) {
        bag.findings.add(Code::ExportMissing, name);
    }
    if let Some(carried) = document.carried.gradebook {
        let of_source = |book: &&(Sha256, Gradebook)| {
            book.0 == carried && book.1.class == source.class && book.1.period == source.period
        };
        if !payload.gradebooks.values().any(|book| of_source(&book)) {
            bag.findings.add(Code::Gradebook, name);
        }
    }
    if let Some(transcript) = &document.carried.transcript {
        match payload.gradebook_of(source.sha256, &source.class, source.period) {
            None => bag.findings.add(Code::Gradebook, name),
            Some(book) if transcript.is_part_of(book) => {}
            Some(_) => bag.findings.add(Code::TranscriptMarks, name),
        }
    }
}

/// The supplemented document must be the closed one: here in the deposit, or by the register.
fn judge_supplement(bag: &mut Bag, document: &Document, payload: &Payload, register: &RegisterReport) {
    let Some(named) = &document.carried.supplements else { return };
    let here = payload.documents.iter().find(|other| other.id == named.supplements);
    let same = match here {
        Some(other) => other.sha256 == named.sha256,
        None => {
            register.verdict != Verdict::Valid
                || register.closed.get(&named.sha256) == Some(&named.supplements)
        }
    };
    if !same {
        bag.findings.add(Code::Supplement, document.name.as_str());
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
