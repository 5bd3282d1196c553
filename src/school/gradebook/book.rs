//! The gradebook of one class for one period; also the canonical form of an export.

use serde::{Deserialize, Serialize};

use super::{Month, Pupil, Subject};
use crate::digest::Sha256;
use crate::dossier::Period;
use crate::identifier::{ClassName, SchoolCode, SchoolYear, SubjectId};
use crate::moment::Moment;

/// The `format` of a canonical export.
pub const FORMAT: &str = "niemphong-export/1";

/// What the export says about its lock. A claim, shown as such, never believed (DESIGN, section 6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockClaim {
    /// Whether the source system says that the period is locked.
    pub locked: bool,
    /// When, if it says so.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub at: Option<Moment>,
}

/// Nhận xét của Hiệu trưởng về sử dụng sổ, one per month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadRemark {
    /// The month.
    pub month: Month,
    /// The remark.
    pub text: String,
}

/// The gradebook of one class for one period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gradebook {
    /// Always [`FORMAT`].
    pub format: String,
    /// The school's code.
    pub school: SchoolCode,
    /// The school year.
    pub year: SchoolYear,
    /// The period covered.
    pub period: Period,
    /// The class.
    pub class: ClassName,
    /// When the source system wrote the export.
    pub exported: Moment,
    /// What the source system says about the lock.
    pub lock: LockClaim,
    /// Subjects in printing order.
    pub subjects: Vec<Subject>,
    /// Pupils in the order of the list.
    pub pupils: Vec<Pupil>,
    /// Remarks of the head, month by month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub head_remarks: Vec<HeadRemark>,
    /// SHA-256 of the files that it was put together from, sorted; none when one file holds it whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Sha256>,
}

impl Gradebook {
    /// The subject ids in printing order.
    pub fn subject_ids(&self) -> Vec<SubjectId> {
        self.subjects.iter().map(|subject| subject.id.clone()).collect()
    }
}
