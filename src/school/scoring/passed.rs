//! Subjects assessed by comments: Đạt or Chưa đạt, by term and year.

use super::Scheme;
use crate::gradebook::{Level, Term};

/// The level of a term; none while mid-term, final or every regular assessment is missing.
///
/// TT 22/2021, Đ.9 k.1 a: Đạt when every assessment is. TT 58/2011, Đ.10 as amended by TT 26/2020
/// (recalled, unverified): Đạt when the final and at least two thirds of all assessments are.
pub fn term_level(scheme: Scheme, term: &Term<Level>) -> Option<Level> {
    let (Some(gk), Some(ck), false) = (term.gk, term.ck, term.tx.is_empty()) else { return None };
    let all = term.tx.iter().copied().chain([gk, ck]);
    let passed = all.filter(|level| *level == Level::Pass).count();
    let count = term.tx.len() + 2;
    let enough = match scheme {
        Scheme::Tt22 => passed == count,
        Scheme::Tt58 => ck == Level::Pass && 3 * passed >= 2 * count,
    };
    Some(if enough { Level::Pass } else { Level::NotYet })
}

/// The level of the year is that of the second term (TT 22/2021, Đ.9 k.1 a). TT 58/2011, Đ.10
/// (recalled, unverified) comes to the same: Đ in the second term gives Đ, CĐ gives CĐ.
pub const fn year_level(second_term: Level) -> Level {
    second_term
}
