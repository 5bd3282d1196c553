//! The gradebook of one class for one period, as data: sổ điểm. Marks are integers in tenths
//! (8,5 is 85), names are NFC. Read from exports by `crafts::export`; printed by `crafts::document`.
//! Source: TT 22/2021/TT-BGDĐT, Đ.5 to Đ.9 (DOMAIN, section 2).

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::dossier::Period;
use crate::identifier::{ClassName, PupilId, SchoolCode, SchoolYear, SubjectId};
use crate::moment::{Date, Moment};

/// The `format` of a canonical export.
pub const FORMAT: &str = "niemphong-export/1";

/// A mark in tenths, 0 to 100: thang điểm 10 with one decimal (TT 22/2021, Đ.5 k.3 b).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Mark(u16);

impl Mark {
    /// The mark in tenths.
    pub const fn tenths(self) -> u16 {
        self.0
    }
}

/// A number of tenths above 100.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} tenths is no mark between 0 and 10")]
pub struct NotAMark(u16);

impl TryFrom<u16> for Mark {
    type Error = NotAMark;

    fn try_from(tenths: u16) -> Result<Self, NotAMark> {
        if tenths <= 100 { Ok(Self(tenths)) } else { Err(NotAMark(tenths)) }
    }
}

impl From<Mark> for u16 {
    fn from(mark: Mark) -> Self {
        mark.0
    }
}

/// With the Vietnamese decimal comma: `8,5`; ten is `10,0`.
impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.0 / 10, self.0 % 10)
    }
}

/// The level of a subject that is assessed by comments: Đạt or Chưa đạt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

/// One term of a subject: ĐĐGtx, ĐĐGgk, ĐĐGck and the term's result (ĐTBmhk or mức đạt).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term<T> {
    /// Regular assessments (thường xuyên), one to five.
    pub tx: Vec<T>,
    /// Mid-term (giữa kì).
    pub gk: T,
    /// Final (cuối kì).
    pub ck: T,
    /// Result of the term.
    pub result: T,
}

/// A subject's results of one pupil, in marks or in levels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Results<T> {
    /// First term.
    pub hk1: Term<T>,
    /// Second term; absent for the period HK1.
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub hk2: Option<Term<T>>,
    /// Result of the year; absent for the period HK1.
    #[serde(skip_serializing_if = "Option::is_none", default = "none")]
    pub year: Option<T>,
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
}

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
}

/// A pupil's result in one subject with the teacher's remark for the transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectRow {
    /// Marks or levels.
    pub results: SubjectResults,
    /// Nhận xét sự tiến bộ, ưu điểm nổi bật, hạn chế chủ yếu.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

/// Rèn luyện: conduct level (TT 22/2021, Đ.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conduct {
    /// Tốt.
    Tot,
    /// Khá.
    Kha,
    /// Đạt.
    Dat,
    /// Chưa đạt.
    ChuaDat,
}

/// Conduct by term and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConductRow {
    /// First term.
    pub hk1: Conduct,
    /// Second term; absent for the period HK1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub hk2: Option<Conduct>,
    /// The year; absent for the period HK1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub year: Option<Conduct>,
}

/// Days of absence in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    /// Có phép.
    pub excused: u16,
    /// Không phép.
    pub unexcused: u16,
}

/// Gender as the forms print it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gender {
    /// Nam.
    Nam,
    /// Nữ.
    Nu,
}

/// One pupil of the class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pupil {
    /// The pupil's code.
    pub id: PupilId,
    /// Full name, NFC.
    pub name: String,
    /// Date of birth.
    pub born: Date,
    /// Gender.
    pub gender: Gender,
    /// Place of birth as printed; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub birthplace: String,
    /// One row per subject of the class.
    pub subjects: BTreeMap<SubjectId, SubjectRow>,
    /// Conduct.
    pub conduct: ConductRow,
    /// Absence.
    pub absence: Absence,
    /// Remark of the homeroom teacher.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
}

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

/// The gradebook of one class for one period; also the canonical form of an export.
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
}

impl Gradebook {
    /// The subject ids in printing order.
    pub fn subject_ids(&self) -> Vec<SubjectId> {
        self.subjects.iter().map(|subject| subject.id.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_print_with_the_vietnamese_comma() {
        let print = |tenths: u16| Mark::try_from(tenths).map(|mark| mark.to_string());
        assert_eq!(print(85), Ok("8,5".into()));
        assert_eq!(print(100), Ok("10,0".into()));
        assert_eq!(print(0), Ok("0,0".into()));
        assert_eq!(print(101), Err(NotAMark(101)));
    }
}
