//! Who may sign because of an act, and which acts may be proposed and signed.

use std::ops::Range;

use school::act::{Act, Deed, FORMAT, TeachingPlace};
use school::digest::Sha256;
use school::dossier::DocumentKind;
use school::moment::Moment;
use school::plan::SigningBox;
use school::roster::{Person, Roster};

use super::sample::{
    BOOK, Story, certificate, digest, name, now, plan, roster, roster_digest, written, year,
};
use crate::lifecycle::act::{
    ActRefusal, Capacity, InForce, SignedAct, Stage, ask_to_propose, ask_to_sign_act, ask_to_withdraw,
};
use crate::lifecycle::event::{Entry, Event};
use crate::lifecycle::ledger::Ledger;

const DAY: i64 = 24 * 3600;

fn day(days: i64) -> Moment {
    now().plus_seconds(days * DAY)
}

fn act(deed: Deed) -> Act {
    Act {
        format: FORMAT.into(),
        school: written("HOAPHUONG"),
        roster: roster_digest(),
        number: "12/QĐ-THCSHP".into(),
        decided: day(-2),
        deed,
    }
}

/// From yesterday to tomorrow.
fn delegation(scope: &[DocumentKind]) -> Deed {
    Deed::Delegation { to: written("VP"), from: day(-1), until: day(1), scope: scope.to_vec() }
}

fn ky_thay(subject: Option<&str>) -> Deed {
    let absent = written(subject.unwrap_or("CN"));
    let places = vec![TeachingPlace { class: written("6A1"), subject: subject.map(written) }];
    let reason = "Nghỉ ốm.".into();
    Deed::KyThay { absent, colleague: written("QT"), from: day(-1), until: day(1), reason, places }
}

fn token_replaced(person: &str, old: &str, new: &str) -> Deed {
    Deed::TokenReplaced {
        person: written(person),
        old: certificate(old),
        new: certificate(new),
        from: day(-1),
    }
}

fn principal_changed(id: &str, with: &str) -> Deed {
    let person = Person {
        id: written(id),
        name: "Trịnh Bá Lộc".into(),
        title: "Hiệu trưởng".into(),
        certificate: certificate(with),
        picture: None,
    };
    Deed::PrincipalChanged { person, old: certificate("HT"), from: day(-1) }
}

fn stamp_changed() -> Deed {
    Deed::StampChanged { old: certificate("DAU"), new: certificate("DAU moi"), from: day(-1) }
}

fn signed(deeds: Vec<Deed>) -> Vec<SignedAct> {
    let known = |(number, deed)| SignedAct {
        sha256: digest(&format!("act {number}")),
        act: act(deed),
        since: day(-2),
    };
    (0..).zip(deeds).map(known).collect()
}

fn of_the_book(named: &str) -> SigningBox {
    plan(BOOK).find(&name(named)).expect("a box of the book").1.clone()
}

/// In which capacity `by` may sign a box of a class book at a moment, or the code of the refusal.
fn asked(acts: &[SignedAct], named: &str, by: Sha256, at: Moment) -> Result<Capacity, &'static str> {
    let roster = roster();
    let in_force = InForce::new(roster_digest(), &roster, acts);
    let bound = in_force.bound(DocumentKind::SoDiem, &of_the_book(named), by, at);
    bound.map(|bound| bound.capacity).map_err(|refusal| refusal.code())
}

const WRONG: Result<Capacity, &str> = Err("signing.wrong_person");
const OUTSIDE: Result<Capacity, &str> = Err("signing.outside_act");

#[test]
fn a_vice_principal_signs_the_principals_box_within_dates_and_scope_and_no_other() {
    let acts = signed(vec![delegation(&[DocumentKind::SoDiem])]);
    let deputy = certificate("VP");
    assert_eq!(asked(&acts, "HieuTruong", deputy, now()), Ok(Capacity::ForPrincipal));
    assert_eq!(
        asked(&acts, "HieuTruong", certificate("HT"), now()),
        Ok(Capacity::Own),
        "the principal still may"
    );
    assert_eq!(asked(&acts, "HieuTruong", certificate("QT"), now()), WRONG, "nobody else");
    assert_eq!(asked(&acts, "GVCN", deputy, now()), WRONG, "no box of a teacher");
    assert_eq!(asked(&acts, "ConDau", deputy, now()), WRONG, "not the stamp");
    assert_eq!(asked(&acts, "HieuTruong", deputy, day(2)), OUTSIDE, "after its end");
    assert_eq!(asked(&acts, "HieuTruong", deputy, day(-2)), OUTSIDE, "before its beginning");
    let transcripts = signed(vec![delegation(&[DocumentKind::HocBa])]);
    assert_eq!(asked(&transcripts, "HieuTruong", deputy, now()), OUTSIDE, "another kind of document");
    assert_eq!(asked(&[], "HieuTruong", deputy, now()), WRONG, "without an act");
}

#[test]
fn a_delegated_box_is_offered_to_the_vice_principal_alone_and_to_the_principal_when_nobody_else_is_named() {
    let offered = |acts: &[SignedAct], by: &str, at: Moment| {
        let roster = roster();
        let in_force = InForce::new(roster_digest(), &roster, acts);
        in_force.is_offered(DocumentKind::SoDiem, &of_the_book("HieuTruong"), certificate(by), at)
    };
    let acts = signed(vec![delegation(&[DocumentKind::SoDiem])]);
    assert!(offered(&acts, "VP", now()));
    assert!(!offered(&acts, "HT", now()));
    assert!(!offered(&acts, "QT", now()));
    assert!(offered(&acts, "HT", day(2)), "the delegation has ended");
    assert!(!offered(&acts, "VP", day(2)));
    assert!(offered(&[], "HT", now()), "without an act");
    let transcripts = signed(vec![delegation(&[DocumentKind::HocBa])]);
    assert!(offered(&transcripts, "HT", now()), "another kind of document");
}

#[test]
fn an_act_covers_nothing_before_the_register_knows_it_or_before_it_was_decided() {
    let mut acts = signed(vec![delegation(&[DocumentKind::SoDiem])]);
    acts[0].since = now();
    let deputy = certificate("VP");
    assert_eq!(asked(&acts, "HieuTruong", deputy, now().plus_seconds(-1)), WRONG);
    assert_eq!(asked(&acts, "HieuTruong", deputy, now()), Ok(Capacity::ForPrincipal));
    acts[0].act.decided = now().plus_seconds(60);
    assert_eq!(asked(&acts, "HieuTruong", deputy, now()), WRONG);
}

#[test]
fn a_colleague_signs_the_boxes_of_an_absent_teacher_that_the_act_names() {
    let colleague = certificate("QT");
    let subject = signed(vec![ky_thay(Some("TOAN"))]);
    assert_eq!(asked(&subject, "GVBM_TOAN", colleague, now()), Ok(Capacity::InPlace));
    assert_eq!(
        asked(&subject, "GVBM_TOAN", certificate("TOAN"), now()),
        Ok(Capacity::Own),
        "who came after all"
    );
    assert_eq!(asked(&subject, "GVBM_VAN", colleague, now()), WRONG, "another teacher's box");
    assert_eq!(asked(&subject, "HieuTruong", colleague, now()), WRONG);
    assert_eq!(asked(&subject, "GVBM_TOAN", colleague, day(2)), OUTSIDE, "the teacher is back");
    let homeroom = signed(vec![ky_thay(None)]);
    assert_eq!(asked(&homeroom, "GVCN", colleague, now()), Ok(Capacity::InPlace));
    let elsewhere = Deed::KyThay {
        absent: written("TOAN"),
        colleague: written("QT"),
        from: day(-1),
        until: day(1),
        reason: "Nghỉ ốm.".into(),
        places: vec![TeachingPlace { class: written("7A1"), subject: Some(written("TOAN")) }],
    };
    assert_eq!(asked(&signed(vec![elsewhere]), "GVBM_TOAN", colleague, now()), OUTSIDE, "another class");
}

#[test]
fn a_replaced_token_signs_no_more_and_says_why() {
    let acts = signed(vec![token_replaced("TOAN", "TOAN", "TOAN moi")]);
    let replaced = Err("signing.certificate_replaced");
    assert_eq!(asked(&acts, "GVBM_TOAN", certificate("TOAN moi"), now()), Ok(Capacity::Own));
    assert_eq!(asked(&acts, "GVBM_TOAN", certificate("TOAN"), now()), replaced);
    assert_eq!(asked(&acts, "GVBM_TOAN", certificate("TOAN moi"), day(-2)), replaced, "not yet");
    assert_eq!(asked(&acts, "GVBM_VAN", certificate("TOAN moi"), now()), WRONG);
}

#[test]
fn a_delegated_vice_principal_signs_with_the_token_in_force() {
    let acts = signed(vec![delegation(&[DocumentKind::SoDiem]), token_replaced("VP", "VP", "VP moi")]);
    assert_eq!(asked(&acts, "HieuTruong", certificate("VP moi"), now()), Ok(Capacity::ForPrincipal));
    assert_eq!(asked(&acts, "HieuTruong", certificate("VP"), now()), WRONG);
}

#[test]
fn a_new_principal_and_a_new_stamp_take_the_place_of_the_old_ones() {
    let acts = signed(vec![principal_changed("HT2", "HT2"), stamp_changed()]);
    assert_eq!(asked(&acts, "HieuTruong", certificate("HT2"), now()), Ok(Capacity::Own));
    assert_eq!(asked(&acts, "HieuTruong", certificate("HT"), now()), WRONG);
    assert_eq!(asked(&acts, "HieuTruong", certificate("HT"), day(-2)), Ok(Capacity::Own), "before");
    assert_eq!(asked(&acts, "ConDau", certificate("DAU moi"), now()), Ok(Capacity::Own));
    assert_eq!(asked(&acts, "ConDau", certificate("DAU"), now()), Err("signing.certificate_replaced"));
}

/// Whose signatures an act needs, or the code of the refusal.
fn proposed(roster: &Roster, acts: &[SignedAct], act: &Act) -> Result<Vec<Sha256>, &'static str> {
    let in_force = InForce::new(roster_digest(), roster, acts);
    ask_to_propose(&in_force, act, now()).map_err(|refusal| refusal.code())
}

#[test]
fn every_kind_of_act_needs_the_signatures_that_the_judge_asks_for() {
    let (head, stamp) = (certificate("HT"), certificate("DAU"));
    for (deed, signers) in [
        (delegation(&[DocumentKind::HocBa]), vec![head]),
        (ky_thay(Some("VAN")), vec![head]),
        (ky_thay(None), vec![head]),
        (token_replaced("TOAN", "TOAN", "TOAN moi"), vec![head]),
        (principal_changed("HT2", "HT2"), vec![certificate("HT2"), stamp]),
        (principal_changed("VP", "VP"), vec![certificate("VP"), stamp]),
        (stamp_changed(), vec![head, certificate("DAU moi")]),
    ] {
        assert_eq!(proposed(&roster(), &[], &act(deed.clone())), Ok(signers), "{deed:?}");
    }
}

#[test]
fn an_act_that_would_help_nobody_is_refused_before_anybody_signs_it() {
    let refused = |act: &Act| proposed(&roster(), &[], act).expect_err("refused");
    let good = || act(delegation(&[DocumentKind::HocBa]));
    assert_eq!(refused(&Act { roster: digest("roster of last year"), ..good() }), "act.other_roster");
    assert_eq!(refused(&Act { school: written("KHAC"), ..good() }), "act.other_roster");
    assert_eq!(refused(&Act { number: " ".into(), ..good() }), "act.malformed");
    assert_eq!(refused(&Act { decided: day(1), ..good() }), "act.too_early");
    let to = |person: &str, until| {
        let scope = vec![DocumentKind::HocBa];
        act(Deed::Delegation { to: written(person), from: day(-2), until, scope })
    };
    assert_eq!(refused(&to("HT", day(1))), "act.malformed", "to the principal");
    assert_eq!(refused(&to("DAU", day(1))), "act.malformed", "to the stamp");
    assert_eq!(refused(&to("VP", day(-1))), "act.over");
    let mut elsewhere = ky_thay(Some("TOAN"));
    if let Deed::KyThay { places, .. } = &mut elsewhere {
        places[0].subject = Some(written("VAN"));
    }
    assert_eq!(refused(&act(elsewhere)), "act.not_their_place");
    assert_eq!(refused(&act(token_replaced("TOAN", "VAN", "moi"))), "act.old_not_in_force");
    assert_eq!(refused(&act(token_replaced("TOAN", "TOAN", "VAN"))), "act.certificate_taken");
    assert_eq!(refused(&act(token_replaced("HT", "HT", "moi"))), "act.malformed", "the stamp must sign that");
    assert_eq!(refused(&act(principal_changed("HT2", "VAN"))), "act.certificate_taken");
    assert_eq!(refused(&act(principal_changed("DAU", "moi"))), "act.malformed");
    let later = Deed::StampChanged { old: certificate("DAU"), new: certificate("moi"), from: day(1) };
    assert_eq!(refused(&act(later)), "act.too_early");
}

#[test]
fn a_certificate_that_was_replaced_cannot_be_replaced_again() {
    let acts = signed(vec![token_replaced("TOAN", "TOAN", "TOAN moi")]);
    let again = act(token_replaced("TOAN", "TOAN", "TOAN khac"));
    assert_eq!(proposed(&roster(), &acts, &again), Err("act.old_not_in_force"));
    let next = act(token_replaced("TOAN", "TOAN moi", "TOAN khac"));
    assert_eq!(proposed(&roster(), &acts, &next), Ok(vec![certificate("HT")]));
    let back = act(token_replaced("TOAN", "TOAN moi", "TOAN"));
    assert_eq!(proposed(&roster(), &acts, &back), Err("act.certificate_taken"), "never again");
}

fn act_signed(principal: Option<Sha256>, stamp: Option<Sha256>) -> Event {
    Event::ActSigned { act: digest("act"), principal, stamp }
}

fn act_proposed() -> Event {
    Event::ActProposed {
        act: digest("act"),
        year: year(),
        signers: vec![certificate("HT2"), certificate("DAU")],
        record: None,
    }
}

#[test]
fn every_stage_of_an_act_has_its_answer_to_every_signer() {
    let mut story = Story::default();
    let by = |story: &Story, who: &str| ask_to_sign_act(&story.ledger.acts, digest("act"), certificate(who));
    let signers = ["HT2", "DAU", "HT"];
    let unknown = || Err(ActRefusal::Unknown(digest("act")));
    assert_eq!(signers.map(|who| by(&story, who)), [unknown(), unknown(), unknown()]);
    story.happens(act_proposed());
    assert_eq!(signers.map(|who| by(&story, who)), [Ok(()), Ok(()), Err(ActRefusal::WrongSigner)]);
    story.happens(act_signed(Some(certificate("HT2")), None));
    let done = || Err(ActRefusal::InForceAlready(digest("act")));
    assert_eq!(signers.map(|who| by(&story, who)), [done(), done(), done()]);
    assert!(matches!(story.ledger.acts.stage(&digest("act")), Some(Stage::InForce { outlives: true, .. })));
    assert_eq!(ask_to_withdraw(&story.ledger.acts, digest("act")), done(), "another act ends it");
}

#[test]
fn an_act_is_taken_back_only_while_a_signature_is_missing_and_nobody_signs_it_afterwards() {
    let mut story = Story::default();
    let withdrawn = Event::ActWithdrawn { act: digest("act"), by: written("QT") };
    let ask = |story: &Story| ask_to_withdraw(&story.ledger.acts, digest("act"));
    assert_eq!(ask(&story), Err(ActRefusal::Unknown(digest("act"))));
    story.happens(act_proposed());
    assert_eq!(ask(&story), Ok(()));
    story.happens(withdrawn.clone());
    let gone = || Err(ActRefusal::Withdrawn(digest("act")));
    assert_eq!(ask(&story), gone());
    assert_eq!(ask_to_sign_act(&story.ledger.acts, digest("act"), certificate("HT2")), gone());
    assert!(!story.ledger.may_attest(certificate("HT2")), "it waits for nobody any more");
    assert_eq!(withdrawn.once(), act_signed(None, None).once(), "the register takes one of the two");
    story.happens(act_signed(Some(certificate("HT2")), None));
    assert_eq!(story.ledger.acts.in_force(year(), ..), []);
}

#[test]
fn whoever_an_act_waits_for_may_attest_and_a_new_principal_takes_the_commissioned_place() {
    let mut story = Story::default();
    let (principal, stamp) = (certificate("HT"), certificate("DAU"));
    story.happens(Event::Commissioned { school: written("HOAPHUONG"), principal, stamp });
    let may = |story: &Story| ["HT", "DAU", "HT2", "CN"].map(|who| story.ledger.may_attest(certificate(who)));
    assert_eq!(may(&story), [true, true, false, false]);
    story.happens(act_proposed());
    assert_eq!(may(&story), [true, true, true, false]);
    story.happens(act_signed(Some(certificate("HT2")), None));
    assert_eq!(may(&story), [false, true, true, false]);
}

#[test]
fn acts_of_another_year_concern_this_one_only_where_they_bring_a_principal_or_a_stamp() {
    for (principal, concerned) in [(Some(certificate("HT2")), 1), (None, 0)] {
        let mut story = Story::default();
        story.happens(act_proposed());
        assert_eq!(story.ledger.acts.in_force(year(), ..), [], "not signed yet");
        story.happens(act_signed(principal, None));
        assert_eq!(story.ledger.acts.in_force(year(), ..).len(), 1);
        assert_eq!(story.ledger.acts.in_force(written("2026-2027"), ..).len(), concerned);
    }
}

#[test]
fn the_register_and_not_the_clock_says_which_acts_came_before_a_planning_of_the_same_second() {
    let mut ledger = Ledger::default();
    let mut entries = (0..).map(|seq| (seq, now()));
    let mut happens = |event: Event| {
        let (seq, time) = entries.next().expect("without end");
        ledger.apply(&Entry { seq, time, event });
        seq
    };
    // Digests are in the other order, so that nothing else puts the two in order.
    let (first, second) = (digest("first").max(digest("second")), digest("first").min(digest("second")));
    let mut signed = |act| {
        happens(Event::ActProposed { act, year: year(), signers: Vec::new(), record: None });
        happens(Event::ActSigned { act, principal: None, stamp: None })
    };
    let planned = signed(first) + 1;
    let end = signed(second) + 1;
    let known = |entries: Range<u64>| -> Vec<Sha256> {
        ledger.acts.in_force(year(), entries).into_iter().map(|(act, _)| act).collect()
    };
    assert_eq!(known(0..planned), [first]);
    assert_eq!(known(planned..end), [second]);
    assert_eq!(known(0..end), [first, second], "oldest first");
}
