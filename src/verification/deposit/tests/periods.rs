//! Several periods, reopened data, a pupil who left: what a deposit of them must say.

use school::digest::Sha256;
use serde_json::{Value, json};

use super::sealed::*;
use crate::deposit::Code;

const OPENED: &str = "2025-2026_ca-nam_quyet-dinh-mo_0002";
const SUMMER: &str = "2025-2026_sau-he_hoc-ba_HS0001";
const SUMMER_LOCK: &str = "2025-2026_ca-nam_quyet-dinh-khoa_0003";

fn export() -> Value {
    json!({"class": "6A1", "period": "ca-nam", "sha256": Sha256::of(ORIGINAL.as_bytes())})
}

fn lock_of(export: &Value) -> String {
    json!({"format": "niemphong-lock/1", "number": "0001", "year": "2025-2026", "exports": [export]})
        .to_string()
}

/// The transcript after the summer with the lock of its export.
fn with_summer(supplements: &Value) -> Making {
    let mut making = Making::new();
    let original = "the export after the summer";
    let sha256 = Sha256::of(original.as_bytes());
    let data = json!({"format": "niemphong-transcript/1", "export": sha256, "school": "HOAPHUONG",
        "year": "2025-2026", "period": "sau-he", "class": "6A1", "subjects": [subject()], "pupil": pupil()});
    let lock = json!({"format": "niemphong-lock/1", "number": "0003", "year": "2025-2026",
        "exports": [{"class": "6A1", "period": "sau-he", "sha256": sha256}]});
    let carried = [
        ("du-lieu.json", data.to_string().into_bytes()),
        ("bo-sung.json", supplements.to_string().into_bytes()),
    ];
    let carried: Vec<(&str, &[u8])> = carried.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let mut book: Value = serde_json::from_slice(&gradebook()).expect("JSON");
    book["period"] = "sau-he".into();
    let book = school::records::canonical::to_bytes(&book).expect("canonical");
    making.payload.insert("data/du-lieu/6A1_sau-he.json".into(), book);
    making.payload.insert(format!("data/ban-goc/{sha256}"), original.as_bytes().to_vec());
    making.documents.insert(SUMMER, pdf(SUMMER, &carried));
    making.documents.insert(SUMMER_LOCK, pdf(SUMMER_LOCK, &[("du-lieu.json", lock.to_string().as_bytes())]));
    making
}

fn supplement(of: &str, sha256: Sha256) -> Value {
    json!({"format": "niemphong-supplement/1", "supplements": of, "sha256": sha256})
}

#[test]
fn results_after_the_summer_name_the_closed_document_of_the_year() {
    let closed = Sha256::of(Making::new().documents[TRANSCRIPT].to_string().as_bytes());
    assert_eq!(problems(&judged(&with_summer(&supplement(TRANSCRIPT, closed)).seal())), []);
    let other_file = supplement(TRANSCRIPT, Sha256::of(b"another file"));
    let name = format!("data/ho-so/{SUMMER}.pdf");
    check_only(&judged(&with_summer(&other_file).seal()), Code::Supplement, &name);
    for unfit in [supplement(CLASS_BOOK, closed), json!({"format": "niemphong-supplement/1"})] {
        check(&judged(&with_summer(&unfit).seal()), Code::DocumentData, &name);
    }
}

#[test]
fn the_lock_of_one_pupil_allows_that_pupils_transcript_and_no_class_book() {
    for (pupil, transcript_too) in [("HS0001", false), ("HS0002", true)] {
        let mut making = Making::new();
        let mut export = export();
        export["pupil"] = pupil.into();
        making.carry(LOCK, "du-lieu.json", &lock_of(&export));
        let objects = judged(&making.seal());
        check_only(&objects, Code::ExportNotLocked, &format!("data/ho-so/{CLASS_BOOK}.pdf"));
        let named = problems(&objects).into_iter().any(|(_, place)| place.contains("hoc-ba"));
        assert_eq!(named, transcript_too, "{pupil}");
    }
}

#[test]
fn a_transcript_belongs_to_the_gradebook_of_its_own_export() {
    // Where data were opened again, the marks before do not excuse those that are in force.
    let mut making = with_reopened("niemphong-reopening/1");
    let beside =
        format!("data/du-lieu/6A1_ca-nam_{}.json", &Sha256::of(ORIGINAL.as_bytes()).to_string()[..16]);
    let mut book: Value = serde_json::from_slice(&making.payload[&beside]).expect("JSON");
    book["pupils"][0]["subjects"]["TOAN"]["results"]["marks"]["year"] = 48.into();
    making.payload.insert(beside, school::records::canonical::to_bytes(&book).expect("canonical"));
    check(&judged(&making.seal()), Code::TranscriptMarks, &format!("data/ho-so/{TRANSCRIPT}.pdf"));
}

/// Two exports of one class and period: the first was opened again.
fn with_reopened(format: &str) -> Making {
    let mut making = Making::new();
    let original = "the export before it was opened again";
    let first = Sha256::of(original.as_bytes());
    let opened = json!({"class": "6A1", "period": "ca-nam", "sha256": first});
    making.payload.insert(format!("data/ban-goc/{first}"), original.as_bytes().to_vec());
    let lock = json!({"format": "niemphong-lock/1", "number": "0001", "year": "2025-2026",
        "exports": [export(), opened]});
    making.carry(LOCK, "du-lieu.json", &lock.to_string());
    let opened = json!({"format": format, "number": "0002", "year": "2025-2026", "exports": [opened]});
    making.documents.insert(OPENED, pdf(OPENED, &[("du-lieu.json", opened.to_string().as_bytes())]));
    let beside = |export: &Sha256| format!("data/du-lieu/6A1_ca-nam_{}.json", &export.to_string()[..16]);
    let in_force = making.payload.remove("data/du-lieu/6A1_ca-nam.json").expect("the gradebook");
    making.payload.insert(beside(&Sha256::of(ORIGINAL.as_bytes())), in_force);
    let mut before: Value = serde_json::from_slice(&gradebook()).expect("JSON");
    before["exported"] = "2026-05-28T08:15:00+07:00".into();
    let before = school::records::canonical::to_bytes(&before).expect("canonical");
    making.payload.insert(beside(&first), before);
    making
}

#[test]
fn data_that_were_opened_again_lie_beside_those_that_took_their_place() {
    assert_eq!(problems(&judged(&with_reopened("niemphong-reopening/1").seal())), []);
    let not_one = judged(&with_reopened("niemphong-lock/1").seal());
    check(&not_one, Code::DocumentData, &format!("data/ho-so/{OPENED}.pdf"));
}
