//! Who holds a token signs what he likes: attributes that name others, digests that disagree, values for another
//! document. What he signed verifies, and says something else than it seems to.

use openssl::hash::MessageDigest;
use openssl::sign::Signer;
use verification::circumstances::{Circumstances, Policy};
use verification::cms::judge_detached;
use verification::report::{PdfReport, Verdict};

use crate::file::File;
use crate::foreign::{self, FIRST, Signing};
use crate::rig::cms::{algorithm, attribute, detached, issuer_and_serial, token};
use crate::rig::der::{integer, octets, oid, sequence, set, tlv};
use crate::rig::{SCHOOL, codes, moment};
use crate::victims::{Kind, judge_one, keep_of};

const SHA1: &str = "1.3.14.3.2.26";
const SHA256: &str = "2.16.840.1.101.3.4.2.1";
const SHA512: &str = "2.16.840.1.101.3.4.2.3";
const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE: &str = "1.2.840.113549.1.9.16.2.47";
const DATA: &str = "1.2.840.113549.1.7.1";
const ECDSA_SHA256: &str = "1.2.840.10045.4.3.2";

/// A SignedData as a holder of a token may make it; the default is honest.
struct Made {
    attributes: Vec<Vec<u8>>,
    digest: &'static str,
    listed_digest: &'static str,
    signature: &'static str,
    sid: Vec<u8>,
    certificates: Vec<Vec<u8>>,
    unsigned: Vec<Vec<u8>>,
}

fn named(certificate: &[u8]) -> Vec<u8> {
    sequence(&[sequence(&[sequence(&[octets(&openssl::sha::sha256(certificate))])])])
}

impl Made {
    fn over(content: &[u8]) -> Self {
        let own = &SCHOOL.holders[0];
        Self {
            attributes: vec![
                attribute(CONTENT_TYPE, oid(DATA)),
                attribute(MESSAGE_DIGEST, octets(&openssl::sha::sha256(content))),
                attribute(SIGNING_CERTIFICATE, named(&own.der())),
            ],
            digest: SHA256,
            listed_digest: SHA256,
            signature: ECDSA_SHA256,
            sid: issuer_and_serial(own),
            certificates: vec![own.der(), SCHOOL.authority.issuing.der()],
            unsigned: Vec::new(),
        }
    }

    fn replace(&mut self, index: usize, attribute: Vec<u8>) {
        self.attributes[index] = attribute;
    }

    /// Signed by the first holder.
    fn sign(self) -> Vec<u8> {
        let attributes = set(self.attributes);
        let mut signer = Signer::new(MessageDigest::sha256(), &SCHOOL.holders[0].key).unwrap();
        signer.update(&attributes).unwrap();
        let value = signer.sign_to_vec().unwrap();
        let mut signed = attributes;
        signed[0] = 0xa0;
        let mut parts = vec![
            integer(1),
            self.sid,
            algorithm(self.digest),
            signed,
            algorithm(self.signature),
            octets(&value),
        ];
        if !self.unsigned.is_empty() {
            parts.push(tlv(0xa1, &self.unsigned.concat()));
        }
        let mut certificates = self.certificates;
        certificates.sort();
        let data = sequence(&[
            integer(1),
            set(vec![algorithm(self.listed_digest)]),
            sequence(&[oid(DATA)]),
            tlv(0xa0, &certificates.concat()),
            set(vec![sequence(&parts)]),
        ]);
        sequence(&[oid("1.2.840.113549.1.7.2"), tlv(0xa0, &data)])
    }
}

fn file(make: impl FnOnce(&[u8]) -> Vec<u8>) -> File {
    foreign::unsigned("", &[]).sign_by(&Signing::of(FIRST, &SCHOOL.holders[0]), &[], make)
}

fn judge(bytes: &[u8]) -> PdfReport {
    let circumstances = Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() };
    crate::rig::judge(bytes, &circumstances)
}

type Change = fn(&mut Made);

/// A sentence, what is done, and what is said of it: in a file of strangers, and beside a file as we sign it.
const FORGERIES: &[(&str, Change, &[&str], &[&str])] = &[
    (
        "a colleague's certificate is named as the signer's",
        |m| m.replace(2, attribute(SIGNING_CERTIFICATE, named(&SCHOOL.holders[2].der()))),
        &["CMS_SIGNING_CERTIFICATE"],
        &["CMS_SIGNING_CERTIFICATE"],
    ),
    (
        "a colleague is named as the signer, and brought along",
        |m| {
            let colleague = &SCHOOL.holders[2];
            m.sid = issuer_and_serial(colleague);
            m.replace(2, attribute(SIGNING_CERTIFICATE, named(&colleague.der())));
            m.certificates.push(colleague.der());
        },
        &["CMS_SIGNATURE"],
        &["CMS_SIGNATURE"],
    ),
    (
        "two certificates are named as the signer's",
        |m| m.attributes.push(attribute(SIGNING_CERTIFICATE, named(&SCHOOL.holders[2].der()))),
        &["CMS_ATTRIBUTE"],
        &["CMS_ATTRIBUTE"],
    ),
    (
        "two digests of the content",
        |m| m.attributes.push(attribute(MESSAGE_DIGEST, octets(&[7; 32]))),
        &["CMS_ATTRIBUTE"],
        &["CMS_ATTRIBUTE"],
    ),
    (
        "two values in one digest",
        |m| {
            let own = m.attributes[1].clone();
            let value = &own[own.len() - 34..];
            let both = set(vec![value.to_vec(), octets(&[7; 32])]);
            m.replace(1, sequence(&[oid(MESSAGE_DIGEST), both]));
        },
        &["CMS_ATTRIBUTE"],
        &["CMS_ATTRIBUTE"],
    ),
    (
        "a digest without a value",
        |m| m.replace(1, sequence(&[oid(MESSAGE_DIGEST), set(vec![])])),
        &["CMS_ATTRIBUTE"],
        &["CMS_ATTRIBUTE"],
    ),
    (
        "the beginning of the digest",
        |m| {
            let own = m.attributes[1].clone();
            let value = octets(&own[own.len() - 32..own.len() - 12]);
            m.replace(1, attribute(MESSAGE_DIGEST, value));
        },
        &["CMS_DIGEST"],
        &["CMS_DIGEST"],
    ),
    (
        "the digest of another document",
        |m| m.replace(1, attribute(MESSAGE_DIGEST, octets(&openssl::sha::sha256(b"another")))),
        &["CMS_DIGEST"],
        &["CMS_DIGEST"],
    ),
    (
        "no type of content",
        |m| {
            m.attributes.remove(0);
        },
        &["CMS_ATTRIBUTE"],
        &["CMS_ATTRIBUTE"],
    ),
    (
        "another type of content",
        |m| m.replace(0, attribute(CONTENT_TYPE, oid("1.2.840.113549.1.9.16.1.4"))),
        &["CMS_CONTENT_TYPE"],
        &["CMS_CONTENT_TYPE"],
    ),
    ("another digest than the one that signed", |m| m.digest = SHA512, &["CMS_DIGEST"], &["CMS_DIGEST"]),
    ("a digest of the past", |m| m.digest = SHA1, &["CMS_DIGEST"], &["CMS_DIGEST"]),
    (
        "another algorithm than the key's",
        |m| m.signature = "1.2.840.113549.1.1.11",
        &["CMS_ALGORITHM"],
        &["CMS_ALGORITHM"],
    ),
    (
        "a list of digests without the one that signed",
        |m| m.listed_digest = SHA512,
        // Nothing rests on the list (RFC 5652, 5.1): in files of strangers it is not looked at.
        &[],
        &["CMS_STRUCTURE"],
    ),
    (
        "the timestamp of another signature",
        |m| {
            let time = moment("2026-04-01T10:00:00+07:00");
            let token = token(b"another value", time, &SCHOOL.tsa, &SCHOOL.authority);
            m.unsigned.push(attribute("1.2.840.113549.1.9.16.2.14", token));
        },
        &[],
        &["CMS_STRUCTURE"],
    ),
    (
        "a second signature over the first",
        |m| m.unsigned.push(attribute("1.2.840.113549.1.9.6", sequence(&[integer(1)]))),
        &[],
        &["CMS_STRUCTURE"],
    ),
];

#[test]
fn what_the_holder_of_a_token_signs_is_taken_for_what_it_is() {
    let honest = file(|content| Made::over(content).sign());
    assert_eq!(judge(&honest.bytes).verdict, Verdict::Valid, "{:?}", judge(&honest.bytes).problems);
    assert!(judge_detached(b"a file", &Made::over(b"a file").sign()).is_ok());
    let mut wrong = Vec::new();
    for (name, change, strangers, beside) in FORGERIES {
        let make = |content: &[u8]| {
            let mut made = Made::over(content);
            change(&mut made);
            made.sign()
        };
        let signed = file(make);
        let kind = if strangers.is_empty() { Kind::Harmless } else { Kind::Forged };
        keep_of("strangers", &format!("signed attributes {name}"), &signed.bytes, kind);
        let report = judge(&signed.bytes);
        if let Err(said) = judge_one(&report, strangers) {
            wrong.push(format!("{name}: {said}"));
        }
        // Whatever was brought along, nothing proves when it was signed.
        assert!(report.signatures.iter().all(|one| one.poe.is_none()), "{name}");
        match judge_detached(b"a file", &make(b"a file")) {
            Err(code) if beside.contains(&code) => {}
            other => wrong.push(format!("{name}, beside a file: {other:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_signature_of_another_document_is_none_of_this_one() {
    let signed = foreign::signed();
    let place = crate::file::places(&signed.bytes)[0];
    let digits = signed.bytes[place.hole.0 + 1..place.hole.1 - 1].to_vec();
    let cms: Vec<u8> = digits
        .chunks_exact(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect();
    let length = 4 + (usize::from(cms[2]) << 8 | usize::from(cms[3]));
    // The same person, the same box, another page.
    let other = foreign::unsigned("/XObject << >>", &[]).sign_by(
        &Signing::of(FIRST, &SCHOOL.holders[0]),
        &[],
        |_| cms[..length].to_vec(),
    );
    let report = judge(&other.bytes);
    assert_eq!((report.verdict, codes(&report)), (Verdict::Invalid, vec!["CMS_DIGEST"]));
}

#[test]
fn lengths_that_nobody_needs_and_bits_that_nobody_reads_are_no_second_spelling() {
    // BER of the same SignedData: indefinite length outside, and a length with a needless octet.
    let signed = file(|content| {
        let der = detached(content, &SCHOOL.holders[0], &SCHOOL.authority);
        let mut ber = vec![0x30, 0x80];
        ber.extend(&der[4..]);
        ber.extend([0, 0]);
        ber
    });
    let report = judge(&signed.bytes);
    assert_eq!((report.verdict, codes(&report)), (Verdict::Valid, vec!["CMS_BER"]));
    let padded = file(|content| {
        let der = detached(content, &SCHOOL.holders[0], &SCHOOL.authority);
        [&[0x30, 0x83, 0x00], &der[2..]].concat()
    });
    let report = judge(&padded.bytes);
    assert!(report.verdict != Verdict::Valid || codes(&report) == ["CMS_BER"], "{:?}", report.problems);
    for spelled in [&[0x30, 0x80][..], &[0x30, 0x83, 0x00]] {
        let der = detached(b"a file", &SCHOOL.holders[0], &SCHOOL.authority);
        let mut other = spelled.to_vec();
        other.extend(if spelled.len() == 2 { &der[4..] } else { &der[2..] });
        other.extend([0, 0]);
        assert!(judge_detached(b"a file", &other).is_err());
    }
}
