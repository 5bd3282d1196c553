//! What a whole story adds up to, and what an event out of place does: nothing.

use school::digest::Sha512;
use school::dossier::Period;

use super::sample::{BOOK, DECISION, Story, certificate, digest, id, name, plan, planned, written, year};
use crate::lifecycle::deposit;
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::event::Event;
use crate::lifecycle::export;
use crate::lifecycle::to_sign::{RefusedSignature, ToSign};

const BOOK_BOXES: [&str; 5] = ["GVCN", "GVBM_TOAN", "GVBM_VAN", "HieuTruong", "ConDau"];
const DEPOSIT: &str = "HOAPHUONG_2025-2026_0001";

fn take_export(story: &mut Story) {
    story.happens(Event::ExportTaken { sha256: digest("export"), bytes: 6 });
    story.happens(Event::ExportAccepted {
        export: digest("export"),
        gradebook: digest("gradebook"),
        year: year(),
        class: written("6A1"),
        period: Period::FullYear,
    });
}

fn locked_by(story: &Story) -> Option<String> {
    match story.ledger.exports.stage(&digest("export")) {
        Some(export::Stage::Accepted(accepted)) => accepted.locked_by.as_ref().map(ToString::to_string),
        _ => None,
    }
}

#[test]
fn a_whole_story_adds_up_to_a_sealed_deposit() {
    let mut story = Story::default();
    story.happens(Event::Commissioned {
        school: written("HOAPHUONG"),
        principal: certificate("HT"),
        stamp: certificate("DAU"),
    });
    story.happens(Event::YearOpened { year: year(), roster: digest("roster"), plans: digest("plans") });
    take_export(&mut story);
    story.base(DECISION, vec![digest("export")]);
    story.sign(DECISION, &["BanQuanTri", "HieuTruong"]);
    story.close(DECISION);
    story.base(BOOK, vec![digest("export")]);
    story.sign(BOOK, &BOOK_BOXES);
    let closed = story.close(BOOK);
    let book = &story.ledger.dossiers[&id(BOOK)];
    assert_eq!(book.latest().0, 6, "base, five signatures, closing");
    assert_eq!(book.latest().1.recorded, closed);
    assert_eq!(book.signers().len(), 5);
    assert_eq!(story.ledger.awaiting_deposit(), [id(DECISION), id(BOOK)]);

    let deposit = || written(DEPOSIT);
    let dossiers = story.ledger.awaiting_deposit();
    let planned = story.happens(planned(deposit(), dossiers));
    assert!(story.ledger.awaiting_deposit().is_empty(), "a dossier goes into one deposit");
    story.happens(Event::DepositBuilt {
        deposit: deposit(),
        tagmanifest_sha256: digest("tags"),
        tagmanifest_sha512: Sha512::of(b"tags"),
        record: None,
    });
    story.happens(Event::DepositSealed { deposit: deposit(), seal: digest("seal"), record: None });
    let sealed = &story.ledger.deposits[&deposit()];
    assert_eq!((sealed.planned, &sealed.stage), (planned, &deposit::Stage::Sealed { seal: digest("seal") }));
    assert_eq!(story.ledger.commissioned, Some((certificate("HT"), certificate("DAU"))));
    assert_eq!(story.ledger.years[&year()], (digest("roster"), digest("plans")));
}

#[test]
fn an_export_is_locked_only_when_the_decision_that_lists_it_is_closed() {
    let mut story = Story::default();
    take_export(&mut story);
    assert_eq!(locked_by(&story), None);
    story.base(DECISION, vec![digest("export")]);
    story.sign(DECISION, &["BanQuanTri", "HieuTruong"]);
    assert_eq!(locked_by(&story), None, "fully signed, not closed");
    story.close(DECISION);
    assert_eq!(locked_by(&story).as_deref(), Some(DECISION));
}

#[test]
fn a_decision_locks_no_export_that_it_does_not_list() {
    let mut story = Story::default();
    take_export(&mut story);
    story.base(DECISION, vec![digest("another export")]);
    story.sign(DECISION, &["BanQuanTri", "HieuTruong"]);
    story.close(DECISION);
    assert_eq!(locked_by(&story), None);
}

#[test]
fn a_closed_class_book_made_of_an_export_does_not_lock_it() {
    let mut story = Story::default();
    take_export(&mut story);
    story.base(BOOK, vec![digest("export")]);
    story.sign(BOOK, &BOOK_BOXES);
    story.close(BOOK);
    assert_eq!(locked_by(&story), None);
}

#[test]
fn a_dossier_walks_through_its_turns_and_is_signed_after_the_last_box() {
    let mut story = Story::default();
    story.base(BOOK, Vec::new());
    let turn = |story: &Story| match &story.ledger.dossiers[&id(BOOK)].stage {
        Stage::AwaitingTurn(awaiting) => Some(awaiting.turn),
        Stage::Halted(_) | Stage::Signed(_) | Stage::Closed(_) | Stage::Withdrawn(_) => None,
    };
    let mut turns = vec![turn(&story)];
    for one in BOOK_BOXES {
        story.sign(BOOK, &[one]);
        turns.push(turn(&story));
    }
    assert_eq!(turns, [Some(0), Some(1), Some(1), Some(2), Some(3), None]);
    assert!(matches!(story.ledger.dossiers[&id(BOOK)].stage, Stage::Signed(_)));
    assert!(story.ledger.awaiting_deposit().is_empty(), "signed is not closed");
}

#[test]
fn a_refusal_is_remembered_by_the_register_and_changes_nothing() {
    let mut story = Story::default();
    story.base(BOOK, Vec::new());
    let before = story.ledger.dossiers[&id(BOOK)].clone();
    story.happens(Event::SigningRefused(RefusedSignature {
        to_sign: ToSign::place(&id(BOOK), &name("HieuTruong")),
        certificate: certificate("HT"),
        code: "signing.not_your_turn".into(),
        record: None,
    }));
    story.happens(Event::OverwriteRefused { name: "goc/a.json".into(), sha256: digest("other") });
    assert_eq!(story.ledger.dossiers[&id(BOOK)], before);
}

#[test]
fn events_about_things_that_were_never_made_change_nothing() {
    let mut story = Story::default();
    let (revision, sha256) = (1, digest("x"));
    story.happens(Event::DossierSigned {
        dossier: id(BOOK),
        revision,
        signing_box: plan(BOOK).turns[0].boxes[0].name.clone(),
        certificate: certificate("CN"),
        sha256,
    });
    story.happens(Event::DossierClosed { dossier: id(BOOK), revision, sha256 });
    story.happens(Event::DepositSealed { deposit: written(DEPOSIT), seal: digest("seal"), record: None });
    story.happens(Event::ImageMade { deposit: written(DEPOSIT), sha256, bytes: 5 });
    assert!(story.ledger.dossiers.is_empty() && story.ledger.deposits.is_empty());
}

#[test]
fn images_of_single_deposits_are_history_and_change_nothing() {
    let mut story = Story::default();
    story.happens(planned(written(DEPOSIT), Vec::new()));
    story.happens(Event::ImageMade { deposit: written(DEPOSIT), sha256: digest("image"), bytes: 5 });
    story.happens(Event::ImageReadBack { deposit: written(DEPOSIT), sha256: digest("image") });
    assert_eq!(story.ledger.deposits[&written(DEPOSIT)].stage, deposit::Stage::Planned);
}
