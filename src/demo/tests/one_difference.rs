//! One value of a class that the rules give otherwise: said to whoever brought the file, kept for programs, printed
//! for the dossier.

use std::process::Command;

use school::digest::Sha256;
use school::dossier::Period;
use school::gradebook::SubjectResults;
use serde_json::{Value, json};

use super::periods::class;
use super::scratch_school::ScratchSchool;
use crate::clerk::Reception;
use crate::demo::class_6a1;
use crate::demo::school::written;

#[test]
fn one_difference_is_listed_with_pupil_subject_cell_and_both_values_as_text_json_and_report() {
    let mut book = class(Period::FullYear, "2026-05-25T16:42:10+07:00");
    let row = book.pupils[0].subjects.get_mut(&written("TOAN")).expect("mathematics");
    let SubjectResults::Marks(results) = &mut row.results else { panic!("marks") };
    let right = results.hk1.result.replace(92.try_into().expect("a mark")).expect("an average");
    assert_eq!(right.to_string(), "9,1", "as the rules have it");
    let file = class_6a1::written_as_export(&book);
    let export = Sha256::of(&file);
    let mut school = ScratchSchool::open(|_, _| None);
    let note = match school.drop_into_inbox(&file) {
        Reception::Accepted { note, .. } => note.expect("words"),
        other => panic!("{other:?}"),
    };
    let beside = school.folder().join(format!("hop-thu/da-nhan/{}.txt", class_6a1::EXPORT_FILE));
    assert!(beside.exists(), "beside the file");
    assert!(
        note.contains(
            "- Nguyễn Hoàng Thiên Ân (HS0001); Toán; Kết quả môn học học kì I: theo quy định 9,1, trong dữ liệu 9,2"
        ),
        "{note}"
    );

    let kept = |kind: &str| school.folder().join(format!("kho/kiem-tra-diem/{export}.{kind}"));
    let list: Value = serde_json::from_slice(&std::fs::read(kept("json")).expect("the list")).expect("JSON");
    assert_eq!(
        list["differences"],
        json!([{"pupil": "HS0001", "subject": "TOAN", "at": {"cell": "result", "of": "hk1"},
            "expected": {"mark": 91}, "found": {"mark": 92}}])
    );
    let report = Command::new("pdftotext").arg("-raw").arg(kept("pdf")).arg("-").output().expect("pdftotext");
    let report = String::from_utf8_lossy(&report.stdout);
    let report = report.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = "1 Nguyễn Hoàng Thiên Ân (HS0001) Toán Kết quả môn học học kì I 9,1 9,2";
    assert!(report.contains(line), "{report}");
    assert!(!report.contains("2 Nguyễn") && !report.contains("HS0002"), "and no other: {report}");
}
