//! The signed attributes: what a token signs. Three in a PDF, at most four over text.

use std::time::Duration;

use const_oid::db::rfc5911::{
    ID_AA_SIGNING_CERTIFICATE_V_2, ID_CONTENT_TYPE, ID_MESSAGE_DIGEST, ID_SIGNING_TIME,
};
use der::asn1::{ObjectIdentifier, OctetString, SetOfVec, UtcTime};
use der::{Any, Encode};
use openssl::hash::MessageDigest;
use school::digest::{Sha256, Sha512};
use school::moment::Moment;
use school::records::token_frame::Hash;

use super::CmsFault;
use super::structures::{Attribute, EssCertIdV2, ID_DATA, SigningCertificateV2};

/// Signed attributes of one signer, in DER order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedAttributes {
    attributes: SetOfVec<Attribute>,
    der: Vec<u8>,
    hash: Hash,
}

impl SignedAttributes {
    /// For a signature in a PDF: content-type, message-digest and signing-certificate-v2.
    ///
    /// Shape: `message_digest` is over the ByteRange, `certificate` is DER. No signing-time: the
    /// claimed time is /M of the signature dictionary.
    /// Source: EN 319 142-1 V1.2.1, 6.3.
    pub fn pades(message_digest: &Sha256, certificate: &[u8]) -> Result<Self, CmsFault> {
        Self::build(message_digest.as_bytes(), Hash::Sha256, certificate, None)
    }

    /// For a detached signature over `content`; `at` becomes signing-time.
    ///
    /// Source: RFC 5652, 11; RFC 5035, 3.
    pub fn detached(
        content: &[u8],
        hash: Hash,
        certificate: &[u8],
        at: Option<Moment>,
    ) -> Result<Self, CmsFault> {
        match hash {
            Hash::Sha256 => Self::build(Sha256::of(content).as_bytes(), hash, certificate, at),
            Hash::Sha384 => {
                let digest = openssl::hash::hash(MessageDigest::sha384(), content);
                Self::build(
                    &digest.map_err(|error| CmsFault::Encoding(Box::new(error)))?,
                    hash,
                    certificate,
                    at,
                )
            }
            Hash::Sha512 => Self::build(Sha512::of(content).as_bytes(), hash, certificate, at),
        }
    }

    /// DER of the SET OF (tag 0x31): the exact bytes that the token signs.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The hash with which the token must sign.
    pub const fn hash(&self) -> Hash {
        self.hash
    }

    pub(super) const fn attributes(&self) -> &SetOfVec<Attribute> {
        &self.attributes
    }

    fn build(
        message_digest: &[u8],
        hash: Hash,
        certificate: &[u8],
        at: Option<Moment>,
    ) -> Result<Self, CmsFault> {
        let certificate_hash = OctetString::new(Sha256::of(certificate).as_bytes().as_slice())?;
        let signing_certificate =
            SigningCertificateV2 { certificates: vec![EssCertIdV2 { certificate_hash }] };
        let mut attributes = vec![
            attribute(ID_CONTENT_TYPE, Any::encode_from(&ID_DATA)?)?,
            attribute(ID_MESSAGE_DIGEST, Any::encode_from(&OctetString::new(message_digest)?)?)?,
            attribute(ID_AA_SIGNING_CERTIFICATE_V_2, Any::encode_from(&signing_certificate)?)?,
        ];
        if let Some(at) = at {
            let since_1970 = Duration::from_secs(u64::try_from(at.unix()).unwrap_or_default());
            attributes.push(attribute(
                ID_SIGNING_TIME,
                Any::encode_from(&UtcTime::from_unix_duration(since_1970)?)?,
            )?);
        }
        let attributes = SetOfVec::try_from(attributes)?;
        let der = attributes.to_der()?;
        Ok(Self { attributes, der, hash })
    }
}

fn attribute(oid: ObjectIdentifier, value: Any) -> Result<Attribute, der::Error> {
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
}
