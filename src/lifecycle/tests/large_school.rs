//! A school of 30 classes and 47 people, and how often they come when every class is ready.

use std::collections::{BTreeMap, BTreeSet};

use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierKey, DossierOf, Period};
use school::identifier::{ClassName, PersonId, SubjectId};
use school::plan::{Plan, Templates};
use school::roster::{Assignment, Person, Roster, TeacherBooks};

use super::sample::{Story, by_roster, certificate, digest, now, roster, roster_digest, written, year};
use crate::lifecycle::dossier::Dossier;
use crate::lifecycle::event::Event;
use crate::lifecycle::round::Work;

/// What a class learns, and how many lessons a week: who teaches more lessons has fewer classes.
const SUBJECTS: [(&str, usize); 13] = [
    ("TOAN", 5),
    ("VAN", 5),
    ("ANH", 4),
    ("KHTN", 4),
    ("LSDL", 3),
    ("GDCD", 1),
    ("TIN", 1),
    ("CN", 2),
    ("GDTC", 2),
    ("NT", 2),
    ("HDTN", 3),
    ("GDDP", 1),
    ("TC", 1),
];
/// How many classes it has.
pub const CLASSES: usize = 30;
/// 43 teachers, ban quản trị, văn phòng, principal; the stamp is a 47th visitor at the reader.
pub const TEACHERS: usize = 43;
const PUPILS: usize = 45;

pub fn class(number: usize) -> ClassName {
    written(&format!("{}A{}", 6 + number % 4, 1 + number / 4))
}

/// 30 classes; each subject is taught by as many as its lessons need, and every class has a homeroom teacher
/// who teaches in it.
pub fn large_school() -> Roster {
    let teacher = |number: usize| -> PersonId { written(&format!("GV{number:02}")) };
    let lessons: usize = SUBJECTS.iter().map(|(_, lessons)| lessons * CLASSES).sum();
    let mut assignments = Vec::new();
    let mut before = 0;
    for (subject, weekly) in SUBJECTS {
        for number in 0..CLASSES {
            let by = teacher(before * TEACHERS / lessons);
            before += weekly;
            assignments.push(Assignment {
                class: class(number),
                subject: written(subject),
                teacher: by.clone(),
                presiding: by,
                colleagues: Vec::new(),
                parts: Vec::new(),
                books: TeacherBooks::Shared,
            });
        }
    }
    let mut homerooms: BTreeMap<ClassName, PersonId> = BTreeMap::new();
    for number in 0..CLASSES {
        let class = class(number);
        let mut in_it = assignments.iter().filter(|one| one.class == class).map(|one| one.teacher.clone());
        let free = in_it.find(|by| !homerooms.values().any(|taken| taken == by));
        homerooms.insert(class, free.expect("a teacher of the class without a class of their own"));
    }
    let sample = roster();
    let of_sample = ["QT", "VP", "HT", "DAU"].map(written);
    let ids = (0..TEACHERS).map(teacher).chain(of_sample);
    let person = |id: PersonId| {
        let certificate = certificate(&id.to_string());
        Person { name: format!("Người {id}"), title: "Giáo viên".into(), certificate, picture: None, id }
    };
    Roster { people: ids.map(person).collect(), homerooms, assignments, ..sample }
}

/// The same school with its first classes alone, in all of which one teacher teaches a subject.
pub fn eight_classes() -> (Roster, PersonId) {
    let mut roster = large_school();
    let kept: BTreeSet<ClassName> = (0..8).map(class).collect();
    roster.homerooms.retain(|class, _| kept.contains(class));
    roster.assignments.retain(|one| kept.contains(&one.class));
    let teacher: PersonId = written("GV42");
    for one in roster.assignments.iter_mut().filter(|one| one.subject == written("GDCD")) {
        (one.teacher, one.presiding) = (teacher.clone(), teacher.clone());
    }
    roster.check().expect("a roster");
    (roster, teacher)
}

/// The default plans without a kind that [`everything`] does not make.
pub fn plans() -> Templates {
    let mut plans = Templates::default_for(year());
    plans.templates.retain(|one| one.kind != DocumentKind::SoDangBo);
    plans
}

/// The documents of a class with their plans. Those that cite another one are made when that is closed.
pub fn documents(
    roster: &Roster,
    templates: &Templates,
    number: usize,
    pupils: usize,
) -> Vec<(DossierKey, Plan)> {
    let subjects: Vec<SubjectId> = SUBJECTS.map(|(subject, _)| written(subject)).into();
    let class = class(number);
    let pupil = |pupil: usize| DossierOf::HocBa(written(&format!("HS{number:02}{pupil:02}")));
    let of = [
        DossierOf::SoDiem(class.clone()),
        DossierOf::BangTongHop(class.clone()),
        DossierOf::DanhSachXetDuyet(class.clone()),
    ];
    let books = subjects.iter().flat_map(|subject| roster.teacher_books(&class, subject));
    let of = of.into_iter().chain((0..pupils).map(pupil)).chain(books.map(DossierOf::SoDiemGv));
    let planned = of.map(|of| {
        let key = DossierKey::new(year(), of, Period::FullYear);
        let signing = roster.signing_subjects(&key.of, &class, &subjects);
        let plan = templates.expand(&key, Some(&class), &signing, roster_digest(), digest("plans"));
        (key, plan.expect("a plan"))
    });
    planned.collect()
}

/// Every document of every class, as the default plans make them, and nothing signed yet.
pub fn everything(roster: &Roster, templates: &Templates) -> Vec<Dossier> {
    let mut story = Story::default();
    let classes = (0..CLASSES).flat_map(|number| documents(roster, templates, number, PUPILS));
    classes.map(|(key, plan)| made(&mut story, &key, plan, Vec::new())).collect()
}

pub fn made(story: &mut Story, key: &DossierKey, plan: Plan, exports: Vec<Sha256>) -> Dossier {
    story.happens(Event::DossierBase {
        dossier: key.id(),
        sha256: digest(&key.id().to_string()),
        boxes: digest("boxes"),
        plan: Box::new(plan),
        exports,
        pupil: None,
        supplements: None,
        corrects: Vec::new(),
        record: None,
    });
    story.ledger.dossiers[&key.id()].clone()
}

/// Visits of everyone, and of all together.
pub fn visits(roster: &Roster, templates: &Templates) -> (BTreeMap<PersonId, usize>, usize) {
    let all = everything(roster, templates);
    let people = by_roster(roster_digest(), roster);
    let visits = Work::of(&all, &people, now()).visits();
    let sum = visits.values().sum();
    (visits, sum)
}
