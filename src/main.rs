//! The program niemphong; so far only its workers.
#![forbid(unsafe_code)]

use std::path::Path;
use std::process::ExitCode;

#[allow(dead_code)]
mod network;
#[allow(dead_code)]
mod process;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["worker", "token", "--module", module] => process::token_worker::run(Path::new(module)),
        ["worker", "reader"] => process::reader_worker::run(),
        _ => return ExitCode::from(2),
    };
    if done.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
