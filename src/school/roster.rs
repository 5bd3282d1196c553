//! The roster of a school year: people, their certificates, who teaches what, who presides.
//! Signed by principal and stamp before the first base of the year (DESIGN, section 5).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::Sha256;
use crate::dossier::{DossierOf, TeacherBookOf};
use crate::gradebook::Subject;
use crate::identifier::{ClassName, PersonId, SchoolCode, SchoolYear, SubjectId};
use crate::limits::{SCAN_SIDE_LEAST_PIXELS, SCAN_SIDE_PIXELS, SCAN_WIDTH_LEAST_MM, SCAN_WIDTH_MM};
use crate::plan::SigningBox;
use crate::role::Role;

/// The `format` of a roster file.
pub const FORMAT: &str = "niemphong-roster/1";

/// The school, as printed on covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct School {
    /// Short code in file names and the register.
    pub code: SchoolCode,
    /// For instance `Trường THCS Hoa Phượng`.
    pub name: String,
    /// The authority above the school, first line of a decision's head.
    pub authority: String,
    /// Where papers are dated: `Hải Phòng, ngày …`.
    pub place: String,
    /// True for an invented school: every page says that it has no legal value.
    pub sample: bool,
    /// Xã, phường, thị trấn as covers print it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ward: String,
    /// Tỉnh, thành phố as covers print it; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub province: String,
    /// Title of the head where it is not Hiệu trưởng, for instance `Giám đốc trung tâm`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub head_title: String,
}

/// A member of staff, or the stamp. Bound to a certificate, never to a name (invariant 3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Key of the person in roster and register.
    pub id: PersonId,
    /// Full name as printed, NFC; for the stamp the school's name.
    pub name: String,
    /// Title as printed, for instance `Giáo viên`.
    pub title: String,
    /// SHA-256 over the DER of the certificate this person signs with.
    pub certificate: Sha256,
    /// Picture of the signature, or of the stamp. Only head, deputies and stamp sign with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<PersonPicture>,
}

/// The picture of a person's signature or of the stamp, named by the signed roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonPicture {
    /// SHA-256 of its stored form (`records::picture`).
    pub sha256: Sha256,
    /// Width in pixels.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
    /// Width on paper in millimetres; of a stamp its true size.
    pub width_mm: u16,
}

impl PersonPicture {
    /// Width and height on paper, in millimetres.
    pub fn size_mm(&self) -> (f32, f32) {
        let width = f32::from(self.width_mm);
        (width, width * f32::from(self.height) / f32::from(self.width.max(1)))
    }

    fn fits(&self) -> bool {
        let sides = SCAN_SIDE_LEAST_PIXELS..=SCAN_SIDE_PIXELS;
        let widths = SCAN_WIDTH_LEAST_MM..=SCAN_WIDTH_MM;
        sides.contains(&self.width)
            && sides.contains(&self.height)
            && widths.contains(&self.width_mm)
            && self.size_mm().1 <= f32::from(SCAN_WIDTH_MM)
    }
}

/// Who teaches one subject in one class.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The class.
    pub class: ClassName,
    /// The subject.
    pub subject: SubjectId,
    /// Signs the class book for the subject.
    pub teacher: PersonId,
    /// Signs the transcripts for the subject (người chủ trì); often the teacher.
    pub presiding: PersonId,
    /// Who else teaches it and signs the class book too, after `teacher`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub colleagues: Vec<PersonId>,
    /// Who teaches which phân môn, where several teachers do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PartTeacher>,
    /// Whether its teachers keep one book together or one each.
    #[serde(default, skip_serializing_if = "TeacherBooks::is_shared")]
    pub books: TeacherBooks,
}

/// Who teaches a phân môn of a subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartTeacher {
    /// The phân môn as printed, for instance `Địa lí`.
    pub part: String,
    /// Its teacher: the assignment's teacher or one of the colleagues.
    pub teacher: PersonId,
}

/// How the teachers of a subject keep their book (sổ theo dõi và đánh giá của giáo viên; S0, 4.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TeacherBooks {
    /// One for the class, whoever teaches.
    #[default]
    Shared,
    /// One each.
    Own,
}

impl TeacherBooks {
    /// Whether there is one for all.
    pub const fn is_shared(&self) -> bool {
        matches!(self, Self::Shared)
    }
}

impl Assignment {
    /// Everyone who teaches the subject in the class, in signing order.
    pub fn teachers(&self) -> impl Iterator<Item = &PersonId> {
        std::iter::once(&self.teacher).chain(&self.colleagues)
    }

    fn everyone(&self) -> impl Iterator<Item = &PersonId> {
        self.teachers().chain([&self.presiding]).chain(self.parts.iter().map(|part| &part.teacher))
    }
}

/// The roster as stored, canonical JSON with a detached CMS by principal and stamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Roster {
    /// Always [`FORMAT`].
    pub format: String,
    /// The school.
    pub school: School,
    /// The year it is for.
    pub year: SchoolYear,
    /// Everyone who may sign.
    pub people: Vec<Person>,
    /// Who signs as principal.
    pub principal: PersonId,
    /// Who signs as ban quản trị.
    pub admin_board: PersonId,
    /// Who signs as văn phòng.
    pub office: PersonId,
    /// The stamp's entry among the people.
    pub stamp: PersonId,
    /// Homeroom teacher of each class.
    pub homerooms: BTreeMap<ClassName, PersonId>,
    /// Subjects of each class with their teachers, in the order in which they are printed.
    pub assignments: Vec<Assignment>,
    /// Names of subjects and how they are assessed, for books that are printed before any export.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub curriculum: Vec<Subject>,
}

/// Why a roster cannot be used, or why a box has no holder.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RosterFault {
    /// The `format` is another one.
    #[error("not a roster of format {FORMAT}")]
    OtherFormat,
    /// A person is named who is not among the people.
    #[error("person {0} is named but not listed")]
    UnknownPerson(PersonId),
    /// An id or a certificate stands twice among the people.
    #[error("person {0} or their certificate is listed twice")]
    Twice(PersonId),
    /// The stamp's certificate would also sign as a person: one token could then make a whole archive.
    #[error("the stamp also stands in the place of a person")]
    StampIsAPerson,
    /// The picture of a person is larger or smaller than one may be.
    #[error("the picture of {0} is larger or smaller than one may be")]
    Picture(PersonId),
    /// The class has no homeroom teacher.
    #[error("class {0} has no homeroom teacher")]
    NoHomeroom(ClassName),
    /// Nobody teaches the subject in the class.
    #[error("nobody is assigned to subject {subject} of class {class}")]
    NoTeacher {
        /// The class.
        class: ClassName,
        /// The subject.
        subject: SubjectId,
    },
    /// A box needs a class or a subject and has none.
    #[error("box {0} names no class or subject")]
    Incomplete(String),
}

impl Roster {
    /// Checks that every person named is listed once and with a certificate of their own, and that the
    /// stamp signs as nothing else. A person may hold several roles; the stamp is no person.
    pub fn check(&self) -> Result<(), RosterFault> {
        if self.format != FORMAT {
            return Err(RosterFault::OtherFormat);
        }
        for (index, person) in self.people.iter().enumerate() {
            let twin = |other: &Person| other.id == person.id || other.certificate == person.certificate;
            if self.people[..index].iter().any(twin) {
                return Err(RosterFault::Twice(person.id.clone()));
            }
            if person.picture.is_some_and(|picture| !picture.fits()) {
                return Err(RosterFault::Picture(person.id.clone()));
            }
        }
        let named = [&self.principal, &self.admin_board, &self.office, &self.stamp]
            .into_iter()
            .chain(self.homerooms.values())
            .chain(self.assignments.iter().flat_map(Assignment::everyone));
        named.into_iter().try_for_each(|id| self.person(id).map(drop))?;
        let mut people = [&self.principal, &self.admin_board, &self.office]
            .into_iter()
            .chain(self.homerooms.values())
            .chain(self.assignments.iter().flat_map(Assignment::everyone));
        if people.any(|id| *id == self.stamp) { Err(RosterFault::StampIsAPerson) } else { Ok(()) }
    }

    /// The person with this id.
    pub fn person(&self, id: &PersonId) -> Result<&Person, RosterFault> {
        self.people
            .iter()
            .find(|person| person.id == *id)
            .ok_or_else(|| RosterFault::UnknownPerson(id.clone()))
    }

    /// The person whose certificate has this digest.
    pub fn holder_of_certificate(&self, certificate: &Sha256) -> Option<&Person> {
        self.people.iter().find(|person| person.certificate == *certificate)
    }

    /// The subjects of a class in printing order.
    pub fn subjects(&self, class: &ClassName) -> impl Iterator<Item = &Assignment> {
        self.assignments.iter().filter(move |assignment| assignment.class == *class)
    }

    /// Phân môn of the subjects of a class by name, as assignments and curriculum tell them.
    pub fn parts(&self, class: &ClassName) -> Vec<(String, SubjectId)> {
        let mut parts = Vec::new();
        for one in self.subjects(class) {
            let described = self.curriculum.iter().filter(|subject| subject.id == one.subject);
            let names =
                described.flat_map(|subject| &subject.parts).chain(one.parts.iter().map(|part| &part.part));
            for name in names {
                let part = (name.clone(), one.subject.clone());
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
        }
        parts
    }

    /// Subjects whose teachers sign a document, each as often as it has signers: what
    /// [`crate::plan::Templates::expand`] asks for. In a class book and a shared teacher's book everyone who
    /// teaches a subject signs, in a book of one's own its teacher, in a transcript the one who presides,
    /// in all others none. A subject that the roster does not list stands once.
    ///
    /// Shape: `subjects` are those of the gradebook of `class`.
    pub fn signing_subjects(
        &self,
        of: &DossierOf,
        class: &ClassName,
        subjects: &[SubjectId],
    ) -> Vec<SubjectId> {
        let each = |subjects: &[SubjectId]| {
            let signed = subjects.iter().flat_map(|subject| {
                let assigned = self.assignment(class, subject);
                std::iter::repeat_n(subject.clone(), assigned.map_or(1, |one| one.teachers().count()))
            });
            signed.collect()
        };
        match of {
            DossierOf::SoDiem(_) | DossierOf::PhieuDeNghiSua(_) | DossierOf::BienBanSuaChua(_) => {
                each(subjects)
            }
            DossierOf::HocBa(_) => subjects.to_vec(),
            DossierOf::SoDiemGv(TeacherBookOf { subject, teacher: None, .. }) => {
                each(std::slice::from_ref(subject))
            }
            DossierOf::SoDiemGv(TeacherBookOf { subject, .. }) => vec![subject.clone()],
            DossierOf::BangTongHop(_)
            | DossierOf::DanhSachXetDuyet(_)
            | DossierOf::SoDangBo(_)
            | DossierOf::QuyetDinhKhoa(_)
            | DossierOf::QuyetDinhMo(_)
            | DossierOf::BienBanNiemPhong(_)
            | DossierOf::TongHopSuaChua(_) => Vec::new(),
        }
    }

    /// The teachers' books of a subject in a class: one that they share, or one for each of several
    /// (S0, 4.1).
    pub fn teacher_books(&self, class: &ClassName, subject: &SubjectId) -> Vec<TeacherBookOf> {
        let book = |teacher| TeacherBookOf { class: class.clone(), subject: subject.clone(), teacher };
        let assigned = self.assignment(class, subject).filter(|one| !one.books.is_shared());
        match assigned.map_or(1, |one| one.teachers().count()) {
            1 => vec![book(None)],
            several => (1..=several).filter_map(|n| u8::try_from(n).ok()).map(|n| book(Some(n))).collect(),
        }
    }

    fn assignment(&self, class: &ClassName, subject: &SubjectId) -> Option<&Assignment> {
        self.subjects(class).find(|one| one.subject == *subject)
    }

    /// Who must sign `signing_box`.
    ///
    /// Errors: no homeroom teacher, no teacher, or a box that names no class where its role needs one.
    pub fn holder(&self, signing_box: &SigningBox) -> Result<&Person, RosterFault> {
        let class = || {
            signing_box.class.as_ref().ok_or_else(|| RosterFault::Incomplete(signing_box.name.to_string()))
        };
        let subject = || {
            signing_box.subject.as_ref().ok_or_else(|| RosterFault::Incomplete(signing_box.name.to_string()))
        };
        let assignment = || -> Result<&Assignment, RosterFault> {
            let (class, subject) = (class()?, subject()?);
            self.assignments
                .iter()
                .find(|a| a.class == *class && a.subject == *subject)
                .ok_or_else(|| RosterFault::NoTeacher { class: class.clone(), subject: subject.clone() })
        };
        let homeroom = || {
            let class = class()?;
            self.homerooms.get(class).ok_or_else(|| RosterFault::NoHomeroom(class.clone()))
        };
        let id = match signing_box.role {
            Role::Gvcn => homeroom()?,
            Role::NguoiDeNghi if signing_box.subject.is_none() => homeroom()?,
            Role::Gvbm | Role::NguoiDeNghi => {
                let assignment = assignment()?;
                let number = usize::from(signing_box.teacher.unwrap_or(1).max(1));
                assignment.teachers().nth(number - 1).ok_or_else(|| RosterFault::NoTeacher {
                    class: assignment.class.clone(),
                    subject: assignment.subject.clone(),
                })?
            }
            Role::GvbmChuTri => &assignment()?.presiding,
            Role::HieuTruong => &self.principal,
            Role::ConDau => &self.stamp,
            Role::BanQuanTri => &self.admin_board,
            Role::VanPhong => &self.office,
        };
        self.person(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roster() -> Roster {
        let person = |id: &str| Person {
            id: id.parse().expect("an id"),
            name: id.into(),
            title: String::new(),
            certificate: Sha256::of(id.as_bytes()),
            picture: None,
        };
        let id = |text: &str| text.parse().expect("an id");
        Roster {
            format: FORMAT.into(),
            school: School {
                code: "HOAPHUONG".parse().expect("a code"),
                name: "Trường THCS Hoa Phượng".into(),
                authority: String::new(),
                place: String::new(),
                sample: true,
                ward: String::new(),
                province: String::new(),
                head_title: String::new(),
            },
            year: "2025-2026".parse().expect("a year"),
            people: ["HT", "QT", "VP", "GV", "DAU"].map(person).into(),
            principal: id("HT"),
            admin_board: id("QT"),
            office: id("VP"),
            stamp: id("DAU"),
            homerooms: BTreeMap::from([("6A1".parse().expect("a class"), id("GV"))]),
            assignments: Vec::new(),
            curriculum: Vec::new(),
        }
    }

    #[test]
    fn a_person_may_hold_several_roles_but_the_stamp_is_no_person() {
        let several = Roster { office: "QT".parse().expect("an id"), ..roster() };
        assert_eq!(several.check(), Ok(()));
        let one_token = Roster { stamp: "HT".parse().expect("an id"), ..roster() };
        assert_eq!(one_token.check(), Err(RosterFault::StampIsAPerson));
    }

    #[test]
    fn teachers_who_share_a_subject_keep_one_book_together_or_one_each() {
        let (class, subject): (ClassName, SubjectId) =
            ("6A1".parse().expect("a class"), "LSDL".parse().expect("a subject"));
        let id = |text: &str| -> PersonId { text.parse().expect("an id") };
        let taught = |books| Roster {
            assignments: vec![Assignment {
                class: class.clone(),
                subject: subject.clone(),
                teacher: id("GV"),
                presiding: id("GV"),
                colleagues: vec![id("VP")],
                parts: Vec::new(),
                books,
            }],
            ..roster()
        };
        let signers = |roster: &Roster| -> Vec<(Option<u8>, usize)> {
            let books = roster.teacher_books(&class, &subject).into_iter();
            let signers = |book: TeacherBookOf| {
                let teacher = book.teacher;
                (teacher, roster.signing_subjects(&DossierOf::SoDiemGv(book), &class, &[]).len())
            };
            books.map(signers).collect()
        };
        assert_eq!(signers(&taught(TeacherBooks::Shared)), [(None, 2)]);
        assert_eq!(signers(&taught(TeacherBooks::Own)), [(Some(1), 1), (Some(2), 1)]);
        assert_eq!(signers(&roster()), [(None, 1)], "what nobody is assigned to is refused when it is made");
        let subjects = [subject.clone()];
        let of = |of| taught(TeacherBooks::Own).signing_subjects(&of, &class, &subjects).len();
        assert_eq!(of(DossierOf::SoDiem(class.clone())), 2);
        assert_eq!(of(DossierOf::HocBa("HS0001".parse().expect("a pupil"))), 1);
        assert_eq!(of(DossierOf::BangTongHop(class.clone())), 0);
    }

    #[test]
    fn a_picture_has_a_size_that_fits_paper_and_a_person_without_one_is_written_as_before() {
        let mut with = roster();
        let picture = PersonPicture { sha256: Sha256::of(b"x"), width: 400, height: 300, width_mm: 36 };
        with.people[4].picture = Some(picture);
        assert_eq!(with.check(), Ok(()));
        assert_eq!(picture.size_mm(), (36.0, 27.0));
        for wrong in [
            PersonPicture { width_mm: 51, ..picture },
            PersonPicture { width_mm: 14, ..picture },
            PersonPicture { width: 1001, ..picture },
            PersonPicture { width: 100, height: 400, ..picture },
        ] {
            with.people[4].picture = Some(wrong);
            assert_eq!(with.check(), Err(RosterFault::Picture("DAU".parse().expect("an id"))), "{wrong:?}");
        }
        let written = serde_json::to_string(&roster().people[0]).expect("a person");
        assert!(!written.contains("picture"));
    }

    #[test]
    fn nobody_is_listed_twice_and_everybody_named_is_listed() {
        let mut twice = roster();
        twice.people[1].certificate = twice.people[0].certificate;
        assert_eq!(twice.check(), Err(RosterFault::Twice("QT".parse().expect("an id"))));
        let unknown = Roster { office: "XX".parse().expect("an id"), ..roster() };
        assert_eq!(unknown.check(), Err(RosterFault::UnknownPerson("XX".parse().expect("an id"))));
    }
}
