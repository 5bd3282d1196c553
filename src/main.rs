//! niemphong: from a locked gradebook to a sealed disc that an inspector can trust in twenty years.
//!
//! The floors, top to bottom: `cli`, `daemon`, `config` wire everything; `demo` is a face that uses
//! public doors only; `clerk` takes the steps; `wording` has what people read; `intake`, `register`,
//! `medium`, `network`, `process`, `store` and `clock` are the rims; `lifecycle` holds the rules. The
//! packages `school`, `crafts`, `verification` and `token` lie beside them. See ARCHITECTURE.md.
#![forbid(unsafe_code)]

mod accounts;
mod clerk;
mod cli;
mod clock;
mod config;
mod daemon;
mod demo;
mod intake;
mod lifecycle;
mod medium;
mod network;
mod process;
mod register;
mod store;
mod terminal;
mod web;
mod wording;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
