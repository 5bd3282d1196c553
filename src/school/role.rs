//! The roles that a plan may name (DESIGN, section 5; the regulations, DOMAIN 1.2).

use serde::{Deserialize, Serialize};

/// In which capacity a box is signed. Stored as the code of the variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Giáo viên chủ nhiệm: homeroom teacher of the class.
    Gvcn,
    /// Giáo viên bộ môn: a teacher of one subject in the class.
    Gvbm,
    /// The subject's presiding teacher (người chủ trì), who signs transcripts.
    GvbmChuTri,
    /// Hiệu trưởng: principal.
    HieuTruong,
    /// Con dấu: the school's stamp, its organisational certificate.
    ConDau,
    /// Ban quản trị: proposes locks; a signing role of its own, not the admin account.
    BanQuanTri,
    /// Văn phòng: the office, which records deposits.
    VanPhong,
    /// Người đề nghị sửa: the teacher whose entry is corrected; without a subject the homeroom teacher.
    NguoiDeNghi,
}

impl Role {
    /// The stable code, as stored in plans and shown in reports.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Gvcn => "gvcn",
            Self::Gvbm => "gvbm",
            Self::GvbmChuTri => "gvbm-chu-tri",
            Self::HieuTruong => "hieu-truong",
            Self::ConDau => "con-dau",
            Self::BanQuanTri => "ban-quan-tri",
            Self::VanPhong => "van-phong",
            Self::NguoiDeNghi => "nguoi-de-nghi",
        }
    }
}
