//! A report of school software that holds no marks. It is no part of a gradebook, but it came in as an export:
//! it is kept as it came and said to be what it is.

use serde::{Deserialize, Serialize};

use crate::identifier::SchoolYear;

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReportKind {
    /// Báo cáo nề nếp: what pupils did and did not do, week by week.
    Conduct,
}

/// A report as it was recognised; its rows are not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What it is about.
    pub kind: ReportKind,
    /// School year.
    pub year: SchoolYear,
}
