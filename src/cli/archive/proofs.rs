//! The verb `prove-time`.

use std::fs;
use std::path::{Path, PathBuf};

use school::deposit::DepositId;

use crate::clerk::{self, Office};
use crate::cli::archive::ArchiveFault;
use crate::cli::archive::custody::write;
use crate::cli::exit::Exit;
use crate::{terminal, wording};

/// Asks the authority, writes the requests, or takes the answers.
pub fn act(
    office: &mut Office,
    deposits: &[DepositId],
    requests: Option<&Path>,
    answers: &[PathBuf],
) -> Result<Exit, ArchiveFault> {
    for path in answers {
        let answer = fs::read(path).map_err(|error| ArchiveFault::Unreadable(path.clone(), error))?;
        let (deposit, time) = clerk::take_time_answer(office, &answer)?;
        terminal::data(&wording::archive::time_proven(&deposit, time));
    }
    if !answers.is_empty() {
        return Ok(Exit::Ok);
    }
    let deposits = if deposits.is_empty() { clerk::sealed(office) } else { deposits.to_vec() };
    if let Some(folder) = requests {
        fs::create_dir_all(folder).map_err(|error| ArchiveFault::Unwritable(folder.to_owned(), error))?;
    }
    for deposit in deposits {
        if let Some(folder) = requests {
            let path = folder.join(format!("{deposit}.tsq"));
            write(&path, &clerk::time_request(office, &deposit)?)?;
            terminal::data(&path.display().to_string());
        } else {
            let time = clerk::prove_time(office, &deposit)?;
            terminal::data(&wording::archive::time_proven(&deposit, time));
        }
    }
    Ok(Exit::Ok)
}
