//! Shadow attacks: the document is prepared before it is signed, so that a small update afterwards
//! shows another one. Only foreign documents can be prepared: ours are signed in boxes of our own base.

use verification::circumstances::{Circumstances, Policy};
use verification::report::{Integrity, PdfReport, Verdict};

use crate::file::{File, Update, stream, with};
use crate::foreign::{self, FIRST, Signing};
use crate::rig::SCHOOL;
use crate::victims::{judge_one, keep};

fn judge(bytes: &[u8]) -> PdfReport {
    let circumstances = Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() };
    crate::rig::judge(bytes, &circumstances)
}

/// Signed honestly, whatever was prepared in it.
fn prepared(page: &str, extra: &[(u32, Vec<u8>)]) -> File {
    let signed = foreign::unsigned(page, extra).sign(&Signing::of(FIRST, &SCHOOL.holders[0]));
    assert_eq!(judge(&signed.bytes).verdict, Verdict::Valid, "{:?}", judge(&signed.bytes).problems);
    signed
}

#[track_caller]
fn refused(bytes: &[u8], codes: &[&str]) {
    keep(&format!("shadow {}", std::panic::Location::caller().line()), bytes);
    let report = judge(bytes);
    judge_one(&report, codes).unwrap();
    assert_eq!(report.integrity, Integrity::Intact, "the signature itself is untouched");
}

const WHITE: &[u8] = b"1 g 0 0 595 842 re f";

fn cover() -> (u32, Vec<u8>) {
    (20, stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842]", WHITE))
}

#[test]
fn a_cover_that_is_taken_away_by_an_update_is_refused() {
    let signed = prepared("/XObject << /Cover 20 0 R >>", &[cover()]);
    let update = |objects| signed.append(&Update::of(objects));
    let empty = stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842]", b"");
    refused(&update(vec![(20, empty)]), &["UNEXPLAINED_OBJECT"]);
    refused(&update(vec![(20, b"null".to_vec())]), &["UNEXPLAINED_OBJECT"]);
    let (page, dictionary) = signed.page();
    let bare = with(&dictionary, &[("Resources", "<< /Font << /F1 5 0 R >> >>")]);
    refused(&update(vec![(page, bare)]), &["UNEXPLAINED_OBJECT"]);
    refused(&signed.append(&Update { freed: vec![20], ..Update::default() }), &["FREED_OBJECT"]);
}

#[test]
fn a_font_that_a_form_and_a_page_share_is_not_replaced() {
    let signed = prepared("/XObject << /Cover 20 0 R >>", &[cover()]);
    let other = b"<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>".to_vec();
    refused(&signed.append(&Update::of([(5, other)])), &["UNEXPLAINED_OBJECT"]);
    let (form, dictionary) = signed.form();
    let exchanged = with(&dictionary, &[("DR", "<< /Font << /F1 13 0 R >> >>")]);
    refused(&signed.append(&Update::of([(form.unwrap(), exchanged)])), &["FIELD_CHANGED"]);
}

#[test]
fn a_second_document_that_waits_in_the_file_is_refused() {
    // Another page tree and catalog, referred to by nobody.
    let waiting = [
        cover(),
        (30, b"<< /Type /Catalog /Pages 31 0 R /AcroForm 8 0 R >>".to_vec()),
        (31, b"<< /Type /Pages /Kids [32 0 R] /Count 1 >>".to_vec()),
        (32, b"<< /Type /Page /Parent 31 0 R /MediaBox [0 0 595 842] /Contents 33 0 R >>".to_vec()),
        (33, stream("", b"BT /F1 12 Tf 50 700 Td (Thanh toan 1000000 dong) Tj ET")),
    ];
    let signed = prepared("/XObject << /Cover 20 0 R >>", &waiting);
    refused(&signed.append(&Update { root: Some(30), ..Update::default() }), &["TRAILER_CHANGED"]);
    let other_pages = with(&signed.catalog(), &[("Pages", "31 0 R")]);
    refused(&signed.append(&Update::of([(1, other_pages)])), &["CATALOG_CHANGED"]);
    let (_, tree) = signed.find(|one| one.has_type(b"Pages")).unwrap();
    refused(
        &signed.append(&Update::of([(2, with(&tree, &[("Kids", "[32 0 R]")]))])),
        &["UNEXPLAINED_OBJECT"],
    );
    // Only the section is new; it points to the waiting content under the number of the shown one.
    let place = signed.bytes.windows(9).position(|window| window == b"33 0 obj\n").unwrap();
    let repointed = Update { entries: vec![(4, place)], ..Update::default() };
    refused(&signed.append(&repointed), &["XREF_ENTRY_OUTSIDE"]);
}

#[test]
fn an_object_that_the_trailer_calls_info_and_a_page_shows_may_not_change() {
    let prepared = foreign::unsigned("", &[]);
    let shown_as_info = Update { info: Some(4), ..Update::default() };
    let signed = File::read(&prepared.append(&shown_as_info)).sign(&Signing::of(FIRST, &SCHOOL.holders[0]));
    assert_eq!(judge(&signed.bytes).verdict, Verdict::Valid);
    let content = stream("", b"BT (FORGED) Tj ET");
    refused(&signed.append(&Update::of([(4, content)])), &["UNEXPLAINED_OBJECT"]);
}

#[test]
fn an_object_that_a_free_key_and_a_page_share_may_not_change() {
    // Metadata, extensions and a store may be rewritten; what a page shows may not, whoever else names it.
    for entry in ["/Metadata 4 0 R", "/Extensions << /ESIC 4 0 R >>"] {
        let base = foreign::unsigned("", &[]);
        let catalog =
            String::from_utf8(with(&base.catalog(), &[])).unwrap().replace(">>", &format!("{entry} >>"));
        let base = File::read(&base.append(&Update::of([(1, catalog.into_bytes())])));
        let signed = base.sign(&Signing::of(FIRST, &SCHOOL.holders[0]));
        assert_eq!(
            judge(&signed.bytes).verdict,
            Verdict::Valid,
            "{entry}: {:?}",
            judge(&signed.bytes).problems
        );
        let content = stream("", b"BT (FORGED) Tj ET");
        refused(&signed.append(&Update::of([(4, content)])), &["UNEXPLAINED_OBJECT"]);
    }
}

#[test]
fn a_number_that_stands_twice_in_the_signed_bytes_cannot_be_switched() {
    // The first copy is in no section; an update names its place.
    let base = foreign::unsigned("", &[]);
    let at = base.bytes.windows(8).position(|window| window == b"4 0 obj\n").unwrap();
    let mut bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let copy = b"4 0 obj\nnull\nendobj\n";
    bytes.extend(copy);
    assert!(at > bytes.len());
    let signed = base.sign(&Signing::of(FIRST, &SCHOOL.holders[0]));
    let entry = signed.bytes.windows(5).position(|window| window == b"%\xe2\xe3\xcf\xd3").unwrap();
    let update = Update { entries: vec![(4, entry)], ..Update::default() };
    refused(&signed.append(&update), &["XREF_ENTRY_OUTSIDE"]);
}
