//! In which role a session is. One person may hold several and signs in as one of them: an administrator's
//! session signs nothing, the same person signs in their own role (DESIGN, section 1).

/// The role of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Quản trị: people, rounds, health. Never marks, never a signature.
    Admin,
    /// Văn phòng, văn thư.
    Office,
    /// Giáo viên.
    Teacher,
    /// Hiệu trưởng, and whoever signs for the head.
    Principal,
    /// Thanh tra: reads and checks.
    Inspector,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Teacher, Self::Principal, Self::Office, Self::Admin, Self::Inspector];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Admin => "quan-tri",
            Self::Office => "van-phong",
            Self::Teacher => "giao-vien",
            Self::Principal => "hieu-truong",
            Self::Inspector => "thanh-tra",
        }
    }

    /// The role with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}
