//! What a CMS takes out of a certificate: issuer and serial number, sliced and never encoded again.

use der::{Any, Decode, Encode, Reader, SliceReader};
use openssl::hash::MessageDigest;
use openssl::pkey::Id;
use openssl::rsa::Padding;
use openssl::sign::{RsaPssSaltlen, Verifier};
use openssl::x509::X509;

use school::records::token_frame::KeyKind;

use super::CmsFault;

/// IssuerAndSerialNumber (RFC 5652, 10.2.4) from the certificate's own bytes.
pub(super) fn issuer_and_serial_number(certificate: &[u8]) -> Result<Any, CmsFault> {
    let sliced = || -> Result<Any, der::Error> {
        let body = value_of(certificate)?;
        let tbs = value_of(body)?;
        let mut fields = SliceReader::new(tbs)?;
        let mut serial = fields.tlv_bytes()?;
        if serial.first() == Some(&0xa0) {
            // The explicit version; certificates of version 1 have none.
            serial = fields.tlv_bytes()?;
        }
        fields.tlv_bytes()?; // signature algorithm
        let issuer = fields.tlv_bytes()?;
        Any::new(der::Tag::Sequence, [issuer, serial].concat())
    };
    sliced().map_err(|_| CmsFault::Certificate)
}

/// Contents octets of the first TLV.
fn value_of(bytes: &[u8]) -> Result<&[u8], der::Error> {
    let mut reader = SliceReader::new(bytes)?;
    let tlv = reader.tlv_bytes()?;
    Ok(der::asn1::AnyRef::from_der(tlv)?.value())
}

/// The certificate as an element of `certificates`, byte for byte.
pub(super) fn as_it_came(certificate: &[u8]) -> Result<Any, CmsFault> {
    let any = Any::from_der(certificate).map_err(|_| CmsFault::Certificate)?;
    // Any keeps contents octets; a length in a longer form than needed would be shortened silently.
    if any.to_der().is_ok_and(|der| der == certificate) { Ok(any) } else { Err(CmsFault::Certificate) }
}

/// Most bytes that a signature value of the certificate's key can have.
///
/// Errors: [`CmsFault::Certificate`]; [`CmsFault::OtherKey`] when the key is not of this kind.
pub(crate) fn signature_capacity(certificate: &[u8], kind: KeyKind) -> Result<usize, CmsFault> {
    let key = X509::from_der(certificate).and_then(|certificate| certificate.public_key());
    let key = key.map_err(|_| CmsFault::Certificate)?;
    match (kind, key.id()) {
        (KeyKind::Rsa | KeyKind::RsaPss, Id::RSA) | (KeyKind::Ec, Id::EC) => Ok(key.size()),
        _ => Err(CmsFault::OtherKey),
    }
}

/// Whether the certificate's key made `value` over `signed`, with SHA-256.
pub(crate) fn is_made_by(
    certificate: &[u8],
    kind: KeyKind,
    signed: &[u8],
    value: &[u8],
) -> Result<bool, CmsFault> {
    let verified = || {
        let key = X509::from_der(certificate)?.public_key()?;
        let mut verifier = Verifier::new(MessageDigest::sha256(), &key)?;
        if kind == KeyKind::RsaPss {
            verifier.set_rsa_padding(Padding::PKCS1_PSS)?;
            verifier.set_rsa_mgf1_md(MessageDigest::sha256())?;
            verifier.set_rsa_pss_saltlen(RsaPssSaltlen::DIGEST_LENGTH)?;
        }
        // A value that is no signature at all is an error to the library and an answer to us.
        Ok(verifier.verify_oneshot(value, signed).unwrap_or(false))
    };
    verified().map_err(|_: openssl::error::ErrorStack| CmsFault::Certificate)
}
