//! What the Lý lịch page and the Sổ đăng bộ ask of a pupil beyond the mark lists.

use serde::{Deserialize, Serialize};

use crate::identifier::SchoolYear;
use crate::moment::Date;

/// Particulars of a pupil; everything may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Personal {
    /// Dân tộc.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub ethnicity: String,
    /// Quốc tịch.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub nationality: String,
    /// Nơi ở hiện nay.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Đối tượng ưu tiên: con liệt sĩ, con thương binh, hộ nghèo, …
    #[serde(skip_serializing_if = "String::is_empty")]
    pub priority: String,
    /// Số đăng bộ.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub register_number: String,
    /// Số định danh cá nhân.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub national_id: String,
    /// Cha.
    #[serde(skip_serializing_if = "Guardian::is_empty")]
    pub father: Guardian,
    /// Mẹ.
    #[serde(skip_serializing_if = "Guardian::is_empty")]
    pub mother: Guardian,
    /// Người giám hộ.
    #[serde(skip_serializing_if = "Guardian::is_empty")]
    pub guardian: Guardian,
    /// Những thay đổi cần chú ý trong năm học.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub notes: String,
    /// Ngày vào trường.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entered: Option<Date>,
    /// The school that the pupil came from.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub from_school: String,
    /// Quá trình học tập, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Schooling>,
}

/// Father, mother or guardian; everything may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Guardian {
    /// Họ và tên.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Nghề nghiệp.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub occupation: String,
    /// Số điện thoại.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// Email.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub email: String,
}

impl Guardian {
    /// Whether nothing is known.
    pub const fn is_empty(&self) -> bool {
        self.name.is_empty() && self.occupation.is_empty() && self.phone.is_empty() && self.email.is_empty()
    }
}

/// One earlier year of a pupil's schooling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schooling {
    /// The school year.
    pub year: SchoolYear,
    /// The class as it was called.
    pub class: String,
    /// The school.
    pub school: String,
    /// Tỉnh, thành phố.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub province: String,
}
