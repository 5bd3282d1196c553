//! What a pupil who leaves is handed over: only where the register says that they leave, and each paper once as it stands.

use school::digest::Sha256;
use school::dossier::Period;

use super::locking::{accept, found_right};
use super::sample::{DECISION, Story, digest, id, key, plan, written};
use crate::lifecycle::event::{Event, PrintedRevision};
use crate::lifecycle::handover::{HandoverRefusal, ask_to_hand_over};

const OWN: &str = "2025-2026_ca-nam_hoc-ba_HS0001";
const EARLIER: &str = "2024-2025_ca-nam_hoc-ba_HS0001";

fn asked(story: &Story, transcript: &str) -> Result<Vec<String>, &'static str> {
    let given = ask_to_hand_over(&story.ledger, &key(transcript));
    given.map_err(|refusal| refusal.code()).map(|all| all.iter().map(|one| one.dossier.to_string()).collect())
}

/// A decision over the part of this pupil, or over the whole class, that waits for its signatures.
fn proposed(story: &mut Story, pupil: Option<&str>) {
    accept(story, "export", Period::FullYear);
    found_right(story, "export");
    story.happens(Event::DossierBase {
        dossier: id(DECISION),
        sha256: digest(&format!("{DECISION} 0")),
        boxes: digest("boxes"),
        plan: Box::new(plan(DECISION)),
        exports: vec![digest("export")],
        pupil: pupil.map(written),
        supplements: None,
        corrects: Vec::new(),
        record: None,
    });
}

fn decided(story: &mut Story) {
    story.sign(DECISION, &["BanQuanTri", "HieuTruong"]);
    story.close(DECISION);
}

fn closed(story: &mut Story, transcript: &str) {
    story.base(transcript, vec![digest("export")]);
    story.close(transcript);
}

fn given(story: &mut Story, all: Vec<PrintedRevision>) {
    story.happens(Event::LeaverHandedOver { given: all, by: None, record: digest("to whom") });
}

#[test]
fn nothing_is_given_before_the_register_says_that_the_pupil_leaves_and_the_transcript_is_closed() {
    let mut story = Story::default();
    closed(&mut story, EARLIER);
    assert_eq!(asked(&story, OWN), Err("leaver.stays"), "nobody leaves");
    proposed(&mut story, Some("HS0001"));
    assert_eq!(asked(&story, OWN), Err("leaver.stays"), "the decision is not signed");
    decided(&mut story);
    assert_eq!(
        asked(&story, OWN),
        Err("leaver.not_signed"),
        "that of the year before is not theirs to take yet"
    );
    story.base(OWN, vec![digest("export")]);
    assert_eq!(asked(&story, OWN), Err("leaver.not_signed"));
    story.close(OWN);
    assert_eq!(asked(&story, OWN), Ok(vec![EARLIER.to_owned(), OWN.to_owned()]));
    for (other, why) in [
        ("2025-2026_ca-nam_hoc-ba_HS0002", "another pupil"),
        ("2025-2026_HK1_hoc-ba_HS0001", "another period"),
        (EARLIER, "the year before, when they stayed"),
        ("2025-2026_ca-nam_so-diem_6A1", "what is of a class is nobody's to take along"),
    ] {
        assert_eq!(asked(&story, other), Err("leaver.stays"), "{why}");
    }
}

#[test]
fn the_lock_of_a_whole_class_lets_nobody_leave() {
    let mut story = Story::default();
    proposed(&mut story, None);
    decided(&mut story);
    closed(&mut story, OWN);
    assert_eq!(asked(&story, OWN), Err("leaver.stays"));
}

#[test]
fn what_was_given_as_it_stands_is_not_given_again_and_what_came_since_is() {
    let mut story = Story::default();
    proposed(&mut story, Some("HS0001"));
    decided(&mut story);
    closed(&mut story, OWN);
    let all = ask_to_hand_over(&story.ledger, &key(OWN)).expect("to be given");
    let another = PrintedRevision { dossier: id(OWN), sha256: Sha256::of(b"an earlier revision") };
    given(&mut story, vec![another]);
    assert!(asked(&story, OWN).is_ok(), "what they were given is not what stands there now");
    given(&mut story, all);
    let refused = ask_to_hand_over(&story.ledger, &key(OWN)).expect_err("given");
    let entry = story.ledger.handovers.of(&[id(OWN)]).last().map(|(entry, _)| entry);
    assert_eq!(Some(refused), entry.map(HandoverRefusal::AlreadyGiven));
    closed(&mut story, EARLIER);
    assert_eq!(asked(&story, OWN), Ok(vec![OWN.to_owned(), EARLIER.to_owned()]), "one of them is new");
}
