//! The signature of a file that is none of ours, from the revision that the reader prepared to the
//! candidate: B-B, or B-T with a timestamp over the signature value (EN 319 142-1, 6.3).

use std::cell::RefCell;
use std::collections::VecDeque;

use school::digest::Sha256;
use school::records::token_frame::KeyKind;

use super::SignatureFault;
use crate::cms::{self, SignedAttributes};
use crate::pdf::Unfilled;

/// Room for a TimeStampToken with its TSA's chain; real ones take 3 to 8 KB.
pub const TOKEN_SIZE_BYTES: usize = 12 * 1024;
/// Room beyond the computed size of the CMS, for nothing that is foreseen.
const SLACK_SIZE_BYTES: usize = 256;

/// Whose key signs.
#[derive(Debug, Clone, Copy)]
pub struct Signatory<'a> {
    /// DER of the signer's certificate, as the token gave it.
    pub certificate: &'a [u8],
    /// DER of the issuing CAs without the root.
    pub chain: &'a [Vec<u8>],
    /// Kind of the signer's key.
    pub key: KeyKind,
}

/// Room for the CMS without a timestamp: its size with the longest signature value of the key, and some slack.
pub fn room(signatory: &Signatory) -> Result<usize, SignatureFault> {
    ROOMS.with_borrow_mut(|rooms| {
        let same = |known: &&Room| {
            known.key == signatory.key
                && known.certificate == signatory.certificate
                && known.chain == signatory.chain
        };
        if let Some(known) = rooms.iter().find(same) {
            return Ok(known.size_bytes);
        }
        let Signatory { certificate, chain, key } = *signatory;
        let size_bytes = room_of(certificate, chain, key)?;
        rooms.truncate(school::limits::SEATS_AT_ONCE - 1);
        rooms.push_front(Room { certificate: certificate.to_vec(), chain: chain.to_vec(), key, size_bytes });
        Ok(size_bytes)
    })
}

/// Room for the CMS of somebody who signs.
struct Room {
    certificate: Vec<u8>,
    chain: Vec<Vec<u8>>,
    key: KeyKind,
    size_bytes: usize,
}

thread_local! {
    /// Of those who signed last: a sitting asks for the same one hundreds of times, and each time a whole CMS would
    /// be made to know its length.
    static ROOMS: RefCell<VecDeque<Room>> = const { RefCell::new(VecDeque::new()) };
}

fn room_of(certificate: &[u8], chain: &[Vec<u8>], key: KeyKind) -> Result<usize, SignatureFault> {
    let longest = vec![0xff; cms::signature_capacity(certificate, key)?];
    let attributes = SignedAttributes::pades(&Sha256::of(&[]), certificate)?;
    Ok(cms::signed_data(&attributes, key, certificate, chain, &longest)?.len() + SLACK_SIZE_BYTES)
}

/// A revision that waits for the token's answer.
#[derive(Debug)]
pub struct SinglePrepared<'a> {
    signatory: Signatory<'a>,
    attributes: SignedAttributes,
    unfilled: Unfilled,
}

impl<'a> SinglePrepared<'a> {
    /// What `signatory` is to sign in `unfilled`.
    pub fn new(unfilled: Unfilled, signatory: Signatory<'a>) -> Result<Self, SignatureFault> {
        let attributes = SignedAttributes::pades(&unfilled.digest(), signatory.certificate)?;
        Ok(Self { signatory, attributes, unfilled })
    }

    /// DER of the SET OF signed attributes, to be signed by the token with SHA-256.
    pub fn signed_attributes(&self) -> &[u8] {
        self.attributes.der()
    }

    /// Puts the signature value, and the token of a TSA over its SHA-256, into the revision; returns the
    /// whole candidate file.
    ///
    /// Errors: [`SignatureFault::WrongValue`]; [`SignatureFault::Pdf`] when the CMS is larger than its room.
    pub fn embed(self, value: &[u8], time_stamp_token: Option<&[u8]>) -> Result<Vec<u8>, SignatureFault> {
        let Signatory { certificate, chain, key } = self.signatory;
        if !cms::is_made_by(certificate, key, self.attributes.der(), value)? {
            return Err(SignatureFault::WrongValue);
        }
        let cms = cms::timestamped(&self.attributes, key, certificate, chain, value, time_stamp_token)?;
        Ok(self.unfilled.fill(&cms)?)
    }
}
