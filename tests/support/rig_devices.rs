//! Imitated devices of the rig (`tests/rig/`), with the real drivers of the kernel: an iSCSI burner, and sticks and
//! disks that can be pulled out, locked, spoiled and counterfeited.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Where scsi_debug takes orders while it runs.
pub const DEBUG: &str = "/sys/module/scsi_debug/parameters";

pub fn kill_workers() {
    // By the names of the very processes that this test started.
    for entry in fs::read_dir("/proc").unwrap().flatten() {
        let line = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let burner = line.starts_with(b"cdrskin\0");
        if burner || line.ends_with(b"niemphong\0worker\0media\0") {
            let _ = Command::new("kill").arg("-9").arg(entry.file_name()).status();
        }
    }
}

pub fn unmount_leftovers() {
    let mounts = fs::read_to_string("/proc/self/mounts").unwrap();
    for point in mounts.lines().filter_map(|line| line.split(' ').nth(1)) {
        if point.contains("niemphong-media-") {
            must("umount", &[point]);
        }
    }
}

pub fn must(program: &str, arguments: &[&str]) {
    let output =
        Command::new(program).args(arguments).output().unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// An imitated stick or disk, /dev/sda.
pub struct Stick;

impl Stick {
    pub fn plug(parameters: &[&str]) -> Self {
        let kernel = PathBuf::from(std::env::var("RIG").unwrap()).join("kernel");
        let mut arguments = vec!["-d", kernel.to_str().unwrap(), "scsi_debug", "delay=0"];
        arguments.extend(parameters);
        must("modprobe", &arguments);
        wait_for("/dev/sda");
        Self
    }
}

impl Drop for Stick {
    fn drop(&mut self) {
        unmount_leftovers();
        let _ = Command::new("rmmod").arg("scsi_debug").status();
    }
}

pub fn wipe() {
    must("dd", &["if=/dev/zero", "of=/dev/sda", "bs=1M", "count=48", "conv=notrunc"]);
    must("blockdev", &["--rereadpt", "/dev/sda"]);
}

/// An imitated DVD+R burner, /dev/sr0, with a blank disc in it.
pub struct Burner {
    /// Where the bytes of the disc lie.
    pub disc: PathBuf,
}

impl Burner {
    pub fn start() -> Self {
        let disc = blank("first");
        if !Path::new("/dev/sr0").exists() {
            fs::create_dir_all("/run/lock").unwrap();
            Command::new("tgtd").spawn().expect("tgtd of tgt").wait().unwrap();
            wait_until(|| tgtadm(&["--op", "show", "--mode", "target"]));
            let target = "iqn.2026-01.local:burner";
            assert!(tgtadm(&["--op", "new", "--mode", "target", "--tid", "1", "-T", target]));
            let disc = disc.to_str().unwrap();
            let unit = [
                "--op",
                "new",
                "--mode",
                "logicalunit",
                "--tid",
                "1",
                "--lun",
                "1",
                "--device-type",
                "cd",
                "-b",
                disc,
            ];
            assert!(tgtadm(&unit));
            assert!(tgtadm(&["--op", "bind", "--mode", "target", "--tid", "1", "-I", "ALL"]));
            must("iscsistart", &["-i", "iqn.2026-01.local:host", "-t", target, "-g", "1", "-a", "127.0.0.1"]);
            wait_for("/dev/sr0");
        } else {
            insert(&disc);
        }
        Self { disc }
    }

    pub fn change_disc(&self) {
        insert(&blank("next"));
    }
}

pub fn blank(name: &str) -> PathBuf {
    let path = PathBuf::from(format!("/run/{name}.dvdr"));
    let _ = fs::remove_file(&path);
    must(
        "tgtimg",
        &["--op", "new", "--device-type", "cd", "--type", "dvd+r", "--file", path.to_str().unwrap()],
    );
    path
}

pub fn insert(disc: &Path) {
    let unit = ["--op", "update", "--mode", "logicalunit", "--tid", "1", "--lun", "1", "--params"];
    let with = |parameters: &str| tgtadm(&[&unit[..], &[parameters]].concat());
    assert!(with("online=0"));
    let _ = Command::new("xorriso").args(["-outdev", "/dev/sr0", "-toc"]).output();
    assert!(with(&format!("path={},online=1", disc.display())));
    std::thread::sleep(Duration::from_secs(1));
    let _ = Command::new("xorriso").args(["-outdev", "/dev/sr0", "-toc"]).output();
}

pub fn tgtadm(arguments: &[&str]) -> bool {
    let output = Command::new("tgtadm").args(["--lld", "iscsi"]).args(arguments).output().unwrap();
    output.status.success()
}

pub fn wait_for(path: &str) {
    wait_until(|| Path::new(path).exists());
}

pub fn wait_until(mut done: impl FnMut() -> bool) {
    // An emulated processor beside other work is slow.
    let until = Instant::now() + Duration::from_secs(300);
    while !done() {
        assert!(Instant::now() < until, "it does not come");
        std::thread::sleep(Duration::from_millis(100));
    }
}
