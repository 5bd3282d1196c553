//! The level of an assessment by comments.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The level of a subject that is assessed by comments: Đạt or Chưa đạt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Đạt.
    #[serde(rename = "D")]
    Pass,
    /// Chưa đạt.
    #[serde(rename = "CD")]
    NotYet,
}

/// `Đ` or `CĐ`, as the forms print them.
impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pass => "Đ",
            Self::NotYet => "CĐ",
        })
    }
}
