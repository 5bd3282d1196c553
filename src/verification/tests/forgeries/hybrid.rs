//! Hybrid files: a table for old readers and a stream besides, which shows more to readers that know object
//! streams (ISO 32000-2, 7.5.8.4). Word processors write them before anybody signs.

use verification::circumstances::{Circumstances, Policy};
use verification::report::{PdfReport, Verdict};

use crate::file::{File, Update, stream, write_object};
use crate::foreign::{self, FIRST, Signing};
use crate::rig::SCHOOL;

/// An update of `file` as a word processor ends its files: the table names only the object stream, the
/// hidden stream also what is packed in it, and it repeats that `repeated` stands `at` there.
fn hybrid(file: &File, repeated: u32, at: usize) -> File {
    let mut bytes = file.bytes.clone();
    let (container, packed) = (file.next(), file.next() + 1);
    let head = format!("{packed} 0 ");
    let octets = format!("{head}<< /Lang (vi-VN) >>");
    let container_at = bytes.len();
    let dictionary = format!("/Type /ObjStm /N 1 /First {}", head.len());
    write_object(&mut bytes, container, &stream(&dictionary, octets.as_bytes()));
    let update = Update { size: Some(packed + 2), ..Update::default() };
    let rows = vec![(container, 1, container_at), (packed, 2, container as usize), (repeated, 1, at)];
    let hidden = file.section_of_rows(&mut bytes, &update, rows);
    let update = Update { extra: format!("/XRefStm {hidden} "), ..update };
    let table = file.table(&mut bytes, &update, &[(container, container_at), (packed + 1, hidden)]);
    bytes.extend(format!("startxref\n{table}\n%%EOF\n").bytes());
    File::read(&bytes)
}

fn place_of(file: &File, number: u32) -> usize {
    let head = format!("\n{number} 0 obj");
    file.bytes.windows(head.len()).position(|part| part == head.as_bytes()).unwrap() + 1
}

fn judged(bytes: &[u8], policy: Policy) -> PdfReport {
    crate::rig::judge(bytes, &Circumstances { policy, ..SCHOOL.circumstances() })
}

fn codes(report: &PdfReport) -> Vec<&str> {
    report.problems.iter().map(|problem| problem.code.as_str()).collect()
}

fn signing() -> Signing<'static> {
    Signing::of(FIRST, &SCHOOL.holders[0])
}

#[test]
fn a_hybrid_file_that_hides_nothing_from_new_readers_can_be_signed_and_is_told() {
    let base = foreign::unsigned("", &[]);
    let repeated = base.contents();
    let signed = hybrid(&base, repeated, place_of(&base, repeated)).sign(&signing());
    let report = judged(&signed.bytes, Policy::Foreign);
    assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec!["HYBRID_XREF"]));
    assert_ne!(judged(&signed.bytes, Policy::School).verdict, Verdict::Valid);
}

#[test]
fn a_stream_that_shows_another_object_than_the_table_is_refused_also_before_a_signature() {
    let base = foreign::unsigned("", &[]);
    let other = base.page().0;
    let signed = hybrid(&base, base.contents(), place_of(&base, other)).sign(&signing());
    let report = judged(&signed.bytes, Policy::Foreign);
    assert_eq!((report.verdict, codes(&report)), (Verdict::Malformed, vec!["HYBRID_XREF"]));
}

#[test]
fn after_a_signature_nothing_may_be_hidden_from_old_readers() {
    let signed = foreign::signed();
    let repeated = signed.contents();
    let later = hybrid(&signed, repeated, place_of(&signed, repeated));
    let report = judged(&later.bytes, Policy::Foreign);
    assert_eq!(report.verdict, Verdict::Invalid);
    assert!(codes(&report).contains(&"HYBRID_XREF"), "{:?}", report.problems);
}
