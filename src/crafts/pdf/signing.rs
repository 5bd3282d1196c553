//! The three revisions of a signed document: a signature, the DSS, the document timestamp. Each
//! appends exactly what DESIGN section 7 allows it, which is what verifiers hold it to.

use std::collections::BTreeSet;
use std::ops::Range;

use lopdf::{Dictionary, Object};
use pdf_writer::{Filter, Ref};
use school::digest::{Prefix, Sha256};

use super::box_table::{BoxPlace, BoxTable, ObjectNumber};
use super::flat_file::{Flate, deflate};
use super::revision::Revision;
use super::sections::Sections;
use super::signature_dictionary::{self, Entries, Hole};
use super::{Appearance, PdfFault, appearance, field, reading};

/// The two hexadecimal digits of each octet.
const PAIRS: [[u8; 2]; 256] = {
    let (digits, mut pairs, mut octet) = (b"0123456789abcdef", [[0; 2]; 256], 0);
    while octet < pairs.len() {
        pairs[octet] = [digits[octet >> 4], digits[octet & 15]];
        octet += 1;
    }
    pairs
};

/// A revision that waits for its CMS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfilled {
    bytes: Vec<u8>,
    hole: Hole,
}

impl Unfilled {
    /// Closes a revision whose last object is the signature dictionary that begins at `begins`, with room for so many
    /// octets of CMS.
    fn close(mut revision: Revision<Sections<'_>>, begins: usize, capacity: usize) -> Result<Self, PdfFault> {
        let mut hole = Hole::in_dictionary(revision.bytes(), begins)?;
        hole.contents = revision.make_room(hole.contents, 2 * capacity);
        let mut bytes = revision.finish_around(hole.contents.clone());
        hole.settle(&mut bytes);
        Ok(Self { bytes, hole })
    }

    /// A finished file with its hole.
    pub(super) const fn new(bytes: Vec<u8>, hole: Hole) -> Self {
        Self { bytes, hole }
    }

    /// The revision over `original` that another process made, with the place of its /Contents.
    ///
    /// Errors: [`PdfFault::Shape`] when it does not begin with every byte of `original`, or when what is to
    /// be filled is not a string of zeros behind them.
    pub fn received(original: &[u8], bytes: Vec<u8>, contents: Range<usize>) -> Result<Self, PdfFault> {
        let room = bytes.get(contents.clone()).filter(|_| contents.start >= original.len());
        let inside = room.and_then(|room| room.strip_prefix(b"<")?.strip_suffix(b">"));
        let empty = inside.is_some_and(|digits| {
            !digits.is_empty() && digits.len() % 2 == 0 && digits.iter().all(|digit| *digit == b'0')
        });
        if !empty || !bytes.starts_with(original) {
            return Err(PdfFault::Shape { what: "appended revision" });
        }
        // The ByteRange is filled already; its place is not needed any more.
        Ok(Self { bytes, hole: Hole { contents, byte_range: 0..0 } })
    }

    /// The file with zeros for its CMS, and the place of /Contents, brackets included.
    pub fn into_parts(self) -> (Vec<u8>, Range<usize>) {
        (self.bytes, self.hole.contents)
    }

    /// SHA-256 over the ByteRange.
    pub fn digest(&self) -> Sha256 {
        Sha256::of_parts(&[&self.bytes[..self.hole.contents.start], &self.bytes[self.hole.contents.end..]])
    }

    /// The same, where everything before the revision was hashed already.
    pub fn digest_after(&self, original: &Prefix) -> Sha256 {
        let Range { start, end } = self.hole.contents;
        original.followed_by(&[&self.bytes[original.len_bytes()..start], &self.bytes[end..]])
    }

    /// The whole file with the CMS in its place: lower-case hex, padded with zeros.
    ///
    /// Errors: [`PdfFault::CmsTooLarge`].
    pub fn fill(mut self, cms: &[u8]) -> Result<Vec<u8>, PdfFault> {
        let reserved_bytes = self.hole.capacity();
        if cms.len() > reserved_bytes {
            return Err(PdfFault::CmsTooLarge { size_bytes: cms.len(), reserved_bytes });
        }
        let room = &mut self.bytes[self.hole.contents.start + 1..];
        for (place, byte) in room.as_chunks_mut().0.iter_mut().zip(cms) {
            *place = PAIRS[usize::from(*byte)];
        }
        Ok(self.bytes)
    }
}

/// Appends the signature of a box: its dictionary, its field, its appearance; the first also the
/// Catalog's /Perms.
///
/// Shape: `capacity` is the room for the CMS, in bytes.
/// Errors: [`PdfFault::AlreadySigned`], [`PdfFault::Certification`], [`PdfFault::OtherTable`],
/// [`PdfFault::Unprintable`], [`PdfFault::NoRoom`], and those of reading.
pub(crate) fn append_signature(
    file: &[u8],
    table: &BoxTable,
    place: &BoxPlace,
    entries: &Entries,
    look: &Appearance,
    capacity: usize,
) -> Result<Unfilled, PdfFault> {
    let mut revision = Revision::over(file)?;
    expect_own_catalog(&revision, table)?;
    let mut anything_signed = false;
    for one in &table.boxes {
        let signed = is_filled(&revision, one.field, one.name.as_str())?;
        if signed && one.name == place.name {
            return Err(PdfFault::AlreadySigned { name: place.name.clone() });
        }
        anything_signed |= signed;
    }
    if entries.certifies == anything_signed {
        return Err(PdfFault::Certification);
    }
    if is_filled(&revision, table.timestamp.field, school::plan::TIMESTAMP_FIELD)? {
        return Err(PdfFault::AlreadyStamped);
    }
    let content = appearance::content(look, table, place)?;
    let (signature, drawn) = (revision.allocate()?, revision.allocate()?);
    revision.object(drawn, |chunk| appearance::write(chunk, drawn, &content, table, place));
    revision.object(place.field.reference(), |chunk| {
        field::write_box(chunk, place, Some(signature), drawn);
    });
    if entries.certifies {
        let mut permissions = Dictionary::new();
        permissions.set("DocMDP", to_lopdf(signature));
        let mut catalog = revision.read().dictionary(table.catalog, "Catalog")?;
        catalog.set("Perms", permissions);
        revision.dictionary(table.catalog, catalog);
    }
    let begins = revision.object(signature, |chunk| {
        signature_dictionary::write_signature(chunk, signature, entries, table, place);
    });
    Unfilled::close(revision, begins, capacity)
}

/// Appends the DSS: one Flate stream for each different certificate, OCSP response and CRL, and the
/// Catalog's /DSS (EN 319 142-1, 5.4.2). VRI is optional and left out: it repeats what these say.
///
/// Errors: [`PdfFault::HasDss`], [`PdfFault::OtherTable`], and those of reading.
pub(crate) fn append_dss(
    file: &[u8],
    table: &BoxTable,
    certificates: &[Vec<u8>],
    ocsps: &[Vec<u8>],
    crls: &[Vec<u8>],
) -> Result<Vec<u8>, PdfFault> {
    let mut revision = Revision::over(file)?;
    expect_own_catalog(&revision, table)?;
    let mut catalog = revision.read().dictionary(table.catalog, "Catalog")?;
    if catalog.has(b"DSS") {
        return Err(PdfFault::HasDss);
    }
    let mut dss = Dictionary::new();
    dss.set("Type", "DSS");
    for (key, values) in [("Certs", certificates), ("OCSPs", ocsps), ("CRLs", crls)] {
        let mut seen = BTreeSet::new();
        let mut streams = Vec::new();
        for value in values.iter().filter(|value| seen.insert(value.as_slice())) {
            let object = revision.allocate()?;
            let data = deflate(value, Flate::Small);
            revision.object(object, |chunk| {
                chunk.stream(object, &data).filter(Filter::FlateDecode);
            });
            streams.push(to_lopdf(object));
        }
        if !streams.is_empty() {
            dss.set(key, streams);
        }
    }
    catalog.set("DSS", dss);
    revision.dictionary(table.catalog, catalog);
    Ok(revision.finish())
}

/// Appends the document timestamp: its dictionary and the prepared invisible field.
///
/// Errors: [`PdfFault::AlreadyStamped`], [`PdfFault::OtherTable`], and those of reading.
pub(crate) fn append_timestamp(file: &[u8], table: &BoxTable, capacity: usize) -> Result<Unfilled, PdfFault> {
    let mut revision = Revision::over(file)?;
    expect_own_catalog(&revision, table)?;
    let place = &table.timestamp;
    if is_filled(&revision, place.field, school::plan::TIMESTAMP_FIELD)? {
        return Err(PdfFault::AlreadyStamped);
    }
    let timestamp = revision.allocate()?;
    revision.object(place.field.reference(), |chunk| {
        field::write_timestamp(chunk, place, Some(timestamp));
    });
    let begins = revision.object(timestamp, |chunk| {
        signature_dictionary::write_timestamp(chunk, timestamp);
    });
    Unfilled::close(revision, begins, capacity)
}

/// [`PdfFault::OtherTable`] when the Catalog is not the one that the table names.
fn expect_own_catalog(revision: &Revision<Sections<'_>>, table: &BoxTable) -> Result<(), PdfFault> {
    let read = revision.read();
    let form = || reading::reference(&read.entries(table.catalog, &[b"AcroForm"])?, b"AcroForm");
    let is_own = read.catalog()? == table.catalog && form() == Some(table.acroform);
    if is_own { Ok(()) } else { Err(PdfFault::OtherTable) }
}

/// Whether a field has its value; [`PdfFault::OtherTable`] when it is not the field of this name.
fn is_filled(revision: &Revision<Sections<'_>>, field: ObjectNumber, name: &str) -> Result<bool, PdfFault> {
    let field = revision.read().entries(field, &[b"T", b"V"]).ok_or(PdfFault::OtherTable)?;
    let named = field.get(b"T").and_then(Object::as_str).is_ok_and(|text| text == name.as_bytes());
    if named { Ok(field.has(b"V")) } else { Err(PdfFault::OtherTable) }
}

fn to_lopdf(reference: Ref) -> Object {
    Object::Reference((reference.get().unsigned_abs(), 0))
}
