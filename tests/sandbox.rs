//! The sandbox of the reader worker: seen from outside on the worker itself, and from inside by what a
//! reader that was taken over would try. The program is a binary, so its folder `process` is compiled
//! in here; there is no order that would make the product try such things.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

#[path = "support/circumstances.rs"]
mod circumstances;
#[path = "../src/process/mod.rs"]
mod process;

use std::fs::{self, File};
use std::net::TcpListener;
use std::os::fd::AsFd;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use circumstances::circumstances;
use process::frame::Frame;
use process::reader_host::ReaderHost;
use process::sandbox::{self, Enforced};
use process::worker::{Program, Worker};
use rustix::fs::{Mode, OFlags};
use school::records::reader_frame::{Answer, Order, Subject};
use verification::report::Verdict;

fn program() -> Program {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_niemphong"));
    Program::at(program, ["worker", "reader"].map(Into::into))
}

/// The value of a line of /proc/<worker>/status or limits.
fn line(worker: u32, file: &str, name: &str) -> String {
    let text = fs::read_to_string(format!("/proc/{worker}/{file}")).unwrap();
    let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn assert_closed(worker: u32) {
    assert_eq!(line(worker, "status", "NoNewPrivs:"), "1");
    assert_eq!(line(worker, "status", "Seccomp:"), "2", "a filter is in force");
    assert_eq!(line(worker, "status", "Threads:"), "1");
    assert_eq!(line(worker, "limits", "Max address space"), "536870912 536870912 bytes");
    assert_eq!(line(worker, "limits", "Max open files"), "64 64 files");
    assert_eq!(line(worker, "limits", "Max processes"), "0 0 processes");
    assert_eq!(line(worker, "limits", "Max core file size"), "0 0 bytes");
}

#[test]
fn a_reader_has_given_up_everything_when_it_answers() {
    let mut reader = ReaderHost::start_program(program());
    reader.export("x", b"{}").expect("an answer").expect_err("refused");
    assert_closed(reader.worker_id().unwrap());
}

/// Has an open folder judged by a worker that is spoken to by hand.
fn judge_folder(worker: &mut Worker, open: &File) -> Frame<Answer> {
    let wait = Duration::from_secs(10);
    let surround = Order::Surround { circumstances: Box::new(circumstances()) };
    let surrounded = worker.call::<Answer>(&surround, None, None, wait).expect("an answer");
    assert_eq!(surrounded.message, Answer::Surrounded);
    let judge = Order::Judge { subject: Subject::Folder, beside: Default::default() };
    worker.call(&judge, None, Some(open.as_fd()), wait).expect("an answer")
}

#[test]
fn a_reader_of_a_folder_has_too_and_still_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("data/ho-so")).unwrap();
    fs::write(folder.path().join("data/ho-so/a.pdf"), "not a PDF").unwrap();
    fs::write(folder.path().join("bagit.txt"), "BagIt-Version: 1.0\n").unwrap();
    let open = File::open(folder.path()).unwrap();
    let in_folder = program().in_folder("--folder".into(), folder.path().to_owned());
    let mut worker = Worker::start(&in_folder).unwrap();
    let by_hand = judge_folder(&mut worker, &open);
    assert_closed(worker.id().expect("it was started here"));
    assert_eq!(by_hand.message, Answer::Judged, "the folder could be read");
    let reports = ReaderHost::start_program(program())
        .judge_file(Subject::Folder, &circumstances(), &open, 10_000)
        .expect("the host starts such a reader by itself");
    let said = String::from_utf8(by_hand.bytes().to_vec()).unwrap();
    assert_eq!(said.lines().next().unwrap(), serde_json::to_string(&reports[0]).unwrap());
}

#[test]
fn a_reader_that_was_started_for_no_folder_reads_none() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("bagit.txt"), "BagIt-Version: 1.0\n").unwrap();
    let open = File::open(folder.path()).unwrap();
    let mut worker = Worker::start(&program()).unwrap();
    let answer = judge_folder(&mut worker, &open);
    let said = String::from_utf8_lossy(answer.bytes()).into_owned();
    assert!(!said.contains("\"verdict\":\"valid\""), "{said}");
    assert!(said.contains("UNREADABLE") || matches!(answer.message, Answer::Refused { .. }), "{said}");
}

#[test]
fn a_bomb_of_streams_costs_one_answer_at_most() {
    let mut reader = ReaderHost::start_program(program());
    match reader.judge_pdf(&circumstances(), &bomb(16, 60 * 1024 * 1024)) {
        Ok(report) => assert_ne!(report.verdict, Verdict::Valid),
        Err(fault) => assert!(fault.code().starts_with("reader.worker_"), "{fault}"),
    }
    reader.export("x", b"{}").expect("the next call is answered").expect_err("refused");
}

/// A PDF whose object streams inflate to `count` times `size` bytes: more than the reader may hold.
fn bomb(count: usize, size: usize) -> Vec<u8> {
    use std::io::Write;
    let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    deflated.write_all(&b"1000 0 ".iter().copied().cycle().take(size).collect::<Vec<_>>()).unwrap();
    let deflated = deflated.finish().unwrap();
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut rows = Vec::new();
    for number in 3..3 + count {
        rows.push([vec![1], (pdf.len() as u32).to_be_bytes().to_vec(), vec![0]].concat());
        let head = format!(
            "{number} 0 obj\n<< /Type /ObjStm /N 100000 /First 700000 /Filter /FlateDecode /Length {} >>\nstream\n",
            deflated.len()
        );
        pdf.extend(head.bytes());
        pdf.extend(&deflated);
        pdf.extend(b"\nendstream\nendobj\n");
    }
    // Two objects that lie in the first and last of the streams, one of them the Catalog.
    let within = |stream: usize| [vec![2], (stream as u32).to_be_bytes().to_vec(), vec![0]].concat();
    let mut section = [vec![0, 0, 0, 0, 0, 255], within(3), within(2 + count)].concat();
    section.extend(rows.concat());
    let at = pdf.len();
    section.extend([vec![1], (at as u32).to_be_bytes().to_vec(), vec![0]].concat());
    let number = 3 + count;
    let head = format!(
        "{number} 0 obj\n<< /Type /XRef /Size {} /W [1 4 1] /Root 1 0 R /Length {} >>\nstream\n",
        number + 1,
        section.len()
    );
    pdf.extend(head.bytes());
    pdf.extend(section);
    pdf.extend(format!("\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n").bytes());
    pdf
}

// ------------------------------------------------- what a reader that was taken over would try

/// How an attempt ended.
#[derive(Debug, PartialEq)]
enum End {
    Worked,
    Refused,
    Killed,
    /// This kernel cannot close the sandbox whole, and the worker goes on without.
    Untried,
}

const WORKED: i32 = 17;
const REFUSED: i32 = 18;
const NOT_CLOSED: i32 = 19;
const BAD_SYSTEM_CALL: i32 = 31;

/// Runs [`an_attempt`] in a process of its own that stands in a folder with `inside`, beside `outside`.
fn attempt(what: &str, folder: bool) -> End {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("folder")).unwrap();
    fs::write(place.path().join("folder/inside"), "x").unwrap();
    fs::write(place.path().join("outside"), "x").unwrap();
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "an_attempt"])
        .current_dir(place.path().join("folder"))
        .env("ATTEMPT", what)
        .env("ATTEMPT_FOLDER", if folder { "yes" } else { "no" })
        .output()
        .unwrap()
        .status;
    match (status.code(), status.signal()) {
        (Some(WORKED), _) => End::Worked,
        (Some(REFUSED), _) => End::Refused,
        (_, Some(BAD_SYSTEM_CALL)) => End::Killed,
        (Some(NOT_CLOSED), _) => End::Untried,
        other => panic!("{what}: {other:?}"),
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the exit code is how the attempt ended")]
#[ignore = "closes a sandbox around itself: the tests below run it"]
fn an_attempt() {
    let Ok(what) = std::env::var("ATTEMPT") else { return };
    let here = File::open(".").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let open = |name: &str, flags| rustix::fs::openat(&here, name, flags, Mode::RUSR).is_ok();
    let enforced = sandbox::close(std::env::var("ATTEMPT_FOLDER").unwrap() == "yes").unwrap();
    if enforced != (Enforced { landlock: true, seccomp: true }) {
        std::process::exit(NOT_CLOSED);
    }
    let worked = match what.as_str() {
        "inside" => open("inside", OFlags::RDONLY),
        "outside" => open("../outside", OFlags::RDONLY),
        "absolute" => open("/etc/passwd", OFlags::RDONLY),
        "by its place" => File::open("inside").is_ok(),
        "write" => open("inside", OFlags::WRONLY),
        "create" => open("new", OFlags::RDONLY | OFlags::CREATE),
        "remove" => rustix::fs::unlinkat(&here, "inside", rustix::fs::AtFlags::empty()).is_ok(),
        "thread" => std::thread::Builder::new().spawn(|| ()).is_ok(),
        "child" => Command::new("/bin/true").spawn().is_ok(),
        "program" => {
            let _ = Command::new("/bin/true").exec();
            false
        }
        "connect" => std::net::TcpStream::connect(address).is_ok(),
        "accept" => listener.accept().is_ok(),
        other => panic!("no attempt {other}"),
    };
    std::process::exit(if worked { WORKED } else { REFUSED });
}

fn assert_ends(what: &str, folder: bool, expected: End) {
    match attempt(what, folder) {
        End::Untried => {}
        ended => assert_eq!(ended, expected, "{what}"),
    }
}

#[test]
fn a_reader_of_a_folder_opens_what_lies_in_it_and_nothing_else() {
    assert_ends("inside", true, End::Worked);
    for what in ["outside", "absolute", "by its place", "write", "create", "remove"] {
        assert_ends(what, true, End::Refused);
    }
}

#[test]
fn a_reader_of_no_folder_opens_nothing_even_below_a_descriptor() {
    for what in ["inside", "outside", "absolute"] {
        assert_ends(what, false, End::Refused);
    }
}

#[test]
fn a_reader_starts_nothing() {
    assert_ends("thread", false, End::Refused);
    assert_ends("child", false, End::Refused);
    assert_ends("program", false, End::Killed);
}

#[test]
fn a_reader_that_reaches_for_the_network_is_killed() {
    assert_ends("connect", false, End::Killed);
    assert_ends("accept", false, End::Killed);
}

#[test]
fn the_log_says_what_is_enforced() {
    assert_eq!(Enforced { landlock: true, seccomp: false }.words(), "sandbox: landlock yes, seccomp no");
}
