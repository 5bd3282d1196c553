//! The payload: every file is read once, hashed with both algorithms as it is read, and what must be
//! understood is judged from the same bytes that were hashed.

use std::collections::{BTreeMap, BTreeSet};

use school::digest::{Digests, Sha256, Sha512};
use school::dossier::{DossierId, Period};
use school::gradebook::Gradebook;
use school::identifier::ClassName;
use school::limits;
use school::moment::Moment;
use school::records::canonical;
use school::records::description::{self, Description};
use serde_json::Value;

use super::code::Code;
use super::documents::{self, Carried};
use super::elsewhere;
use super::judgement::{Bag, registered};
use super::layout::{self, Place};
use super::staff::Staff;
use super::tags::Tags;
use crate::circumstances::Circumstances;
use crate::register::RegisterReport;
use crate::report::PdfReport;

/// What was found below `data/`.
#[derive(Default)]
pub(super) struct Payload {
    pub files: u64,
    pub bytes: u64,
    pub documents: Vec<Document>,
    /// Originals by digest.
    pub exports: BTreeSet<Sha256>,
    /// Each readable gradebook with its digest, by name of its file.
    pub gradebooks: BTreeMap<String, (Sha256, Gradebook)>,
    /// File digest that each readable closing report names.
    pub closing: BTreeMap<DossierId, Sha256>,
    /// What is said of each document.
    pub descriptions: BTreeMap<DossierId, Description>,
    /// Digests of reasons, by name of their file.
    pub reasons: BTreeMap<String, Sha256>,
}

impl Payload {
    /// The gradebook of an export: the one of its class and period, or of several the one that is named
    /// after the export.
    pub fn gradebook_of(&self, export: Sha256, class: &ClassName, period: Period) -> Option<&Gradebook> {
        let names = layout::gradebook_names(class, period, export);
        names.iter().find_map(|name| self.gradebooks.get(name)).map(|(_, book)| book)
    }
}

/// A PDF of `data/ho-so/`.
pub(super) struct Document {
    pub name: String,
    pub id: DossierId,
    pub sha256: Sha256,
    pub size_bytes: u64,
    pub report: PdfReport,
    pub carried: Carried,
}

/// Reads and judges every payload file. `sealed`: the time that the seal proves for all of them.
pub(super) fn read(
    bag: &mut Bag,
    tags: &Tags,
    around: &Circumstances,
    (register, staff): (&RegisterReport, &Staff),
    sealed: Option<Moment>,
) -> Payload {
    let mut payload = Payload::default();
    let known = registered(register);
    let around_strangers = elsewhere::circumstances(around);
    let names: Vec<(String, u64)> = bag
        .present
        .iter()
        .filter(|(name, _)| name.starts_with("data/"))
        .map(|(name, size_bytes)| (name.clone(), *size_bytes))
        .collect();
    for (name, size_bytes) in &names {
        let place = Place::of(name);
        let Some(content) = take(bag, name, *size_bytes, place.as_ref()) else { continue };
        payload.files += 1;
        payload.bytes += content.size_bytes;
        compare(bag, tags, name, &content);
        match (place, &content.bytes) {
            (Some(Place::Document(id)), Some(pdf)) => {
                let comes_signed = elsewhere::is_one(staff, &id);
                let around = if comes_signed { &around_strangers } else { around };
                let mut report = bag.judges.pdf(pdf, around, known.as_ref(), sealed);
                report.path.clone_from(name);
                let carried = match comes_signed {
                    true => Carried::default(),
                    false => documents::carried(bag, name, pdf, &id, &report),
                };
                let (sha256, size_bytes) = (content.sha256, content.size_bytes);
                payload.documents.push(Document {
                    name: name.clone(),
                    id,
                    sha256,
                    size_bytes,
                    report,
                    carried,
                });
            }
            (Some(Place::Export(named)), _) => {
                if named != content.sha256 {
                    bag.findings.add(Code::ExportName, name.as_str());
                }
                payload.exports.insert(content.sha256);
            }
            (Some(Place::Gradebook(class, period)), Some(bytes)) => match read_gradebook(bytes) {
                Some(book) if book.class == class && book.period == period => {
                    payload.gradebooks.insert(name.clone(), (content.sha256, book));
                }
                _ => bag.findings.add(Code::Gradebook, name.as_str()),
            },
            (Some(Place::ClosingReport(id)), Some(bytes)) => match read_closing_report(bytes) {
                Some(sha256) => drop(payload.closing.insert(id, sha256)),
                None => bag.findings.add(Code::ClosingReport, name.as_str()),
            },
            (Some(Place::Description(id)), Some(bytes)) => match read_description(bytes) {
                Some(description) => drop(payload.descriptions.insert(id, description)),
                None => bag.findings.add(Code::Description, name.as_str()),
            },
            (Some(Place::Reason), _) => drop(payload.reasons.insert(name.clone(), content.sha256)),
            _ => {}
        }
    }
    judge_listing(bag, tags, &payload);
    payload
}

struct Content {
    size_bytes: u64,
    sha256: Sha256,
    sha512: Sha512,
    /// Only of what must be understood.
    bytes: Option<Vec<u8>>,
}

/// Reads a file once. What must be understood is kept, the rest is only hashed as it streams by.
fn take(bag: &mut Bag, name: &str, size_bytes: u64, place: Option<&Place>) -> Option<Content> {
    let limit_bytes = match place {
        Some(Place::Document(_)) => Some(limits::PDF_SIZE_BYTES),
        Some(Place::Gradebook(..)) => Some(limits::EXPORT_SIZE_BYTES),
        Some(Place::ClosingReport(_) | Place::Description(_)) => Some(limits::DEPOSIT_PAPER_SIZE_BYTES),
        Some(Place::Export(_) | Place::Check | Place::Staff | Place::Act | Place::Reason) | None => None,
    };
    if limit_bytes.is_some_and(|limit_bytes| size_bytes > limit_bytes) {
        bag.findings.add(Code::TooLarge, name);
    }
    let whole = limit_bytes.filter(|limit_bytes| size_bytes <= *limit_bytes);
    let mut digests = Digests::default();
    let mut length = 0_u64;
    let read = match whole {
        Some(limit_bytes) => bag.files.read(name, limit_bytes).map(|bytes| {
            digests.update(&bytes);
            length = bytes.len() as u64;
            Some(bytes)
        }),
        None => {
            let mut each = |piece: &[u8]| {
                digests.update(piece);
                length += piece.len() as u64;
            };
            bag.files.stream(name, &mut each).map(|()| None)
        }
    };
    let Ok(bytes) = read else {
        bag.findings.add(Code::Unreadable, name);
        return None;
    };
    let (sha256, sha512) = digests.finish();
    Some(Content { size_bytes: length, sha256, sha512, bytes })
}

/// Compares a file with both manifests; where a manifest could not be read that is already said.
fn compare(bag: &mut Bag, tags: &Tags, name: &str, content: &Content) {
    let listed_256 = tags.sha256.as_ref().map(|manifest| manifest.get(name));
    let listed_512 = tags.sha512.as_ref().map(|manifest| manifest.get(name));
    if listed_256 == Some(None) || listed_512 == Some(None) {
        bag.findings.add(Code::PayloadExtra, name);
    }
    let altered_256 = listed_256.flatten().is_some_and(|listed| *listed != content.sha256);
    let altered_512 = listed_512.flatten().is_some_and(|listed| *listed != content.sha512);
    if altered_256 || altered_512 {
        bag.findings.add(Code::PayloadAltered, name);
    }
}

/// Files that a manifest lists and that are not there; number and size of all.
fn judge_listing(bag: &mut Bag, tags: &Tags, payload: &Payload) {
    let names_256 = tags.sha256.iter().flat_map(|manifest| manifest.keys());
    let names_512 = tags.sha512.iter().flat_map(|manifest| manifest.keys());
    let listed: BTreeSet<&String> = names_256.chain(names_512).collect();
    for name in listed {
        // Only what lies below data/ was hashed: a manifest that lists anything else proves nothing.
        if !name.starts_with("data/") || !bag.present.contains_key(name) {
            bag.findings.add(Code::PayloadMissing, name.as_str());
        }
    }
    if tags.oxum.is_some_and(|oxum| oxum != (payload.bytes, payload.files)) {
        bag.findings.add(Code::PayloadOxum, layout::BAG_INFO);
    }
}

/// A canonical gradebook.
pub(super) fn read_gradebook(bytes: &[u8]) -> Option<Gradebook> {
    let book: Gradebook = serde_json::from_slice(bytes).ok()?;
    (book.format == school::gradebook::FORMAT && canonical::is_canonical(bytes)).then_some(book)
}

/// A canonical description of a document.
fn read_description(bytes: &[u8]) -> Option<Description> {
    let read: Description = serde_json::from_slice(bytes).ok()?;
    (read.format == description::FORMAT && canonical::is_canonical(bytes)).then_some(read)
}

/// The file digest in a report of the judge.
fn read_closing_report(bytes: &[u8]) -> Option<Sha256> {
    let report: Value = serde_json::from_slice(bytes).ok()?;
    if report.get("type")?.as_str()? != "pdf" {
        return None;
    }
    report.get("sha256")?.as_str()?.parse().ok()
}
