//! To whom certificates are bound, read beside a daemon at work: register and rosters are opened for
//! reading only, and nothing is locked.

use std::collections::BTreeMap;
use std::path::Path;

use school::digest::Sha256;
use school::identifier::SchoolYear;
use school::roster::Roster;

use crate::clerk::{ClerkFault, names, register_file};
use crate::lifecycle::ledger::Ledger;
use crate::register::{Access, Register};

/// Whom a roster binds to a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffOnFile {
    /// The school year of the roster.
    pub year: SchoolYear,
    /// Full name; for the stamp the school's.
    pub name: String,
    /// Title as printed.
    pub title: String,
}

/// Everyone in the rosters in force below the data folder, by certificate.
///
/// Errors: the register cannot be read, or a roster is not the one that it names.
pub fn staff_on_file(data: &Path) -> Result<BTreeMap<Sha256, Vec<StaffOnFile>>, ClerkFault> {
    let (_, entries) = Register::open(&register_file(data), Access::Read)?;
    let mut ledger = Ledger::default();
    entries.iter().for_each(|entry| ledger.apply(entry));
    let mut staff: BTreeMap<Sha256, Vec<StaffOnFile>> = BTreeMap::new();
    for (year, (roster, _)) in &ledger.years {
        let form = || ClerkFault::Form { what: "roster" };
        let file = data.join("kho").join(names::of_year(*year, *roster, "roster.json"));
        let bytes = std::fs::read(file).map_err(|_| form())?;
        if Sha256::of(&bytes) != *roster {
            return Err(form());
        }
        let roster: Roster = serde_json::from_slice(&bytes).map_err(|_| form())?;
        for person in roster.people {
            let bound = StaffOnFile { year: *year, name: person.name, title: person.title };
            staff.entry(person.certificate).or_default().push(bound);
        }
    }
    Ok(staff)
}
