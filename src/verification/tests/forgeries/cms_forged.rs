//! Forgeries inside the CMS, where no signature protects: further certificates, unsigned attributes,
//! CRLs, other versions; and what is protected, changed all the same.

use crate::file::places;
use crate::foreign::write_hex;
use crate::rig::SCHOOL;
use crate::rig::der::{integer, octets, oid, sequence, set, tlv};
use crate::rig::pki::Authority;
use crate::victims::{Expected, Forgery, Victim, judge_all};

/// Tag and content of each element.
fn elements(mut der: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let mut found = Vec::new();
    while der.len() > 2 {
        let (length, head) = match der[1] {
            short @ 0..=0x7f => (usize::from(short), 2),
            0x81 => (usize::from(der[2]), 3),
            _ => (usize::from(der[2]) << 8 | usize::from(der[3]), 4),
        };
        found.push((der[0], der[head..head + length].to_vec()));
        der = &der[head + length..];
    }
    found
}

fn joined(elements: &[(u8, Vec<u8>)]) -> Vec<u8> {
    elements.iter().flat_map(|(tag, content)| tlv(*tag, content)).collect()
}

/// The elements of a SignedData, and those of its only SignerInfo.
struct Taken {
    data: Vec<(u8, Vec<u8>)>,
    signer: Vec<(u8, Vec<u8>)>,
    /// How often the signer is put back.
    signers: usize,
}

impl Taken {
    fn from(cms: &[u8]) -> Self {
        let outer = elements(&elements(cms)[0].1);
        let data = elements(&elements(&outer[1].1)[0].1);
        let signer = elements(&elements(&data.last().unwrap().1)[0].1);
        Self { data, signer, signers: 1 }
    }

    fn put(mut self) -> Vec<u8> {
        self.data.last_mut().unwrap().1 = tlv(0x30, &joined(&self.signer)).repeat(self.signers);
        sequence(&[oid("1.2.840.113549.1.7.2"), tlv(0xa0, &tlv(0x30, &joined(&self.data)))])
    }
}

/// The CMS of the last signature, changed.
fn forge(victim: &Victim, change: impl Fn(&mut Taken)) -> Option<Vec<u8>> {
    let mut bytes = victim.file.bytes.clone();
    let (from, to) = places(&bytes).last()?.hole;
    let text = String::from_utf8_lossy(&bytes[from + 1..to - 1]).into_owned();
    let cms: Vec<u8> =
        (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).unwrap()).collect();
    let length = 4 + (usize::from(cms[2]) << 8 | usize::from(cms[3]));
    let mut taken = Taken::from(&cms[..length]);
    change(&mut taken);
    let forged = taken.put();
    bytes[from + 1..to - 1].fill(b'0');
    assert!(2 * forged.len() < to - from - 1);
    write_hex(&mut bytes, from + 1, &forged);
    Some(bytes)
}

fn certificates(taken: &mut Taken) -> &mut Vec<u8> {
    &mut taken.data.iter_mut().find(|(tag, _)| *tag == 0xa0).unwrap().1
}

const SHAPE: &[&str] = &["CMS_STRUCTURE", "TIMESTAMP_STRUCTURE"];

const FORGERIES: &[Forgery] = &[
    (
        "a certificate that leads nowhere",
        |v| forge(v, |t| certificates(t).extend(Authority::new("khac").root.der())),
        Expected { school: &["CMS_UNUSED_CERTIFICATE"], foreign: &[] },
    ),
    (
        "the signer's certificate twice",
        |v| {
            forge(v, |t| {
                let again = joined(&elements(certificates(t))[..1]);
                certificates(t).extend(again);
            })
        },
        Expected { school: &["CMS_UNUSED_CERTIFICATE"], foreign: &[] },
    ),
    (
        "an attribute that nobody signed",
        |v| forge(v, |t| t.signer.push((0xa1, sequence(&[oid("1.2.3.4"), set(vec![integer(1)])])))),
        Expected { school: &["CMS_STRUCTURE"], foreign: &[] },
    ),
    (
        "revocation lists inside",
        |v| {
            forge(v, |t| {
                let at = t.data.len() - 1;
                t.data.insert(at, (0xa1, SCHOOL.authority.crls("2026-01-01", "2026-12-31", &[])[0].clone()));
            })
        },
        Expected { school: &["CMS_STRUCTURE"], foreign: &[] },
    ),
    ("another version", |v| forge(v, |t| t.data[0].1 = vec![5]), Expected { school: SHAPE, foreign: &[] }),
    (
        "a second signer",
        |v| forge(v, |t| t.signers = 2),
        Expected {
            school: &["CMS_SIGNERS", "CMS_STRUCTURE", "TIMESTAMP_STRUCTURE"],
            foreign: &["CMS_SIGNERS", "CMS_STRUCTURE"],
        },
    ),
    (
        "no certificates",
        |v| forge(v, |t| t.data.retain(|(tag, _)| *tag != 0xa0)),
        Expected {
            school: &["CMS_CERTIFICATE_MISSING", "TIMESTAMP_SIGNATURE", "TIMESTAMP_STRUCTURE"],
            foreign: &["CMS_CERTIFICATE_MISSING"],
        },
    ),
    (
        "another signature value",
        |v| {
            forge(v, |t| {
                let value = &mut t.signer.iter_mut().rfind(|(tag, _)| *tag == 0x04).unwrap().1;
                let last = value.len() - 1;
                value[last] ^= 1;
            })
        },
        Expected { school: &["CMS_SIGNATURE", "TIMESTAMP_SIGNATURE"], foreign: &["CMS_SIGNATURE"] },
    ),
    (
        "signed attributes taken away",
        |v| forge(v, |t| t.signer.retain(|(tag, _)| *tag != 0xa0)),
        Expected {
            school: &["CMS_ATTRIBUTE", "TIMESTAMP_STRUCTURE", "TIMESTAMP_SIGNATURE"],
            foreign: &["CMS_ATTRIBUTE"],
        },
    ),
    (
        "another digest named",
        |v| {
            forge(v, |t| {
                let at = t
                    .signer
                    .iter()
                    .position(|(tag, content)| {
                        *tag == 0x30 && content.starts_with(&oid("2.16.840.1.101.3.4.2.1"))
                    })
                    .unwrap();
                t.signer[at].1 = oid("1.3.14.3.2.26");
            })
        },
        Expected {
            school: &[
                "CMS_DIGEST",
                "CMS_ALGORITHM",
                "CMS_STRUCTURE",
                "TIMESTAMP_SIGNATURE",
                "TIMESTAMP_IMPRINT",
            ],
            foreign: &["CMS_DIGEST", "CMS_ALGORITHM"],
        },
    ),
    (
        "the content inside",
        |v| {
            forge(v, |t| {
                let content = t
                    .data
                    .iter_mut()
                    .find(|(tag, content)| *tag == 0x30 && content.starts_with(&[0x06]))
                    .unwrap();
                if content.1.len() < 30 {
                    content.1.extend(tlv(0xa0, &octets(b"another content")));
                } else {
                    content.1.truncate(13);
                }
            })
        },
        Expected {
            school: &["CMS_ECONTENT", "CMS_STRUCTURE", "TIMESTAMP_STRUCTURE"],
            foreign: &["CMS_ECONTENT"],
        },
    ),
];

#[test]
fn what_is_changed_inside_a_cms_is_refused_or_changes_nothing() {
    judge_all(FORGERIES);
}
