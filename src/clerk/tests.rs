//! Steps that must not be taken, on an office without tokens.

mod burning;
mod custody;

use std::collections::BTreeSet;
use std::path::Path;

use crafts::export::{Layouts, Taken, take};
use school::digest::Sha256;
use school::dossier::Period;
use tempfile::TempDir;

use super::{
    Authorities, ClerkFault, Office, assemble, bag, commission, make_bases, names, propose_lock,
    record_anchors,
};
use crate::lifecycle::event::{Event, PartTaken};
use crate::process::reader_host::ReaderHost;
use crate::wording::Outcome;

fn open(data: &Path) -> Result<Office, ClerkFault> {
    let nobody =
        Authorities { anchors: Vec::new(), intermediates: Vec::new(), crls: Vec::new(), timestamp_url: None };
    Office::open(data, ReaderHost::start(), nobody)
}

/// An office that accepted one export.
fn office() -> (TempDir, Office, Sha256) {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let mut office = open(folder.path()).expect("an office");
    let export = Sha256::of(b"export");
    office.record(Event::ExportTaken { sha256: export, bytes: 6 }).expect("recorded");
    let accepted = Event::ExportAccepted {
        export,
        gradebook: Sha256::of(b"gradebook"),
        year: "2025-2026".parse().expect("a year"),
        class: "6A1".parse().expect("a class"),
        period: Period::FullYear,
    };
    office.record(accepted).expect("recorded");
    (folder, office, export)
}

#[test]
fn a_second_office_on_the_same_folder_is_busy_until_the_first_is_gone() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let first = open(folder.path()).expect("the first office");
    let busy = open(folder.path()).map(drop).expect_err("two offices on one folder");
    assert!(busy.code().ends_with(".busy"), "{}", busy.code());
    drop(first);
    open(folder.path()).expect("the folder is free again");
}

#[test]
fn documents_of_an_accepted_export_wait_for_the_lock_decision() {
    let (_folder, mut office, export) = office();
    let not_locked = office.lock_moment(export, None).expect_err("no decision lists it");
    assert_eq!(not_locked.code(), "export.not_locked");
    assert_eq!(make_bases(&mut office).expect("nothing to do"), []);
    assert!(office.ledger().dossiers.is_empty());
}

#[test]
fn a_lock_decision_waits_for_roster_and_plans_of_its_year() {
    let (_folder, mut office, export) = office();
    let year = "2025-2026".parse().expect("a year");
    let number = "0001".parse().expect("a number");
    let not_open = propose_lock(&mut office, year, number, &[export], None);
    assert_eq!(not_open.expect_err("refused").code(), "year.not_open");
    assert!(office.ledger().dossiers.is_empty());
}

#[test]
fn other_bytes_under_a_published_name_are_refused_and_the_attempt_is_recorded() {
    let (_folder, mut office, _) = office();
    office.publish("goc/a.json", b"first").expect("published");
    office.publish("goc/a.json", b"first").expect("the same bytes again are a success");
    let before = office.tree_head().0;
    let refused = office.publish("goc/a.json", b"second").expect_err("never overwritten");
    assert_eq!(refused.code(), "store.other_bytes");
    assert_eq!(office.store.read("goc/a.json").expect("still there"), b"first");
    assert_eq!(office.tree_head().0, before + 1);
    let lines = String::from_utf8(office.register_lines(before + 1).expect("lines")).expect("JSON");
    assert!(lines.lines().last().is_some_and(|line| line.contains("overwrite.refused")), "{lines}");
}

#[test]
fn roots_that_come_and_go_with_the_configuration_are_entries_of_the_register() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let start = |roots: &[&[u8]]| -> (u64, Vec<Sha256>) {
        let anchors = roots.iter().map(|der| der.to_vec()).collect();
        let authorities =
            Authorities { anchors, intermediates: Vec::new(), crls: Vec::new(), timestamp_url: None };
        let mut office = Office::open(folder.path(), ReaderHost::start(), authorities).expect("an office");
        record_anchors(&mut office).expect("recorded");
        let trusted = office.ledger().anchors.iter().copied().collect();
        (office.tree_head().0, trusted)
    };
    assert_eq!(start(&[b"one"]), (0, vec![]), "the first entry is the commissioning");
    let mut office = open(folder.path()).expect("an office");
    let school = "HOAPHUONG".parse().expect("a code");
    commission(&mut office, &school, Sha256::of(b"ht"), Sha256::of(b"dau")).expect("commissioned");
    drop(office);
    let (one, two) = (Sha256::of(b"one"), Sha256::of(b"two"));
    assert_eq!(start(&[b"one"]), (2, vec![one]));
    assert_eq!(start(&[b"one"]), (2, vec![one]), "nothing changed");
    assert_eq!(start(&[b"two"]), (4, vec![two]), "one was added and one removed");
    let lines = open(folder.path()).expect("an office").register_lines(4).expect("the lines");
    let lines = String::from_utf8(lines).expect("text");
    let removed = format!(
        "\"body\":{{\"by\":\"configuration\",\"certificate\":\"{one}\"}},\"kind\":\"anchor.removed\""
    );
    assert!(lines.contains(&removed), "{lines}");
}

const LIST: &str = "DANH SÁCH HỌC SINH LỚP 6A1;;;;\nNăm học: 2025-2026;;;;\n\nSTT;Mã định danh Bộ GD&ĐT;Họ tên;Ngày sinh;Giới tính\n1;0123456789;Nguyễn Thị Ánh Dương;05/03/2014;Nữ\n";
const MARKS: &str = "STT;Lớp;Mã định danh Bộ GD&ĐT;Họ và tên;Ngày sinh;ĐĐGtx1;ĐĐGtx2;ĐĐGgk;ĐĐGck\n1;6A1;123456789;Nguyễn Thị Ánh Dương;05/03/2014;8,5;7;8;9\n";
const SUMMARY: &str = "Lớp: 6A1;;;;;\nNăm học: 2025-2026;;;;;\nHọc kỳ: I;;;;;\nSTT;Họ và tên;Học tập;Rèn luyện;Nghỉ có phép;Nghỉ không phép\n1;Nguyễn Thị Ánh Dương;Tốt;Tốt;1;0\n";

/// Stores a file as the inbox does after it was read.
fn put(office: &mut Office, text: &str, file: &str) {
    let export = Sha256::of(text.as_bytes());
    let Ok(Taken::Parts(parts)) = take(text.as_bytes(), file, &Layouts::shipped()) else { panic!("{file}") };
    super::take_in::store_original(office, export, text.as_bytes()).expect("stored");
    let mut taken = Vec::new();
    let mut files = Vec::new();
    for part in parts {
        let canonical = school::records::canonical::to_bytes(&part).expect("canonical");
        let digest = office.store.stage(&canonical).expect("staged");
        files.push((digest, names::part(&digest)));
        taken.push(PartTaken { part: digest, year: part.year, class: part.class, is_final: part.is_final });
    }
    office.commit(Event::ExportParts { export, parts: taken }, &files).expect("committed");
}

/// A roster in which one teacher gives mathematics in 6A1, in force without anybody's signature.
fn open_year(office: &mut Office) {
    let person = |id: &str| serde_json::json!({"id": id, "name": id, "title": "Giáo viên", "certificate": Sha256::of(id.as_bytes())});
    let roster = serde_json::json!({
        "format": "niemphong-roster/1",
        "school": {"code": "HOAPHUONG", "name": "Trường THCS Hoa Phượng", "authority": "Phường Hoa Phượng", "place": "Hải Phòng", "sample": true},
        "year": "2025-2026", "people": [person("GV01"), person("HT01"), person("QT01"), person("VP01"), person("DAU")],
        "principal": "HT01", "admin_board": "QT01", "office": "VP01", "stamp": "DAU", "homerooms": {"6A1": "GV01"},
        "assignments": [{"class": "6A1", "subject": "TOAN", "teacher": "GV01", "presiding": "GV01"}],
    });
    let year = "2025-2026".parse().expect("a year");
    let plans = serde_json::to_vec(&school::plan::Templates::default_for(year)).expect("plans");
    let roster = serde_json::to_vec(&roster).expect("a roster");
    let (roster_digest, plans_digest) = (Sha256::of(&roster), Sha256::of(&plans));
    office.publish(&names::of_year(year, roster_digest, "roster.json"), &roster).expect("published");
    office.publish(&names::of_year(year, plans_digest, "plans.json"), &plans).expect("published");
    office.record(Event::YearOpened { year, roster: roster_digest, plans: plans_digest }).expect("recorded");
}

#[test]
fn a_class_whose_files_come_one_by_one_becomes_one_export_that_names_them() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let mut office = open(folder.path()).expect("an office");
    let (year, class) = ("2025-2026".parse().expect("a year"), "6A1".parse().expect("a class"));
    put(&mut office, LIST, "ds.csv");
    put(&mut office, MARKS, "6A1_Toán_HK1_2025-2026.csv");
    let standing = assemble::class(&mut office, year, &class).expect("looked at");
    assert!(
        matches!(standing.periods.as_slice(), [(Period::FirstTerm, Outcome::Waiting(_))]),
        "{standing:?}"
    );
    put(&mut office, SUMMARY, "tong-ket.csv");
    assert_eq!(office.ledger().exports.accepted().count(), 0, "the roster is not in force");
    open_year(&mut office);
    assemble::waiting_classes(&mut office).expect("put together");
    assert_eq!(office.ledger().exports.accepted().count(), 1);
    let (export, accepted) = office.ledger().exports.accepted().next().expect("one");
    assert_eq!((accepted.class.as_str(), accepted.period), ("6A1", Period::FirstTerm));
    assert!(!accepted.is_locked(), "it waits for the lock");
    let bytes = office.store.read_verified(&names::original(export), *export).expect("its bytes");
    let book: school::gradebook::Gradebook = serde_json::from_slice(&bytes).expect("a gradebook");
    let mut files = [LIST, MARKS, SUMMARY].map(|text| Sha256::of(text.as_bytes()));
    files.sort();
    assert_eq!(book.parts, files);
    let in_deposit = bag::parts_of(&office, &BTreeSet::from([*export])).expect("known");
    assert_eq!(in_deposit, BTreeSet::from(files), "the vendor's own files go into the deposit with it");
    let before = office.tree_head();
    assemble::waiting_classes(&mut office).expect("nothing new");
    assert_eq!(office.tree_head(), before, "the same parts make the same export");
}

const TEACHERS: &str = "LỚP: 6A1;;;Môn: Toán;;;;;Học kỳ I\nSố TT;Mã học sinh;Họ và tên học sinh;Ngày sinh;ĐĐGtx;;;;ĐĐGgk;ĐĐGck;ĐTBmhk\n1;;Nguyễn Thị Ánh Dương;05/03/2014;8,5;7;;;6;9;\n";

#[test]
fn a_class_whose_books_differ_waits_for_the_principals_reason_and_for_these_differences_only() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let mut office = open(folder.path()).expect("an office");
    let (year, class) = ("2025-2026".parse().expect("a year"), "6A1".parse().expect("a class"));
    open_year(&mut office);
    put(&mut office, LIST, "ds.csv");
    put(&mut office, SUMMARY, "tong-ket.csv");
    put(&mut office, TEACHERS, "SO_DIEM_BO_MON__GV01_HKI_2025-2026.csv");
    put(&mut office, MARKS, "6A1_Toán_HK1_2025-2026.csv");
    let standing = assemble::class(&mut office, year, &class).expect("looked at");
    assert!(
        matches!(standing.periods.as_slice(), [(_, Outcome::Different(one))] if one.len() == 1),
        "{standing:?}"
    );
    assert_eq!(office.ledger().exports.accepted().count(), 0);
    let accept = |office: &mut Office| {
        super::accept_book_differences(office, year, &class, Period::FirstTerm, "Sổ lớp đã được thống nhất.")
    };
    let standing = accept(&mut office).expect("recorded");
    assert!(matches!(standing.periods.as_slice(), [(_, Outcome::Complete)]), "{standing:?}");
    assert_eq!(office.ledger().exports.accepted().count(), 1);
    assert_eq!(accept(&mut office).expect_err("nothing differs").code(), "export.nothing_differs");
    put(&mut office, &TEACHERS.replace(";6;9;", ";5;9;"), "SO_DIEM_BO_MON__GV01_HKI_2025-2026.csv");
    let standing = assemble::class(&mut office, year, &class).expect("looked at");
    assert!(
        matches!(standing.periods.as_slice(), [(_, Outcome::Different(_))]),
        "another difference: {standing:?}"
    );
}
