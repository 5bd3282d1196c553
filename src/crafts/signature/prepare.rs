//! Preparing and embedding the signature of one box.

use school::digest::{Prefix, Sha256};
use school::moment::Moment;
use school::plan::BoxName;
use school::records::token_frame::KeyKind;

use super::SignatureFault;
use super::single::{Signatory, room};
use crate::cms::{self, SignedAttributes};
use crate::pdf::{self, Appearance, BoxTable, Unfilled};

/// What is to be signed, by whom and how it looks.
#[derive(Debug, Clone, Copy)]
pub struct SignatureRequest<'a> {
    /// The box.
    pub box_name: &'a BoxName,
    /// Claimed time of signing; becomes /M.
    pub at: Moment,
    /// What stands in the box.
    pub appearance: &'a Appearance,
    /// Becomes /Name.
    pub signer_name: &'a str,
    /// Becomes /Reason.
    pub reason: Option<&'a str>,
    /// DER of the signer's certificate, as the token gave it.
    pub certificate: &'a [u8],
    /// DER of the issuing CAs without the root.
    pub chain: &'a [Vec<u8>],
    /// Kind of the signer's key.
    pub key: KeyKind,
    /// Whether this is the document's first signature, which certifies (DocMDP, P = 2).
    pub certifies: bool,
}

/// A revision that waits for the token's answer.
#[derive(Debug, Clone)]
pub struct Prepared {
    /// DER of the SET OF signed attributes, to be signed by the token with SHA-256.
    pub signed_attributes: Vec<u8>,
    attributes: SignedAttributes,
    unfilled: Unfilled,
    original: Prefix,
    certificate: Vec<u8>,
    chain: Vec<Vec<u8>>,
    key: KeyKind,
}

/// Prepares the signature of a box over the latest revision.
///
/// Shape: `revision` is the whole file so far, `boxes` the table of its base.
/// Errors: [`SignatureFault::UnknownBox`]; [`SignatureFault::Pdf`] when the box is signed already, when
/// `certifies` does not agree with the file, or when the appearance has an unknown character;
/// [`SignatureFault::Cms`] for a certificate that cannot be read.
/// Source: EN 319 142-1 V1.2.1, 5.3 and 6.3; ISO 32000-2, 12.8.
pub fn prepare(
    revision: &[u8],
    boxes: &BoxTable,
    request: &SignatureRequest,
) -> Result<Prepared, SignatureFault> {
    prepare_over((revision, Prefix::of(revision)), boxes, request)
}

/// As [`prepare`], where the revision was hashed already.
pub fn prepare_over(
    (revision, original): (&[u8], Prefix),
    boxes: &BoxTable,
    request: &SignatureRequest,
) -> Result<Prepared, SignatureFault> {
    let unknown = || SignatureFault::UnknownBox { name: request.box_name.clone() };
    let place = boxes.find(request.box_name).ok_or_else(unknown)?;
    let entries = pdf::Entries {
        signer_name: request.signer_name,
        reason: request.reason,
        at: request.at,
        certifies: request.certifies,
    };
    let capacity = room(&request.signatory())?;
    let unfilled = pdf::append_signature(revision, boxes, place, &entries, request.appearance, capacity)?;
    let attributes = SignedAttributes::pades(&unfilled.digest_after(&original), request.certificate)?;
    Ok(Prepared {
        signed_attributes: attributes.der().to_vec(),
        attributes,
        unfilled,
        original,
        certificate: request.certificate.to_vec(),
        chain: request.chain.to_vec(),
        key: request.key,
    })
}

impl SignatureRequest<'_> {
    fn signatory(&self) -> Signatory<'_> {
        Signatory { certificate: self.certificate, chain: self.chain, key: self.key }
    }
}

impl Prepared {
    /// Puts the signature value into the revision; returns the whole candidate file.
    ///
    /// Shape: RSASSA-PKCS1-v1_5 or -PSS, or for ECDSA the DER SEQUENCE of r and s.
    /// Errors: [`SignatureFault::WrongValue`] when the certificate's key did not make it over
    /// `signed_attributes`; [`SignatureFault::Pdf`] when the CMS is larger than its room.
    pub fn embed(self, signature_value: &[u8]) -> Result<Vec<u8>, SignatureFault> {
        self.filled(signature_value).map(|(candidate, _)| candidate)
    }

    /// As [`Self::embed`], with the SHA-256 of the candidate file.
    pub fn embed_hashed(self, signature_value: &[u8]) -> Result<(Vec<u8>, Sha256), SignatureFault> {
        let (candidate, original) = self.filled(signature_value)?;
        let sha256 = original.followed_by(&[&candidate[original.len_bytes()..]]);
        Ok((candidate, sha256))
    }

    fn filled(self, signature_value: &[u8]) -> Result<(Vec<u8>, Prefix), SignatureFault> {
        if !cms::is_made_by(&self.certificate, self.key, &self.signed_attributes, signature_value)? {
            return Err(SignatureFault::WrongValue);
        }
        let cms =
            cms::signed_data(&self.attributes, self.key, &self.certificate, &self.chain, signature_value)?;
        Ok((self.unfilled.fill(&cms)?, self.original))
    }
}
