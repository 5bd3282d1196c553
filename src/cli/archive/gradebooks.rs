//! The verbs about gradebooks that wait for the office or the principal: `leaver`, `accept-books`.

use std::fs;
use std::path::Path;

use school::digest::Sha256;
use school::dossier::Period;
use school::identifier::{ClassName, DecisionNumber, PupilId, SchoolYear};

use crate::clerk::{self, Leaving, Office};
use crate::cli::archive::ArchiveFault;
use crate::cli::archive::custody::write_once;
use crate::cli::exit::Exit;
use crate::{terminal, wording};

/// Hands over what a pupil who leaves takes along, or says who is next.
pub fn leaver(
    office: &mut Office,
    (year, number): (SchoolYear, &DecisionNumber),
    export: Sha256,
    pupil: &PupilId,
    folder: &Path,
) -> Result<Exit, ArchiveFault> {
    let documents = match clerk::hand_over(office, year, number.clone(), export, pupil)? {
        Leaving::Ready(documents) => documents,
        Leaving::Deciding(dossier) | Leaving::Signing(dossier) => {
            terminal::note(&wording::archive::waits_to_be_signed(&dossier));
            return Ok(Exit::Ok);
        }
    };
    fs::create_dir_all(folder).map_err(|error| ArchiveFault::Unwritable(folder.to_owned(), error))?;
    for (dossier, pdf) in documents {
        write_once(&folder.join(format!("{dossier}.pdf")), &pdf)?;
    }
    Ok(Exit::Ok)
}

/// Records the principal's reason for letting class book and teachers' books differ as they do now.
pub fn accept_books(
    office: &mut Office,
    year: SchoolYear,
    class: &ClassName,
    period: Period,
    reason: &str,
) -> Result<Exit, ArchiveFault> {
    let standing = clerk::accept_book_differences(office, year, class, period, reason)?;
    terminal::note(&wording::inbox_parts(class.as_str(), &[standing]));
    Ok(Exit::Ok)
}
