//! The media worker with real drivers: `tests/rig/run` boots a machine with an imitated burner and imitated
//! sticks and disks, and runs these tests in it. Outside of it they are not run.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

#[path = "../src/process/mod.rs"]
mod process;
#[path = "support/rig_devices.rs"]
mod rig_devices;

use std::fs::{self, File};
use std::ops::ControlFlow;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use process::media_host::{Found, MediaFault, MediaHost};
use process::worker::Program;
use rig_devices::{Burner, DEBUG, Stick, kill_workers, must, unmount_leftovers, wipe};
use school::digest::Sha256;
use school::medium::MediumKind;
use school::records::media_frame::{Device, Format, Phase, Place, PlacedFile, Progress, SealFound};

const MIB: usize = 1024 * 1024;

// ---------------------------------------------------------------- discs

#[test]
#[ignore = "needs the rig"]
fn a_blank_disc_is_burned_closed_read_back_and_never_written_again() {
    let burner = Burner::start();
    let (path, sha256) = image("disc", 4);
    let mut host = host();
    let blank = only(&mut host, "sr0");
    assert_eq!((blank.kind, &blank.unusable), (MediumKind::Optical, &None));
    assert!(blank.room_bytes > 4_000_000_000, "{blank:?}");

    let mut phases = Vec::new();
    let bytes = (4 * MIB) as u64;
    let image = File::open(&path).unwrap();
    let mut seen = |progress: Progress| {
        phases.push(progress.phase);
        ControlFlow::Continue(())
    };
    let place = host.write_image(&blank.identity, &image, sha256, bytes, &mut seen).expect("burned");
    phases.dedup();
    assert_eq!(phases, [Phase::Writing, Phase::Closing, Phase::Flushing]);
    assert_eq!(place, Place::Disc { bytes });
    let found = host.read_back(&blank.identity, place, bytes, &mut go).expect("read back");
    assert_eq!(found, Found::Image { sha256, bytes });

    let written = only(&mut host, "sr0");
    assert_eq!(written.unusable.as_ref().map(|refusal| refusal.code.as_str()), Some("medium.not_blank"));
    let again = host.write_image(&written.identity, &image, sha256, bytes, &mut go).expect_err("refused");
    assert_eq!(again.code(), "medium.not_blank");

    let disc = File::options().write(true).open(&burner.disc).unwrap();
    disc.write_all_at(b"rot", 1_000 * 2_048 + 7).unwrap();
    let rotten = host.read_back(&blank.identity, place, bytes, &mut go).expect("read back");
    assert_ne!(rotten, Found::Image { sha256, bytes });
}

#[test]
#[ignore = "needs the rig"]
fn a_disc_begun_before_a_kill_is_the_same_disc_afterwards_and_another_one_is_another() {
    let burner = Burner::start();
    let (path, sha256) = image("killed", 24);
    let mut host = host();
    let blank = only(&mut host, "sr0");
    let image = File::open(&path).unwrap();
    let killed = host.write_image(&blank.identity, &image, sha256, (24 * MIB) as u64, &mut |progress| {
        if progress.phase == Phase::Writing && progress.done_bytes > MIB as u64 {
            kill_workers();
        }
        ControlFlow::Continue(())
    });
    assert_eq!(killed.expect_err("killed").code(), "medium.worker_lost");
    // The emulated disc calls itself blank again; what the register holds of it still fits.
    let begun = only(&mut host, "sr0");
    assert_eq!(begun.identity.sha256(), blank.identity.sha256());
    burner.change_disc();
    let next = only(&mut host, "sr0");
    assert_ne!(next.identity.sha256(), blank.identity.sha256());
    let stale = host.write_image(&blank.identity, &image, sha256, (24 * MIB) as u64, &mut go);
    assert_eq!(stale.expect_err("another disc").code(), "medium.no_device");
}

// ---------------------------------------------------------------- sticks

#[test]
#[ignore = "needs the rig"]
fn a_stick_is_filled_closed_read_back_and_refused_with_its_files() {
    let _stick = Stick::plug(&["removable=1", "dev_size_mb=48"]);
    let store = Store::with("stick", 12);
    for format in [Format::Udf, Format::Fat] {
        let mut host = host();
        wipe();
        let empty = only(&mut host, "sda");
        assert_eq!((empty.kind, &empty.unusable), (MediumKind::Stick, &None));
        let mut phases = Vec::new();
        let place = store
            .write(&mut host, &empty, (MediumKind::Stick, format), &mut |progress| {
                phases.push(progress.phase);
                ControlFlow::Continue(())
            })
            .expect("written");
        phases.dedup();
        assert_eq!(phases, [Phase::Writing, Phase::Flushing, Phase::Closing]);
        assert_eq!(store.differences(host.read_back(&empty.identity, place, 0, &mut go)), Ok(Vec::new()));

        let full = only(&mut host, "sda");
        let refusal = full.unusable.as_ref().expect("refused");
        assert_eq!(refusal.code, "medium.holds_files");
        assert!(refusal.names.contains(&"data/0.pdf".to_owned()), "{refusal:?}");
        assert_eq!(full.holds.seals, [SealFound { writing: None, statement: "a statement\n".into() }]);
        let again = store.write(&mut host, &full, (MediumKind::Stick, format), &mut go);
        assert_eq!(again.expect_err("refused").code(), "medium.holds_files");
        refuses_writing(format);
    }
}

#[test]
#[ignore = "needs the rig"]
fn a_stick_pulled_out_in_the_middle_is_named_as_such() {
    let _stick = Stick::plug(&["removable=1", "dev_size_mb=48"]);
    let store = Store::with("unplugged", 12);
    let mut host = host();
    let empty = only(&mut host, "sda");
    let mut pulled = false;
    let lost = store.write(&mut host, &empty, (MediumKind::Stick, Format::Udf), &mut |progress| {
        if progress.done_bytes > 2 * MIB as u64 && !std::mem::replace(&mut pulled, true) {
            fs::write("/sys/block/sda/device/delete", "1").unwrap();
        }
        ControlFlow::Continue(())
    });
    assert_eq!(lost.expect_err("unplugged").code(), "medium.unplugged");
    assert_eq!(host.devices().expect("answered").iter().filter(|one| one.node == "sda").count(), 0);
}

#[test]
#[ignore = "needs the rig"]
fn the_switch_of_a_stick_is_seen_before_anything_is_written() {
    let _stick = Stick::plug(&["removable=1", "dev_size_mb=48", "wp=1"]);
    let store = Store::with("switch", 1);
    let mut host = host();
    let locked = only(&mut host, "sda");
    assert_eq!(locked.unusable.as_ref().map(|refusal| refusal.code.as_str()), Some("medium.write_protected"));
    let refused = store.write(&mut host, &locked, (MediumKind::Stick, Format::Udf), &mut go);
    assert_eq!(refused.expect_err("refused").code(), "medium.write_protected");
}

#[test]
#[ignore = "needs the rig"]
fn a_sector_that_cannot_be_read_is_named_by_its_file() {
    let _stick = Stick::plug(&["removable=1", "dev_size_mb=48"]);
    let store = Store::with("sector", 12);
    let mut host = host();
    let empty = only(&mut host, "sda");
    let place = store.write(&mut host, &empty, (MediumKind::Stick, Format::Udf), &mut go).expect("written");
    // Where the third file lies.
    let device = fs::read("/dev/sda").unwrap();
    let bytes = fs::read(store.folder.join("kho/2.pdf")).unwrap();
    let at =
        device.windows(512).step_by(512).position(|sector| sector == &bytes[..512]).expect("on the stick");
    fs::write(format!("{DEBUG}/medium_error_start"), at.to_string()).unwrap();
    fs::write(format!("{DEBUG}/opts"), "2").unwrap();
    let unreadable = host.read_back(&empty.identity, place, 0, &mut go);
    fs::write(format!("{DEBUG}/opts"), "0").unwrap();
    let unreadable = unreadable.expect_err("unreadable");
    assert_eq!(
        (unreadable.code(), unreadable.names()),
        ("medium.read_error", &["data/2.pdf".to_owned()][..])
    );
}

#[test]
#[ignore = "needs the rig"]
fn a_counterfeit_stick_is_told_by_reading_it_back() {
    let _stick = Stick::plug(&["removable=1", "dev_size_mb=16", "virtual_gb=1"]);
    let store = Store::with("counterfeit", 48);
    let mut host = host();
    let empty = only(&mut host, "sda");
    assert_eq!(empty.identity.size_bytes, 1 << 30);
    let written = store.write(&mut host, &empty, (MediumKind::Stick, Format::Udf), &mut go);
    let found = written.and_then(|place| host.read_back(&empty.identity, place, 0, &mut go));
    assert_ne!(store.differences(found), Ok(Vec::new()));
}

#[test]
#[ignore = "needs the rig"]
fn too_little_room_is_said_before_the_stick_is_formatted() {
    let _stick = Stick::plug(&["removable=1", "dev_size_mb=16"]);
    let store = Store::with("room", 20);
    let mut host = host();
    let empty = only(&mut host, "sda");
    let refused = store.write(&mut host, &empty, (MediumKind::Stick, Format::Udf), &mut go);
    assert_eq!(refused.expect_err("refused").code(), "medium.device_too_small");
    assert!(fs::read("/dev/sda").unwrap().iter().all(|byte| *byte == 0));
}

#[test]
#[ignore = "needs the rig"]
fn a_stick_on_which_something_is_mounted_or_the_data_folder_lies_is_refused() {
    let _stick = Stick::plug(&["removable=1", "dev_size_mb=48"]);
    must("mkfs.vfat", &["-I", "/dev/sda"]);
    fs::create_dir_all("/run/inbox").unwrap();
    must("mount", &["-t", "vfat", "/dev/sda", "/run/inbox"]);
    let inbox = File::open("/run/inbox").unwrap();
    let code = |own: &[&File]| {
        let mut host = MediaHost::start_program(program(), own).unwrap();
        only(&mut host, "sda").unusable.map(|refusal| refusal.code)
    };
    let codes = [code(&[]), code(&[&inbox])];
    drop(inbox);
    must("umount", &["/run/inbox"]);
    assert_eq!(codes, [Some("medium.in_use".to_owned()), Some("medium.own_disk".to_owned())]);
}

#[test]
#[ignore = "needs the rig"]
fn a_writing_that_was_killed_goes_on_and_another_one_does_not() {
    let _stick = Stick::plug(&["removable=1", "dev_size_mb=48"]);
    let store = Store::with("resumed", 12);
    let other = Store::with("other", 3);
    for phase in [Phase::Writing, Phase::Flushing, Phase::Closing] {
        wipe();
        let mut host = host();
        let empty = only(&mut host, "sda");
        let on = (MediumKind::Stick, Format::Udf);
        let killed = store.write(&mut host, &empty, on, &mut |progress| {
            if progress.phase == phase && (phase != Phase::Writing || progress.done_bytes > 3 * MIB as u64) {
                kill_workers();
            }
            ControlFlow::Continue(())
        });
        assert_eq!(killed.expect_err("killed").code(), "medium.worker_lost");
        unmount_leftovers();
        let begun = only(&mut host, "sda");
        let place = if phase == Phase::Writing {
            assert!(begun.holds.interrupted.is_some(), "{begun:?}");
            let refused = other.write(&mut host, &begun, on, &mut go).expect_err("another plan");
            assert_eq!(refused.code(), "medium.interrupted");
            store.write(&mut host, &begun, on, &mut go).expect("goes on")
        } else {
            // Everything is on it; what it lacks is its closing, and the reading back.
            assert_eq!(begun.unusable.as_ref().map(|one| one.code.as_str()), Some("medium.holds_files"));
            let refused = other.write(&mut host, &begun, on, &mut go).expect_err("other files");
            assert_eq!(refused.code(), "medium.holds_files");
            store.write(&mut host, &begun, on, &mut go).expect("is closed")
        };
        refuses_writing(Format::Udf);
        assert_eq!(store.differences(host.read_back(&begun.identity, place, 0, &mut go)), Ok(Vec::new()));
    }
}

// ---------------------------------------------------------------- dedicated disks

#[test]
#[ignore = "needs the rig"]
fn a_disk_of_three_years_takes_its_fourth_without_a_byte_of_the_others_changing() {
    let _disk = Stick::plug(&["removable=0", "dev_size_mb=96"]);
    let mut host = host();
    let years: Vec<Store> = (1..=4).map(|year| Store::with(&format!("year-{year}"), 2 + year)).collect();
    for (year, number) in years.iter().zip(1..) {
        let disk = only(&mut host, "sda");
        assert_eq!((disk.kind, &disk.unusable), (MediumKind::Disk, &None));
        assert_eq!(disk.holds.writings, (1..number).collect::<Vec<_>>());
        let place = year.write(&mut host, &disk, (MediumKind::Disk, Format::Udf), &mut go).expect("written");
        assert_eq!(place, Place::Writing { number });
        for (old, number) in years.iter().zip(1..=number) {
            let found = host.read_back(&disk.identity, Place::Writing { number }, 0, &mut go);
            assert_eq!(old.differences(found), Ok(Vec::new()), "{number}");
        }
    }
    fs::create_dir_all("/run/disk").unwrap();
    let volume = if Path::new("/dev/sda1").exists() { "/dev/sda1" } else { "/dev/sda" };
    must("mount", &["-t", "udf", volume, "/run/disk"]);
    fs::write("/run/disk/holiday.jpg", b"x").unwrap();
    must("umount", &["/run/disk"]);
    let refusal = only(&mut host, "sda").unusable.expect("no dedicated disk any more");
    assert_eq!(
        (refusal.code.as_str(), &refusal.names[..]),
        ("medium.not_dedicated", &["holiday.jpg".into()][..])
    );
}

// ---------------------------------------------------------------- the rig

fn program() -> Program {
    Program::at(PathBuf::from(env!("CARGO_BIN_EXE_niemphong")), ["worker", "media"].map(Into::into))
}

fn host() -> MediaHost {
    MediaHost::start_program(program(), &[]).expect("a host")
}

fn go(_: Progress) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn only(host: &mut MediaHost, node: &str) -> Device {
    let devices = host.devices().expect("answered");
    devices.iter().find(|device| device.node == node).unwrap_or_else(|| panic!("{devices:?}")).clone()
}

/// Bytes that no two places share.
fn noise(seed: u32, length: usize) -> Vec<u8> {
    let mut state = u64::from(seed) << 32 | 0x9E37_79B9;
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

fn image(name: &str, mib: usize) -> (PathBuf, Sha256) {
    let bytes = noise(7, mib * MIB);
    let path = Path::new("/run").join(name);
    fs::write(&path, &bytes).unwrap();
    (path, Sha256::of(&bytes))
}

/// A folder of the store with a list of what is to be written.
struct Store {
    folder: PathBuf,
    files: Vec<PlacedFile>,
}

impl Store {
    fn with(name: &str, mib: u32) -> Self {
        let folder = Path::new("/run").join(name);
        fs::create_dir_all(folder.join("kho")).unwrap();
        let pages = (0..mib).map(|page| {
            (format!("data/{page}.pdf"), format!("kho/{page}.pdf"), noise(page + mib * 100, MIB))
        });
        let statement =
            ("niem-phong/niem-phong.txt".into(), "kho/niem-phong.txt".into(), b"a statement\n".to_vec());
        let files = pages.chain([statement]).map(|(name, place, bytes)| {
            fs::write(folder.join(&place), &bytes).unwrap();
            PlacedFile { name, place, bytes: bytes.len() as u64, sha256: Sha256::of(&bytes) }
        });
        Self { files: files.collect(), folder }
    }

    fn write(
        &self,
        host: &mut MediaHost,
        device: &Device,
        (on, format): (MediumKind, Format),
        progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Place, MediaFault> {
        let folder = File::open(&self.folder).unwrap();
        host.write_files(&device.identity, (on, format, "NP_VM_0001"), &folder, &self.files, progress)
    }

    /// Names of what is not as it was written.
    fn differences(&self, found: Result<Found, MediaFault>) -> Result<Vec<String>, String> {
        let Found::Files(found) = found.map_err(|fault| fault.to_string())? else { panic!("an image") };
        let is_there = |file: &&PlacedFile| {
            found
                .iter()
                .any(|one| (&one.name, one.bytes, one.sha256) == (&file.name, file.bytes, file.sha256))
        };
        let lost = self.files.iter().filter(|file| !is_there(file)).map(|file| file.name.clone());
        let more = found.iter().filter(|one| !self.files.iter().any(|file| file.name == one.name));
        Ok(lost.chain(more.map(|one| one.name.clone())).collect())
    }
}

fn refuses_writing(format: Format) {
    fs::create_dir_all("/run/closed").unwrap();
    match format {
        Format::Udf => {
            let mounted = Command::new("mount")
                .args(["-t", "udf", "-o", "rw", "/dev/sda", "/run/closed"])
                .output()
                .unwrap();
            let refused = fs::write("/run/closed/data/0.pdf", b"x").is_err()
                && fs::write("/run/closed/new", b"x").is_err();
            if mounted.status.success() {
                must("umount", &["/run/closed"]);
            }
            assert!(refused);
        }
        Format::Fat => {
            must("mount", &["-t", "vfat", "/dev/sda", "/run/closed"]);
            let read_only = fs::metadata("/run/closed/data/0.pdf").unwrap().permissions().readonly();
            must("umount", &["/run/closed"]);
            assert!(read_only);
        }
    }
}
