//! Exports from their arrival to their correction: every stage with every question.

use school::dossier::Period;
use school::report::ReportKind;

use super::correcting;
use super::locking::{REOPENING, SECOND_LOCK, accept, answer, checked, decide, found_right, locked};
use super::sample::{BOOK, DECISION, Story, digest, id, plan, roster, written, year};
use crate::lifecycle::event::Event;
use crate::lifecycle::export;
use crate::lifecycle::lock::{ask_to_accept_differences, ask_to_lock, ask_to_reopen, ask_to_review};
use crate::lifecycle::review::Part;

const OK: Result<(), &str> = Ok(());
const NOT_ACCEPTED: Result<(), &str> = Err("export.not_accepted");
const NOT_LOCKED: Result<(), &str> = Err("export.not_locked");
const NOTHING: Result<(), &str> = Err("export.nothing_differs");
const OTHERS: Result<(), &str> = Err("export.not_your_part");
const DECIDED: Result<(), &str> = Err("export.period_decided");
const SIGNED: Result<(), &str> = Err("export.signed_already");

/// Lock of the class, lock of one pupil, reopening, differences, the own part, another person's part.
fn every_question(story: &Story) -> [Result<(), &'static str>; 6] {
    let (export, pupil) = (digest("export"), written("HS0001"));
    let (ledger, roster) = (&story.ledger, roster());
    let lock = |pupil| ask_to_lock(ledger, &roster, year(), &[export], pupil).map(drop);
    let review = |person| ask_to_review(ledger, &roster, export, &Part::Homeroom, &written(person));
    [
        lock(None),
        lock(Some(&pupil)),
        ask_to_reopen(ledger, year(), &[export]).map(drop),
        ask_to_accept_differences(ledger, year(), export),
        review("CN"),
        review("TOAN"),
    ]
    .map(|answer| answer.map_err(|refusal| refusal.code()))
}

/// A stage that is not listed here does not compile.
fn named(story: &Story) -> &'static str {
    match story.ledger.exports.stage(&digest("export")) {
        None => "unknown",
        Some(export::Stage::Taken) => "taken",
        Some(export::Stage::Refused(_)) => "refused",
        Some(export::Stage::Parts(_)) => "parts",
        Some(export::Stage::Kept(_)) => "kept",
        Some(export::Stage::Accepted(accepted)) => match (accepted.is_locked(), accepted.counts()) {
            (false, _) => "accepted",
            (true, true) => "locked",
            (true, false) => "corrected",
        },
    }
}

fn taken() -> Story {
    let mut story = Story::default();
    story.happens(Event::ExportTaken { sha256: digest("export"), bytes: 6 });
    story
}

/// What happened, and what happens then.
fn and<T>(mut story: Story, then: impl FnOnce(&mut Story) -> T) -> Story {
    then(&mut story);
    story
}

fn accepted_for(period: Period) -> Story {
    and(Story::default(), |story| accept(story, "export", period))
}

fn right() -> Story {
    and(accepted_for(Period::FullYear), |story| found_right(story, "export"))
}

/// A decision that locks what the export says of one pupil.
fn of_one_pupil() -> Event {
    Event::DossierBase {
        dossier: id(DECISION),
        sha256: digest("base"),
        boxes: digest("boxes"),
        plan: Box::new(plan(DECISION)),
        exports: vec![digest("export")],
        pupil: Some(written("HS0001")),
        supplements: None,
        corrects: Vec::new(),
        record: None,
    }
}

#[test]
fn every_export_that_is_not_accepted_answers_every_question_alike() {
    let export = digest("export");
    let refused = Event::ExportRefused { export, codes: vec!["export.unreadable".into()] };
    let parts = Event::ExportParts { export, parts: Vec::new() };
    let kept = Event::ExportKept { export, report: ReportKind::Conduct, year: year() };
    for (stage, story) in [
        ("unknown", Story::default()),
        ("taken", taken()),
        ("refused", and(taken(), |story| story.happens(refused))),
        ("parts", and(taken(), |story| story.happens(parts))),
        ("kept", and(taken(), |story| story.happens(kept))),
    ] {
        assert_eq!(named(&story), stage);
        assert_eq!(every_question(&story), [NOT_ACCEPTED; 6], "{stage}");
    }
}

#[test]
fn every_standing_of_an_export_before_its_lock_answers_every_question() {
    const DIFFERS: Result<(), &str> = Err("export.differs");
    const UNSEEN: Result<(), &str> = Err("export.not_reviewed");
    const WRONG: Result<(), &str> = Err("export.reviewed_wrong");
    const UNCHECKED: Result<(), &str> = Err("export.not_checked");
    const SNAPSHOT: Result<(), &str> = Err("export.snapshot");
    const TOO_EARLY: Result<(), &str> = Err("export.nothing_to_supplement");
    let (export, record) = (digest("export"), digest("reason"));
    let (gradebook, class) = (digest("gradebook"), written("6A1"));
    let unchecked =
        Event::ExportAccepted { export, gradebook, year: year(), class, period: Period::FullYear };
    let fresh = || accepted_for(Period::FullYear);
    let differing = || and(fresh(), |story| checked(story, "export", &["HS0001"], 0));
    let stands = || and(differing(), |story| story.happens(Event::DifferencesAccepted { export, record }));
    for (standing, story, expected) in [
        (
            "unchecked",
            and(taken(), |story| story.happens(unchecked)),
            [UNCHECKED, UNCHECKED, NOT_LOCKED, NOTHING, OK, OTHERS],
        ),
        (
            "incomplete",
            and(fresh(), |story| checked(story, "export", &[], 1)),
            [Err("export.incomplete"), UNSEEN, NOT_LOCKED, NOTHING, OK, OTHERS],
        ),
        ("differing", differing(), [DIFFERS, DIFFERS, NOT_LOCKED, OK, OK, OTHERS]),
        ("differences stand", stands(), [UNSEEN, UNSEEN, NOT_LOCKED, OK, OK, OTHERS]),
        ("checked", fresh(), [UNSEEN, UNSEEN, NOT_LOCKED, NOTHING, OK, OTHERS]),
        (
            "found wrong",
            and(right(), |story| answer(story, "export", None, false)),
            [WRONG, WRONG, NOT_LOCKED, NOTHING, OK, OTHERS],
        ),
        (
            "waived",
            and(fresh(), |story| story.happens(Event::ReviewWaived { export, record })),
            [OK, OK, NOT_LOCKED, NOTHING, OK, OTHERS],
        ),
        ("found right", right(), [OK, OK, NOT_LOCKED, NOTHING, OK, OTHERS]),
        (
            "snapshot",
            accepted_for(Period::Snapshot(1)),
            [SNAPSHOT, SNAPSHOT, NOT_LOCKED, NOTHING, OK, OTHERS],
        ),
        (
            "after the summer, book open",
            accepted_for(Period::AfterSummer),
            [TOO_EARLY, TOO_EARLY, NOT_LOCKED, NOTHING, OK, OTHERS],
        ),
        (
            "proposed",
            and(right(), |story| story.base(DECISION, vec![export])),
            [DECIDED, DECIDED, NOT_LOCKED, NOTHING, OK, OTHERS],
        ),
        (
            "proposed, then found wrong",
            and(right(), |story| {
                story.base(DECISION, vec![export]);
                answer(story, "export", None, false)
            }),
            [WRONG, WRONG, NOT_LOCKED, NOTHING, OK, OTHERS],
        ),
        (
            "decided, not closed",
            and(right(), |story| {
                story.base(DECISION, vec![export]);
                story.sign(DECISION, &["BanQuanTri", "HieuTruong"])
            }),
            [DECIDED, DECIDED, NOT_LOCKED, NOTHING, DECIDED, DECIDED],
        ),
    ] {
        assert_eq!(named(&story), "accepted", "{standing}");
        assert_eq!(every_question(&story), expected, "{standing}");
    }
}

#[test]
fn every_standing_of_an_export_from_its_lock_on_answers_every_question() {
    let export = digest("export");
    let reopened = || and(locked(), |story| decide(story, REOPENING, &["export"]));
    for (stage, standing, story, expected) in [
        ("locked", "nothing signed", locked(), [DECIDED, DECIDED, OK, DECIDED, DECIDED, DECIDED]),
        (
            "locked",
            "book signed",
            and(locked(), |story| story.sign(BOOK, &["GVCN"])),
            [DECIDED, DECIDED, SIGNED, DECIDED, DECIDED, DECIDED],
        ),
        (
            "locked",
            "reopening proposed",
            and(locked(), |story| story.base(REOPENING, vec![export])),
            [DECIDED, DECIDED, OK, DECIDED, DECIDED, DECIDED],
        ),
        (
            "locked",
            "the part of one pupil alone",
            and(right(), |story| {
                story.happens(of_one_pupil());
                story.sign(DECISION, &["BanQuanTri", "HieuTruong"]);
                story.close(DECISION)
            }),
            [OK, DECIDED, OK, DECIDED, DECIDED, DECIDED],
        ),
        ("accepted", "reopened", reopened(), [OK, OK, NOT_LOCKED, NOTHING, OK, OTHERS]),
        (
            "accepted",
            "another locked in its place",
            and(reopened(), |story| {
                accept(story, "corrected", Period::FullYear);
                decide(story, SECOND_LOCK, &["corrected"]);
            }),
            [DECIDED, DECIDED, NOT_LOCKED, NOTHING, OK, OTHERS],
        ),
        (
            "corrected",
            "a signed record took its place",
            correcting::carried_out(),
            [DECIDED, DECIDED, SIGNED, DECIDED, DECIDED, DECIDED],
        ),
    ] {
        assert_eq!(named(&story), stage, "{standing}");
        assert_eq!(every_question(&story), expected, "{standing}");
    }
}
