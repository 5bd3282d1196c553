//! What stands between a document and its next signature though it is its turn: reopening, a signature before it, a
//! teacher's word. Every stage of the document with every stage of what could be in the way.

use school::dossier::Period;

use super::locking::{REOPENING, accept, answer, decide, found_right, locked};
use super::sample::{BOOK, DECISION, Story, digest, id};
use super::stages::{FAR, far, goes};
use crate::lifecycle::dossier::Refusal;
use crate::lifecycle::lock::ask_to_go_on;

#[test]
fn a_document_waits_for_a_reopening_that_is_signed_whole_and_not_carried_out_yet() {
    for of_reopening in FAR {
        for of_book in FAR {
            let mut story = locked();
            if of_book == "none" {
                story = Story::default();
                accept(&mut story, "export", Period::FullYear);
                found_right(&mut story, "export");
                decide(&mut story, DECISION, &["export"]);
            }
            goes(&mut story, BOOK, of_book);
            // Closing carries it out, and takes back what nobody signed.
            goes(&mut story, REOPENING, of_reopening);
            let expected = match (of_book, of_reopening) {
                ("none", _) => Ok(()),
                (_, "signed whole") => Err(Refusal::BeingReopened(id(REOPENING))),
                _ => Ok(()),
            };
            let asked = ask_to_go_on(&story.ledger, &id(BOOK));
            assert_eq!(asked, expected, "book: {of_book}, reopening: {of_reopening}");
        }
    }
}

#[test]
fn a_reopening_goes_on_until_somebody_signed_what_it_would_take_back() {
    for of_book in FAR {
        for of_reopening in FAR {
            let mut story = locked();
            goes(&mut story, REOPENING, of_reopening);
            let is_carried_out = of_reopening == "closed";
            if is_carried_out && of_book != "none" {
                // The book was taken back with it.
                assert_eq!(far(&story, BOOK), "withdrawn");
            } else if of_book != "none" {
                goes(&mut story, BOOK, of_book);
            }
            let is_signed = !is_carried_out && ["second turn", "signed whole", "closed"].contains(&of_book);
            let expected = match (of_reopening, is_signed) {
                ("none", _) | (_, false) => Ok(()),
                (_, true) => Err(Refusal::SignedMeanwhile(id(BOOK))),
            };
            let asked = ask_to_go_on(&story.ledger, &id(REOPENING));
            assert_eq!(asked, expected, "book: {of_book}, reopening: {of_reopening}");
        }
    }
}

#[test]
fn a_lock_decision_waits_for_a_teacher_who_found_something_wrong_as_long_as_it_is_not_signed_whole() {
    type Say = fn(&mut Story);
    let words: [(&str, Say); 3] = [
        ("nothing more", |_| {}),
        ("wrong", |story| answer(story, "export", Some("VAN"), false)),
        ("wrong and right after all", |story| {
            answer(story, "export", Some("VAN"), false);
            answer(story, "export", Some("VAN"), true);
        }),
    ];
    for (said, say) in words {
        for of_decision in FAR {
            let mut story = Story::default();
            accept(&mut story, "export", Period::FullYear);
            found_right(&mut story, "export");
            goes(&mut story, DECISION, of_decision);
            say(&mut story);
            let expected = match (said, of_decision) {
                ("wrong", "first turn" | "second turn" | "halted") => {
                    Err(Refusal::FoundWrong(digest("export")))
                }
                _ => Ok(()),
            };
            let asked = ask_to_go_on(&story.ledger, &id(DECISION));
            assert_eq!(asked, expected, "decision: {of_decision}, said: {said}");
        }
    }
}
