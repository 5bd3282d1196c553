//! The chain of a file's cross-reference sections: from the last `startxref N %%EOF` that names one,
//! along /Prev to the first (ISO 32000-2, 7.5.5, Annex F).

use std::collections::BTreeSet;

use school::limits::PDF_REVISIONS;

use crate::pdf::filters::Budget;
use crate::pdf::syntax::{Parser, is_space};
use crate::pdf::xref::{Fault, Section};
use crate::report::Code;

/// Where the first-page section of a linearized file must begin (Annex F.3.2).
const LINEARIZED_HEAD_BYTES: usize = 1024;
/// Most sections that are read in search of the last one.
const SECTIONS_TRIED: usize = 64;

/// `%PDF-1.x` at byte 0; returns the end of that line.
pub(crate) fn header(bytes: &[u8]) -> Result<usize, Fault> {
    let version = bytes.strip_prefix(b"%PDF-").and_then(|rest| rest.get(..3));
    match version {
        Some([b'1', b'.', b'0'..=b'7'] | b"2.0") => Ok(8),
        _ => Err(Fault { code: Code::PdfHeader, at: 0 }),
    }
}

/// The sections, oldest first: from the last end marker that belongs to one, along /Prev.
pub(crate) fn sections(bytes: &[u8], budget: &mut Budget) -> Result<Vec<Section>, Fault> {
    let linear = linearized(bytes);
    let mut newest = last_section(bytes, linear, budget)?;
    let mut chain = Vec::new();
    loop {
        let prev = newest.prev;
        let offset = newest.offset;
        chain.push(newest);
        let Some(prev) = prev else { break };
        if chain.len() > PDF_REVISIONS {
            return Err(Fault { code: Code::PdfLimit, at: offset });
        }
        if prev >= offset {
            return Err(Fault { code: Code::PdfStructure, at: offset });
        }
        newest = section_at(bytes, prev, linear, budget)?;
        if newest.end > offset {
            return Err(Fault { code: Code::PdfStructure, at: prev });
        }
    }
    chain.reverse();
    Ok(chain)
}

/// The section of the last `startxref N %%EOF` that can be read. Appended bytes without a section of
/// their own are thereby found behind it and reported, wherever the damage lies.
fn last_section(bytes: &[u8], linear: Option<i64>, budget: &mut Budget) -> Result<Section, Fault> {
    let mut end = bytes.len();
    let mut first_fault = None;
    let mut tried = BTreeSet::new();
    for _ in 0..PDF_REVISIONS {
        let Some(marker) = bytes[..end].windows(5).rposition(|window| window == b"%%EOF") else { break };
        end = marker;
        let Ok(offset) = named_section(bytes, marker) else {
            first_fault = first_fault.or(Some(Fault { code: Code::PdfStructure, at: marker }));
            continue;
        };
        // Each section once, and not many: a megabyte of table may be named a thousand times.
        if !tried.insert(offset) {
            continue;
        }
        if tried.len() > SECTIONS_TRIED {
            break;
        }
        match section_at(bytes, offset, linear, budget) {
            // A section that ends earlier than this marker leaves bytes behind it: those are reported.
            Ok(section) => return Ok(section),
            Err(fault) => first_fault = first_fault.or(Some(fault)),
        }
        if first_fault.is_some_and(|fault| fault.code != Code::PdfStructure) {
            break;
        }
    }
    Err(first_fault.unwrap_or(Fault { code: Code::PdfStructure, at: bytes.len() }))
}

/// /L of the linearization dictionary, if the first object is one.
fn linearized(bytes: &[u8]) -> Option<i64> {
    let mut parser = Parser::at(bytes, header(bytes).ok()?);
    parser.blanks();
    parser.object_header().ok()?;
    parser.blanks();
    let dictionary = parser.dictionary(0).ok()?;
    dictionary.get("Linearized")?;
    dictionary.get("L")?.integer()
}

fn section_at(
    bytes: &[u8],
    offset: usize,
    linear: Option<i64>,
    budget: &mut Budget,
) -> Result<Section, Fault> {
    match linear {
        // The first-page section stands right behind the linearization dictionary.
        Some(length) if offset <= LINEARIZED_HEAD_BYTES => {
            Section::read_linearized(bytes, offset, length, budget)
        }
        _ => Section::read(bytes, offset, budget),
    }
}

/// The offset that stands between `startxref` and the marker.
fn named_section(bytes: &[u8], marker: usize) -> Result<usize, Fault> {
    let fault = Fault { code: Code::PdfStructure, at: marker };
    let back = |mut at: usize, wanted: fn(u8) -> bool| {
        while at > 0 && wanted(bytes[at - 1]) {
            at -= 1;
        }
        at
    };
    let digits_end = back(marker, is_space);
    let digits = back(digits_end, |byte| byte.is_ascii_digit());
    let number = std::str::from_utf8(&bytes[digits..digits_end]).ok().and_then(|text| text.parse().ok());
    let keyword = back(digits, is_space);
    if !bytes[..keyword].ends_with(b"startxref") {
        return Err(fault);
    }
    number.ok_or(fault)
}
