//! A copy from its read-back to the hand-over of an extract, and what is printed of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use school::digest::Sha256;
use school::medium::{CopyId, CopyNumber, MediumId, MediumKind};
use school::plan::Templates;
use school::records::canonical;
use school::records::custody::HandOverOrder;
use school::roster::{FORMAT, Person, Roster, School};
use tempfile::TempDir;

use super::super::guide::{GuideOf, guide_files};
use super::super::{Handling, Office, extract, handle, names, papers_of, register_book};
use super::open;
use crate::lifecycle::event::{Event, PlannedMedium};

fn written<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().expect("well formed")
}

fn roster() -> Roster {
    let person = |(id, name, title): (&str, &str, &str)| Person {
        id: written(id),
        name: name.into(),
        title: title.into(),
        certificate: Sha256::of(id.as_bytes()),
        picture: None,
    };
    Roster {
        format: FORMAT.into(),
        school: School {
            code: written("HOAPHUONG"),
            name: "Trường THCS Hoa Phượng".into(),
            authority: "UBND phường Hoa Phượng".into(),
            place: "Hải Phòng".into(),
            sample: true,
            ward: String::new(),
            province: String::new(),
            head_title: String::new(),
        },
        year: written("2025-2026"),
        people: [
            ("VP", "Đỗ Thị Lan", "Nhân viên văn phòng"),
            ("HT", "Phạm Quốc Huy", "Hiệu trưởng"),
            ("TK", "Nguyễn Văn Bình", "Thư ký hội đồng"),
            ("DAU", "Trường THCS Hoa Phượng", "Con dấu"),
        ]
        .map(person)
        .into(),
        principal: written("HT"),
        admin_board: written("TK"),
        office: written("VP"),
        stamp: written("DAU"),
        homerooms: BTreeMap::new(),
        assignments: Vec::new(),
        curriculum: Vec::new(),
    }
}

/// An office with a sealed deposit on a disc that was read back.
fn office() -> (TempDir, Office, CopyId) {
    let (folder, mut office, medium) = office_with_image(b"image");
    let copy = CopyId { medium, number: CopyNumber::new(1).expect("a number") };
    for event in [
        Event::MediumWriting {
            copy: copy.clone(),
            on: MediumKind::Optical,
            device: Sha256::of(b"drive"),
            drive: None,
            record: None,
        },
        Event::MediumVerified { copy: copy.clone(), sha256: Sha256::of(b"image"), by: Some(written("VP")) },
    ] {
        office.record(event).expect("recorded");
    }
    (folder, office, copy)
}

/// An office with a sealed deposit on a sealed medium, of which no copy was begun.
pub(super) fn office_with_image(image: &[u8]) -> (TempDir, Office, MediumId) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let mut office = open(folder.path()).expect("an office");
    let year = written("2025-2026");
    let roster = canonical::to_bytes(&roster()).expect("canonical");
    let plans = canonical::to_bytes(&Templates::default_for(year)).expect("canonical");
    for (file, bytes) in [("roster.json", &roster), ("plans.json", &plans)] {
        office.publish(&names::of_year(year, Sha256::of(bytes), file), bytes).expect("published");
    }
    let (roster, plans) = (Sha256::of(&roster), Sha256::of(&plans));
    let deposit = written("HOAPHUONG_2025-2026_0001");
    let medium: MediumId = written("HOAPHUONG_VM_0001");
    let planned: Event = serde_json::from_value(serde_json::json!({
        "kind": "deposit.planned",
        "body": { "deposit": deposit, "dossiers": [], "software_agent": "niemphong 0.1.0" },
    }))
    .expect("an event");
    let set =
        vec![PlannedMedium { medium: medium.clone(), deposits: vec![written("HOAPHUONG_2025-2026_0001")] }];
    for event in [
        Event::YearOpened { year, roster, plans },
        planned,
        Event::DepositBuilt {
            deposit: written("HOAPHUONG_2025-2026_0001"),
            tagmanifest_sha256: Sha256::of(b"tags"),
            tagmanifest_sha512: school::digest::Sha512::of(b"tags"),
            record: None,
        },
        Event::DepositSealed { deposit, seal: Sha256::of(b"seal of the deposit"), record: None },
        Event::MediumPlanned { set, software_agent: "niemphong 0.1.0".into(), record: None },
        Event::MediumSealed {
            medium: medium.clone(),
            seal: Sha256::of(b"seal of the medium"),
            image: Sha256::of(image),
            bytes: image.len() as u64,
            record: None,
        },
    ] {
        office.record(event).expect("recorded");
    }
    (folder, office, medium)
}

/// The words of a PDF, one space between each.
fn words(folder: &Path, pdf: &[u8]) -> String {
    let path = folder.join("paper.pdf");
    std::fs::write(&path, pdf).expect("written");
    let said = Command::new("pdftotext").arg("-raw").arg(&path).arg("-").output().expect("pdftotext");
    String::from_utf8_lossy(&said.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn witnesses() -> [school::identifier::PersonId; 2] {
    [written("HT"), written("TK")]
}

fn order() -> HandOverOrder {
    HandOverOrder {
        ordered: "Hiệu trưởng, số 12/CV ngày 15/6/2026".into(),
        purpose: "Học sinh chuyển trường".into(),
        recipient: "Trường THCS Sao Mai".into(),
        what: "Học bạ HS0001".into(),
        until: String::new(),
        documents: Vec::new(),
    }
}

#[test]
fn every_handling_of_a_copy_is_an_entry_a_paper_and_a_row_of_the_book() {
    let (folder, mut office, copy) = office();
    assert_eq!(papers_of(&mut office, &copy).expect("printed").len(), 2, "label and slip");
    let book = words(folder.path(), &register_book(&mut office).expect("printed"));
    assert!(book.contains("Đỗ Thị Lan"), "who wrote it and read it back: {book}");
    let handlings = [
        Handling::Sticker { sticker: written("NP-017"), storage: "Tủ sắt số 1".into() },
        Handling::Open { reason: "Thanh tra kiểm tra".into() },
        Handling::HandOver(order()),
        Handling::Reseal { sticker: written("NP-018"), storage: "Tủ sắt số 2".into() },
    ];
    for handling in handlings {
        handle(&mut office, &copy, handling, None, &witnesses()).expect("recorded");
    }
    let papers = papers_of(&mut office, &copy).expect("printed");
    let again = papers_of(&mut office, &copy).expect("printed");
    assert!(papers.iter().zip(&again).all(|(one, other)| one.pdf == other.pdf), "the same whenever printed");
    let said: Vec<String> = papers.iter().map(|paper| words(folder.path(), &paper.pdf)).collect();
    assert!(said[0].contains("NP-018"), "the label names the paper seal in force: {}", said[0]);
    let wanted: [&[&str]; 4] = [
        &["NP-017", "Tủ sắt số 1", "Đỗ Thị Lan", "Nguyễn Văn Bình"],
        &["NP-017", "Thanh tra kiểm tra"],
        &["Trường THCS Sao Mai", "Học bạ HS0001", "BÊN GIAO", "BÊN NHẬN"],
        &["NP-017", "NP-018", "Thanh tra kiểm tra", "Tủ sắt số 2"],
    ];
    for (record, wanted) in said[2..].iter().zip(wanted) {
        for word in wanted {
            assert!(record.contains(word), "{word}: {record}");
        }
    }
    let book = words(folder.path(), &register_book(&mut office).expect("printed"));
    for word in [
        "Niêm phong gói",
        "Ghi, đóng, đọc lại khớp",
        "NP-017 thay bằng NP-018",
        "Tủ sắt số 2",
        "Phạm Quốc Huy, Nguyễn Văn Bình",
    ] {
        assert!(book.contains(word), "{word}: {book}");
    }
    let lines = office.register_lines(office.tree_head().0).expect("lines");
    let lines = String::from_utf8_lossy(&lines);
    assert!(
        !lines.contains("Tủ sắt") && !lines.contains("Đỗ Thị Lan"),
        "neither names nor words in the register"
    );
}

#[test]
fn nothing_is_recorded_of_what_may_not_be_done() {
    let (_folder, mut office, copy) = office();
    let before = office.tree_head();
    let refusals = [
        (Handling::Open { reason: "Xem".into() }, copy.clone(), "medium.wrong_stage"),
        (Handling::HandOver(order()), written("HOAPHUONG_VM_0001-2"), "medium.no_copy"),
    ];
    for (handling, copy, code) in refusals {
        let refused = handle(&mut office, &copy, handling, None, &witnesses()).expect_err("refused");
        assert_eq!(refused.code(), code);
    }
    let stranger = [written("LA")];
    let sticker = Handling::Sticker { sticker: written("NP-017"), storage: "Tủ".into() };
    let refused = handle(&mut office, &copy, sticker, None, &stranger).expect_err("nobody of the school");
    assert_eq!(refused.code(), "roster.unusable");
    let unread = papers_of(&mut office, &written("HOAPHUONG_VM_0001-9")).map(drop).expect_err("no such copy");
    assert_eq!(unread.code(), "medium.no_copy");
    assert_eq!(office.tree_head(), before);
}

#[test]
fn nothing_of_the_archive_leaves_without_an_order_that_says_who_what_for_and_for_whom() {
    let (_folder, mut office, copy) = office();
    let before = office.tree_head();
    let blank: [fn(&mut HandOverOrder); 4] = [
        |order| order.ordered.clear(),
        |order| order.purpose = " ".into(),
        |order| order.recipient.clear(),
        |order| order.what.clear(),
    ];
    for blank in blank {
        let mut order = order();
        blank(&mut order);
        let refused = handle(&mut office, &copy, Handling::HandOver(order), None, &witnesses());
        assert_eq!(refused.expect_err("refused").code(), "extract.no_order");
    }
    let elsewhere = [written("2025-2026_ca-nam_hoc-ba_HS0001")];
    let refused =
        extract(&mut office, &copy, &elsewhere, order(), (None, &witnesses())).expect_err("not there");
    assert_eq!(refused.code(), "extract.not_on_copy");
    assert_eq!(office.tree_head(), before);
}

#[test]
fn the_files_for_people_name_every_deposit_of_the_medium() {
    let (folder, office, copy) = office();
    let planned = school::moment::Moment::from_unix(1_780_110_000);
    let deposits = [(written("HOAPHUONG_2025-2026_0001"), "data/HOAPHUONG_2025-2026_0001".to_owned())];
    let of = GuideOf { medium: &copy.medium, planned, deposits: &deposits, timestamped: true };
    let files = guide_files(&office, &roster().school, &of).expect("made");
    let names: BTreeSet<&str> = files.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, BTreeSet::from(["DOC-TRUOC.txt", "KIEM-TRA.html", "MUC-LUC.html", "MUC-LUC.pdf"]));
    for (name, bytes) in &files {
        let text = match *name {
            "MUC-LUC.pdf" => words(folder.path(), bytes),
            "KIEM-TRA.html" => continue,
            _ => String::from_utf8(bytes.clone()).expect("UTF-8"),
        };
        assert!(
            text.contains("HOAPHUONG_2025-2026_0001") && text.contains("HOAPHUONG_VM_0001"),
            "{name}: {text}"
        );
    }
}
