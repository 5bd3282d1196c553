//! Transcripts that another program made and its people signed: under which plans, and beside what else, one is
//! taken in.

use school::dossier::DossierKey;
use school::plan::Templates;
use school::plan_choice::PlanChoice;

use super::sample::{Story, digest, id, key, plan, written, year};
use crate::lifecycle::dossier::{Dossier, Stage};
use crate::lifecycle::elsewhere::{ElsewhereRefusal, ask_to_take};
use crate::lifecycle::event::Event;

const TRANSCRIPT: &str = "2025-2026_ca-nam_hoc-ba_HS0001";
const SECOND: &str = "2025-2026_ca-nam_hoc-ba_HS0001_v2";

/// The transcript as it stands. A stage that is not listed here does not compile.
fn stage_of(known: Option<&Dossier>) -> &'static str {
    match known.map(|one| &one.stage) {
        None => "none",
        Some(Stage::AwaitingTurn(_)) => "being signed",
        Some(Stage::Halted(_)) => "halted",
        Some(Stage::Signed(_)) => "signed whole",
        Some(Stage::Closed(_)) => "closed",
        Some(Stage::Withdrawn(_)) => "withdrawn",
    }
}

/// A school in which the transcript stands like that.
fn standing(stage: &str) -> Story {
    let mut story = Story::default();
    let plan = plan(TRANSCRIPT);
    let boxes: Vec<String> = plan.boxes().map(|(_, one)| one.name.to_string()).collect();
    let boxes: Vec<&str> = boxes.iter().map(String::as_str).collect();
    if stage != "none" {
        story.base(TRANSCRIPT, vec![digest("export")]);
    }
    match stage {
        "halted" => {
            let signing_box = written(boxes[0]);
            let record = digest("why");
            story.happens(Event::DossierRefused { dossier: id(TRANSCRIPT), signing_box, record });
        }
        "signed whole" | "closed" => story.sign(TRANSCRIPT, &boxes),
        "withdrawn" => {
            let known = story.ledger.dossiers.get_mut(&id(TRANSCRIPT)).expect("made");
            known.withdrawn(id("2025-2026_ca-nam_quyet-dinh-mo_0002"));
        }
        _ => {}
    }
    if stage == "closed" {
        story.close(TRANSCRIPT);
    }
    assert_eq!(stage_of(story.ledger.dossiers.get(&id(TRANSCRIPT))), stage);
    story
}

#[test]
fn every_standing_of_a_transcript_and_every_plan_of_its_year_answers_a_file_that_comes_signed() {
    let usual = Templates::default_for(year());
    let elsewhere = usual.clone().choose(PlanChoice::TranscriptSignedElsewhere);
    let ask =
        |story: &Story, plans: Option<&Templates>, key: &DossierKey| ask_to_take(&story.ledger, plans, key);
    let not_by_plan = || Err(ElsewhereRefusal::NotByPlan(year().to_string()));
    let stands = |dossier: &str| Err(ElsewhereRefusal::Standing(id(dossier)));
    let book = key("2025-2026_ca-nam_so-diem_6A1");
    // The file is for the first version, or for the second.
    for (stage, first, second) in [
        ("none", Ok(()), stands(TRANSCRIPT)),
        ("being signed", stands(TRANSCRIPT), stands(TRANSCRIPT)),
        ("halted", stands(TRANSCRIPT), stands(TRANSCRIPT)),
        ("signed whole", stands(TRANSCRIPT), stands(TRANSCRIPT)),
        ("closed", stands(TRANSCRIPT), stands(TRANSCRIPT)),
        // Its data were opened again: the next version is due, and the first one never again.
        ("withdrawn", stands(TRANSCRIPT), Ok(())),
    ] {
        let story = standing(stage);
        assert_eq!(ask(&story, Some(&elsewhere), &key(TRANSCRIPT)), first, "{stage}");
        assert_eq!(ask(&story, Some(&elsewhere), &key(SECOND)), second, "{stage}");
        for version in [TRANSCRIPT, SECOND] {
            assert_eq!(ask(&story, Some(&usual), &key(version)), not_by_plan(), "{stage}: signed here");
            assert_eq!(ask(&story, None, &key(version)), not_by_plan(), "{stage}: the year is not open");
        }
        assert_eq!(ask(&story, Some(&elsewhere), &book), not_by_plan(), "{stage}: no transcript");
    }
}
