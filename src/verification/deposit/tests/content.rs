//! What a deposit says that it holds: as the register planned it, with every word that the register names,
//! and complete only where it is.

use std::collections::BTreeMap;

use school::digest::Sha256;
use school::records::canonical;
use serde_json::json;

use super::sealed::*;
use crate::deposit::Code;

fn reason(text: &str) -> (Sha256, String, Vec<u8>) {
    let bytes = text.as_bytes().to_vec();
    let sha256 = Sha256::of(&bytes);
    (sha256, format!("data/ly-do/{:.32}.json", sha256.to_string()), bytes)
}

fn said(from: &str, to: &str) -> String {
    assert!(INFO.contains(from), "{from}");
    INFO.replace(from, to)
}

#[test]
fn bag_info_must_say_what_the_register_planned() {
    for (from, to, code) in [
        ("Deposit-Kind: bo-sung", "Deposit-Kind: ca-nam", Code::DepositPlan),
        ("Register-Number: 0", "Register-Number: 1", Code::DepositPlan),
        ("Completeness: con-thieu", "Completeness: hoan-tat", Code::DepositPlan),
        ("Retention: vĩnh viễn", "Retention: 5 năm", Code::BagInfo),
        (
            "Retention: vĩnh viễn\n",
            "Retention: vĩnh viễn\nCorrects: HOAPHUONG_2024-2025_0001\n",
            Code::DepositPlan,
        ),
        ("Deposit-Kind: bo-sung", "Deposit-Kind: khac", Code::BagInfo),
        ("Register-Number: 0", "Register-Number: 00", Code::BagInfo),
    ] {
        check(&judged(&Making { info: said(from, to), ..Making::new() }.seal()), code, "bag-info.txt");
    }
}

#[test]
fn what_was_planned_is_there_and_nothing_else() {
    let less = Making { planned: json!({"dossiers": [CLASS_BOOK, LOCK]}), ..Making::new() }.seal();
    check_only(&judged(&less), Code::DepositContent, &format!("data/ho-so/{TRANSCRIPT}.pdf"));
    let another = "2025-2026_ca-nam_hoc-ba_HS0002";
    let planned = json!({"dossiers": [CLASS_BOOK, LOCK, TRANSCRIPT, another]});
    let more = Making { planned, ..Making::new() }.seal();
    check_only(&judged(&more), Code::DepositContent, &format!("data/ho-so/{another}.pdf"));
    let export = Sha256::of(b"an export that is not there");
    let more = Making { planned: json!({"exports": [export]}), ..Making::new() }.seal();
    check_only(&judged(&more), Code::DepositContent, &format!("data/ban-goc/{export}"));
}

#[test]
fn a_description_that_differs_from_file_or_register_is_told() {
    for other in [
        json!({"bytes": 1}),
        json!({"sha256": Sha256::of(b"another file")}),
        json!({"kind": "so-dang-bo"}),
        json!({"retention": "5 năm"}),
        json!({"signatures": []}),
        json!({"signatures": [{"box": "HieuTruong", "certificate": certificate("x"), "recorded": "2026-05-30T08:15:01+07:00"}]}),
    ] {
        let made = Making { description: other.clone(), ..Making::new() }.seal();
        check_only(&judged(&made), Code::Description, "data/mo-ta/");
    }
    let of_nothing = "data/mo-ta/2025-2026_ca-nam_so-diem_6A2.json";
    let mut made = Making::new();
    made.payload.insert(of_nothing.into(), b"{}".to_vec());
    check_only(&judged(&made.seal()), Code::Description, of_nothing);
}

#[test]
fn every_word_that_the_register_named_before_the_plan_travels_with_it() {
    let (sha256, name, bytes) = reason("the principal's words");
    let named = || ("export.review-waived", json!({"export": Sha256::of(b"x"), "record": sha256}));
    let making = |events: Vec<_>, files: &[(&str, &[u8])]| {
        let mut made = Making { info: said("Number: 0", "Number: 1"), ..Making::new() };
        made.planned_at = 1;
        made.events.splice(0..0, events);
        made.payload.extend(files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())));
        judged(&made.seal())
    };
    assert_eq!(problems(&making(vec![named()], &[(&name, &bytes)])), []);
    check_only(&making(vec![named()], &[]), Code::ReasonMissing, &name);
    // Files of other words under the right name, or of words that nobody named.
    check(&making(vec![named()], &[(&name, b"other words")]), Code::ReasonName, &name);
    let (_, unnamed, other) = reason("nobody named these");
    check_only(&making(vec![named()], &[(&name, &bytes), (&unnamed, &other)]), Code::ReasonName, &unnamed);
}

#[test]
fn a_year_is_complete_only_with_everything_that_roster_and_plans_ask_for() {
    let complete = |planned: serde_json::Value| {
        let mut planned = planned;
        planned["complete"] = true.into();
        judged(&Making { planned, info: said("con-thieu", "hoan-tat"), ..Making::new() }.seal())
    };
    // The plans provide every kind: summary, lists and enrolment register of the class are missing.
    let found: Vec<String> = problems(&complete(json!({}))).into_iter().map(|(_, place)| place).collect();
    assert_eq!(
        found,
        ["bang-tong-hop", "danh-sach-xet-duyet", "so-dang-bo"]
            .map(|kind| format!("2025-2026_ca-nam_{kind}_6A1"))
    );
    // With plans of class books and transcripts alone there is nothing more to ask for.
    let mut made =
        Making { planned: json!({"complete": true}), info: said("con-thieu", "hoan-tat"), ..Making::new() };
    let kept = ["so-diem", "hoc-ba"];
    let templates = made.plans["templates"].as_array_mut().expect("templates");
    templates.retain(|one| kept.contains(&one["kind"].as_str().unwrap_or_default()));
    assert_eq!(problems(&judged(&made.seal())), []);
}

#[test]
fn a_correction_names_the_deposit_that_holds_the_version_before() {
    let second = "2025-2026_ca-nam_so-diem_6A1_v2";
    let earlier = "HOAPHUONG_2025-2026_0009";
    let corrected = |corrects: &[&str]| {
        let mut made = Making::new();
        let book = made.documents.remove(CLASS_BOOK).expect("a class book");
        made.documents.insert(second, book);
        made.documents.get_mut(second).expect("it")["dossier"] = second.into();
        let before =
            json!({"deposit": earlier, "dossiers": [CLASS_BOOK], "software_agent": "niemphong 0.1.0"});
        made.planned_at = 1;
        made.events.insert(0, ("deposit.planned", before));
        made.planned = json!({"deposit_kind": "sua-chua", "corrects": corrects});
        let lines: String = corrects.iter().map(|one| format!("Corrects: {one}\n")).collect();
        made.info = format!("{}{lines}", said("bo-sung", "sua-chua").replace("Number: 0", "Number: 1"));
        judged(&made.seal())
    };
    assert_eq!(problems(&corrected(&[earlier])), []);
    check_only(&corrected(&[]), Code::Corrects, &format!("data/ho-so/{second}.pdf"));
    let unknown = "HOAPHUONG_2025-2026_0007";
    check_only(&corrected(&[earlier, unknown]), Code::Corrects, &format!("bag-info.txt: {unknown}"));
}

/// Unlocked marks of a point in time, sealed by the stamp alone.
fn snapshot() -> Making {
    let export = Sha256::of(ORIGINAL.as_bytes());
    let mut book: serde_json::Value = serde_json::from_slice(&gradebook()).expect("JSON");
    book["period"] = "thoi-diem-1".into();
    Making {
        documents: BTreeMap::new(),
        payload: BTreeMap::from([
            (format!("data/ban-goc/{export}"), ORIGINAL.as_bytes().to_vec()),
            ("data/du-lieu/6A1_thoi-diem-1.json".into(), canonical::to_bytes(&book).expect("canonical")),
        ]),
        planned: json!({"deposit_kind": "thoi-diem-1", "exports": [export]}),
        info: said("bo-sung", "thoi-diem-1"),
        by_stamp_alone: true,
        ..Making::new()
    }
}

#[test]
fn a_snapshot_is_sealed_by_the_stamp_alone_and_holds_marks_of_its_point_in_time_only() {
    assert_eq!(problems(&judged(&snapshot().seal())), []);
    let signed = Making { by_stamp_alone: false, ..snapshot() };
    check_only(&judged(&signed.seal()), Code::UnlistedFile, "niem-phong/bien-ban.pdf");
    let other = Making {
        planned: json!({"deposit_kind": "thoi-diem-2", "exports": [Sha256::of(ORIGINAL.as_bytes())]}),
        info: said("bo-sung", "thoi-diem-2"),
        ..snapshot()
    };
    check_only(&judged(&other.seal()), Code::DepositContent, "data/du-lieu/6A1_thoi-diem-1.json");
    let unplanned = Making { planned: json!({"deposit_kind": "thoi-diem-1"}), ..snapshot() };
    check_only(&judged(&unplanned.seal()), Code::ExportNotLocked, "data/ban-goc/");
}

#[test]
fn documents_that_people_signed_are_never_sealed_by_the_stamp_alone() {
    let made = Making { by_stamp_alone: true, ..Making::new() };
    check_only(&judged(&made.seal()), Code::SealMissing, "niem-phong/bien-ban.pdf");
}
