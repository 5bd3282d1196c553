//! Lists and answers that are about something else: another part of an authority's certificates, changes only,
//! other reasons, another certificate, or by somebody whom the authority did not ask.

use verification::circumstances::{Circumstances, Policy};
use verification::report::{PdfReport, Revocation, Verdict};

use crate::file::File;
use crate::foreign::{self, FIRST, Signing};
use crate::rig::der::{integer, sequence, tlv};
use crate::rig::pki::{Holder, distribution_point};
use crate::rig::{SCHOOL, codes, moment};

const HERE: &str = "http://ca.example/phan-1.crl";
const ELSEWHERE: &str = "http://ca.example/phan-2.crl";
const LIMITS: &str = "2.5.29.28";
const DELTA: &str = "2.5.29.27";

/// issuingDistributionPoint (RFC 5280, 5.2.5): the distribution point, and what follows it.
fn limits(url: Option<&str>, further: &[Vec<u8>]) -> Vec<u8> {
    let point = |url: &str| tlv(0xa0, &tlv(0xa0, &tlv(0x86, url.as_bytes())));
    sequence(&[url.map(point).into_iter().collect::<Vec<_>>().concat(), further.concat()])
}

/// Who signs names `HERE` as where to look.
fn holder() -> Holder {
    SCHOOL.authority.issue_with("Người ký", "2.5.29.31", false, &distribution_point(HERE))
}

/// A file that brings the list along.
fn judged(holder: &Holder, list: Vec<u8>) -> PdfReport {
    let signed: File = foreign::unsigned("", &[]).sign(&Signing::of(FIRST, holder));
    let root = SCHOOL.authority.crls("2026-05-30", "2026-12-31", &[]).swap_remove(0);
    let closed = signed.dss(&[root, list], "");
    let circumstances = Circumstances { policy: Policy::Foreign, crls: Vec::new(), ..SCHOOL.circumstances() };
    crate::rig::judge(&closed.bytes, &circumstances)
}

#[test]
fn a_list_says_nothing_of_certificates_that_it_is_not_about() {
    let signer = holder();
    let list = |extension: (&str, bool, Vec<u8>)| SCHOOL.authority.limited_crl(&[], &[extension]);
    for (name, about) in [
        ("everything", SCHOOL.authority.limited_crl(&[], &[])),
        ("this part", list((LIMITS, true, limits(Some(HERE), &[])))),
        ("people", list((LIMITS, true, limits(None, &[tlv(0x81, &[0xff])])))),
    ] {
        let report = judged(&signer, about);
        assert_eq!(report.verdict, Verdict::Valid, "{name}: {:?}", report.problems);
    }
    for (name, extension) in [
        ("another part", (LIMITS, true, limits(Some(ELSEWHERE), &[]))),
        ("another part, not said to matter", (LIMITS, false, limits(Some(ELSEWHERE), &[]))),
        ("authorities", (LIMITS, true, limits(None, &[tlv(0x82, &[0xff])]))),
        ("some reasons", (LIMITS, true, limits(Some(HERE), &[tlv(0x83, &[1, 2])]))),
        ("another authority's certificates", (LIMITS, true, limits(Some(HERE), &[tlv(0x84, &[0xff])]))),
        ("attributes", (LIMITS, true, limits(None, &[tlv(0x85, &[0xff])]))),
        ("changes", (DELTA, true, integer(1))),
        ("changes, not said to matter", (DELTA, false, integer(1))),
        ("what nobody knows", ("1.2.3.4.5", true, vec![0x05, 0x00])),
    ] {
        let report = judged(&signer, list(extension));
        assert_eq!(report.verdict, Verdict::Indeterminate, "{name}: {:?}", report.problems);
        assert!(codes(&report).contains(&"TRY_LATER"), "{name}: {:?}", report.problems);
    }
    // Who names no place to look is in no part.
    let placeless = SCHOOL.authority.issue("Người ký khác", "2029-01-01");
    let part = list((LIMITS, true, limits(Some(HERE), &[])));
    assert_eq!(judged(&placeless, part).verdict, Verdict::Indeterminate);
}

#[test]
fn whoever_was_revoked_brings_the_other_part_along_in_vain() {
    let signer = holder();
    let revoked = [(&signer, "2026-05-20")];
    let (own, other) = (limits(Some(HERE), &[]), limits(Some(ELSEWHERE), &[]));
    let told = judged(&signer, SCHOOL.authority.limited_crl(&revoked, &[(LIMITS, true, own)]));
    assert_eq!(told.signatures[0].revocation, Revocation::Revoked);
    let kept_back = judged(&signer, SCHOOL.authority.limited_crl(&[], &[(LIMITS, true, other)]));
    assert_eq!(kept_back.verdict, Verdict::Indeterminate);
    assert_eq!(kept_back.signatures[0].revocation, Revocation::Unchecked);
}

#[test]
fn an_answer_counts_only_by_whom_the_authority_asked_while_it_may_answer() {
    let authority = &SCHOOL.authority;
    let signer = authority.issue("Người ký", "2029-01-01");
    let signed = foreign::unsigned("", &[]).sign(&Signing::of(FIRST, &signer));
    let judged = |answer: Vec<u8>| {
        let circumstances = Circumstances {
            policy: Policy::Foreign,
            crls: vec![authority.crls("2026-05-30", "2026-12-31", &[]).swap_remove(0)],
            ocsps: vec![answer],
            ..SCHOOL.circumstances()
        };
        crate::rig::judge(&signed.bytes, &circumstances).signatures[0].revocation
    };
    let today = "2026-06-01";
    let responder = authority.issue_responder("OCSP");
    assert_eq!(judged(authority.ocsp(&signer, &responder, today, None)), Revocation::Good);
    // Asked by the root, which issued no signer; by another authority of the same root; by nobody.
    let root = crate::rig::pki::Authority {
        root: Holder { key: authority.root.key.clone(), certificate: authority.root.certificate.clone() },
        issuing: Holder { key: authority.root.key.clone(), certificate: authority.root.certificate.clone() },
    };
    let others = [root.issue_responder("OCSP gốc"), SCHOOL.authority.issue_tsa("TSA", "2029-01-01")];
    for responder in &others {
        assert_eq!(judged(authority.ocsp(&signer, responder, today, None)), Revocation::Unchecked);
    }
    // Before its certificate was valid.
    assert_eq!(judged(authority.ocsp(&signer, &responder, "2025-12-01", None)), Revocation::Unchecked);
}

#[test]
fn a_proof_of_time_is_as_good_as_what_is_known_of_its_authority() {
    // The signer was revoked in May; the timestamp says April, by an authority of which nothing is known.
    let signer = SCHOOL.authority.issue("Người ký", "2029-01-01");
    let elsewhere = SCHOOL.authority.below("Cấp dấu thời gian", "2035-01-01", |builder| {
        use openssl::x509::extension::{BasicConstraints, KeyUsage};
        builder.append_extension(BasicConstraints::new().critical().ca().build().unwrap()).unwrap();
        builder
            .append_extension(KeyUsage::new().critical().key_cert_sign().crl_sign().build().unwrap())
            .unwrap();
    });
    let tsa = elsewhere.issue_tsa("TSA khác", "2035-01-01");
    let april = moment("2026-04-01T10:00:00+07:00");
    let stamp = Signing { authority: &elsewhere, holder: &tsa, ..Signing::timestamp("TS", april) };
    let file = foreign::unsigned("", &[]).sign(&Signing::of(FIRST, &signer)).sign(&stamp);
    let mut circumstances = Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() };
    circumstances.intermediates = vec![SCHOOL.authority.issuing.der()];
    circumstances.crls = SCHOOL.authority.crls("2026-05-30", "2026-12-31", &[(&signer, "2026-05-20")]);
    let judged = |circumstances: &Circumstances| crate::rig::judge(&file.bytes, circumstances);
    let report = judged(&circumstances);
    assert_eq!(report.verdict, Verdict::Indeterminate, "{:?}", report.problems);
    assert!(codes(&report).contains(&"REVOKED_NO_POE"), "{:?}", report.problems);
    // Known to be in order it is a proof; known to be revoked it is none.
    let own = &elsewhere.crls("2026-05-30", "2026-12-31", &[])[1];
    circumstances.crls.push(own.clone());
    let report = judged(&circumstances);
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.problems);
    assert_eq!(report.signatures[0].revocation, Revocation::RevokedAfterPoe);
    circumstances.crls.pop();
    circumstances
        .crls
        .push(elsewhere.crls("2026-05-30", "2026-12-31", &[(&tsa, "2026-03-01")]).swap_remove(1));
    assert_eq!(judged(&circumstances).verdict, Verdict::Indeterminate);
}
