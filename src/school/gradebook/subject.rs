//! A subject of a class.

use serde::{Deserialize, Serialize};

use crate::identifier::SubjectId;

/// How a subject is assessed (TT 22/2021, Đ.5 k.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assessment {
    /// By marks.
    Marks,
    /// By comments: Đạt, Chưa đạt.
    Levels,
}

/// A subject of the class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Its code.
    pub id: SubjectId,
    /// Its name as printed.
    pub name: String,
    /// How it is assessed.
    pub assessment: Assessment,
    /// Periods (tiết) in the school year; they decide how many regular assessments a term has.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub periods: Option<u16>,
    /// Phân môn of a subject that several teachers share, for instance Lịch sử and Địa lí.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub parts: Vec<String>,
}
