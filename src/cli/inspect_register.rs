//! `niemphong register`: looks at the register without touching it.

use std::path::{Path, PathBuf};

use crafts::tlog;

use crate::clerk::register_file;
use crate::cli::archive;
use crate::cli::arguments::RegisterVerb;
use crate::cli::exit::Exit;
use crate::cli::failed;
use crate::config::Config;
use crate::lifecycle::event::Event;
use crate::register::{Access, Register, RegisterFault};
use crate::terminal;

/// The register does not begin with the school it belongs to, so its checkpoint would have no origin.
#[derive(Debug, thiserror::Error)]
#[error("the register does not begin with the commissioning of a school")]
struct NotCommissioned;

impl NotCommissioned {
    const CODE: &'static str = "school.not_commissioned";
}

/// Carries out one look.
pub fn run(config: &Path, data: Option<&Path>, verb: RegisterVerb) -> Exit {
    if let RegisterVerb::Print { output } = &verb {
        return archive::print_book(config, data, output);
    }
    let data: PathBuf = match data {
        Some(data) => data.to_owned(),
        None => match Config::read(config) {
            Ok(config) => config.data,
            Err(fault) => return failed(fault.code(), &fault),
        },
    };
    look(&data, verb).unwrap_or_else(|fault| failed(fault.code(), &fault))
}

fn look(data: &Path, verb: RegisterVerb) -> Result<Exit, RegisterFault> {
    // Opening reads every line and checks the chain, whatever is asked.
    let (register, entries) = Register::open(&register_file(data), Access::Read)?;
    let (size, root) = register.tree_head();
    match verb {
        RegisterVerb::List => {
            let lines = register.lines(size)?;
            terminal::data(String::from_utf8_lossy(&lines).trim_end());
        }
        // Printed by the office, which knows names and words.
        RegisterVerb::Print { .. } => {}
        RegisterVerb::Check => terminal::data(&format!("ok {} {root}", entries.len())),
        RegisterVerb::Checkpoint => match entries.first().map(|entry| &entry.event) {
            Some(Event::Commissioned { school, .. }) => {
                terminal::data(tlog::checkpoint(&tlog::origin(school), size, &root).trim_end());
            }
            _ => return Ok(failed(NotCommissioned::CODE, &NotCommissioned)),
        },
    }
    Ok(Exit::Ok)
}
