//! The question to a TSA, and the token taken out of its answer (RFC 3161).
//!
//! Taking out is not judging: signature and chain of the token are the verifier's to weigh.

use der::asn1::{ObjectIdentifier, OctetString, Uint};
use der::{Any, AnyRef, Decode, Encode, Reader, Sequence, SliceReader};
use openssl::pkcs7::{Pkcs7, Pkcs7Flags};
use openssl::stack::Stack;
use school::digest::Sha256;
use school::records::token_frame::Hash;
use spki::AlgorithmIdentifierOwned;

use super::structures::ID_SIGNED_DATA;
use super::{CmsFault, algorithm};

const ID_TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
/// PKIStatus granted and grantedWithMods (RFC 3161, 2.4.2).
const GRANTED: [u8; 2] = [0, 1];

#[derive(Sequence)]
struct TimeStampReq {
    version: u8,
    message_imprint: MessageImprint,
    nonce: Uint,
    certificate_requested: bool,
}

#[derive(Sequence)]
struct MessageImprint {
    hash_algorithm: AlgorithmIdentifierOwned,
    hashed_message: OctetString,
}

/// A TimeStampReq for `imprint`, DER, that asks for the TSA's certificate.
///
/// Shape: `nonce` is random and given by the caller, who keeps it for [`timestamp_token`].
/// Source: RFC 3161, 2.4.1.
pub fn timestamp_request(imprint: &Sha256, nonce: u64) -> Result<Vec<u8>, CmsFault> {
    let request = TimeStampReq {
        version: 1,
        message_imprint: MessageImprint {
            hash_algorithm: algorithm::digest(Hash::Sha256),
            hashed_message: OctetString::new(imprint.as_bytes().as_slice())?,
        },
        nonce: Uint::new(&nonce.to_be_bytes())?,
        certificate_requested: true,
    };
    Ok(request.to_der()?)
}

/// The TimeStampToken of a TimeStampResp, byte for byte.
///
/// Errors: [`CmsFault::TimestampAnswer`], [`CmsFault::TimestampRefused`], [`CmsFault::TimestampImprint`]
/// and [`CmsFault::TimestampNonce`] when the answer belongs to another request.
/// Source: RFC 3161, 2.4.2.
pub fn timestamp_token(response: &[u8], imprint: &Sha256, nonce: u64) -> Result<Vec<u8>, CmsFault> {
    let (status, token) = answer(response).map_err(|_| CmsFault::TimestampAnswer)?;
    if !GRANTED.contains(&status) {
        return Err(CmsFault::TimestampRefused { status });
    }
    let token = token.ok_or(CmsFault::TimestampAnswer)?;
    let info = tst_info(token).map_err(|_| CmsFault::TimestampAnswer)?;
    let stamped = message_imprint_and_nonce(&info).map_err(|_| CmsFault::TimestampAnswer)?;
    let ours = stamped.imprint.hash_algorithm.oid == algorithm::digest(Hash::Sha256).oid
        && stamped.imprint.hashed_message.as_bytes() == imprint.as_bytes();
    if !ours {
        return Err(CmsFault::TimestampImprint);
    }
    if stamped.nonce != Some(Uint::new(&nonce.to_be_bytes())?) {
        return Err(CmsFault::TimestampNonce);
    }
    Ok(token.to_vec())
}

/// The certificate of the authority that gave a whole answer (DER), whatever it was asked.
///
/// Errors: [`CmsFault::TimestampAnswer`].
pub fn timestamp_signer_of_answer(response: &[u8]) -> Result<Vec<u8>, CmsFault> {
    let (_, token) = answer(response).map_err(|_| CmsFault::TimestampAnswer)?;
    timestamp_signer(token.ok_or(CmsFault::TimestampAnswer)?)
}

/// DER of the certificate that signed a TimeStampToken, as the token carries it (certReq was true).
///
/// Errors: [`CmsFault::TimestampAnswer`] when the token carries no certificate of its signer.
pub fn timestamp_signer(token: &[u8]) -> Result<Vec<u8>, CmsFault> {
    let signer = || -> Option<Vec<u8>> {
        let signed = Pkcs7::from_der(token).ok()?;
        let beside = Stack::new().ok()?;
        let signers = signed.signers(&beside, Pkcs7Flags::empty()).ok()?;
        signers.get(0)?.to_der().ok()
    };
    signer().ok_or(CmsFault::TimestampAnswer)
}

/// PKIStatus and the token's TLV of a TimeStampResp.
fn answer(response: &[u8]) -> Result<(u8, Option<&[u8]>), der::Error> {
    let mut parts = SliceReader::new(AnyRef::from_der(response)?.value())?;
    let mut status = SliceReader::new(AnyRef::from_der(parts.tlv_bytes()?)?.value())?;
    let status = u8::from_der(status.tlv_bytes()?)?;
    let token = if parts.is_finished() { None } else { Some(parts.tlv_bytes()?) };
    Ok((status, token))
}

/// The eContent of the token: DER of a TSTInfo.
fn tst_info(token: &[u8]) -> Result<Vec<u8>, der::Error> {
    let wrong = || der::Error::from(der::ErrorKind::Failed);
    let mut content_info = SliceReader::new(AnyRef::from_der(token)?.value())?;
    if ObjectIdentifier::from_der(content_info.tlv_bytes()?)? != ID_SIGNED_DATA {
        return Err(wrong());
    }
    let signed_data = AnyRef::from_der(content_info.tlv_bytes()?)?.value();
    let mut signed_data = SliceReader::new(AnyRef::from_der(signed_data)?.value())?;
    signed_data.tlv_bytes()?; // version
    signed_data.tlv_bytes()?; // digestAlgorithms
    let mut content = SliceReader::new(AnyRef::from_der(signed_data.tlv_bytes()?)?.value())?;
    if ObjectIdentifier::from_der(content.tlv_bytes()?)? != ID_TST_INFO {
        return Err(wrong());
    }
    let content = AnyRef::from_der(content.tlv_bytes()?)?.value();
    Ok(OctetString::from_der(content)?.into_bytes().into())
}

struct Stamped {
    imprint: MessageImprint,
    nonce: Option<Uint>,
}

/// Imprint and nonce of a TSTInfo. Walked by hand: the typed GeneralizedTime refuses the fractions
/// of a second that many authorities write.
fn message_imprint_and_nonce(info: &[u8]) -> Result<Stamped, der::Error> {
    let mut fields = SliceReader::new(AnyRef::from_der(info)?.value())?;
    fields.tlv_bytes()?; // version
    fields.tlv_bytes()?; // policy
    let imprint = MessageImprint::from_der(fields.tlv_bytes()?)?;
    fields.tlv_bytes()?; // serialNumber
    fields.tlv_bytes()?; // genTime
    let mut nonce = None;
    while !fields.is_finished() {
        // accuracy is a SEQUENCE, ordering a BOOLEAN, tsa and extensions are tagged: the one INTEGER is the nonce.
        let field = Any::from_der(fields.tlv_bytes()?)?;
        if der::Tagged::tag(&field) == der::Tag::Integer {
            nonce = Some(field.decode_as()?);
        }
    }
    Ok(Stamped { imprint, nonce })
}
