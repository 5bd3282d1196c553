//! What a page shows later though no person signed it: content that a field holds too, timestamps that are
//! seen, readers that are told to draw every field anew, words filled in over the page.

use verification::circumstances::{Circumstances, Policy};
use verification::report::{PdfReport, Verdict};

use crate::file::{File, Update, stream, with};
use crate::foreign::{self, FIRST, NOTE, SECOND, Signing};
use crate::rig::{SCHOOL, moment};
use crate::victims::{judge_one, keep};

fn judge(bytes: &[u8]) -> PdfReport {
    let circumstances = Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() };
    crate::rig::judge(bytes, &circumstances)
}

fn codes(report: &PdfReport) -> Vec<&str> {
    report.problems.iter().map(|problem| problem.code.as_str()).collect()
}

#[track_caller]
fn refused(name: &str, bytes: &[u8], code: &str) {
    keep(&format!("seen {name}"), bytes);
    if let Err(said) = judge_one(&judge(bytes), &[code]) {
        panic!("{name}: {said}");
    }
}

/// Not proven either way: a person has to look.
#[track_caller]
fn undetermined(name: &str, bytes: &[u8], code: &str) {
    keep(&format!("seen {name}"), bytes);
    let report = judge(bytes);
    assert_eq!((report.verdict, codes(&report)), (Verdict::Indeterminate, vec![code]), "{name}");
}

#[track_caller]
fn signed(base: &File) -> File {
    let signed = base.sign(&Signing::of(FIRST, &SCHOOL.holders[0]));
    assert_eq!(judge(&signed.bytes).verdict, Verdict::Valid, "{:?}", judge(&signed.bytes).problems);
    signed
}

/// A widget that is a stream besides, of always the same length.
fn widget_with_content(words: &str) -> Vec<u8> {
    let content = format!("{:<60}", format!("BT /F1 12 Tf 50 650 Td ({words}) Tj ET"));
    let dictionary = "/Type /Annot /Subtype /Widget /Parent 12 0 R /F 4 /P 3 0 R /Rect [50 200 400 220] \
                      /BBox [0 0 595 842]";
    stream(dictionary, content.as_bytes())
}

#[test]
fn content_of_a_page_that_is_a_widget_of_a_field_as_well_is_not_filled_in_with_it() {
    let shown = (20, widget_with_content("1000 dong"));
    // By a name that also leads to fields, and by a list that is the kids of the field as well.
    for (page, kids, contents) in [
        ("/XObject << /Kids 20 0 R >>", "[20 0 R]", "4 0 R"),
        ("/XObject << /Data 20 0 R >>", "[20 0 R]", "4 0 R"),
        ("", "21 0 R", "21 0 R"),
    ] {
        let base = foreign::unsigned(page, &[shown.clone(), (21, b"[20 0 R]".to_vec())]);
        let ((field, dictionary), (number, page)) = (base.field(NOTE), base.page());
        let held = with(&dictionary, &[("Kids", kids), ("AP", "")]);
        let drawn = with(&page, &[("Contents", contents)]);
        let base = File::read(&base.append(&Update::of([(field, held), (number, drawn)])));
        let signed = base.sign(&Signing::of(FIRST, &SCHOOL.holders[0]));
        let forged = signed.append(&Update::of([(20, widget_with_content("9999 dong"))]));
        keep("seen content in a widget", &forged);
        let report = judge(&forged);
        assert_eq!(report.verdict, Verdict::Invalid, "{kids} {contents}: {:?}", report.problems);
    }
}

#[test]
fn a_timestamp_is_no_persons_signature_and_may_not_be_seen() {
    let time = moment("2026-05-31T10:00:00+07:00");
    let stamp = |file: &File, how: Signing<'_>| file.sign(&Signing { time: Some(time), ..how }).bytes;
    let over_the_page = Signing { new: Some("[0 0 595 842]"), ..Signing::timestamp("TS", time) };
    let in_the_box = Signing { new: None, ..Signing::timestamp(SECOND, time) };
    let signed = signed(&foreign::unsigned("", &[]));
    undetermined("a timestamp over the page", &stamp(&signed, over_the_page), "VISIBLE_UNSIGNED_FIELD");
    undetermined("a timestamp in the box of a person", &stamp(&signed, in_the_box), "VISIBLE_UNSIGNED_FIELD");
    let first = Signing::of(FIRST, &SCHOOL.holders[0]);
    for certifies in 1..=3 {
        let certified = foreign::unsigned("", &[]).sign(&Signing { certifies: Some(certifies), ..first });
        let name = format!("a timestamp over a page that P {certifies} certifies");
        refused(&name, &stamp(&certified, over_the_page), "DOC_MDP");
    }
    let closed = foreign::unsigned("", &[]).sign(&Signing { certifies: Some(1), ..first });
    refused("a timestamp in a box although nothing may change", &stamp(&closed, in_the_box), "DOC_MDP");
    let locked = foreign::unsigned("", &[]).sign(&Signing { locks: true, ..first });
    refused("a timestamp in a box that is locked", &stamp(&locked, in_the_box), "FIELD_MDP");
    // Unseen it proves time and nothing else, whatever is locked.
    for file in [&signed, &closed, &locked] {
        let unseen = stamp(file, Signing::timestamp("TS", time));
        assert_eq!(judge(&unseen).verdict, Verdict::Valid, "{:?}", judge(&unseen).problems);
    }
}

#[test]
fn readers_are_not_told_to_draw_every_field_anew() {
    // Signed with one thing shown and another one as its value.
    let base = foreign::unsigned("", &[]);
    let (field, dictionary) = base.field(NOTE);
    let prepared = with(&dictionary, &[("V", "(9999 dong)")]);
    let signed = signed(&File::read(&base.append(&Update::of([(field, prepared)]))));
    let (form, entries) = signed.form();
    let told = signed.append(&Update::of([(form.unwrap(), with(&entries, &[("NeedAppearances", "true")]))]));
    refused("every field drawn anew", &told, "FIELD_CHANGED");
    let kept = signed.append(&Update::of([(form.unwrap(), with(&entries, &[("NeedAppearances", "false")]))]));
    assert_eq!(judge(&kept).verdict, Verdict::Valid, "{:?}", judge(&kept).problems);
}

#[test]
fn a_field_as_large_as_the_page_is_not_filled_in_unseen() {
    let base = foreign::unsigned("", &[]);
    let (field, dictionary) = base.field(NOTE);
    let large = |rectangle: &str| {
        let large = with(&dictionary, &[("Rect", rectangle)]);
        signed(&File::read(&base.append(&Update::of([(field, large)]))))
    };
    let filled = |signed: &File| {
        let (_, dictionary) = signed.field(NOTE);
        let shown = format!("<< /N {} 0 R >>", signed.next());
        signed.append(&Update::of([
            (field, with(&dictionary, &[("V", "(x)"), ("AP", &shown)])),
            (signed.next(), stream("/Subtype /Form /BBox [0 0 595 842]", b"1 g 0 0 595 842 re f")),
        ]))
    };
    undetermined("a field over the page filled in", &filled(&large("[0 0 595 842]")), "LARGE_APPEARANCE");
    undetermined("a field over half of it", &filled(&large("[595 842 0 400]")), "LARGE_APPEARANCE");
    let usual = filled(&large("[50 200 545 300]"));
    assert_eq!(judge(&usual).verdict, Verdict::Valid, "{:?}", judge(&usual).problems);
    // Untouched it may be as large as it likes.
    let closed = large("[0 0 595 842]").sign(&Signing::of(SECOND, &SCHOOL.holders[1]));
    assert_eq!(judge(&closed.bytes).verdict, Verdict::Valid);
}

/// The note with these flags, and what `change` makes of it after it was signed.
fn flagged(flags: &str, kind: &str, change: &[(&str, &str)]) -> Vec<u8> {
    let base = foreign::unsigned("", &[]);
    let (field, dictionary) = base.field(NOTE);
    let prepared = with(&dictionary, &[("FT", kind), ("Ff", flags)]);
    let signed = signed(&File::read(&base.append(&Update::of([(field, prepared)]))));
    let (_, dictionary) = signed.field(NOTE);
    let shown = format!("<< /N {} 0 R >>", signed.next());
    let change: Vec<(&str, &str)> = change
        .iter()
        .map(|(key, value)| (*key, if *key == "AP" { shown.as_str() } else { *value }))
        .collect();
    let look = stream("/Type /XObject /Subtype /Form /BBox [0 0 350 20]", b"BT /F1 12 Tf (9999) Tj ET");
    signed.append(&Update::of([(field, with(&dictionary, &change)), (signed.next(), look)]))
}

#[test]
fn a_field_that_people_cannot_fill_in_was_not_filled_in() {
    const FILLED: &[(&str, &str)] = &[("V", "(9999)"), ("AP", "")];
    assert_eq!(judge(&flagged("0", "/Tx", FILLED)).verdict, Verdict::Valid);
    // Closed for people: a script may have computed it, or somebody else did.
    undetermined("a closed field filled in", &flagged("1", "/Tx", FILLED), "FIELD_CHANGED");
    // A button has no value: only its look can have been exchanged.
    refused("another look of a button", &flagged("65536", "/Btn", &[("AP", "")]), "FIELD_CHANGED");
    // A field may be closed, and is never opened or made into another one.
    assert_eq!(judge(&flagged("0", "/Tx", &[("Ff", "1")])).verdict, Verdict::Valid);
    refused("a field opened", &flagged("1", "/Tx", &[("Ff", "0")]), "FIELD_CHANGED");
    refused("a field of passwords", &flagged("0", "/Tx", &[("Ff", "8192")]), "FIELD_CHANGED");
}

#[test]
fn octets_that_lie_in_another_file_are_signed_by_nobody() {
    for (name, entry) in [
        ("a stream in another file", "/XObject << /Cover 20 0 R >>"),
        ("a page of another file", "/XObject << /Cover 21 0 R >>"),
    ] {
        let outside = stream("/Type /XObject /Subtype /Form /BBox [0 0 595 842] /F (other.bin)", b"");
        let referring = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Ref << /F (other.pdf) /Page 0 >>";
        let file = foreign::unsigned(entry, &[(20, outside), (21, stream(referring, b""))]);
        let signed = file.sign(&Signing::of(FIRST, &SCHOOL.holders[0]));
        undetermined(name, &signed.bytes, "EXTERNAL_CONTENT");
    }
}
