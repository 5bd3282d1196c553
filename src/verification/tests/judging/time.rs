//! Trust, revocation and proof of time: what changes the verdict and what does not.

use verification::report::{Integrity, Revocation, Trust, Verdict};

use crate::rig::document::Step;
use crate::rig::pki::Authority;
use crate::rig::{BOXES, SCHOOL, codes, finds, judge, moment};

#[test]
fn without_the_right_root_a_file_is_intact_but_unproven() {
    let pdf = SCHOOL.signed(&BOXES);
    let mut circumstances = SCHOOL.circumstances();
    circumstances.anchors = vec![Authority::new("Gốc khác").root.der()];
    let report = judge(&pdf.bytes, &circumstances);
    assert_eq!((report.verdict, report.integrity), (Verdict::Indeterminate, Integrity::Intact));
    assert_eq!(report.sub_indication.as_deref(), Some("NO_CERTIFICATE_CHAIN_FOUND"));
    assert!(report.signatures.iter().all(|one| one.trust == Trust::Untrusted));
    circumstances.anchors.clear();
    let report = judge(&pdf.bytes, &circumstances);
    assert_eq!((report.verdict, report.integrity), (Verdict::Indeterminate, Integrity::Intact));
    assert!(report.signatures.iter().all(|one| one.trust == Trust::Unknown));
}

#[test]
fn without_revocation_data_nothing_is_silently_valid() {
    let mut circumstances = SCHOOL.circumstances();
    circumstances.crls.clear();
    let report = judge(&SCHOOL.signed(&BOXES).bytes, &circumstances);
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(finds(&report, "TRY_LATER", "signature HieuTruong"));
    assert!(report.signatures.iter().all(|one| one.revocation == Revocation::Unchecked));
}

#[test]
fn a_revoked_certificate_needs_proof_that_the_signature_is_older() {
    let pdf = SCHOOL.signed(&BOXES);
    let mut circumstances = SCHOOL.circumstances();
    circumstances.at = moment("2026-08-01T08:00:00+07:00");
    let principal = SCHOOL.holder("HieuTruong");
    circumstances.crls = SCHOOL.authority.crls("2026-07-15", "2026-12-31", &[(principal, "2026-07-01")]);
    let report = judge(&pdf.bytes, &circumstances);
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(finds(&report, "REVOKED_NO_POE", "signature HieuTruong"));
    assert_eq!(report.signatures[2].revocation, Revocation::Revoked);

    let before = Step::timestamp(moment("2026-06-15T08:00:00+07:00"), &SCHOOL.tsa, &SCHOOL.authority);
    let report = judge(&pdf.sign(before).bytes, &circumstances);
    assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec![]));
    assert_eq!(report.signatures[2].revocation, Revocation::RevokedAfterPoe);

    let after = Step::timestamp(moment("2026-07-02T08:00:00+07:00"), &SCHOOL.tsa, &SCHOOL.authority);
    let report = judge(&pdf.sign(after).bytes, &circumstances);
    assert!(finds(&report, "REVOKED_NO_POE", "signature HieuTruong"));
}

#[test]
fn after_expiry_only_a_proof_of_time_keeps_a_signature_standing() {
    let pdf = SCHOOL.signed(&BOXES);
    let mut circumstances = SCHOOL.circumstances();
    circumstances.at = moment("2031-01-01T08:00:00+07:00");
    circumstances.crls = SCHOOL.authority.crls("2026-06-16", "2031-02-01", &[]);
    let report = judge(&pdf.bytes, &circumstances);
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert_eq!(report.sub_indication.as_deref(), Some("OUT_OF_BOUNDS_NO_POE"));
    assert!(report.signatures.iter().all(|one| one.trust == Trust::Trusted));

    let stamped =
        pdf.sign(Step::timestamp(moment("2026-06-15T08:00:00+07:00"), &SCHOOL.tsa, &SCHOOL.authority));
    let report = judge(&stamped.bytes, &circumstances);
    assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec![]));

    let sealed = moment("2026-06-20T08:00:00+07:00");
    let report = verification::pdf::judge_sealed(&pdf.bytes, &circumstances, None, Some(sealed));
    assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec![]));
    assert_eq!(report.signatures[0].poe.as_ref().map(|poe| poe.source.as_str()), Some("seal"));
}

#[test]
fn a_timestamp_of_an_unknown_authority_proves_nothing() {
    let stranger = Authority::new("Gốc khác");
    let tsa = stranger.issue_tsa("TSA khác", "2035-01-01");
    let pdf =
        SCHOOL.signed(&BOXES).sign(Step::timestamp(moment("2026-05-31T08:00:00+07:00"), &tsa, &stranger));
    let report = judge(&pdf.bytes, &SCHOOL.circumstances());
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(finds(&report, "TIMESTAMP_UNTRUSTED", "signature DauThoiGian"));
    assert!(report.signatures.iter().all(|one| one.poe.is_none()));
}

#[test]
fn a_timestamp_from_the_future_proves_nothing() {
    let late = Step::timestamp(moment("2026-06-02T08:00:00+07:00"), &SCHOOL.tsa, &SCHOOL.authority);
    let report = judge(&SCHOOL.signed(&BOXES).sign(late).bytes, &SCHOOL.circumstances());
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(finds(&report, "TIMESTAMP_UNTRUSTED", "signature DauThoiGian"));
}
