//! How many regular assessments a subject has in a term.

use crate::gradebook::{Assessment, Subject};

/// Most regular assessments in a term: four of the largest subjects, and one for a chuyên đề of the upper
/// level (TT 22/2021, Đ.6 k.3: recalled, unverified); five columns in the national database.
pub const MOST_TX: usize = 5;

/// Fewest regular assessments of a subject in a term.
///
/// TT 22/2021, Đ.6 k.2 b, and TT 26/2020 alike: two up to 35 periods in the year, three up to 70, four
/// above. A subject assessed by comments has two (recalled, unverified). Where the export does not say
/// the periods, two are asked for, which is the least that any subject has.
pub fn regular_least(subject: &Subject) -> usize {
    match (subject.assessment, subject.periods) {
        (Assessment::Levels, _) | (Assessment::Marks, None | Some(0..=35)) => 2,
        (Assessment::Marks, Some(36..=70)) => 3,
        (Assessment::Marks, Some(_)) => 4,
    }
}
