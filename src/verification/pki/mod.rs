//! Paths, key usage, validity and revocation of certificates.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::digest::Sha256;
use school::moment::Moment;
use serde::{Deserialize, Serialize};

use crate::circumstances::Circumstances;
use crate::report::{Code, Revocation, RevocationSource, Trust};

mod authorities;
pub(crate) mod certificate;
pub(crate) mod checked;
mod known;
pub(crate) mod ocsp_answer;
pub(crate) mod past;
pub(crate) mod path;
pub(crate) mod revocation;
pub(crate) mod revocation_list;
mod roca;

pub use authorities::{Authority, authorities};
pub use known::Known;

use revocation::Moments;

/// How a certificate stands at a moment: asked before C_Sign (invariant 4) and for seals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// SHA-256 of the certificate's DER.
    pub certificate: Sha256,
    /// Common name of the subject.
    pub subject: String,
    /// Common name of the issuer.
    pub issuer: String,
    /// Organization of the subject.
    #[serde(default)]
    pub subject_organization: Option<String>,
    /// Organization in the issuer's name: who manages the certificate.
    #[serde(default)]
    pub issuer_organization: Option<String>,
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
    /// The RSA key has the fingerprint of a flawed generator: anyone can compute it. Then it is not strong.
    #[serde(default)]
    pub roca: bool,
    /// By the CRLs and OCSP responses at hand, fresh at the moment asked.
    pub revocation: Revocation,
    /// DER of the path from the certificate's issuer to the anchor, Base64; empty without a path.
    pub path: Vec<String>,
    /// Where the certificates of the path whose revocation is unchecked could be asked.
    #[serde(default)]
    pub sources: Vec<RevocationSource>,
    /// OCSP responder URLs of the certificate.
    pub ocsp_urls: Vec<String>,
    /// CRL distribution points of the certificate.
    pub crl_urls: Vec<String>,
}

impl Standing {
    /// Nothing about the certificate is left open.
    pub fn is_proven(&self) -> bool {
        let stands = matches!(self.revocation, Revocation::Good | Revocation::RevokedAfterPoe);
        self.trust == Trust::Trusted && self.in_validity && self.may_sign && self.strong && stands
    }
}

/// Judges a certificate at the moment of the circumstances, before it may sign or for what it sealed.
///
/// Errors: `CERTIFICATE_MALFORMED`.
pub fn standing(certificate_der: &[u8], circumstances: &Circumstances) -> Result<Standing, &'static str> {
    let malformed = |code: Code| code.as_str();
    let around = circumstances.known.surroundings(circumstances);
    let leaf = circumstances.known.checked().certificate(certificate_der).map_err(malformed)?;
    let (not_before, not_after) = leaf.validity().map_err(malformed)?;
    let path = path::find(&leaf, &around.pool, circumstances.at);
    let when = Moments { at: circumstances.at, poe: None };
    let key = leaf.x509().public_key().and_then(|key| key.rsa());
    let roca = key.is_ok_and(|key| roca::has_fingerprint(key.n()));
    let (ocsp_urls, crl_urls) = certificate::addresses(leaf.x509());
    Ok(Standing {
        certificate: leaf.sha256(),
        subject: leaf.words().subject.clone(),
        issuer: leaf.words().issuer.clone(),
        subject_organization: leaf.words().organization.clone(),
        issuer_organization: leaf.words().issuer_organization.clone(),
        serial: leaf.words().serial.clone(),
        not_before,
        not_after,
        trust: path.trust,
        in_validity: (not_before..=not_after).contains(&circumstances.at),
        may_sign: leaf.may_sign_documents(),
        roca,
        strong: leaf.has_strong_key() && !roca && path.fault != Some(Code::WeakChain),
        revocation: revocation::of_path(&leaf, &path.certificates, &around.pool, &around.data, when),
        sources: revocation::sources(&leaf, &path.certificates, &around.pool, &around.data, when),
        path: path.certificates.iter().map(|one| STANDARD.encode(one.der())).collect(),
        ocsp_urls,
        crl_urls,
    })
}
