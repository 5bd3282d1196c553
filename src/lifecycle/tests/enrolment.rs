//! Enrolment as a table: what a rehearsal finds, who still has none, who confirms an authority, whose a
//! reader is.

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
