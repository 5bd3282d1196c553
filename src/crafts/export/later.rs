//! What comes after the first term and so has no place in the period HK1.

use school::dossier::Period;

use super::json::Json;
use super::problem::ProblemCode;
use super::reading::{Fields, Path, Reading};

/// Whether values after the first term belong to a period. They may be missing in every period:
/// whether an export is complete is asked by the lock.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Later {
    Refused,
    Allowed,
}

impl Later {
    pub(super) const fn of(period: Period) -> Self {
        match period {
            Period::FirstTerm => Self::Refused,
            Period::FullYear | Period::AfterSummer | Period::Snapshot(_) => Self::Allowed,
        }
    }
}

/// Takes second term, year and retest. Without a known period they are only read.
pub(super) fn take<'j>(
    later: Option<Later>,
    fields: &mut Fields<'j>,
    reading: &mut Reading,
    path: Path,
) -> [Option<&'j Json>; 3] {
    ["hk2", "year", "retest"].map(|key| {
        let found = fields.optional(key);
        if later == Some(Later::Refused) && found.is_some() {
            reading.problem(ProblemCode::TermSurplus, path.key(key), "");
            return None;
        }
        found
    })
}
