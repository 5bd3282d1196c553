//! Who is called in a round, and how often people come: a school of 30 classes and 47 people.

use std::collections::{BTreeMap, BTreeSet};

use school::dossier::{DocumentKind, DossierKey, DossierOf, Period};
use school::identifier::{ClassName, PersonId, SubjectId};
use school::plan::{Plan, Templates};
use school::plan_choice::PlanChoice;
use school::role::Role;
use school::roster::{Assignment, Person, Roster, TeacherBooks};

use super::sample::{
    BOOK, Story, by_roster, certificate, digest, id, name, now, roster, roster_digest, written, year,
};
use crate::lifecycle::dossier::Dossier;
use crate::lifecycle::event::Event;
use crate::lifecycle::round::{
    Round, RoundNumber, RoundRefusal, Scope, Work, ask_to_close, ask_to_open, foreseen,
};

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
const CLASSES: usize = 30;
/// 43 teachers, ban quản trị, văn phòng, principal; the stamp is a 47th visitor at the reader.
const TEACHERS: usize = 43;
const PUPILS: usize = 45;

fn class(number: usize) -> ClassName {
    written(&format!("{}A{}", 6 + number % 4, 1 + number / 4))
}

/// 30 classes; each subject is taught by as many as its lessons need, and every class has a homeroom teacher
/// who teaches in it.
fn large_school() -> Roster {
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

/// Every document of every class, as the default plans make them, and nothing signed yet.
fn everything(roster: &Roster, templates: &Templates) -> Vec<Dossier> {
    let subjects: Vec<SubjectId> = SUBJECTS.map(|(subject, _)| written(subject)).into();
    let mut story = Story::default();
    let mut all = Vec::new();
    for number in 0..CLASSES {
        let class = class(number);
        let pupil = |pupil: usize| DossierOf::HocBa(written(&format!("HS{number:02}{pupil:02}")));
        let of = [
            DossierOf::SoDiem(class.clone()),
            DossierOf::BangTongHop(class.clone()),
            DossierOf::DanhSachXetDuyet(class.clone()),
        ];
        let books = subjects.iter().flat_map(|subject| roster.teacher_books(&class, subject));
        let of = of.into_iter().chain((0..PUPILS).map(pupil)).chain(books.map(DossierOf::SoDiemGv));
        for of in of {
            let key = DossierKey::new(year(), of, Period::FullYear);
            let signing = roster.signing_subjects(&key.of, &class, &subjects);
            let plan = templates.expand(&key, Some(&class), &signing, roster_digest(), digest("plans"));
            all.push(made(&mut story, &key, plan.expect("a plan")));
        }
    }
    all
}

fn made(story: &mut Story, key: &DossierKey, plan: Plan) -> Dossier {
    story.happens(Event::DossierBase {
        dossier: key.id(),
        sha256: digest(&key.id().to_string()),
        boxes: digest("boxes"),
        plan: Box::new(plan),
        exports: Vec::new(),
        pupil: None,
        supplements: None,
        corrects: Vec::new(),
        record: None,
    });
    story.ledger.dossiers[&key.id()].clone()
}

/// Visits of everyone, and of all together.
fn visits(roster: &Roster, templates: &Templates) -> (BTreeMap<PersonId, usize>, usize) {
    let all = everything(roster, templates);
    let people = by_roster(roster_digest(), roster);
    let visits = Work::of(&all, &people, now()).visits();
    let sum = visits.values().sum();
    (visits, sum)
}

#[test]
fn in_a_school_of_30_classes_and_47_people_nobody_comes_more_than_twice() {
    let roster = large_school();
    roster.check().expect("a roster");
    assert_eq!((roster.people.len(), roster.homerooms.len()), (47, 30));
    let (visits, sum) = visits(&roster, &Templates::default_for(year()));
    let often: Vec<_> = visits.iter().filter(|(_, count)| **count > 2).collect();
    assert!(often.is_empty(), "{often:?}");
    assert_eq!(visits.len(), TEACHERS + 2, "every teacher, the principal and the stamp");
    assert!(sum <= 80, "{sum} visits");
}

#[test]
fn fewer_people_come_twice_where_the_homeroom_teacher_signs_the_class_book_last() {
    let roster = large_school();
    let mut templates = Templates::default_for(year());
    let book =
        templates.templates.iter_mut().find(|one| one.turns.contains(&Role::Gvbm)).expect("the class book");
    book.turns = vec![Role::Gvbm, Role::Gvcn, Role::HieuTruong, Role::ConDau];
    let (other, sum) = visits(&roster, &templates);
    let (_, by_default) = visits(&roster, &Templates::default_for(year()));
    assert!(other.values().all(|count| *count <= 2), "{other:?}");
    assert!(sum <= by_default, "teachers first: {sum} visits, {by_default} by default");
}

/// The default plans without a kind that [`everything`] does not make.
fn plans() -> Templates {
    let mut plans = Templates::default_for(year());
    plans.templates.retain(|one| one.kind != DocumentKind::SoDangBo);
    plans
}

#[test]
fn what_each_plan_costs_in_visits_is_foreseen_before_any_document_is_made() {
    let roster = large_school();
    let people = by_roster(roster_digest(), &roster);
    let by_plan = foreseen(&plans(), &people, now());
    assert_eq!(by_plan.iter().map(|one| one.choice).collect::<Vec<_>>(), PlanChoice::ALL);
    for one in &by_plan {
        let default = [PlanChoice::BookHomeroomFirst, PlanChoice::TranscriptTeachersFirst];
        assert_eq!(one.in_force, default.contains(&one.choice), "{}", one.choice);
        match one.choice {
            // A transcript without subject teachers is made when the class book that speaks for them is closed.
            PlanChoice::TranscriptHomeroomOnly => {
                let again = |id: &PersonId| one.visits[id] > 1;
                assert!(roster.homerooms.values().chain([&roster.principal, &roster.stamp]).all(again));
                assert!(one.again() >= CLASSES + 2 && one.sum() > by_plan[0].sum(), "{:?}", one.visits);
            }
            PlanChoice::TranscriptSignedElsewhere => {
                assert!(one.sum() <= by_plan[0].sum(), "{:?}", one.visits);
            }
            choice => {
                let made = visits(&roster, &plans().choose(choice)).0;
                assert_eq!(one.visits, made, "{choice}: as when everything was made");
            }
        }
    }
    let mut no_transcripts = plans();
    no_transcripts.templates.retain(|one| one.kind != DocumentKind::HocBa);
    let kinds = foreseen(&no_transcripts, &people, now());
    assert!(kinds.iter().all(|one| one.choice.kind() == DocumentKind::SoDiem), "nothing of what is not kept");
}

#[test]
fn nobody_is_called_twice_in_vain_and_everything_is_signed_in_the_end() {
    let roster = large_school();
    let all = everything(&roster, &Templates::default_for(year()));
    let people = by_roster(roster_digest(), &roster);
    let work = Work::of(&all, &people, now());
    let called = work.calls();
    let remaining = work.remaining();
    assert!(called.iter().all(|id| remaining[id].ready() > 0), "whoever is called has something to sign");
    let homerooms: BTreeSet<_> = roster.homerooms.values().collect();
    assert!(called.iter().all(|id| homerooms.contains(id)), "the others come once, later: {called:?}");
    let blocked: Vec<usize> = called.iter().map(|id| remaining[id].blocks).collect();
    assert!(blocked.is_sorted_by(|one, next| one >= next), "who blocks most comes first: {blocked:?}");
}

fn small_work(signed: &[&str]) -> Work {
    let mut story = Story::default();
    story.base(BOOK, Vec::new());
    story.sign(BOOK, signed);
    let roster = roster();
    Work::of(story.ledger.dossiers.values(), &by_roster(roster_digest(), &roster), now())
}

#[test]
fn a_person_is_called_when_the_turn_is_theirs_and_sees_what_comes_later() {
    let called = |signed: &[&str]| -> Vec<String> {
        small_work(signed).calls().iter().map(ToString::to_string).collect()
    };
    assert_eq!(called(&[]), ["CN"]);
    assert_eq!(called(&["GVCN"]), ["TOAN", "VAN"]);
    assert_eq!(called(&["GVCN", "GVBM_VAN", "GVBM_TOAN"]), ["HT"]);
    let remaining = small_work(&["GVCN"]).remaining();
    let of = |id: &str| &remaining[&written::<PersonId>(id)];
    assert_eq!((of("TOAN").ready(), of("TOAN").blocks, of("TOAN").later), (1, 1, 0));
    assert_eq!((of("HT").ready(), of("HT").blocks, of("HT").later), (0, 0, 1));
    let until_when = |id: &str| of(id).periods.iter().copied().collect::<Vec<_>>();
    assert_eq!((until_when("TOAN"), until_when("HT")), (vec![Period::FullYear], vec![Period::FullYear]));
    assert!(of("TOAN").since.is_some() && of("HT").since.is_none());
    assert!(!remaining.contains_key(&written::<PersonId>("CN")), "who has signed is left in peace");
}

#[test]
fn a_halted_dossier_waits_for_no_signer() {
    let mut story = Story::default();
    story.base(BOOK, Vec::new());
    story.happens(Event::DossierRefused {
        dossier: id(BOOK),
        signing_box: name("GVCN"),
        record: digest("why"),
    });
    let roster = roster();
    let work = Work::of(story.ledger.dossiers.values(), &by_roster(roster_digest(), &roster), now());
    assert_eq!(work, Work::default());
}

#[test]
fn a_round_is_opened_once_over_classes_of_the_roster_and_closed_once() {
    let mut story = Story::default();
    let scope = |classes: &[&str]| Scope {
        year: year(),
        classes: classes.iter().map(|class| written(class)).collect(),
        periods: [Period::FullYear].into(),
    };
    let open = |story: &Story, scope: &Scope| ask_to_open(&story.ledger.rounds, &roster(), scope);
    assert_eq!(open(&story, &scope(&[])), Err(RoundRefusal::Empty));
    assert_eq!(open(&story, &scope(&["9Z"])), Err(RoundRefusal::UnknownClass(written("9Z"))));
    let first = RoundNumber(1);
    assert_eq!(open(&story, &scope(&["6A1"])), Ok(first));
    assert_eq!(ask_to_close(&story.ledger.rounds, first), Err(RoundRefusal::NotOpen(first)));
    story.happens(Event::RoundOpened { round: first, scope: scope(&["6A1"]), record: None });
    assert_eq!(open(&story, &scope(&["6A1"])), Err(RoundRefusal::OpenAlready(first)));
    let term = Scope { periods: [Period::FirstTerm].into(), ..scope(&["6A1"]) };
    assert_eq!(open(&story, &term), Ok(RoundNumber(2)), "another period");
    assert_eq!(ask_to_close(&story.ledger.rounds, first), Ok(()));
    story.happens(Event::RoundClosed { round: first, record: None });
    assert_eq!(ask_to_close(&story.ledger.rounds, first), Err(RoundRefusal::NotOpen(first)));
    assert_eq!(open(&story, &scope(&["6A1"])), Ok(RoundNumber(2)));
}

#[test]
fn every_standing_of_a_round_answers_every_question() {
    let roster = {
        let mut roster = roster();
        roster.homerooms.insert(written("6A2"), written("CN"));
        roster
    };
    let scope = |year: &str, classes: &[&str], periods: &[Period]| Scope {
        year: written(year),
        classes: classes.iter().map(|class| written(class)).collect(),
        periods: periods.iter().copied().collect(),
    };
    let (this, full) = ("2025-2026", [Period::FullYear]);
    let same = || scope(this, &["6A1"], &full);
    let next_class = || scope(this, &["6A2"], &full);
    let scopes = [
        same(),
        scope(this, &["6A1", "6A2"], &full),
        next_class(),
        scope(this, &["6A1"], &[Period::FirstTerm]),
        scope("2026-2027", &["6A1"], &full),
        scope(this, &[], &full),
        scope(this, &["6A1"], &[]),
        scope(this, &["9Z"], &full),
    ];
    let open = |story: &mut Story, round, scope| {
        story.happens(Event::RoundOpened { round: RoundNumber(round), scope, record: None });
    };
    let close = |story: &mut Story, round| {
        story.happens(Event::RoundClosed { round: RoundNumber(round), record: None });
    };
    let none = Story::default();
    let (mut opened, mut closed, mut two, mut second) =
        (Story::default(), Story::default(), Story::default(), Story::default());
    for story in [&mut opened, &mut closed, &mut two, &mut second] {
        open(story, 1, same());
    }
    close(&mut closed, 1);
    open(&mut two, 2, next_class());
    close(&mut second, 1);
    open(&mut second, 2, same());

    // A state that is not listed here does not compile.
    let named = |story: &Story, round| match story.ledger.rounds.round(RoundNumber(round)) {
        None => "none",
        Some(Round { closed: None, .. }) => "open",
        Some(Round { closed: Some(_), .. }) => "closed",
    };
    const TWICE: Result<u32, &str> = Err("round.open_already");
    const EMPTY: Result<u32, &str> = Err("round.empty");
    const UNKNOWN: Result<u32, &str> = Err("round.unknown_class");
    const SHUT: Result<u32, &str> = Err("round.not_open");
    // The same, one that meets it, another class, another period, another year, without classes, without
    // periods, an unknown class; then the first and the second are closed.
    for (stages, story, opening, closing) in [
        (["none", "none"], none, [Ok(1), Ok(1), Ok(1), Ok(1), Ok(1), EMPTY, EMPTY, UNKNOWN], [SHUT, SHUT]),
        (["open", "none"], opened, [TWICE, TWICE, Ok(2), Ok(2), Ok(2), EMPTY, EMPTY, UNKNOWN], [Ok(1), SHUT]),
        (
            ["closed", "none"],
            closed,
            [Ok(2), Ok(2), Ok(2), Ok(2), Ok(2), EMPTY, EMPTY, UNKNOWN],
            [SHUT, SHUT],
        ),
        (["open", "open"], two, [TWICE, TWICE, TWICE, Ok(3), Ok(3), EMPTY, EMPTY, UNKNOWN], [Ok(1), Ok(2)]),
        (
            ["closed", "open"],
            second,
            [TWICE, TWICE, Ok(3), Ok(3), Ok(3), EMPTY, EMPTY, UNKNOWN],
            [SHUT, Ok(2)],
        ),
    ] {
        assert_eq!([1, 2].map(|round| named(&story, round)), stages);
        let rounds = &story.ledger.rounds;
        let answers = scopes.each_ref().map(|scope| {
            let asked = ask_to_open(rounds, &roster, scope);
            asked.map(|number| number.0).map_err(|refusal| refusal.code())
        });
        assert_eq!(answers, opening, "open: {stages:?}");
        let answers = [1, 2].map(|round| {
            let asked = ask_to_close(rounds, RoundNumber(round));
            asked.map(|()| round).map_err(|refusal| refusal.code())
        });
        assert_eq!(answers, closing, "close: {stages:?}");
    }
}
