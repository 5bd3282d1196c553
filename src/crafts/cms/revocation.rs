//! The question to an OCSP responder.

use openssl::hash::MessageDigest;
use openssl::ocsp::{OcspCertId, OcspRequest};
use openssl::x509::X509;

use super::CmsFault;

/// An OCSPRequest for one certificate, DER, without nonce and signature.
///
/// Shape: both certificates are DER. The CertID uses SHA-1 because responders expect it; it names a
/// certificate and protects nothing. Without a nonce responders may answer from their cache, and the
/// answer stays useful in a DSS.
/// Errors: [`CmsFault::Certificate`], [`CmsFault::OcspRequest`].
/// Source: RFC 6960, 4.1; RFC 5019, 2.1.
pub fn ocsp_request(certificate: &[u8], issuer: &[u8]) -> Result<Vec<u8>, CmsFault> {
    let read = |der: &[u8]| X509::from_der(der).map_err(|_| CmsFault::Certificate);
    let (certificate, issuer) = (read(certificate)?, read(issuer)?);
    let request = || -> Result<Vec<u8>, openssl::error::ErrorStack> {
        let mut request = OcspRequest::new()?;
        request.add_id(OcspCertId::from_cert(MessageDigest::sha1(), &certificate, &issuer)?)?;
        request.to_der()
    };
    request().map_err(|error| CmsFault::OcspRequest(Box::new(error)))
}
