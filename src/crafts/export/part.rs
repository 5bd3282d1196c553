//! What one file says about one class: statements, each with the cell where it stands. Parts of a class
//! lie together until they make a gradebook ([`super::assembly`]). Stored as canonical JSON,
//! `niemphong-part/1`.

use school::dossier::Period;
use school::gradebook::{Assessment, Level, LockClaim, Mark};
use school::identifier::{ClassName, SchoolCode, SchoolYear, SubjectId};
use school::moment::{Date, Moment};
use serde::{Deserialize, Serialize};

use super::grid::address;

/// The `format` of a stored part.
pub const FORMAT: &str = "niemphong-part/1";

/// Which book a file is. A teacher's book is compared with the class export, cell by cell, and stands in
/// for it only where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Witness {
    /// An export of the class.
    #[default]
    Class,
    /// Sổ theo dõi và đánh giá của giáo viên.
    TeacherBook,
}

/// The time that a value is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// First term.
    Hk1,
    /// Second term.
    Hk2,
    /// The year.
    Year,
    /// After a new assessment.
    Retest,
}

/// A value as it was stated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// Text, or a code of a word such as `chua-dat`.
    Text(String),
    /// A mark.
    Mark(Mark),
    /// A level.
    Level(Level),
    /// M, miễn.
    Exempt,
    /// V, vắng: there is no mark.
    Absent,
    /// A number.
    Count(u16),
    /// A cross.
    Flag,
}

impl Value {
    /// As the forms print it.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Mark(mark) => mark.to_string(),
            Self::Level(level) => level.to_string(),
            Self::Exempt => "M".into(),
            Self::Absent => "V".into(),
            Self::Count(count) => count.to_string(),
            Self::Flag => "x".into(),
        }
    }
}

/// A cell of a part: number of the sheet, row and column, all from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellPlace(pub u16, pub u32, pub u32);

/// One thing that a file says about one pupil.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// Which pupil of the part.
    pub pupil: u16,
    /// What, in the words of the layout language.
    pub field: String,
    /// In which subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// For which time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// Which of several: of the regular marks, or the day as `20250917`.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub index: u32,
    /// The value.
    pub value: Value,
    /// Where it stands.
    pub at: CellPlace,
}

fn is_zero(index: &u32) -> bool {
    *index == 0
}

/// A pupil as a file names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartPupil {
    /// Mã định danh Bộ GD&ĐT.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moet_id: Option<String>,
    /// Mã học sinh.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pupil_id: Option<String>,
    /// Full name; empty where the file has only a code.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<Date>,
    /// Number in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u16>,
    /// Where the name stands first.
    pub at: CellPlace,
}

/// A subject as a file names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartSubject {
    /// Its code.
    pub id: SubjectId,
    /// Its name.
    pub name: String,
    /// How it is assessed, where file or catalogue say so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<Assessment>,
    /// Periods a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub periods: Option<u16>,
    /// Phân môn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
}

/// What one file says about one class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Always `niemphong-part/1`.
    pub format: String,
    /// By which layout it was read.
    pub layout: String,
    /// The name of the file; for people, never a path.
    pub file: String,
    /// Which book.
    pub witness: Witness,
    /// False when the file says that the school has not closed the period: it can never be locked.
    #[serde(rename = "final")]
    pub is_final: bool,
    /// The file holds all there is about the class.
    pub whole: bool,
    /// School year.
    pub year: SchoolYear,
    /// Class.
    pub class: ClassName,
    /// The school's code, where the file has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub school: Option<SchoolCode>,
    /// The period, where the file says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// When it was written, where the file says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exported: Option<Moment>,
    /// What it says about its lock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock: Option<LockClaim>,
    /// Names of its sheets.
    pub sheets: Vec<String>,
    /// Subjects, in the order in which they are met.
    pub subjects: Vec<PartSubject>,
    /// Pupils, in the order in which they are met.
    pub pupils: Vec<PartPupil>,
    /// What it says.
    pub statements: Vec<Statement>,
    /// Remarks of the principal by month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub head_remarks: Vec<(String, String)>,
}

impl Part {
    /// A place of the part for people: `6A1.xlsx 'Toán'!F12`.
    pub fn place(&self, at: CellPlace) -> String {
        let cell = address(at.1, at.2);
        match self.sheets.get(usize::from(at.0)).filter(|name| !name.is_empty()) {
            Some(sheet) => format!("{} '{sheet}'!{cell}", self.file),
            None => format!("{} {cell}", self.file),
        }
    }

    /// Two parts with the same slot are two versions of the same file: the later one counts.
    pub fn slot(&self) -> String {
        let mut covered: Vec<String> = self
            .statements
            .iter()
            .filter_map(|statement| {
                statement.subject.as_ref().map(|subject| format!("{subject}/{:?}", statement.when))
            })
            .collect();
        covered.sort();
        covered.dedup();
        let period = self.period.map(|period| period.to_string()).unwrap_or_default();
        format!("{}|{}|{}|{period}|{}", self.layout, self.year, self.class, covered.join(","))
    }
}
