//! What a batch of judgements shares, owned by whoever asks: what one file made us read and check is not
//! read and checked again for the next. A verdict is the same with it, without it, and in any order.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use school::digest::Sha256;

use crate::circumstances::Circumstances;
use crate::pdf::{Letters, Printed, Settled};
use crate::pki::checked::Checked;
use crate::pki::path::Pool;
use crate::pki::revocation::RevocationData;

/// Most different surroundings: those of a bag's papers alternate.
const SURROUNDINGS: usize = 4;
/// Most tables of letters, and the largest of them: the fonts of signatures are the same in every file.
const LETTERS: usize = 16;
const LETTERS_SIZE_BYTES: usize = 16 * 1024;
/// Most files of fonts, and the largest of them: those of our documents are few.
const FONTS: usize = 16;
const FONT_SIZE_BYTES: usize = 128 * 1024;
/// Most bases of which is kept how their pages differ from their data: those of a sitting.
const BASES: usize = 4 * 1024;
/// Most files of which is kept that they were understood: those of the same.
const SETTLED: usize = 16 * 1024;
/// Most pictures of signatures of which is kept what they show.
const PICTURES: usize = 256;
/// Largest memory that is kept for the next copy of a file.
const COPY_SIZE_BYTES: usize = 4 * 1024 * 1024;

/// Certificates, lists and paths that were read and checked, and the surroundings in which files are
/// judged. A clone shares them. Empty at first, and bounded.
#[derive(Debug, Clone, Default)]
pub struct Known {
    checked: Checked,
    surroundings: Arc<Mutex<Vec<Arc<Surroundings>>>>,
    letters: Arc<Mutex<Vec<KeptLetters>>>,
    fonts: Arc<Mutex<Vec<KeptFont>>>,
    /// By the digest of a base, which is the same under every signature.
    printed: Arc<Mutex<HashMap<Sha256, Arc<Printed>>>>,
    /// By the digest of a whole file, which is the beginning of those with one signature more.
    settled: Arc<Mutex<HashMap<Sha256, Settled>>>,
    /// The digest of what a picture shows, by that of its stored octets.
    pictures: Arc<Mutex<HashMap<Sha256, Option<Sha256>>>>,
    /// Memory for a copy of a file: its pages are had once, which costs more than the copying.
    room: Arc<Mutex<Vec<u8>>>,
}

/// The octets of a deflated table of letters, and what they say, if anything.
type KeptLetters = (Vec<u8>, Option<Arc<Letters>>);

/// The octets of a deflated font, letters by their codes, and whether it draws them, if that can be said.
type KeptFont = (Vec<u8>, Vec<(u16, char)>, Option<bool>);

/// The certificates, lists and answers of circumstances, read.
#[derive(Debug)]
pub(crate) struct Surroundings {
    anchors: Vec<Vec<u8>>,
    intermediates: Vec<Vec<u8>>,
    distrusted: Vec<Sha256>,
    pub pool: Pool,
    pub data: RevocationData,
}

impl Surroundings {
    fn are_of(&self, circumstances: &Circumstances) -> bool {
        self.anchors == circumstances.anchors
            && self.intermediates == circumstances.intermediates
            && self.distrusted == circumstances.distrusted
            && self.data.is_of(&circumstances.crls, &circumstances.ocsps)
    }
}

impl Known {
    /// What was read and checked.
    pub(crate) const fn checked(&self) -> &Checked {
        &self.checked
    }

    /// Lends memory for a copy of `bytes` without the stretches `left_out`, which are in order and hold zeros
    /// there; `act` may write what is not left out.
    pub(crate) fn with_copy<T>(
        &self,
        bytes: &[u8],
        left_out: &[Range<usize>],
        act: impl FnOnce(&mut [u8]) -> T,
    ) -> T {
        let starts = std::iter::once(0).chain(left_out.iter().map(|one| one.end));
        let ends = left_out.iter().map(|one| one.start).chain([bytes.len()]);
        let copied = || starts.clone().zip(ends.clone()).map(|(start, end)| start..end.max(start));
        let room = || self.room.lock().unwrap_or_else(PoisonError::into_inner);
        // Zeros everywhere, between two copies.
        let mut copy = std::mem::take(&mut *room());
        copy.resize(bytes.len(), 0);
        copied().for_each(|part| copy[part.clone()].copy_from_slice(&bytes[part]));
        let outcome = act(&mut copy);
        if copy.capacity() <= COPY_SIZE_BYTES {
            copied().for_each(|part| copy[part].fill(0));
            *room() = copy;
        }
        outcome
    }

    /// What the deflated table of a font says; `read` where it was not there lately.
    pub(crate) fn letters(
        &self,
        stored: &[u8],
        read: impl FnOnce() -> Option<Arc<Letters>>,
    ) -> Option<Arc<Letters>> {
        let all = || self.letters.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, known)) = all().iter().find(|(octets, _)| octets == stored) {
            return known.clone();
        }
        let letters = read();
        if stored.len() <= LETTERS_SIZE_BYTES {
            let mut all = all();
            if all.len() == LETTERS {
                all.remove(0);
            }
            all.push((stored.to_vec(), letters.clone()));
        }
        letters
    }

    /// Whether a deflated font draws these letters under these codes; `look` where that was not asked lately.
    pub(crate) fn draws(
        &self,
        stored: &[u8],
        letters: &[(u16, char)],
        look: impl FnOnce() -> Option<bool>,
    ) -> Option<bool> {
        let all = || self.fonts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((.., known)) = all().iter().find(|(font, codes, _)| codes == letters && font == stored) {
            return *known;
        }
        let draws = look();
        if stored.len() <= FONT_SIZE_BYTES {
            let mut all = all();
            if all.len() == FONTS {
                all.remove(0);
            }
            all.push((stored.to_vec(), letters.to_vec(), draws));
        }
        draws
    }

    /// What the pages of a base and the data in it say; `compare` where they were not compared lately.
    pub(crate) fn printed(&self, base: Sha256, compare: impl FnOnce() -> Printed) -> Arc<Printed> {
        let all = || self.printed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all().get(&base) {
            return known.clone();
        }
        let printed = Arc::new(compare());
        let mut all = all();
        if all.len() == BASES {
            all.clear();
        }
        all.insert(base, printed.clone());
        printed
    }

    /// Whether a whole file with this digest was understood to its last octet.
    pub(crate) fn settled(&self, file: Sha256) -> Option<Settled> {
        self.settled.lock().unwrap_or_else(PoisonError::into_inner).get(&file).copied()
    }

    /// A file with this digest was understood to its last octet, and nothing in it is odd.
    pub(crate) fn settle(&self, file: Sha256, settled: Settled) {
        let mut all = self.settled.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() == SETTLED {
            all.clear();
        }
        all.insert(file, settled);
    }

    /// The digest of what a picture shows, if it is one; `read` where it was not seen lately.
    pub(crate) fn picture(&self, stored: Sha256, read: impl FnOnce() -> Option<Sha256>) -> Option<Sha256> {
        let all = || self.pictures.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all().get(&stored) {
            return *known;
        }
        let shown = read();
        let mut all = all();
        if all.len() == PICTURES {
            all.clear();
        }
        all.insert(stored, shown);
        shown
    }

    /// What the asker gave, read.
    pub(crate) fn surroundings(&self, circumstances: &Circumstances) -> Arc<Surroundings> {
        let mut all = self.surroundings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = all.iter().find(|one| one.are_of(circumstances)) {
            return found.clone();
        }
        let new = Arc::new(Surroundings {
            anchors: circumstances.anchors.clone(),
            intermediates: circumstances.intermediates.clone(),
            distrusted: circumstances.distrusted.clone(),
            pool: Pool::new(circumstances, &self.checked),
            data: RevocationData::read(&circumstances.crls, &circumstances.ocsps),
        });
        if all.len() == SURROUNDINGS {
            all.remove(0);
        }
        all.push(new.clone());
        new
    }
}
