//! Whether a deposit is archived: every kind of medium that the school's regulation names holds it, on at
//! least two things that do not break together, closed and read back. Written is not archived.

use std::collections::BTreeSet;

use school::deposit::DepositId;
use school::digest::Sha256;
use school::medium::{CopyId, MediumKind};
use school::regulation::Regulation;

use super::Media;

/// How a deposit stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Copies that hold it and count.
    pub copies: Vec<CopyId>,
    /// Kinds that the regulation names and no copy has.
    pub missing: BTreeSet<MediumKind>,
    /// How many independent things hold it.
    pub independent: usize,
    /// How many must.
    pub required: usize,
}

impl Standing {
    /// True when nothing is missing.
    pub fn is_archived(&self) -> bool {
        self.missing.is_empty() && self.independent >= self.required
    }
}

/// How `deposit` stands by `regulation`.
pub fn standing(media: &Media, deposit: &DepositId, regulation: &Regulation) -> Standing {
    let holds = |id: &CopyId| media.get(&id.medium).is_some_and(|one| one.deposits.contains(deposit));
    let counting: Vec<_> = media.copies().filter(|(id, copy)| copy.stage.counts() && holds(id)).collect();
    let kinds: BTreeSet<MediumKind> = counting.iter().map(|(_, copy)| copy.on).collect();
    // One drive writes many discs, each a thing of its own; two folders of one disk are one thing.
    let discs = counting.iter().filter(|(_, copy)| copy.on == MediumKind::Optical).count();
    let devices: BTreeSet<Sha256> = counting
        .iter()
        .filter(|(_, copy)| copy.on != MediumKind::Optical)
        .map(|(_, copy)| copy.device)
        .collect();
    Standing {
        copies: counting.into_iter().map(|(id, _)| id).collect(),
        missing: regulation.kinds().filter(|kind| !kinds.contains(kind)).collect(),
        independent: discs + devices.len(),
        required: Regulation::INDEPENDENT,
    }
}
