//! Certificates before they sign, detached signatures, timestamps.

use verification::report::{Revocation, Trust};
use verification::{cms, pki, timestamp};

use crate::rig::pki::Authority;
use crate::rig::{SCHOOL, cms as made, moment};

#[test]
fn a_certificate_in_order_stands_with_its_path() {
    let standing = pki::standing(&with_ca("HieuTruong").0, &with_ca("HieuTruong").1).unwrap();
    assert_eq!((standing.trust, standing.revocation), (Trust::Trusted, Revocation::Good));
    assert!(standing.in_validity && standing.may_sign && standing.strong);
    assert_eq!((standing.subject.as_str(), standing.path.len()), ("HieuTruong", 2));
    assert_eq!(standing.not_after, moment("2029-01-01T00:00:00Z"));
}

/// The certificate and circumstances that know the issuing CA.
fn with_ca(field: &str) -> (Vec<u8>, verification::circumstances::Circumstances) {
    let mut circumstances = SCHOOL.circumstances();
    circumstances.intermediates = vec![SCHOOL.authority.issuing.der()];
    (SCHOOL.holder(field).der(), circumstances)
}

#[test]
fn revoked_expired_stale_and_unknown_are_told_apart() {
    let (certificate, circumstances) = with_ca("GVCN");
    let standing = |change: &dyn Fn(&mut verification::circumstances::Circumstances)| {
        let mut changed = circumstances.clone();
        change(&mut changed);
        pki::standing(&certificate, &changed).unwrap()
    };
    let revoked = standing(&|c| {
        c.crls = SCHOOL.authority.crls("2026-05-30", "2026-12-31", &[(SCHOOL.holder("GVCN"), "2026-05-01")]);
    });
    assert_eq!(revoked.revocation, Revocation::Revoked);
    let stale = standing(&|c| c.crls = SCHOOL.authority.crls("2026-03-01", "2026-05-01", &[]));
    assert_eq!((stale.trust, stale.revocation), (Trust::Trusted, Revocation::Unchecked));
    let early = standing(&|c| c.crls = SCHOOL.authority.crls("2026-06-02", "2026-12-31", &[]));
    assert_eq!(early.revocation, Revocation::Unchecked);
    let expired = standing(&|c| c.at = moment("2029-06-01T00:00:00Z"));
    assert!(!expired.in_validity);
    let unknown = standing(&|c| c.anchors = vec![Authority::new("Gốc khác").root.der()]);
    assert_eq!((unknown.trust, unknown.path.len()), (Trust::Untrusted, 0));
    let forged =
        standing(&|c| c.crls = Authority::new("Gốc thử nghiệm").crls("2026-05-30", "2026-12-31", &[]));
    assert_eq!(forged.revocation, Revocation::Unchecked);
}

#[test]
fn an_answer_of_a_responder_counts_when_the_issuer_delegated_it() {
    let (certificate, mut circumstances) = with_ca("GVCN");
    let holder = SCHOOL.holder("GVCN");
    let authority = &SCHOOL.authority;
    let responder = authority.issue_responder("OCSP");
    // The root's list covers the issuing CA; the leaf is left to OCSP.
    circumstances.crls.truncate(1);
    let mut revocation = |answer: Vec<u8>| {
        circumstances.ocsps = vec![answer];
        pki::standing(&certificate, &circumstances).unwrap().revocation
    };
    let today = "2026-06-01";
    assert_eq!(revocation(authority.ocsp(holder, &responder, today, None)), Revocation::Good);
    assert_eq!(revocation(authority.ocsp(holder, &authority.issuing, today, None)), Revocation::Good);
    assert_eq!(
        revocation(authority.ocsp(holder, &responder, today, Some("2026-05-01"))),
        Revocation::Revoked
    );
    // Without nextUpdate an answer is good for its moment only.
    assert_eq!(revocation(authority.ocsp(holder, &responder, "2026-05-20", None)), Revocation::Unchecked);
    let colleague = SCHOOL.holder("ConDau");
    assert_eq!(revocation(authority.ocsp(holder, colleague, today, None)), Revocation::Unchecked);
    assert_eq!(revocation(authority.ocsp(colleague, &responder, today, None)), Revocation::Unchecked);
    let stranger = Authority::new("Gốc khác").issue_responder("OCSP");
    assert_eq!(revocation(authority.ocsp(holder, &stranger, today, None)), Revocation::Unchecked);
    let mut damaged = authority.ocsp(holder, &responder, today, None);
    let middle = damaged.len() / 3;
    damaged[middle] ^= 1;
    assert_eq!(revocation(damaged), Revocation::Unchecked);
}

#[test]
fn a_certificate_for_encryption_may_not_sign() {
    let holder = SCHOOL.authority.issue_encryption("Mã hóa");
    assert!(!pki::standing(&holder.der(), &SCHOOL.circumstances()).unwrap().may_sign);
    assert_eq!(pki::standing(b"no certificate", &SCHOOL.circumstances()), Err("CERTIFICATE_MALFORMED"));
    let longer = [holder.der(), vec![0]].concat();
    assert_eq!(pki::standing(&longer, &SCHOOL.circumstances()), Err("CERTIFICATE_MALFORMED"));
}

#[test]
fn a_detached_signature_names_its_certificate_and_breaks_with_its_content() {
    let holder = SCHOOL.holder("ConDau");
    let signature = made::detached(b"checkpoint", holder, &SCHOOL.authority);
    let judged = cms::judge_detached(b"checkpoint", &signature).unwrap();
    assert_eq!(judged.certificate_der, holder.der());
    assert_eq!((judged.others.len(), judged.digest_algorithm.as_str()), (1, "sha256"));
    assert_eq!(cms::judge_detached(b"checkpoinT", &signature), Err("CMS_DIGEST"));
    assert_eq!(cms::judge_detached(b"checkpoint", b"\x30\x80\x00\x00"), Err("CMS_NOT_DER"));
    for at in 0..signature.len() {
        let mut flipped = signature.clone();
        flipped[at] ^= 1;
        // Only the issuing CA beside the signer's certificate is protected by its path alone.
        if let Ok(judged) = cms::judge_detached(b"checkpoint", &flipped) {
            assert_eq!(judged.certificate_der, holder.der(), "octet {at}");
        }
    }
}

#[test]
fn a_timestamp_is_over_its_content_and_by_a_timestamping_certificate() {
    let time = moment("2026-05-31T10:00:00+07:00");
    let circumstances = SCHOOL.circumstances();
    let token = made::token(b"seal", time, &SCHOOL.tsa, &SCHOOL.authority);
    let judged = timestamp::judge(&token, b"seal", &circumstances, None).unwrap();
    assert_eq!((judged.time, judged.trust), (time, Trust::Trusted));
    assert_eq!(timestamp::judge(&token, b"Seal", &circumstances, None), Err("TIMESTAMP_IMPRINT"));
    let signer = made::token(b"seal", time, SCHOOL.holder("ConDau"), &SCHOOL.authority);
    assert_eq!(timestamp::judge(&signer, b"seal", &circumstances, None), Err("TIMESTAMP_KEY_USAGE"));
    let refusal = [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02];
    assert_eq!(timestamp::judge(&refusal, b"seal", &circumstances, None), Err("TIMESTAMP_REFUSED"));
}
