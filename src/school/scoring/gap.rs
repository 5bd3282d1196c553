//! Something that has not been entered.

use serde::{Deserialize, Serialize};

use super::cell::Cell;
use crate::identifier::{PupilId, SubjectId};
use crate::role::Role;

/// What is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Entry {
    /// A value of a pupil.
    Cell(Cell),
    /// Subjects: the class has fewer assessed by marks than the rules need to judge anybody.
    Subjects {
        /// How many it has.
        found: u8,
    },
}

/// One missing entry of a class with who is to make it (S2 Đ.3, S3 III.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// The pupil; none where the class as a whole is meant.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pupil: Option<PupilId>,
    /// The subject; none for what the homeroom teacher enters.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<SubjectId>,
    /// What is missing.
    pub missing: Entry,
    /// Who enters it: the subject's teacher, the homeroom teacher, or ban quản trị for subjects.
    pub by: Role,
}
