//! What comes next for the archive of a year: the one thing that a person can do now.

use school::deposit::{DepositId, DepositKind};
use school::dossier::Period;
use school::identifier::SchoolYear;

use super::completeness::class_of;
use super::content::{corrected_in, unlocked};
use super::{Missing, Record, Stage, sealing_record};
use crate::lifecycle::ledger::Ledger;

/// What comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// A planned deposit is to be packed.
    Build(DepositId),
    /// Its record waits for a signature before the stamp's.
    SignRecord(DepositId),
    /// It waits for the stamp.
    Seal(DepositId),
    /// A deposit of this kind can be planned.
    Plan(DepositKind),
    /// Documents are to be completed; what is complete could go in already.
    Complete,
    /// Everything that is closed is sealed: media are next.
    Media,
    /// Nothing was deposited, and nothing is there to be.
    Nothing,
}

impl Next {
    /// The deposit that it is about.
    pub const fn deposit(&self) -> Option<&DepositId> {
        match self {
            Self::Build(id) | Self::SignRecord(id) | Self::Seal(id) => Some(id),
            Self::Plan(_) | Self::Complete | Self::Media | Self::Nothing => None,
        }
    }
}

/// What comes next for the archive of `year`; `missing` is what the roster asks of it and is not closed.
pub fn next(ledger: &Ledger, year: SchoolYear, missing: &[Missing]) -> Next {
    let of_year = || ledger.deposits.iter().filter(|(id, _)| id.year() == year);
    if let Some((id, one)) = of_year().find(|(_, one)| !matches!(one.stage, Stage::Sealed { .. })) {
        let record = ledger.dossiers.get(&sealing_record(id).id());
        return match (&one.stage, Record::of(one.kind.is_sealed_by_stamp_alone(), record)) {
            (Stage::Planned, _) | (_, Record::NotMade) => Next::Build(id.clone()),
            (_, Record::WaitsForPeople) => Next::SignRecord(id.clone()),
            (_, Record::None | Record::WaitsForStamp | Record::Signed) => Next::Seal(id.clone()),
        };
    }
    let snapshots = ledger.exports.accepted().filter_map(|(_, one)| match one.period {
        Period::Snapshot(n) if one.year == year => Some(n),
        _ => None,
    });
    let waiting = snapshots.filter(|n| !unlocked(ledger, year, Period::Snapshot(*n)).is_empty());
    if let Some(n) = waiting.min() {
        return Next::Plan(DepositKind::Snapshot(n));
    }
    let waiting = ledger.awaiting_deposit().into_iter().filter(|id| ledger.dossiers[id].key.year == year);
    let waiting: Vec<_> = waiting.filter(|id| class_of(ledger, id).is_some()).collect();
    if waiting.iter().any(|id| corrected_in(ledger, id).is_some()) {
        return Next::Plan(DepositKind::Correction);
    }
    let year_begun = of_year().any(|(_, one)| one.kind == DepositKind::Year);
    match (waiting.is_empty(), year_begun) {
        (true, _) if !missing.is_empty() && year_begun => Next::Complete,
        (true, _) if of_year().next().is_none() => {
            if missing.is_empty() {
                Next::Nothing
            } else {
                Next::Complete
            }
        }
        (true, _) => Next::Media,
        (false, true) => Next::Plan(DepositKind::Supplement),
        (false, false) if missing.is_empty() => Next::Plan(DepositKind::Year),
        (false, false) => Next::Complete,
    }
}
