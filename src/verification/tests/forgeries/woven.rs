//! Forgeries that need a key or a hole: signature wrapping, changes between two signatures, changes
//! that ride along in the revision of a signature.

use school::moment::Moment;
use verification::circumstances::{Circumstances, Policy};
use verification::report::{Integrity, Verdict};

use crate::file::{File, Update, places, stream, with, write_object};
use crate::foreign::{self, FIRST, NOTE, SECOND, Signing};
use crate::rig::document::Step;
use crate::rig::{BOXES, SCHOOL, moment};
use crate::victims::{Expected, Forgery, Victim, judge_all, judge_one};

fn by(policy: Policy) -> Circumstances {
    Circumstances { policy, ..SCHOOL.circumstances() }
}

fn refused(bytes: &[u8], policy: Policy, codes: &[&str]) {
    let report = crate::rig::judge(bytes, &by(policy));
    assert!(!codes.is_empty());
    judge_one(&report, codes).unwrap();
}

/// The signed end of the file is moved away, and the room that it leaves is filled: a new dictionary
/// for the same signature, another page and a section at the very offset that the end names.
fn wrapped(victim: &Victim) -> Option<Vec<u8>> {
    let file = &victim.file;
    let place = *places(&file.bytes).last()?;
    let (opens, closes) = place.hole;
    let section_at = file.startxref();
    if file.is_packed() || section_at < closes {
        return None;
    }
    let end = &file.bytes[closes..];
    let (number, dictionary) = file.find(|one| {
        one.get(b"ByteRange")
            .is_ok_and(|range| range.as_array().unwrap()[1].as_i64().unwrap() == opens as i64)
    })?;
    let mut bytes = file.bytes[..closes].to_vec();
    bytes.extend(vec![b' '; section_at - closes]);
    // The section must stand at the old offset, its objects behind it.
    let room = 4096 + dictionary.get(b"Contents").unwrap().as_str().unwrap().len() * 2;
    let moved = section_at + 1024 + room;
    let range = format!("[0 {opens} {moved} {}]", end.len());
    let mut objects = Vec::new();
    let mut entries = Vec::new();
    for (number, value) in [
        (file.contents(), stream("", b"BT (FORGED) Tj ET")),
        (number, with(&dictionary, &[("ByteRange", &range)])),
    ] {
        entries.push((number, section_at + 1024 + objects.len()));
        write_object(&mut objects, number, &value);
    }
    // /Prev of the section that is overwritten.
    let old = String::from_utf8_lossy(&file.bytes[section_at..]).into_owned();
    let prev = old
        .split("/Prev")
        .nth(1)
        .and_then(|rest| rest.trim().split(|c: char| !c.is_ascii_digit()).next().map(str::to_owned));
    let offset = file.table(&mut bytes, &Update::default(), &entries);
    assert_eq!(offset, section_at);
    let table = String::from_utf8_lossy(&bytes[offset..]).into_owned();
    let own = format!("/Prev {section_at} ");
    let table = table.replace(&own, &prev.map_or(String::new(), |prev| format!("/Prev {prev} ")));
    bytes.truncate(offset);
    bytes.extend(format!("{table}startxref\n{section_at}\n%%EOF\n").bytes());
    bytes.resize(section_at + 1024, b' ');
    bytes.extend(objects);
    bytes.resize(moved, b' ');
    bytes.extend(end);
    Some(bytes)
}

const WRAPPED: &[Forgery] = &[(
    "a signature wrapped around another file",
    wrapped,
    Expected {
        school: &["UNSIGNED_BYTES", "SIGNATURE_REMOVED", "CONTENTS_HOLE", "XREF_ENTRY_OUTSIDE"],
        foreign: &["UNSIGNED_BYTES", "SIGNATURE_REMOVED", "CONTENTS_HOLE", "XREF_ENTRY_OUTSIDE"],
    },
)];

#[test]
fn a_wrapped_signature_is_refused() {
    judge_all(WRAPPED);
}

#[test]
fn a_page_changed_between_two_signatures_is_refused_though_both_are_intact() {
    let change = |file: &File| {
        let page = stream("", b"BT (FORGED) Tj ET");
        File::read(&file.append(&Update::of([(file.contents(), page)])))
    };
    let second = Signing::of(SECOND, &SCHOOL.holders[1]);
    let bytes = change(&foreign::signed()).sign(&second).bytes;
    refused(&bytes, Policy::Foreign, &["UNEXPLAINED_OBJECT"]);
    let report = crate::rig::judge(&bytes, &by(Policy::Foreign));
    assert_eq!(report.integrity, Integrity::Intact);
    let mut ours = SCHOOL.signed(&BOXES[..2]);
    ours.append(&[(4, stream("", b"BT (FORGED) Tj ET"))]);
    let ours = ours.sign(Step::signature(BOXES[2], SCHOOL.holder(BOXES[2]), &SCHOOL.authority));
    let ours = ours.sign(Step::signature(BOXES[3], SCHOOL.holder(BOXES[3]), &SCHOOL.authority));
    refused(&ours.bytes, Policy::School, &["REVISION_KIND"]);
}

#[test]
fn a_page_changed_by_the_revision_of_a_signature_is_refused() {
    let signed = foreign::signed();
    let page = stream("", b"BT (FORGED) Tj ET");
    let second = Signing::of(SECOND, &SCHOOL.holders[1]);
    let bytes = signed.sign_with(&second, &[(signed.contents(), page.clone())]).bytes;
    refused(&bytes, Policy::Foreign, &["UNEXPLAINED_OBJECT"]);
    let base = SCHOOL.signed(&BOXES[..2]);
    let ours = File::read(&base.bytes);
    let third = Signing { locks: false, ..Signing::of(BOXES[2], SCHOOL.holder(BOXES[2])) };
    let bytes = ours.sign_with(&third, &[(ours.contents(), page)]).bytes;
    refused(&bytes, Policy::School, &["UNEXPLAINED_OBJECT", "REVISION_KIND"]);
}

#[test]
fn what_a_certification_or_a_lock_forbids_is_refused() {
    let base = foreign::unsigned("", &[]);
    let first = Signing::of(FIRST, &SCHOOL.holders[0]);
    let second = Signing::of(SECOND, &SCHOOL.holders[1]);
    let closed = base.sign(&Signing { certifies: Some(1), ..first });
    refused(&closed.sign(&second).bytes, Policy::Foreign, &["DOC_MDP"]);
    refused(&note(&closed), Policy::Foreign, &["DOC_MDP"]);
    let locked = base.sign(&Signing { locks: true, ..first });
    refused(&locked.sign(&second).bytes, Policy::Foreign, &["FIELD_MDP"]);
    refused(&note(&locked), Policy::Foreign, &["FIELD_MDP"]);
    // A later, laxer certification does not loosen an earlier one.
    let later = closed.sign(&Signing { certifies: Some(3), ..second });
    refused(&note(&later), Policy::Foreign, &["DOC_MDP"]);
    let certified = base.sign(&Signing { certifies: Some(2), ..first });
    let covering = Signing { new: Some("[0 0 595 842]"), ..Signing::of("Them", &SCHOOL.holders[1]) };
    refused(&certified.sign(&covering).bytes, Policy::Foreign, &["DOC_MDP"]);
}

/// The note filled in.
pub fn note(file: &File) -> Vec<u8> {
    let (field, dictionary) = file.field(NOTE);
    let shown = format!("<< /N {} 0 R >>", file.next());
    file.append(&Update::of([
        (field, with(&dictionary, &[("V", "(Da xem)"), ("AP", &shown)])),
        (
            file.next(),
            stream("/Type /XObject /Subtype /Form /BBox [0 0 350 20]", b"BT /F1 12 Tf (Da xem) Tj ET"),
        ),
    ]))
}

#[test]
fn a_field_that_was_hidden_does_not_appear_by_being_filled() {
    let covering = |file: &File, name: &str| {
        let (field, dictionary) = file.field(name);
        let hidden = with(&dictionary, &[("F", "6"), ("Rect", "[0 0 595 842]")]);
        File::read(&file.append(&Update::of([(field, hidden)])))
    };
    let prepared = covering(&foreign::unsigned("", &[]), NOTE);
    let signed = prepared.sign(&Signing::of(FIRST, &SCHOOL.holders[0]));
    let (field, dictionary) = signed.field(NOTE);
    let shown = format!("<< /N {} 0 R >>", signed.next());
    let bytes = signed.append(&Update::of([
        (field, with(&dictionary, &[("F", "4"), ("V", "(x)"), ("AP", &shown)])),
        (signed.next(), stream("/Subtype /Form /BBox [0 0 595 842]", b"1 g 0 0 595 842 re f")),
    ]));
    refused(&bytes, Policy::Foreign, &["FIELD_CHANGED"]);
}

#[test]
fn the_stamp_in_a_persons_place_is_refused_without_any_roster() {
    let mut pdf = SCHOOL.base();
    for name in BOXES {
        pdf = pdf.sign(Step::signature(name, SCHOOL.holder("ConDau"), &SCHOOL.authority));
    }
    let circumstances = Circumstances { roster: None, plans: None, ..by(Policy::School) };
    let report = crate::rig::judge(&pdf.bytes, &circumstances);
    judge_one(&report, &["WRONG_PERSON"]).unwrap();
}

#[test]
fn two_fields_that_share_a_value_or_a_name_are_refused() {
    let signed = foreign::signed();
    let (first, dictionary) = signed.field(FIRST);
    let value = dictionary.get(b"V").unwrap().as_reference().unwrap().0;
    let (second, other) = signed.field(SECOND);
    let shared = signed.append(&Update::of([(second, with(&other, &[("V", &format!("{value} 0 R"))]))]));
    refused(&shared, Policy::Foreign, &["FIELD_NAMES"]);
    let named = signed.append(&Update::of([(second, with(&other, &[("T", &format!("({FIRST})"))]))]));
    refused(&named, Policy::Foreign, &["FIELD_NAMES"]);
    assert_ne!(first, second);
}

#[test]
fn a_timestamp_for_a_signature_of_a_person_is_refused() {
    let time: Moment = moment("2026-05-31T10:00:00+07:00");
    let ours = File::read(&SCHOOL.signed(&BOXES[..3]).bytes);
    let as_box = Signing { time: Some(time), ..Signing::of(BOXES[3], &SCHOOL.tsa) };
    refused(&ours.sign(&as_box).bytes, Policy::School, &["FIELD_CHANGED", "PLAN_FIELDS"]);
    let by_tsa = Signing::of(SECOND, &SCHOOL.tsa);
    let report = crate::rig::judge(&foreign::signed().sign(&by_tsa).bytes, &by(Policy::Foreign));
    assert_ne!(report.verdict, Verdict::Valid, "{:?}", report.problems);
}
