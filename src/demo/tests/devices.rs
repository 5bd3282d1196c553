//! The whole way of the archive by the program itself, down to real drivers: `tests/rig/run` boots a machine with an
//! imitated burner, sticks and disks, and runs in it the tests that are not run outside.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr};
use std::time::Duration;

use school::digest::Sha256;

use super::archive::{command, refused, succeeds, text};
use super::led::{Clerk, configuration};
use super::scratch_school::{AtTheDesk, ScratchSchool, recorded, transcript};
use crate::clock;
use crate::demo::staff::{OFFICE, PRINCIPAL, STAFF_OF_ONE_CLASS};
use crate::demo::surroundings::Surroundings;

#[path = "../../../tests/support/rig_devices.rs"]
mod rig_devices;
use rig_devices::{Burner, DEBUG, Stick, must, unmount_leftovers, wipe};

const MEDIUM: &str = "HOAPHUONG_VM_0001";
const DEPOSIT: &str = "HOAPHUONG_2025-2026_0001";

impl AtTheDesk {
    fn write_to(&self, device: &str) -> std::process::Output {
        self.run(&["write", MEDIUM, "--device", device], "")
    }

    fn events(&self, kind: &str) -> usize {
        recorded(self.folder.path(), kind)
    }
}

/// Where the machine outside of the rig, which needs seconds where the rig needs many minutes, leaves the school
/// whose medium is sealed.
const PREPARED: &str = "RIG_SCHOOL";

/// Of a school whose regulation asks for sticks, so that the way ends here: what no drive writes is copied by hand.
/// Made for the rig, the school is kept as it stands before the devices.
#[test]
fn the_office_is_led_from_a_signed_year_to_a_sealed_medium_and_by_hand_to_a_printed_register() {
    let mut school = ScratchSchool::open(|_, _| None);
    school.propose_lock();
    school.decided();
    school.make_and_sign();
    let desk = school.leave();
    let mut clerk = Clerk::at(&desk);
    clerk.follow_until("archive write");
    let verbs = clerk.typed.iter().filter(|(typed, _)| !typed.is_empty()).map(|(typed, _)| typed.as_str());
    let expected =
        ["plan 2025-2026", "build ", "seal ", "seal ", "seal ", "media plan", "media seal HOAPHUONG_VM_0001"];
    let verbs: Vec<&str> = verbs.collect();
    assert!(
        verbs.len() == expected.len()
            && verbs.iter().zip(expected).all(|(typed, begins)| typed.starts_with(begins)),
        "{verbs:#?}"
    );
    if let Ok(prepared) = std::env::var(PREPARED) {
        must("cp", &["-a", desk.folder.path().to_str().expect("a path"), &prepared]);
    }

    let data = desk.folder.path();
    let by = configuration(data, &data.join("hop-thu"), &[("regulation", "[\"stick\"]")]);
    let mut clerk = Clerk::at(&desk).with_configuration(by);
    for (serial, number) in [("NHUA-01", 1), ("NHUA-02", 2)] {
        let step = clerk.follow_until("ghi một bản ra USB");
        let gaps = [("<số hiệu thiết bị>", serial)];
        let (copy, said) = clerk.does_one(&step, &["media", "begin"], &gaps);
        assert_eq!(copy, format!("{MEDIUM}-{number}"));
        let step = format!("Việc tiếp theo{}", said.rsplit("Việc tiếp theo").next().unwrap_or_default());
        let stick = tempfile::tempdir().expect("a stick");
        let (files, _) = clerk.does_one(&step, &["media", "files"], &[]);
        for line in files.lines() {
            let (name, place) =
                line.split_once("  ").and_then(|(_, rest)| rest.split_once("  ")).expect(line);
            let to = stick.path().join(name);
            std::fs::create_dir_all(to.parent().expect("a folder")).expect("made");
            std::fs::copy(data.join(place), to).expect("copied");
        }
        let folder = [("<thư mục của USB>", stick.path().to_str().expect("a path"))];
        let (_, said) = clerk.does_one(&step, &["media", "read-back"], &folder);
        assert!(said.contains(&format!("archive papers {copy}")), "{said}");
    }
    let last = clerk.follow_until("register print");
    assert_eq!(clerk.does(&last), None, "nothing comes after the book");
    it_is_archived_and_printed(&desk, &clerk);
    an_extract_is_cut_out_on_an_order_that_is_recorded_first(&desk);
}

fn an_extract_is_cut_out_on_an_order_that_is_recorded_first(desk: &AtTheDesk) {
    let (folder, copy) = (tempfile::tempdir().expect("a folder"), format!("{MEDIUM}-1"));
    let place = folder.path().join("trich");
    let ask = |document: &str, purpose: &str| {
        let order =
            ["--ordered", "Hiệu trưởng, số 12/QĐ", "--purpose", purpose, "--recipient", "Trường Sao Mai"];
        let present = ["--witness", PRINCIPAL.id, "--output", place.to_str().expect("a path")];
        let arguments: Vec<&str> =
            ["extract", &copy, document].into_iter().chain(order).chain(present).collect();
        desk.run(&arguments, "")
    };
    let document = transcript();
    let said = refused(&ask(document.as_str(), ""), 1, "extract.no_order");
    assert!(said.contains("chưa đủ căn cứ"), "in words: {said}");
    let said = refused(&ask("2025-2026_ca-nam_hoc-ba_HS9999", "Chuyển trường"), 1, "extract.not_on_copy");
    assert!(said.contains("không có trên vật mang"), "in words: {said}");
    assert!(
        desk.events("medium.handed-over") == 0 && !place.exists(),
        "nothing was recorded, nothing written"
    );
    succeeds(&ask(document.as_str(), "Chuyển trường"));
    assert_eq!(desk.events("medium.handed-over"), 1);
    let extract = std::fs::read(place.join(format!("{document}.pdf"))).expect("written");
    let archived = desk.deposit(DEPOSIT).join(format!("data/ho-so/{document}.pdf"));
    assert!(extract == std::fs::read(archived).expect("in the deposit"), "the bytes of the archive");
    let papers = folder.path().join("giay");
    succeeds(&desk.run(&["papers", &copy, "--output", papers.to_str().expect("a path")], ""));
    let printed = std::fs::read_dir(&papers).expect("printed").map(|entry| entry.expect("a paper").path());
    let said = printed.map(|paper| {
        let said = std::process::Command::new("pdftotext").arg("-raw").arg(paper).arg("-").output();
        text(&said.expect("pdftotext").stdout)
    });
    let said = said.collect::<String>();
    let digest = Sha256::of(&extract).to_string();
    let said: String = said.split_whitespace().collect();
    assert!(said.contains(&digest) && said.contains("TrườngSaoMai"), "on the record of handing over: {said}");
}

/// Two copies are archived, under their paper seals, with their papers, and stand in the printed book with who wrote
/// them.
fn it_is_archived_and_printed(desk: &AtTheDesk, clerk: &Clerk) {
    let (standing, _) = succeeds(&desk.run(&["media"], ""));
    assert_eq!(standing.matches("đã dán tem niêm phong T-000").count(), 2, "{standing}");
    for copy in [1, 2] {
        for paper in ["nhan", "phieu-niem-phong"] {
            let path = clerk.papers.path().join(format!("{MEDIUM}-{copy}_{paper}.pdf"));
            assert!(std::fs::read(&path).expect("printed").starts_with(b"%PDF"), "{path:?}");
        }
    }
    let said = std::process::Command::new("pdftotext").arg("-layout").arg(clerk.book()).arg("-").output();
    let book = text(&said.expect("pdftotext").stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    let office = OFFICE.name.split(' ').next().unwrap_or_default();
    for words in ["T-0001", "T-0002", "SỔ THEO DÕI LƯU TRỮ", office] {
        assert!(book.contains(words), "{words}: {book}");
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
    let mut clerk = Clerk::at(&desk);
    assert!(clerk.asks().contains("đĩa quang"), "a disc comes first: {:?}", clerk.typed);
    refused(&desk.write_to("sr9"), 6, "medium.no_device");

    let last = clerk.follow_until("register print");
    assert_eq!(clerk.does(&last), None, "nothing comes after the book");
    it_is_archived_and_printed(&desk, &clerk);
    let writings: Vec<_> = clerk.typed.iter().filter(|(typed, _)| typed.starts_with("write ")).collect();
    let devices = ["sr0", "sda"].map(|device| format!("write {MEDIUM} --device {device}"));
    assert!(writings.iter().map(|(typed, _)| typed).eq(&devices), "{writings:?}");
    for (_, said) in &writings {
        let phases = ["Đang ghi", "Đang chờ", "Đang đọc lại", "Xong"];
        assert!(
            phases.map(|words| said.find(words).expect(words)).is_sorted(),
            "done is said after the reading back: {said}"
        );
    }
    assert!(writings[0].1.contains("Đang đóng"), "{}", writings[0].1);
    let (standing, _) = succeeds(&desk.run(&[], ""));
    assert!(standing.contains("đã lưu trữ trên 2 vật mang độc lập"), "{standing}");

    // Both are known now: the disc in the drive, and the disk by its own seal.
    refused(&desk.write_to("sr0"), 6, "medium.device_known");
    refused(&desk.write_to("sda"), 6, "medium.device_known");
    assert_eq!(desk.events("medium.writing"), 2, "what is refused beforehand begins nothing");

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
    must("mount", &["-t", "vfat", "/dev/sda", "/boot"]);
    let of_the_system = desk.write_to("sda");
    must("umount", &["/boot"]);
    refused(&of_the_system, 6, "medium.system_disk");
    let inbox = Path::new("/run/hop-thu");
    std::fs::create_dir_all(inbox).expect("a folder");
    must("mount", &["-t", "vfat", "/dev/sda", inbox.to_str().expect("a path")]);
    refused(&desk.write_to("sda"), 6, "medium.in_use");
    let config = configuration(desk.folder.path(), inbox, &[]);
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
