//! Judges detached CMS signatures (RFC 5652) over text and JSON files.

use school::digest::Sha256;

/// A detached SignedData whose digest and signature value agree with the content. Trust is judged apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detached {
    /// SHA-256 of the signer's certificate.
    pub certificate: Sha256,
    /// DER of the signer's certificate.
    pub certificate_der: Vec<u8>,
    /// DER of the other embedded certificates.
    pub others: Vec<Vec<u8>>,
    /// The digest algorithm used: `sha256` or `sha512`.
    pub digest_algorithm: String,
}

/// Judges `signed_data` (DER) as a detached signature of one signer over `content`.
///
/// Errors: a stable SCREAMING_SNAKE_CASE code such as `CMS_DIGEST`.
pub fn judge_detached(_content: &[u8], _signed_data: &[u8]) -> Result<Detached, &'static str> {
    todo!()
}
