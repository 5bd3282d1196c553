//! Writes the page and the record of an inspection. Nothing is overwritten.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use school::records::canonical;
use serde_json::Value;

use super::OutputFault;
use crate::wording::inspection::{self, Grounds, Views};

/// Refuses before anything is judged what could not be written afterwards.
pub fn is_free(path: &Path) -> Result<(), OutputFault> {
    match fs::symlink_metadata(path) {
        Ok(_) => Err(OutputFault::Exists(path.to_owned())),
        Err(_) => Ok(()),
    }
}

/// Writes the page; `views` stand in the order of the reports.
pub fn html(path: &Path, reports: &[Value], views: &[Views], grounds: &Grounds) -> Result<(), OutputFault> {
    write_new(path, inspection::page(reports, views, grounds).as_bytes())
}

/// Writes the record as PDF/A-3a with the whole report inside.
pub fn pdf(path: &Path, reports: &[Value], grounds: &Grounds) -> Result<(), OutputFault> {
    let report = canonical::to_bytes(&inspection::report(reports, grounds))?;
    write_new(path, &inspection::sheet(reports, grounds, &report)?)
}

/// A new file that is whole or not there.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), OutputFault> {
    let mut file = create_new(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    written.map_err(|error| {
        // What is left of a failed write is ours: the file was not there before.
        let _ = fs::remove_file(path);
        OutputFault::Unwritable(path.to_owned(), error)
    })
}

fn create_new(path: &Path) -> Result<File, OutputFault> {
    OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => OutputFault::Exists(path.to_owned()),
        _ => OutputFault::Unwritable(path.to_owned(), error),
    })
}
