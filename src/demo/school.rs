//! The invented school: Trường THCS Hoa Phượng with one class, and its roster.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::str::FromStr;

use school::digest::Sha256;
use school::dossier::DocumentKind;
use school::plan::Templates;
use school::roster::{Assignment, FORMAT, Person, Roster, School, TeacherBooks};

use super::DemoFault;
use super::staff::{
    ADMIN_BOARD, HOMEROOM, LITERATURE, MATHEMATICS, OFFICE, PHYSICAL_EDUCATION, PRINCIPAL, STAFF, STAMP,
    StaffMember,
};

/// Name of the school.
pub const SCHOOL_NAME: &str = "Trường THCS Hoa Phượng";
/// Code of the school.
pub const SCHOOL_CODE: &str = "HOAPHUONG";
/// The authority above the school; the ward is invented as well.
pub const AUTHORITY_ABOVE: &str = "UBND PHƯỜNG PHƯỢNG VĨ";
/// Organisation in the certificates of the demo's authority.
pub const AUTHORITY_NAME: &str = "Tổ chức chứng thực MẪU của niemphong";
/// Stands in every certificate of the demo.
pub use crate::wording::NO_LEGAL_VALUE;
/// The school year.
pub const YEAR: &str = "2025-2026";
/// Subjects of the class with their names and teachers: the six assessed by marks that a level of study
/// needs at least, and one assessed by comments.
pub const SUBJECTS: [(&str, &str, StaffMember); 7] = [
    ("TOAN", "Toán", MATHEMATICS),
    ("VAN", "Ngữ văn", LITERATURE),
    ("ANH", "Ngoại ngữ 1", LITERATURE),
    ("KHTN", "Khoa học tự nhiên", MATHEMATICS),
    ("LSDL", "Lịch sử và Địa lí", LITERATURE),
    ("TIN", "Tin học", MATHEMATICS),
    ("GDTC", "Giáo dục thể chất", PHYSICAL_EDUCATION),
];
/// The class.
pub const CLASS: &str = "6A1";

/// The school as covers print it.
pub fn school() -> School {
    School {
        code: written(SCHOOL_CODE),
        name: SCHOOL_NAME.into(),
        authority: AUTHORITY_ABOVE.into(),
        place: "Hải Phòng".into(),
        sample: true,
        ward: "Phường Phượng Vĩ".into(),
        province: "Thành phố Hải Phòng".into(),
        head_title: String::new(),
    }
}

/// The roster of the year; `certificate` says with which certificate each of them signs.
///
/// Errors: those of `certificate`.
pub fn roster(
    mut certificate: impl FnMut(&StaffMember) -> Result<Sha256, DemoFault>,
) -> Result<Roster, DemoFault> {
    let person = |member: &StaffMember| -> Result<Person, DemoFault> {
        Ok(Person {
            id: written(member.id),
            name: member.name.into(),
            title: member.title.into(),
            certificate: certificate(member)?,
            picture: None,
        })
    };
    let people = STAFF.iter().map(person).collect::<Result<_, _>>()?;
    let teachers = SUBJECTS.map(|(subject, _, teacher)| (subject, teacher));
    let assignment = |(subject, teacher): (&str, StaffMember)| Assignment {
        class: written(CLASS),
        subject: written(subject),
        teacher: written(teacher.id),
        presiding: written(teacher.id),
        colleagues: Vec::new(),
        parts: Vec::new(),
        books: TeacherBooks::Shared,
    };
    Ok(Roster {
        format: FORMAT.into(),
        school: school(),
        year: written(YEAR),
        people,
        principal: written(PRINCIPAL.id),
        admin_board: written(ADMIN_BOARD.id),
        office: written(OFFICE.id),
        stamp: written(STAMP.id),
        homerooms: BTreeMap::from([(written(CLASS), written(HOMEROOM.id))]),
        assignments: teachers.map(assignment).into(),
        curriculum: Vec::new(),
    })
}

/// The plans of the year: the default ones, but that this school keeps neither teachers' books nor sổ
/// đăng bộ with the program.
pub fn plans() -> Templates {
    let default = Templates::default_for(written(YEAR));
    let kept = |kind: DocumentKind| !matches!(kind, DocumentKind::SoDiemGv | DocumentKind::SoDangBo);
    let templates = default.templates.into_iter().filter(|template| kept(template.kind)).collect();
    Templates { templates, ..default }
}

/// Parses what stands in the demo's own source.
pub(super) fn written<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().expect("the demo's own constants are well-formed, as its tests show")
}
