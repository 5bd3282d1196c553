//! `cargo bench --bench register`: a register of a million entries, as twenty years of a large school may
//! make one. What it costs to prove one entry and twenty years of growth, to check both proofs, and to compare
//! two copies. Processor time of this thread, because other work on the machine must not decide.
#![allow(clippy::unwrap_used, missing_docs)]

use std::io::Write;

use crafts::tlog;
use school::digest::Sha256;
use school::moment::Moment;
use serde_json::json;
use verification::register::{Checkpoint, CopyRelation, Proof, compare_copies};

const ENTRIES: usize = 1_000_000;
const OLD: usize = 613_579;

fn main() {
    let lines = register();
    say(&format!("{ENTRIES} entries, {} MB", lines.len() / 1_000_000));
    let leaves = measured("hash every entry", || {
        lines
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(tlog::leaf_hash)
            .collect::<Vec<_>>()
    });
    let checkpoint = |size: usize| {
        let root = leaves[..size].iter().copied().collect::<tlog::Tree>().root();
        tlog::checkpoint("niemphong/HOAPHUONG", size as u64, &root)
    };
    let (now, before) = measured("roots of both sizes", || (checkpoint(ENTRIES), checkpoint(OLD)));
    let index = 777_777;
    let line = lines.split(|byte| *byte == b'\n').nth(index).unwrap();
    let one = measured("prove one entry", || {
        tlog::inclusion_proof(index as u64, line, &tlog::prove(index, ENTRIES, &leaves).unwrap(), &now)
    });
    let growth = measured("prove growth", || {
        tlog::consistency_proof(OLD as u64, &tlog::prove_consistency(OLD, ENTRIES, &leaves).unwrap(), &now)
    });
    let held = Checkpoint::parse(before.as_bytes()).unwrap();
    measured("check both proofs", || {
        assert!(Proof::parse(one.as_bytes()).unwrap().check(None).unwrap().is_some());
        assert_eq!(Proof::parse(growth.as_bytes()).unwrap().check(Some(&held)), Ok(None));
    });
    let mut rewritten = lines.clone();
    let last = rewritten.len() - 3;
    rewritten[last] ^= 1;
    measured("compare two equal copies", || {
        assert_eq!(compare_copies(&lines, &lines.clone()).relation, CopyRelation::Equal);
    });
    measured("compare with one that was rewritten in its last entry", || {
        let compared = compare_copies(&lines, &rewritten);
        assert_eq!((compared.relation, compared.common), (CopyRelation::Rewritten, ENTRIES as u64 - 1));
    });
}

/// A chain of entries as signing writes them.
fn register() -> Vec<u8> {
    let (mut lines, mut previous) = (Vec::new(), tlog::FIRST_PREVIOUS);
    let at = Moment::from_unix(1_780_103_700);
    for seq in 0..ENTRIES as u64 {
        let body = json!({"box": "GVBM_TOAN", "certificate": Sha256::of(b"certificate"),
            "dossier": format!("2025-2026_ca-nam_hoc-ba_HS{:05}", seq % 2_000), "revision": seq % 20,
            "sha256": Sha256::of(&seq.to_be_bytes())});
        let line = tlog::chain_line(seq, at, "dossier.signed", &body, previous).unwrap();
        previous = Sha256::of(&line);
        lines.extend_from_slice(&line);
        lines.push(b'\n');
    }
    lines
}

fn measured<T>(what: &str, act: impl FnOnce() -> T) -> T {
    let before = processor_time_ms();
    let result = act();
    say(&format!("{:>8.0} ms  {what}", processor_time_ms() - before));
    result
}

/// Linux counts the nanoseconds that a thread ran.
fn processor_time_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e6
}

fn say(line: &str) {
    writeln!(std::io::stdout().lock(), "{line}").unwrap();
}
