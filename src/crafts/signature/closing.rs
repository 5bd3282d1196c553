//! Closing a dossier: one DSS after the last signature, then one document timestamp.

use school::digest::Sha256;

use super::SignatureFault;
use crate::pdf::{self, BoxTable, Unfilled};

/// What a later verifier needs, all DER. The same value twice is written once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RevocationEvidence {
    /// Certificates of signers, CAs, responders and the TSA.
    pub certificates: Vec<Vec<u8>>,
    /// OCSPResponses.
    pub ocsps: Vec<Vec<u8>>,
    /// CertificateLists.
    pub crls: Vec<Vec<u8>>,
}

impl RevocationEvidence {
    /// Adds what is not there yet: many signers share CA certificates and lists.
    pub fn add(&mut self, more: &Self) {
        let Self { certificates, ocsps, crls } = self;
        for (have, add) in [(certificates, &more.certificates), (ocsps, &more.ocsps), (crls, &more.crls)] {
            for one in add {
                if !have.contains(one) {
                    have.push(one.clone());
                }
            }
        }
    }
}

/// A timestamp revision that waits for its token.
#[derive(Debug, Clone)]
pub struct PreparedTimestamp {
    /// SHA-256 over the ByteRange: the imprint to be stamped.
    pub imprint: Sha256,
    unfilled: Unfilled,
}

/// Appends the DSS; returns the whole file.
///
/// Errors: [`SignatureFault::Pdf`], also when there is a DSS already.
/// Source: EN 319 142-1 V1.2.1, 5.4.2.
pub fn dss(
    revision: &[u8],
    boxes: &BoxTable,
    evidence: &RevocationEvidence,
) -> Result<Vec<u8>, SignatureFault> {
    let RevocationEvidence { certificates, ocsps, crls } = evidence;
    Ok(pdf::append_dss(revision, boxes, certificates, ocsps, crls)?)
}

/// Prepares the document timestamp in the base's invisible field, with room for a token of `room` bytes.
///
/// Errors: [`SignatureFault::Pdf`], also when the field is filled.
/// Source: EN 319 142-1 V1.2.1, 5.4.3.
pub fn prepare_timestamp(
    revision: &[u8],
    boxes: &BoxTable,
    room: usize,
) -> Result<PreparedTimestamp, SignatureFault> {
    let unfilled = pdf::append_timestamp(revision, boxes, room)?;
    Ok(PreparedTimestamp { imprint: unfilled.digest(), unfilled })
}

impl PreparedTimestamp {
    /// Puts a TimeStampToken (DER) into the revision; returns the whole file.
    ///
    /// Errors: [`SignatureFault::Pdf`] when the token is larger than its room.
    pub fn embed(self, time_stamp_token: &[u8]) -> Result<Vec<u8>, SignatureFault> {
        Ok(self.unfilled.fill(time_stamp_token)?)
    }
}
