//! The twelve people and the stamp of the invented school. Every name is invented.

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

/// Teaches science, with two colleagues, and is homeroom teacher of 6A2.
pub const SCIENCE: StaffMember = StaffMember {
    id: "NV09",
    label: "GVBM-KHTN",
    name: "Trịnh Quốc Vượng",
    title: "Giáo viên",
    pin: "299792",
};
/// Teaches a foreign language.
pub const LANGUAGE: StaffMember = StaffMember {
    id: "NV10",
    label: "GVBM-ANH",
    name: "Nguyễn Phước Mỹ Uyên",
    title: "Giáo viên",
    pin: "161616",
};
/// Teaches history.
pub const HISTORY: StaffMember =
    StaffMember {
        id: "NV11", label: "GVBM-SU", name: "Đỗ Khắc Hiển", title: "Giáo viên", pin: "938124"
    };
/// Teaches informatics and helps out in mathematics.
pub const INFORMATICS: StaffMember = StaffMember {
    id: "NV12",
    label: "GVBM-TIN",
    name: "Lưu Thị Ngọc Quỳnh",
    title: "Giáo viên",
    pin: "101101",
};

/// Everyone with a token.
pub const STAFF: [StaffMember; 13] = [
    HOMEROOM,
    MATHEMATICS,
    LITERATURE,
    PHYSICAL_EDUCATION,
    ADMIN_BOARD,
    OFFICE,
    PRINCIPAL,
    DEPUTY,
    STAMP,
    SCIENCE,
    LANGUAGE,
    HISTORY,
    INFORMATICS,
];

/// Tokens that a vendor delivers later: a teacher's new one, the school's new stamp, and that of a principal who
/// is nobody of the roster yet.
pub const SPARE: [StaffMember; 3] = [
    StaffMember { label: "GVBM-SU-MOI", ..HISTORY },
    StaffMember { label: "CON-DAU-MOI", ..STAMP },
    StaffMember {
        id: "NV21",
        label: "HIEU-TRUONG-MOI",
        name: "Hoàng Thị Bích Liên",
        title: "Hiệu trưởng",
        pin: "270914",
    },
];

/// Those of them who are enough for class 6A1 alone.
#[cfg(test)]
pub const STAFF_OF_ONE_CLASS: [StaffMember; 9] =
    [HOMEROOM, MATHEMATICS, LITERATURE, PHYSICAL_EDUCATION, ADMIN_BOARD, OFFICE, PRINCIPAL, DEPUTY, STAMP];

/// In which capacity a member of staff signs most.
pub fn role(member: &StaffMember) -> Role {
    match *member {
        HOMEROOM | SCIENCE => Role::Gvcn,
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

/// As [`REVIEWERS`], for class 6A2.
pub const REVIEWERS_OF_6A2: [(Option<&str>, StaffMember); 8] = [
    (None, SCIENCE),
    (Some("TOAN"), MATHEMATICS),
    (Some("VAN"), LITERATURE),
    (Some("ANH"), LANGUAGE),
    (Some("KHTN"), SCIENCE),
    (Some("LSDL"), HISTORY),
    (Some("TIN"), INFORMATICS),
    (Some("GDTC"), PHYSICAL_EDUCATION),
];
