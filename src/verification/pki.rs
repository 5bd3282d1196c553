//! Paths, key usage, validity and revocation of certificates.

use school::digest::Sha256;
use school::moment::Moment;
use serde::{Deserialize, Serialize};

use crate::circumstances::Circumstances;
use crate::report::{Revocation, Trust};

/// How a certificate stands at a moment: asked before C_Sign (invariant 4) and for seals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// SHA-256 of the certificate's DER.
    pub certificate: Sha256,
    /// Common name of the subject.
    pub subject: String,
    /// Common name of the issuer.
    pub issuer: String,
    /// Serial number, hex.
    pub serial: String,
    /// Valid from.
    pub not_before: Moment,
    /// Valid to.
    pub not_after: Moment,
    /// Path to an anchor, at the moment asked.
    pub trust: Trust,
    /// The moment lies within the validity of the certificate.
    pub in_validity: bool,
    /// keyUsage allows digitalSignature or nonRepudiation.
    pub may_sign: bool,
    /// RSA of 2048 bits or more, or EC of 256 bits or more, and no SHA-1 or MD5 below the anchor.
    pub strong: bool,
    /// By the CRLs and OCSP responses at hand, fresh at the moment asked.
    pub revocation: Revocation,
    /// DER of the path from the certificate's issuer to the anchor, Base64; empty without a path.
    pub path: Vec<String>,
    /// OCSP responder URLs of the certificate.
    pub ocsp_urls: Vec<String>,
    /// CRL distribution points of the certificate.
    pub crl_urls: Vec<String>,
}

/// Judges a certificate.
///
/// Errors: `CERTIFICATE_MALFORMED`.
pub fn standing(_certificate_der: &[u8], _circumstances: &Circumstances) -> Result<Standing, &'static str> {
    todo!()
}
