//! What a signature is over: octets in pieces, or the pieces of a file that has many signatures. Each of
//! those begins with the first byte of the file, so the file is hashed once, and every signature goes on
//! from the state that the digest had shortly before its hole.

use std::cell::RefCell;
use std::convert::Infallible;

use openssl::hash::{Hasher, MessageDigest};
use openssl::sha;
use school::digest::Sha256;

use crate::cms::hash;
use crate::report::Code;

/// How far apart states are kept: less than this is hashed anew for a signature. A state of SHA-256 takes
/// a hundred bytes.
const STEP_BYTES: usize = 4 * 1024;

/// The content of a signature.
#[derive(Clone, Copy)]
pub(crate) enum Content<'a> {
    /// Pieces in order.
    Pieces(&'a [&'a [u8]]),
    /// From one byte up to another, in order.
    OfFile(&'a FileDigests<'a>, &'a [(usize, usize)]),
}

impl<'a> Content<'a> {
    /// The digest of all pieces together.
    pub fn digest(&self, digest: MessageDigest) -> Result<Vec<u8>, Code> {
        match self {
            Self::Pieces(pieces) => hash(digest, pieces),
            Self::OfFile(file, spans) => file.digest(digest, spans),
        }
    }

    /// The pieces themselves.
    pub fn pieces(&self) -> Vec<&'a [u8]> {
        match self {
            Self::Pieces(pieces) => pieces.to_vec(),
            Self::OfFile(file, spans) => file.pieces(spans).collect(),
        }
    }
}

/// The digests of one file: of the whole and of signed pieces, each byte hashed once.
pub(crate) struct FileDigests<'a> {
    bytes: &'a [u8],
    sha256: RefCell<States<sha::Sha256>>,
    others: RefCell<Vec<(MessageDigest, States<Hasher>)>>,
}

impl<'a> FileDigests<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            sha256: RefCell::new(States(vec![sha::Sha256::new()])),
            others: RefCell::new(Vec::new()),
        }
    }

    /// SHA-256 of the file.
    pub fn whole(&self) -> Sha256 {
        self.up_to(self.bytes.len())
    }

    /// SHA-256 of its beginning.
    pub fn up_to(&self, end: usize) -> Sha256 {
        Sha256::from_bytes(self.sha256.borrow_mut().before(self.bytes, end).finish())
    }

    fn pieces(&self, spans: &'a [(usize, usize)]) -> impl Iterator<Item = &'a [u8]> {
        let bytes = self.bytes;
        spans.iter().filter_map(move |(from, to)| bytes.get(*from..*to))
    }

    fn digest(&self, digest: MessageDigest, spans: &'a [(usize, usize)]) -> Result<Vec<u8>, Code> {
        let mut pieces = self.pieces(spans);
        // What does not begin at the beginning is no signature of a whole revision; it is judged so.
        let Some((0, first)) = spans.first().filter(|(_, to)| *to <= self.bytes.len()) else {
            return hash(digest, &pieces.collect::<Vec<_>>());
        };
        pieces.next();
        if digest == MessageDigest::sha256() {
            let mut state = self.sha256.borrow_mut().before(self.bytes, *first);
            pieces.for_each(|piece| state.update(piece));
            return Ok(state.finish().to_vec());
        }
        let mut run = || {
            let mut others = self.others.borrow_mut();
            let known = others.iter().position(|(one, _)| *one == digest);
            let at = match known {
                Some(at) => at,
                None => {
                    others.push((digest, States(vec![Hasher::new(digest)?])));
                    others.len() - 1
                }
            };
            let mut state = others[at].1.before(self.bytes, *first)?;
            pieces.try_for_each(|piece| state.update(piece))?;
            state.finish()
        };
        run().map(|octets| octets.to_vec()).map_err(|_| Code::CmsAlgorithm)
    }
}

/// The states of one digest before byte 0, one step, two steps and so on, as far as they were needed.
struct States<S>(Vec<S>);

impl States<sha::Sha256> {
    /// The state before byte `end` of `bytes`.
    fn before(&mut self, bytes: &[u8], end: usize) -> sha::Sha256 {
        let update = |state: &mut sha::Sha256, part: &[u8]| {
            state.update(part);
            Ok::<_, Infallible>(())
        };
        self.advance(bytes, end, update).unwrap_or_else(|never| match never {})
    }
}

impl States<Hasher> {
    /// The state before byte `end` of `bytes`.
    fn before(&mut self, bytes: &[u8], end: usize) -> Result<Hasher, openssl::error::ErrorStack> {
        self.advance(bytes, end, |state, part| state.update(part))
    }
}

impl<S: Clone> States<S> {
    fn advance<E>(
        &mut self,
        bytes: &[u8],
        end: usize,
        mut update: impl FnMut(&mut S, &[u8]) -> Result<(), E>,
    ) -> Result<S, E> {
        let end = end.min(bytes.len());
        while self.0.len() <= end / STEP_BYTES {
            let at = (self.0.len() - 1) * STEP_BYTES;
            let mut state = self.0[self.0.len() - 1].clone();
            update(&mut state, &bytes[at..at + STEP_BYTES])?;
            self.0.push(state);
        }
        let mut state = self.0[end / STEP_BYTES].clone();
        update(&mut state, &bytes[end / STEP_BYTES * STEP_BYTES..end])?;
        Ok(state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_that_goes_on_from_a_kept_state_is_the_digest_of_the_pieces() {
        let bytes: Vec<u8> = (0..5 * STEP_BYTES + 77).map(|at| (at % 251) as u8).collect();
        let file = FileDigests::new(&bytes);
        let ends = [0, 1, STEP_BYTES - 1, STEP_BYTES, STEP_BYTES + 1, 3 * STEP_BYTES, bytes.len() - 9];
        for digest in [MessageDigest::sha256(), MessageDigest::sha512(), MessageDigest::sha1()] {
            // Also backwards: the order in which signatures are looked at does not matter.
            for end in ends.iter().chain(ends.iter().rev()) {
                let spans = [(0, *end), (end + 5, bytes.len() - 2)];
                let content = Content::OfFile(&file, &spans);
                let pieces = [&bytes[..*end], &bytes[end + 5..bytes.len() - 2]];
                assert_eq!(content.pieces(), pieces);
                assert_eq!(content.digest(digest), hash(digest, &pieces), "{end}");
            }
        }
        assert_eq!(file.whole(), Sha256::of(&bytes));
        assert_eq!(file.up_to(STEP_BYTES + 1), Sha256::of(&bytes[..=STEP_BYTES]));
        let later = [(3, 9), (12, 40)];
        assert_eq!(
            Content::OfFile(&file, &later).digest(MessageDigest::sha256()),
            hash(MessageDigest::sha256(), &[&bytes[3..9], &bytes[12..40]])
        );
    }
}
