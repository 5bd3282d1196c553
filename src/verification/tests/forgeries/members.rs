//! Object streams and cross-reference streams with more in them than their section says.

use verification::circumstances::{Circumstances, Policy};
use verification::report::{PdfReport, Verdict};

use crate::file::{File, Update, stream, with, write_object};
use crate::foreign::{self, NOTE};
use crate::rig::SCHOOL;
use crate::victims::{judge_one, keep};

fn judge(bytes: &[u8]) -> PdfReport {
    let circumstances = Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() };
    crate::rig::judge(bytes, &circumstances)
}

/// The note filled in by an object stream. `heads`: what its head lists besides, before the note and behind it;
/// `members`: what stands there.
struct Packed<'a> {
    before: Option<(u32, &'a str)>,
    behind: Option<(u32, &'a str)>,
    entries: &'a str,
    /// Between the head and the first member.
    between: &'a str,
}

const PLAIN: Packed<'static> = Packed { before: None, behind: None, entries: "", between: "" };

fn packed(signed: &File, how: &Packed<'_>) -> Vec<u8> {
    let (field, dictionary) = signed.field(NOTE);
    let note = String::from_utf8(with(&dictionary, &[("V", "(Da xem)")])).unwrap();
    let all = [how.before, Some((field, note.as_str())), how.behind];
    let (mut head, mut members) = (String::new(), how.between.to_owned());
    for (number, value) in all.into_iter().flatten() {
        head.push_str(&format!("{number} {} ", members.len()));
        members.push_str(&format!("{value} "));
    }
    let count = all.iter().flatten().count();
    let index = usize::from(how.before.is_some());
    let mut bytes = signed.bytes.clone();
    let (container, at) = (signed.next(), bytes.len());
    let dictionary = format!("/Type /ObjStm /N {count} /First {} {}", head.len(), how.entries);
    write_object(&mut bytes, container, &stream(&dictionary, format!("{head}{members}").as_bytes()));
    let mut rows = vec![(container, 1, at), (field, 2, container as usize)];
    rows.sort_unstable();
    let offset = signed.section_of_rows(&mut bytes, &Update::default(), rows);
    // The third column is the index in the stream.
    if index > 0 {
        let row = [&[2u8][..], &container.to_be_bytes(), &[0, 0]].concat();
        let place = bytes.windows(row.len()).rposition(|part| part == row).unwrap();
        bytes[place + row.len() - 1] = index as u8;
    }
    bytes.extend(format!("startxref\n{offset}\n%%EOF\n").bytes());
    bytes
}

#[track_caller]
fn refused(name: &str, bytes: &[u8], codes: &[&str]) {
    keep(&format!("members {name}"), bytes);
    if let Err(said) = judge_one(&judge(bytes), codes) {
        panic!("{name}: {said}");
    }
}

#[test]
fn an_object_stream_holds_what_its_section_says_and_nothing_else() {
    let signed = foreign::signed();
    let filled = packed(&signed, &PLAIN);
    assert_eq!(judge(&filled).verdict, Verdict::Valid, "{:?}", judge(&filled).problems);
    let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>";
    let number = signed.page().0;
    let hidden = &["HIDDEN_BYTES"];
    refused("a page behind", &packed(&signed, &Packed { behind: Some((number, page)), ..PLAIN }), hidden);
    refused("a page before", &packed(&signed, &Packed { before: Some((number, page)), ..PLAIN }), hidden);
    let (field, _) = signed.field(NOTE);
    let other = "<< /FT /Tx /T (khac) >>";
    refused("the note twice", &packed(&signed, &Packed { before: Some((field, other)), ..PLAIN }), hidden);
    refused("words between", &packed(&signed, &Packed { between: "(words) ", ..PLAIN }), hidden);
    // Which other stream it names to look in decides nothing: every member is found by its section.
    let extended = packed(&signed, &Packed { entries: "/Extends 4 0 R", ..PLAIN });
    assert_eq!(judge(&extended).verdict, Verdict::Valid, "{:?}", judge(&extended).problems);
}

#[test]
fn an_object_stream_that_no_section_names_is_refused() {
    let signed = foreign::signed();
    let page = format!("{} 0 << /Type /Page /MediaBox [0 0 10 10] >>", signed.page().0);
    let first = page.find('<').unwrap();
    let unnamed = stream(&format!("/Type /ObjStm /N 1 /First {first}"), page.as_bytes());
    let bytes = signed.append(&Update::of([(signed.next(), unnamed)]));
    refused("nobody's object stream", &bytes, &["HIDDEN_BYTES"]);
}

/// A section that is a stream, with its own /Index and rows.
fn section(signed: &File, index: &str, rows: &[[u8; 7]]) -> Vec<u8> {
    let mut bytes = signed.bytes.clone();
    let offset = bytes.len();
    let trailer = &signed.document.trailer;
    let id = String::from_utf8_lossy(&crate::file::written(trailer.get(b"ID").unwrap())).into_owned();
    let dictionary = format!(
        "/Type /XRef /W [1 4 2] /Index [{index}] /Size {} /Root {} 0 R /ID {id} /Prev {}",
        signed.next() + 1,
        signed.root(),
        signed.startxref()
    );
    write_object(&mut bytes, signed.next(), &stream(&dictionary, &rows.concat()));
    bytes.extend(format!("startxref\n{offset}\n%%EOF\n").bytes());
    bytes
}

#[test]
fn a_section_lists_each_number_once_and_as_many_rows_as_it_says() {
    let signed = foreign::signed();
    let (page, own) = (signed.page().0, signed.next());
    let row = |kind: u8, second: usize| {
        let mut row = [kind, 0, 0, 0, 0, 0, 0];
        row[1..5].copy_from_slice(&(second as u32).to_be_bytes());
        row
    };
    let itself = row(1, signed.bytes.len());
    let unread = &["UNSIGNED_BYTES", "PDF_STRUCTURE"];
    assert_eq!(judge(&section(&signed, &format!("{own} 1"), &[itself])).verdict, Verdict::Valid);
    refused("a row too few", &section(&signed, &format!("{own} 2"), &[itself]), unread);
    refused("a row too many", &section(&signed, &format!("{own} 1"), &[itself, row(1, 9)]), unread);
    refused("an odd index", &section(&signed, &format!("{own} 1 3"), &[itself]), unread);
    refused("a negative number", &section(&signed, &format!("-1 1 {own} 1"), &[row(0, 0), itself]), unread);
    refused("an unheard type", &section(&signed, &format!("{page} 1 {own} 1"), &[row(3, 9), itself]), unread);
    let twice = section(&signed, &format!("{own} 1 {own} 1"), &[itself, itself]);
    refused("a number twice", &twice, &["DUPLICATE_OBJECT"]);
    let taken = section(&signed, &format!("{page} 1 {own} 1"), &[itself, itself]);
    refused("the section in the place of a page", &taken, &["XREF_ENTRY_OUTSIDE"]);
    let older = section(&signed, &format!("{page} 1 {own} 1"), &[row(2, 4), itself]);
    refused("a page in a stream that is none", &older, &["OBJECT_MALFORMED"]);
}

#[test]
fn a_revision_follows_the_one_before_and_skips_none() {
    let first = foreign::signed();
    let second = File::read(&packed(&first, &PLAIN));
    // An update whose /Prev leads past the last revision, or past the one that signs.
    let base = foreign::unsigned("", &[]);
    for (name, earlier) in [("past the last", first.startxref()), ("past the signature", base.startxref())] {
        let own = format!("/Prev {} ", second.startxref());
        let bytes = second.append(&Update::of([(second.next(), b"null".to_vec())]));
        let at = crate::file::last(&bytes, own.as_bytes());
        let (head, rest) = bytes.split_at(at);
        let skipping = format!("/Prev {earlier} ");
        let padded = format!("{skipping:<width$}", width = own.len());
        let bytes = [head, padded.as_bytes(), &rest[own.len()..]].concat();
        refused(
            name,
            &bytes,
            &["HIDDEN_BYTES", "DUPLICATE_OBJECT", "UNSIGNED_BYTES", "SIGNATURE_WITHOUT_FIELD"],
        );
    }
}
