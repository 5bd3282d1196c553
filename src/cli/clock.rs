//! `niemphong clock`: the clock as a signature sees it, and the word of two people that it is right. While the daemon
//! works with the register it is asked; else this process is the one writer.

use school::identifier::PersonId;

use crate::clerk::{self, ClerkFault};
use crate::cli::archive::{ArchiveFault, data_folder, open};
use crate::cli::arguments::{ClockRequest, ClockVerb};
use crate::cli::exit::Exit;
use crate::cli::failed;
use crate::lifecycle::dossier::Refusal;
use crate::lifecycle::timekeeping::ClockRefusal;
use crate::process::control::Daemon;
use crate::terminal;

/// Looks or confirms.
pub fn run(request: &ClockRequest) -> Exit {
    match act(request) {
        Ok(exit) => exit,
        Err(fault) => failed(fault.code(), &fault),
    }
}

fn act(request: &ClockRequest) -> Result<Exit, ArchiveFault> {
    let two_people = match &request.verb {
        ClockVerb::Show => None,
        ClockVerb::Confirm { by, at } => {
            let people = by.clone().try_into();
            let two: [PersonId; 2] =
                people.map_err(|_| ClerkFault::from(Refusal::from(ClockRefusal::TwoPeople)))?;
            Some((two, *at))
        }
    };
    let now = match Daemon::of(&data_folder(&request.place)?)? {
        Some(mut daemon) => match two_people {
            Some((people, at)) => daemon.confirm_clock(people, at)?,
            None => daemon.look_at_clock()?,
        },
        None => {
            let (mut office, _) = open(&request.place)?;
            if let Some(([first, second], at)) = &two_people {
                clerk::confirm_clock(&mut office, [first, second], *at)?;
            }
            clerk::look_at_clock(&mut office)?
        }
    };
    terminal::data(&now.to_string());
    Ok(Exit::Ok)
}
