//! Reads what a judgement needs from one certificate (RFC 5280), kept byte for byte as found.

use std::cell::RefCell;
use std::collections::HashMap;

use openssl::asn1::{Asn1Time, Asn1TimeRef};
use openssl::nid::Nid;
use openssl::pkey::{Id, PKeyRef, Public};
use openssl::x509::{X509, X509NameRef, X509Ref};
use school::moment::Moment;

use crate::asn1::{Algorithm, BIT_STRING, Extension, INTEGER, NotDer, Reader, SEQUENCE, Tlv, extensions};
use crate::report::Code;

const KEY_USAGE: &str = "2.5.29.15";
const EXTENDED_KEY_USAGE: &str = "2.5.29.37";

/// Most certificates that are kept as read, and the largest of them: what a stranger can make us hold.
const KEPT: usize = 256;
const KEPT_SIZE_BYTES: usize = 8 * 1024;

thread_local! {
    /// By their whole DER. A judgement reads signer and CAs many times over, the next document brings the
    /// same ones, and OpenSSL 3 spends a quarter of a millisecond on each. Nothing judged is kept.
    static READ: RefCell<HashMap<Vec<u8>, X509>> = RefCell::default();
}

/// The certificate, if `der` is exactly one.
pub(crate) fn read(der: &[u8]) -> Result<X509, Code> {
    if let Some(known) = READ.with_borrow(|read| read.get(der).cloned()) {
        return Ok(known);
    }
    let certificate = read_anew(der)?;
    if der.len() <= KEPT_SIZE_BYTES {
        READ.with_borrow_mut(|read| {
            if read.len() == KEPT {
                read.clear();
            }
            read.insert(der.to_vec(), certificate.clone());
        });
    }
    Ok(certificate)
}

fn read_anew(der: &[u8]) -> Result<X509, Code> {
    // The library ignores octets after the certificate; then two digests would name one certificate.
    Reader::single(der, SEQUENCE).map_err(|_| Code::CertificateMalformed)?;
    X509::from_der(der).map_err(|_| Code::CertificateMalformed)
}

/// The DER of a certificate that was read.
pub(crate) fn der(certificate: &X509Ref) -> Vec<u8> {
    certificate.to_der().unwrap_or_default()
}

struct Tbs<'a> {
    serial: Tlv<'a>,
    signature: Algorithm<'a>,
    issuer: Tlv<'a>,
    public_key_info: Tlv<'a>,
    extensions: Vec<Extension<'a>>,
}

fn tbs(der: &[u8]) -> Result<Tbs<'_>, NotDer> {
    let mut reader = Reader::single(der, SEQUENCE)?.inside().expect(SEQUENCE)?.inside();
    reader.optional(0xa0)?;
    let serial = reader.expect(INTEGER)?;
    let signature = Algorithm::read(&reader.next()?)?;
    let issuer = reader.expect(SEQUENCE)?;
    reader.expect(SEQUENCE)?;
    reader.expect(SEQUENCE)?;
    let public_key_info = reader.expect(SEQUENCE)?;
    reader.optional(0x81)?;
    reader.optional(0x82)?;
    let found = match reader.optional(0xa3)? {
        Some(wrapped) => extensions(&Reader::single(wrapped.content, SEQUENCE)?)?,
        None => Vec::new(),
    };
    reader.end()?;
    Ok(Tbs { serial, signature, issuer, public_key_info, extensions: found })
}

/// Issuer name and serial number, each a whole element.
pub(crate) fn issuer_and_serial(der: &[u8]) -> Result<(&[u8], &[u8]), Code> {
    let tbs = tbs(der).map_err(|_| Code::CertificateMalformed)?;
    Ok((tbs.issuer.whole, tbs.serial.whole))
}

/// The octets of subjectPublicKey, over which OCSP names an issuer (RFC 6960, 4.1.1).
pub(crate) fn subject_public_key(der: &[u8]) -> Result<&[u8], Code> {
    let bits = || {
        let mut reader = tbs(der)?.public_key_info.inside();
        reader.expect(SEQUENCE)?;
        reader.expect(BIT_STRING)
    };
    bits().ok().and_then(|bits| bits.content.get(1..)).ok_or(Code::CertificateMalformed)
}

/// The first octet of keyUsage (digitalSignature is 0x80), or nothing where there is no such extension.
pub(crate) fn key_usage(der: &[u8]) -> Result<Option<u8>, Code> {
    let tbs = tbs(der).map_err(|_| Code::CertificateMalformed)?;
    let Some((_, _, value)) = tbs.extensions.iter().find(|(oid, ..)| oid == KEY_USAGE) else {
        return Ok(None);
    };
    let bits = Reader::single(value, BIT_STRING).map_err(|_| Code::CertificateMalformed)?;
    Ok(Some(bits.content.get(1).copied().unwrap_or(0)))
}

/// keyUsage allows digitalSignature or nonRepudiation; an older Ban Cơ yếu leaf has only the second.
/// Without the extension any usage is allowed (RFC 5280, 4.2.1.3).
pub(crate) fn may_sign(der: &[u8]) -> bool {
    matches!(key_usage(der), Ok(usage) if usage.is_none_or(|bits| bits & 0xc0 != 0))
}

/// May sign, and not as a service: a certificate whose only purpose is to timestamp or to answer for
/// OCSP signs no document (RFC 5280, 4.2.1.12).
pub(crate) fn may_sign_documents(der: &[u8]) -> bool {
    const SERVICES: [&str; 2] = ["1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9"];
    let is_service = |(_, purposes): (bool, Vec<String>)| {
        purposes.iter().all(|purpose| SERVICES.contains(&purpose.as_str()))
    };
    may_sign(der) && extended_key_usage(der).is_ok_and(|purposes| !purposes.is_some_and(is_service))
}

/// extKeyUsage with its criticality; nothing where there is no such extension.
pub(crate) fn extended_key_usage(der: &[u8]) -> Result<Option<(bool, Vec<String>)>, Code> {
    let malformed = |_| Code::CertificateMalformed;
    let tbs = tbs(der).map_err(malformed)?;
    let Some((_, critical, value)) = tbs.extensions.iter().find(|(oid, ..)| oid == EXTENDED_KEY_USAGE) else {
        return Ok(None);
    };
    let purposes = Reader::single(value, SEQUENCE).and_then(|list| list.inside().all()).map_err(malformed)?;
    let oids = purposes.iter().map(Tlv::oid).collect::<Result<Vec<_>, _>>().map_err(malformed)?;
    Ok(Some((*critical, oids)))
}

/// The certificate itself is signed with MD5 or SHA-1.
pub(crate) fn is_weakly_signed(der: &[u8]) -> bool {
    const WEAK: [&str; 4] =
        ["1.2.840.113549.1.1.4", "1.2.840.113549.1.1.5", "1.2.840.10045.4.1", "1.2.840.10040.4.3"];
    tbs(der).map_or(true, |tbs| WEAK.contains(&tbs.signature.oid.as_str()))
}

/// The certificate itself is signed with MD5.
pub(crate) fn is_signed_with_md5(der: &[u8]) -> bool {
    tbs(der).map_or(true, |tbs| tbs.signature.oid == "1.2.840.113549.1.1.4")
}

/// RSA of 2048 bits or more, or EC of 256 bits or more.
pub(crate) fn has_strong_key(certificate: &X509Ref) -> bool {
    let strong = |key: &PKeyRef<Public>| match key.id() {
        Id::RSA | Id::RSA_PSS => key.bits() >= 2048,
        Id::EC => key.bits() >= 256,
        _ => false,
    };
    certificate.public_key().is_ok_and(|key| strong(&key))
}

/// Names and signature of `certificate` lead to `issuer`.
pub(crate) fn is_signed_by(certificate: &X509Ref, issuer: &X509Ref) -> bool {
    let names = || {
        let named = certificate.issuer_name().to_der()? == issuer.subject_name().to_der()?;
        let key = issuer.public_key()?;
        Ok::<_, openssl::error::ErrorStack>(named && certificate.verify(&key)?)
    };
    names().unwrap_or(false)
}

/// Common name, or the whole of what names it where there is none.
pub(crate) fn common_name(name: &X509NameRef) -> String {
    let text = |nid| {
        let entry = name.entries_by_nid(nid).last()?;
        entry.data().to_string().ok().filter(|text| !text.is_empty())
    };
    [Nid::COMMONNAME, Nid::ORGANIZATIONALUNITNAME, Nid::ORGANIZATIONNAME]
        .into_iter()
        .find_map(text)
        .unwrap_or_default()
}

/// The organization of a name, where it has one.
pub(crate) fn organization(name: &X509NameRef) -> Option<String> {
    let entry = name.entries_by_nid(Nid::ORGANIZATIONNAME).last()?;
    entry.data().to_string().ok().filter(|text| !text.is_empty())
}

/// Serial number in upper-case hexadecimal.
pub(crate) fn serial(certificate: &X509Ref) -> String {
    let hex = certificate.serial_number().to_bn().and_then(|number| number.to_hex_str());
    hex.map(|text| text.to_string()).unwrap_or_default()
}

/// Valid from, valid to.
pub(crate) fn validity(certificate: &X509Ref) -> Result<(Moment, Moment), Code> {
    let moment = |time: &Asn1TimeRef| -> Result<Moment, Code> {
        let epoch = Asn1Time::from_unix(0).map_err(|_| Code::CertificateMalformed)?;
        let since = epoch.diff(time).map_err(|_| Code::CertificateMalformed)?;
        Ok(Moment::from_unix(i64::from(since.days) * 86_400 + i64::from(since.secs)))
    };
    Ok((moment(certificate.not_before())?, moment(certificate.not_after())?))
}

/// Addresses of OCSP responders and CRL distribution points.
pub(crate) fn addresses(certificate: &X509) -> (Vec<String>, Vec<String>) {
    let mut ocsp = Vec::new();
    if let Ok(stack) = certificate.ocsp_responders() {
        ocsp.extend(stack.iter().map(|url| url.to_string()));
    }
    let mut crl = Vec::new();
    for point in certificate.crl_distribution_points().iter().flatten() {
        let names = point.distpoint().and_then(|name| name.fullname());
        crl.extend(names.into_iter().flatten().filter_map(|name| name.uri().map(str::to_owned)));
    }
    (ocsp, crl)
}
