//! `cargo bench --bench register`: a register of a million entries, as twenty years of a large school may
//! make one. What it costs to prove one entry and twenty years of growth, to check both proofs, and to compare
//! two copies. Processor time of this thread, because other work on the machine must not decide.
#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crafts::tlog;
use school::digest::Sha256;
use school::moment::Moment;
use serde_json::json;
use verification::register::{CopyRelation, compare_copies};

const ENTRIES: usize = 1_000_000;
const OLD: usize = 613_579;
const INDEX: usize = 777_777;
/// Entries from one signed checkpoint to the next.
const SITTING: u64 = 700;

fn main() {
    let register = register();
    say(&format!("{ENTRIES} entries, {} MB", register.len() / 1_000_000));
    let lines = tlog::lines(&register);
    let leaves = measured("hash every entry", || tlog::leaf_hashes(&lines));
    measured("prove one entry", || tlog::prove(INDEX, &leaves).unwrap());
    measured("prove growth", || tlog::prove_consistency(OLD, &leaves).unwrap());
    let mut rewritten = register.clone();
    let last = rewritten.len() - 3;
    rewritten[last] ^= 1;
    measured("compare with one that was rewritten in its last entry", || {
        let compared = compare_copies(&register, &rewritten);
        assert_eq!((compared.relation, compared.common), (CopyRelation::Rewritten, ENTRIES as u64 - 1));
    });
    by_the_program(&register, &leaves);
}

/// The same by the program itself, from files, with starting it and reading them.
fn by_the_program(register: &[u8], leaves: &[Sha256]) {
    let place = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("register-bench");
    let _ = fs::remove_dir_all(&place);
    fs::create_dir_all(&place).unwrap();
    let file = |name: &str, bytes: &[u8]| {
        fs::write(place.join(name), bytes).unwrap();
        place.join(name).to_str().unwrap().to_owned()
    };
    let (one, other) = (file("one.jsonl", register), file("other.jsonl", register));
    let before = tlog::checkpoint("niemphong/HOAPHUONG", OLD as u64, &tlog::root(&leaves[..OLD]));
    let held = file("held.txt", before.as_bytes());
    store_own(&place.join("so-theo-doi.sqlite"), register, leaves);
    let data = place.to_str().unwrap();
    let entry = INDEX.to_string();
    let program = |what: &str, arguments: &[&str]| {
        let said = measured(what, || {
            let mut command = Command::new(env!("CARGO_BIN_EXE_niemphong"));
            command.args(["register", "--data", data]).args(arguments).output().unwrap()
        });
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        said.stdout
    };
    let of_own = program(
        "niemphong register prove, an entry of the school's own register",
        &["prove", "--entry", &entry],
    );
    let inclusion = program("the same of a copy", &["prove", "--copy", &one, "--entry", &entry]);
    assert_eq!(of_own, inclusion);
    let growth = program("growth of the school's own register", &["prove", "--since", &held]);
    assert_eq!(growth, program("the same of a copy", &["prove", "--copy", &one, "--since", &held]));
    program("compare two equal copies", &["check", "--copy", &one, "--against", &other]);
    let (inclusion, growth) = (file("entry.proof", &inclusion), file("growth.proof", &growth));
    program("check the proof of an entry", &["check", "--proof", &inclusion]);
    program("check the proof of growth", &["check", "--proof", &growth, "--checkpoint", &held]);
    fs::remove_dir_all(&place).unwrap();
}

/// The file that the program itself would have written.
fn store_own(path: &Path, register: &[u8], leaves: &[Sha256]) {
    let mut own = rusqlite::Connection::open(path).unwrap();
    own.execute_batch(&format!(
        "{} {} PRAGMA user_version = 2;",
        include_str!("../src/register/schema/001.sql"),
        include_str!("../src/register/schema/002.sql")
    ))
    .unwrap();
    let all = own.transaction().unwrap();
    {
        let mut insert = all.prepare("INSERT INTO entry (seq, line, once) VALUES (?1, ?2, NULL)").unwrap();
        for (seq, line) in (0_i64..).zip(tlog::lines(register)) {
            insert.execute(rusqlite::params![seq, line]).unwrap();
        }
        // Written when the register was opened last.
        let mut keep = all.prepare("INSERT INTO leaf (first, hashes) VALUES (?1, ?2)").unwrap();
        for (first, row) in (0_i64..).step_by(1_024).zip(leaves.chunks_exact(1_024)) {
            keep.execute(rusqlite::params![
                first,
                row.iter().flat_map(Sha256::as_bytes).copied().collect::<Vec<u8>>()
            ])
            .unwrap();
        }
    }
    all.commit().unwrap();
}

/// A chain of entries as signing writes them.
fn register() -> Vec<u8> {
    let (mut lines, mut previous, mut tree) = (Vec::new(), tlog::FIRST_PREVIOUS, tlog::Tree::default());
    let at = Moment::from_unix(1_780_103_700);
    for seq in 0..ENTRIES as u64 {
        let school = json!({"school": "HOAPHUONG"});
        let body = json!({"box": "GVBM_TOAN", "certificate": Sha256::of(b"certificate"),
            "dossier": format!("2025-2026_ca-nam_hoc-ba_HS{:05}", seq % 2_000), "revision": seq % 20,
            "sha256": Sha256::of(&seq.to_be_bytes())});
        // The first entry of every register names its school.
        let (kind, body) = match seq {
            0 => ("commissioned", school),
            seq if seq % SITTING == 0 => {
                let text = tlog::checkpoint("niemphong/HOAPHUONG", seq, &tree.root());
                let checkpoint = Sha256::of(text.as_bytes());
                (
                    "checkpoint.signed",
                    json!({"size": seq, "checkpoint": checkpoint, "certificate": checkpoint, "signature": checkpoint}),
                )
            }
            _ => ("dossier.signed", body),
        };
        let line = tlog::chain_line(seq, at, kind, &body, previous).unwrap();
        previous = Sha256::of(&line);
        tree.append(tlog::leaf_hash(&line));
        lines.extend_from_slice(&line);
        lines.push(b'\n');
    }
    lines
}

fn measured<T>(what: &str, act: impl FnOnce() -> T) -> T {
    let (before_ms, began) = (processor_time_ms(), Instant::now());
    let result = act();
    let by_the_clock_ms = began.elapsed().as_millis();
    say(&format!(
        "{:>6.0} cpu ms, by the clock {by_the_clock_ms} ms  {what}",
        processor_time_ms() - before_ms
    ));
    result
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
