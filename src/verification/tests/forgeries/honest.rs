//! What honest people do after a signature: all of it is accepted.

use std::panic::Location;

use verification::circumstances::{Circumstances, Policy};
use verification::report::{Modification, Verdict};

use crate::file::File;
use crate::foreign::{self, FIRST, SECOND, Signing};
use crate::rig::document::Step;
use crate::rig::{BOXES, SCHOOL, moment};
use crate::victims::{Kind, all, keep_of};
use crate::woven::note;

#[track_caller]
fn accepted(bytes: &[u8], policy: Policy) -> Modification {
    let set = if policy == Policy::School { "ours" } else { "strangers" };
    let digest = school::digest::Sha256::of(bytes).to_string();
    keep_of(set, &format!("honest {} {}", Location::caller().line(), &digest[..8]), bytes, Kind::Honest);
    let circumstances = Circumstances { policy, ..SCHOOL.circumstances() };
    let report = crate::rig::judge(bytes, &circumstances);
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.problems);
    report.modification
}

fn crls() -> Vec<Vec<u8>> {
    SCHOOL.authority.crls("2026-05-30", "2026-12-31", &[])
}

#[test]
fn every_document_is_accepted_before_it_is_forged() {
    for victim in all() {
        assert_eq!(victim.judge(&victim.file.bytes).verdict, Verdict::Valid, "{}", victim.name);
    }
}

#[test]
fn our_own_steps_in_the_order_of_the_plan_are_accepted() {
    let time = moment("2026-05-31T10:00:00+07:00");
    let mut pdf = SCHOOL.base();
    for name in BOXES {
        pdf = pdf.sign(Step::signature(name, SCHOOL.holder(name), &SCHOOL.authority));
    }
    assert_eq!(accepted(&pdf.bytes, Policy::School), Modification::None);
    let pdf = pdf.dss(&crls());
    assert_eq!(accepted(&pdf.bytes, Policy::School), Modification::Allowed);
    let pdf = pdf.sign(Step::timestamp(time, &SCHOOL.tsa, &SCHOOL.authority));
    assert_eq!(accepted(&pdf.bytes, Policy::School), Modification::None);
    accepted(&pdf.bytes, Policy::Foreign);
}

#[test]
fn a_second_signature_in_its_field_is_accepted() {
    let second = Signing::of(SECOND, &SCHOOL.holders[1]);
    accepted(&foreign::signed().sign(&second).bytes, Policy::Foreign);
    let certified = foreign::unsigned("", &[])
        .sign(&Signing { certifies: Some(2), ..Signing::of(FIRST, &SCHOOL.holders[0]) });
    accepted(&certified.sign(&second).bytes, Policy::Foreign);
    let new = Signing { new: Some("[400 100 550 150]"), ..Signing::of("Them", &SCHOOL.holders[1]) };
    accepted(&foreign::signed().sign(&new).bytes, Policy::Foreign);
}

/// Honest or not, nobody can tell by the file: it is accepted, and it is told.
#[test]
fn a_second_signer_whose_box_covers_the_page_is_accepted_and_told() {
    let told = |rect| {
        let large = Signing { new: Some(rect), ..Signing::of("Lon", &SCHOOL.holders[1]) };
        let file = foreign::signed().sign(&large);
        accepted(&file.bytes, Policy::Foreign);
        let circumstances = Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() };
        let report = crate::rig::judge(&file.bytes, &circumstances);
        report.problems.iter().any(|one| one.code == "LARGE_APPEARANCE" && one.place == "signature Lon")
    };
    assert!(told("[0 0 595 842]") && told("[595 842 0 400]"));
    assert!(!told("[400 100 550 150]"));
    // Alone on its page a signature covers nobody's.
    let first = Signing { new: Some("[0 0 595 842]"), ..Signing::of("Lon", &SCHOOL.holders[0]) };
    let circumstances = Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() };
    let report = crate::rig::judge(&foreign::unsigned("", &[]).sign(&first).bytes, &circumstances);
    assert!(report.problems.iter().all(|one| one.code != "LARGE_APPEARANCE"), "{:?}", report.problems);
}

#[test]
fn a_note_filled_in_is_accepted() {
    assert_eq!(accepted(&note(&foreign::signed()), Policy::Foreign), Modification::Allowed);
    let certified = foreign::unsigned("", &[])
        .sign(&Signing { certifies: Some(2), ..Signing::of(FIRST, &SCHOOL.holders[0]) });
    let filled = File::read(&note(&certified));
    accepted(&filled.sign(&Signing::of(SECOND, &SCHOOL.holders[1])).bytes, Policy::Foreign);
}

#[test]
fn an_extension_for_long_keeping_is_accepted() {
    for p in [None, Some(1), Some(2)] {
        let signed = foreign::unsigned("", &[])
            .sign(&Signing { certifies: p, ..Signing::of(FIRST, &SCHOOL.holders[0]) });
        let kept = signed.dss(&crls(), "");
        accepted(&kept.bytes, Policy::Foreign);
        let stamped = kept.sign(&Signing::timestamp("TS1", moment("2026-05-31T10:00:00+07:00")));
        accepted(&stamped.bytes, Policy::Foreign);
        let again =
            stamped.dss(&crls(), "").sign(&Signing::timestamp("TS2", moment("2026-05-31T12:00:00+07:00")));
        accepted(&again.bytes, Policy::Foreign);
    }
}
