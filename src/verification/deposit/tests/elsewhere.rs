//! Transcripts that another program made and its people signed, in a deposit.

use serde_json::{Value, json};

use school::plan::Templates;
use school::plan_choice::PlanChoice;

use super::sealed::*;
use crate::deposit::Code;

/// A deposit of a school whose plans take them, with one that is signed by these.
fn making(id: &'static str, signers: &[&str]) -> Making {
    let mut making = Making::new();
    let plans = Templates::default_for("2025-2026".parse().expect("a year"));
    making.plans = json!(plans.choose(PlanChoice::TranscriptSignedElsewhere));
    making.documents.remove(TRANSCRIPT);
    making.documents.insert(id, json!({"verdict": "valid", "signatures": signers, "carried": {}}));
    making.elsewhere = id;
    making
}

fn place(id: &str) -> String {
    format!("data/ho-so/{id}.pdf")
}

#[test]
fn a_transcript_that_principal_and_stamp_signed_elsewhere_is_judged_as_a_strangers_file() {
    for signers in [&["hieu-truong", "con-dau"][..], &["a teacher", "hieu-truong", "another", "con-dau"]] {
        let objects = judged(&making(TRANSCRIPT, signers).seal());
        assert_eq!(problems(&objects), [], "{signers:?}");
        let policy = |id: &str| -> Value {
            let of = objects.iter().find(|one| one["path"] == json!(place(id)));
            of.expect("its report")["policy"].clone()
        };
        assert_eq!((policy(TRANSCRIPT), policy(CLASS_BOOK)), (json!("foreign"), json!("school")));
    }
}

#[test]
fn without_the_signatures_that_the_plan_asks_for_in_their_order_it_is_refused() {
    for signers in
        [&["hieu-truong"][..], &["con-dau"], &["con-dau", "hieu-truong"], &["hieu-truong", "another"], &[]]
    {
        let objects = judged(&making(TRANSCRIPT, signers).seal());
        check_only(&objects, Code::DocumentIncomplete, &place(TRANSCRIPT));
    }
}

#[test]
fn it_must_be_of_a_pupil_in_locked_data() {
    const STRANGER: &str = "2025-2026_ca-nam_hoc-ba_HS0002";
    let objects = judged(&making(STRANGER, &["hieu-truong", "con-dau"]).seal());
    check_only(&objects, Code::ExportNotLocked, &place(STRANGER));
}

#[test]
fn a_document_of_ours_cannot_be_passed_off_as_signed_elsewhere() {
    let mut making = making(TRANSCRIPT, &["hieu-truong", "con-dau"]);
    making.documents.get_mut(TRANSCRIPT).expect("there")["dossier"] = json!(TRANSCRIPT);
    check_only(&judged(&making.seal()), Code::DocumentName, &place(TRANSCRIPT));
}

#[test]
fn where_the_plans_have_transcripts_signed_here_a_strangers_file_is_none() {
    let mut making = making(TRANSCRIPT, &["hieu-truong", "con-dau"]);
    making.plans = json!(Templates::default_for("2025-2026".parse().expect("a year")));
    let objects = judged(&making.seal());
    for code in [Code::DocumentName, Code::DocumentIncomplete, Code::DocumentData] {
        check(&objects, code, &place(TRANSCRIPT));
    }
}

#[test]
fn one_that_the_register_does_not_know_is_refused() {
    let mut making = making(TRANSCRIPT, &["hieu-truong", "con-dau"]);
    (making.elsewhere, making.unclosed) = ("", TRANSCRIPT);
    check(&judged(&making.seal()), Code::NotRegistered, &place(TRANSCRIPT));
}
