//! The SignedData around a token's answer.

use der::asn1::{OctetString, SetOfVec};
use der::{Any, Decode, Encode};
use school::records::token_frame::KeyKind;

use super::structures::{
    Attribute, ContentInfo, EncapsulatedContentInfo, ID_AA_TIME_STAMP_TOKEN, ID_DATA, ID_SIGNED_DATA,
    SignedData, SignerInfo,
};
use super::{CmsFault, SignedAttributes, algorithm, certificate};

/// A detached SignedData with one signer.
///
/// Shape: `certificate` is the signer's, `chain` the issuing CAs without the root, all DER and kept
/// byte for byte; `signature_value` as the token gave it (RSASSA-PKCS1-v1_5 or -PSS, or for ECDSA the
/// DER SEQUENCE of r and s). Returns DER of a ContentInfo.
/// Errors: [`CmsFault::Certificate`], [`CmsFault::Encoding`].
/// Source: RFC 5652, 5; EN 319 142-1 V1.2.1, 6.3.
pub fn signed_data(
    attributes: &SignedAttributes,
    key: KeyKind,
    certificate: &[u8],
    chain: &[Vec<u8>],
    signature_value: &[u8],
) -> Result<Vec<u8>, CmsFault> {
    timestamped(attributes, key, certificate, chain, signature_value, None)
}

/// As [`signed_data`], with the TimeStampToken (DER) over the signature value as unsigned attribute: level B-T.
///
/// Source: EN 319 122-1, 5.3; RFC 3161, appendix A.
pub fn timestamped(
    attributes: &SignedAttributes,
    key: KeyKind,
    certificate: &[u8],
    chain: &[Vec<u8>],
    signature_value: &[u8],
    time_stamp_token: Option<&[u8]>,
) -> Result<Vec<u8>, CmsFault> {
    let hash = attributes.hash();
    let mut certificates = vec![certificate::as_it_came(certificate)?];
    for issuer in chain {
        let issuer = certificate::as_it_came(issuer)?;
        if !certificates.contains(&issuer) {
            certificates.push(issuer);
        }
    }
    let signer = SignerInfo {
        version: 1,
        sid: certificate::issuer_and_serial_number(certificate)?,
        digest_algorithm: algorithm::digest(hash),
        signed_attributes: attributes.attributes().clone(),
        signature_algorithm: algorithm::signature(key, hash)?,
        signature: OctetString::new(signature_value)?,
        unsigned_attributes: time_stamp_token.map(signature_timestamp).transpose()?,
    };
    let signed_data = SignedData {
        version: 1,
        digest_algorithms: SetOfVec::try_from(vec![algorithm::digest(hash)])?,
        encap_content_info: EncapsulatedContentInfo { content_type: ID_DATA },
        certificates: SetOfVec::try_from(certificates)?,
        signer_infos: SetOfVec::try_from(vec![signer])?,
    };
    let content = Any::encode_from(&signed_data)?;
    Ok(ContentInfo { content_type: ID_SIGNED_DATA, content }.to_der()?)
}

fn signature_timestamp(token: &[u8]) -> Result<SetOfVec<Attribute>, CmsFault> {
    let value = Any::from_der(token).map_err(|_| CmsFault::TimestampAnswer)?;
    let attribute = Attribute { oid: ID_AA_TIME_STAMP_TOKEN, values: SetOfVec::try_from(vec![value])? };
    Ok(SetOfVec::try_from(vec![attribute])?)
}
