//! `niemphong archive` alone: for each school year where the archive stands, what is missing, and the one
//! thing that comes next, as a sentence and as a command.

use school::dossier::Period;
use school::identifier::SchoolYear;

use crate::clerk::{self, Office};
use crate::cli::archive::ArchiveFault;
use crate::cli::archive::media::Rules;
use crate::cli::exit::Exit;
use crate::lifecycle::deposit::{Next, Stage, next};
use crate::lifecycle::medium;
use crate::{clock, terminal, wording};

/// Most missing things of a year that are listed; the others are counted.
const MISSING_SHOWN: usize = 12;

/// Every year of the school.
pub fn show(office: &mut Office, rules: &Rules) -> Result<Exit, ArchiveFault> {
    let years: Vec<SchoolYear> = office.ledger().years.keys().copied().collect();
    if years.is_empty() {
        terminal::data(wording::archive::NO_YEAR);
    }
    for year in years {
        terminal::data(&wording::archive::of_year(year));
        let missing = clerk::missing(office, year, Period::FullYear)?;
        for one in missing.iter().take(MISSING_SHOWN) {
            terminal::data(&format!("  {}", wording::archive::missing(one, ToString::to_string)));
        }
        if missing.len() > MISSING_SHOWN {
            terminal::data(&format!("  {}", wording::archive::more_missing(missing.len() - MISSING_SHOWN)));
        }
        for (id, deposit) in office.ledger().deposits.iter().filter(|(id, _)| id.year() == year) {
            terminal::data(&format!("  {}", wording::archive::deposit(id, deposit)));
            if matches!(deposit.stage, Stage::Sealed { .. }) {
                let stands = medium::standing(&office.ledger().media, id, &rules.regulation);
                terminal::data(&format!("    {}", wording::media::standing(&stands)));
            }
        }
        if let Some(next) = what_next(office, year)? {
            terminal::data(&next);
        }
    }
    if let Some(next) = what_next_of_media(office, rules) {
        terminal::data(&next);
    }
    Ok(Exit::Ok)
}

/// After a verb about a deposit: what comes next.
pub fn note_next(office: &mut Office, rules: &Rules, year: SchoolYear) -> Result<Exit, ArchiveFault> {
    match what_next(office, year)? {
        Some(next) => terminal::note(&next),
        None => return note_next_of_media(office, rules),
    }
    Ok(Exit::Ok)
}

/// After a verb about media: what comes next.
pub fn note_next_of_media(office: &Office, rules: &Rules) -> Result<Exit, ArchiveFault> {
    if let Some(next) = what_next_of_media(office, rules) {
        terminal::note(&next);
    }
    Ok(Exit::Ok)
}

/// What comes next for a year, and who is awaited where somebody is; nothing when media are next.
fn what_next(office: &mut Office, year: SchoolYear) -> Result<Option<String>, ArchiveFault> {
    let missing = clerk::missing(office, year, Period::FullYear)?;
    let next = next(office.ledger(), year, &missing);
    if next == Next::Media {
        return Ok(None);
    }
    let awaited = match next.deposit() {
        Some(id) => clerk::next_signer(office, &id.clone()).ok().flatten(),
        None => None,
    };
    let awaited = awaited.as_ref().map(|signer| (signer.name.as_str(), signer.title.as_str()));
    Ok(Some(wording::archive::next(year, &next, awaited)))
}

/// What comes next for the media; nothing before a deposit is sealed.
fn what_next_of_media(office: &Office, rules: &Rules) -> Option<String> {
    let ledger = office.ledger();
    let sealed = ledger.deposits.iter().filter(|(_, one)| matches!(one.stage, Stage::Sealed { .. }));
    let sealed: Vec<_> = sealed.map(|(id, _)| id.clone()).collect();
    let calendar = (clock::now(), rules.check_days);
    let next = medium::next(&ledger.media, &sealed, &rules.regulation, calendar);
    (!sealed.is_empty()).then(|| wording::media::next(&next))
}
