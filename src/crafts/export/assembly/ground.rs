//! Which files speak of a period. Files that people declared for a point in time or for the time after the
//! summer speak of that alone, so that they never change term or year; they stand on the ground of the other
//! files, which say who the pupils are and what the year gave them.

use school::dossier::Period;

use crate::export::part::{Part, Statement};

/// How a file stands to a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// It speaks of the period.
    Own,
    /// What it says holds where no file of the period says anything.
    Ground,
}

/// None for a file of another period.
pub(super) fn stands(part: &Part, period: Period) -> Option<Standing> {
    let declared = part.period.filter(|period| is_declared(*period));
    match declared {
        Some(declared) => (declared == period).then_some(Standing::Own),
        None if is_declared(period) => Some(Standing::Ground),
        None => Some(Standing::Own),
    }
}

pub(super) const fn is_declared(period: Period) -> bool {
    matches!(period, Period::AfterSummer | Period::Snapshot(_))
}

/// Whether a statement of the ground holds for the period. A snapshot takes nothing that changes in a year from
/// anywhere else; how a year ended is said anew after the summer.
pub(super) fn holds(statement: &Statement, period: Period) -> bool {
    let ends = matches!(statement.field.as_str(), "outcome" | "promoted" | "retained" | "summer");
    match period {
        Period::Snapshot(_) => {
            let field = statement.field.as_str();
            let of_year =
                matches!(field, "remark" | "awards" | "honour" | "day") || field.starts_with("absence.");
            statement.subject.is_none() && statement.when.is_none() && !ends && !of_year
        }
        _ => !ends,
    }
}
