//! The signing-certificate attributes (RFC 2634, 5.4 and RFC 5035): they bind the signature to one
//! certificate, so that another certificate for the same key cannot take its place.

use openssl::hash::MessageDigest;

use crate::asn1::{OCTET_STRING, Reader, SEQUENCE, Tlv};
use crate::cms::{algorithm, hash};
use crate::pki::certificate::Certificate;
use crate::report::Code;

pub(crate) const V1: &str = "1.2.840.113549.1.9.16.2.12";
pub(crate) const V2: &str = "1.2.840.113549.1.9.16.2.47";

/// The first ESSCertIDv2 must name `certificate`.
pub(crate) fn names(value: &Tlv<'_>, certificate: &Certificate) -> Result<(), Code> {
    let mut reader = first(value)?;
    // hashAlgorithm is DEFAULT sha256, so in DER it is absent then.
    let digest = match reader.optional(SEQUENCE).map_err(|_| Code::CmsAttribute)? {
        None => MessageDigest::sha256(),
        Some(element) => {
            let read = crate::asn1::Algorithm::read(&element).map_err(|_| Code::CmsAttribute)?;
            algorithm::digest(&read.oid).ok_or(Code::CmsAlgorithmUnknown)?.0
        }
    };
    matches(reader, digest, certificate)
}

/// The first ESSCertID (SHA-1) must name `certificate`.
pub(crate) fn names_v1(value: &Tlv<'_>, certificate: &Certificate) -> Result<(), Code> {
    matches(first(value)?, MessageDigest::sha1(), certificate)
}

fn first<'a>(value: &Tlv<'a>) -> Result<Reader<'a>, Code> {
    let read = || {
        let mut attribute = Reader::single(value.whole, SEQUENCE)?.inside();
        attribute.expect(SEQUENCE)?.inside().expect(SEQUENCE)
    };
    read().map(|id| id.inside()).map_err(|_| Code::CmsAttribute)
}

fn matches(mut reader: Reader<'_>, digest: MessageDigest, certificate: &Certificate) -> Result<(), Code> {
    let named = reader.expect(OCTET_STRING).map_err(|_| Code::CmsAttribute)?;
    let agrees = if digest == MessageDigest::sha256() {
        named.content == certificate.sha256().as_bytes()
    } else {
        hash(digest, &[certificate.der()])? == named.content
    };
    if !agrees {
        return Err(Code::CmsSigningCertificate);
    }
    let issuer_serial = reader.optional(SEQUENCE).map_err(|_| Code::CmsAttribute)?;
    reader.end().map_err(|_| Code::CmsAttribute)?;
    let Some(issuer_serial) = issuer_serial else { return Ok(()) };
    let (issuer, serial) = certificate.issuer_and_serial()?;
    let agrees = || {
        let mut parts = issuer_serial.inside();
        // GeneralNames with one directoryName [4].
        let name = parts.expect(SEQUENCE)?.inside().expect(0xa4)?;
        let number = parts.next()?;
        Ok::<_, crate::asn1::NotDer>(name.content == issuer && number.whole == serial)
    };
    match agrees() {
        Ok(true) => Ok(()),
        Ok(false) => Err(Code::CmsSigningCertificate),
        Err(_) => Err(Code::CmsAttribute),
    }
}
