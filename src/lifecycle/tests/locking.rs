//! Soát trước, lock and reopening: who may say what when, and what a decision does to what was made.

use school::dossier::{DossierKey, Period};
use school::identifier::PupilId;

use super::sample::{
    BOOK, DECISION, Story, by_roster, digest, id, key, name, now, roster, roster_digest, standing, written,
    year,
};
use crate::lifecycle::dossier::{Refusal, Stage, Unchecked, ask_to_sign};
use crate::lifecycle::event::Event;
use crate::lifecycle::lock::{
    LockRefusal, ask_to_accept_differences, ask_to_go_on, ask_to_lock, ask_to_reopen, ask_to_review,
};
use crate::lifecycle::review::{NotReviewed, Part, ToReview, to_review};

pub const REOPENING: &str = "2025-2026_ca-nam_quyet-dinh-mo_0002";
pub const SECOND_LOCK: &str = "2025-2026_ca-nam_quyet-dinh-khoa_0003";

pub fn accept(story: &mut Story, export: &str, period: Period) {
    story.happens(Event::ExportTaken { sha256: digest(export), bytes: 6 });
    story.happens(Event::ExportAccepted {
        export: digest(export),
        gradebook: digest("gradebook"),
        year: year(),
        class: written("6A1"),
        period,
    });
    checked(story, export, &[], 0);
}

pub fn checked(story: &mut Story, export: &str, differing: &[&str], gaps: u32) {
    story.happens(Event::ExportChecked {
        export: digest(export),
        check: digest("check"),
        report: digest("report"),
        differing: differing.iter().copied().map(written).collect(),
        gaps,
    });
}

pub fn answer(story: &mut Story, export: &str, subject: Option<&str>, right: bool) {
    let (subject, person) = (subject.map(written), written(subject.unwrap_or("CN")));
    story.happens(Event::ExportReviewed { export: digest(export), subject, person, right, record: None });
}

pub fn found_right(story: &mut Story, export: &str) {
    for part in [None, Some("TOAN"), Some("VAN")] {
        answer(story, export, part, true);
    }
}

pub fn decide(story: &mut Story, decision: &str, exports: &[&str]) {
    story.base(decision, exports.iter().map(|export| digest(export)).collect());
    story.sign(decision, &["BanQuanTri", "HieuTruong"]);
    story.close(decision);
}

fn lock(story: &Story, export: &str, pupil: Option<&str>) -> Result<usize, &'static str> {
    let pupil: Option<PupilId> = pupil.map(written);
    ask_to_lock(&story.ledger, &roster(), year(), &[digest(export)], pupil.as_ref())
        .map(|allowed| allowed.len())
        .map_err(|refusal| refusal.code())
}

fn reopen(story: &Story, export: &str) -> Result<usize, LockRefusal> {
    ask_to_reopen(&story.ledger, year(), &[digest(export)]).map(|allowed| allowed.len())
}

/// An export that was found right and locked, and its class book.
pub fn locked() -> Story {
    let mut story = Story::default();
    accept(&mut story, "export", Period::FullYear);
    found_right(&mut story, "export");
    decide(&mut story, DECISION, &["export"]);
    story.base(BOOK, vec![digest("export")]);
    story
}

#[test]
fn a_class_is_proposed_when_every_teacher_found_their_part_right() {
    let mut story = Story::default();
    accept(&mut story, "export", Period::FullYear);
    assert_eq!(lock(&story, "export", None), Err("export.not_reviewed"));
    answer(&mut story, "export", None, true);
    answer(&mut story, "export", Some("TOAN"), true);
    let missing =
        story.ledger.exports.accepted().next().expect("one").1.review.check(&roster(), &written("6A1"));
    assert_eq!(missing, Err(NotReviewed::Missing(vec![Part::Subject(written("VAN"))])));
    answer(&mut story, "export", Some("VAN"), false);
    assert_eq!(lock(&story, "export", None), Err("export.reviewed_wrong"));
    answer(&mut story, "export", Some("VAN"), true);
    assert_eq!(lock(&story, "export", None), Ok(1), "the latest answer counts");
}

#[test]
fn a_class_that_the_roster_does_not_have_is_not_proposed_whoever_answers_or_does_without() {
    let mut story = Story::default();
    accept(&mut story, "export", Period::FullYear);
    found_right(&mut story, "export");
    let mut without = roster();
    without.homerooms.clear();
    let proposed = ask_to_lock(&story.ledger, &without, year(), &[digest("export")], None);
    assert_eq!(proposed.map_err(|refusal| refusal.code()).err(), Some("export.class_unknown"));
}

#[test]
fn a_class_is_held_up_by_whoever_has_not_looked_since_its_latest_data_came() {
    let mut story = Story::default();
    let waits = |story: &Story| -> Vec<String> {
        let latest = story.ledger.exports.latest_waiting(year());
        let all = to_review(latest.into_iter().map(|(_, one)| one), &roster());
        let one = |(person, own): (_, ToReview)| {
            let of: Vec<String> = own.of.iter().map(|(class, period)| format!("{class} {period}")).collect();
            format!("{person}: {} since {}", of.join(", "), own.since.unix())
        };
        all.into_iter().map(one).collect()
    };
    accept(&mut story, "export", Period::FullYear);
    let came = story.ledger.exports.accepted().next().expect("one").1.at.unix();
    let of = |person: &str, since| format!("{person}: 6A1 ca-nam since {since}");
    assert_eq!(waits(&story), ["CN", "TOAN", "VAN"].map(|person| of(person, came)));
    answer(&mut story, "export", Some("TOAN"), true);
    answer(&mut story, "export", Some("VAN"), false);
    assert_eq!(waits(&story), [of("CN", came)], "who found something wrong has answered");
    accept(&mut story, "corrected", Period::FullYear);
    let again = waits(&story);
    assert_eq!(again.len(), 3, "everybody looks at what came in its place: {again:?}");
    assert!(!again.contains(&of("CN", came)), "since the new one came: {again:?}");
    found_right(&mut story, "corrected");
    assert_eq!(waits(&story), Vec::<String>::new(), "nobody has to look at the first one any more");
}

#[test]
fn whoever_holds_up_two_classes_is_waited_for_since_the_first_and_nobody_once_the_principal_waived_it() {
    let mut story = Story::default();
    accept(&mut story, "term", Period::FirstTerm);
    accept(&mut story, "export", Period::FullYear);
    let all = |story: &Story| {
        let latest = story.ledger.exports.latest_waiting(year());
        to_review(latest.into_iter().map(|(_, one)| one), &roster())
    };
    let of_term = story.ledger.exports.accepted().find(|(_, one)| one.period == Period::FirstTerm);
    let own = ToReview {
        of: [(written("6A1"), Period::FirstTerm), (written("6A1"), Period::FullYear)].into(),
        since: of_term.expect("accepted").1.at,
    };
    assert_eq!(all(&story).get(&written("TOAN")), Some(&own));
    for export in ["term", "export"] {
        story.happens(Event::ReviewWaived { export: digest(export), record: digest("reason") });
    }
    assert!(all(&story).is_empty());
}

#[test]
fn a_decision_lists_accepted_exports_of_its_own_year_only() {
    let mut story = Story::default();
    accept(&mut story, "export", Period::FullYear);
    found_right(&mut story, "export");
    let ask = |year: &str, exports: &[&str]| {
        let exports: Vec<_> = exports.iter().map(|export| digest(export)).collect();
        let asked = ask_to_lock(&story.ledger, &roster(), written(year), &exports, None);
        asked.map(|allowed| allowed.len()).map_err(|refusal| refusal.code())
    };
    assert_eq!(ask("2025-2026", &["export"]), Ok(1));
    assert_eq!(ask("2025-2026", &["export", "never taken"]), Err("export.not_accepted"));
    assert_eq!(ask("2026-2027", &["export"]), Err("export.not_accepted"));
}

#[test]
fn a_waiver_stands_for_an_answer_that_is_missing_and_never_for_one_that_says_wrong() {
    let mut story = Story::default();
    accept(&mut story, "export", Period::FullYear);
    answer(&mut story, "export", None, true);
    story.happens(Event::ReviewWaived { export: digest("export"), record: digest("reason") });
    assert_eq!(lock(&story, "export", None), Ok(1));
    answer(&mut story, "export", Some("TOAN"), false);
    assert_eq!(lock(&story, "export", None), Err("export.reviewed_wrong"));
}

#[test]
fn nobody_answers_for_another_and_nobody_after_the_lock() {
    let mut story = Story::default();
    accept(&mut story, "export", Period::FullYear);
    let ask = |story: &Story, part: Part, person: &str| {
        ask_to_review(&story.ledger, &roster(), digest("export"), &part, &written(person))
            .map_err(|refusal| refusal.code())
    };
    assert_eq!(ask(&story, Part::Subject(written("TOAN")), "TOAN"), Ok(()));
    assert_eq!(ask(&story, Part::Subject(written("TOAN")), "VAN"), Err("export.not_your_part"));
    assert_eq!(ask(&story, Part::Homeroom, "HT"), Err("export.not_your_part"));
    found_right(&mut story, "export");
    decide(&mut story, DECISION, &["export"]);
    assert_eq!(ask(&story, Part::Homeroom, "CN"), Err("export.period_decided"));
}

#[test]
fn what_a_teacher_finds_wrong_after_the_proposal_keeps_the_decision_from_its_next_signature() {
    let mut story = Story::default();
    accept(&mut story, "export", Period::FullYear);
    found_right(&mut story, "export");
    story.base(DECISION, vec![digest("export")]);
    story.sign(DECISION, &["BanQuanTri"]);
    assert_eq!(ask_to_go_on(&story.ledger, &id(DECISION)), Ok(()));
    answer(&mut story, "export", Some("VAN"), false);
    assert_eq!(ask_to_go_on(&story.ledger, &id(DECISION)), Err(Refusal::FoundWrong(digest("export"))));
    answer(&mut story, "export", Some("VAN"), true);
    assert_eq!(ask_to_go_on(&story.ledger, &id(DECISION)), Ok(()), "it was a mistake");
}

#[test]
fn a_decision_in_which_something_is_wrong_gives_way_to_the_next_over_corrected_data() {
    let mut story = Story::default();
    accept(&mut story, "export", Period::FullYear);
    found_right(&mut story, "export");
    story.base(DECISION, vec![digest("export")]);
    accept(&mut story, "corrected", Period::FullYear);
    found_right(&mut story, "corrected");
    assert_eq!(
        lock(&story, "corrected", None),
        Err("export.period_decided"),
        "nothing is wrong in the first"
    );
    answer(&mut story, "export", Some("VAN"), false);
    assert_eq!(lock(&story, "export", None), Err("export.reviewed_wrong"));
    assert_eq!(lock(&story, "corrected", None), Ok(1));
    story.base(SECOND_LOCK, vec![digest("corrected")]);
    let first = &story.ledger.dossiers[&id(DECISION)];
    assert!(matches!(&first.stage, Stage::Withdrawn(withdrawn) if withdrawn.by == id(SECOND_LOCK)));
    // The teacher thinks better of it: still one decision alone locks the class.
    answer(&mut story, "export", Some("VAN"), true);
    assert!(story.ledger.dossiers[&id(DECISION)].open_boxes().is_empty());
    assert_eq!(lock(&story, "export", None), Err("export.period_decided"));
    assert_eq!(ask_to_go_on(&story.ledger, &id(SECOND_LOCK)), Ok(()));
}

#[test]
fn a_decision_about_another_class_or_period_gives_way_to_nobody() {
    let mut story = Story::default();
    for (export, period) in [("term", Period::FirstTerm), ("year", Period::FullYear)] {
        accept(&mut story, export, period);
        found_right(&mut story, export);
    }
    story.base(DECISION, vec![digest("term")]);
    answer(&mut story, "term", None, false);
    story.base(SECOND_LOCK, vec![digest("year")]);
    assert!(matches!(story.ledger.dossiers[&id(DECISION)].stage, Stage::AwaitingTurn(_)));
}

#[test]
fn a_word_that_could_not_be_heard_any_more_is_not_taken() {
    let mut story = Story::default();
    accept(&mut story, "export", Period::FullYear);
    found_right(&mut story, "export");
    let ask = |story: &Story| {
        ask_to_review(&story.ledger, &roster(), digest("export"), &Part::Homeroom, &written("CN"))
            .map_err(|refusal| refusal.code())
    };
    story.base(DECISION, vec![digest("export")]);
    assert_eq!(ask(&story), Ok(()), "proposed");
    story.happens(Event::SigningBegun {
        dossier: id(DECISION),
        signing_box: name("BanQuanTri"),
        certificate: super::sample::certificate("QT"),
        over: digest("base"),
    });
    assert_eq!(ask(&story), Err("export.period_decided"), "the token has it in hand");
    story.sign(DECISION, &["BanQuanTri"]);
    assert_eq!(ask(&story), Ok(()), "the principal has not signed yet");
    story.sign(DECISION, &["HieuTruong"]);
    assert_eq!(ask(&story), Err("export.period_decided"), "signed, not closed");
}

#[test]
fn a_snapshot_is_kept_and_never_locked() {
    let mut story = Story::default();
    accept(&mut story, "snapshot", Period::Snapshot(1));
    found_right(&mut story, "snapshot");
    assert_eq!(lock(&story, "snapshot", None), Err("export.snapshot"));
}

#[test]
fn a_full_year_after_a_signed_first_term_is_a_lock_of_its_own() {
    let mut story = Story::default();
    for (export, period) in [("term", Period::FirstTerm), ("year", Period::FullYear)] {
        accept(&mut story, export, period);
        found_right(&mut story, export);
    }
    decide(&mut story, DECISION, &["term"]);
    let book = "2025-2026_HK1_so-diem_6A1";
    story.base(book, vec![digest("term")]);
    story.sign(book, &["GVCN"]);
    assert_eq!(lock(&story, "year", None), Ok(1), "no correction");
    accept(&mut story, "other", Period::FirstTerm);
    found_right(&mut story, "other");
    assert_eq!(lock(&story, "other", None), Err("export.period_decided"));
}

#[test]
fn results_after_the_summer_wait_for_the_closed_book_of_the_year() {
    let mut story = locked();
    accept(&mut story, "summer", Period::AfterSummer);
    found_right(&mut story, "summer");
    assert_eq!(lock(&story, "summer", None), Err("export.nothing_to_supplement"));
    story.sign(BOOK, &["GVCN", "GVBM_TOAN", "GVBM_VAN", "HieuTruong", "ConDau"]);
    assert_eq!(lock(&story, "summer", None), Err("export.nothing_to_supplement"), "signed is not closed");
    story.close(BOOK);
    assert_eq!(lock(&story, "summer", None), Ok(1));
}

#[test]
fn a_pupil_who_leaves_is_locked_alone_and_the_class_later() {
    let mut story = Story::default();
    accept(&mut story, "export", Period::FullYear);
    found_right(&mut story, "export");
    let (decision, boxes) = (id(DECISION), ["BanQuanTri", "HieuTruong"]);
    story.happens(Event::DossierBase {
        dossier: decision,
        sha256: digest("base"),
        boxes: digest("boxes"),
        plan: Box::new(super::sample::plan(DECISION)),
        exports: vec![digest("export")],
        pupil: Some(written("HS0001")),
        supplements: None,
        corrects: Vec::new(),
        record: None,
    });
    assert_eq!(lock(&story, "export", Some("HS0001")), Err("export.period_decided"));
    assert_eq!(lock(&story, "export", Some("HS0002")), Ok(1));
    assert_eq!(lock(&story, "export", None), Ok(1), "the class is not locked by it");
    story.sign(DECISION, &boxes);
    story.close(DECISION);
    let accepted = story.ledger.exports.accepted().next().expect("one").1.clone();
    assert_eq!(accepted.lock_of(&written("HS0001")), Some(&id(DECISION)));
    assert_eq!((accepted.lock_of(&written("HS0002")), &accepted.locked_by), (None, &None));
}

#[test]
fn until_the_first_signature_a_closed_reopening_withdraws_what_was_made() {
    let mut story = locked();
    assert_eq!(reopen(&story, "export"), Ok(1));
    decide(&mut story, REOPENING, &["export"]);
    let book = &story.ledger.dossiers[&id(BOOK)];
    assert!(matches!(&book.stage, Stage::Withdrawn(withdrawn) if withdrawn.by == id(REOPENING)));
    assert!(book.open_boxes().is_empty());
    let standing = standing(super::sample::certificate("CN"));
    let asked = ask_to_sign(
        book,
        &name("GVCN"),
        (&by_roster(roster_digest(), &roster()), now()),
        (&standing, Unchecked::Refused),
    );
    assert_eq!(asked, Err(Refusal::Withdrawn(id(REOPENING))));
    assert_eq!(reopen(&story, "export"), Err(LockRefusal::NotLocked(digest("export"))));

    assert_eq!(lock(&story, "export", None), Ok(1), "the same export may be locked again");
    accept(&mut story, "corrected", Period::FullYear);
    found_right(&mut story, "corrected");
    assert_eq!(lock(&story, "corrected", None), Ok(1));
    decide(&mut story, SECOND_LOCK, &["corrected"]);
    assert_eq!(lock(&story, "export", None), Err("export.period_decided"));
    let next = story.ledger.to_be_made(&key(BOOK)).expect("a new version");
    assert_eq!(next, DossierKey { version: 2, ..key(BOOK) });
    story.base(next.id().as_str(), vec![digest("corrected")]);
    assert_eq!(story.ledger.to_be_made(&key(BOOK)), None);
    assert_eq!(story.ledger.current(&key(BOOK)).expect("made").0, &next.id());
    story.sign(next.id().as_str(), &["GVCN"]);
    assert_eq!(reopen(&story, "corrected"), Err(LockRefusal::SignedAlready(next.id())));
}

#[test]
fn an_export_in_whose_place_another_one_is_locked_waits_for_nobody_any_more() {
    let mut story = locked();
    let waiting = |story: &Story| {
        let all = story.ledger.exports.waiting(year()).map(|(export, _)| *export);
        all.collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(waiting(&story), [].into(), "locked");
    accept(&mut story, "snapshot", Period::Snapshot(1));
    accept(&mut story, "term", Period::FirstTerm);
    assert_eq!(waiting(&story), [digest("term")].into(), "another period waits, a snapshot never");
    decide(&mut story, REOPENING, &["export"]);
    accept(&mut story, "corrected", Period::FullYear);
    assert_eq!(waiting(&story), [digest("term"), digest("export"), digest("corrected")].into());
    decide(&mut story, SECOND_LOCK, &["corrected"]);
    assert_eq!(waiting(&story), [digest("term")].into(), "nobody has to look at the first one again");
}

#[test]
fn a_signature_and_a_reopening_never_both_win() {
    let mut story = locked();
    story.base(REOPENING, vec![digest("export")]);
    story.sign(REOPENING, &["BanQuanTri"]);
    assert_eq!(ask_to_go_on(&story.ledger, &id(BOOK)), Ok(()), "it is proposed, not decided");
    let mut signed_first = locked();
    signed_first.base(REOPENING, vec![digest("export")]);
    signed_first.sign(BOOK, &["GVCN"]);
    assert_eq!(ask_to_go_on(&signed_first.ledger, &id(REOPENING)), Err(Refusal::SignedMeanwhile(id(BOOK))));
    story.sign(REOPENING, &["HieuTruong"]);
    assert_eq!(ask_to_go_on(&story.ledger, &id(BOOK)), Err(Refusal::BeingReopened(id(REOPENING))));
}

#[test]
fn an_incomplete_class_is_never_locked_and_no_reason_heals_it() {
    let mut story = Story::default();
    accept(&mut story, "export", Period::FullYear);
    found_right(&mut story, "export");
    checked(&mut story, "export", &[], 3);
    assert_eq!(lock(&story, "export", None), Err("export.incomplete"));
    story.happens(Event::DifferencesAccepted { export: digest("export"), record: digest("reason") });
    assert_eq!(lock(&story, "export", None), Err("export.incomplete"));
    assert_eq!(lock(&story, "export", Some("HS1")), Ok(1), "one who leaves in mid-year has gaps by nature");
}

#[test]
fn differences_block_the_lock_until_the_principal_says_why_they_stand() {
    let mut story = Story::default();
    accept(&mut story, "export", Period::FullYear);
    found_right(&mut story, "export");
    let ask = |story: &Story| {
        ask_to_accept_differences(&story.ledger, year(), digest("export")).map_err(|refusal| refusal.code())
    };
    assert_eq!(ask(&story), Err("export.nothing_differs"));
    checked(&mut story, "export", &["HS1"], 0);
    assert_eq!(lock(&story, "export", None), Err("export.differs"));
    assert_eq!(lock(&story, "export", Some("HS1")), Err("export.differs"));
    assert_eq!(lock(&story, "export", Some("HS2")), Ok(1), "another pupil's differences are not theirs");
    assert_eq!(ask(&story), Ok(()));
    story.happens(Event::DifferencesAccepted { export: digest("export"), record: digest("reason") });
    assert_eq!(lock(&story, "export", None), Ok(1));
    decide(&mut story, DECISION, &["export"]);
    assert_eq!(ask(&story), Err("export.period_decided"));
}

#[test]
fn an_export_that_the_rules_did_not_see_is_not_locked() {
    let mut story = Story::default();
    story.happens(Event::ExportTaken { sha256: digest("export"), bytes: 6 });
    story.happens(Event::ExportAccepted {
        export: digest("export"),
        gradebook: digest("gradebook"),
        year: year(),
        class: written("6A1"),
        period: Period::FullYear,
    });
    found_right(&mut story, "export");
    assert_eq!(lock(&story, "export", None), Err("export.not_checked"));
}
