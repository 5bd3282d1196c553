//! Acts of the school beside its roster: who may sign because of them, when, and who may not.

use school::act::{Act, Deed, FORMAT, TeachingPlace};
use school::digest::Sha256;
use school::dossier::DocumentKind;
use school::moment::Moment;
use school::records::canonical;
use school::roster::Person;
use verification::acts::Acts;
use verification::circumstances::{Circumstances, SignedAct};
use verification::report::{PdfReport, Verdict};

use crate::rig::document::{Pdf, Step};
use crate::rig::pki::Holder;
use crate::rig::{BOXES, SCHOOL, cms, codes, finds, judge, moment};

/// What the signers of the rig claim.
const SIGNED: &str = "2026-05-30T08:15:00+07:00";

fn id<T: std::str::FromStr>(text: &str) -> T
where
    T::Err: std::fmt::Debug,
{
    text.parse().unwrap()
}

fn digest(holder: &Holder) -> Sha256 {
    Sha256::of(&holder.der())
}

fn act(decided: &str, deed: Deed) -> Act {
    Act {
        format: FORMAT.into(),
        school: id("HOAPHUONG"),
        roster: SCHOOL.roster.0,
        number: "12/QĐ-THCSHP".into(),
        decided: moment(decided),
        deed,
    }
}

fn signed(act: &Act, signers: &[&Holder]) -> SignedAct {
    let bytes = canonical::to_bytes(act).unwrap();
    let signatures = signers.iter().map(|one| cms::detached(&bytes, one, &SCHOOL.authority)).collect();
    SignedAct { act: bytes, signatures }
}

fn by_principal(act: &Act) -> SignedAct {
    signed(act, &[SCHOOL.holder("HieuTruong")])
}

fn with(acts: Vec<SignedAct>) -> Circumstances {
    Circumstances { acts: Acts::Given(acts), ..SCHOOL.circumstances() }
}

/// A dossier whose boxes are signed in order; `field` by `holder`.
fn signed_by(field: &str, holder: &Holder) -> Pdf {
    BOXES.iter().fold(SCHOOL.base(), |pdf, name| {
        let signer = if *name == field { holder } else { SCHOOL.holder(name) };
        pdf.sign(Step::signature(name, signer, &SCHOOL.authority))
    })
}

/// A dossier that the principal's successor signs by the own name, each other box by its `holder`.
fn signed_by_successor(new: &Holder, holder: fn(&str) -> &Holder) -> Pdf {
    BOXES.iter().fold(SCHOOL.base(), |pdf, name| {
        pdf.sign(match *name {
            "HieuTruong" => Step::signature(name, new, &SCHOOL.authority).showing(SUCCESSOR),
            name => Step::signature(name, holder(name), &SCHOOL.authority),
        })
    })
}

/// GV02, the homeroom teacher, signs for the principal.
fn delegation(from: &str, until: &str) -> Deed {
    let scope = vec![DocumentKind::SoDiem, DocumentKind::HocBa];
    Deed::Delegation { to: id("GV02"), from: moment(from), until: moment(until), scope }
}

/// GV02 fills the boxes of GV01, who teaches mathematics.
fn ky_thay(subject: &str) -> Deed {
    Deed::KyThay {
        absent: id("GV01"),
        colleague: id("GV02"),
        from: moment("2026-05-25T00:00:00+07:00"),
        until: moment("2026-06-05T00:00:00+07:00"),
        reason: "nghỉ ốm".into(),
        places: vec![TeachingPlace { class: id("6A1"), subject: Some(id(subject)) }],
    }
}

const MAY: &str = "2026-05-02T08:00:00+07:00";
const END: &str = "2026-06-30T17:00:00+07:00";

#[track_caller]
fn is_right(report: &PdfReport, field: &str, kind: &str) {
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.problems);
    assert_eq!(codes(report), ["ACT_BY_CLAIMED_TIME"]);
    for one in &report.signatures {
        let act = one.act.as_ref().map(|act| (act.kind.as_str(), act.number.as_str(), act.time.as_str()));
        assert_eq!(act, (one.field == field).then_some((kind, "12/QĐ-THCSHP", "claimed")), "{}", one.field);
    }
}

#[track_caller]
fn is_wrong(report: &PdfReport, code: &str, field: &str) {
    assert_eq!(report.verdict, Verdict::Invalid, "{:?}", report.problems);
    assert!(finds(report, code, &format!("signature {field}")), "{:?}", report.problems);
    assert!(report.signatures.iter().all(|one| one.field != field || one.act.is_none()));
}

#[test]
fn a_vice_principal_signs_for_the_principal_by_delegation() {
    let pdf = signed_by("HieuTruong", SCHOOL.holder("GVCN"));
    let delegated = with(vec![by_principal(&act(MAY, delegation(MAY, END)))]);
    is_right(&judge(&pdf.bytes, &delegated), "HieuTruong", "delegation");
    is_wrong(&judge(&pdf.bytes, &SCHOOL.circumstances()), "WRONG_PERSON", "HieuTruong");
}

#[test]
fn a_delegation_ends_and_covers_only_its_kinds_of_document() {
    let pdf = signed_by("HieuTruong", SCHOOL.holder("GVCN"));
    for (from, until) in [(MAY, "2026-05-29T17:00:00+07:00"), ("2026-05-31T00:00:00+07:00", END)] {
        let over = with(vec![by_principal(&act(MAY, delegation(from, until)))]);
        is_wrong(&judge(&pdf.bytes, &over), "DELEGATION_OUTSIDE", "HieuTruong");
    }
    let Deed::Delegation { to, from, until, .. } = delegation(MAY, END) else { panic!("a delegation") };
    let books_only = Deed::Delegation { to, from, until, scope: vec![DocumentKind::SoDiem] };
    let report = judge(&pdf.bytes, &with(vec![by_principal(&act(MAY, books_only))]));
    is_wrong(&report, "DELEGATION_OUTSIDE", "HieuTruong");
}

#[test]
fn a_delegation_is_for_the_principals_boxes_and_for_nobody_elses() {
    let pdf = signed_by("GVBM_TOAN", SCHOOL.holder("GVCN"));
    let delegated = with(vec![by_principal(&act(MAY, delegation(MAY, END)))]);
    is_wrong(&judge(&pdf.bytes, &delegated), "WRONG_PERSON", "GVBM_TOAN");
}

#[test]
fn a_colleague_fills_the_box_of_an_absent_teacher_and_is_shown_as_such() {
    let pdf = signed_by("GVBM_TOAN", SCHOOL.holder("GVCN"));
    let acts = with(vec![by_principal(&act(MAY, ky_thay("TOAN")))]);
    is_right(&judge(&pdf.bytes, &acts), "GVBM_TOAN", "ky-thay");
    let other_subject = with(vec![by_principal(&act(MAY, ky_thay("VAN")))]);
    is_wrong(&judge(&pdf.bytes, &other_subject), "KY_THAY_OUTSIDE", "GVBM_TOAN");
}

#[test]
fn an_act_made_after_the_signature_that_needs_it_changes_nothing() {
    let late = "2026-05-30T09:00:00+07:00";
    let acts = with(vec![by_principal(&act(late, ky_thay("TOAN")))]);
    let pdf = signed_by("GVBM_TOAN", SCHOOL.holder("GVCN"));
    is_wrong(&judge(&pdf.bytes, &acts), "ACT_LATER", "GVBM_TOAN");
}

#[test]
fn a_signature_proven_to_be_older_than_the_act_is_not_covered_whatever_it_claims() {
    let pdf = signed_by("GVBM_TOAN", SCHOOL.holder("GVCN"));
    let stamp = Step::timestamp(moment("2026-05-20T08:00:00+07:00"), &SCHOOL.tsa, &SCHOOL.authority);
    let acts = with(vec![by_principal(&act("2026-05-25T08:00:00+07:00", ky_thay("TOAN")))]);
    is_wrong(&judge(&pdf.sign(stamp).bytes, &acts), "KY_THAY_OUTSIDE", "GVBM_TOAN");
}

#[test]
fn a_replaced_token_is_right_only_on_its_own_side_of_the_moment() {
    let new = SCHOOL.authority.issue("GVCN mới", "2029-01-01");
    let replaced = |from: &str| {
        let old = digest(SCHOOL.holder("GVCN"));
        let deed = Deed::TokenReplaced { person: id("GV02"), old, new: digest(&new), from: moment(from) };
        with(vec![by_principal(&act(MAY, deed))])
    };
    let (with_old, with_new) = (SCHOOL.signed(&BOXES), signed_by("GVCN", &new));
    let before = "2026-05-29T00:00:00+07:00";
    is_right(&judge(&with_new.bytes, &replaced(before)), "GVCN", "token-replaced");
    is_wrong(&judge(&with_old.bytes, &replaced(before)), "TOKEN_NOT_IN_FORCE", "GVCN");
    let after = "2026-05-31T00:00:00+07:00";
    is_wrong(&judge(&with_new.bytes, &replaced(after)), "TOKEN_NOT_IN_FORCE", "GVCN");
    assert_eq!(judge(&with_old.bytes, &replaced(after)).verdict, Verdict::Valid);
}

const SUCCESSOR: &str = "Phạm Thị Quỳnh Như";

/// The principal's successor from the day before the signatures on.
fn new_principal(holder: &Holder) -> Act {
    let person = Person {
        id: id("HT02"),
        name: SUCCESSOR.into(),
        title: "Hiệu trưởng".into(),
        certificate: digest(holder),
        picture: None,
    };
    let from = moment("2026-05-29T00:00:00+07:00");
    act(MAY, Deed::PrincipalChanged { person, old: digest(SCHOOL.holder("HieuTruong")), from })
}

#[test]
fn a_new_principal_needs_the_new_certificate_and_the_stamp() {
    let new = SCHOOL.authority.issue("Hiệu trưởng mới", "2029-01-01");
    let pdf = signed_by_successor(&new, |name| SCHOOL.holder(name));
    let by_both = signed(&new_principal(&new), &[&new, SCHOOL.holder("ConDau")]);
    is_right(&judge(&pdf.bytes, &with(vec![by_both.clone()])), "HieuTruong", "principal-changed");
    is_wrong(&judge(&SCHOOL.signed(&BOXES).bytes, &with(vec![by_both])), "WRONG_PERSON", "HieuTruong");
    for signers in [&[&new][..], &[SCHOOL.holder("ConDau")], &[SCHOOL.holder("HieuTruong")]] {
        let acts = with(vec![signed(&new_principal(&new), signers)]);
        let report = judge(&pdf.bytes, &acts);
        is_wrong(&report, "WRONG_PERSON", "HieuTruong");
        assert!(finds(&report, "ACT_NOT_IN_FORCE", "ACT_SIGNER"));
    }
}

#[test]
fn what_the_old_principal_decides_after_leaving_is_not_in_force() {
    let new = SCHOOL.authority.issue("Hiệu trưởng mới", "2029-01-01");
    let change = signed(&new_principal(&new), &[&new, SCHOOL.holder("ConDau")]);
    let deed = ky_thay("TOAN");
    let decided = act("2026-05-29T10:00:00+07:00", deed);
    let pdf =
        signed_by_successor(&new, |name| SCHOOL.holder(if name == "GVBM_TOAN" { "GVCN" } else { name }));
    let by_old = judge(&pdf.bytes, &with(vec![change.clone(), by_principal(&decided)]));
    is_wrong(&by_old, "WRONG_PERSON", "GVBM_TOAN");
    let by_new = judge(&pdf.bytes, &with(vec![signed(&decided, &[&new]), change]));
    assert_eq!(by_new.verdict, Verdict::Valid, "{:?}", by_new.problems);
}

#[test]
fn a_new_stamp_needs_the_principal_and_itself_and_keeps_the_school_confirmed() {
    let new = SCHOOL.authority.issue("Con dấu mới", "2029-01-01");
    let pdf = signed_by("ConDau", &new);
    let old = digest(SCHOOL.holder("ConDau"));
    let deed = Deed::StampChanged { old, new: digest(&new), from: moment("2026-05-29T00:00:00+07:00") };
    let change = act(MAY, deed);
    let mut around = with(vec![signed(&change, &[SCHOOL.holder("HieuTruong"), &new])]);
    is_right(&judge(&pdf.bytes, &around), "ConDau", "stamp-changed");
    for named in [old, digest(&new)] {
        around.school_certificate = Some(named);
        assert_eq!(judge(&pdf.bytes, &around).school_identity, "confirmed");
    }
    let alone = with(vec![signed(&change, &[&new])]);
    is_wrong(&judge(&pdf.bytes, &alone), "WRONG_PERSON", "ConDau");
}

#[test]
fn an_act_that_was_exchanged_is_told_and_changes_nothing() {
    let pdf = signed_by("GVBM_TOAN", SCHOOL.holder("GVCN"));
    let signatures = by_principal(&act(MAY, ky_thay("VAN"))).signatures;
    let exchanged = SignedAct { act: canonical::to_bytes(&act(MAY, ky_thay("TOAN"))).unwrap(), signatures };
    let report = judge(&pdf.bytes, &with(vec![exchanged]));
    is_wrong(&report, "WRONG_PERSON", "GVBM_TOAN");
    assert!(finds(&report, "ACT_NOT_IN_FORCE", "SIGNATURE_BROKEN"));
}

#[test]
fn an_act_of_another_roster_or_signed_by_somebody_else_changes_nothing() {
    let pdf = signed_by("GVBM_TOAN", SCHOOL.holder("GVCN"));
    let other = Act { roster: Sha256::of(b"another roster"), ..act(MAY, ky_thay("TOAN")) };
    for (given, reason) in [
        (by_principal(&other), "ACT_OTHER_ROSTER"),
        (signed(&act(MAY, ky_thay("TOAN")), &[SCHOOL.holder("GVCN")]), "ACT_SIGNER"),
        (signed(&act(MAY, ky_thay("TOAN")), &[]), "ACT_SIGNER"),
    ] {
        let report = judge(&pdf.bytes, &with(vec![given]));
        is_wrong(&report, "WRONG_PERSON", "GVBM_TOAN");
        assert!(finds(&report, "ACT_NOT_IN_FORCE", reason), "{:?}", report.problems);
    }
}

#[test]
fn an_act_by_a_revoked_principal_proves_nothing_yet() {
    let pdf = signed_by("GVBM_TOAN", SCHOOL.holder("GVCN"));
    let mut around = with(vec![by_principal(&act(MAY, ky_thay("TOAN")))]);
    let principal = SCHOOL.holder("HieuTruong");
    around.crls = SCHOOL.authority.crls("2026-05-31", "2026-12-31", &[(principal, "2026-05-31")]);
    let report = judge(&pdf.bytes, &around);
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(finds(&report, "ACT_UNPROVEN", "signature GVBM_TOAN"));
}

#[test]
fn the_rig_signs_when_these_tests_believe() {
    let report = judge(&SCHOOL.signed(&BOXES).bytes, &SCHOOL.circumstances());
    assert!(report.signatures.iter().all(|one| one.signed_at == Some(SIGNED.parse::<Moment>().unwrap())));
}
