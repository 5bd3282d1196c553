//! The eight people and the stamp of the invented school. Every name is invented.

use school::role::Role;

/// A member of staff, or the stamp, with the token that person holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaffMember {
    /// Key in roster and register.
    pub id: &'static str,
    /// Label of the token.
    pub label: &'static str,
    /// Full name; for the stamp the school's.
    pub name: &'static str,
    /// Title as printed.
    pub title: &'static str,
    /// PIN of the software token. Invented and printed by the demo; it protects nothing.
    pub pin: &'static str,
}

/// Homeroom teacher of 6A1.
pub const HOMEROOM: StaffMember =
    StaffMember {
        id: "NV01", label: "GVCN", name: "Đặng Thị Ỷ Nhi", title: "Giáo viên", pin: "260518"
    };
/// Teaches mathematics.
pub const MATHEMATICS: StaffMember = StaffMember {
    id: "NV02",
    label: "GVBM-TOAN",
    name: "Phạm Hữu Nghiệp",
    title: "Giáo viên",
    pin: "314159",
};
/// Teaches literature.
pub const LITERATURE: StaffMember = StaffMember {
    id: "NV03",
    label: "GVBM-VAN",
    name: "Vũ Ngọc Diễm Hằng",
    title: "Giáo viên",
    pin: "182003",
};
/// Teaches physical education.
pub const PHYSICAL_EDUCATION: StaffMember = StaffMember {
    id: "NV04",
    label: "GVBM-GDTC",
    name: "Đoàn Đắc Thưởng",
    title: "Giáo viên",
    pin: "400100",
};
/// Signs for ban quản trị.
pub const ADMIN_BOARD: StaffMember = StaffMember {
    id: "NV05",
    label: "BAN-QUAN-TRI",
    name: "Tạ Quỳnh Hưởng",
    title: "Trưởng ban quản trị",
    pin: "750219",
};
/// Signs for the office.
pub const OFFICE: StaffMember =
    StaffMember {
        id: "NV06", label: "VAN-PHONG", name: "Lê Thị Mỹ Duyệt", title: "Văn thư", pin: "508264"
    };
/// The principal.
pub const PRINCIPAL: StaffMember = StaffMember {
    id: "NV07",
    label: "HIEU-TRUONG",
    name: "Nguyễn Trọng Khuyến",
    title: "Hiệu trưởng",
    pin: "901945",
};
/// The vice-principal, who signs transcripts by delegation.
pub const DEPUTY: StaffMember = StaffMember {
    id: "NV08",
    label: "PHO-HIEU-TRUONG",
    name: "Hồ Thị Ngọc Quyên",
    title: "Phó Hiệu trưởng",
    pin: "736281",
};
/// The stamp of the school.
pub const STAMP: StaffMember = StaffMember {
    id: "CON-DAU",
    label: "CON-DAU",
    name: super::school::SCHOOL_NAME,
    title: "Con dấu của nhà trường",
    pin: "672390",
};

/// Everyone with a token.
pub const STAFF: [StaffMember; 9] =
    [HOMEROOM, MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION, ADMIN_BOARD, OFFICE, PRINCIPAL, DEPUTY, STAMP];

/// In which capacity a member of staff signs most.
pub fn role(member: &StaffMember) -> Role {
    match *member {
        HOMEROOM => Role::Gvcn,
        ADMIN_BOARD => Role::BanQuanTri,
        OFFICE => Role::VanPhong,
        PRINCIPAL => Role::HieuTruong,
        STAMP => Role::ConDau,
        _ => Role::Gvbm,
    }
}

/// Who answers for which part of class 6A1 before the lock; no subject is the homeroom teacher's part.
pub const REVIEWERS: [(Option<&str>, StaffMember); 8] = [
    (None, HOMEROOM),
    (Some("TOAN"), MATHEMATICS),
    (Some("VAN"), LITERATURE),
    (Some("ANH"), LITERATURE),
    (Some("KHTN"), MATHEMATICS),
    (Some("LSDL"), LITERATURE),
    (Some("TIN"), MATHEMATICS),
    (Some("GDTC"), PHYSICAL_EDUCATION),
];
