//! Enrolment as a table: what a rehearsal finds, who still has none, who confirms an authority, whose a
//! reader is.

use school::digest::Sha256;
use school::identifier::ScreenId;
use school::limits::REHEARSAL_VALID_DAYS;
use school::moment::Moment;
use verification::pki::Standing;
use verification::report::{Revocation, Trust};

use super::sample::{Story, certificate, digest, roster, standing, written};
use crate::lifecycle::enrolment::{
    EnrolmentRefusal, ask_to_confirm_authority, ask_to_take_reader, ask_to_withdraw_authority, check_reader,
    findings, propose_authority,
};
use crate::lifecycle::event::{Capacity, Event};

fn rehearsed(person: &str, with: &str, codes: &[&str]) -> Event {
    Event::Rehearsed {
        person: written(person),
        certificate: certificate(with),
        token: digest("token"),
        page: codes.is_empty().then(|| digest("page")),
        codes: codes.iter().map(|code| (*code).to_owned()).collect(),
    }
}

#[test]
fn a_certificate_in_order_has_no_findings_and_everything_wrong_is_told_at_once() {
    let good = standing(certificate("CN"));
    assert_eq!(findings(&good), Vec::<&str>::new());
    let cases: [(Standing, &[&str]); 7] = [
        (Standing { roca: true, strong: false, ..good.clone() }, &["rehearsal.roca"]),
        (Standing { strong: false, ..good.clone() }, &["rehearsal.weak_key"]),
        (Standing { may_sign: false, ..good.clone() }, &["rehearsal.key_usage"]),
        (Standing { in_validity: false, ..good.clone() }, &["rehearsal.validity"]),
        (Standing { revocation: Revocation::Revoked, ..good.clone() }, &["rehearsal.revoked"]),
        (Standing { revocation: Revocation::Unchecked, ..good.clone() }, &["rehearsal.revocation_unchecked"]),
        (
            Standing {
                trust: Trust::Untrusted,
                revocation: Revocation::Unchecked,
                may_sign: false,
                ..good.clone()
            },
            &["rehearsal.key_usage", "rehearsal.authority_unknown"],
        ),
    ];
    for (standing, expected) in cases {
        assert_eq!(findings(&standing), expected);
    }
}

#[test]
fn who_has_no_green_rehearsal_of_the_last_days_with_their_own_certificate_is_named() {
    let mut story = Story::default();
    let people = roster().people;
    let missing = |story: &Story, now: Moment| -> Vec<String> {
        let missing = story.ledger.enrolment.without_green_rehearsal(&people, now);
        missing.into_iter().map(|person| person.id.to_string()).collect()
    };
    let at = story.happens(rehearsed("CN", "CN", &[]));
    story.happens(rehearsed("TOAN", "TOAN", &["token.pin_incorrect"]));
    story.happens(rehearsed("VAN", "another certificate", &[]));
    let now = missing(&story, at);
    assert!(!now.contains(&"CN".to_owned()), "green");
    for red in ["TOAN", "VAN", "QT"] {
        assert!(now.contains(&red.to_owned()), "{red}: red, with another certificate, or never");
    }
    let day = 24 * 60 * 60;
    assert!(!missing(&story, at.plus_seconds(REHEARSAL_VALID_DAYS * day)).contains(&"CN".to_owned()));
    assert!(missing(&story, at.plus_seconds(REHEARSAL_VALID_DAYS * day + 1)).contains(&"CN".to_owned()));
    story.happens(rehearsed("CN", "CN", &["token.gone"]));
    assert!(missing(&story, at).contains(&"CN".to_owned()), "what failed last counts");
}

#[test]
fn an_authority_needs_two_people_who_typed_its_fingerprint() {
    let mut story = Story::default();
    let ca = certificate("CA");
    let (admin, principal) = (written("QT"), written("HT"));
    let typed = ca.to_string().to_uppercase();
    let with_colons: Vec<&str> = (0..64).step_by(2).map(|at| &typed[at..at + 2]).collect();
    let with_colons = with_colons.join(":");
    let ask =
        |story: &Story, typed: &str, by| ask_to_confirm_authority(&story.ledger.enrolment, ca, typed, by);
    let admins = (&admin, Capacity::Admin);
    assert_eq!(ask(&story, &typed, admins), Err(EnrolmentRefusal::NotProposed(ca)));
    let proposed = propose_authority(&story.ledger.enrolment, ca, true).expect("proposed");
    story.happens(proposed);
    assert_eq!(propose_authority(&story.ledger.enrolment, ca, true), None, "once");
    let other = digest("other").to_string();
    assert_eq!(ask(&story, &other, admins), Err(EnrolmentRefusal::OtherFingerprint(ca)));
    let first = ask(&story, &with_colons, admins).expect("confirmed").expect("an event");
    story.happens(first);
    assert_eq!(ask(&story, &typed, admins), Ok(None), "again is nothing new");
    assert_eq!(story.ledger.enrolment.confirmed_authorities().count(), 0, "one is not enough");
    let same = ask(&story, &typed, (&admin, Capacity::Principal));
    assert_eq!(same, Err(EnrolmentRefusal::SamePerson(admin.clone())));
    let second =
        ask(&story, &typed, (&principal, Capacity::Principal)).expect("confirmed").expect("an event");
    story.happens(second);
    assert_eq!(story.ledger.enrolment.confirmed_authorities().collect::<Vec<_>>(), [(ca, true)]);
}

#[test]
fn either_of_two_ends_the_trust_in_an_authority_and_both_have_to_compare_anew() {
    let mut story = Story::default();
    let ca = certificate("CA");
    let both = [(written("QT"), Capacity::Admin), (written("HT"), Capacity::Principal)];
    let trusted = |story: &Story| story.ledger.enrolment.confirmed_authorities().count() == 1;
    for (who, capacity) in &both {
        let withdraw = |story: &Story| {
            ask_to_withdraw_authority(&story.ledger.enrolment, ca, (who, *capacity), digest("why"))
        };
        assert_eq!(withdraw(&story), Err(EnrolmentRefusal::NotConfirmed(ca)), "nobody trusts it");
        if let Some(proposed) = propose_authority(&story.ledger.enrolment, ca, true) {
            story.happens(proposed);
        }
        for (by, capacity) in &both {
            assert!(!trusted(&story), "{capacity:?}: one is not enough, also the second time");
            let typed = ca.to_string();
            let asked = ask_to_confirm_authority(&story.ledger.enrolment, ca, &typed, (by, *capacity));
            let confirmed = asked.expect("confirmed").expect("an event");
            story.happens(confirmed);
        }
        assert!(trusted(&story));
        assert_eq!(story.ledger.enrolment.distrusted_authorities().count(), 0);
        let withdrawn = withdraw(&story).expect("withdrawn");
        let at = story.happens(withdrawn);
        assert!(!trusted(&story), "at once");
        assert_eq!(story.ledger.enrolment.distrusted_authorities().collect::<Vec<_>>(), [ca]);
        let known = story.ledger.enrolment.authorities[&ca].withdrawn.clone().expect("it is told");
        assert_eq!((known.by, known.capacity, known.at), (who.clone(), *capacity, at));
        assert_eq!(known.record, digest("why"));
    }
}

#[test]
fn a_reader_belongs_to_one_screen_until_it_is_taken_away() {
    let mut story = Story::default();
    let (office, staff_room): (ScreenId, ScreenId) = (written("van-phong-1"), written("phong-gv"));
    let reader = "ACS ACR38U 00 00";
    let take = |story: &Story, screen| ask_to_take_reader(&story.ledger.enrolment, reader, screen);
    let refused = check_reader(&story.ledger.enrolment, reader, &office);
    assert_eq!(refused, Err(EnrolmentRefusal::ReaderOfNoScreen(reader.into())));
    let taken = take(&story, &office).expect("free").expect("an event");
    story.happens(taken);
    assert_eq!(check_reader(&story.ledger.enrolment, reader, &office), Ok(()));
    assert_eq!(take(&story, &office), Ok(None), "again is nothing new");
    let other = EnrolmentRefusal::ReaderOfOtherScreen { reader: reader.into(), screen: office.clone() };
    assert_eq!(take(&story, &staff_room), Err(other.clone()));
    assert_eq!(check_reader(&story.ledger.enrolment, reader, &staff_room), Err(other));
    story.happens(Event::ReaderAssigned { reader: reader.into(), screen: None, record: None });
    assert!(take(&story, &staff_room).expect("free again").is_some());
    for unnamed in ["", "   ", &"x".repeat(65)] {
        let asked = ask_to_take_reader(&story.ledger.enrolment, unnamed, &office);
        assert_eq!(asked, Err(EnrolmentRefusal::ReaderUnnamed));
    }
}

/// Who trusts the authority of the tests; a capacity that is not listed here does not compile.
fn trusted_by(story: &Story) -> &'static str {
    let Some(known) = story.ledger.enrolment.authorities.get(&certificate("CA")) else { return "unknown" };
    let (mut admin, mut principal) = (false, false);
    for capacity in known.confirmed.keys() {
        match capacity {
            Capacity::Admin => admin = true,
            Capacity::Principal => principal = true,
        }
    }
    match (admin, principal, known.withdrawn.is_some()) {
        (false, false, false) => "nobody",
        (true, false, false) => "admin",
        (false, true, false) => "principal",
        (true, true, false) => "both",
        (false, false, true) => "nobody again",
        (true, false, true) => "admin again",
        (false, true, true) => "principal again",
        (true, true, true) => "both again",
    }
}

/// What may be asked about an authority.
#[derive(Debug, Clone, Copy)]
enum Asked {
    Propose,
    Confirm(&'static str, Capacity),
    Mistype,
    Withdraw(&'static str, Capacity),
}

fn asked(story: &Story, question: Asked) -> Result<Option<Event>, EnrolmentRefusal> {
    let (state, ca) = (&story.ledger.enrolment, certificate("CA"));
    let confirm = |typed: Sha256, who: &str, capacity| {
        ask_to_confirm_authority(state, ca, &typed.to_string(), (&written(who), capacity))
    };
    match question {
        Asked::Propose => Ok(propose_authority(state, ca, true)),
        Asked::Confirm(who, capacity) => confirm(ca, who, capacity),
        Asked::Mistype => confirm(digest("other"), "QT", Capacity::Admin),
        Asked::Withdraw(who, capacity) => {
            ask_to_withdraw_authority(state, ca, (&written(who), capacity), digest("why")).map(Some)
        }
    }
}

/// A standing, the way to it, and what each question leads to or the code of its refusal.
type Row<'a> = (&'a str, &'a [Asked], [Result<&'a str, &'a str>; 8]);

#[test]
fn every_standing_of_an_authority_answers_every_question() {
    use Asked::{Confirm, Mistype, Propose, Withdraw};
    use Capacity::{Admin, Principal};
    const SAME: Result<&str, &str> = Err("enrolment.same_person");
    const OTHER: Result<&str, &str> = Err("enrolment.other_fingerprint");
    const NONE: Result<&str, &str> = Err("enrolment.authority_not_proposed");
    const UNTRUSTED: Result<&str, &str> = Err("enrolment.authority_not_confirmed");
    const DONE: Result<&str, &str> = Ok("nothing new");
    let (admin, principal) = (Confirm("QT", Admin), Confirm("HT", Principal));
    let withdraw = Withdraw("HT", Principal);
    let questions = [
        Propose,
        admin,
        principal,
        Confirm("HT", Admin),
        Confirm("QT", Principal),
        Mistype,
        Withdraw("QT", Admin),
        withdraw,
    ];
    let table: [Row; 9] = [
        ("unknown", &[], [Ok("nobody"), NONE, NONE, NONE, NONE, NONE, UNTRUSTED, UNTRUSTED]),
        (
            "nobody",
            &[Propose],
            [DONE, Ok("admin"), Ok("principal"), Ok("admin"), Ok("principal"), OTHER, UNTRUSTED, UNTRUSTED],
        ),
        (
            "admin",
            &[Propose, admin],
            [DONE, DONE, Ok("both"), Ok("admin"), SAME, OTHER, UNTRUSTED, UNTRUSTED],
        ),
        (
            "principal",
            &[Propose, principal],
            [DONE, Ok("both"), DONE, SAME, Ok("principal"), OTHER, UNTRUSTED, UNTRUSTED],
        ),
        (
            "both",
            &[Propose, admin, principal],
            [DONE, DONE, DONE, SAME, SAME, OTHER, Ok("nobody again"), Ok("nobody again")],
        ),
        (
            "nobody again",
            &[Propose, admin, principal, withdraw],
            [
                DONE,
                Ok("admin again"),
                Ok("principal again"),
                Ok("admin again"),
                Ok("principal again"),
                OTHER,
                UNTRUSTED,
                UNTRUSTED,
            ],
        ),
        (
            "admin again",
            &[Propose, admin, principal, withdraw, admin],
            [DONE, DONE, Ok("both again"), Ok("admin again"), SAME, OTHER, UNTRUSTED, UNTRUSTED],
        ),
        (
            "principal again",
            &[Propose, admin, principal, withdraw, principal],
            [DONE, Ok("both again"), DONE, SAME, Ok("principal again"), OTHER, UNTRUSTED, UNTRUSTED],
        ),
        (
            "both again",
            &[Propose, admin, principal, withdraw, principal, admin],
            [DONE, DONE, DONE, SAME, SAME, OTHER, Ok("nobody again"), Ok("nobody again")],
        ),
    ];
    for (stage, way, expected) in table {
        let reach = || {
            let mut story = Story::default();
            for step in way {
                let event = asked(&story, *step).expect("allowed").expect("an event");
                story.happens(event);
            }
            story
        };
        assert_eq!(trusted_by(&reach()), stage);
        for (question, outcome) in questions.into_iter().zip(expected) {
            let mut story = reach();
            let found = asked(&story, question).map(|event| {
                event.map_or("nothing new", |event| {
                    story.happens(event);
                    trusted_by(&story)
                })
            });
            assert_eq!(found.map_err(|refusal| refusal.code()), outcome, "{stage}: {question:?}");
        }
    }
}

#[test]
fn every_standing_of_a_reader_answers_every_screen() {
    const FREE: Result<&str, &str> = Err("enrolment.reader_of_no_screen");
    const OTHER: Result<&str, &str> = Err("enrolment.reader_of_other_screen");
    let (office, staff_room): (ScreenId, ScreenId) = (written("van-phong-1"), written("phong-gv"));
    let reader = "ACS ACR38U 00 00";
    let assigned = |screen: Option<&ScreenId>| Event::ReaderAssigned {
        reader: reader.into(),
        screen: screen.cloned(),
        record: None,
    };
    // The office takes it, the staff room takes it, the office greets there, the staff room greets there.
    for (standing, events, expected) in [
        ("new", vec![], [Ok("taken"), Ok("taken"), FREE, FREE]),
        ("the office's", vec![Some(&office)], [Ok("nothing new"), OTHER, Ok("greets"), OTHER]),
        ("the staff room's", vec![Some(&staff_room)], [OTHER, Ok("nothing new"), OTHER, Ok("greets")]),
        ("taken away", vec![Some(&office), None], [Ok("taken"), Ok("taken"), FREE, FREE]),
    ] {
        let mut story = Story::default();
        for screen in events {
            story.happens(assigned(screen));
        }
        let state = &story.ledger.enrolment;
        let take = |screen| {
            let asked = ask_to_take_reader(state, reader, screen);
            asked.map(|event| event.map_or("nothing new", |_| "taken"))
        };
        let greet = |screen| check_reader(state, reader, screen).map(|()| "greets");
        let answers = [take(&office), take(&staff_room), greet(&office), greet(&staff_room)];
        assert_eq!(answers.map(|answer| answer.map_err(|refusal| refusal.code())), expected, "{standing}");
    }
}
