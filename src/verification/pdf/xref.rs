//! Reads one cross-reference section with its trailer and its end: `xref … trailer … startxref N
//! %%EOF`, or a cross-reference stream (ISO 32000-2, 7.5.4, 7.5.5, 7.5.8).

use std::collections::BTreeMap;
use std::ops::Range;

use school::limits::PDF_OBJECTS;

use crate::pdf::filters::{Budget, NotUnpacked};
use crate::pdf::object::{Dictionary, Object};
use crate::pdf::syntax::{NotSyntax, Parser, is_space};
use crate::report::Code;

/// Why a section or object cannot be used, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    pub code: Code,
    pub at: usize,
}

impl From<NotSyntax> for Fault {
    fn from(error: NotSyntax) -> Self {
        Self { code: Code::PdfStructure, at: error.at }
    }
}

/// Which of the two forms a section has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Table,
    Stream,
}

/// Where a section says that an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entry {
    Free,
    At { offset: usize, generation: u16 },
    In { stream: u32, index: usize },
}

/// One section.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub kind: Kind,
    /// Offset of `xref` or of the stream object.
    pub offset: usize,
    pub entries: BTreeMap<u32, Entry>,
    pub trailer: Dictionary,
    pub prev: Option<usize>,
    /// The numbers of its stream objects.
    pub containers: Vec<u32>,
    /// Where the first-page section of a linearized file stands, with its own end.
    pub island: Option<Range<usize>>,
    /// Object numbers that stand twice.
    pub twice: Vec<u32>,
    /// In a hybrid file, what readers before PDF 1.5 do not see (7.5.8.4).
    pub hidden: BTreeMap<u32, Entry>,
    /// Right after `%%EOF`.
    pub marker_end: usize,
    /// After the end of line that follows `%%EOF`, if there is one.
    pub end: usize,
}

impl Section {
    /// Reads the section at `offset`, whose end names itself.
    pub fn read(bytes: &[u8], offset: usize, budget: &mut Budget) -> Result<Self, Fault> {
        Self::read_ended(bytes, offset, End::Names(offset), budget)
    }

    /// Reads the two sections of a linearized file (Annex F) as the one that they are: the first-page
    /// section at `offset`, whose end names nothing, and the main section, whose end names the first. A
    /// first-page section that is a stream may have no end of its own (F.3.4); qpdf writes none.
    pub fn read_linearized(
        bytes: &[u8],
        offset: usize,
        length: i64,
        budget: &mut Budget,
    ) -> Result<Self, Fault> {
        let unknown = Fault { code: Code::Linearized, at: offset };
        let first = Self::read_ended(bytes, offset, End::OfFirstPage, budget)?;
        let main = first.prev.filter(|main| *main >= first.end).ok_or(unknown)?;
        let mut whole = Self::read_ended(bytes, main, End::Names(offset), budget)?;
        let ends = whole.marker_end..=whole.end;
        if whole.prev.is_some() || !usize::try_from(length).is_ok_and(|length| ends.contains(&length)) {
            return Err(unknown);
        }
        if !first.hidden.is_empty() || !whole.hidden.is_empty() {
            return Err(Fault { code: Code::HybridXref, at: offset });
        }
        for (number, entry) in first.entries {
            if whole.entries.insert(number, entry).is_some() {
                whole.twice.push(number);
            }
        }
        whole.containers.extend(first.containers);
        whole.trailer = first.trailer;
        whole.island = Some(first.offset..first.end);
        Ok(whole)
    }

    fn read_ended(bytes: &[u8], offset: usize, end: End, budget: &mut Budget) -> Result<Self, Fault> {
        let structure = |at| Fault { code: Code::PdfStructure, at };
        let mut parser = Parser::at(bytes, offset);
        let is_table = bytes.get(offset..offset.saturating_add(4)) == Some(b"xref");
        let mut section = Self::blank(if is_table { Kind::Table } else { Kind::Stream }, offset);
        if is_table {
            section.table(&mut parser)?
        } else {
            section.stream(&mut parser, budget)?
        }
        if let Some(hidden) = section.trailer.get("XRefStm") {
            section.hidden = hidden_entries(bytes, offset, section.kind, hidden, budget)?;
        }
        if section.trailer.get("Encrypt").is_some() {
            return Err(Fault { code: Code::Encrypted, at: offset });
        }
        section.prev = match section.trailer.get("Prev") {
            None => None,
            Some(Object::Integer(prev)) => Some(usize::try_from(*prev).map_err(|_| structure(offset))?),
            Some(_) => return Err(structure(offset)),
        };
        match end {
            End::Names(named) => section.tail(&mut parser, named)?,
            End::OfFirstPage if section.kind == Kind::Stream && !names_a_section(&parser) => {
                (section.marker_end, section.end) = (parser.at, parser.at);
            }
            End::OfFirstPage => section.tail(&mut parser, 0)?,
        }
        Ok(section)
    }

    fn blank(kind: Kind, offset: usize) -> Self {
        Self {
            kind,
            offset,
            entries: BTreeMap::new(),
            trailer: Dictionary::default(),
            prev: None,
            containers: Vec::new(),
            island: None,
            twice: Vec::new(),
            hidden: BTreeMap::new(),
            marker_end: 0,
            end: 0,
        }
    }

    /// True when `offset` is that of the section itself: streams may list themselves.
    pub fn stands_at(&self, offset: usize) -> bool {
        offset == self.offset || self.island.as_ref().is_some_and(|island| island.start == offset)
    }

    /// Takes the rows of a section, each with its number.
    fn enter(&mut self, rows: Vec<(u32, Entry)>) {
        if self.entries.is_empty() && rows.is_sorted_by(|one, next| one.0 < next.0) {
            // As nearly all are: the map is made at once.
            self.entries = rows.into_iter().collect();
            return;
        }
        for (number, entry) in rows {
            if self.entries.insert(number, entry).is_some() {
                self.twice.push(number);
            }
        }
    }

    fn table(&mut self, parser: &mut Parser<'_>) -> Result<(), Fault> {
        parser.keyword("xref")?;
        let mut rows = Vec::new();
        loop {
            parser.spaces();
            if parser.peek() == Some(b't') {
                break;
            }
            let first = parser.unsigned()?;
            parser.spaces();
            let count = parser.unsigned()?;
            for index in 0..count {
                parser.spaces();
                let at = parser.at;
                let offset = parser.unsigned()?;
                if parser.at - at != 10 {
                    return Err(Fault { code: Code::PdfStructure, at });
                }
                parser.spaces();
                let generation = parser.unsigned()?;
                parser.spaces();
                let entry = if parser.keyword("n").is_ok() {
                    Entry::At {
                        offset: usize::try_from(offset)
                            .map_err(|_| Fault { code: Code::PdfStructure, at })?,
                        generation: u16::try_from(generation)
                            .map_err(|_| Fault { code: Code::PdfStructure, at })?,
                    }
                } else {
                    parser.keyword("f")?;
                    Entry::Free
                };
                rows.push(row(rows.len(), first.saturating_add(index), entry, at)?);
            }
        }
        self.enter(rows);
        parser.keyword("trailer")?;
        parser.blanks();
        self.trailer = parser.dictionary(0)?;
        Ok(())
    }

    fn stream(&mut self, parser: &mut Parser<'_>, budget: &mut Budget) -> Result<(), Fault> {
        let start = parser.at;
        let fault = Fault { code: Code::PdfStructure, at: start };
        let id = parser.object_header()?;
        parser.blanks();
        let dictionary = parser.dictionary(0)?;
        if !dictionary.has_name("Type", "XRef") {
            return Err(fault);
        }
        let length = dictionary.get("Length").and_then(Object::integer).ok_or(fault)?;
        let span = stream_span(parser, usize::try_from(length).map_err(|_| fault)?)?;
        end_of_object(parser)?;
        let octets = budget.unpack(&dictionary, &parser.bytes[span]).map_err(|error| {
            let code = match error {
                NotUnpacked::Octets => Code::PdfLimit,
                NotUnpacked::Filter => Code::UnsupportedFilter,
            };
            Fault { code, at: start }
        })?;
        let widths = dictionary.get("W").and_then(Object::array).ok_or(fault)?;
        let widths: Vec<usize> = widths
            .iter()
            .filter_map(|width| width.integer().filter(|n| (0..=8).contains(n)).map(|n| n as usize))
            .collect();
        let [kind, second, third] = widths[..] else { return Err(fault) };
        let width = kind + second + third;
        if width == 0 || octets.len() % width != 0 {
            return Err(fault);
        }
        let size = dictionary.get("Size").and_then(Object::integer).ok_or(fault)?;
        let whole = [Object::Integer(0), Object::Integer(size)];
        let index = dictionary.get("Index").and_then(Object::array).unwrap_or(&whole);
        let mut stored = octets.chunks_exact(width);
        let mut rows = Vec::with_capacity(stored.len().min(PDF_OBJECTS));
        for pair in index.chunks(2) {
            let [Object::Integer(first), Object::Integer(count)] = pair else { return Err(fault) };
            let (first, count) =
                (u64::try_from(*first).map_err(|_| fault)?, u64::try_from(*count).map_err(|_| fault)?);
            for offset in 0..count {
                let fields = stored.next().ok_or(fault)?;
                let number = |from: usize, width: usize| {
                    fields[from..from + width].iter().fold(0u64, |sum, octet| sum << 8 | u64::from(*octet))
                };
                let kind_of = if kind == 0 { 1 } else { number(0, kind) };
                let (a, b) = (number(kind, second), number(kind + second, third));
                let entry = match kind_of {
                    0 => Entry::Free,
                    1 => Entry::At {
                        offset: usize::try_from(a).map_err(|_| fault)?,
                        generation: u16::try_from(b).map_err(|_| fault)?,
                    },
                    2 => Entry::In {
                        stream: u32::try_from(a).map_err(|_| fault)?,
                        index: usize::try_from(b).map_err(|_| fault)?,
                    },
                    _ => return Err(fault),
                };
                rows.push(row(rows.len(), first.saturating_add(offset), entry, start)?);
            }
        }
        if stored.next().is_some() {
            return Err(fault);
        }
        self.enter(rows);
        self.containers.push(id.number);
        self.trailer = dictionary;
        Ok(())
    }

    /// `startxref N %%EOF` right behind the section, N being `named`.
    fn tail(&mut self, parser: &mut Parser<'_>, named: usize) -> Result<(), Fault> {
        let before = parser.at;
        parser.blanks();
        // A comment here may hold a false end marker for readers that search backwards.
        if find(&parser.bytes[before..parser.at], b"%%EOF").is_some() {
            return Err(Fault { code: Code::PdfStructure, at: before });
        }
        parser.keyword("startxref")?;
        parser.spaces();
        let at = parser.at;
        if parser.unsigned()? != named as u64 {
            return Err(Fault { code: Code::PdfStructure, at });
        }
        parser.spaces();
        if parser.bytes.get(parser.at..parser.at + 5) != Some(b"%%EOF") {
            return Err(Fault { code: Code::PdfStructure, at: parser.at });
        }
        self.marker_end = parser.at + 5;
        self.end = self.marker_end
            + match parser.bytes.get(self.marker_end..) {
                Some([b'\r', b'\n', ..]) => 2,
                Some([b'\r' | b'\n', ..]) => 1,
                _ => 0,
            };
        Ok(())
    }
}

/// One more row behind `before` others.
fn row(before: usize, number: u64, entry: Entry, at: usize) -> Result<(u32, Entry), Fault> {
    let number = u32::try_from(number).map_err(|_| Fault { code: Code::PdfStructure, at })?;
    if before < PDF_OBJECTS { Ok((number, entry)) } else { Err(Fault { code: Code::PdfLimit, at }) }
}

/// The entries of the stream that the table at `offset` names: it stands before the table, and its own
/// trailer says nothing.
fn hidden_entries(
    bytes: &[u8],
    offset: usize,
    kind: Kind,
    named: &Object,
    budget: &mut Budget,
) -> Result<BTreeMap<u32, Entry>, Fault> {
    let fault = Fault { code: Code::HybridXref, at: offset };
    let at = named.integer().and_then(|at| usize::try_from(at).ok()).filter(|at| *at < offset);
    let (Kind::Table, Some(at)) = (kind, at) else { return Err(fault) };
    let mut stream = Section::blank(Kind::Stream, at);
    stream.stream(&mut Parser::at(&bytes[..offset], at), budget)?;
    if stream.twice.is_empty() && !stream.entries.is_empty() { Ok(stream.entries) } else { Err(fault) }
}

/// How a section ends.
#[derive(Debug, Clone, Copy)]
enum End {
    /// With `startxref` and this offset.
    Names(usize),
    /// As the first-page section of a linearized file: with `startxref 0`, or a stream with nothing.
    OfFirstPage,
}

fn names_a_section(parser: &Parser<'_>) -> bool {
    let mut ahead = parser.clone();
    ahead.blanks();
    ahead.keyword("startxref").is_ok()
}

/// The octets after `stream` EOL; the parser stands behind `endstream` afterwards.
pub(crate) fn stream_span(
    parser: &mut Parser<'_>,
    length: usize,
) -> Result<std::ops::Range<usize>, NotSyntax> {
    parser.blanks();
    parser.keyword("stream")?;
    match parser.bytes.get(parser.at..) {
        Some([b'\r', b'\n', ..]) => parser.at += 2,
        Some([b'\n', ..]) => parser.at += 1,
        _ => return parser.fail(),
    }
    let start = parser.at;
    let end =
        start.checked_add(length).filter(|end| *end <= parser.bytes.len()).ok_or(NotSyntax { at: start })?;
    parser.at = end;
    parser.spaces();
    // Only an end of line may stand between the octets and `endstream`: a shorter /Length would let
    // readers that search for the keyword see other octets.
    if parser.at - end > 2 || parser.bytes[end..parser.at].iter().any(|byte| !is_space(*byte)) {
        return Err(NotSyntax { at: end });
    }
    parser.keyword("endstream")?;
    Ok(start..end)
}

pub(crate) fn end_of_object(parser: &mut Parser<'_>) -> Result<(), NotSyntax> {
    parser.blanks();
    parser.keyword("endobj")
}

/// First occurrence of `needle`.
pub(crate) fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, rest) = needle.split_first()?;
    let begins = |at: &usize| bytes.get(at + 1..at + needle.len()) == Some(rest);
    bytes.iter().enumerate().filter(|(_, byte)| *byte == first).map(|(at, _)| at).find(begins)
}
