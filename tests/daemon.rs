//! `niemphong serve` as an office runs it: files dropped into the inbox, a signal to stop, a second
//! daemon on the same folder.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "support/signals.rs"]
mod signals;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use signals::Signal;
use tempfile::TempDir;

/// Far more than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);
const EXPORT: &str = "tests/fixtures/exports/6A1_HK1.json";

/// A school's folders with a configuration.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let text = format!(
            "version = 1\n[folders]\ndata = {:?}\ninbox = {:?}\n[inbox]\nsettle_seconds = 0\nscan_seconds = 1\n[pages]\nport = 0\n",
            folder.path().join("du-lieu"),
            folder.path().join("hop-thu")
        );
        fs::create_dir(folder.path().join("du-lieu")).unwrap();
        fs::write(folder.path().join("niemphong.toml"), text).unwrap();
        Self { folder }
    }

    fn inbox(&self, name: &str) -> PathBuf {
        self.folder.path().join("hop-thu").join(name)
    }

    fn command(&self, verb: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_niemphong"));
        command.arg(verb).arg("--config").arg(self.folder.path().join("niemphong.toml"));
        command
    }

    fn serve(&self) -> Daemon {
        let child = self.command("serve").stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let daemon = Daemon { child };
        // The folders of the inbox are made once store and register are open.
        wait_for("the daemon opens the inbox", || self.inbox("loi").is_dir());
        daemon
    }

    /// Drops a file as a careful copying program does: complete, then renamed.
    fn drop(&self, name: &str, bytes: &[u8]) {
        let hidden = self.inbox(&format!(".{name}"));
        fs::write(&hidden, bytes).unwrap();
        fs::rename(&hidden, self.inbox(name)).unwrap();
    }

    fn register(&self, look: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_niemphong"));
        command.arg("register").arg("--data").arg(self.folder.path().join("du-lieu")).arg(look);
        command.output().unwrap()
    }

    /// The kinds of the register's entries.
    fn kinds(&self) -> Vec<String> {
        let listed = self.register("list");
        assert!(listed.status.success(), "{listed:?}");
        let lines = String::from_utf8(listed.stdout).unwrap();
        let kind = |line: &str| -> String {
            let entry: serde_json::Value = serde_json::from_str(line).unwrap();
            entry["kind"].as_str().unwrap().to_owned()
        };
        lines.lines().filter(|line| !line.is_empty()).map(kind).collect()
    }
}

/// A running daemon; a test that fails does not leave it behind.
struct Daemon {
    child: Child,
}

impl Daemon {
    fn end(mut self, signal: Signal) -> (ExitStatus, String) {
        signals::send(self.child.id(), signal);
        let until = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < until, "it goes on after {signal:?}");
            std::thread::sleep(Duration::from_millis(20));
        };
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (status, said)
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !done() {
        assert!(Instant::now() < until, "in vain: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn export() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(EXPORT)).unwrap()
}

fn note(path: &Path) -> String {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".txt");
    let beside = PathBuf::from(beside);
    wait_for("the note beside a file", || fs::read_to_string(&beside).is_ok_and(|note| !note.is_empty()));
    fs::read_to_string(beside).unwrap()
}

#[test]
fn a_dropped_export_is_taken_once_and_the_same_bytes_again_are_known() {
    let place = Place::new();
    let daemon = place.serve();
    place.drop("6A1.json", &export());
    wait_for("the export is taken", || place.inbox("da-nhan/6A1.json").exists());
    assert_eq!(fs::read(place.inbox("da-nhan/6A1.json")).unwrap(), export(), "moved as it was");
    assert!(!place.inbox("6A1.json").exists());
    // Three subjects are not the whole programme: taken, with what is still missing for a lock beside it.
    let said = note(&place.inbox("da-nhan/6A1.json"));
    assert!(said.starts_with("ĐÃ NHẬN TỆP, NHƯNG CHƯA KHÓA SỔ ĐƯỢC"), "{said}");

    place.drop("6A1 (bản sao).json", &export());
    wait_for("the copy is put away", || place.inbox("da-nhan/6A1 (bản sao).json").exists());
    let said = note(&place.inbox("da-nhan/6A1 (bản sao).json"));
    assert!(said.contains("ĐÃ NHẬN TRƯỚC ĐÓ"), "{said}");

    let (status, said) = daemon.end(Signal::TERM);
    assert!(status.success(), "{status}: {said}");
    assert_eq!(place.kinds(), ["export.taken", "export.accepted", "export.checked"]);
    let checked = place.register("check");
    assert!(String::from_utf8_lossy(&checked.stdout).starts_with("ok 3 "), "{checked:?}");
    let checkpoint = place.register("checkpoint");
    let said = String::from_utf8_lossy(&checkpoint.stderr).into_owned();
    assert!(checkpoint.stdout.is_empty() && said.contains("[school.not_commissioned]"), "{checkpoint:?}");
}

#[test]
fn a_malformed_export_goes_to_loi_with_a_note_that_says_what_to_do() {
    let place = Place::new();
    let daemon = place.serve();
    let spoilt = String::from_utf8(export()).unwrap().replace("\"gk\": 62", "\"gk\": 620");
    assert_ne!(spoilt.as_bytes(), export(), "the mark was in the fixture");
    place.drop("6A1.json", spoilt.as_bytes());
    wait_for("the export is refused", || place.inbox("loi/6A1.json").exists());
    assert_eq!(fs::read(place.inbox("loi/6A1.json")).unwrap(), spoilt.as_bytes(), "nothing is lost");
    let said = note(&place.inbox("loi/6A1.json"));
    for part in ["TỆP KHÔNG ĐƯỢC NHẬN: 6A1.json", "Việc cần làm", "pupils[0]", "[export.mark_not_tenths]"]
    {
        assert!(said.contains(part), "{part} is missing in:\n{said}");
    }
    // The daemon lives on, and takes the corrected file under the same name.
    place.drop("6A1.json", &export());
    wait_for("the corrected export is taken", || place.inbox("da-nhan/6A1.json").exists());
    let (status, said) = daemon.end(Signal::TERM);
    assert!(status.success(), "{status}: {said}");
    let kinds = ["export.taken", "export.refused", "export.taken", "export.accepted", "export.checked"];
    assert_eq!(place.kinds(), kinds);
}

#[test]
fn what_waited_while_no_daemon_ran_is_taken_at_the_next_start_also_after_a_kill() {
    // The first start makes register, accounts, keys and certificates: killed in the middle of each of them.
    for moment_ms in [0, 8, 16, 24, 36, 48, 60, 90, 150, 300] {
        let place = Place::new();
        let daemon = place.serve();
        std::thread::sleep(Duration::from_millis(moment_ms));
        let (status, _) = daemon.end(Signal::KILL);
        assert!(!status.success());
        place.drop("6A1.json", &export());
        let mut daemon = place.serve();
        wait_for("the export is taken", || {
            let ended = daemon.child.try_wait().unwrap();
            assert!(ended.is_none(), "killed after {moment_ms} ms, it never starts again: {ended:?}");
            place.inbox("da-nhan/6A1.json").exists()
        });
        assert!(daemon.end(Signal::INT).0.success(), "an interrupt ends it like SIGTERM");
    }
}

#[test]
fn import_puts_a_file_into_the_inbox_and_the_daemon_takes_it() {
    let place = Place::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(EXPORT);
    let imported = place.command("import").arg(&source).output().unwrap();
    assert!(imported.status.success(), "{imported:?}");
    assert_eq!(fs::read(place.inbox("6A1_HK1.json")).unwrap(), export());

    let again = place.command("import").arg(&source).output().unwrap();
    assert_eq!(again.status.code(), Some(1), "a file of that name waits there");
    let said = String::from_utf8(again.stderr).unwrap();
    assert!(said.contains("[inbox.import]") && said.contains("cùng tên"), "{said}");
    let mut left: Vec<_> =
        fs::read_dir(place.inbox("")).unwrap().map(|one| one.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["6A1_HK1.json", "da-nhan", "loi"], "nothing half done stays behind");

    let daemon = place.serve();
    wait_for("the import is taken", || place.inbox("da-nhan/6A1_HK1.json").exists());
    assert!(daemon.end(Signal::TERM).0.success());
    assert!(source.exists(), "the original stays where it was");
}

#[test]
fn a_second_daemon_on_the_same_data_is_told_that_one_is_at_work() {
    let place = Place::new();
    let daemon = place.serve();
    let second = place.command("serve").output().unwrap();
    let said = String::from_utf8(second.stderr).unwrap();
    assert_eq!(second.status.code(), Some(7), "{said}");
    assert!(said.contains("Một tiến trình niemphong khác đang làm việc"), "{said}");
    // Looking is allowed all the time.
    assert!(place.register("check").status.success());
    assert!(daemon.end(Signal::TERM).0.success(), "the first one was not disturbed");
    let third = place.serve();
    place.drop("6A1.json", &export());
    wait_for("the place is free again", || place.inbox("da-nhan/6A1.json").exists());
    assert!(third.end(Signal::TERM).0.success());
}

#[test]
fn spreadsheets_of_a_class_are_kept_and_their_notes_say_what_the_class_lacks() {
    const MARKS: &[u8] = include_bytes!("fixtures/spreadsheets/csdl-mau-1.xls");
    const FAR: &[u8] = include_bytes!("fixtures/spreadsheets/o-xa.xls");
    let place = Place::new();
    let daemon = place.serve();
    place.drop("6A1_Toán_HK1_2025-2026.xls", MARKS);
    let said = note(&place.inbox("da-nhan/6A1_Toán_HK1_2025-2026.xls"));
    for expected in [
        "Lớp 6A1 năm học 2025-2026, học kỳ I: còn thiếu",
        "danh sách lớp",
        "số buổi nghỉ học",
        "danh sách phân công",
    ] {
        assert!(said.contains(expected), "{expected} is missing in:\n{said}");
    }
    place.drop("bang-diem.xls", FAR);
    let said = note(&place.inbox("loi/bang-diem.xls"));
    assert!(said.contains("IV65536") && said.contains("[sheet.cell_far_away]"), "{said}");
    // The note comes first, so that no refused file ever lies there without words.
    wait_for("the refused file beside its note", || place.inbox("loi/bang-diem.xls").exists());
    assert_eq!(fs::read(place.inbox("loi/bang-diem.xls")).unwrap(), FAR, "nothing is lost");
    let (status, said) = daemon.end(Signal::TERM);
    assert!(status.success(), "{status}: {said}");
    assert_eq!(place.kinds(), ["export.taken", "export.parts", "export.taken", "export.refused"]);
}

#[test]
fn whatever_is_refused_is_named_by_its_code_and_kept_byte_for_byte() {
    const FORMULA: &[u8] = include_bytes!("fixtures/spreadsheets/cong-thuc.xls");
    const OPEN_DOCUMENT: &[u8] = include_bytes!("fixtures/spreadsheets/csdl-mau-1.ods");
    let sound = String::from_utf8(export()).unwrap();
    let marks = |names: &str| {
        format!("STT;Lớp;Mã định danh Bộ GD&ĐT;Họ và tên;Ngày sinh;ĐĐGtx1;ĐĐGgk;ĐĐGck\n{names}").into_bytes()
    };
    let twice = "1;6A1;1234567890;Đặng Quốc Bảo;12/11/2014;8;8;8\n".repeat(2);
    let files: [(&str, Vec<u8>, &str); 11] = [
        ("khoa-lap.json", sound.replacen('{', "{\"class\":\"6A1\",", 1).into_bytes(), "export.duplicate_key"),
        (
            "long-sau.json",
            format!("{}1{}", "[".repeat(4000), "]".repeat(4000)).into_bytes(),
            "export.too_deep",
        ),
        ("cut.json", sound.as_bytes()[..sound.len() / 2].to_vec(), "export.not_json"),
        ("tieu-hoc.json", sound.replace("\"6A1\"", "\"5A1\"").into_bytes(), "export.primary_level"),
        ("trung-hoc-sinh.json", sound.replace("HP6002", "HP6001").into_bytes(), "export.duplicate_pupil"),
        ("cong-thuc.xls", FORMULA.to_vec(), "sheet.formula"),
        ("cut.ods", OPEN_DOCUMENT[..OPEN_DOCUMENT.len() / 2].to_vec(), "sheet.damaged"),
        ("6A1_Toán_HK1_2025-2026.csv", marks(&twice), "sheet.duplicate_pupil"),
        ("tcvn3.csv", marks("1;6A1;;NguyÔn ThÞ ¸nh;05/03/2014;8;8;8\n"), "sheet.tcvn3"),
        ("vni.csv", marks("1;6A1;;Nguyeãn Thò AÙnh Döông;05/03/2014;8;8;8\n"), "sheet.vni"),
        ("giay.pdf", b"%PDF-1.7\n".to_vec(), "sheet.other_kind"),
    ];
    let place = Place::new();
    let daemon = place.serve();
    for (name, bytes, code) in &files {
        place.drop(name, bytes);
        let said = note(&place.inbox(&format!("loi/{name}")));
        assert!(said.contains(&format!("[{code}]")), "{name}: {code} is missing in:\n{said}");
        let kept = place.inbox(&format!("loi/{name}"));
        wait_for("the file is put away", || kept.exists());
        assert_eq!(&fs::read(kept).unwrap(), bytes, "{name}");
    }
    assert!(daemon.end(Signal::TERM).0.success());
    assert_eq!(place.kinds().iter().filter(|kind| *kind == "export.refused").count(), files.len());
}
