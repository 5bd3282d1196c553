//! A signer refuses a dossier with a reason; it is answered. Every stage with every command.

use super::sample::{
    BOOK, Story, book_signed_by, by_roster, certificate, digest, id, name, now, roster, roster_digest,
    standing, written,
};
use crate::lifecycle::dossier::{Dossier, Stage, Unchecked, ask_to_refuse, ask_to_resume, ask_to_sign};
use crate::lifecycle::event::Event;

const BOXES: [&str; 5] = ["GVCN", "GVBM_TOAN", "GVBM_VAN", "HieuTruong", "ConDau"];

fn refused(story: &mut Story, signing_box: &str) {
    let signing_box = name(signing_box);
    story.happens(Event::DossierRefused { dossier: id(BOOK), signing_box, record: digest("reason") });
}

/// A book in each stage of the machine.
fn stages() -> [(&'static str, Dossier); 6] {
    let told = |tell: &dyn Fn(&mut Story)| {
        let mut story = Story::default();
        story.base(BOOK, Vec::new());
        tell(&mut story);
        story.ledger.dossiers[&id(BOOK)].clone()
    };
    [
        ("first turn", told(&|_| {})),
        ("second turn", told(&|story| story.sign(BOOK, &["GVCN"]))),
        (
            "halted",
            told(&|story| {
                story.sign(BOOK, &["GVCN"]);
                refused(story, "GVBM_TOAN");
            }),
        ),
        ("signed", told(&|story| story.sign(BOOK, &BOXES))),
        (
            "closed",
            told(&|story| {
                story.sign(BOOK, &BOXES);
                story.close(BOOK);
            }),
        ),
        ("withdrawn", {
            let mut withdrawn = told(&|_| {});
            withdrawn.withdrawn(id("2025-2026_ca-nam_quyet-dinh-mo_0002"));
            withdrawn
        }),
    ]
}

/// The outcome of each command: sign as homeroom, as teacher, as principal; refuse as homeroom, as teacher,
/// as somebody without a box; answer.
fn outcomes(dossier: &Dossier) -> [String; 7] {
    let roster = roster();
    let people = by_roster(roster_digest(), &roster);
    let sign = |of: &str, who: &str| {
        let asked = ask_to_sign(
            dossier,
            &name(of),
            (&people, now()),
            (&standing(certificate(who)), Unchecked::Refused),
        );
        asked.map_or_else(|refusal| refusal.code().to_owned(), |_| "signs".to_owned())
    };
    let refuse = |who: &str| {
        let asked = ask_to_refuse(dossier, (&people, now()), &written(who));
        asked.map_or_else(|refusal| refusal.code().to_owned(), |name| format!("halts at {name}"))
    };
    let resume = ask_to_resume(dossier).map_or_else(|refusal| refusal.code(), |()| "goes on").to_owned();
    [
        sign("GVCN", "CN"),
        sign("GVBM_TOAN", "TOAN"),
        sign("HieuTruong", "HT"),
        refuse("CN"),
        refuse("TOAN"),
        refuse("QT"),
        resume,
    ]
}

#[test]
fn every_stage_has_a_listed_outcome_for_every_command() {
    let (turn, done, halted, none) =
        ("signing.not_your_turn", "signing.already_signed", "signing.halted", "signing.nothing_to_refuse");
    let (idle, gone) = ("signing.not_halted", "signing.withdrawn");
    let table = [
        ["signs", turn, turn, "halts at GVCN", none, none, idle],
        [done, "signs", turn, none, "halts at GVBM_TOAN", none, idle],
        [done, halted, halted, halted, halted, halted, "goes on"],
        [done, done, done, none, none, none, idle],
        [done, done, done, none, none, none, idle],
        [gone, gone, gone, none, none, none, idle],
    ];
    for ((stage, dossier), expected) in stages().into_iter().zip(table) {
        // A stage that is added must be added to the table: this match names them all.
        match dossier.stage {
            Stage::AwaitingTurn(_)
            | Stage::Halted(_)
            | Stage::Signed(_)
            | Stage::Closed(_)
            | Stage::Withdrawn(_) => {}
        }
        assert_eq!(outcomes(&dossier), expected, "{stage}");
    }
}

#[test]
fn after_the_answer_the_dossier_goes_on_where_it_stood() {
    let mut story = Story::default();
    story.base(BOOK, Vec::new());
    story.sign(BOOK, &["GVCN", "GVBM_VAN"]);
    refused(&mut story, "GVBM_TOAN");
    assert!(story.ledger.dossiers[&id(BOOK)].open_boxes().is_empty(), "nothing waits for anybody");
    story.happens(Event::DossierResumed { dossier: id(BOOK), record: digest("answer") });
    let before = Dossier { answered: true, ..book_signed_by(&["GVCN", "GVBM_VAN"]) };
    assert_eq!(story.ledger.dossiers[&id(BOOK)], before);
}

#[test]
fn an_answer_to_nothing_changes_nothing() {
    let mut story = Story::default();
    story.base(BOOK, Vec::new());
    story.sign(BOOK, &BOXES);
    story.close(BOOK);
    let closed = story.ledger.dossiers[&id(BOOK)].clone();
    story.happens(Event::DossierResumed { dossier: id(BOOK), record: digest("answer") });
    assert_eq!(story.ledger.dossiers[&id(BOOK)], closed);
}

#[test]
fn a_refused_dossier_is_withdrawn_by_opening_its_book() {
    // Nobody signed yet: what the homeroom teacher found is corrected by mở sổ and a new version.
    let mut dossier = stages()[2].1.clone();
    dossier.withdrawn(id("2025-2026_ca-nam_quyet-dinh-mo_0002"));
    assert!(matches!(dossier.stage, Stage::Withdrawn(_)));
    assert_eq!(dossier.revisions.len(), 2, "no byte is taken away");
}
