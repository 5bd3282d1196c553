//! The verbs about deposits: where they stand, `plan`, `build`.

use school::deposit::DepositId;
use school::identifier::SchoolYear;

use crate::clerk::{self, Office};
use crate::cli::archive::ArchiveFault;
use crate::cli::exit::Exit;
use crate::{terminal, wording};

/// Every deposit and what comes next for it.
pub fn standing(office: &Office) -> Result<Exit, ArchiveFault> {
    for (id, deposit) in &office.ledger().deposits {
        terminal::data(&wording::archive::deposit(id, deposit));
    }
    Ok(Exit::Ok)
}

/// Plans the next deposit of a year and prints its name.
pub fn plan(office: &mut Office, year: SchoolYear) -> Result<Exit, ArchiveFault> {
    let id = clerk::plan_deposit(office, year)?;
    terminal::data(&id.to_string());
    Ok(Exit::Ok)
}

/// Packs a deposit and makes the base of its sealing record.
pub fn build(office: &mut Office, id: &DepositId) -> Result<Exit, ArchiveFault> {
    clerk::build_deposit(office, id)?;
    if let Some(deposit) = office.ledger().deposits.get(id) {
        terminal::data(&wording::archive::deposit(id, deposit));
    }
    Ok(Exit::Ok)
}
