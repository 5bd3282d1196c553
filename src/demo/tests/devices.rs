//! The whole way of the archive by the program itself, down to real drivers: `tests/rig/run` boots a machine with an
//! imitated burner, sticks and disks, and runs in it the tests that are not run outside.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr};
use std::time::Duration;

use super::archive::{command, refused, register, succeeds, text};
use super::scratch_school::{AtTheDesk, ScratchSchool, recorded};
use crate::clock;
use crate::demo::staff::{OFFICE, PRINCIPAL, STAFF_OF_ONE_CLASS, STAMP};
use crate::demo::surroundings::Surroundings;

#[path = "../../../tests/support/rig_devices.rs"]
mod rig_devices;
use rig_devices::{Burner, DEBUG, Stick, must, unmount_leftovers, wipe};

const MEDIUM: &str = "HOAPHUONG_VM_0001";

impl AtTheDesk {
    /// What `niemphong archive` alone says comes next must be this.
    #[track_caller]
    fn comes_next(&self, words: &str) {
        let (standing, _) = succeeds(&self.run(&[], ""));
        let last = standing.rsplit("Việc tiếp theo").next().unwrap_or_default();
        assert!(last.contains(words), "{words:?} is not in {standing}");
    }

    fn write_to(&self, device: &str) -> std::process::Output {
        self.run(&["write", MEDIUM, "--device", device], "")
    }

    fn put_under_seal(&self, copy: &str, sticker: &str) {
        let storage = ["--storage", "Tủ hồ sơ số 2, phòng văn thư", "--witness", PRINCIPAL.id];
        succeeds(&self.run(&[&["sticker", copy, sticker][..], &storage].concat(), ""));
    }

    fn events(&self, kind: &str) -> usize {
        recorded(self.folder.path(), kind)
    }
}

/// Where the machine outside of the rig, which needs seconds where the rig needs many minutes, leaves the school
/// whose medium is sealed.
const PREPARED: &str = "RIG_SCHOOL";

/// The way to the devices, with the next step asked for each time. Made for the rig, the school is kept.
#[test]
fn the_office_is_led_from_a_signed_year_to_a_sealed_medium() {
    let mut school = ScratchSchool::open(|_, _| None);
    school.propose_lock();
    school.decided();
    school.make_and_sign();
    let desk = school.leave();
    desk.comes_next("archive plan 2025-2026");
    let (year, _) = succeeds(&desk.run(&["plan", "2025-2026"], ""));
    desk.comes_next(&format!("archive build {year}"));
    succeeds(&desk.run(&["build", &year], ""));
    for member in [OFFICE, PRINCIPAL, STAMP] {
        desk.comes_next(&format!("archive seal {year}"));
        succeeds(&desk.seal(&year, &member, member.pin));
    }
    desk.comes_next("archive media plan");
    assert_eq!(succeeds(&desk.run(&["media", "plan"], "")).0, MEDIUM);
    desk.comes_next(&format!("archive media seal {MEDIUM}"));
    let module = desk.surroundings.tokens.module().to_str().expect("a path").to_owned();
    succeeds(&desk.run(&["media", "seal", MEDIUM, "--module", &module, "--token", STAMP.label], STAMP.pin));
    desk.comes_next(&format!("archive write {MEDIUM}"));
    if let Ok(prepared) = std::env::var(PREPARED) {
        must("cp", &["-a", desk.folder.path().to_str().expect("a path"), &prepared]);
    }
}

/// A copy of the school as [`the_office_is_led_from_a_signed_year_to_a_sealed_medium`] left it.
fn sealed_medium() -> AtTheDesk {
    let folder = tempfile::tempdir().expect("a folder");
    let prepared = std::env::var(PREPARED).expect("tests/rig/run names it");
    must("cp", &["-a", &format!("{prepared}/."), folder.path().to_str().expect("a path")]);
    let surroundings =
        Surroundings::found_for(folder.path(), clock::now(), &STAFF_OF_ONE_CLASS).expect("as it was made");
    AtTheDesk::at(surroundings, folder)
}

#[test]
#[ignore = "needs the rig"]
fn the_office_goes_from_a_signed_year_to_archived_media_and_a_printed_register_by_the_program_alone() {
    let desk = sealed_medium();
    let _burner = Burner::start();
    let disk = Stick::plug(&["removable=0", "dev_size_mb=96"]);
    let papers = tempfile::tempdir().expect("a folder");
    let output = papers.path().to_str().expect("a path").to_owned();

    desk.comes_next(&format!("archive write {MEDIUM}"));
    desk.comes_next("đĩa quang");
    let (devices, _) = succeeds(&desk.run(&["devices"], ""));
    assert_eq!(devices.lines().filter(|line| line.contains("ghi được")).count(), 2, "{devices}");
    refused(&desk.write_to("sr9"), 6, "medium.no_device");

    let (copy, said) = succeeds(&desk.write_to("sr0"));
    assert_eq!(copy, format!("{MEDIUM}-1"));
    let phases =
        ["Đang ghi", "Đang đóng", "Đang đọc lại", "Xong"].map(|words| said.find(words).expect(words));
    assert!(phases.is_sorted(), "done is said after the reading back: {said}");
    desk.comes_next(&format!("archive papers {copy}"));
    let (printed, _) = succeeds(&desk.run(&["papers", &copy, "-o", &output], ""));
    assert!(printed.contains("nhan.pdf") && printed.contains("phieu-niem-phong.pdf"), "{printed}");
    desk.put_under_seal(&copy, "T-0001");

    // The disc is known now, in the drive and by its own seal.
    refused(&desk.write_to("sr0"), 6, "medium.device_known");
    assert_eq!(desk.events("medium.writing"), 1, "what is refused beforehand begins nothing");

    desk.comes_next("ổ cứng rời");
    let (copy, _) = succeeds(&desk.write_to("/dev/sda"));
    desk.comes_next(&format!("archive papers {copy}"));
    desk.put_under_seal(&copy, "T-0002");
    refused(&desk.write_to("sda"), 6, "medium.device_known");
    let (standing, _) = succeeds(&desk.run(&[], ""));
    assert!(standing.contains("đã lưu trữ trên 2 vật mang độc lập"), "{standing}");
    desk.comes_next("register print");
    let book = papers.path().join("so-theo-doi.pdf");
    succeeds(&register(&desk, &["print", "-o", book.to_str().expect("a path")]));
    assert!(std::fs::read(&book).expect("printed").starts_with(b"%PDF"));

    // Read again: each in its own place, and neither in the other's.
    for (copy, device) in [("HOAPHUONG_VM_0001-1", "sr0"), ("HOAPHUONG_VM_0001-2", "sda")] {
        let (checked, _) = succeeds(&desk.run(&["check", copy, "--device", device], ""));
        assert!(checked.contains("khớp") && !checked.contains("ổ đĩa khác"), "{checked}");
    }
    let elsewhere = desk.run(&["check", "HOAPHUONG_VM_0001-1", "--device", "sda"], "");
    refused(&elsewhere, 6, "medium.copy_not_here");
    assert_eq!(desk.events("medium.checked"), 2);
    drop(disk);
    refused(&desk.run(&["check", "HOAPHUONG_VM_0001-2", "--device", "sda"], ""), 6, "medium.no_device");
}

#[test]
#[ignore = "needs the rig"]
fn what_may_not_be_written_is_refused_in_words_before_anything_begins() {
    let desk = sealed_medium();
    let at_the_stick = |code: &str, names: &[&str]| {
        let said = refused(&desk.write_to("sda"), 6, code);
        assert!(said.contains("Vui lòng"), "{said}");
        names.iter().for_each(|name| assert!(said.contains(name), "{name} is not named: {said}"));
        let (devices, _) = succeeds(&desk.run(&["devices"], ""));
        assert!(devices.contains(code), "{devices}");
        assert_eq!(desk.events("medium.writing"), 0, "{code}");
    };
    {
        let _locked = Stick::plug(&["removable=1", "dev_size_mb=96", "wp=1"]);
        at_the_stick("medium.write_protected", &[]);
    }
    {
        let _small = Stick::plug(&["removable=1", "dev_size_mb=4"]);
        let said = refused(&desk.write_to("sda"), 6, "medium.device_too_small");
        assert!(said.contains("dung lượng lớn hơn"), "{said}");
        assert_eq!(desk.events("medium.writing"), 0);
    }
    let _stick = Stick::plug(&["removable=1", "dev_size_mb=96"]);
    holding(&[("bai-giang/toan.pptx", "x"), ("anh.jpg", "x")]);
    at_the_stick("medium.holds_files", &["bai-giang/toan.pptx", "anh.jpg"]);
    holding(&[("niem-phong/niem-phong.txt", "niemphong-medium/1\nmedium: HOAMAI_VM_0003\n")]);
    at_the_stick("medium.other_school", &["HOAMAI_VM_0003"]);
    holding(&[("niem-phong/niem-phong.txt", "niemphong-medium/1\nmedium: HOAPHUONG_VM_0007\n")]);
    at_the_stick("medium.not_in_register", &["HOAPHUONG_VM_0007"]);
    let inbox = Path::new("/run/hop-thu");
    std::fs::create_dir_all(inbox).expect("a folder");
    must("mount", &["-t", "vfat", "/dev/sda", "/run/hop-thu"]);
    refused(&desk.write_to("sda"), 6, "medium.in_use");
    let config = desk.folder.path().join("niemphong.toml");
    let mut template = std::process::Command::new(super::scratch_school::built_program());
    let template = template.args(["config", "template"]).output().expect("it runs");
    let template = text(&template.stdout);
    let lines = template.lines().map(|line| match line.split_once(" = ") {
        Some(("inbox", _)) => "inbox = \"/run/hop-thu\"".to_owned(),
        Some(("data", _)) => format!("data = {:?}", desk.folder.path()),
        _ => line.to_owned(),
    });
    std::fs::write(&config, lines.collect::<Vec<_>>().join("\n")).expect("written");
    let mut by_configuration = std::process::Command::new(super::scratch_school::built_program());
    by_configuration.args(["archive", "--config"]).arg(&config);
    by_configuration.arg("--trust").arg(desk.surroundings.authority.folder());
    let own = by_configuration.args(["write", MEDIUM, "--device", "sda"]).output().expect("it runs");
    must("umount", &["/run/hop-thu"]);
    refused(&own, 6, "medium.own_disk");
    assert_eq!(desk.events("medium.writing"), 0);
}

#[test]
#[ignore = "needs the rig"]
fn a_counterfeit_stick_is_told_recorded_as_spoiled_and_never_written_again() {
    let desk = sealed_medium();
    // Eight times less than it says; the medium has more than that.
    let _stick = Stick::plug(&["removable=1", "dev_size_mb=4", "virtual_gb=1"]);
    let said = text(&desk.write_to("sda").stderr);
    assert!(!said.contains("Xong"), "{said}");
    assert_eq!((desk.events("medium.spoiled"), desk.events("medium.verified")), (1, 0), "{said}");
    refused(&desk.write_to("sda"), 6, "medium.device_known");
}

#[test]
#[ignore = "needs the rig"]
fn a_stick_that_is_pulled_out_or_cannot_be_read_any_more_is_named_and_never_called_done() {
    let desk = sealed_medium();
    {
        let _stick = Stick::plug(&["removable=1", "dev_size_mb=96"]);
        let mut writing = desk.begin_writing("sda");
        writing.wait_for("Đang ghi");
        std::fs::write("/sys/block/sda/device/delete", "1").expect("pulled out");
        let said = writing.ends(6);
        assert!(said.contains("medium.unplugged") && said.contains("Vui lòng"), "{said}");
        assert!(!said.contains("Xong"), "{said}");
    }
    assert_eq!((desk.events("medium.writing"), desk.events("medium.verified")), (1, 0));
    // Another size is another stick.
    let _stick = Stick::plug(&["removable=1", "dev_size_mb=95"]);
    let (copy, _) = succeeds(&desk.write_to("sda"));
    assert_eq!(desk.events("medium.verified"), 1);
    // Years later, a sector cannot be read: a file is named, and the check is no good one.
    let medium = desk.folder.path().join("kho/vat-mang").join(MEDIUM);
    let page = std::fs::read(medium.join("KIEM-TRA.html")).expect("on every medium");
    let device = std::fs::read("/dev/sda").expect("a stick");
    let at = device.windows(512).step_by(512).position(|sector| sector == &page[512..1_024]);
    std::fs::write(format!("{DEBUG}/medium_error_start"), at.expect("on the stick").to_string())
        .expect("set");
    std::fs::write(format!("{DEBUG}/opts"), "2").expect("set");
    let checked = desk.run(&["check", &copy, "--device", "sda"], "");
    std::fs::write(format!("{DEBUG}/opts"), "0").expect("set");
    let said = refused(&checked, 6, "medium.read_error");
    assert!(said.contains("KIEM-TRA.html"), "{said}");
    assert_eq!(desk.events("medium.verified"), 1);
    // It was the sector, not the file: read again, it is good.
    succeeds(&desk.run(&["check", &copy, "--device", "sda"], ""));
}

#[test]
#[ignore = "needs the rig"]
fn the_whole_program_killed_at_any_phase_goes_on_with_a_stick_and_never_takes_a_disc_for_blank() {
    let desk = sealed_medium();
    for (phase, number) in ["Đang ghi", "Đang chờ", "Đang đóng", "Đang đọc lại"].into_iter().zip(1..)
    {
        // Another size is another stick.
        let _stick = Stick::plug(&["removable=1", &format!("dev_size_mb={}", 64 + number)]);
        desk.killed_at(phase, "sda");
        assert_eq!(desk.events("medium.verified"), number - 1, "{phase}");
        let (copy, said) = succeeds(&desk.write_to("sda"));
        assert_eq!(copy, format!("{MEDIUM}-{number}"), "{phase}: it is the copy that was begun");
        assert!(said.contains("Xong"), "{phase}: {said}");
        assert_eq!(desk.events("medium.verified"), number, "{phase}");
    }
    let burner = Burner::start();
    desk.killed_at("Đang ghi", "sr0");
    let spoiled = desk.events("medium.spoiled");
    let again = desk.write_to("sr0");
    assert!(!again.status.success(), "{}", text(&again.stdout));
    assert_eq!(desk.events("medium.spoiled"), spoiled + 1, "{}", text(&again.stderr));
    refused(&desk.write_to("sr0"), 6, "medium.device_known");
    burner.change_disc();
    succeeds(&desk.write_to("sr0"));
}

impl AtTheDesk {
    /// Starts a writing and kills the program, with nobody left to tell its worker, when it enters a phase.
    fn killed_at(&self, phase: &str, device: &str) {
        let mut writing = self.begin_writing(device);
        writing.wait_for(phase);
        writing.program.kill().expect("killed");
        writing.program.wait().expect("gone");
        // The worker hears of it at its next piece and leaves.
        let _ = writing.said.read_to_string(&mut String::new());
        std::thread::sleep(Duration::from_secs(3));
        unmount_leftovers();
    }

    fn begin_writing(&self, device: &str) -> Writing {
        let arguments = ["write", MEDIUM, "--device", device];
        let mut program =
            command(self.folder.path(), &self.surroundings, &arguments).spawn().expect("it starts");
        let said = BufReader::new(program.stderr.take().expect("a pipe"));
        Writing { program, said }
    }
}

/// The program while it writes.
struct Writing {
    program: Child,
    said: BufReader<ChildStderr>,
}

impl Writing {
    #[track_caller]
    fn wait_for(&mut self, words: &str) {
        let mut line = String::new();
        while !line.contains(words) {
            line.clear();
            assert_ne!(self.said.read_line(&mut line).expect("text"), 0, "it ended before {words}");
        }
    }

    /// What it says up to its end, which must be this one.
    #[track_caller]
    fn ends(mut self, exit: i32) -> String {
        let mut said = String::new();
        self.said.read_to_string(&mut said).expect("text");
        assert_eq!(self.program.wait().expect("it ends").code(), Some(exit), "{said}");
        said
    }
}

/// Gives the stick a file system with these files and nothing else.
fn holding(files: &[(&str, &str)]) {
    wipe();
    must("mkfs.vfat", &["-F", "32", "-I", "/dev/sda"]);
    std::fs::create_dir_all("/run/filled").expect("a folder");
    must("mount", &["-t", "vfat", "/dev/sda", "/run/filled"]);
    for (name, content) in files {
        let path = Path::new("/run/filled").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, content).expect("written");
    }
    must("umount", &["/run/filled"]);
}
