//! `cargo bench --bench archive`: what it costs to write a deposit of 3,000 files and 2 GB into the store with both
//! digests, and to check what lies on a medium, beside `sha256sum -c` and `bagit.py --validate` on the same files.
//!
//! Processor time of user and kernel, because other work on the machine must not decide. Our own check reads from the
//! disk, past the cache of the kernel, as that of a medium must; the others once from the disk and once from the cache.
//! Wants what `make test` prepared (bagit.py), and five minutes since the last run: so long ext4 looks at every number
//! of a deleted file before it makes a new one, which costs more than writing.
#![allow(dead_code, unused_imports, clippy::unwrap_used, missing_docs)]

#[path = "../src/medium/mod.rs"]
mod medium;
#[path = "../src/process/mod.rs"]
mod process;
#[path = "../src/store/mod.rs"]
mod store;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crafts::bagit::Fixity;
use school::digest::Sha256;
use store::uncached::{self, Piece};
use store::{Measured, Store};

const FILES: usize = 3_000;
const FILE_BYTES: usize = 715_827;
const GIGABYTES: f64 = (FILES * FILE_BYTES) as f64 / 1e9;
/// Set for the run that checks alone, with the folder to check.
const ONLY_CHECK: &str = "BENCH_ONLY_CHECK";

fn main() {
    if let Some(folder) = std::env::var_os(ONLY_CHECK) {
        let began = Instant::now();
        assert_eq!(medium::read_mounted(Path::new(&folder)).unwrap().len(), FILES);
        return say(&format!("{:.3}", began.elapsed().as_secs_f64()));
    }
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("archive-bench");
    let _ = fs::remove_dir_all(&place);
    fs::create_dir_all(&place).unwrap();
    let store = Store::open(&place.join("kho")).unwrap();
    let published = publish(&store);

    let mut piece = Piece::default();
    // As `clerk::bag` does it: once to know the digests, once to write.
    let known = measured("both digests of what people are to sign, in one pass", || {
        let measure = |(name, _): &(String, _)| {
            let Measured { sha256, sha512, size_bytes } = store.measure_file(name, &mut piece).unwrap();
            (name.clone(), Fixity { sha256, sha512, size_bytes })
        };
        published.iter().map(measure).collect::<BTreeMap<_, _>>()
    });
    let scratch = store.scratch().unwrap();
    measured("copied into a bag with both digests, in one pass", || {
        for (name, digest) in &published {
            let copied = store.copy(name, (&scratch, &format!("data/{name}")), &mut piece).unwrap();
            assert_eq!((copied.sha256, copied.sha512), (*digest, known[name].sha512));
        }
    });
    let bag = place.join("bag");
    copy(scratch.path(), &bag);
    // A medium has nothing left to be written when it is checked.
    assert!(Command::new("sync").status().unwrap().success());
    let (ours_ms, _) = measured_ms("checked, as a stick or a disk is", || {
        assert_eq!(medium::read_mounted(&bag.join("data")).unwrap().len(), FILES);
    });
    on_cores("the disk", &bag.join("data"));
    // A medium that gives faster than two cores hash: then only the cores can be the limit.
    let memory = PathBuf::from(format!("/dev/shm/niemphong-bench-{}", std::process::id()));
    copy(&bag.join("data"), &memory);
    on_cores("memory", &memory);
    fs::remove_dir_all(&memory).unwrap();
    manifests(&bag, &known);
    let mut coreutils = Command::new("sha256sum");
    coreutils.args(["--check", "--quiet", "manifest-sha256.txt"]).current_dir(&bag);
    beside(ours_ms, &bag, &mut coreutils);
    let judges = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/judges/venv/bin");
    let mut bagit = Command::new(judges.join("python"));
    bagit.arg(judges.join("bagit.py")).args(["--validate", "--quiet"]).arg(&bag);
    beside(ours_ms, &bag, &mut bagit);
    measured("flushed, made read-only and published", || {
        store.publish_folder(scratch, "luu-tru/DO_TOC_DO").unwrap()
    });
    fs::remove_dir_all(&place).ok();
}

/// Files that share nothing, in the store.
fn publish(store: &Store) -> Vec<(String, Sha256)> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut bytes = vec![0; FILE_BYTES];
    let each = (0..FILES).map(|number| {
        for eight in bytes.chunks_mut(8) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            eight.copy_from_slice(&state.to_le_bytes()[..eight.len()]);
        }
        let name = format!("ho-so/{number:04}/00.pdf");
        store.publish(&name, &bytes).unwrap();
        (name, Sha256::of(&bytes))
    });
    each.collect()
}

fn copy(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-a").args([from, to]).status().unwrap().success());
}

/// Manifests as a deposit has them, for the others.
fn manifests(bag: &Path, known: &BTreeMap<String, Fixity>) {
    let list = |digest: &dyn Fn(&Fixity) -> String| {
        known.iter().map(|(name, fixity)| format!("{}  data/{name}\n", digest(fixity))).collect::<String>()
    };
    fs::write(bag.join("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n").unwrap();
    fs::write(bag.join("manifest-sha256.txt"), list(&|one| one.sha256.to_string())).unwrap();
    fs::write(bag.join("manifest-sha512.txt"), list(&|one| one.sha512.to_string())).unwrap();
}

/// The same check on one core and on two, each in a process of its own, by the clock.
fn on_cores(from: &str, folder: &Path) {
    let check = |cores: &str| {
        let mut child = Command::new("taskset");
        child.args(["--cpu-list", cores]).arg(std::env::current_exe().unwrap()).env(ONLY_CHECK, folder);
        let said = String::from_utf8(child.output().unwrap().stdout).unwrap();
        said.trim().parse::<f64>().unwrap()
    };
    let best = |cores: &str| (0..3).map(|_| check(cores)).fold(f64::INFINITY, f64::min);
    let (one, two) = (best("0"), best("0,1"));
    say(&format!(
        "checked from {from}, by the clock: one core {one:.2} s, two {two:.2} s: {:.2} ×",
        one / two
    ));
}

/// How many times as long another program takes, once from the disk as we do, once from the cache of the kernel.
fn beside(ours_ms: f64, bag: &Path, command: &mut Command) {
    for from in ["the disk", "the cache"] {
        if from == "the disk" {
            let forget = |name: &String| drop(uncached::open(&bag.join(name)).unwrap());
            store::files_below(bag).unwrap().iter().for_each(forget);
        }
        let (theirs_ms, ()) = measured_ms(&format!("{:?} from {from}", command.get_program()), || {
            let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
            assert!(status.success());
        });
        say(&format!("    {:.1} ×", theirs_ms / ours_ms));
    }
}

fn measured<T>(what: &str, act: impl FnOnce() -> T) -> T {
    measured_ms(what, act).1
}

fn measured_ms<T>(what: &str, act: impl FnOnce() -> T) -> (f64, T) {
    let (before_ms, began) = (processor_time_ms(), Instant::now());
    let result = act();
    let spent_ms = processor_time_ms() - before_ms;
    let per_gigabyte = spent_ms / 1e3 / GIGABYTES;
    say(&format!(
        "{:>6.2} cpu s, {per_gigabyte:.2} a GB, by the clock {:.2} s  {what}",
        spent_ms / 1e3,
        began.elapsed().as_secs_f64()
    ));
    (spent_ms, result)
}

/// User and kernel, of this process and of those that it waited for, in ticks of 10 ms.
fn processor_time_ms() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let (_, fields) = stat.rsplit_once(") ").unwrap();
    fields.split(' ').skip(11).take(4).map(|ticks| ticks.parse::<f64>().unwrap() * 10.0).sum()
}

fn say(line: &str) {
    writeln!(std::io::stdout().lock(), "{line}").unwrap();
}
