//! What the rules of the school year said of an export, and whether it can be locked so: every entry of
//! every teacher is there, and the principal stands for what differs (S2 Đ.3, S3 III.3).

use std::collections::BTreeSet;

use school::digest::Sha256;
use school::identifier::PupilId;

/// The check of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// SHA-256 of its list, `niemphong-check/1`.
    pub record: Sha256,
    /// SHA-256 of the printed report.
    pub report: Sha256,
    /// Pupils of whom a value differs.
    pub differing: BTreeSet<PupilId>,
    /// How many entries are missing.
    pub gaps: u32,
    /// The record of the principal's reason to let the differences stand.
    pub accepted: Option<Sha256>,
}

/// What keeps an export from being proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSound {
    /// The rules were not applied yet.
    #[error("the rules were not applied")]
    NotChecked,
    /// Entries are missing. No reason heals that: they are to be made.
    #[error("{0} entries are missing")]
    Incomplete(u32),
    /// Values of this many pupils differ, and the principal recorded no reason.
    #[error("values of {0} pupils differ")]
    Differs(usize),
}

/// Whether an export can be locked as it is, whole or the part of `pupil`. One who leaves in mid-year has
/// gaps by nature, so for one pupil only that pupil's differences count.
///
/// Errors: see [`NotSound`].
pub fn sound(check: Option<&Check>, pupil: Option<&PupilId>) -> Result<(), NotSound> {
    let check = check.ok_or(NotSound::NotChecked)?;
    if pupil.is_none() && check.gaps > 0 {
        return Err(NotSound::Incomplete(check.gaps));
    }
    let meant = |differing: &&PupilId| pupil.is_none_or(|pupil| pupil == *differing);
    let differing = check.differing.iter().filter(meant).count();
    if differing > 0 && check.accepted.is_none() { Err(NotSound::Differs(differing)) } else { Ok(()) }
}
