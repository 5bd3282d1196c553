//! Steps that must not be taken, on an office without tokens.

use std::path::Path;

use school::digest::Sha256;
use school::dossier::Period;
use tempfile::TempDir;

use super::{Authorities, ClerkFault, Office, make_bases, propose_lock};
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
