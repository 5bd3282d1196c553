//! A whole file of one revision: taken apart as the renderer wrote it, written again with more in it.
//!
//! Objects that are not changed keep their bytes. The cross-reference section is one contiguous run
//! from 0, because Acrobat is reported to drop earlier signatures where the first section has gaps.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, Object, StringFormat};
use pdf_writer::Chunk;
use school::digest::Sha256;
use school::limits;

use super::PdfFault;
use super::box_table::ObjectNumber;
use super::reading;

/// How the objects of a base are stored; every later revision follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// One classic cross-reference table; plain objects.
    Classic,
    /// Objects without a stream in compressed object streams, and a cross-reference stream: for
    /// class books, whose tag tree shrinks to a fifth.
    ObjectStreams,
}

const OBJECTS_PER_STREAM: usize = 500;

/// Objects of a file by number, each as the bytes between `obj` and `endobj`.
pub(super) struct FlatFile<'a> {
    header: &'a [u8],
    /// The dictionary after `trailer`, as rendered.
    trailer: &'a [u8],
    objects: BTreeMap<u32, Body<'a>>,
}

enum Body<'a> {
    AsRendered(&'a [u8]),
    Written(Vec<u8>),
}

impl Body<'_> {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::AsRendered(bytes) => bytes,
            Self::Written(bytes) => bytes,
        }
    }
}

impl<'a> FlatFile<'a> {
    /// Takes apart a file with one classic cross-reference section that starts at 0.
    ///
    /// Errors: [`PdfFault::Shape`] for any other file, [`PdfFault::Unreadable`] for one that does not end as
    /// a PDF, [`PdfFault::TooLarge`].
    pub(super) fn take_apart(pdf: &'a [u8]) -> Result<Self, PdfFault> {
        if pdf.len() as u64 > limits::PDF_SIZE_BYTES {
            return Err(PdfFault::TooLarge { size_bytes: pdf.len() });
        }
        let shape = || PdfFault::Shape { what: "single cross-reference table" };
        let unreadable = || PdfFault::Unreadable(None);
        let end = pdf.trim_ascii_end().strip_suffix(b"%%EOF").ok_or_else(unreadable)?.trim_ascii_end();
        let digits = end.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let xref_start: usize = number(end.get(end.len() - digits..)).ok_or_else(unreadable)?;
        let end =
            end[..end.len() - digits].trim_ascii_end().strip_suffix(b"startxref").ok_or_else(unreadable)?;
        let table =
            pdf.get(xref_start..).and_then(|rest| rest.strip_prefix(b"xref\n0 ")).ok_or_else(shape)?;
        let end_of_count = table.iter().position(|&byte| byte == b'\n').ok_or_else(shape)?;
        let count: usize = number(table.get(..end_of_count)).ok_or_else(shape)?;
        let entries = count
            .checked_mul(20)
            .and_then(|size| table.get(end_of_count + 1..)?.get(..size))
            .ok_or_else(shape)?;
        let trailer = end
            .get(xref_start + b"xref\n0 ".len() + end_of_count + 1 + entries.len()..)
            .and_then(|rest| rest.trim_ascii_start().strip_prefix(b"trailer"))
            .ok_or_else(shape)?
            .trim_ascii();
        let mut offsets = Vec::with_capacity(count);
        for (object, entry) in entries.chunks_exact(20).enumerate().skip(1) {
            match entry.get(10..18) {
                Some(b" 00000 n") => {
                    offsets.push((number(entry.get(..10)).ok_or_else(shape)?, object as u32))
                }
                Some(_) if entry[17] == b'f' => {}
                _ => return Err(shape()),
            }
        }
        offsets.sort_unstable();
        let first = offsets.first().ok_or_else(shape)?.0;
        let ends = offsets.iter().skip(1).map(|one| one.0).chain([xref_start]);
        let mut objects = BTreeMap::new();
        for (&(start, object), end) in offsets.iter().zip(ends) {
            let body = pdf.get(start..end).and_then(|bytes| body_of(bytes, object)).ok_or_else(shape)?;
            objects.insert(object, Body::AsRendered(body));
        }
        Ok(Self { header: pdf.get(..first).ok_or_else(shape)?, trailer, objects })
    }

    /// The same file without its streams and without the elements of its tag tree below the document:
    /// what a reader has to hold in memory to find catalog, pages and the tops of the trees.
    pub(super) fn skeleton(&self) -> Vec<u8> {
        let kept = self.objects.iter().filter(|(_, body)| {
            let (bytes, beginning) = (body.bytes(), &body.bytes()[..body.bytes().len().min(64)]);
            let names = |name: &[u8]| beginning.windows(name.len()).any(|part| part == name);
            !is_stream(bytes) && (!names(b"/StructElem") || names(b"/Document"))
        });
        let mut out = self.header.to_vec();
        let offsets = put_all(&mut out, kept);
        put_classic_end(&mut out, &offsets, self.next_number(), self.trailer);
        out
    }

    /// The number after the highest that is used.
    pub(super) fn next_number(&self) -> u32 {
        self.objects.last_key_value().map_or(1, |(last, _)| last + 1)
    }

    /// Replaces an object by a dictionary.
    pub(super) fn replace(&mut self, number: ObjectNumber, dictionary: Dictionary) {
        self.objects
            .insert(number.number(), Body::Written(reading::written(&Object::Dictionary(dictionary))));
    }

    /// Adds the one object of a chunk.
    pub(super) fn add(&mut self, number: ObjectNumber, chunk: &Chunk) {
        let body = body_of(chunk.as_bytes(), number.number()).expect("a chunk of ours holds this one object");
        self.objects.insert(number.number(), Body::Written(body.to_vec()));
    }

    /// Writes the file. `trailer` holds Root, Info and ID of the former file; the second half of ID
    /// becomes a digest of the content.
    /// Of object streams, `asked_for` are kept in one of their own: what a revision asks for is read without
    /// unpacking the whole tag tree.
    pub(super) fn write(
        self,
        packing: Packing,
        mut trailer: Dictionary,
        asked_for: &BTreeSet<u32>,
    ) -> Vec<u8> {
        for key in ["Size", "Prev", "XRefStm"] {
            trailer.remove(key.as_bytes());
        }
        match packing {
            Packing::Classic => self.write_classic(trailer),
            Packing::ObjectStreams => self.write_packed(trailer, asked_for),
        }
    }

    fn write_classic(self, mut trailer: Dictionary) -> Vec<u8> {
        let mut out = self.header.to_vec();
        let size = self.next_number();
        let offsets = put_all(&mut out, self.objects.iter());
        renew_id(&mut trailer, &out);
        trailer.set("Size", i64::from(size));
        put_classic_end(&mut out, &offsets, size, &reading::written(&Object::Dictionary(trailer)));
        out
    }

    fn write_packed(self, mut trailer: Dictionary, asked_for: &BTreeSet<u32>) -> Vec<u8> {
        let mut out = self.header.to_vec();
        let mut next = self.next_number();
        // Object 0 and unused numbers are free; a reader never follows their chain in a stream.
        let mut entries = vec![[0, 0, u32::from(u16::MAX)]; next as usize];
        let mut plain = Vec::new();
        for (number, body) in &self.objects {
            if is_stream(body.bytes()) {
                entries[*number as usize] = [1, out.len() as u32, 0];
                put(&mut out, *number, body.bytes());
            } else {
                plain.push((*number, body.bytes()));
            }
        }
        let (asked_for, others): (Vec<_>, Vec<_>) =
            plain.into_iter().partition(|(number, _)| asked_for.contains(number));
        for group in asked_for.chunks(OBJECTS_PER_STREAM).chain(others.chunks(OBJECTS_PER_STREAM)) {
            for (index, (number, _)) in group.iter().enumerate() {
                entries[*number as usize] = [2, next, index as u32];
            }
            entries.push([1, out.len() as u32, 0]);
            put(&mut out, next, &object_stream(group));
            next += 1;
        }
        renew_id(&mut trailer, &out);
        let start = out.len();
        entries.push([1, start as u32, 0]);
        put(&mut out, next, &cross_reference_stream(&entries, trailer));
        out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        out
    }
}

/// An object stream (ISO 32000-2, 7.5.7).
fn object_stream(group: &[(u32, &[u8])]) -> Vec<u8> {
    let (mut index, mut bodies) = (String::new(), Vec::new());
    for (number, body) in group {
        index.push_str(&format!("{number} {} ", bodies.len()));
        bodies.extend_from_slice(body);
        bodies.push(b'\n');
    }
    let first = index.len();
    let data = deflate(&[index.as_bytes(), &bodies].concat());
    let mut stream = format!(
        "<</Type/ObjStm/N {}/First {first}/Filter/FlateDecode/Length {}>>\nstream\n",
        group.len(),
        data.len()
    )
    .into_bytes();
    stream.extend(data);
    stream.extend(b"\nendstream");
    stream
}

/// A cross-reference stream over all objects (ISO 32000-2, 7.5.8), rows predicted from the row above.
fn cross_reference_stream(entries: &[[u32; 3]], mut trailer: Dictionary) -> Vec<u8> {
    let (mut rows, mut above) = (Vec::with_capacity(entries.len() * 8), [0u8; 7]);
    for [kind, second, third] in entries {
        let mut row = [0; 7];
        row[0] = *kind as u8;
        row[1..5].copy_from_slice(&second.to_be_bytes());
        row[5..].copy_from_slice(&(*third as u16).to_be_bytes());
        rows.push(2); // PNG predictor "up"
        rows.extend(row.iter().zip(above).map(|(now, above)| now.wrapping_sub(above)));
        above = row;
    }
    let data = deflate(&rows);
    trailer.set("Type", "XRef");
    trailer.set("Size", entries.len() as i64);
    trailer.set("W", vec![Object::Integer(1), Object::Integer(4), Object::Integer(2)]);
    trailer.set("Filter", "FlateDecode");
    let mut predictor = Dictionary::new();
    predictor.set("Predictor", 12);
    predictor.set("Columns", 7);
    trailer.set("DecodeParms", predictor);
    trailer.set("Length", data.len() as i64);
    let mut stream = reading::written(&Object::Dictionary(trailer));
    stream.extend(b"\nstream\n");
    stream.extend(data);
    stream.extend(b"\nendstream");
    stream
}

/// Sets /ID for content that was just written: first half kept, second half from the content.
pub(super) fn renew_id(trailer: &mut Dictionary, content: &[u8]) {
    let changed = Sha256::of(content).as_bytes()[..16].to_vec();
    let kept = match trailer.get(b"ID").and_then(Object::as_array).ok().and_then(|id| id.first()) {
        Some(Object::String(first, _)) => first.clone(),
        _ => changed.clone(),
    };
    let hex = |bytes| Object::String(bytes, StringFormat::Hexadecimal);
    trailer.set("ID", vec![hex(kept), hex(changed)]);
}

/// Flate, at the level that is the library's default.
pub(super) fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(data).and_then(|()| encoder.finish()).expect("writing into memory does not fail")
}

/// Puts objects, and says where.
fn put_all<'a>(
    out: &mut Vec<u8>,
    objects: impl Iterator<Item = (&'a u32, &'a Body<'a>)>,
) -> BTreeMap<u32, usize> {
    let mut offsets = BTreeMap::new();
    for (number, body) in objects {
        offsets.insert(*number, out.len());
        put(out, *number, body.bytes());
    }
    offsets
}

/// One classic cross-reference table and what follows it.
fn put_classic_end(out: &mut Vec<u8>, offsets: &BTreeMap<u32, usize>, size: u32, trailer: &[u8]) {
    let start = out.len();
    out.extend(format!("xref\n0 {size}\n").bytes());
    let mut free: Vec<u32> = (1..size).filter(|number| !offsets.contains_key(number)).collect();
    free.push(0);
    let mut free = free.into_iter();
    for number in 0..size {
        let entry = match offsets.get(&number) {
            Some(offset) => format!("{offset:010} 00000 n\r\n"),
            // Each free entry names the next one, the last names 0 (ISO 32000-2, 7.5.4).
            None => format!("{:010} 65535 f\r\n", free.next().unwrap_or_default()),
        };
        out.extend(entry.bytes());
    }
    out.extend(b"trailer\n");
    out.extend(trailer);
    out.extend(format!("\nstartxref\n{start}\n%%EOF\n").bytes());
}

fn put(out: &mut Vec<u8>, number: u32, body: &[u8]) {
    out.extend(format!("{number} 0 obj\n").bytes());
    out.extend_from_slice(body);
    out.extend(b"\nendobj\n");
}

/// What stands between `<number> 0 obj` and the last `endobj`.
fn body_of(object: &[u8], number: u32) -> Option<&[u8]> {
    let body = object.strip_prefix(format!("{number} 0 obj").as_bytes())?;
    Some(body.trim_ascii_end().strip_suffix(b"endobj")?.trim_ascii())
}

fn is_stream(body: &[u8]) -> bool {
    body.ends_with(b"endstream")
}

fn number<T: std::str::FromStr>(digits: Option<&[u8]>) -> Option<T> {
    std::str::from_utf8(digits?).ok()?.trim().parse().ok()
}
