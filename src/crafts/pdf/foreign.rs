//! Appending to a file that is none of ours: a signature into an empty field or one made on the fly, a
//! document timestamp, a DSS that keeps what is there. The field is changed as little as ISO 32000-2
//! allows, so that earlier signatures stand; what DocMDP, FieldMDP or seed values forbid is refused
//! before anybody is asked for a PIN (ISO 32000-2, 12.7.5.5, 12.8.2; EN 319 142-1, 5.4).

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, StringFormat};
use school::moment::Moment;

use super::PdfFault;
use super::box_table::ObjectNumber;
use super::flat_file::{Flate, deflate};
use super::foreign_form::{Field, Form, Holder};
use super::reading::{self, Read};
use super::revision::Revision;
use super::signature_dictionary::{Hole, PLACEHOLDER};
use super::signing::Unfilled;

/// Annotation flags Print and Locked, as PDF/A wants them.
const PRINT_AND_LOCKED: i64 = 4 + 128;
const SUB_FILTER: &[u8] = b"ETSI.CAdES.detached";
/// Largest certificate, response or list of an existing DSS that is compared with a new one.
const DSS_VALUE_SIZE_BYTES: usize = 32 * 1024 * 1024;

/// What the signature of a foreign file says beside its CMS.
#[derive(Debug, Clone, Copy)]
pub struct ForeignEntries<'a> {
    /// The field to be signed, fully qualified; none takes the first empty one, or makes one.
    pub field: Option<&'a str>,
    /// Becomes /Name.
    pub signer_name: &'a str,
    /// Claimed time; becomes /M.
    pub at: Moment,
}

/// Appends a signature with room for `capacity` bytes of CMS.
///
/// Errors: [`PdfFault::Encrypted`], [`PdfFault::Forbidden`], [`PdfFault::SeedValue`],
/// [`PdfFault::FieldFilled`], [`PdfFault::NoSignatureField`], and those of reading.
pub fn append_foreign_signature(
    file: &[u8],
    entries: &ForeignEntries,
    capacity: usize,
) -> Result<Unfilled, PdfFault> {
    let mut revision = Revision::over_foreign(file)?;
    let mut form = Form::read(revision.read())?;
    let chosen = choose(&form, entries.field)?;
    let name = chosen.as_ref().map_or_else(|| entries.field.unwrap_or_default(), |field| &field.name);
    form.allow(name)?;
    let lock = match &chosen {
        Some(field) => {
            seed_values_allow(revision.read(), &field.dictionary)?;
            lock_of(revision.read(), &field.dictionary)?
        }
        None => None,
    };
    let value = revision.allocate()?;
    let catalog = revision.read().catalog()?;
    let mut signature = begin(capacity, "Sig", SUB_FILTER);
    signature.set("M", Object::string_literal(entries.at.pdf_date()));
    signature.set("Name", text(entries.signer_name));
    if let Some(lock) = lock {
        signature.set("Reference", vec![Object::Dictionary(field_mdp(catalog, lock))]);
    }
    place(&mut revision, &mut form, chosen, entries.field, "ChuKySo", value)?;
    close(revision, value, signature)
}

/// Appends a document timestamp in an invisible field of its own.
pub fn append_foreign_timestamp(file: &[u8], capacity: usize) -> Result<Unfilled, PdfFault> {
    let mut revision = Revision::over_foreign(file)?;
    let mut form = Form::read(revision.read())?;
    let value = revision.allocate()?;
    place(&mut revision, &mut form, None, None, school::plan::TIMESTAMP_FIELD, value)?;
    close(revision, value, begin(capacity, "DocTimeStamp", b"ETSI.RFC3161"))
}

/// Appends a DSS, or adds to the one that is there; what is in it stays.
pub fn append_foreign_dss(
    file: &[u8],
    certificates: &[Vec<u8>],
    ocsps: &[Vec<u8>],
    crls: &[Vec<u8>],
) -> Result<Vec<u8>, PdfFault> {
    let mut revision = Revision::over_foreign(file)?;
    let number = revision.read().catalog()?;
    let mut catalog = revision.read().dictionary(number, "Catalog")?;
    let there = catalog.get(b"DSS").ok().and_then(|dss| revision.read().resolved(dss));
    let mut dss = match there {
        Some(Object::Dictionary(dss)) => dss.clone(),
        Some(_) => return Err(PdfFault::Shape { what: "DSS" }),
        None => Dictionary::new(),
    };
    dss.set("Type", "DSS");
    for (key, values) in [("Certs", certificates), ("OCSPs", ocsps), ("CRLs", crls)] {
        let (mut listed, mut known) = held(revision.read(), &dss, key)?;
        for value in values {
            if !known.insert(value.clone()) {
                continue;
            }
            let object = revision.allocate()?;
            let data = deflate(value, Flate::Small);
            revision.object(object, |chunk| {
                chunk.stream(object, &data).filter(pdf_writer::Filter::FlateDecode);
            });
            listed.push(Object::Reference((object.get().unsigned_abs(), 0)));
        }
        if !listed.is_empty() {
            dss.set(key, listed);
        }
    }
    catalog.set("DSS", dss);
    revision.dictionary(number, catalog);
    Ok(revision.finish())
}

/// The list under `key`, and the values that its streams hold.
fn held(read: &Read, dss: &Dictionary, key: &str) -> Result<(Vec<Object>, BTreeSet<Vec<u8>>), PdfFault> {
    let list = match dss.get(key.as_bytes()).ok().and_then(|list| read.resolved(list)) {
        Some(Object::Array(list)) => list.clone(),
        Some(_) => return Err(PdfFault::Shape { what: "DSS" }),
        None => Vec::new(),
    };
    let mut known = BTreeSet::new();
    for one in &list {
        let Some(Object::Stream(stream)) = read.resolved(one) else {
            return Err(PdfFault::Shape { what: "DSS" });
        };
        // One that cannot be read again is kept and compared with nothing.
        if let Ok(value) = stream.get_plain_content_with_limit(DSS_VALUE_SIZE_BYTES) {
            known.insert(value);
        }
    }
    Ok((list, known))
}

/// The field asked for, or the first empty one; none where one has to be made.
fn choose(form: &Form, wanted: Option<&str>) -> Result<Option<Field>, PdfFault> {
    let Some(wanted) = wanted else {
        return Ok(form.fields.iter().find(|field| field.is_signature && !field.is_filled).cloned());
    };
    if wanted.is_empty() || wanted.contains('.') && form.find(wanted).is_none() {
        return Err(PdfFault::NoSignatureField { name: wanted.into() });
    }
    match form.find(wanted) {
        Some(field) if !field.is_signature => Err(PdfFault::NoSignatureField { name: wanted.into() }),
        Some(field) if field.is_filled => Err(PdfFault::FieldFilled { name: wanted.into() }),
        field => Ok(field.cloned()),
    }
}

/// Puts the value into the chosen field, or makes an invisible one on the first page.
fn place(
    revision: &mut Revision<Read>,
    form: &mut Form,
    chosen: Option<Field>,
    wanted: Option<&str>,
    stem: &str,
    value: pdf_writer::Ref,
) -> Result<(), PdfFault> {
    let value = Object::Reference((value.get().unsigned_abs(), 0));
    if let Some(Field { number, mut dictionary, .. }) = chosen {
        dictionary.set("V", value);
        revision.dictionary(number, dictionary);
        return form.announce(revision, None);
    }
    let name = match wanted {
        Some(name) => name.to_owned(),
        None => form.free_name(stem),
    };
    let page = revision.read().first_page()?;
    let object = revision.allocate()?;
    let number =
        ObjectNumber::try_from(i64::from(object.get())).map_err(|_| PdfFault::Shape { what: "field" })?;
    let mut field = Dictionary::new();
    field.set("Type", "Annot");
    field.set("Subtype", "Widget");
    field.set("FT", "Sig");
    field.set("T", text(&name));
    field.set("F", PRINT_AND_LOCKED);
    field.set("Rect", vec![Object::Integer(0); 4]);
    field.set("P", as_object(page));
    field.set("V", value);
    revision.dictionary(number, field);
    add_to_page(revision, page, number)?;
    form.announce(revision, Some(number))
}

/// Adds a widget to the /Annots of a page, wherever that array lies.
fn add_to_page(
    revision: &mut Revision<Read>,
    page: ObjectNumber,
    widget: ObjectNumber,
) -> Result<(), PdfFault> {
    let mut dictionary = revision.read().dictionary(page, "page")?;
    let there = dictionary.get(b"Annots").ok().cloned();
    let mut annotations = match there.as_ref().and_then(|one| revision.read().resolved(one)) {
        Some(Object::Array(array)) => array.clone(),
        Some(_) => return Err(PdfFault::Shape { what: "list of annotations" }),
        None => Vec::new(),
    };
    annotations.push(as_object(widget));
    match there.as_ref().map(Holder::of) {
        Some(Holder::Object(array)) => revision.array(array, annotations),
        Some(Holder::Elsewhere) => return Err(PdfFault::Shape { what: "list of annotations" }),
        Some(Holder::Inline) | None => {
            dictionary.set("Annots", annotations);
            revision.dictionary(page, dictionary);
        }
    }
    Ok(())
}

/// Seed values that a signature of ours keeps (ISO 32000-2, table 237): filter, sub-filter and digest
/// method. Others that are required are for a person to weigh.
fn seed_values_allow(read: &Read, field: &Dictionary) -> Result<(), PdfFault> {
    const FILTER: i64 = 1;
    const SUB_FILTERS: i64 = 2;
    const DIGEST_METHOD: i64 = 64;
    let Some(seed) = field.get(b"SV").ok().and_then(|seed| read.resolved(seed)) else { return Ok(()) };
    let seed = seed.as_dict().map_err(|_| PdfFault::SeedValue)?;
    let entry = |key: &[u8]| seed.get(key).ok().and_then(|value| read.resolved(value));
    let required = entry(b"Ff").and_then(|flags| flags.as_i64().ok()).unwrap_or_default();
    let among = |key: &[u8], ours: &[u8]| match entry(key) {
        Some(Object::Array(list)) => list.iter().any(|one| match one {
            Object::Name(name) | Object::String(name, _) => name == ours,
            _ => false,
        }),
        Some(Object::Name(name)) => name == ours,
        _ => true,
    };
    let kept = required & !(FILTER | SUB_FILTERS | DIGEST_METHOD) == 0
        && (required & FILTER == 0 || among(b"Filter", b"Adobe.PPKLite"))
        && (required & SUB_FILTERS == 0 || among(b"SubFilter", SUB_FILTER))
        && (required & DIGEST_METHOD == 0 || among(b"DigestMethod", b"SHA256"))
        && entry(b"Cert").is_none();
    if kept { Ok(()) } else { Err(PdfFault::SeedValue) }
}

/// /Action and /Fields of the field's lock: the signature repeats them as FieldMDP (12.7.5.5).
fn lock_of(read: &Read, field: &Dictionary) -> Result<Option<Dictionary>, PdfFault> {
    let Some(lock) = field.get(b"Lock").ok().and_then(|lock| read.resolved(lock)) else { return Ok(None) };
    let lock = lock.as_dict().map_err(|_| PdfFault::Shape { what: "lock of the field" })?;
    let mut parameters = Dictionary::new();
    parameters.set("Type", "TransformParams");
    for key in ["Action", "Fields"] {
        if let Some(value) = lock.get(key.as_bytes()).ok().and_then(|value| read.resolved(value)) {
            parameters.set(key, value.clone());
        }
    }
    parameters.set("V", "1.2");
    Ok(Some(parameters))
}

fn field_mdp(catalog: ObjectNumber, parameters: Dictionary) -> Dictionary {
    let mut reference = Dictionary::new();
    reference.set("Type", "SigRef");
    reference.set("TransformMethod", "FieldMDP");
    reference.set("Data", as_object(catalog));
    reference.set("TransformParams", parameters);
    reference
}

/// Begins a signature dictionary, with /ByteRange and /Contents first.
fn begin(capacity: usize, kind: &str, sub_filter: &[u8]) -> Dictionary {
    let mut dictionary = Dictionary::new();
    dictionary.set("ByteRange", vec![Object::Integer(PLACEHOLDER.into()); 4]);
    dictionary.set("Contents", Object::String(vec![0; capacity], StringFormat::Hexadecimal));
    dictionary.set("Type", kind);
    dictionary.set("Filter", "Adobe.PPKLite");
    dictionary.set("SubFilter", Object::Name(sub_filter.to_vec()));
    dictionary
}

fn close(
    mut revision: Revision<Read>,
    value: pdf_writer::Ref,
    signature: Dictionary,
) -> Result<Unfilled, PdfFault> {
    let number = ObjectNumber::try_from(i64::from(value.get()))
        .map_err(|_| PdfFault::Shape { what: "signature dictionary" })?;
    let begins = revision.dictionary(number, signature);
    let mut bytes = revision.finish();
    let hole = Hole::in_dictionary(&bytes, begins)?;
    hole.settle(&mut bytes);
    Ok(Unfilled::new(bytes, hole))
}

/// A text string: as it is in ASCII, else UTF-16BE (ISO 32000-2, 7.9.2.2).
pub(super) fn text(words: &str) -> Object {
    if words.is_ascii() {
        return Object::string_literal(words);
    }
    let units = words.encode_utf16().flat_map(u16::to_be_bytes);
    Object::String([0xfe, 0xff].into_iter().chain(units).collect(), StringFormat::Hexadecimal)
}

pub(super) fn as_object(number: ObjectNumber) -> Object {
    Object::Reference((number.number(), 0))
}

impl Read {
    /// What an object is, behind any reference.
    pub(super) fn resolved<'a>(&'a self, object: &'a Object) -> Option<&'a Object> {
        self.0.dereference(object).ok().map(|(_, object)| object).filter(|object| **object != Object::Null)
    }

    fn first_page(&self) -> Result<ObjectNumber, PdfFault> {
        let first = self.0.page_iter().next().filter(|(_, generation)| *generation == 0);
        first
            .and_then(|(number, _)| ObjectNumber::try_from(i64::from(number)).ok())
            .ok_or(PdfFault::Shape { what: "first page" })
    }
}

/// The number behind a reference, for arrays and dictionaries that lie in an object of their own.
impl Holder {
    pub(super) fn of(object: &Object) -> Self {
        match object {
            Object::Reference(_) => reading::as_number(object).map_or(Self::Elsewhere, Self::Object),
            _ => Self::Inline,
        }
    }
}
