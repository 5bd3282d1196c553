//! Where a value of a pupil stands in the book, and what can stand there.

use serde::{Deserialize, Serialize};

use crate::gradebook::{Conduct, Honour, Level, Mark, Outcome, Study};

/// The time that a value is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// First term.
    Hk1,
    /// Second term.
    Hk2,
    /// The year.
    Year,
    /// After the summer.
    Retest,
}

/// A cell of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "cell", content = "of")]
pub enum Cell {
    /// The n-th regular assessment of a term, from 1.
    Regular(When, u8),
    /// How many regular assessments a term has.
    RegularCount(When),
    /// Mid-term.
    Mid(When),
    /// Final.
    Final(When),
    /// Result of a subject.
    Result(When),
    /// Level of study over all subjects.
    Study(When),
    /// ĐTB các môn.
    Average(When),
    /// Conduct.
    Conduct(When),
    /// Whether the pupil moves up.
    Outcome,
    /// The title.
    Honour,
    /// Days absent with leave.
    Excused,
    /// Days absent without leave.
    Unexcused,
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// A mark, in tenths.
    Mark(Mark),
    /// Đạt or Chưa đạt.
    Level(Level),
    /// Học tập, học lực.
    Study(Study),
    /// Rèn luyện, hạnh kiểm.
    Conduct(Conduct),
    /// Lên lớp.
    Outcome(Outcome),
    /// Danh hiệu.
    Honour(Honour),
    /// A number of days or of assessments.
    Count(u16),
}
