//! A root of the past, whose chain uses SHA-1: good for what is older than its end, and for nothing else.
//! The roles are played by a hierarchy made here; the real root is pinned in `certs/anchors`.

use verification::circumstances::{Circumstances, LegacyAnchor, Policy};
use verification::report::{PdfReport, Revocation, Trust, Verdict};

use crate::rig::document::{Pdf, Step};
use crate::rig::pki::{Authority, SHA1};
use crate::rig::{BOXES, SCHOOL, codes, finds, judge, moment};

fn old() -> Authority {
    Authority::new(&format!("Gốc cũ {SHA1}"))
}

/// A dossier of which the first signature rests on `authority`.
fn signed_under(authority: &Authority) -> Pdf {
    let holder = authority.issue("Người ký cũ", "2029-01-01");
    BOXES.iter().enumerate().fold(SCHOOL.base(), |pdf, (index, name)| {
        let step = match index {
            0 => Step::signature(name, &holder, authority),
            _ => Step::signature(name, SCHOOL.holder(name), &SCHOOL.authority),
        };
        pdf.sign(step)
    })
}

/// As an inspector who has the school's root, and `root` as a root of the past that ended at `until`.
fn ended(root: &Authority, lists: &Authority, until: &str) -> Circumstances {
    let mut around = SCHOOL.circumstances();
    around.policy = Policy::Foreign;
    around.crls.extend(lists.crls("2026-05-30", "2026-12-31", &[]));
    around.legacy_anchors = vec![LegacyAnchor { certificate: root.root.der(), until: moment(until) }];
    around
}

fn first(report: &PdfReport) -> (Trust, Revocation) {
    (report.signatures[0].trust, report.signatures[0].revocation)
}

const JUNE: &str = "2026-06-01T00:00:00+07:00";
const MAY: &str = "2026-05-15T00:00:00+07:00";

#[test]
fn what_is_proven_to_be_older_than_the_end_of_a_root_may_rest_on_it() {
    let old = old();
    let stamp = Step::timestamp(moment("2026-05-31T10:00:00+07:00"), &SCHOOL.tsa, &SCHOOL.authority);
    let report = judge(&signed_under(&old).sign(stamp).bytes, &ended(&old, &old, JUNE));
    assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec!["LEGACY_ANCHOR"]));
    assert_eq!(first(&report), (Trust::Trusted, Revocation::Good));
}

#[test]
fn what_only_claims_to_be_older_is_told_as_a_claim() {
    let old = old();
    let report = judge(&signed_under(&old).bytes, &ended(&old, &old, JUNE));
    assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec!["LEGACY_ANCHOR_CLAIMED"]));
}

#[test]
fn what_is_newer_than_the_end_of_a_root_does_not_rest_on_it() {
    let old = old();
    let pdf = signed_under(&old);
    let report = judge(&pdf.bytes, &ended(&old, &old, MAY));
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(finds(&report, "LEGACY_ANCHOR_TOO_LATE", "signature GVBM_TOAN"));
    assert_eq!(first(&report).0, Trust::Untrusted);
    // A proof that is younger than the end outweighs whatever the signer claims.
    let stamp = Step::timestamp(moment("2026-05-31T10:00:00+07:00"), &SCHOOL.tsa, &SCHOOL.authority);
    let between = ended(&old, &old, "2026-05-31T00:00:00+07:00");
    let report = judge(&pdf.sign(stamp).bytes, &between);
    assert!(finds(&report, "LEGACY_ANCHOR_TOO_LATE", "signature GVBM_TOAN"));
}

/// A dossier of today's signers whose timestamp comes from an authority of the past.
fn stamped_under(authority: &Authority, time: &str) -> Pdf {
    let tsa = authority.issue_tsa("TSA cũ", "2035-01-01");
    SCHOOL.signed(&BOXES).sign(Step::timestamp(moment(time), &tsa, authority))
}

#[test]
fn a_timestamp_authority_of_the_past_is_told_and_proves_nothing_by_its_own_word() {
    let old = old();
    let report = judge(&stamped_under(&old, "2026-05-31T10:00:00+07:00").bytes, &ended(&old, &old, JUNE));
    assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec!["LEGACY_ANCHOR_CLAIMED"]));
    assert_eq!(report.signatures[4].trust, Trust::Trusted);
    assert!(report.signatures[..4].iter().all(|one| one.poe.is_none()), "its time could be dated back");
}

#[test]
fn a_timestamp_authority_of_the_past_proves_the_time_that_a_seal_proves_to_be_older_than_its_end() {
    let old = old();
    let pdf = stamped_under(&old, "2026-05-30T10:00:00+07:00").bytes;
    let sealed = Some(moment("2026-05-31T10:00:00+07:00"));
    let around = ended(&old, &old, JUNE);
    let report = verification::pdf::judge_sealed(&pdf, &around, None, sealed);
    assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec!["LEGACY_ANCHOR"]));
    let proven = report.signatures[0].poe.as_ref().map(|poe| (poe.source.as_str(), poe.time));
    assert_eq!(proven, Some(("document-timestamp", moment("2026-05-30T10:00:00+07:00"))));
}

#[test]
fn a_timestamp_that_is_newer_than_the_end_of_its_root_proves_nothing() {
    let old = old();
    let report = judge(&stamped_under(&old, "2026-05-31T10:00:00+07:00").bytes, &ended(&old, &old, MAY));
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(finds(&report, "TIMESTAMP_UNTRUSTED", "signature DauThoiGian"));
}

#[test]
fn a_root_of_the_past_is_no_anchor_for_a_signer_who_wants_to_sign() {
    let old = old();
    let holder = old.issue("Người ký cũ", "2029-01-01");
    let mut around = ended(&old, &old, JUNE);
    around.intermediates = vec![old.issuing.der()];
    let standing = verification::pki::standing(&holder.der(), &around).unwrap();
    assert_eq!(standing.trust, Trust::Untrusted);
}

#[test]
fn the_same_chain_under_a_present_root_is_too_weak() {
    let old = old();
    let mut around = ended(&old, &old, JUNE);
    around.legacy_anchors.clear();
    around.anchors.push(old.root.der());
    let report = judge(&signed_under(&old).bytes, &around);
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(finds(&report, "WEAK_CHAIN", "signature GVBM_TOAN"));
}

#[test]
fn a_root_that_only_bears_the_name_of_the_old_one_proves_nothing() {
    let old = old();
    let look_alike = Authority::look_alike(old.root.certificate.subject_name());
    let report = judge(&signed_under(&look_alike).bytes, &ended(&old, &look_alike, JUNE));
    assert_eq!(report.verdict, Verdict::Indeterminate);
    assert!(finds(&report, "NO_CERTIFICATE_CHAIN_FOUND", "signature GVBM_TOAN"));
}
