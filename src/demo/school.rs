//! The invented school: Trường THCS Hoa Phượng with its two classes, its roster and its plans.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::str::FromStr;

use school::digest::Sha256;
#[cfg(test)]
use school::dossier::DocumentKind;
use school::gradebook::{Assessment, Subject};
use school::plan::Templates;
use school::roster::{Assignment, FORMAT, Person, Roster, School, TeacherBooks};

use super::DemoFault;
#[cfg(test)]
use super::staff::STAFF_OF_ONE_CLASS;
use super::staff::{
    ADMIN_BOARD, HISTORY, HOMEROOM, INFORMATICS, LANGUAGE, LITERATURE, MATHEMATICS, OFFICE,
    PHYSICAL_EDUCATION, PRINCIPAL, SCIENCE, STAFF, STAMP, StaffMember,
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
/// Subjects of a class with their names, and their teachers in 6A1: the six assessed by marks that a level of study
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
/// The class of which most is told.
pub const CLASS: &str = "6A1";
/// The class in which several teachers share a subject: sixteen people sign its book.
pub const SECOND_CLASS: &str = "6A2";
/// Subjects of 6A2 with everyone who teaches them, the one who presides first: they sign the class book and
/// the teacher's book that they share, the first one the transcripts.
const TEACHERS_OF_6A2: [(&str, &[StaffMember]); 7] = [
    ("TOAN", &[MATHEMATICS, INFORMATICS]),
    ("VAN", &[LITERATURE, HISTORY]),
    ("ANH", &[LANGUAGE, LITERATURE]),
    ("KHTN", &[SCIENCE, MATHEMATICS, LANGUAGE]),
    ("LSDL", &[HISTORY, SCIENCE]),
    ("TIN", &[INFORMATICS]),
    ("GDTC", &[PHYSICAL_EDUCATION]),
];

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
    certificate: impl FnMut(&StaffMember) -> Result<Sha256, DemoFault>,
) -> Result<Roster, DemoFault> {
    let homerooms = [(CLASS, HOMEROOM), (SECOND_CLASS, SCIENCE)];
    let first = SUBJECTS.iter().map(|(subject, _, teacher)| assignment(CLASS, subject, *teacher, &[]));
    let second = TEACHERS_OF_6A2.iter().filter_map(|(subject, teachers)| {
        let (presiding, colleagues) = teachers.split_first()?;
        Some(assignment(SECOND_CLASS, subject, *presiding, colleagues))
    });
    roster_of(&STAFF, &homerooms, first.chain(second).collect(), certificate)
}

/// Who teaches what, as a school writes it down: class, name of the subject, names of the teachers.
pub fn assignments() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    let name = |id: &str| SUBJECTS.iter().find(|(one, ..)| *one == id).map_or("", |(_, name, _)| *name);
    let homerooms = [(CLASS, "GVCN", vec![HOMEROOM.name]), (SECOND_CLASS, "GVCN", vec![SCIENCE.name])];
    let first = SUBJECTS.iter().map(|(_, name, teacher)| (CLASS, *name, vec![teacher.name]));
    let second = TEACHERS_OF_6A2.iter().map(|(subject, teachers)| {
        (SECOND_CLASS, name(subject), teachers.iter().map(|one| one.name).collect())
    });
    homerooms.into_iter().chain(first).chain(second).collect()
}

/// A roster with class 6A1 alone, for tests that want no more.
#[cfg(test)]
pub fn roster_of_one_class(
    certificate: impl FnMut(&StaffMember) -> Result<Sha256, DemoFault>,
) -> Result<Roster, DemoFault> {
    let taught = SUBJECTS.iter().map(|(subject, _, teacher)| assignment(CLASS, subject, *teacher, &[]));
    roster_of(&STAFF_OF_ONE_CLASS, &[(CLASS, HOMEROOM)], taught.collect(), certificate)
}

fn assignment(class: &str, subject: &str, teacher: StaffMember, colleagues: &[StaffMember]) -> Assignment {
    Assignment {
        class: written(class),
        subject: written(subject),
        teacher: written(teacher.id),
        presiding: written(teacher.id),
        colleagues: colleagues.iter().map(|colleague| written(colleague.id)).collect(),
        parts: Vec::new(),
        books: TeacherBooks::Shared,
    }
}

/// A subject as the school's papers call it.
fn subject(id: &str, name: &str) -> Subject {
    let assessment = if id == "GDTC" { Assessment::Levels } else { Assessment::Marks };
    Subject { id: written(id), name: name.into(), assessment, periods: None, parts: Vec::new() }
}

fn roster_of(
    staff: &[StaffMember],
    homerooms: &[(&str, StaffMember)],
    assignments: Vec<Assignment>,
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
    let people = staff.iter().map(person).collect::<Result<_, _>>()?;
    let homerooms: BTreeMap<_, _> =
        homerooms.iter().map(|(class, teacher)| (written(class), written(teacher.id))).collect();
    Ok(Roster {
        format: FORMAT.into(),
        school: school(),
        year: written(YEAR),
        people,
        principal: written(PRINCIPAL.id),
        admin_board: written(ADMIN_BOARD.id),
        office: written(OFFICE.id),
        stamp: written(STAMP.id),
        homerooms,
        assignments,
        curriculum: SUBJECTS.iter().map(|(id, name, _)| subject(id, name)).collect(),
    })
}

/// The plans of the year: this school keeps every kind of document there is.
pub fn plans() -> Templates {
    Templates::default_for(written(YEAR))
}

/// The same without teachers' books and sổ đăng bộ, for tests that want fewer documents.
#[cfg(test)]
pub fn plans_of_few_kinds() -> Templates {
    let kept = |kind: DocumentKind| !matches!(kind, DocumentKind::SoDiemGv | DocumentKind::SoDangBo);
    let templates = plans().templates.into_iter().filter(|template| kept(template.kind)).collect();
    Templates { templates, ..plans() }
}

/// Parses what stands in the demo's own source.
pub(super) fn written<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().expect("the demo's own constants are well-formed, as its tests show")
}
