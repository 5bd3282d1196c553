//! One sealed deposit of each version that schools used, kept as files: what was sealed once is found valid
//! by every later judge, unchanged. The school is invented, its keys are gone, its authority is a test's.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folders of the versions: `pki` (roots to trust), `at.txt` (moment of judgement), and the deposits.
fn versions() -> Vec<PathBuf> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let folders = fs::read_dir(golden).expect("tests/golden").map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<PathBuf> = folders.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn deposits(version: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(version).expect("a version").map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.join("bagit.txt").is_file()).collect()
}

fn verify(version: &Path, deposit: &Path) -> Output {
    verify_trusting(&version.join("pki"), version, deposit)
}

fn verify_trusting(roots: &Path, version: &Path, path: &Path) -> Output {
    let at = fs::read_to_string(version.join("at.txt")).expect("a moment");
    let mut command = Command::new(env!("CARGO_BIN_EXE_niemphong"));
    command.args(["verify", "--json", "--at", at.trim(), "--trust"]).arg(roots).arg(path);
    command.output().expect("the program runs")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::write(&target, fs::read(&path).expect("read")).expect("written");
        }
    }
}

#[test]
fn every_deposit_of_every_version_is_still_valid_in_all_its_parts() {
    let mut seen = 0;
    for version in versions() {
        for deposit in deposits(&version) {
            let judged = verify(&version, &deposit);
            let out = String::from_utf8_lossy(&judged.stdout).into_owned();
            assert!(judged.status.success(), "{}: {out}", deposit.display());
            let verdicts: Vec<serde_json::Value> =
                out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
            assert!(verdicts.len() > 1 && verdicts.iter().all(|one| one["verdict"] == "valid"), "{out}");
            seen += 1;
        }
    }
    assert!(seen >= 2, "the deposit of a year and a snapshot of the first version");
}

#[test]
fn a_byte_of_any_of_its_files_that_is_changed_is_still_found() {
    let version = versions().into_iter().next().expect("a version");
    for deposit in deposits(&version) {
        let scratch = tempfile::tempdir().expect("a folder");
        let mut waiting = vec![deposit.clone()];
        let mut files = Vec::new();
        while let Some(folder) = waiting.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() { waiting.push(path) } else { files.push(path) }
            }
        }
        files.sort();
        // Every fifth file: each judgement takes its time, and every file has been somebody's turn elsewhere.
        for file in files.iter().step_by(5) {
            let copied = scratch.path().join(deposit.file_name().expect("a name"));
            let _ = fs::remove_dir_all(&copied);
            copy(&deposit, &copied);
            let target = copied.join(file.strip_prefix(&deposit).expect("inside"));
            let mut bytes = fs::read(&target).expect("read");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            fs::write(&target, bytes).expect("written");
            let judged = verify(&version, &copied);
            assert!(!judged.status.success(), "{} was changed and nobody saw it", file.display());
        }
    }
}

#[test]
fn roots_that_lie_on_the_medium_vouch_for_nothing() {
    let version = versions().into_iter().next().expect("a version");
    let deposit = deposits(&version).into_iter().next().expect("a deposit");
    let medium = tempfile::tempdir().expect("a folder");
    copy(&deposit, &medium.path().join("data").join(deposit.file_name().expect("a name")));
    // The very roots under which the deposit is valid, in the folder where media carry theirs.
    copy(&version.join("pki"), &medium.path().join("neo-tin-cay"));
    let others = Path::new(env!("CARGO_MANIFEST_DIR")).join("certs/test");
    let judged = verify_trusting(&others, &version, medium.path());
    assert!(!judged.status.success());
    let out = String::from_utf8_lossy(&judged.stdout).into_owned();
    let reports: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let rests_on_signatures = |one: &&serde_json::Value| one["type"] == "bag" || one["type"] == "pdf";
    let signed: Vec<_> = reports.iter().filter(rests_on_signatures).collect();
    assert!(signed.len() > 3 && signed.iter().all(|one| one["verdict"] == "indeterminate"), "{out}");
    let mut signatures = signed.iter().filter_map(|one| one["signatures"].as_array()).flatten();
    assert!(signatures.all(|one| one["trust"] != "trusted"), "{out}");
}
