//! CMS as PAdES and the deposit use it: signed attributes for a token, the SignedData around its
//! answer, requests to a TSA and an OCSP responder (RFC 5652, RFC 5035, RFC 3161, RFC 6960).
//!
//! Certificates and names stay the bytes that the token gave. Typed parsers encode some existing
//! certificates differently (an explicit `critical FALSE`, a version in a v1 certificate), which would
//! break both their own signature and the digest in signing-certificate-v2.

mod algorithm;
mod certificate;
mod revocation;
mod signed_attributes;
mod signed_data;
mod structures;
mod timestamp;

pub use revocation::ocsp_request;
pub use signed_attributes::SignedAttributes;
pub use signed_data::{signed_data, timestamped};
pub use timestamp::{timestamp_request, timestamp_signer, timestamp_signer_of_answer, timestamp_token};

pub(crate) use certificate::{is_made_by, signature_capacity};

/// Why a CMS object could not be made or read.
#[derive(Debug, thiserror::Error)]
pub enum CmsFault {
    /// A certificate is not DER, or holds a key that cannot be read.
    #[error("a certificate cannot be read")]
    Certificate,
    /// The certificate holds another kind of key than the token reported.
    #[error("the certificate holds another kind of key")]
    OtherKey,
    /// An ASN.1 value cannot be encoded, for instance because it is too long.
    #[error("a value has no DER form")]
    Encoding(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// An OCSP request cannot be made from these certificates.
    #[error("an OCSP request cannot be made")]
    OcspRequest(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The answer of the TSA is not a TimeStampResp with a token over a TSTInfo.
    #[error("the answer of the timestamp authority cannot be read")]
    TimestampAnswer,
    /// The TSA refused; its PKIStatus is kept.
    #[error("the timestamp authority refused with status {status}")]
    TimestampRefused {
        /// PKIStatus: 2 rejection, 3 waiting, 4 and 5 revocation.
        status: u8,
    },
    /// The token stamps another imprint.
    #[error("the timestamp is over other bytes")]
    TimestampImprint,
    /// The token answers another request.
    #[error("the timestamp answers another request")]
    TimestampNonce,
}

impl CmsFault {
    /// The stable code of this fault.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Certificate => "cms.certificate_unreadable",
            Self::OtherKey => "cms.other_key",
            Self::Encoding(_) => "cms.encoding",
            Self::OcspRequest(_) => "cms.ocsp_request",
            Self::TimestampAnswer => "cms.timestamp_unreadable",
            Self::TimestampRefused { .. } => "cms.timestamp_refused",
            Self::TimestampImprint => "cms.timestamp_imprint",
            Self::TimestampNonce => "cms.timestamp_nonce",
        }
    }
}

impl From<der::Error> for CmsFault {
    fn from(error: der::Error) -> Self {
        Self::Encoding(Box::new(error))
    }
}
