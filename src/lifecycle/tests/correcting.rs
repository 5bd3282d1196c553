//! Corrections: every pair of standing and command, and what a signed record does to data and documents.

use school::plan::Templates;

use super::sample::{
    BOOK, DECISION, Story, certificate, digest, id, key, name, plan, roster_digest, written, year,
};
use crate::lifecycle::correction::{CaseId, Command, CorrectionRefusal, Standing, Step, ask, ask_to_open};
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::event::Event;
use crate::lifecycle::lock::ask_to_reopen;
use school::correction::Concerned;
use school::dossier::Period;

const REQUEST: &str = "2025-2026_ca-nam_phieu-de-nghi-sua_0001";
const RECORD: &str = "2025-2026_ca-nam_bien-ban-sua-chua_0001";
const TRANSCRIPT: &str = "2025-2026_ca-nam_hoc-ba_HS0001";
const OTHER: &str = "2025-2026_ca-nam_hoc-ba_HS0002";

pub fn opened(number: &str, before: &str, after: &str) -> Event {
    Event::CorrectionOpened {
        year: year(),
        number: written(number),
        before: digest(before),
        after: digest(after),
        changes: digest("changes"),
        pupils: vec![written("HS0001")],
        record: None,
    }
}

pub fn requested(number: &str) -> Event {
    let (person, record) = (written("TOAN"), digest("reason"));
    Event::CorrectionRequested { year: year(), number: written(number), person, record }
}

pub fn refused(number: &str) -> Event {
    let (person, record) = (written("HT"), digest("reason"));
    Event::CorrectionRefused { year: year(), number: written(number), person, record }
}

pub fn withdrawn(number: &str) -> Event {
    let (person, record) = (written("TOAN"), digest("reason"));
    Event::CorrectionWithdrawn { year: year(), number: written(number), person, record }
}

fn case() -> CaseId {
    CaseId { year: year(), number: written("0001") }
}

#[test]
fn every_step_of_a_case_has_its_moment() {
    use Standing::{CarriedOut, Consented, Opened, RecordSigned, Recorded, Refused, Requested, Withdrawn};
    const DO: Result<Step, &str> = Ok(Step::Take);
    const DONE: Result<Step, &str> = Ok(Step::Taken);
    const EARLY: Result<Step, &str> = Err("correction.not_consented");
    const LATE: Result<Step, &str> = Err("correction.carried_out");
    const ENDED: Result<Step, &str> = Err("correction.ended");
    const NONE: Result<Step, &str> = Err("correction.unknown");
    let commands = [Command::Request, Command::Record, Command::Refuse, Command::Withdraw];
    for (standing, expected) in [
        (None, [NONE, NONE, NONE, NONE]),
        (Some(Opened), [DO, EARLY, Err("correction.not_requested"), DO]),
        (Some(Requested), [DONE, EARLY, DO, DO]),
        (Some(Consented), [DONE, DO, DO, DO]),
        (Some(Recorded), [DONE, DONE, DO, DO]),
        (Some(RecordSigned), [DONE, DONE, LATE, LATE]),
        (Some(CarriedOut), [DONE, DONE, LATE, LATE]),
        (Some(Refused), [ENDED, ENDED, DONE, ENDED]),
        (Some(Withdrawn), [ENDED, ENDED, ENDED, DONE]),
    ] {
        let asked = commands.map(|command| ask(&case(), standing, command).map_err(|refusal| refusal.code()));
        assert_eq!(asked, expected, "{standing:?}");
    }
}

fn accept(story: &mut Story, export: &str) {
    story.happens(Event::ExportTaken { sha256: digest(export), bytes: 6 });
    story.happens(Event::ExportAccepted {
        export: digest(export),
        gradebook: digest("gradebook"),
        year: year(),
        class: written("6A1"),
        period: Period::FullYear,
    });
}

fn paper(story: &mut Story, dossier: &str, corrects: &[&str]) {
    let concerned = Concerned { subjects: vec![written("TOAN")], homeroom: false };
    let templates = Templates::default_for(year());
    let expanded = templates.expand_for(
        &key(dossier),
        Some(&written("6A1")),
        &concerned,
        roster_digest(),
        digest("plans"),
    );
    story.happens(Event::DossierBase {
        dossier: id(dossier),
        sha256: digest(&format!("{dossier} 0")),
        boxes: digest("boxes"),
        plan: Box::new(expanded.expect("a plan")),
        exports: vec![digest("export"), digest("other")],
        pupil: None,
        supplements: None,
        corrects: corrects.iter().map(|one| id(one)).collect(),
        record: None,
    });
}

/// A class whose book is closed, one transcript begun and another untouched; the other export says a mark of
/// the first pupil otherwise.
fn signed() -> Story {
    let mut story = Story::default();
    accept(&mut story, "export");
    story.base(DECISION, vec![digest("export")]);
    story.sign(DECISION, &["BanQuanTri", "HieuTruong"]);
    story.close(DECISION);
    for dossier in [BOOK, TRANSCRIPT, OTHER] {
        story.base(dossier, vec![digest("export")]);
    }
    story.sign(BOOK, &["GVCN", "GVBM_TOAN", "GVBM_VAN", "HieuTruong", "ConDau"]);
    story.close(BOOK);
    story.sign(TRANSCRIPT, &["GVBM_TOAN"]);
    accept(&mut story, "other");
    story
}

/// The same class after a signed record of correction took the place of what was locked first.
pub fn carried_out() -> Story {
    let mut story = signed();
    story.happens(opened("0001", "export", "other"));
    paper(&mut story, REQUEST, &[]);
    story.sign(REQUEST, &["NguoiDeNghi_TOAN", "HieuTruong"]);
    paper(&mut story, RECORD, &[BOOK]);
    story.sign(RECORD, &["NguoiDeNghi_TOAN", "BanQuanTri", "HieuTruong"]);
    story.close(RECORD);
    story
}

fn standing(story: &Story) -> Standing {
    story.ledger.corrections.get(&case()).expect("a case").standing(&story.ledger)
}

#[test]
fn a_signed_record_locks_the_corrected_data_and_calls_for_new_versions_of_what_it_names() {
    let mut story = signed();
    let plans = Templates::default_for(year());
    assert_eq!(ask_to_open(&story.ledger, &plans, &digest("export")), Ok(()));
    story.happens(opened("0001", "export", "other"));
    assert_eq!(standing(&story), Standing::Opened);
    assert_eq!(
        ask_to_open(&story.ledger, &plans, &digest("export")),
        Err(CorrectionRefusal::UnderWay(case())),
        "one case at a time"
    );
    story.happens(requested("0001"));
    paper(&mut story, REQUEST, &[]);
    assert_eq!(standing(&story), Standing::Requested);
    story.sign(REQUEST, &["NguoiDeNghi_TOAN"]);
    assert_eq!(standing(&story), Standing::Requested, "the principal has not agreed");
    story.sign(REQUEST, &["HieuTruong"]);
    assert_eq!(standing(&story), Standing::Consented);
    paper(&mut story, RECORD, &[BOOK, TRANSCRIPT]);
    story.sign(RECORD, &["NguoiDeNghi_TOAN", "BanQuanTri", "HieuTruong"]);
    assert_eq!(standing(&story), Standing::RecordSigned);
    let accepted = |story: &Story, of: &str| {
        let found = story.ledger.exports.accepted().find(|(export, _)| **export == digest(of));
        found.map(|(_, one)| (one.counts(), one.locked_by.clone())).expect("accepted")
    };
    assert_eq!(accepted(&story, "other"), (false, None), "nothing is locked before it is closed");
    story.close(RECORD);
    assert_eq!(standing(&story), Standing::CarriedOut);
    assert_eq!(accepted(&story, "other"), (true, Some(id(RECORD))));
    assert_eq!(accepted(&story, "export"), (false, Some(id(DECISION))));
    let ledger = &story.ledger;
    assert!(matches!(ledger.dossiers[&id(BOOK)].stage, Stage::Closed(_)), "what is closed stays closed");
    assert_eq!(ledger.dossiers[&id(BOOK)].corrected_by, Some(id(RECORD)));
    assert!(matches!(ledger.dossiers[&id(TRANSCRIPT)].stage, Stage::Withdrawn(_)), "signed no further");
    let next = |of: &str| ledger.to_be_made(&key(of)).map(|key| key.id());
    assert_eq!(next(BOOK), Some(id(&format!("{BOOK}_v2"))));
    assert_eq!(next(TRANSCRIPT), Some(id(&format!("{TRANSCRIPT}_v2"))));
    assert_eq!(next(OTHER), None, "a document that prints nothing of it goes on");
    assert_eq!(ledger.corrected_version(&key(&format!("{BOOK}_v2"))).map(|(of, _)| of), Some(&id(BOOK)));
    for export in ["export", "other"] {
        let reopened = ask_to_reopen(ledger, year(), &[digest(export)]).map(|allowed| allowed.len());
        assert_eq!(reopened.map_err(|refusal| refusal.code()), Err("export.signed_already"), "{export}");
    }
    assert_eq!(ask_to_open(ledger, &plans, &digest("other")), Ok(()), "and what is corrected can be again");
}

#[test]
fn a_case_that_is_refused_or_taken_back_stays_and_touches_nothing() {
    for (end, expected) in [(refused("0001"), Standing::Refused), (withdrawn("0001"), Standing::Withdrawn)] {
        let mut story = signed();
        let before = story.ledger.dossiers[&id(TRANSCRIPT)].clone();
        story.happens(opened("0001", "export", "other"));
        story.happens(requested("0001"));
        paper(&mut story, REQUEST, &[]);
        story.sign(REQUEST, &["NguoiDeNghi_TOAN"]);
        story.happens(end);
        assert_eq!(standing(&story), expected);
        assert!(
            matches!(story.ledger.dossiers[&id(REQUEST)].stage, Stage::Withdrawn(_)),
            "signed no further"
        );
        assert_eq!(story.ledger.dossiers[&id(TRANSCRIPT)], before);
        assert_eq!(story.ledger.to_be_made(&key(BOOK)), None);
        let plans = Templates::default_for(year());
        assert_eq!(ask_to_open(&story.ledger, &plans, &digest("export")), Ok(()), "it may be asked again");
    }
}

#[test]
fn a_signature_under_way_when_its_document_is_corrected_brings_it_back_to_nobody() {
    let mut story = signed();
    story.happens(opened("0001", "export", "other"));
    paper(&mut story, REQUEST, &[]);
    story.sign(REQUEST, &["NguoiDeNghi_TOAN", "HieuTruong"]);
    paper(&mut story, RECORD, &[TRANSCRIPT]);
    story.sign(RECORD, &["NguoiDeNghi_TOAN", "BanQuanTri", "HieuTruong"]);
    story.close(RECORD);
    story.happens(Event::DossierSigned {
        dossier: id(TRANSCRIPT),
        revision: 2,
        signing_box: name("GVBM_VAN"),
        certificate: certificate("VAN"),
        sha256: digest("late"),
    });
    let known = &story.ledger.dossiers[&id(TRANSCRIPT)];
    assert!(matches!(known.stage, Stage::Withdrawn(_)) && known.open_boxes().is_empty());
    assert_eq!(plan(TRANSCRIPT), known.plan);
}

#[test]
fn nothing_is_corrected_that_nobody_signed_for_or_that_the_plans_do_not_provide() {
    let mut story = Story::default();
    accept(&mut story, "export");
    story.base(DECISION, vec![digest("export")]);
    story.sign(DECISION, &["BanQuanTri", "HieuTruong"]);
    story.close(DECISION);
    story.base(BOOK, vec![digest("export")]);
    let plans = Templates::default_for(year());
    let code = |story: &Story, plans: &Templates| {
        ask_to_open(&story.ledger, plans, &digest("export")).map_err(|refusal| refusal.code())
    };
    assert_eq!(code(&story, &plans), Err("correction.nothing_signed"));
    story.sign(BOOK, &["GVCN"]);
    assert_eq!(code(&story, &plans), Ok(()));
    let older = Templates { templates: plans.templates[..4].to_vec(), ..plans };
    assert_eq!(code(&story, &older), Err("correction.not_provided"));
}
