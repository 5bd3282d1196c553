//! A claim of the export that the rules do not confirm.

use serde::{Deserialize, Serialize};

use super::cell::{Cell, Value};
use crate::identifier::{PupilId, SubjectId};

/// One difference between what the rules give and what the export says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Difference {
    /// The pupil.
    pub pupil: PupilId,
    /// The subject; none for values over all subjects.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<SubjectId>,
    /// Where in the book.
    pub at: Cell,
    /// What the rules give; none where they give nothing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expected: Option<Value>,
    /// What the export says; none where it says nothing.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub found: Option<Value>,
}
