//! Transcripts that another program made and its people signed: under which plans, and beside what else, one is
//! taken in.

use school::dossier::DossierKey;
use school::plan::Templates;
use school::plan_choice::PlanChoice;

use super::sample::{Story, id, key, year};
use super::stages::{FAR, goes};
use crate::lifecycle::elsewhere::{ElsewhereRefusal, ask_to_take};

const TRANSCRIPT: &str = "2025-2026_ca-nam_hoc-ba_HS0001";
const SECOND: &str = "2025-2026_ca-nam_hoc-ba_HS0001_v2";

#[test]
fn every_standing_of_a_transcript_and_every_plan_of_its_year_answers_a_file_that_comes_signed() {
    let usual = Templates::default_for(year());
    let elsewhere = usual.clone().choose(PlanChoice::TranscriptSignedElsewhere);
    let ask =
        |story: &Story, plans: Option<&Templates>, key: &DossierKey| ask_to_take(&story.ledger, plans, key);
    let not_by_plan = || Err(ElsewhereRefusal::NotByPlan(year().to_string()));
    let stands = |dossier: &str| Err(ElsewhereRefusal::Standing(id(dossier)));
    let book = key("2025-2026_ca-nam_so-diem_6A1");
    for stage in FAR {
        // The file is for the first version, or for the second.
        let (first, second) = match stage {
            "none" => (Ok(()), stands(TRANSCRIPT)),
            // Its data were opened again: the next version is due, and the first one never again.
            "withdrawn" => (stands(TRANSCRIPT), Ok(())),
            _ => (stands(TRANSCRIPT), stands(TRANSCRIPT)),
        };
        let mut story = Story::default();
        goes(&mut story, TRANSCRIPT, stage);
        assert_eq!(ask(&story, Some(&elsewhere), &key(TRANSCRIPT)), first, "{stage}");
        assert_eq!(ask(&story, Some(&elsewhere), &key(SECOND)), second, "{stage}");
        for version in [TRANSCRIPT, SECOND] {
            assert_eq!(ask(&story, Some(&usual), &key(version)), not_by_plan(), "{stage}: signed here");
            assert_eq!(ask(&story, None, &key(version)), not_by_plan(), "{stage}: the year is not open");
        }
        assert_eq!(ask(&story, Some(&elsewhere), &book), not_by_plan(), "{stage}: no transcript");
    }
}
