//! `niemphong clock`: the clock as a signature sees it, and the word of two people that it is right.

use crate::clerk::{self, ClerkFault};
use crate::cli::archive::{ArchiveFault, open};
use crate::cli::arguments::{ClockRequest, ClockVerb};
use crate::cli::exit::Exit;
use crate::cli::failed;
use crate::lifecycle::dossier::Refusal;
use crate::lifecycle::timekeeping::ClockRefusal;
use crate::terminal;

/// Looks or confirms.
pub fn run(request: &ClockRequest) -> Exit {
    match act(request) {
        Ok(exit) => exit,
        Err(fault) => failed(fault.code(), &fault),
    }
}

fn act(request: &ClockRequest) -> Result<Exit, ArchiveFault> {
    let (mut office, _) = open(&request.place)?;
    if let ClockVerb::Confirm { by, at } = &request.verb {
        let [first, second] = by.as_slice() else {
            return Err(ClerkFault::from(Refusal::from(ClockRefusal::TwoPeople)).into());
        };
        clerk::confirm_clock(&mut office, [first, second], *at)?;
    }
    terminal::data(&clerk::look_at_clock(&mut office)?.to_string());
    Ok(Exit::Ok)
}
