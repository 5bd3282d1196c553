//! Makes SignedData as PAdES asks for it, and timestamp tokens.

use openssl::hash::MessageDigest;
use openssl::pkey::Id;
use openssl::sign::Signer;
use school::moment::Moment;

use super::der::{integer, octets, oid, sequence, set, tlv};
use super::pki::{Authority, Holder};

const SHA256: &str = "2.16.840.1.101.3.4.2.1";
const ID_DATA: &str = "1.2.840.113549.1.7.1";
const TST_INFO: &str = "1.2.840.113549.1.9.16.1.4";

/// How a key of this kind signs with SHA-256 (RFC 5754).
fn signature_algorithm(holder: &Holder) -> Vec<u8> {
    match holder.key.id() {
        Id::RSA => sequence(&[oid("1.2.840.113549.1.1.11"), vec![0x05, 0x00]]),
        _ => algorithm("1.2.840.10045.4.3.2"),
    }
}

pub fn algorithm(dotted: &str) -> Vec<u8> {
    sequence(&[oid(dotted)])
}

pub fn attribute(dotted: &str, value: Vec<u8>) -> Vec<u8> {
    sequence(&[oid(dotted), set(vec![value])])
}

/// Issuer and serial number by the names that OpenSSL gives out.
pub fn issuer_and_serial(holder: &Holder) -> Vec<u8> {
    let issuer = holder.certificate.issuer_name().to_der().unwrap();
    let serial = holder.certificate.serial_number().to_bn().unwrap().to_vec();
    sequence(&[issuer, tlv(0x02, &serial)])
}

/// A SignedData of one signer; `content` inside where `inside`, else beside.
fn signed_data(
    content_type: &str,
    content: &[u8],
    inside: bool,
    holder: &Holder,
    authority: &Authority,
) -> Vec<u8> {
    let certificate = holder.der();
    let named = sequence(&[sequence(&[sequence(&[octets(&openssl::sha::sha256(&certificate))])])]);
    let attributes = set(vec![
        attribute("1.2.840.113549.1.9.3", oid(content_type)),
        attribute("1.2.840.113549.1.9.4", octets(&openssl::sha::sha256(content))),
        attribute("1.2.840.113549.1.9.16.2.47", named),
    ]);
    let mut signer = Signer::new(MessageDigest::sha256(), &holder.key).unwrap();
    signer.update(&attributes).unwrap();
    let signature = signer.sign_to_vec().unwrap();
    let mut signed_attributes = attributes;
    signed_attributes[0] = 0xa0;
    let signer_info = sequence(&[
        integer(1),
        issuer_and_serial(holder),
        algorithm(SHA256),
        signed_attributes,
        signature_algorithm(holder),
        octets(&signature),
    ]);
    let encapsulated = match inside {
        true => sequence(&[oid(content_type), tlv(0xa0, &octets(content))]),
        false => sequence(&[oid(content_type)]),
    };
    let mut certificates = [certificate, authority.issuing.der()];
    certificates.sort();
    let data = sequence(&[
        integer(if inside { 3 } else { 1 }),
        set(vec![algorithm(SHA256)]),
        encapsulated,
        tlv(0xa0, &certificates.concat()),
        set(vec![signer_info]),
    ]);
    sequence(&[oid("1.2.840.113549.1.7.2"), tlv(0xa0, &data)])
}

/// A detached signature over `content`.
pub fn detached(content: &[u8], holder: &Holder, authority: &Authority) -> Vec<u8> {
    signed_data(ID_DATA, content, false, holder, authority)
}

/// A timestamp token over `content`.
pub fn token(content: &[u8], time: Moment, holder: &Holder, authority: &Authority) -> Vec<u8> {
    let digits: String = utc(time);
    let info = sequence(&[
        integer(1),
        oid("1.2.3.4.1"),
        sequence(&[algorithm(SHA256), octets(&openssl::sha::sha256(content))]),
        integer(7),
        tlv(0x18, digits.as_bytes()),
    ]);
    signed_data(TST_INFO, &info, true, holder, authority)
}

/// GeneralizedTime in Zulu.
fn utc(time: Moment) -> String {
    let shown = time.plus_seconds(-7 * 3600).pdf_date();
    format!("{}Z", &shown[2..16])
}
