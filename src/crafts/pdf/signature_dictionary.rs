//! Signature dictionaries (ISO 32000-2, 12.8.1) with a hole for the CMS, whose place is known from
//! writing it: never searched for, because a page may hold the same text.

use std::ops::Range;

use pdf_writer::{Chunk, Dict, Name, Ref, Str, TextStr};
use school::moment::Moment;

use super::PdfFault;
use super::box_table::{BoxPlace, BoxTable};
use super::field::write_locked_fields;

pub(super) const PLACEHOLDER: i32 = 1_999_999_999;
const CONTENTS: &[u8] = b"/Contents";

/// What the signature of a person or of the stamp says beside its CMS.
pub(crate) struct Entries<'a> {
    /// Name of the signer (/Name).
    pub(crate) signer_name: &'a str,
    /// Reason (/Reason).
    pub(crate) reason: Option<&'a str>,
    /// Claimed time (/M).
    pub(crate) at: Moment,
    /// Whether it certifies (DocMDP, P = 2).
    pub(crate) certifies: bool,
}

/// Where a dictionary waits for its CMS: offsets in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hole {
    /// From `<` to `>` of /Contents, both included.
    pub(super) contents: Range<usize>,
    /// The numbers of /ByteRange, brackets included.
    pub(super) byte_range: Range<usize>,
}

impl Hole {
    /// The hole in a dictionary that begins at `begins`, written by [`begin`].
    pub(super) fn in_dictionary(bytes: &[u8], begins: usize) -> Result<Self, PdfFault> {
        let shape = || PdfFault::Shape { what: "signature dictionary" };
        let rest = bytes.get(begins..).ok_or_else(shape)?;
        // Both come before any text of the dictionary, so the first match is the entry itself.
        let find = |from: usize, byte: u8| {
            Some(from + rest.get(from..)?.iter().position(|&candidate| candidate == byte)?)
        };
        let hole = || {
            let open = find(0, b'[')?;
            let close = find(open, b']')? + 1;
            if !rest.get(close..)?.starts_with(CONTENTS) {
                return None;
            }
            let start = find(close, b'<')?;
            let end = find(start, b'>')? + 1;
            Some(Self { contents: begins + start..begins + end, byte_range: begins + open..begins + close })
        };
        hole().ok_or_else(shape)
    }

    /// Bytes of CMS that fit.
    pub(super) fn capacity(&self) -> usize {
        (self.contents.len() - 2) / 2
    }

    /// Writes ByteRange into a finished file.
    pub(super) fn settle(&self, bytes: &mut [u8]) {
        let tail = bytes.len() - self.contents.end;
        let numbers = [0, self.contents.start, self.contents.end, tail].map(|number| format!("{number:010}"));
        let text = format!("[{}]", numbers.join(" "));
        bytes[self.byte_range.clone()].copy_from_slice(text.as_bytes());
    }
}

/// Begins the dictionary: /ByteRange and /Contents first, which gets its room once it is written.
fn begin<'a>(chunk: &'a mut Chunk, object: Ref) -> Dict<'a> {
    let mut dictionary = chunk.indirect(object).dict();
    dictionary.insert(Name(b"ByteRange")).array().items([PLACEHOLDER; 4]);
    // An octet that is no text, so that the placeholder becomes a hexadecimal string.
    dictionary.pair(Name(b"Contents"), Str(&[0xff]));
    dictionary
}

/// The signature of a box. PDF/A-3 forbids DigestMethod, DigestValue and DigestLocation in references
/// (ISO 19005-3, 6.1.12); PAdES forbids /Cert.
pub(super) fn write_signature(
    chunk: &mut Chunk,
    object: Ref,
    entries: &Entries,
    table: &BoxTable,
    place: &BoxPlace,
) {
    let mut dictionary = begin(chunk, object);
    dictionary.pair(Name(b"Type"), Name(b"Sig"));
    dictionary.pair(Name(b"Filter"), Name(b"Adobe.PPKLite"));
    dictionary.pair(Name(b"SubFilter"), Name(b"ETSI.CAdES.detached"));
    dictionary.pair(Name(b"M"), Str(entries.at.pdf_date().as_bytes()));
    dictionary.pair(Name(b"Name"), TextStr(entries.signer_name));
    if let Some(reason) = entries.reason {
        dictionary.pair(Name(b"Reason"), TextStr(reason));
    }
    let mut references = dictionary.insert(Name(b"Reference")).array();
    if entries.certifies {
        let mut reference = references.push().dict();
        reference.pair(Name(b"Type"), Name(b"SigRef"));
        reference.pair(Name(b"TransformMethod"), Name(b"DocMDP"));
        let mut parameters = reference.insert(Name(b"TransformParams")).dict();
        parameters.pair(Name(b"Type"), Name(b"TransformParams"));
        parameters.pair(Name(b"P"), 2);
        parameters.pair(Name(b"V"), Name(b"1.2"));
    }
    let mut reference = references.push().dict();
    reference.pair(Name(b"Type"), Name(b"SigRef"));
    reference.pair(Name(b"TransformMethod"), Name(b"FieldMDP"));
    // Required for FieldMDP (ISO 32000-2, table 256).
    reference.pair(Name(b"Data"), table.catalog.reference());
    let mut parameters = reference.insert(Name(b"TransformParams")).dict();
    parameters.pair(Name(b"Type"), Name(b"TransformParams"));
    write_locked_fields(&mut parameters, table, place);
    parameters.pair(Name(b"V"), Name(b"1.2"));
}

/// The document timestamp (EN 319 142-1, 5.4.3).
pub(super) fn write_timestamp(chunk: &mut Chunk, object: Ref) {
    let mut dictionary = begin(chunk, object);
    dictionary.pair(Name(b"Type"), Name(b"DocTimeStamp"));
    dictionary.pair(Name(b"Filter"), Name(b"Adobe.PPKLite"));
    dictionary.pair(Name(b"SubFilter"), Name(b"ETSI.RFC3161"));
}
