//! Detached CMS over text, requests and answers of authorities, judged by the openssl program.
#![allow(clippy::unwrap_used, missing_docs)]

mod rig;

use crafts::cms::{self, SignedAttributes};
use openssl::hash::MessageDigest;
use rig::pki::Pki;
use rig::steps::{now, scratch};
use rig::{content, run};
use school::digest::Sha256;
use school::records::token_frame::{Hash, KeyKind};

const VERIFY: [&str; 16] = [
    "cms",
    "-verify",
    "-cades",
    "-binary",
    "-inform",
    "DER",
    "-in",
    "statement.p7s",
    "-content",
    "statement.txt",
    "-CAfile",
    "root.pem",
    "-purpose",
    "any",
    "-out",
    "/dev/null",
];

#[test]
fn openssl_accepts_every_key_and_hash_and_refuses_changed_text() {
    let folder = scratch("detached");
    let pki = Pki::new(&folder);

    for (name, kind) in [("rsa", KeyKind::Rsa), ("ec", KeyKind::Ec)] {
        let signer = pki.signer(name, "Phạm Quốc Vượng", kind);
        for (hash, digest) in
            [(Hash::Sha256, MessageDigest::sha256()), (Hash::Sha512, MessageDigest::sha512())]
        {
            for at in [None, Some(now())] {
                let text = "niemphong-seal/1\ndeposit: HOAPHUONG_2025-2026_0001\n";
                let attributes =
                    SignedAttributes::detached(text.as_bytes(), hash, &signer.certificate, at).unwrap();
                let value = signer.sign(digest, attributes.der());
                let cms =
                    cms::signed_data(&attributes, kind, &signer.certificate, &pki.chain(), &value).unwrap();
                std::fs::write(folder.join("statement.p7s"), cms).unwrap();
                std::fs::write(folder.join("statement.txt"), text).unwrap();
                content(&folder, "openssl", &VERIFY);
                std::fs::write(folder.join("statement.txt"), text.replace("0001", "0002")).unwrap();
                assert!(!run(&folder, "openssl", &VERIFY).status.success());
            }
        }
    }
}

#[test]
fn a_timestamp_is_taken_only_for_the_request_that_was_made() {
    let pki = Pki::new(&scratch("tsa"));
    let imprint = Sha256::of(b"niemphong.txt.p7s");
    for nonce in [0, 1, 0x7f, 0x80, u64::MAX] {
        let answer = pki.stamp(&cms::timestamp_request(&imprint, nonce).unwrap());
        let token = cms::timestamp_token(&answer, &imprint, nonce).unwrap();
        assert!(answer.ends_with(&token));
        let code = |answer: &[u8], imprint: &Sha256, nonce| {
            cms::timestamp_token(answer, imprint, nonce).err().unwrap().code()
        };
        assert_eq!(code(&answer, &imprint, nonce ^ 2), "cms.timestamp_nonce");
        assert_eq!(code(&answer, &Sha256::of(b""), nonce), "cms.timestamp_imprint");
        assert_eq!(code(&answer[..answer.len() - 1], &imprint, nonce), "cms.timestamp_unreadable");
        // PKIStatus rejection without a token (RFC 3161, 2.4.2).
        assert_eq!(code(&[0x30, 5, 0x30, 3, 2, 1, 2], &imprint, nonce), "cms.timestamp_refused");
    }
}

#[test]
fn a_spoilt_answer_of_a_timestamp_authority_never_panics() {
    let pki = Pki::new(&scratch("tsa-spoilt"));
    let imprint = Sha256::of(b"niemphong.txt.p7s");
    let answer = pki.stamp(&cms::timestamp_request(&imprint, 99).unwrap());
    for at in 0..answer.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut spoilt = answer.clone();
            spoilt[at] ^= flip;
            let _ = cms::timestamp_token(&spoilt, &imprint, 99);
        }
        assert!(cms::timestamp_token(&answer[..at], &imprint, 99).is_err());
    }
}

#[test]
fn openssl_reads_the_ocsp_request() {
    let folder = scratch("ocsp");
    let pki = Pki::new(&folder);
    let signer = pki.signer("signer", "Đỗ Hoàng Bảo Ngọc", KeyKind::Ec);
    let request = cms::ocsp_request(&signer.certificate, &pki.read("issuing.crt")).unwrap();
    std::fs::write(folder.join("request.ocsp"), &request).unwrap();
    let said = content(&folder, "openssl", &["ocsp", "-reqin", "request.ocsp", "-text", "-no_nonce"]);
    let serial = content(&folder, "openssl", &["x509", "-in", "signer.pem", "-noout", "-serial"]);
    let serial = serial.trim().trim_start_matches("serial=");
    assert!(said.contains("Hash Algorithm: sha1") && said.contains(serial), "{said}");
    assert_eq!(cms::ocsp_request(b"no", b"certificate").err().unwrap().code(), "cms.certificate_unreadable");
}
