//! A whole file of one revision: taken apart as the renderer wrote it, written again with more in it.
//!
//! Objects that are not changed keep their bytes. The cross-reference section is one contiguous run
//! from 0, because Acrobat is reported to drop earlier signatures where the first section has gaps.

use std::collections::BTreeSet;
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

/// How hard a stream is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flate {
    /// What is packed once and kept, or never big.
    Small,
    /// Pages and tag trees: a quarter of the time of [`Self::Small`] for a tenth more bytes.
    Fast,
}

/// Objects of a file by number, each as the bytes between `obj` and `endobj`; none for a number that is free.
pub(super) struct FlatFile<'a> {
    header: &'a [u8],
    /// The dictionary after `trailer`, as rendered.
    trailer: &'a [u8],
    objects: Vec<Option<Body<'a>>>,
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
        let mut objects = Vec::new();
        objects.resize_with(count, || None);
        for (&(start, object), end) in offsets.iter().zip(ends) {
            let body = pdf.get(start..end).and_then(|bytes| body_of(bytes, object)).ok_or_else(shape)?;
            objects[object as usize] = Some(Body::AsRendered(body));
        }
        Ok(Self { header: pdf.get(..first).ok_or_else(shape)?, trailer, objects })
    }

    /// The same file without its streams and without the elements of its tag tree below the document:
    /// what a reader has to hold in memory to find catalog, pages and the tops of the trees.
    pub(super) fn skeleton(&self) -> Vec<u8> {
        let kept = self.numbered().filter(|(_, bytes)| {
            let beginning = &bytes[..bytes.len().min(64)];
            let names = |name: &[u8]| beginning.windows(name.len()).any(|part| part == name);
            !is_stream(bytes) && (!names(b"/StructElem") || names(b"/Document"))
        });
        let mut out = self.header.to_vec();
        let offsets = put_all(&mut out, kept);
        put_classic_end(&mut out, &offsets, self.next_number(), self.trailer);
        out
    }

    /// Objects with their numbers, in this order.
    fn numbered(&self) -> impl Iterator<Item = (u32, &[u8])> {
        (0..).zip(&self.objects).filter_map(|(number, body)| Some((number, body.as_ref()?.bytes())))
    }

    /// Page objects in the order of their numbers, which is that of the pages.
    pub(super) fn pages(&self) -> Vec<u32> {
        let pages = self.numbered().filter(|(_, bytes)| bytes.starts_with(b"<</Type/Page/"));
        pages.map(|(number, _)| number).collect()
    }

    /// The first object that begins so.
    pub(super) fn beginning_with(&self, beginning: &[u8]) -> Option<ObjectNumber> {
        let (number, _) = self.numbered().find(|(_, bytes)| bytes.starts_with(beginning))?;
        ObjectNumber::try_from(i64::from(number)).ok()
    }

    /// An object that is text.
    pub(super) fn text(&self, number: u32) -> Option<&str> {
        std::str::from_utf8(self.objects.get(number as usize)?.as_ref()?.bytes()).ok()
    }

    /// The number after the highest that is used.
    pub(super) fn next_number(&self) -> u32 {
        u32::try_from(self.objects.len()).unwrap_or(u32::MAX).max(1)
    }

    /// Replaces an object by a dictionary.
    pub(super) fn replace(&mut self, number: ObjectNumber, dictionary: Dictionary) {
        self.write_object(number.number(), reading::written(&Object::Dictionary(dictionary)));
    }

    /// Adds the one object of a chunk.
    pub(super) fn add(&mut self, number: ObjectNumber, chunk: &Chunk) {
        let body = body_of(chunk.as_bytes(), number.number()).expect("a chunk of ours holds this one object");
        self.write_object(number.number(), body.to_vec());
    }

    /// Adds or replaces an object.
    pub(super) fn write_object(&mut self, number: u32, body: Vec<u8>) {
        let at = number as usize;
        if self.objects.len() <= at {
            self.objects.resize_with(at + 1, || None);
        }
        self.objects[at] = Some(Body::Written(body));
    }

    /// Writes the file with what was drawn on its pages, as [`Packing::Classic`]. The second half of ID
    /// becomes a digest of the content.
    ///
    /// Errors: [`PdfFault::Shape`] for a trailer that is not the renderer's.
    pub(super) fn write_drawn(self) -> Result<Vec<u8>, PdfFault> {
        let shape = || PdfFault::Shape { what: "trailer" };
        let trailer = std::str::from_utf8(self.trailer).map_err(|_| shape())?;
        let (before, rest) = trailer.split_once("/Size ").ok_or_else(shape)?;
        let rest = rest.trim_start_matches(|digit: char| digit.is_ascii_digit());
        let (between, id) = rest.split_once("/ID[").ok_or_else(shape)?;
        let (first, rest) = id.split_once(')').ok_or_else(shape)?;
        let (_, after) = rest.split_once(']').ok_or_else(shape)?;
        let mut out = self.header.to_vec();
        out.reserve(self.numbered().map(|(_, bytes)| bytes.len() + 50).sum());
        let offsets = put_all(&mut out, self.numbered());
        let digest = Sha256::of(&out).to_string();
        let size = self.next_number();
        let trailer = format!("{before}/Size {size}{between}/ID[{first})<{}>]{after}", &digest[..32]);
        put_classic_end(&mut out, &offsets, size, trailer.as_bytes());
        Ok(out)
    }

    /// Writes the file. `trailer` holds Root, Info and ID of the former file; the second half of ID
    /// becomes a digest of the content.
    /// `asked_for` stand outside of object streams: what a revision or its judge asks for is read without unpacking
    /// anything.
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
        let offsets = put_all(&mut out, self.numbered());
        renew_id(&mut trailer, &[&out]);
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
        for (number, body) in self.numbered() {
            if is_stream(body) || asked_for.contains(&number) {
                entries[number as usize] = [1, out.len() as u32, 0];
                put(&mut out, number, body);
            } else {
                plain.push((number, body));
            }
        }
        for group in plain.chunks(OBJECTS_PER_STREAM) {
            for (index, (number, _)) in group.iter().enumerate() {
                entries[*number as usize] = [2, next, index as u32];
            }
            entries.push([1, out.len() as u32, 0]);
            put(&mut out, next, &object_stream(group));
            next += 1;
        }
        renew_id(&mut trailer, &[&out]);
        let start = out.len();
        entries.push([1, start as u32, 0]);
        put(&mut out, next, &cross_reference_stream(&entries, trailer));
        out.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
        out
    }
}

/// An object stream (ISO 32000-2, 7.5.7).
fn object_stream(group: &[(u32, &[u8])]) -> Vec<u8> {
    let (mut index, mut bodies) = (Vec::new(), Vec::new());
    for (number, body) in group {
        let _ = write!(index, "{number} {} ", bodies.len());
        bodies.extend_from_slice(body);
        bodies.push(b'\n');
    }
    let first = index.len();
    index.append(&mut bodies);
    let data = deflate(&index, Flate::Fast);
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
    let data = deflate(&rows, Flate::Fast);
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
pub(super) fn renew_id(trailer: &mut Dictionary, content: &[&[u8]]) {
    let changed = Sha256::of_parts(content).as_bytes()[..16].to_vec();
    let kept = match trailer.get(b"ID").and_then(Object::as_array).ok().and_then(|id| id.first()) {
        Some(Object::String(first, _)) => first.clone(),
        _ => changed.clone(),
    };
    let hex = |bytes| Object::String(bytes, StringFormat::Hexadecimal);
    trailer.set("ID", vec![hex(kept), hex(changed)]);
}

/// Flate.
pub(super) fn deflate(data: &[u8], how: Flate) -> Vec<u8> {
    let level = match how {
        Flate::Small => 6,
        Flate::Fast => 3,
    };
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(data.len() / 4), Compression::new(level));
    encoder.write_all(data).and_then(|()| encoder.finish()).expect("writing into memory does not fail")
}

/// Puts objects, and says where by their numbers; 0 for a number that is free.
fn put_all<'a>(out: &mut Vec<u8>, objects: impl Iterator<Item = (u32, &'a [u8])>) -> Vec<usize> {
    let mut offsets = Vec::new();
    for (number, body) in objects {
        offsets.resize(number as usize + 1, 0);
        offsets[number as usize] = out.len();
        put(out, number, body);
    }
    offsets
}

/// One classic cross-reference table and what follows it.
fn put_classic_end(out: &mut Vec<u8>, offsets: &[usize], size: u32, trailer: &[u8]) {
    let start = out.len();
    let offset = |number: u32| offsets.get(number as usize).copied().filter(|offset| *offset > 0);
    let mut free = (1..size).filter(|number| offset(*number).is_none());
    out.reserve(20 * size as usize + trailer.len() + 64);
    let _ = write!(out, "xref\n0 {size}\n");
    for number in 0..size {
        let _ = match offset(number) {
            Some(offset) => write!(out, "{offset:010} 00000 n\r\n"),
            // Each free entry names the next one, the last names 0 (ISO 32000-2, 7.5.4).
            None => write!(out, "{:010} 65535 f\r\n", free.next().unwrap_or_default()),
        };
    }
    out.extend(b"trailer\n");
    out.extend(trailer);
    let _ = write!(out, "\nstartxref\n{start}\n%%EOF\n");
}

fn put(out: &mut Vec<u8>, number: u32, body: &[u8]) {
    let _ = writeln!(out, "{number} 0 obj");
    out.extend_from_slice(body);
    out.extend(b"\nendobj\n");
}

/// What stands between `<number> 0 obj` and the last `endobj`.
fn body_of(object: &[u8], number: u32) -> Option<&[u8]> {
    let digits = object.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (named, body) = object.split_at(digits);
    let body = body.strip_prefix(b" 0 obj").filter(|_| self::number(Some(named)) == Some(number))?;
    Some(body.trim_ascii_end().strip_suffix(b"endobj")?.trim_ascii())
}

fn is_stream(body: &[u8]) -> bool {
    body.ends_with(b"endstream")
}

fn number<T: std::str::FromStr>(digits: Option<&[u8]>) -> Option<T> {
    std::str::from_utf8(digits?).ok()?.trim().parse().ok()
}
