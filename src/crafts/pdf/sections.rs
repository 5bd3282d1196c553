//! The cross-reference sections of a file of ours, and the few objects that a revision asks for. Reading the
//! whole file, as `reading` does, costs a hundred times as much: a signature touches its field and sometimes
//! the Catalog, and every byte is judged again afterwards anyway.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use flate2::{Decompress, FlushDecompress, Status};
use lopdf::xref::XrefType;
use lopdf::{Dictionary, Object};
use school::limits;

use super::PdfFault;
use super::box_table::ObjectNumber;
use super::reading;
use super::syntax::Syntax;

/// Octets of a row in a cross-reference stream of ours: kind, offset, index.
const ROW: usize = 7;
/// Octets of a row in a classic table.
const TABLE_ROW: usize = 20;
/// How much larger what we pack is before.
const USUAL_RATIO: usize = 8;
/// Room for the octets of the smallest stream.
const LEAST_ROOM: usize = 1024;

/// A file read from its end, as far as needed.
pub(super) struct Sections<'a> {
    bytes: &'a [u8],
    // The newest first.
    sections: Vec<Section<'a>>,
    /// The dictionary of the newest section.
    pub(super) trailer: Dictionary,
    /// Where the newest section begins.
    pub(super) start: usize,
    /// Its kind.
    pub(super) kind: XrefType,
    unpacked: RefCell<BTreeMap<u32, Rc<ObjectStream>>>,
}

/// Runs of consecutive numbers, each with its first number.
enum Section<'a> {
    Table(Vec<(u32, &'a [u8])>),
    Stream(Vec<(u32, Vec<u8>)>),
}

/// Where an object stands.
enum Place {
    At(usize),
    Packed { stream: u32, index: usize },
}

struct ObjectStream {
    octets: Vec<u8>,
    // Number and place of each object.
    index: Vec<(u32, usize)>,
}

impl<'a> Sections<'a> {
    /// Reads the sections of a file that ends with one of ours.
    ///
    /// Errors: [`PdfFault::TooLarge`]; [`PdfFault::Unreadable`] for anything that we do not write.
    pub(super) fn of(bytes: &'a [u8]) -> Result<Self, PdfFault> {
        if bytes.len() as u64 > limits::PDF_SIZE_BYTES {
            return Err(PdfFault::TooLarge { size_bytes: bytes.len() });
        }
        Self::read(bytes).ok_or(PdfFault::Unreadable(None))
    }

    fn read(bytes: &'a [u8]) -> Option<Self> {
        let start = start_of_newest(bytes)?;
        let (newest, trailer) = section(bytes, start)?;
        let kind = match &newest {
            Section::Table(_) => XrefType::CrossReferenceTable,
            Section::Stream(_) => XrefType::CrossReferenceStream,
        };
        let (mut sections, mut at, mut previous) = (vec![newest], start, prev(&trailer)?);
        while let Some(earlier) = previous {
            // Sections only ever point towards the beginning.
            if earlier >= at || sections.len() > limits::PDF_REVISIONS {
                return None;
            }
            let (section, trailer) = section(bytes, earlier)?;
            sections.push(section);
            (at, previous) = (earlier, prev(&trailer)?);
        }
        let unpacked = RefCell::default();
        Some(Self { bytes, sections, trailer, start, kind, unpacked })
    }

    /// The dictionary with this number, in its latest form.
    ///
    /// Errors: [`PdfFault::Shape`].
    pub(super) fn dictionary(
        &self,
        number: ObjectNumber,
        what: &'static str,
    ) -> Result<Dictionary, PdfFault> {
        self.at(number.number(), |mut syntax| syntax.dictionary()).ok_or(PdfFault::Shape { what })
    }

    /// These entries alone of the dictionary with this number, in its latest form: what is not asked for costs nothing.
    pub(super) fn entries(&self, number: ObjectNumber, keys: &[&[u8]]) -> Option<Dictionary> {
        self.at(number.number(), |mut syntax| syntax.entries_of(keys))
    }

    /// The Catalog's object number.
    pub(super) fn catalog(&self) -> Result<ObjectNumber, PdfFault> {
        reading::reference(&self.trailer, b"Root").ok_or(PdfFault::Shape { what: "Catalog" })
    }

    /// Reads the object with this number where it stands.
    fn at<T>(&self, number: u32, read: impl FnOnce(Syntax<'_>) -> Option<T>) -> Option<T> {
        match self.place(number)? {
            Place::At(offset) => read(object(self.bytes, offset, number)?),
            Place::Packed { stream, index } => {
                let stream = self.object_stream(stream)?;
                let (found, place) = *stream.index.get(index)?;
                (found == number).then(|| read(Syntax::at(stream.octets.get(place..)?)))?
            }
        }
    }

    fn place(&self, number: u32) -> Option<Place> {
        let row = self.sections.iter().find_map(|section| section.row(number))?;
        match row {
            Row::At(offset) => Some(Place::At(offset)),
            Row::Packed { stream, index } => Some(Place::Packed { stream, index }),
            Row::Free => None,
        }
    }

    fn object_stream(&self, number: u32) -> Option<Rc<ObjectStream>> {
        if let Some(known) = self.unpacked.borrow().get(&number) {
            return Some(Rc::clone(known));
        }
        let Some(Place::At(offset)) = self.place(number) else { return None };
        let (dictionary, data) = stream(self.bytes, offset, number)?;
        let octets = inflated(&dictionary, data, data.len().saturating_mul(USUAL_RATIO))?;
        let entry = |key: &[u8]| dictionary.get(key).and_then(Object::as_i64).ok();
        let first = usize::try_from(entry(b"First")?).ok()?;
        let mut numbers = Syntax::at(octets.get(..first)?);
        let mut index = Vec::new();
        for _ in 0..entry(b"N")? {
            let (number, place) = (numbers.unsigned()?, numbers.unsigned()?);
            index.push((number, first.checked_add(place as usize)?));
        }
        let stream = Rc::new(ObjectStream { octets, index });
        self.unpacked.borrow_mut().insert(number, Rc::clone(&stream));
        Some(stream)
    }
}

/// An entry of a section.
enum Row {
    Free,
    At(usize),
    Packed { stream: u32, index: usize },
}

impl Section<'_> {
    /// What this section says of a number; nothing when it does not name it.
    fn row(&self, number: u32) -> Option<Row> {
        let place = |first: u32, size: usize| Some(number.checked_sub(first)? as usize * size);
        match self {
            Self::Table(runs) => runs.iter().find_map(|(first, rows)| {
                let row = rows.get(place(*first, TABLE_ROW)?..)?.get(..TABLE_ROW)?;
                let offset = std::str::from_utf8(&row[..10]).ok()?.parse().ok();
                Some(if row[17] == b'n' { offset.map_or(Row::Free, Row::At) } else { Row::Free })
            }),
            Self::Stream(runs) => runs.iter().find_map(|(first, rows)| {
                let row = rows.get(place(*first, ROW)?..)?.get(..ROW)?;
                let second = u32::from_be_bytes([row[1], row[2], row[3], row[4]]);
                let third = usize::from(u16::from_be_bytes([row[5], row[6]]));
                Some(match row[0] {
                    1 => Row::At(second as usize),
                    2 => Row::Packed { stream: second, index: third },
                    _ => Row::Free,
                })
            }),
        }
    }
}

/// The number between `startxref` and the end of the file.
fn start_of_newest(bytes: &[u8]) -> Option<usize> {
    let end = bytes.strip_suffix(b"\n%%EOF\n")?;
    let digits = end.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (before, number) = end.split_at(end.len() - digits);
    before.strip_suffix(b"startxref\n")?;
    std::str::from_utf8(number).ok()?.parse().ok()
}

/// The earlier section; the outer `None` for a file with both kinds side by side, which we never write.
fn prev(trailer: &Dictionary) -> Option<Option<usize>> {
    if trailer.has(b"XRefStm") {
        return None;
    }
    match trailer.get(b"Prev") {
        Err(_) => Some(None),
        Ok(prev) => Some(Some(usize::try_from(prev.as_i64().ok()?).ok()?)),
    }
}

fn section(bytes: &[u8], start: usize) -> Option<(Section<'_>, Dictionary)> {
    let rest = bytes.get(start..)?;
    if rest.starts_with(b"xref") { table(rest) } else { cross_reference_stream(bytes, start) }
}

fn table(rest: &[u8]) -> Option<(Section<'_>, Dictionary)> {
    let mut syntax = Syntax::at(rest);
    syntax.word(b"xref")?;
    let mut runs = Vec::new();
    while syntax.word(b"trailer").is_none() {
        let (first, count) = (syntax.unsigned()?, syntax.unsigned()?);
        let rows = syntax.rest().strip_prefix(b"\n")?;
        let (rows, rest) = rows.split_at_checked((count as usize).checked_mul(TABLE_ROW)?)?;
        runs.push((first, rows));
        syntax = Syntax::at(rest);
    }
    Some((Section::Table(runs), syntax.dictionary()?))
}

fn cross_reference_stream(bytes: &[u8], start: usize) -> Option<(Section<'_>, Dictionary)> {
    let number = Syntax::at(bytes.get(start..)?).unsigned()?;
    let (dictionary, data) = stream(bytes, start, number)?;
    let numbers = |key: &[u8]| -> Option<Vec<i64>> {
        dictionary.get(key).and_then(Object::as_array).ok()?.iter().map(|one| one.as_i64().ok()).collect()
    };
    if numbers(b"W")? != [1, 4, 2] {
        return None;
    }
    let size = dictionary.get(b"Size").and_then(Object::as_i64).ok()?;
    let mut rows = inflated(&dictionary, data, usize::try_from(size).ok()?.saturating_mul(ROW + 1))?;
    if dictionary.has(b"DecodeParms") {
        rows = unpredicted(&rows)?;
    }
    let index = numbers(b"Index").unwrap_or_else(|| vec![0, size]);
    let (mut runs, mut rest) = (Vec::new(), rows.as_slice());
    for run in index.chunks(2) {
        let [first, count] = run else { return None };
        let (first, count) = (u32::try_from(*first).ok()?, usize::try_from(*count).ok()?);
        let (rows, after) = rest.split_at_checked(count.checked_mul(ROW)?)?;
        runs.push((first, rows.to_vec()));
        rest = after;
    }
    Some((Section::Stream(runs), dictionary))
}

/// Takes back the one predictor that we write: PNG "up".
fn unpredicted(rows: &[u8]) -> Option<Vec<u8>> {
    let (mut plain, mut above) = (Vec::with_capacity(rows.len()), [0_u8; ROW]);
    for row in rows.chunks(ROW + 1) {
        let (2, difference) = (row.first()?, row.get(1..)?) else { return None };
        for (above, difference) in above.iter_mut().zip(difference) {
            *above = above.wrapping_add(*difference);
        }
        plain.extend_from_slice(&above);
    }
    Some(plain)
}

fn object(bytes: &[u8], offset: usize, number: u32) -> Option<Syntax<'_>> {
    let mut syntax = Syntax::at(bytes.get(offset..)?);
    ((syntax.unsigned()?, syntax.unsigned()?) == (number, 0)).then_some(())?;
    syntax.word(b"obj")?;
    Some(syntax)
}

fn stream(bytes: &[u8], offset: usize, number: u32) -> Option<(Dictionary, &[u8])> {
    let mut syntax = object(bytes, offset, number)?;
    let dictionary = syntax.dictionary()?;
    syntax.word(b"stream\n")?;
    let length = usize::try_from(dictionary.get(b"Length").and_then(Object::as_i64).ok()?).ok()?;
    Some((dictionary, syntax.rest().get(..length)?))
}

/// A stream's data, of about `expected` octets: room that is there at once is not moved as it grows.
fn inflated(dictionary: &Dictionary, data: &[u8], expected: usize) -> Option<Vec<u8>> {
    let limit = limits::PDF_STREAM_SIZE_BYTES;
    match dictionary.get(b"Filter") {
        Err(_) => Some(data.to_vec()),
        Ok(filter) if filter.as_name().is_ok_and(|name| name == b"FlateDecode") => {
            let mut octets = Vec::with_capacity(expected.clamp(LEAST_ROOM, limit));
            let mut inflate = Decompress::new(true);
            loop {
                let rest = data.get(usize::try_from(inflate.total_in()).ok()?..)?;
                match inflate.decompress_vec(rest, &mut octets, FlushDecompress::Finish).ok()? {
                    Status::StreamEnd => return (octets.len() <= limit).then_some(octets),
                    // What does not end is not ours.
                    _ if octets.len() > limit || octets.len() < octets.capacity() => return None,
                    _ => octets.reserve(octets.len()),
                }
            }
        }
        Ok(_) => None,
    }
}
