//! Steps that must not be taken, on an office without tokens.

use std::path::Path;

use school::digest::Sha256;
use school::dossier::Period;
use tempfile::TempDir;

use super::{Authorities, ClerkFault, Office, commission, make_bases, propose_lock, record_anchors};
use crate::lifecycle::event::Event;
use crate::process::reader_host::ReaderHost;

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
