//! What a pupil reached in one subject, term by term.

use serde::{Deserialize, Serialize};

use super::{Level, Mark};

/// One term of a subject: ĐĐGtx, ĐĐGgk, ĐĐGck and the term's result (ĐTBmhk or mức đạt).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term<T> {
    /// Regular assessments (thường xuyên) in order, at most five.
    #[serde(default = "Vec::new")]
    pub tx: Vec<T>,
    /// Mid-term (giữa kì).
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub gk: Option<T>,
    /// Final (cuối kì).
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub ck: Option<T>,
    /// Result of the term, as the export says it.
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub result: Option<T>,
}

/// A term without any entry.
impl<T> Default for Term<T> {
    fn default() -> Self {
        Self { tx: Vec::new(), gk: None, ck: None, result: None }
    }
}

/// A subject's results of one pupil, in marks or in levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Results<T> {
    /// First term.
    #[serde(default = "Term::default")]
    pub hk1: Term<T>,
    /// Second term; absent for the period HK1.
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub hk2: Option<Term<T>>,
    /// Result of the year; absent for the period HK1.
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub year: Option<T>,
    /// Result of the assessment in the summer (đánh giá lại), which replaces that of the year;
    /// absent for the period HK1.
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub retest: Option<T>,
}

/// Results without any entry.
impl<T> Default for Results<T> {
    fn default() -> Self {
        Self { hk1: Term::default(), hk2: None, year: None, retest: None }
    }
}

fn none<T>() -> Option<T> {
    None
}

/// What a pupil reached in one subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectResults {
    /// Assessed by marks (kết hợp nhận xét và điểm số).
    Marks(Results<Mark>),
    /// Assessed by comments only (nhận xét).
    Levels(Results<Level>),
    /// Excused from the subject (được miễn học).
    Exempt,
}
