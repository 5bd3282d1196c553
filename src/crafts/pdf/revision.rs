//! A revision: new bytes after those that stand (ISO 32000-2, 7.5.6).
//!
//! Written here and not by lopdf's incremental save, which copies /ID unchanged, serialises every
//! object it touches again and does not tell where an object was written.

use std::ops::Range;

use lopdf::xref::XrefType;
use lopdf::{Dictionary, Object};
use pdf_writer::{Chunk, Ref, Settings};

use super::PdfFault;
use super::box_table::ObjectNumber;
use super::flat_file::renew_id;
use super::reading::{self, Read};
use super::sections::Sections;

/// The revision being appended, over a file that `R` has read.
pub(super) struct Revision<R> {
    read: R,
    trailer: Dictionary,
    kind: XrefType,
    previous: usize,
    bytes: Vec<u8>,
    begins: usize,
    written: Vec<(u32, usize)>,
    size: u32,
    next: u32,
}

/// Entries of a cross-reference stream's own dictionary: they belong to the section, not the trailer.
const OF_THE_SECTION: [&str; 9] =
    ["Size", "Prev", "XRefStm", "Type", "W", "Index", "Filter", "DecodeParms", "Length"];

/// Room for what one revision adds, so that a large file is not copied again while it grows.
const ROOM_SIZE_BYTES: usize = 64 * 1024;

impl<'a> Revision<Sections<'a>> {
    /// Begins a revision over a file of ours.
    ///
    /// Errors: [`PdfFault::TooLarge`], [`PdfFault::Unreadable`], [`PdfFault::Shape`].
    pub(super) fn over(file: &'a [u8]) -> Result<Self, PdfFault> {
        if !file.ends_with(b"%%EOF\n") {
            return Err(PdfFault::Shape { what: "end of revision" });
        }
        let read = Sections::of(file)?;
        let (trailer, kind, start) = (read.trailer.clone(), read.kind, read.start);
        Self::behind(file, read, trailer, (kind, start))
    }
}

impl Revision<Read> {
    /// Begins a revision over a file of strangers, which may end without a line end.
    ///
    /// Errors: as for a file of ours, and [`PdfFault::Encrypted`].
    pub(super) fn over_foreign(file: &[u8]) -> Result<Self, PdfFault> {
        let read = Read::strictly(file)?;
        let document = &read.0;
        if document.was_encrypted() || document.trailer.has(b"Encrypt") {
            return Err(PdfFault::Encrypted);
        }
        // A hybrid file has two opinions on where its objects are.
        if !file.trim_ascii_end().ends_with(b"%%EOF") || document.trailer.has(b"XRefStm") {
            return Err(PdfFault::Shape { what: "end of revision" });
        }
        let section = (document.reference_table.cross_reference_type, document.xref_start);
        let (mut trailer, highest) = (document.trailer.clone(), document.max_id);
        if let Some(id) = id_of(document) {
            trailer.set("ID", id);
        }
        let mut revision = Self::behind(file, read, trailer, section)?;
        revision.next = revision.next.max(highest.saturating_add(1));
        if !revision.bytes.ends_with(b"\n") {
            revision.bytes.push(b'\n');
        }
        Ok(revision)
    }
}

impl<R> Revision<R> {
    fn behind(
        file: &[u8],
        read: R,
        trailer: Dictionary,
        (kind, previous): (XrefType, usize),
    ) -> Result<Self, PdfFault> {
        let size = trailer.get(b"Size").and_then(Object::as_i64).ok();
        // Object numbers go up to 2^31 - 1; the highest stays free for the section's own object.
        let size = size.and_then(|size| u32::try_from(size).ok()).filter(|size| *size < i32::MAX as u32);
        let Some(size) = size else { return Err(PdfFault::Shape { what: "end of revision" }) };
        let mut bytes = Vec::with_capacity(file.len() + ROOM_SIZE_BYTES);
        bytes.extend_from_slice(file);
        let begins = file.len();
        Ok(Self { read, trailer, kind, previous, bytes, begins, written: Vec::new(), size, next: size })
    }

    /// The file below the revision.
    pub(super) const fn read(&self) -> &R {
        &self.read
    }

    /// A number that is not in use yet.
    pub(super) fn allocate(&mut self) -> Result<Ref, PdfFault> {
        let number = i32::try_from(self.next).map_err(|_| PdfFault::Shape { what: "object number" })?;
        self.next += 1;
        Ok(Ref::new(number))
    }

    /// Appends the one object that `write` puts into the chunk; returns where it begins.
    pub(super) fn object(&mut self, reference: Ref, write: impl FnOnce(&mut Chunk)) -> usize {
        let chunk = chunk(write);
        let begins = self.bytes.len();
        self.written.push((reference.get().unsigned_abs(), begins));
        self.bytes.extend_from_slice(chunk.as_bytes());
        begins
    }

    /// Makes the string at `contents`, in the object that was written last, one of so many zeros; returns its place.
    pub(super) fn make_room(&mut self, contents: Range<usize>, digits: usize) -> Range<usize> {
        let (first, last, end) = (contents.start + 1, contents.end - 1, self.bytes.len());
        self.bytes.resize(end + digits - (last - first), b'0');
        self.bytes.copy_within(last..end, first + digits);
        self.bytes[first..first + digits].fill(b'0');
        contents.start..first + digits + 1
    }

    /// Appends a changed dictionary; returns where its object begins.
    pub(super) fn dictionary(&mut self, number: ObjectNumber, dictionary: Dictionary) -> usize {
        self.written_object(number, &Object::Dictionary(dictionary))
    }

    /// Appends a changed array.
    pub(super) fn array(&mut self, number: ObjectNumber, array: Vec<Object>) {
        self.written_object(number, &Object::Array(array));
    }

    fn written_object(&mut self, number: ObjectNumber, object: &Object) -> usize {
        let begins = self.bytes.len();
        self.written.push((number.number(), begins));
        self.bytes.extend(format!("{} 0 obj\n", number.number()).bytes());
        self.bytes.extend(reading::written(object));
        self.bytes.extend(b"\nendobj\n");
        begins
    }

    /// The file and what was appended so far.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Closes the revision with a section of the kind that the file has, and returns the whole file.
    pub(super) fn finish(self) -> Vec<u8> {
        let end = self.bytes.len();
        self.finish_around(end..end)
    }

    /// As [`Self::finish`]; what stands in `hole` is filled later, and no part of what makes the new /ID.
    pub(super) fn finish_around(mut self, hole: Range<usize>) -> Vec<u8> {
        let (kind, previous) = (self.kind, self.previous);
        let mut trailer = std::mem::take(&mut self.trailer);
        for key in OF_THE_SECTION {
            trailer.remove(key.as_bytes());
        }
        renew_id(&mut trailer, &[&self.bytes[self.begins..hole.start], &self.bytes[hole.end..]]);
        trailer.set("Prev", previous as i64);
        let start = match kind {
            XrefType::CrossReferenceTable => self.write_table(trailer),
            XrefType::CrossReferenceStream => self.write_stream(trailer),
        };
        self.bytes.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        self.bytes
    }

    /// Highest number in use plus one: numbers that were allocated and not written do not count.
    fn size(&self) -> u32 {
        self.written.iter().map(|(number, _)| number + 1).fold(self.size, u32::max)
    }

    fn write_table(&mut self, mut trailer: Dictionary) -> usize {
        let start = self.bytes.len();
        trailer.set("Size", i64::from(self.size()));
        self.written.sort_unstable();
        self.bytes.extend(b"xref\n");
        for run in self.written.chunk_by(|one, next| one.0 + 1 == next.0) {
            self.bytes.extend(format!("{} {}\n", run[0].0, run.len()).bytes());
            for (_, offset) in run {
                self.bytes.extend(format!("{offset:010} 00000 n\r\n").bytes());
            }
        }
        self.bytes.extend(b"trailer\n");
        self.bytes.extend(reading::written(&Object::Dictionary(trailer)));
        self.bytes.push(b'\n');
        start
    }

    fn write_stream(&mut self, mut trailer: Dictionary) -> usize {
        let (start, own) = (self.bytes.len(), self.size());
        self.written.push((own, start));
        self.written.sort_unstable();
        let (mut index, mut rows) = (Vec::new(), Vec::new());
        for run in self.written.chunk_by(|one, next| one.0 + 1 == next.0) {
            index.extend([Object::Integer(run[0].0.into()), Object::Integer(run.len() as i64)]);
            for (_, offset) in run {
                rows.push(1);
                rows.extend((*offset as u32).to_be_bytes());
                rows.extend([0, 0]);
            }
        }
        trailer.set("Type", "XRef");
        trailer.set("Size", i64::from(own + 1));
        trailer.set("W", vec![Object::Integer(1), Object::Integer(4), Object::Integer(2)]);
        trailer.set("Index", index);
        trailer.set("Length", rows.len() as i64);
        self.bytes.extend(format!("{own} 0 obj\n").bytes());
        self.bytes.extend(reading::written(&Object::Dictionary(trailer)));
        self.bytes.extend(b"\nstream\n");
        self.bytes.extend(rows);
        self.bytes.extend(b"\nendstream\nendobj\n");
        start
    }
}

/// The two halves of /ID themselves, where the trailer only refers to them.
fn id_of(document: &lopdf::Document) -> Option<Vec<Object>> {
    let resolved = |object| document.dereference(object).ok().map(|(_, object)| object);
    let halves = resolved(document.trailer.get(b"ID").ok()?)?.as_array().ok()?;
    halves.iter().map(|half| resolved(half).cloned()).collect()
}

/// A chunk in the compact form that base and revisions share.
pub(super) fn chunk(write: impl FnOnce(&mut Chunk)) -> Chunk {
    let mut chunk = Chunk::with_settings(Settings { pretty: false });
    write(&mut chunk);
    chunk
}
