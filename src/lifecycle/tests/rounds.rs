//! Who is called in a round, and how often people come: a school of 30 classes and 47 people.

use std::collections::{BTreeMap, BTreeSet};

use school::dossier::{DocumentKind, DossierKey, DossierOf, Period};
use school::identifier::PersonId;
use school::plan::Templates;
use school::plan_choice::PlanChoice;
use school::role::Role;

use super::large_school::{CLASSES, TEACHERS, class, eight_classes, everything, large_school, plans, visits};
use super::locking::decide;
use super::sample::{BOOK, Story, by_roster, digest, id, name, now, roster, roster_digest, written, year};
use super::underway::{ROUND, Underway};
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::event::Event;
use crate::lifecycle::round::{
    Awaited, Late, Round, RoundNumber, RoundRefusal, Scope, Work, ask_to_close, ask_to_leave_out,
    ask_to_open, foreseen,
};

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

fn late(classes: std::ops::Range<usize>, awaited: Awaited) -> BTreeSet<Late> {
    classes.map(|number| (class(number), Period::FullYear, awaited)).collect()
}

#[test]
fn whoever_signs_in_eight_classes_is_not_called_while_three_are_ready_and_once_when_all_are() {
    let (roster, teacher) = eight_classes();
    let mut school = Underway::with(roster, plans());
    (0..3).for_each(|number| school.is_ready(number));
    let work = school.work();
    assert!(work.remaining()[&teacher].ready() > 0, "their books of three classes could be signed");
    let waiting = work.late();
    assert_eq!(waiting.keys().cloned().collect::<BTreeSet<_>>(), late(3..8, Awaited::Lock));
    assert!(waiting.values().all(|people| people.contains(&teacher)), "{waiting:?}");
    school.signs();
    assert_eq!(school.came(&teacher), 0, "five classes are not ready");
    (3..8).for_each(|number| school.is_ready(number));
    assert_eq!(school.work().late(), BTreeMap::new());
    school.signs();
    assert_eq!((school.came(&teacher), school.open()), (1, 0));
}

#[test]
fn where_late_classes_are_left_to_another_round_whoever_waited_for_them_is_called() {
    let (roster, teacher) = eight_classes();
    let mut school = Underway::with(roster.clone(), plans());
    (0..3).for_each(|number| school.is_ready(number));
    school.signs();
    let before = school.work().visits();
    (3..8).for_each(|number| school.leaves_out(number));
    let work = school.work();
    assert_eq!(work.late(), BTreeMap::new());
    assert!(
        work.visits().values().sum::<usize>() < before.values().sum(),
        "the others come in another round"
    );
    school.signs();
    assert_eq!((school.came(&teacher), school.open()), (1, 0), "three classes are signed whole");

    let another = |classes: std::ops::Range<usize>| {
        let classes = classes.map(class).collect();
        let scope = Scope { year: year(), classes, periods: [Period::FullYear].into() };
        ask_to_open(&school.story.ledger.rounds, &roster, &scope)
    };
    assert_eq!(another(3..8), Ok(RoundNumber(2)), "beside the first one");
    assert_eq!(another(2..8), Err(RoundRefusal::OpenAlready(ROUND)));
}

#[test]
fn whoever_has_nothing_to_do_with_a_late_class_does_not_wait_for_it() {
    let (roster, _) = eight_classes();
    let mut school = Underway::with(roster.clone(), plans());
    (0..7).for_each(|number| school.is_ready(number));
    let called = school.work().calls();
    let teaches_in_it = |id: &PersonId| roster.subjects(&class(7)).any(|one| one.teacher == *id);
    let homerooms = (0..7).map(|number| &roster.homerooms[&class(number)]);
    let (in_it, others): (Vec<_>, Vec<_>) = homerooms.partition(|id| teaches_in_it(id));
    assert!(!others.is_empty() && others.iter().all(|id| called.contains(id)), "{called:?}, {others:?}");
    assert!(![&roster.principal, &roster.stamp].into_iter().any(|id| called.contains(id)));
    assert!(!in_it.iter().any(|id| called.contains(id)), "{called:?}, {in_it:?}");
}

/// The large school, of which so many classes become ready at a time, in this order; everybody comes as they are
/// called. How many visits each time brought.
fn year_of_large_school(order: &[usize], together: usize) -> (Underway, Vec<usize>) {
    let mut school = Underway::with(large_school(), plans());
    let mut brought = Vec::new();
    for classes in order.chunks(together) {
        let before: usize = school.visits.values().sum();
        classes.iter().for_each(|number| school.is_ready(*number));
        school.signs();
        brought.push(school.visits.values().sum::<usize>() - before);
    }
    (school, brought)
}

/// Everything is signed, by as many visits of each person as when every class is ready at once: homeroom teachers sign
/// before the teachers of their class and, as teachers, after others', so that they come twice; nobody else does.
fn came_as_foreseen(school: &Underway) {
    assert_eq!(school.open(), 0, "everything is signed");
    assert_eq!(school.visits, visits(&school.roster, &plans()).0);
    let homerooms: BTreeSet<_> = school.roster.homerooms.values().collect();
    let twice: BTreeSet<_> =
        school.visits.iter().filter(|(_, count)| **count == 2).map(|(id, _)| id).collect();
    assert_eq!(twice, homerooms);
    let once = [&school.roster.principal, &school.roster.stamp];
    assert!(once.into_iter().all(|id| school.came(id) == 1), "{:?}", school.visits);
    // 30 homeroom teachers twice; 13 other teachers, the principal and the stamp once.
    assert_eq!(school.visits.values().sum::<usize>(), 75);
}

#[test]
fn classes_that_become_ready_five_and_fifteen_at_a_time_cost_as_many_visits_as_all_at_once() {
    let order: Vec<usize> = (0..CLASSES).collect();
    for together in [5, 15, CLASSES] {
        came_as_foreseen(&year_of_large_school(&order, together).0);
    }
}

#[test]
fn classes_that_become_ready_one_at_a_time_cost_as_many_visits_as_all_at_once() {
    let order: Vec<usize> = (0..CLASSES).collect();
    let (school, brought) = year_of_large_school(&order, 1);
    came_as_foreseen(&school);
    // What it costs: two thirds of the visits wait for the last class. Whoever is not to wait has a class left out.
    assert_eq!(brought.iter().rev().skip(1).sum::<usize>(), 25, "{brought:?}");
}

#[test]
fn classes_that_become_ready_one_at_a_time_in_another_order_cost_no_more() {
    // Seven and thirty have no divisor in common: every class once, and no two of a grade after each other.
    let order: Vec<usize> = (0..CLASSES).map(|number| number * 7 % CLASSES).collect();
    came_as_foreseen(&year_of_large_school(&order, 1).0);
}

#[test]
fn a_transcript_that_cites_the_class_book_is_reckoned_with_before_it_is_made() {
    let templates = plans().choose(PlanChoice::TranscriptHomeroomOnly);
    let (mut roster, _) = eight_classes();
    roster.homerooms.retain(|name, _| *name == class(0));
    roster.assignments.retain(|one| one.class == class(0));
    let homeroom = roster.homerooms[&class(0)].clone();
    let mut school = Underway::with(roster, templates);
    let foreseen = school.work().visits();
    assert_eq!(school.work().late().into_keys().collect::<BTreeSet<_>>(), late(0..1, Awaited::Lock));

    school.locks(0);
    assert_eq!(school.work().late().into_keys().collect::<BTreeSet<_>>(), late(0..1, Awaited::Making));
    school.makes(0, |kind| kind != DocumentKind::HocBa);
    let work = school.work();
    assert_eq!((work.late(), work.visits()), (BTreeMap::new(), foreseen.clone()), "transcripts are to come");
    let remaining = &work.remaining()[&homeroom];
    assert_eq!(remaining.unmade, [class(0)].into(), "and said to whoever is called before");
    assert!(work.calls().contains(&homeroom));
    school.signs();
    let book = DossierOf::SoDiem(class(0));
    let book = DossierKey::new(year(), book, Period::FullYear).id();
    assert!(matches!(school.story.ledger.dossiers[&book].stage, Stage::Signed(_)));
    let closing = school.work().late().into_keys().collect::<BTreeSet<_>>();
    assert_eq!(closing, late(0..1, Awaited::Making), "until the book is closed");

    school.story.close(book.as_str());
    school.makes(0, |kind| kind == DocumentKind::HocBa);
    assert_eq!(school.work().late(), BTreeMap::new());
    school.signs();
    assert_eq!((school.open(), &school.visits), (0, &foreseen));
}

#[test]
fn a_class_has_results_after_the_summer_when_they_have_come_in() {
    let mut story = Story::default();
    let scope =
        Scope { year: year(), classes: [written("6A1")].into(), periods: [Period::AfterSummer].into() };
    story.happens(Event::RoundOpened { round: ROUND, scope, record: None });
    let roster = roster();
    let late = |story: &Story| {
        let round = story.ledger.rounds.round(ROUND).expect("the round");
        let people = by_roster(roster_digest(), &roster);
        let work = Work::of_round(round, &story.ledger, &plans(), &people, now());
        work.late().into_keys().collect::<Vec<_>>()
    };
    assert_eq!(late(&story), []);
    super::locking::accept(&mut story, "export", Period::AfterSummer);
    assert_eq!(late(&story), [(written("6A1"), Period::AfterSummer, Awaited::Lock)]);
    decide(&mut story, "2025-2026_sau-he_quyet-dinh-khoa_0001", &["export"]);
    assert_eq!(late(&story), [], "what they are added to is closed first");
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
    let until_when = |id: &str| of(id).periods.keys().copied().collect::<Vec<_>>();
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
    let (mut opened, mut closed, mut two, mut second, mut left) =
        (Story::default(), Story::default(), Story::default(), Story::default(), Story::default());
    open(&mut left, 1, scope(this, &["6A1", "6A2"], &full));
    left.happens(Event::RoundClassLeftOut {
        round: RoundNumber(1),
        class: written("6A1"),
        period: Period::FullYear,
        record: None,
    });
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
    const OTHERS: Result<u32, &str> = Err("round.not_in_it");
    // The same, one that meets it, another class, another period, another year, without classes, without
    // periods, an unknown class; then the first and the second are closed; then 6A1 is left out of them.
    for (stages, story, opening, closing, leaving) in [
        (
            ["none", "none"],
            none,
            [Ok(1), Ok(1), Ok(1), Ok(1), Ok(1), EMPTY, EMPTY, UNKNOWN],
            [SHUT, SHUT],
            [SHUT, SHUT],
        ),
        (
            ["open", "none"],
            opened,
            [TWICE, TWICE, Ok(2), Ok(2), Ok(2), EMPTY, EMPTY, UNKNOWN],
            [Ok(1), SHUT],
            [Ok(1), SHUT],
        ),
        (
            ["open", "none"],
            left,
            [Ok(2), TWICE, TWICE, Ok(2), Ok(2), EMPTY, EMPTY, UNKNOWN],
            [Ok(1), SHUT],
            [OTHERS, SHUT],
        ),
        (
            ["closed", "none"],
            closed,
            [Ok(2), Ok(2), Ok(2), Ok(2), Ok(2), EMPTY, EMPTY, UNKNOWN],
            [SHUT, SHUT],
            [SHUT, SHUT],
        ),
        (
            ["open", "open"],
            two,
            [TWICE, TWICE, TWICE, Ok(3), Ok(3), EMPTY, EMPTY, UNKNOWN],
            [Ok(1), Ok(2)],
            [Ok(1), OTHERS],
        ),
        (
            ["closed", "open"],
            second,
            [TWICE, TWICE, Ok(3), Ok(3), Ok(3), EMPTY, EMPTY, UNKNOWN],
            [SHUT, Ok(2)],
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
        let answers = [1, 2].map(|round| {
            let asked = ask_to_leave_out(rounds, RoundNumber(round), (&written("6A1"), Period::FullYear));
            asked.map(|()| round).map_err(|refusal| refusal.code())
        });
        assert_eq!(answers, leaving, "leave out: {stages:?}");
    }
}
