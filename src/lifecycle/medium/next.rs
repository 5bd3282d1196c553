//! What comes next for the media of a school: the one thing that a person can do now.

use school::deposit::DepositId;
use school::medium::{CopyId, MediumId, MediumKind};
use school::moment::Moment;
use school::regulation::Regulation;

use super::{CopyStage, Due, Media, Stage, due, standing};

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// A copy was begun and not read back.
    GoOn(CopyId, MediumKind),
    /// A copy was read back: its papers are printed and it goes under a paper seal.
    Sticker(CopyId),
    /// A copy was opened and goes under another paper seal.
    Reseal(CopyId),
    /// Sealed deposits are on no medium yet.
    Plan,
    /// A medium waits for the stamp.
    Seal(MediumId),
    /// The regulation asks for another copy of this kind.
    Write(MediumId, MediumKind),
    /// A copy is to be read again.
    Check(Due),
    /// Everything is archived.
    Nothing,
}

/// What comes next; `sealed`: the deposits that are to be archived.
pub fn next(
    media: &Media,
    sealed: &[DepositId],
    regulation: &Regulation,
    (now, check_days): (Moment, u16),
) -> Next {
    // What somebody holds in their hands comes first.
    for (id, copy) in media.copies() {
        match copy.stage {
            CopyStage::Writing => return Next::GoOn(id, copy.on),
            CopyStage::Verified => return Next::Sticker(id),
            CopyStage::Opened { .. } => return Next::Reseal(id),
            _ => {}
        }
    }
    let planned = media.iter().find(|(_, one)| one.stage == Stage::Planned);
    if let Some((id, _)) = planned {
        return Next::Seal(id.clone());
    }
    for deposit in sealed {
        // The latest medium that holds it: where an earlier one could not be read any more, it was made anew.
        let Some((id, _)) = media.iter().rev().find(|(_, one)| one.deposits.contains(deposit)) else {
            return Next::Plan;
        };
        let stands = standing(media, deposit, regulation);
        if !stands.is_archived() {
            let lacks = stands.missing.first().copied().or_else(|| regulation.kinds().next());
            return Next::Write(id.clone(), lacks.unwrap_or(MediumKind::Optical));
        }
    }
    match due(media, now, check_days).into_iter().next() {
        Some(due) => Next::Check(due),
        None => Next::Nothing,
    }
}
