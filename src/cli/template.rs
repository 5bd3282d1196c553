//! `niemphong export template`: the workbook that a school fills where no layout fits its software.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use crafts::export::{Taken, template};

use crate::cli::exit::Exit;
use crate::cli::failed;
use crate::process::reader_host::ReaderHost;
use crate::wording;

/// Writes the template to a new file, filled from a gradebook if one is given.
pub fn run(output: &Path, from: Option<&Path>) -> Exit {
    let filled = match from.map(gradebook) {
        None => None,
        Some(Ok(Taken::Gradebook(gradebook))) => Some(gradebook),
        Some(Ok(Taken::Parts(_))) => {
            return failed("export.not_whole", &std::io::Error::other("parts of a class"));
        }
        Some(Ok(Taken::Report(_))) => {
            return failed("export.no_marks", &std::io::Error::other("a report without marks"));
        }
        Some(Err(exit)) => return exit,
    };
    let written = template(filled.as_deref(), wording::TEMPLATE_GUIDANCE)
        .map_err(std::io::Error::other)
        .and_then(|bytes| File::create_new(output)?.write_all(&bytes));
    written.map_or_else(|fault| failed("export.template", &fault), |()| Exit::Ok)
}

fn gradebook(path: &Path) -> Result<Taken, Exit> {
    let bytes = std::fs::read(path).map_err(|fault| failed("export.template", &fault))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match ReaderHost::start().export(&name, &bytes) {
        Ok(Ok(taken)) => Ok(taken),
        Ok(Err(problems)) => {
            crate::terminal::note(&wording::inbox_refused(&name, &problems));
            Err(Exit::Failure)
        }
        Err(fault) => Err(failed(fault.code(), &fault)),
    }
}
