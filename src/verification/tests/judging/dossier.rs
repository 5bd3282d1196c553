//! Order, persons, completeness: what the plan and the roster ask for.

use school::plan::{Cited, Plan};
use verification::circumstances::{Circumstances, Policy};
use verification::report::{Integrity, Modification, Revocation, TimeSource, Trust, Verdict};

use crate::rig::document::{Pdf, Step};
use crate::rig::{BOXES, SCHOOL, codes, finds, judge, moment};

#[test]
fn a_dossier_signed_in_order_by_the_right_people_is_valid() {
    let report = judge(&SCHOOL.signed(&BOXES).bytes, &SCHOOL.circumstances());
    assert_eq!(codes(&report), Vec::<&str>::new());
    assert_eq!((report.verdict, report.policy.as_str()), (Verdict::Valid, "school"));
    assert_eq!((report.integrity, report.modification), (Integrity::Intact, Modification::None));
    let plan = report.plan.unwrap();
    assert!(plan.complete && plan.in_order && plan.missing.is_empty());
    assert_eq!((plan.kind.as_str(), plan.dossier.as_str()), ("hoc-ba", "2025-2026_ca-nam_hoc-ba_HS0001"));
    let fields: Vec<_> = report.signatures.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, BOXES);
    for one in &report.signatures {
        assert_eq!((one.trust, one.revocation), (Trust::Trusted, Revocation::Good));
        assert_eq!((one.level.as_deref(), one.time_source), (Some("B-B"), TimeSource::Claimed));
        assert_eq!(one.certifying, one.field == BOXES[0]);
        assert_eq!(one.covers, if one.field == "ConDau" { "whole-file" } else { "revision" });
    }
}

#[test]
fn a_closed_dossier_has_proof_of_time_and_the_highest_level() {
    let time = moment("2026-05-31T10:00:00+07:00");
    let closed = SCHOOL
        .signed(&BOXES)
        .dss(&SCHOOL.authority.crls("2026-05-30", "2026-12-31", &[]))
        .sign(Step::timestamp(time, &SCHOOL.tsa, &SCHOOL.authority));
    let mut circumstances = SCHOOL.circumstances();
    circumstances.crls.clear();
    let report = judge(&closed.bytes, &circumstances);
    assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec![]));
    let stamp = report.document_timestamp.unwrap();
    assert_eq!((stamp.time, stamp.trust), (time, Trust::Trusted));
    for one in report.signatures.iter().filter(|one| one.level.is_some()) {
        assert_eq!((one.level.as_deref(), one.time_source), (Some("B-LTA"), TimeSource::Timestamp));
        assert_eq!(
            one.poe.as_ref().map(|poe| (poe.time, poe.source.as_str())),
            Some((time, "document-timestamp"))
        );
    }
}

#[test]
fn a_turn_signed_too_early_is_invalid() {
    let report =
        judge(&SCHOOL.signed(&["GVCN", "GVBM_TOAN", "HieuTruong", "ConDau"]).bytes, &SCHOOL.circumstances());
    assert_eq!(report.verdict, Verdict::Invalid);
    assert!(finds(&report, "PLAN_ORDER", "signature GVCN"));
    assert!(!report.plan.unwrap().in_order);
}

#[test]
fn a_missing_box_is_named_and_the_file_is_not_valid() {
    let report = judge(&SCHOOL.signed(&["GVBM_TOAN", "GVCN", "HieuTruong"]).bytes, &SCHOOL.circumstances());
    assert_eq!((report.verdict, report.integrity), (Verdict::Indeterminate, Integrity::Intact));
    assert!(finds(&report, "BOX_MISSING", "box ConDau"));
    assert_eq!(report.plan.unwrap().missing, ["ConDau"]);
}

#[test]
fn a_base_without_signatures_is_unsigned() {
    let report = judge(&SCHOOL.base().bytes, &SCHOOL.circumstances());
    assert_eq!((report.verdict, report.integrity), (Verdict::Unsigned, Integrity::None));
}

#[test]
fn the_certificate_of_a_colleague_in_a_box_is_invalid() {
    let pdf = SCHOOL.signed(&["GVBM_TOAN"]).sign(Step::signature(
        "GVCN",
        SCHOOL.holder("GVBM_TOAN"),
        &SCHOOL.authority,
    ));
    let report = judge(&pdf.bytes, &SCHOOL.circumstances());
    assert_eq!((report.verdict, report.integrity), (Verdict::Invalid, Integrity::Intact));
    assert!(finds(&report, "WRONG_PERSON", "signature GVCN"));
    assert!(!finds(&report, "WRONG_PERSON", "signature GVBM_TOAN"));
}

#[test]
fn a_plan_that_the_school_did_not_issue_is_invalid() {
    let mut circumstances = SCHOOL.circumstances();
    let (_, plans) = circumstances.plans.as_mut().unwrap();
    let template = plans.templates.iter_mut().find(|one| one.kind.code() == "hoc-ba").unwrap();
    template.turns.swap(0, 1);
    let report = judge(&SCHOOL.signed(&BOXES).bytes, &circumstances);
    assert_eq!(report.verdict, Verdict::Invalid);
    assert!(codes(&report).contains(&"PLAN_OTHER"));
}

#[test]
fn a_transcript_that_must_cite_the_class_book_and_does_not_is_invalid() {
    let mut circumstances = SCHOOL.circumstances();
    let (_, plans) = circumstances.plans.as_mut().unwrap();
    let template = plans.templates.iter_mut().find(|one| one.kind.code() == "hoc-ba").unwrap();
    template.cites = Some(school::dossier::DocumentKind::SoDiem);
    let judged = |plan: Plan, circumstances: &Circumstances| {
        let mut pdf = Pdf::base(&plan);
        for field in BOXES {
            pdf = pdf.sign(Step::signature(field, SCHOOL.holder(field), &SCHOOL.authority));
        }
        judge(&pdf.bytes, circumstances)
    };
    let citing = |dossier: &str| {
        let sha256 = school::digest::Sha256::of(b"the closed class book");
        SCHOOL.plan.clone().citing(Some(Cited { dossier: dossier.parse().unwrap(), sha256 }))
    };
    let book = "2025-2026_ca-nam_so-diem_6A1";
    assert_eq!(judged(citing(book), &circumstances).verdict, Verdict::Valid);
    // A class book that was corrected has a later version.
    assert_eq!(judged(citing(&format!("{book}_v2")), &circumstances).verdict, Verdict::Valid);
    for plan in
        [SCHOOL.plan.clone(), citing("2025-2026_ca-nam_so-diem_6A2"), citing("2025-2026_HK1_so-diem_6A1")]
    {
        assert!(codes(&judged(plan, &circumstances)).contains(&"PLAN_OTHER"));
    }
    assert!(codes(&judged(citing(book), &SCHOOL.circumstances())).contains(&"PLAN_OTHER"), "by other plans");
}

#[test]
fn the_stamp_that_the_inspector_names_confirms_the_school() {
    let pdf = SCHOOL.signed(&BOXES);
    let mut circumstances = SCHOOL.circumstances();
    let identity = |circumstances: &Circumstances| judge(&pdf.bytes, circumstances).school_identity;
    assert_eq!(identity(&circumstances), "as-declared");
    circumstances.school_certificate = Some(school::digest::Sha256::of(&SCHOOL.holder("ConDau").der()));
    assert_eq!(identity(&circumstances), "confirmed");
    circumstances.school_certificate = Some(school::digest::Sha256::of(b"another"));
    assert_eq!(identity(&circumstances), "unknown");
    assert!(codes(&judge(&pdf.bytes, &circumstances)).contains(&"SCHOOL_CERTIFICATE"));
}

#[test]
fn a_file_that_the_register_does_not_know_is_invalid() {
    let pdf = SCHOOL.signed(&BOXES);
    let known = [school::digest::Sha256::of(&pdf.bytes)].into();
    let circumstances = SCHOOL.circumstances();
    let included = verification::pdf::judge(&pdf.bytes, &circumstances, Some(&known));
    assert_eq!((included.verdict, included.register.as_str()), (Verdict::Valid, "included"));
    let absent = verification::pdf::judge(&pdf.bytes, &circumstances, Some(&Default::default()));
    assert_eq!((absent.verdict, absent.register.as_str()), (Verdict::Invalid, "absent"));
}

#[test]
fn by_the_foreign_policy_our_files_are_good_too() {
    let mut circumstances = SCHOOL.circumstances();
    circumstances.policy = Policy::Foreign;
    let report = judge(&SCHOOL.signed(&BOXES).bytes, &circumstances);
    assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec![]));
    assert!(report.plan.is_some_and(|plan| plan.complete && plan.in_order));
}

#[test]
fn by_the_foreign_policy_our_unfinished_files_are_not_good() {
    let mut circumstances = SCHOOL.circumstances();
    circumstances.policy = Policy::Foreign;
    let report = judge(&SCHOOL.signed(&BOXES[..BOXES.len() - 1]).bytes, &circumstances);
    assert_eq!((report.verdict, codes(&report)), (Verdict::Indeterminate, vec!["BOX_MISSING"]));
}
