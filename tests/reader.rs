//! The reader worker as the core uses it. The program is a binary, so its folder `process` is
//! compiled in here and drives the built program.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

#[path = "support/circumstances.rs"]
mod circumstances;
#[path = "../src/process/mod.rs"]
mod process;
#[path = "support/signals.rs"]
mod signals;

use std::fs::File;
use std::path::PathBuf;

use circumstances::circumstances;
use process::reader_host::ReaderHost;
use process::worker::Program;
use school::records::reader_frame::{Circumstances, Policy, Subject};
use signals::Signal;
use verification::report::Verdict;

fn reader() -> ReaderHost {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_niemphong"));
    ReaderHost::start_program(Program::at(program, ["worker", "reader"].map(Into::into)))
}

#[test]
fn an_export_that_is_none_comes_back_with_its_problems() {
    let problems = reader().export("x", b"not an export").expect("an answer").expect_err("refused");
    assert!(problems[0].code.starts_with("export."), "{problems:?}");
}

#[test]
fn what_is_no_pdf_is_judged_malformed_from_bytes_and_from_an_open_file() {
    let mut reader = reader();
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.pdf");
    std::fs::write(&path, b"not a PDF").unwrap();
    let by_bytes = reader.judge_pdf(&circumstances(), b"not a PDF").expect("a report");
    let file = File::open(&path).unwrap();
    let by_file = reader.judge_open_pdf(&circumstances(), &file).expect("a report");
    let as_lines = reader.judge_file(Subject::Pdf, &circumstances(), &file, 10_000).expect("reports");
    assert_eq!(by_bytes, by_file);
    assert_eq!(vec![serde_json::to_value(&by_bytes).unwrap()], as_lines);
    assert_eq!(by_bytes.verdict, Verdict::Malformed);
}

#[test]
fn orders_that_cannot_be_carried_out_are_refused_and_the_reader_lives_on() {
    let mut reader = reader();
    let mut garbled = circumstances();
    garbled.anchors = vec!["not Base64!".into()];
    let refused = reader.judge_pdf(&garbled, b"%PDF-1.7").unwrap_err();
    assert_eq!(refused.code(), "reader.order");
    let worker = reader.worker_id();
    let folder = tempfile::tempdir().unwrap();
    let folder = File::open(folder.path()).unwrap();
    let refused = reader.judge_file(Subject::Pdf, &circumstances(), &folder, 10_000).unwrap_err();
    assert_eq!(refused.code(), "reader.file");
    assert!(worker.is_some() && reader.worker_id() == worker);
}

#[test]
fn a_reader_that_died_costs_one_answer() {
    let mut reader = reader();
    reader.export("x", b"{}").expect("an answer").expect_err("refused");
    let worker = reader.worker_id().expect("a reader runs");
    signals::send(worker, Signal::KILL);
    assert_eq!(reader.export("x", b"{}").unwrap_err().code(), "reader.worker_lost");
    reader.export("x", b"{}").expect("a new reader").expect_err("refused");
    assert_ne!(reader.worker_id(), Some(worker));
}

#[test]
fn what_surrounds_a_judgement_is_told_again_when_it_changes_and_to_a_new_reader() {
    let mut reader = reader();
    let school = circumstances();
    let foreign = Circumstances { policy: Policy::Foreign, ..circumstances() };
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/signed/hoc-ba.pdf");
    let bytes = std::fs::read(fixture).unwrap();
    let policy = |reader: &mut ReaderHost, around: &Circumstances| {
        reader.judge_pdf(around, &bytes).expect("a report").policy
    };
    assert_eq!(policy(&mut reader, &school), "school");
    assert_eq!(policy(&mut reader, &foreign), "foreign");
    signals::send(reader.worker_id().expect("a reader runs"), Signal::KILL);
    reader.export("x", b"{}").expect_err("it is gone");
    reader.export("x", b"{}").expect("a new reader").expect_err("refused");
    assert_eq!(policy(&mut reader, &foreign), "foreign", "though it was told so to the one before");
    assert_eq!(policy(&mut reader, &school), "school");
}

#[test]
fn a_reader_that_hangs_is_given_up_at_the_deadline() {
    let mut reader = reader();
    reader.export("x", b"{}").expect("an answer").expect_err("refused");
    let worker = reader.worker_id().expect("a reader runs");
    signals::send(worker, Signal::STOP);
    let null = File::open("/dev/null").unwrap();
    let given_up = reader.judge_file(Subject::Image, &circumstances(), &null, 200).unwrap_err();
    assert_eq!(given_up.code(), "reader.worker_hung");
    assert!(!PathBuf::from(format!("/proc/{worker}")).exists(), "it was killed and waited for");
}

#[test]
fn memory_of_the_reader_is_limited() {
    let mut reader = reader();
    reader.export("x", b"{}").expect("an answer").expect_err("refused");
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", reader.worker_id().unwrap()));
    // The worker forbids others to look into it; only root still may.
    if let Ok(limits) = limits {
        let line = limits.lines().find(|line| line.starts_with("Max address space")).unwrap();
        assert!(line.contains("536870912"), "{line}");
    }
}

#[test]
fn a_page_that_cannot_be_drawn_costs_its_picture_and_nothing_else() {
    use process::reader_host::Picture;
    let mut reader = reader();
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.pdf");
    std::fs::write(&path, b"not a PDF").unwrap();
    let file = File::open(&path).unwrap();
    let drawn = reader.draw(&file, 1, 4).expect("an answer");
    assert_eq!((drawn.before, drawn.after, drawn.difference), (Picture::NotDrawn, Picture::NotDrawn, None));
    assert_eq!(reader.draw(&file, 1, 1000).unwrap_err().code(), "reader.order");
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/signed/hoc-ba.pdf");
    let file = File::open(fixture).unwrap();
    let size = file.metadata().unwrap().len();
    let alike = reader.draw(&file, 1, size).expect("an answer");
    assert!(matches!(alike.before, Picture::Png { complete: true, .. }) && alike.before == alike.after);
    assert_eq!(reader.draw(&file, 1_000, size).expect("an answer").after, Picture::NoPage);
}

#[test]
fn hostile_bytes_that_kill_the_drawing_cost_one_answer() {
    // A page whose content nests deeper than any stack: whatever the drawing program does, we live on.
    let mut reader = reader();
    let mut bytes = b"%PDF-1.7\n1 0 obj\n".to_vec();
    bytes.extend(std::iter::repeat_n(b'[', 4_000_000));
    bytes.extend(b"\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n");
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("a.pdf");
    std::fs::write(&path, &bytes).unwrap();
    let file = File::open(&path).unwrap();
    match reader.draw(&file, 1, 100) {
        Ok(drawn) => assert_eq!(drawn.difference, None),
        Err(fault) => assert!(fault.code().starts_with("reader.worker_"), "{fault}"),
    }
    assert!(reader.judge_pdf(&circumstances(), b"not a PDF").is_ok());
}
