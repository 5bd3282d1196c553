//! `niemphong archive` alone: for each school year where the archive stands, what is missing, and the one
//! thing that comes next, as a sentence and as a command.

use school::dossier::Period;
use school::identifier::SchoolYear;

use crate::clerk::{self, Office};
use crate::cli::archive::ArchiveFault;
use crate::cli::exit::Exit;
use crate::lifecycle::deposit::next;
use crate::{terminal, wording};

/// Most missing things of a year that are listed; the others are counted.
const MISSING_SHOWN: usize = 12;

/// Every year of the school.
pub fn show(office: &mut Office) -> Result<Exit, ArchiveFault> {
    let years: Vec<SchoolYear> = office.ledger().years.keys().copied().collect();
    if years.is_empty() {
        terminal::data(wording::archive::NO_YEAR);
    }
    for year in years {
        terminal::data(&wording::archive::of_year(year));
        let missing = clerk::missing(office, year, Period::FullYear)?;
        for one in missing.iter().take(MISSING_SHOWN) {
            terminal::data(&format!("  {}", wording::archive::missing(one)));
        }
        if missing.len() > MISSING_SHOWN {
            terminal::data(&format!("  {}", wording::archive::more_missing(missing.len() - MISSING_SHOWN)));
        }
        for (id, deposit) in office.ledger().deposits.iter().filter(|(id, _)| id.year() == year) {
            terminal::data(&format!("  {}", wording::archive::deposit(id, deposit)));
        }
        terminal::data(&what_next(office, year)?);
    }
    Ok(Exit::Ok)
}

/// After a verb: what comes next.
pub fn note_next(office: &mut Office, year: SchoolYear) -> Result<Exit, ArchiveFault> {
    terminal::note(&what_next(office, year)?);
    Ok(Exit::Ok)
}

/// What comes next for a year, and who is awaited where somebody is.
fn what_next(office: &mut Office, year: SchoolYear) -> Result<String, ArchiveFault> {
    let missing = clerk::missing(office, year, Period::FullYear)?;
    let next = next(office.ledger(), year, &missing);
    let awaited = match next.deposit() {
        Some(id) => clerk::next_signer(office, &id.clone()).ok().flatten(),
        None => None,
    };
    let awaited = awaited.as_ref().map(|signer| (signer.name.as_str(), signer.title.as_str()));
    Ok(wording::archive::next(year, &next, awaited))
}
