//! One pupil of a class.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Absence, Conduct, Honour, Mark, MonthAttendance, Outcome, Personal, Study, SubjectResults, YearOf,
};
use crate::identifier::{PupilId, SubjectId};
use crate::moment::Date;

/// A pupil's result in one subject with the teacher's remark for the transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectRow {
    /// Marks, levels or none.
    pub results: SubjectResults,
    /// Nhận xét sự tiến bộ, ưu điểm nổi bật, hạn chế chủ yếu.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// What teachers of its phân môn recorded, by the name of the phân môn. The subject's results follow from none
    /// of it: who enters them is agreed between the teachers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<String, SubjectResults>,
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

/// One pupil of the class. Levels over all subjects, outcome and honour are what the export claims.
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
    /// Further particulars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub personal: Option<Personal>,
    /// One row per subject of the class.
    pub subjects: BTreeMap<SubjectId, SubjectRow>,
    /// Kết quả học tập, before TT 22 học lực.
    #[serde(default, skip_serializing_if = "YearOf::is_empty")]
    pub study: YearOf<Study>,
    /// Kết quả rèn luyện, before TT 22 hạnh kiểm.
    pub conduct: YearOf<Conduct>,
    /// ĐTB các môn (TT 58/2011 only).
    #[serde(default, skip_serializing_if = "YearOf::is_empty")]
    pub averages: YearOf<Mark>,
    /// Days of absence in the period.
    pub absence: Absence,
    /// Absence day by day, by month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attendance: Vec<MonthAttendance>,
    /// Whether the pupil moves up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Danh hiệu.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub honour: Option<Honour>,
    /// Khen thưởng, kết quả các cuộc thi.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub awards: String,
    /// Chứng chỉ.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub certificates: String,
    /// Kết quả rèn luyện trong kì nghỉ hè, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summer: String,
    /// Remark of the homeroom teacher.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
}
