//! Corrections in a deposit: a version names the one before it and the record, a record lists what both
//! gradebooks differ in and rests on a request, and a complete year has the new versions and a summary.

use school::digest::Sha256;
use school::records::canonical;
use serde_json::{Value, json};

use super::sealed::*;
use crate::deposit::Code;

const SECOND: &str = "2025-2026_ca-nam_so-diem_6A1_v2";
const REQUEST: &str = "2025-2026_ca-nam_phieu-de-nghi-sua_0001";
const CORRECTION: &str = "2025-2026_ca-nam_bien-ban-sua-chua_0001";
const SUMMARY: &str = "2025-2026_ca-nam_tong-hop-sua-chua_0001";
const CORRECTED: &str = "the corrected export";
const PATH: &str = "$.pupils[HS0001].subjects.TOAN.results.marks.year";

fn export(original: &str) -> Sha256 {
    Sha256::of(original.as_bytes())
}

fn corrected_book() -> Vec<u8> {
    let mut book: Value = serde_json::from_slice(&gradebook()).expect("JSON");
    book["pupils"][0]["subjects"]["TOAN"]["results"]["marks"]["year"] = 86.into();
    canonical::to_bytes(&book).expect("canonical")
}

fn data(format: &str) -> Value {
    json!({"format": format, "number": "0001", "year": "2025-2026", "class": "6A1", "period": "ca-nam",
        "before": export(ORIGINAL), "after": export(CORRECTED),
        "changes": [{"path": PATH, "locked": "8,4", "found": "8,6"}]})
}

fn plan(of: &str, subject: &str) -> String {
    let digest = Sha256::of(b"");
    let asks =
        json!({"name": "NguoiDeNghi_TOAN", "role": "nguoi-de-nghi", "class": "6A1", "subject": subject});
    let agrees = json!({"name": "HieuTruong", "role": "hieu-truong"});
    json!({"format": "niemphong-plan/1", "dossier": of, "roster": digest, "plans": digest,
        "turns": [{"boxes": [asks]}, {"boxes": [agrees]}]})
    .to_string()
}

fn names_version(of: &str, sha256: Sha256) -> Value {
    json!({"format": "niemphong-corrected/1", "corrects": of, "sha256": sha256, "record": CORRECTION})
}

/// The class book was signed, a mark corrected, and its second version lies beside the first.
fn correcting() -> Making {
    let mut made = Making::new();
    let first = Sha256::of(made.documents[CLASS_BOOK].to_string().as_bytes());
    let record = {
        let mut record = data("niemphong-correction/1");
        record["request"] = REQUEST.into();
        record["corrects"] = json!([CLASS_BOOK]);
        record
    };
    let request = data("niemphong-correction-request/1");
    for (id, data) in [(REQUEST, request), (CORRECTION, record)] {
        let (data, plan) = (data.to_string(), plan(id, "TOAN"));
        let carried: [(&str, &[u8]); 2] =
            [("du-lieu.json", data.as_bytes()), ("ke-hoach-ky.json", plan.as_bytes())];
        made.documents.insert(id, pdf(id, &carried));
    }
    let named = names_version(CLASS_BOOK, first).to_string();
    let second: [(&str, &[u8]); 3] = [
        ("du-lieu.json", &corrected_book()),
        ("ban-goc.json", CORRECTED.as_bytes()),
        ("sua-chua.json", named.as_bytes()),
    ];
    made.documents.insert(SECOND, pdf(SECOND, &second));
    made.payload.remove("data/du-lieu/6A1_ca-nam.json");
    for (original, book) in [(ORIGINAL, gradebook()), (CORRECTED, corrected_book())] {
        let digest = export(original).to_string();
        made.payload.insert(format!("data/ban-goc/{digest}"), original.as_bytes().to_vec());
        made.payload.insert(format!("data/du-lieu/6A1_ca-nam_{}.json", &digest[..16]), book);
    }
    made
}

fn file(id: &str) -> String {
    format!("data/ho-so/{id}.pdf")
}

#[test]
fn a_corrected_class_book_with_its_papers_beside_the_first_one_is_valid() {
    assert_eq!(problems(&judged(&correcting().seal())), []);
}

#[test]
fn a_version_that_names_none_or_another_file_before_it_is_not_valid() {
    let naming = |named: Option<Value>| {
        let mut made = correcting();
        let document = made.documents.get_mut(SECOND).expect("it");
        match named {
            Some(named) => document["carried"]["sua-chua.json"] = named.to_string().into(),
            None => drop(document["carried"].as_object_mut().expect("files").remove("sua-chua.json")),
        }
        judged(&made.seal())
    };
    check_only(&naming(None), Code::CorrectedVersion, &file(SECOND));
    let other = names_version(CLASS_BOOK, Sha256::of(b"another file"));
    check_only(&naming(Some(other)), Code::CorrectedVersion, &file(SECOND));
    // The version itself, another document: no version before it at all.
    for wrong in [SECOND, TRANSCRIPT] {
        check(&naming(Some(names_version(wrong, Sha256::of(b"")))), Code::DocumentData, &file(SECOND));
    }
    let mut made = correcting();
    let named = names_version(CLASS_BOOK, Sha256::of(b"")).to_string();
    made.carry(CLASS_BOOK, "sua-chua.json", &named);
    check(&judged(&made.seal()), Code::DocumentData, &file(CLASS_BOOK));
}

#[test]
fn a_version_without_its_record_rests_on_nothing() {
    let mut made = correcting();
    made.documents.remove(CORRECTION);
    let found = judged(&made.seal());
    check(&found, Code::CorrectedVersion, &file(SECOND));
    check(&found, Code::ExportNotLocked, &file(SECOND));
    // A second version after a signed first one by a lock decision alone, as if it had been opened again.
    let mut made = correcting();
    let locked = |of| json!({"class": "6A1", "period": "ca-nam", "sha256": export(of)});
    let lock = json!({"format": "niemphong-lock/1", "number": "0001", "year": "2025-2026",
        "exports": [locked(ORIGINAL), locked(CORRECTED)]});
    made.carry(LOCK, "du-lieu.json", &lock.to_string());
    made.documents.get_mut(SECOND).expect("it")["carried"]
        .as_object_mut()
        .expect("files")
        .remove("sua-chua.json");
    check_only(&judged(&made.seal()), Code::CorrectedVersion, &file(SECOND));
}

#[test]
fn a_record_lists_what_both_gradebooks_differ_in_and_was_asked_for_by_who_made_the_entry() {
    let saying = |id: &'static str, change: fn(&mut Value)| {
        let mut made = correcting();
        let text = made.documents[id]["carried"]["du-lieu.json"].as_str().expect("data").to_owned();
        let mut data: Value = serde_json::from_str(&text).expect("JSON");
        change(&mut data);
        made.carry(id, "du-lieu.json", &data.to_string());
        judged(&made.seal())
    };
    for id in [REQUEST, CORRECTION] {
        let other = saying(id, |data| data["changes"][0]["found"] = "9,9".into());
        check_only(&other, Code::Correction, &file(id));
        let none = saying(id, |data| data["changes"] = json!([]));
        check_only(&none, Code::Correction, &file(id));
    }
    let mut made = correcting();
    made.documents.remove(REQUEST);
    check_only(&judged(&made.seal()), Code::Correction, &file(CORRECTION));
    let mut made = correcting();
    made.carry(CORRECTION, "ke-hoach-ky.json", &plan(CORRECTION, "VAN"));
    check_only(&judged(&made.seal()), Code::Correction, &file(CORRECTION));
}

#[test]
fn what_was_asked_for_and_refused_lies_there_and_no_document_is_made_of_it() {
    let mut made = correcting();
    made.documents.remove(CORRECTION);
    made.documents.remove(SECOND);
    assert_eq!(problems(&judged(&made.seal())), []);
}

#[test]
fn a_complete_year_has_the_new_versions_and_a_summary_of_its_corrections() {
    let complete = |change: fn(&mut Making)| {
        let mut made = correcting();
        made.planned = json!({"complete": true});
        made.info = INFO.replace("con-thieu", "hoan-tat");
        let kept = ["so-diem", "hoc-ba", "quyet-dinh-khoa", "bien-ban-niem-phong", "tong-hop-sua-chua"];
        let templates = made.plans["templates"].as_array_mut().expect("templates");
        templates.retain(|one| kept.contains(&one["kind"].as_str().unwrap_or_default()));
        change(&mut made);
        judged(&made.seal())
    };
    fn sum_up(made: &mut Making) {
        let summary = json!({"format": "niemphong-correction-summary/1", "number": "0001", "year": "2025-2026",
            "cases": [{"number": "0001", "outcome": "carried-out", "record": CORRECTION, "changes": []}]});
        made.documents.insert(SUMMARY, pdf(SUMMARY, &[("du-lieu.json", summary.to_string().as_bytes())]));
        let digest = Sha256::of(b"");
        let plan = json!({"format": "niemphong-plan/1", "dossier": SUMMARY, "roster": digest, "plans": digest,
            "turns": [{"boxes": [{"name": "HieuTruong", "role": "hieu-truong"}]}]});
        made.events
            .push(("dossier.base", json!({"dossier": SUMMARY, "plan": plan, "corrects": [CORRECTION]})));
    }
    check_only(&complete(|_| {}), Code::DepositIncomplete, CORRECTION);
    assert_eq!(problems(&complete(sum_up)), []);
    let silent = complete(|made| {
        sum_up(made);
        let nothing = json!({"format": "niemphong-correction-summary/1", "number": "0001", "year": "2025-2026", "cases": []});
        made.carry(SUMMARY, "du-lieu.json", &nothing.to_string());
    });
    check_only(&silent, Code::Correction, &file(SUMMARY));
    let left_out = complete(|made| {
        sum_up(made);
        made.documents.remove(SECOND);
    });
    check_only(&left_out, Code::DepositIncomplete, SECOND);
}
