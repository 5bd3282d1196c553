//! Certificates that somebody had no right to issue, and keys that anybody can compute.

use openssl::bn::{BigNum, BigNumContext, MsbOption};
use openssl::pkey::{PKey, Private};
use openssl::rsa::RsaPrivateKeyBuilder;
use openssl::x509::X509Builder;
use openssl::x509::extension::{BasicConstraints, KeyUsage};
use verification::circumstances::{Circumstances, Policy};
use verification::report::{PdfReport, Verdict};

use crate::file::File;
use crate::foreign::{self, FIRST, Signing};
use crate::rig::der::{oid, sequence, set, tlv};
use crate::rig::pki::{Authority, Holder, extension};
use crate::rig::{SCHOOL, codes};

/// Signed by `holder`, every certificate and every list at hand.
fn judged(authority: &Authority, holder: &Holder) -> PdfReport {
    let signed: File = foreign::unsigned("", &[]).sign(&Signing { authority, ..Signing::of(FIRST, holder) });
    let mut circumstances = Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() };
    circumstances.intermediates = vec![SCHOOL.authority.issuing.der(), authority.issuing.der()];
    circumstances.crls.extend(authority.crls("2026-05-30", "2026-12-31", &[]));
    crate::rig::judge(&signed.bytes, &circumstances)
}

fn below(common: &str, until: &str, extend: impl FnOnce(&mut X509Builder)) -> Authority {
    SCHOOL.authority.below(common, until, extend)
}

fn issues(builder: &mut X509Builder) {
    builder.append_extension(BasicConstraints::new().critical().ca().build().unwrap()).unwrap();
    builder.append_extension(KeyUsage::new().critical().key_cert_sign().crl_sign().build().unwrap()).unwrap();
}

#[track_caller]
fn undetermined(name: &str, report: &PdfReport, code: &str) {
    assert_eq!(report.verdict, Verdict::Indeterminate, "{name}: {:?}", report.problems);
    assert!(codes(report).contains(&code), "{name}: {:?}", report.problems);
}

#[test]
fn an_authority_below_an_authority_is_believed_as_far_as_it_may_issue() {
    let honest = below("Cấp dưới", "2030-01-01", issues);
    let report = judged(&honest, &honest.issue("Người ký", "2029-01-01"));
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.problems);

    let expired = below("Hết hạn", "2026-03-01", issues);
    let no_issuer = below("Chỉ ký", "2030-01-01", |builder| {
        builder.append_extension(BasicConstraints::new().critical().ca().build().unwrap()).unwrap();
        builder.append_extension(KeyUsage::new().critical().digital_signature().build().unwrap()).unwrap();
    });
    let no_authority = below("Không cấp", "2030-01-01", |builder| {
        builder.append_extension(BasicConstraints::new().critical().build().unwrap()).unwrap();
    });
    // It may issue for other countries only (RFC 5280, 4.2.1.10).
    let elsewhere = below("Nước khác", "2030-01-01", |builder| {
        issues(builder);
        let country = sequence(&[oid("2.5.4.6"), tlv(0x13, b"LA")]);
        let name = sequence(&[set(vec![country])]);
        let permitted = tlv(0xa0, &sequence(&[tlv(0xa4, &name)]));
        extension(builder, "2.5.29.30", true, &sequence(&[permitted]));
    });
    let unheard = below("Điều lạ", "2030-01-01", |builder| {
        issues(builder);
        extension(builder, "1.2.3.4.5", true, &[0x05, 0x00]);
    });
    for (name, authority) in [
        ("an expired authority", expired),
        ("an authority whose key issues nothing", no_issuer),
        ("a certificate that is no authority", no_authority),
        ("an authority for another country", elsewhere),
        ("an authority with a condition that nobody knows", unheard),
    ] {
        let report = judged(&authority, &authority.issue("Người ký", "2029-01-01"));
        undetermined(name, &report, "CHAIN_CONSTRAINTS_FAILURE");
    }
}

#[test]
fn an_authority_at_the_end_of_its_path_has_none_below_it() {
    let last = below("Cuối", "2030-01-01", |builder| {
        builder
            .append_extension(BasicConstraints::new().critical().ca().pathlen(0).build().unwrap())
            .unwrap();
        builder
            .append_extension(KeyUsage::new().critical().key_cert_sign().crl_sign().build().unwrap())
            .unwrap();
    });
    let report = judged(&last, &last.issue("Người ký", "2029-01-01"));
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.problems);
    let beyond = last.below("Sau cuối", "2030-01-01", issues);
    let holder = beyond.issue("Người ký", "2029-01-01");
    let signed =
        foreign::unsigned("", &[]).sign(&Signing { authority: &beyond, ..Signing::of(FIRST, &holder) });
    let mut circumstances = Circumstances { policy: Policy::Foreign, ..SCHOOL.circumstances() };
    circumstances.intermediates =
        vec![SCHOOL.authority.issuing.der(), last.issuing.der(), beyond.issuing.der()];
    circumstances.crls.extend(last.crls("2026-05-30", "2026-12-31", &[]));
    circumstances.crls.extend(beyond.crls("2026-05-30", "2026-12-31", &[]));
    let report = crate::rig::judge(&signed.bytes, &circumstances);
    undetermined("beyond", &report, "CHAIN_CONSTRAINTS_FAILURE");
}

#[test]
fn a_signer_with_a_condition_that_nobody_knows_is_not_believed() {
    let authority = &SCHOOL.authority;
    let critical = authority.issue_with("Người ký", "1.2.3.4.5", true, &[0x05, 0x00]);
    undetermined("critical", &judged(authority, &critical), "CHAIN_CONSTRAINTS_FAILURE");
    let harmless = authority.issue_with("Người ký", "1.2.3.4.5", false, &[0x05, 0x00]);
    assert_eq!(judged(authority, &harmless).verdict, Verdict::Valid);
}

/// A prime as the flawed chips made them: k·M + 65537^a mod M, M the product of the first primes (CVE-2017-15361).
fn flawed_prime(bits: i32, power: u32) -> BigNum {
    let mut context = BigNumContext::new().unwrap();
    let mut product = BigNum::from_u32(1).unwrap();
    let is_small_prime = |number: &u32| (2..*number).all(|divisor| !number.is_multiple_of(divisor));
    (2..=167).filter(is_small_prime).for_each(|prime| product.mul_word(prime).unwrap());
    let number = |value| BigNum::from_u32(value).unwrap();
    let mut rest = BigNum::new().unwrap();
    rest.mod_exp(&number(65_537), &number(power), &product, &mut context).unwrap();
    loop {
        let (mut k, mut multiple, mut prime) =
            (BigNum::new().unwrap(), BigNum::new().unwrap(), BigNum::new().unwrap());
        k.rand(bits - product.num_bits(), MsbOption::TWO_ONES, false).unwrap();
        multiple.checked_mul(&k, &product, &mut context).unwrap();
        prime.checked_add(&multiple, &rest).unwrap();
        if prime.is_prime_fasttest(20, &mut context, true).unwrap() {
            return prime;
        }
    }
}

fn flawed_key() -> PKey<Private> {
    let mut context = BigNumContext::new().unwrap();
    let (p, q) = (flawed_prime(1056, 11), flawed_prime(1056, 12_345));
    let one = BigNum::from_u32(1).unwrap();
    let e = BigNum::from_u32(65_537).unwrap();
    let (mut n, mut p1, mut q1, mut phi, mut d) = (
        BigNum::new().unwrap(),
        BigNum::new().unwrap(),
        BigNum::new().unwrap(),
        BigNum::new().unwrap(),
        BigNum::new().unwrap(),
    );
    n.checked_mul(&p, &q, &mut context).unwrap();
    p1.checked_sub(&p, &one).unwrap();
    q1.checked_sub(&q, &one).unwrap();
    phi.checked_mul(&p1, &q1, &mut context).unwrap();
    d.mod_inverse(&e, &phi, &mut context).unwrap();
    let key = RsaPrivateKeyBuilder::new(n, e, d).unwrap().set_factors(p, q).unwrap().build();
    assert!(key.check_key().unwrap());
    PKey::from_rsa(key).unwrap()
}

#[test]
fn a_key_that_anybody_can_compute_signs_nothing_and_issues_nothing() {
    let authority = &SCHOOL.authority;
    let honest = PKey::from_rsa(openssl::rsa::Rsa::generate(2048).unwrap()).unwrap();
    let report = judged(authority, &authority.issue_for(honest, "Người ký"));
    assert_eq!(report.verdict, Verdict::Valid, "{:?}", report.problems);

    let flawed = flawed_key();
    let report = judged(authority, &authority.issue_for(flawed, "Người ký"));
    assert_eq!(report.verdict, Verdict::Invalid, "{:?}", report.problems);
    assert!(codes(&report).contains(&"WEAK_KEY"));
}
