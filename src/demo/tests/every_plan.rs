//! The sample school, two classes and twelve people, under each plan that ships beside the default ones: the whole
//! story by the built program, from the exports to an image that a stranger finds valid.

use std::collections::BTreeSet;
use std::process::Command;

use school::plan_choice::PlanChoice;
use serde_json::Value;

use super::scratch_school::built_program;
use crate::demo::{class_6a1, class_6a2};

fn program(arguments: &[&str]) -> String {
    let done = Command::new(built_program()).args(arguments).output().expect("the program runs");
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text")
}

/// What a stranger with the school's anchors is told of every document on the image.
fn judged_story_of(plans: &[PlanChoice]) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let dir = folder.path().to_str().expect("a path");
    let mut told = vec!["demo", "--once", "--dir", dir];
    told.extend(plans.iter().flat_map(|plan| ["--plan", plan.code()]));
    program(&told);
    let (trust, images) = (format!("{dir}/pki"), folder.path().join("kho/anh-dia"));
    let image = std::fs::read_dir(images).expect("images").next().expect("one").expect("read").path();
    let said = program(&["verify", "--json", "--trust", &trust, image.to_str().expect("a path")]);
    said.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// In which order the boxes of a document were signed; the timestamp of its closing is nobody's.
fn order(report: &Value) -> Vec<&str> {
    let signatures = report["signatures"].as_array().expect("signatures");
    let fields = signatures.iter().map(|one| one["field"].as_str().expect("a field"));
    fields.filter(|field| *field != "DauThoiGian").collect()
}

fn of<'r>(reports: &'r [Value], kind: &str) -> Vec<&'r Value> {
    let named = format!("_ca-nam_{kind}_");
    let of_kind = reports.iter().filter(|one| one["path"].as_str().is_some_and(|path| path.contains(&named)));
    of_kind.filter(|one| one["type"] == "pdf").collect()
}

/// Everything is valid, and every pupil of both classes has a transcript.
fn is_whole(reports: &[Value]) {
    for report in reports {
        assert_eq!(report["verdict"], "valid", "{report}");
    }
    let pupils = |export: Vec<u8>| -> Vec<Value> {
        let export: Value = serde_json::from_slice(&export).expect("JSON");
        export["pupils"].as_array().expect("pupils").clone()
    };
    let both = [class_6a1::export(), class_6a2::export()].into_iter().flat_map(pupils);
    let expected: BTreeSet<String> =
        both.map(|pupil| format!("hoc-ba_{}.pdf", pupil["id"].as_str().expect("a code"))).collect();
    let paths: Vec<&str> = of(reports, "hoc-ba").iter().filter_map(|one| one["path"].as_str()).collect();
    for name in &expected {
        assert!(paths.iter().any(|path| path.ends_with(name.as_str())), "{name}: {paths:?}");
    }
    assert_eq!(of(reports, "so-diem").len(), 2 + 1, "two class books, one of them corrected");
}

#[test]
fn teachers_sign_the_book_first_and_the_homeroom_teacher_alone_transcripts_that_cite_it() {
    let reports = judged_story_of(&[PlanChoice::BookTeachersFirst, PlanChoice::TranscriptHomeroomOnly]);
    is_whole(&reports);
    for book in of(&reports, "so-diem") {
        let fields = order(book);
        let homeroom = fields.iter().position(|field| *field == "GVCN").expect("the homeroom teacher");
        assert!(homeroom >= 7 && fields[..homeroom].iter().all(|one| one.starts_with("GVBM_")), "{fields:?}");
        assert_eq!(fields[homeroom..], ["GVCN", "HieuTruong", "ConDau"]);
    }
    for transcript in of(&reports, "hoc-ba") {
        assert_eq!(order(transcript), ["GVCN", "HieuTruong", "ConDau"], "{transcript}");
    }
}

#[test]
fn the_homeroom_teacher_alone_signs_the_book_and_transcripts_come_signed_from_another_program() {
    let reports = judged_story_of(&[PlanChoice::BookHomeroomOnly, PlanChoice::TranscriptSignedElsewhere]);
    is_whole(&reports);
    for book in of(&reports, "so-diem") {
        assert_eq!(order(book), ["GVCN", "HieuTruong", "ConDau"], "{book}");
    }
    for transcript in of(&reports, "hoc-ba") {
        assert_eq!(order(transcript), ["HIEU-TRUONG", "CON-DAU"], "{transcript}");
    }
}
