//! What the signing tests stand on: a document, a PKI made by the openssl program, outside programs.
#![allow(clippy::unwrap_used, missing_docs)]
// Each test program uses its own part of this.
#![allow(dead_code)]

pub mod paper;
pub mod pki;
pub mod steps;

use std::path::Path;
use std::process::{Command, Output};

/// Runs an outside program; its absence fails the test, because these judges are required.
pub fn run(folder: &Path, program: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.current_dir(folder).args(arguments).output().unwrap_or_else(|error| panic!("{program}: {error}"))
}

/// As [`run`], and the program must be content; returns what it printed.
pub fn content(folder: &Path, program: &str, arguments: &[&str]) -> String {
    let output = run(folder, program, arguments);
    let said =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success(), "{program} {arguments:?}: {said}");
    said
}
