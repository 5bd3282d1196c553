//! What happens to a signed file afterwards: it is found and located.

use verification::circumstances::Policy;
use verification::report::{Integrity, Modification, Verdict};

use crate::rig::document::Pdf;
use crate::rig::{BOXES, SCHOOL, codes, finds, judge};

fn replaced(pdf: &Pdf, old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let mut bytes = pdf.bytes.clone();
    let at = bytes.windows(old.len()).position(|window| window == old).unwrap();
    bytes[at..at + old.len()].copy_from_slice(new);
    bytes
}

#[test]
fn a_changed_word_in_the_base_breaks_every_signature_and_is_located_there() {
    let pdf = SCHOOL.signed(&BOXES);
    let report = judge(&replaced(&pdf, b"(Hoc ba)", b"(Hoc bo)"), &SCHOOL.circumstances());
    assert_eq!((report.verdict, report.integrity), (Verdict::Invalid, Integrity::Broken));
    assert!(report.signatures.iter().all(|one| one.integrity == Integrity::Broken));
    assert!(finds(&report, "CMS_DIGEST", "signature GVBM_TOAN, revisions 1 to 2, bytes 0 to"));
}

#[test]
fn a_flipped_byte_of_a_later_revision_leaves_the_earlier_signature_intact() {
    let pdf = SCHOOL.signed(&BOXES);
    let mut bytes = pdf.bytes.clone();
    // The claimed time of the second signature.
    let start = pdf.ends[1];
    let at = start + bytes[start..].windows(3).position(|window| window == b"/M ").unwrap() + 10;
    bytes[at] ^= 1;
    let report = judge(&bytes, &SCHOOL.circumstances());
    let integrity: Vec<_> = report.signatures.iter().map(|one| one.integrity).collect();
    assert_eq!(integrity, [Integrity::Intact, Integrity::Broken, Integrity::Broken, Integrity::Broken]);
    let place = format!("signature GVCN, revision 3, bytes {start} to {}", pdf.ends[2]);
    assert!(finds(&report, "CMS_DIGEST", &place), "{:?}", report.problems);
}

#[test]
fn appended_bytes_are_unsigned_bytes() {
    let pdf = SCHOOL.signed(&BOXES);
    for policy in [Policy::School, Policy::Foreign] {
        let mut circumstances = SCHOOL.circumstances();
        circumstances.policy = policy;
        for junk in
            [&b"junk"[..], b"\n", b"%%EOF\n", b"startxref\n9\n%%EOF\n", b"9 0 obj null endobj\nxref\n0 0\n"]
        {
            let bytes = [&pdf.bytes, junk].concat();
            let report = judge(&bytes, &circumstances);
            assert_eq!(
                (report.verdict, report.integrity, report.modification),
                (Verdict::Invalid, Integrity::Intact, Modification::Suspicious),
                "{junk:?}"
            );
            assert!(finds(&report, "UNSIGNED_BYTES", &format!("byte {}", pdf.bytes.len())));
        }
    }
}

/// Appends a revision and judges by both policies.
fn appended(pdf: &Pdf, objects: &[(u32, Vec<u8>)]) -> [verification::report::PdfReport; 2] {
    let mut changed = pdf.clone();
    changed.append(objects);
    [Policy::School, Policy::Foreign].map(|policy| {
        let mut circumstances = SCHOOL.circumstances();
        circumstances.policy = policy;
        judge(&changed.bytes, &circumstances)
    })
}

#[test]
fn a_page_exchanged_by_an_unsigned_update_is_suspicious() {
    let pdf = SCHOOL.signed(&BOXES);
    let shown = b"<< /Length 3 >>\nstream\nf f\nendstream".to_vec();
    for report in appended(&pdf, &[(4, shown)]) {
        assert_eq!((report.verdict, report.integrity), (Verdict::Invalid, Integrity::Intact));
        assert_eq!(report.modification, Modification::Suspicious);
        assert!(finds(
            &report,
            if report.policy == "school" { "REVISION_KIND" } else { "UNEXPLAINED_OBJECT" },
            "revision 6"
        ));
    }
}

#[test]
fn a_visible_unsigned_field_over_a_signed_page_is_suspicious() {
    let pdf = SCHOOL.signed(&BOXES);
    let number = pdf.next_number();
    let fields = pdf.catalog().replace("/Fields [", &format!("/Fields [{number} 0 R "));
    let field = "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Them) /F 4 /P 3 0 R /Rect [0 0 500 800] >>";
    let objects = [(1, format!("<< {fields} >>").into_bytes()), (number, field.as_bytes().to_vec())];
    for report in appended(&pdf, &objects) {
        assert_eq!((report.verdict, report.modification), (Verdict::Invalid, Modification::Suspicious));
        let code = if report.policy == "school" { "REVISION_KIND" } else { "VISIBLE_UNSIGNED_FIELD" };
        assert!(codes(&report).contains(&code), "{:?}", report.problems);
    }
}

#[test]
fn a_signature_that_a_later_revision_hides_is_never_no_signature() {
    let pdf = SCHOOL.signed(&BOXES);
    let bare = "<< /Type /Catalog /Pages 2 0 R >>".as_bytes().to_vec();
    for report in appended(&pdf, &[(1, bare)]) {
        assert_eq!(report.verdict, Verdict::Invalid);
        assert!(finds(&report, "SIGNATURE_REMOVED", "signature GVBM_TOAN"));
    }
}

#[test]
fn another_spelling_of_the_signature_is_found() {
    let pdf = SCHOOL.signed(&BOXES);
    let report = judge(&replaced(&pdf, b"/Contents <30", b"/Contents <3 "), &SCHOOL.circumstances());
    assert_eq!(report.verdict, Verdict::Invalid);
    let mut bytes = pdf.bytes.clone();
    let hole = bytes.windows(11).rposition(|window| window == b"/Contents <").unwrap() + 11;
    let letter = hole + bytes[hole..].iter().position(|digit| (b'a'..=b'f').contains(digit)).unwrap();
    bytes[letter] = bytes[letter].to_ascii_uppercase();
    let report = judge(&bytes, &SCHOOL.circumstances());
    assert!(finds(&report, "CONTENTS_NOT_CANONICAL", "signature ConDau"));
    let last = hole + bytes[hole..].iter().position(|digit| *digit == b'>').unwrap() - 1;
    let mut bytes = pdf.bytes.clone();
    bytes[last] = b'1';
    assert!(finds(&judge(&bytes, &SCHOOL.circumstances()), "CONTENTS_PADDING", "signature ConDau"));
}

#[test]
fn no_flipped_or_missing_byte_leaves_a_file_valid() {
    let pdf = SCHOOL.signed(&BOXES);
    let circumstances = SCHOOL.circumstances();
    assert_eq!(judge(&pdf.bytes, &circumstances).verdict, Verdict::Valid);
    let mut at = 0;
    while at < pdf.bytes.len() {
        for mask in [0x01, 0x20, 0x80] {
            let mut bytes = pdf.bytes.clone();
            bytes[at] ^= mask;
            let report = judge(&bytes, &circumstances);
            assert_ne!(report.verdict, Verdict::Valid, "byte {at} flipped by {mask:#x}");
            assert!(!report.problems.is_empty());
        }
        let cut = judge(&pdf.bytes[..at], &circumstances);
        assert_ne!(cut.verdict, Verdict::Valid, "cut at {at}");
        at += 149;
    }
}

#[test]
fn hostile_bytes_are_malformed_and_never_a_panic() {
    let nested = [b"%PDF-1.7\n1 0 obj\n".to_vec(), b"[".repeat(100_000)].concat();
    let loops =
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF\n";
    for bytes in
        [&b""[..], b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"x%PDF-1.7\nstartxref\n0\n%%EOF", &nested, loops]
    {
        let report = judge(bytes, &SCHOOL.circumstances());
        assert_eq!(report.verdict, Verdict::Malformed);
        assert!(report.problems[0].place.starts_with("byte "));
    }
}
