//! Which pages a report names because a signer saw them otherwise: those of a forgery and of what was
//! filled in later, never those on which only later signatures stand.

use verification::circumstances::{Circumstances, Policy};
use verification::report::{Modification, PageChange, PageChangeKind, Verdict};

use crate::file::{File, Update, stream, with};
use crate::foreign::{self, FIRST, SECOND, Signing};
use crate::rig::{SCHOOL, moment};
use crate::victims::all;
use crate::woven::note;

fn changes(bytes: &[u8]) -> Vec<PageChange> {
    let circumstances = Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() };
    crate::rig::judge(bytes, &circumstances).changed_pages
}

fn first(how: PageChangeKind, field: &str, revision_end_bytes: usize) -> PageChange {
    PageChange { page: 1, change: how, field: field.into(), revision_end_bytes: revision_end_bytes as u64 }
}

fn covered(file: &File) -> Vec<u8> {
    let white = stream("", b"1 g 0 0 595 842 re f");
    file.append(&Update::of([(file.contents(), white)]))
}

#[test]
fn honest_files_name_no_page() {
    for victim in all() {
        assert!(victim.judge(&victim.file.bytes).changed_pages.is_empty(), "{}", victim.name);
    }
    let signed = foreign::signed();
    let second = signed.sign(&Signing::of(SECOND, &SCHOOL.holders[1]));
    let third = Signing { new: Some("[400 100 550 150]"), ..Signing::of("Them", &SCHOOL.holders[1]) };
    let crls = SCHOOL.authority.crls("2026-05-30", "2026-12-31", &[]);
    let kept = second.sign(&third).dss(&crls, "");
    let closed = kept.sign(&Signing::timestamp("TS", moment("2026-05-31T10:00:00+07:00")));
    for file in [signed, second, kept, closed] {
        assert_eq!(changes(&file.bytes), []);
    }
}

#[test]
fn a_page_that_was_written_over_is_named_with_the_last_signer_who_saw_it() {
    for victim in all() {
        let report = victim.judge(&covered(&victim.file));
        let last = report.signatures.last().unwrap();
        let expected = first(PageChangeKind::Changed, &last.field, victim.file.bytes.len());
        assert_eq!(report.changed_pages.first(), Some(&expected), "{}", victim.name);
    }
}

#[test]
fn what_changed_between_two_signatures_is_named_with_the_first() {
    let signed = foreign::signed();
    let end = signed.bytes.len();
    let file = File::read(&covered(&signed)).sign(&Signing::of(SECOND, &SCHOOL.holders[1]));
    assert_eq!(changes(&file.bytes), [first(PageChangeKind::Changed, FIRST, end)]);
}

#[test]
fn a_note_that_was_filled_in_is_shown_although_it_is_allowed() {
    let signed = foreign::signed();
    assert_eq!(changes(&note(&signed)), [first(PageChangeKind::Changed, FIRST, signed.bytes.len())]);
}

#[test]
fn a_visible_field_that_nobody_signed_is_no_signature_to_be_expected() {
    let signed = foreign::signed();
    let look = "/F 4 /Rect [0 0 595 842] /AP << /N 90 0 R >>";
    let mut objects = signed.with_field(signed.next(), "Che", look);
    objects.push((90, stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842]", b"1 g 0 0 595 842 re f")));
    let forged = signed.append(&Update::of(objects));
    assert_eq!(changes(&forged), [first(PageChangeKind::Changed, FIRST, signed.bytes.len())]);
}

#[test]
fn a_signature_whose_look_was_exchanged_is_named() {
    let signed = foreign::signed().sign(&Signing::of(SECOND, &SCHOOL.holders[1]));
    let (field, dictionary) = signed.field(SECOND);
    let exchanged = with(&dictionary, &[("AP", "<< /N 91 0 R >>")]);
    let look = stream("/Type /XObject /Subtype /Form /BBox [0 0 150 50]", b"0 0 150 50 re f");
    let forged = signed.append(&Update::of([(field, exchanged), (91, look)]));
    assert_eq!(changes(&forged), [first(PageChangeKind::Changed, SECOND, signed.bytes.len())]);
}

#[test]
fn pages_that_came_and_went_are_named() {
    let signed = foreign::signed();
    let (_, tree) = signed.find(|one| one.has_type(b"Pages")).unwrap();
    let page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_vec();
    let more = with(&tree, &[("Kids", "[3 0 R 92 0 R]"), ("Count", "2")]);
    let forged = signed.append(&Update::of([(2, more), (92, page)]));
    let added = PageChange { page: 2, ..first(PageChangeKind::Added, FIRST, signed.bytes.len()) };
    assert_eq!(changes(&forged), [added]);
    let none = with(&tree, &[("Kids", "[]"), ("Count", "0")]);
    let forged = signed.append(&Update::of([(2, none)]));
    assert_eq!(changes(&forged), [first(PageChangeKind::Removed, FIRST, signed.bytes.len())]);
}

fn remark(file: &File, entries: &str) -> Vec<u8> {
    let (page, dictionary) = file.page();
    let note = format!("<< /Type /Annot /F 4 /Rect [500 700 520 720] {entries} >>");
    let list = with(&dictionary, &[("Annots", "[10 0 R 11 0 R 12 0 R 93 0 R]")]);
    file.append(&Update::of([(93, note.into_bytes()), (page, list)]))
}

#[test]
fn a_remark_that_the_certification_allows_is_left_to_a_person_who_sees_the_page() {
    let certified = foreign::unsigned("", &[])
        .sign(&Signing { certifies: Some(3), ..Signing::of(FIRST, &SCHOOL.holders[0]) });
    let circumstances = Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() };
    let judge = |bytes: &[u8]| crate::rig::judge(bytes, &circumstances);
    let noted = remark(&certified, "/Subtype /Text /Contents (Xem lai)");
    let report = judge(&noted);
    assert_eq!(report.verdict, Verdict::Indeterminate, "{:?}", report.problems);
    assert_eq!(report.modification, Modification::Allowed);
    assert_eq!(report.problems[0].code, "ANNOTATION_ADDED");
    assert_eq!(report.changed_pages, [first(PageChangeKind::Changed, FIRST, certified.bytes.len())]);
    // What acts, is a field or a link is no remark; and P 2 allows none.
    for entries in ["/Subtype /Text /A << /S /JavaScript /JS (1) >>", "/Subtype /Stamp", "/Subtype /Widget"] {
        assert_eq!(judge(&remark(&certified, entries)).verdict, Verdict::Invalid, "{entries}");
    }
    let strict = foreign::unsigned("", &[])
        .sign(&Signing { certifies: Some(2), ..Signing::of(FIRST, &SCHOOL.holders[0]) });
    assert_eq!(judge(&remark(&strict, "/Subtype /Text")).verdict, Verdict::Invalid);
    // Beside a remark nothing else may change.
    let both = File::read(&noted);
    assert_eq!(judge(&covered(&both)).verdict, Verdict::Invalid);
}

#[test]
fn a_linearized_file_with_streams_is_read_and_signed_like_any_other() {
    // Made by qpdf --linearize --object-streams=generate: its first-page section has no end of its own.
    let file = File::read(include_bytes!("../fixtures/linearized-streams.pdf"));
    let one = Signing { new: Some("[60 100 260 160]"), ..Signing::of("A", &SCHOOL.holders[0]) };
    let two = Signing { new: Some("[300 100 500 160]"), ..Signing::of("B", &SCHOOL.holders[1]) };
    let signed = file.sign(&one).sign(&two);
    let circumstances = Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() };
    let report = crate::rig::judge(&signed.bytes, &circumstances);
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.problems);
    assert_eq!(report.signatures.len(), 2);
    let forged = crate::rig::judge(&covered(&signed), &circumstances);
    assert_eq!(forged.verdict, Verdict::Invalid, "{:?}", forged.problems);
}
