//! The roster and plans of a school year while they are drawn up on the pages: tables of the school, then a
//! certificate for each person, which comes with their rehearsal. Nothing of it is in force before principal
//! and stamp have signed what it becomes.

use std::collections::{BTreeMap, BTreeSet};

use school::digest::Sha256;
use school::dossier::DocumentKind;
use school::gradebook::Subject;
use school::identifier::{ClassName, PersonId, SchoolYear};
use school::plan::Templates;
use school::plan_choice::PlanChoice;
use school::role::Role;
use school::roster::{self, Assignment, Person, PersonPicture, Roster, School};
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::house::House;

/// The `format` of a draft.
const FORMAT: &str = "niemphong-draft/1";
/// Kinds of documents that a school may do without.
pub const OPTIONAL: [DocumentKind; 4] = [
    DocumentKind::SoDiemGv,
    DocumentKind::BangTongHop,
    DocumentKind::DanhSachXetDuyet,
    DocumentKind::SoDangBo,
];

/// What exactly one person, or the stamp, does for the whole school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Duty {
    /// Signs as principal.
    Principal,
    /// Signs for ban quản trị.
    AdminBoard,
    /// Signs for the office.
    Office,
    /// Is the stamp.
    Stamp,
}

impl Duty {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Principal, Self::AdminBoard, Self::Office, Self::Stamp];

    const fn role(self) -> Role {
        match self {
            Self::Principal => Role::HieuTruong,
            Self::AdminBoard => Role::BanQuanTri,
            Self::Office => Role::VanPhong,
            Self::Stamp => Role::ConDau,
        }
    }
}

/// A person of the draft, or the stamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drafted {
    /// Key in roster and register.
    pub id: PersonId,
    /// Full name as printed; for the stamp the school's.
    pub name: String,
    /// Title as printed.
    pub title: String,
    /// What they do for the whole school.
    pub duties: BTreeSet<Duty>,
    /// The certificate of their last green rehearsal, or of the roster before.
    pub certificate: Option<Sha256>,
    /// Carried over from the roster before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<PersonPicture>,
}

/// Who teaches what: homerooms, and subjects with their teachers.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Teaching {
    /// Homeroom teacher of each class.
    pub homerooms: BTreeMap<ClassName, PersonId>,
    /// Subjects of each class with their teachers.
    pub assignments: Vec<Assignment>,
    /// What the catalogue says of the subjects.
    pub curriculum: Vec<Subject>,
}

/// The draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    format: String,
    /// The school.
    pub school: School,
    /// The school year.
    pub year: SchoolYear,
    /// Everyone who may sign.
    pub people: Vec<Drafted>,
    /// Who teaches what.
    pub teaching: Teaching,
    /// Plans in the place of the default ones.
    pub plans: BTreeSet<PlanChoice>,
    /// Kinds of documents that the school does without.
    pub left_out: BTreeSet<DocumentKind>,
}

/// What keeps a draft from being signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lacking {
    /// Nobody has the duty.
    Nobody(Duty),
    /// More than one has it.
    Several(Duty),
    /// The person, by name, has no certificate yet.
    Certificate(String),
    /// Two people, by name, have the same certificate.
    SameCertificate(String, String),
    /// The stamp also stands in the place of a person.
    StampIsAPerson,
    /// Nobody teaches anything yet.
    Teaching,
    /// A class has no homeroom teacher.
    Homeroom(ClassName),
    /// A person is named by the classes who is not among the people.
    Unknown(PersonId),
}

impl Draft {
    /// An empty draft of a school.
    pub fn of(school: School, year: SchoolYear) -> Self {
        Self {
            format: FORMAT.into(),
            school,
            year,
            people: Vec::new(),
            teaching: Teaching::default(),
            plans: BTreeSet::new(),
            left_out: BTreeSet::new(),
        }
    }

    /// The next year begins with what is in force.
    pub fn after(roster: &Roster, year: SchoolYear) -> Self {
        let duties = |id: &PersonId| {
            let held = [
                (Duty::Principal, &roster.principal),
                (Duty::AdminBoard, &roster.admin_board),
                (Duty::Office, &roster.office),
                (Duty::Stamp, &roster.stamp),
            ];
            held.into_iter().filter(|(_, holder)| *holder == id).map(|(duty, _)| duty).collect()
        };
        let people = roster.people.iter().map(|person| Drafted {
            id: person.id.clone(),
            name: person.name.clone(),
            title: person.title.clone(),
            duties: duties(&person.id),
            certificate: Some(person.certificate),
            picture: person.picture,
        });
        let teaching = Teaching {
            homerooms: roster.homerooms.clone(),
            assignments: roster.assignments.clone(),
            curriculum: roster.curriculum.clone(),
        };
        Self { people: people.collect(), teaching, ..Self::of(roster.school.clone(), year) }
    }

    /// Takes another list of people; whoever was there before under the same code and name keeps certificate
    /// and picture.
    pub fn take_people(&mut self, people: Vec<Drafted>) {
        let before = std::mem::replace(&mut self.people, people);
        for person in &mut self.people {
            let same = before.iter().find(|one| one.id == person.id && one.name == person.name);
            if let Some(known) = same {
                (person.certificate, person.picture) = (known.certificate, known.picture);
            }
        }
    }

    /// Binds a person to the certificate that they rehearsed with.
    pub fn bind(&mut self, id: &PersonId, certificate: Sha256) {
        if let Some(person) = self.people.iter_mut().find(|one| one.id == *id) {
            person.certificate = Some(certificate);
        }
    }

    /// In which capacity somebody signs most: how the place on their rehearsal page is captioned.
    pub fn role(&self, person: &Drafted) -> Role {
        match person.duties.first() {
            Some(duty) => duty.role(),
            None if self.teaching.homerooms.values().any(|one| *one == person.id) => Role::Gvcn,
            None => Role::Gvbm,
        }
    }

    /// The plans that were chosen.
    pub fn templates(&self) -> Templates {
        let chosen = self.plans.iter().fold(Templates::default_for(self.year), |all, one| all.choose(*one));
        let kept = chosen.templates.into_iter().filter(|one| !self.left_out.contains(&one.kind));
        Templates { templates: kept.collect(), format: chosen.format, year: chosen.year }
    }

    /// The roster that it becomes, or everything that keeps it from becoming one.
    pub fn roster(&self) -> Result<Roster, Vec<Lacking>> {
        let mut lacking = Vec::new();
        let mut holder = |duty| {
            let mut holding = self.people.iter().filter(|one| one.duties.contains(&duty));
            match (holding.next(), holding.next()) {
                (Some(one), None) => Some(one.id.clone()),
                (None, _) => {
                    lacking.push(Lacking::Nobody(duty));
                    None
                }
                (Some(_), Some(_)) => {
                    lacking.push(Lacking::Several(duty));
                    None
                }
            }
        };
        let held = Duty::ALL.map(&mut holder);
        lacking.extend(self.lacking_teaching());
        let mut people: Vec<Person> = Vec::new();
        for one in &self.people {
            let Some(certificate) = one.certificate else {
                lacking.push(Lacking::Certificate(one.name.clone()));
                continue;
            };
            if let Some(twin) = people.iter().find(|other| other.certificate == certificate) {
                lacking.push(Lacking::SameCertificate(twin.name.clone(), one.name.clone()));
            }
            let (id, name, title) = (one.id.clone(), one.name.clone(), one.title.clone());
            people.push(Person { id, name, title, certificate, picture: one.picture });
        }
        let (true, [Some(principal), Some(admin_board), Some(office), Some(stamp)]) =
            (lacking.is_empty(), held)
        else {
            return Err(lacking);
        };
        let roster = Roster {
            format: roster::FORMAT.into(),
            school: self.school.clone(),
            year: self.year,
            people,
            principal,
            admin_board,
            office,
            stamp,
            homerooms: self.teaching.homerooms.clone(),
            assignments: self.teaching.assignments.clone(),
            curriculum: self.teaching.curriculum.clone(),
        };
        // Everything else that it checks was looked at above, by name.
        roster.check().map_err(|_| vec![Lacking::StampIsAPerson])?;
        Ok(roster)
    }

    fn lacking_teaching(&self) -> Vec<Lacking> {
        let Teaching { homerooms, assignments, .. } = &self.teaching;
        let mut lacking = Vec::new();
        if assignments.is_empty() {
            lacking.push(Lacking::Teaching);
        }
        let classes: BTreeSet<&ClassName> = assignments.iter().map(|one| &one.class).collect();
        let without = classes.into_iter().filter(|class| !homerooms.contains_key(*class));
        lacking.extend(without.map(|class| Lacking::Homeroom(class.clone())));
        let teachers = assignments.iter().flat_map(|one| one.teachers().chain([&one.presiding]));
        let named: BTreeSet<&PersonId> = homerooms.values().chain(teachers).collect();
        let unknown = named.into_iter().filter(|id| !self.people.iter().any(|one| one.id == **id));
        lacking.extend(unknown.map(|id| Lacking::Unknown(id.clone())));
        lacking
    }
}

impl House {
    /// What is being drawn up, if anything is.
    pub(super) fn draft(&self) -> Result<Option<Draft>, Fault> {
        let Some(form) = self.accounts.draft()? else { return Ok(None) };
        let draft: Draft = serde_json::from_str(&form).map_err(|_| Fault::unreadable_draft())?;
        if draft.format == FORMAT { Ok(Some(draft)) } else { Err(Fault::unreadable_draft()) }
    }

    /// Keeps it.
    pub(super) fn keep_draft(&self, draft: &Draft) -> Result<(), Fault> {
        let form = serde_json::to_string(draft).map_err(|_| Fault::unreadable_draft())?;
        Ok(self.accounts.keep_draft(&form)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        let school = School {
            code: "HOAPHUONG".parse().expect("a code"),
            name: "Trường THCS Hoa Phượng".into(),
            authority: "UBND PHƯỜNG PHƯỢNG VĨ".into(),
            place: "Hải Phòng".into(),
            sample: true,
            ward: String::new(),
            province: String::new(),
            head_title: String::new(),
        };
        let mut draft = Draft::of(school, "2026-2027".parse().expect("a year"));
        let person = |id: &str, duties: &[Duty]| Drafted {
            id: id.parse().expect("a person"),
            name: format!("Người {id}"),
            title: "Giáo viên".into(),
            duties: duties.iter().copied().collect(),
            certificate: None,
            picture: None,
        };
        draft.take_people(vec![
            person("HT", &[Duty::Principal]),
            person("QT", &[Duty::AdminBoard, Duty::Office]),
            person("DAU", &[Duty::Stamp]),
            person("GV", &[]),
        ]);
        draft.teaching.homerooms.insert("6A1".parse().expect("a class"), "GV".parse().expect("a person"));
        draft.teaching.assignments.push(Assignment {
            class: "6A1".parse().expect("a class"),
            subject: "TOAN".parse().expect("a subject"),
            teacher: "GV".parse().expect("a person"),
            presiding: "GV".parse().expect("a person"),
            colleagues: Vec::new(),
            parts: Vec::new(),
            books: roster::TeacherBooks::Shared,
        });
        draft
    }

    fn rehearsed(mut draft: Draft) -> Draft {
        for id in ["HT", "QT", "DAU", "GV"] {
            draft.bind(&id.parse().expect("a person"), Sha256::of(id.as_bytes()));
        }
        draft
    }

    #[test]
    fn a_draft_becomes_a_roster_once_everyone_has_rehearsed() {
        let open = draft().roster().expect_err("nobody has a certificate");
        assert_eq!(open.len(), 4);
        assert!(open.contains(&Lacking::Certificate("Người GV".into())));
        let roster = rehearsed(draft()).roster().expect("a roster");
        assert_eq!(roster.principal.as_str(), "HT");
        assert_eq!((roster.admin_board.as_str(), roster.office.as_str()), ("QT", "QT"));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let mut wrong = rehearsed(draft());
        wrong.people.retain(|one| one.id.as_str() != "GV");
        wrong.people[0].duties.clear();
        wrong.people[1].duties.insert(Duty::Stamp);
        wrong.people[1].certificate = wrong.people[0].certificate;
        wrong.teaching.homerooms.clear();
        let said = wrong.roster().expect_err("a wrong draft");
        for one in [
            Lacking::Nobody(Duty::Principal),
            Lacking::Several(Duty::Stamp),
            Lacking::SameCertificate("Người HT".into(), "Người QT".into()),
            Lacking::Homeroom("6A1".parse().expect("a class")),
            Lacking::Unknown("GV".parse().expect("a person")),
        ] {
            assert!(said.contains(&one), "{one:?} in {said:?}");
        }
    }

    #[test]
    fn the_stamp_stands_in_nobodys_place() {
        let mut wrong = rehearsed(draft());
        wrong.teaching.homerooms.insert("6A1".parse().expect("a class"), "DAU".parse().expect("a person"));
        assert_eq!(wrong.roster(), Err(vec![Lacking::StampIsAPerson]));
    }

    #[test]
    fn another_list_of_people_keeps_who_has_rehearsed_and_a_new_name_rehearses_again() {
        let mut known = rehearsed(draft());
        let mut people = draft().people;
        people[3].name = "Người khác".into();
        known.take_people(people);
        let with: Vec<bool> = known.people.iter().map(|one| one.certificate.is_some()).collect();
        assert_eq!(with, [true, true, true, false]);
    }

    #[test]
    fn the_next_year_begins_with_what_is_in_force() {
        let roster = rehearsed(draft()).roster().expect("a roster");
        let next = Draft::after(&roster, "2027-2028".parse().expect("a year"));
        let again = next.roster().expect("nothing is missing");
        assert_eq!(Roster { year: roster.year, ..again }, roster);
    }

    #[test]
    fn a_school_leaves_out_what_it_does_not_keep_and_chooses_its_plans() {
        let mut chosen = draft();
        chosen.plans.insert(PlanChoice::BookHomeroomOnly);
        chosen.left_out.insert(DocumentKind::SoDangBo);
        let plans = chosen.templates();
        assert!(!plans.provide(DocumentKind::SoDangBo) && plans.provide(DocumentKind::HocBa));
        let book = plans.templates.iter().find(|one| one.kind == DocumentKind::SoDiem).expect("a book");
        assert_eq!(book.turns, [Role::Gvcn, Role::HieuTruong, Role::ConDau]);
    }
}
