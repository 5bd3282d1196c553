//! Tokens behind OpenSC's pkcs11-spy, and what it wrote.

use std::path::Path;

use super::built_program;
use crate::demo::surroundings::Surroundings;
use crate::process::token_host::TokenHost;
use crate::process::worker::Program;

/// Comes with the package opensc.
pub const SPY: &str = "/usr/lib/x86_64-linux-gnu/pkcs11-spy.so";

pub(super) fn spied_host(surroundings: &Surroundings, spied: &Path) -> TokenHost {
    assert!(Path::new(SPY).exists(), "{SPY} is missing; it comes with: apt-get install opensc");
    host_of(Path::new(SPY), spied_environment(surroundings, spied))
}

pub(super) fn host_of(module: &Path, environment: Vec<(String, String)>) -> TokenHost {
    let arguments = ["worker".into(), "token".into(), "--module".into(), module.as_os_str().to_owned()];
    let program = Program::at(built_program(), arguments).with_environment(&environment);
    TokenHost::start_program(program).expect("a token worker")
}

pub(super) fn configured(surroundings: &Surroundings) -> (String, String) {
    ("SOFTHSM2_CONF".to_owned(), text(surroundings.tokens.configuration()))
}

pub(super) fn spied_environment(surroundings: &Surroundings, spied: &Path) -> Vec<(String, String)> {
    vec![
        configured(surroundings),
        ("PKCS11SPY".to_owned(), text(surroundings.tokens.module())),
        ("PKCS11SPY_OUTPUT".to_owned(), text(&spied.join("spy.txt"))),
    ]
}

pub(super) fn read_spied(folder: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(folder.join("spy.txt")).expect("spied")).into_owned()
}

pub(super) fn calls_in(spied: &str, function: &str) -> usize {
    let ends = format!(": {function}");
    spied.lines().filter(|line| line.ends_with(&ends)).count()
}

fn text(path: &Path) -> String {
    path.to_str().expect("a path in UTF-8").to_owned()
}
