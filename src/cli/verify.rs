//! `niemphong verify`: the inspector's verdict. The files are opened here and judged in the reader
//! worker, which gets the open file and never its path.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::records::reader_frame::{Circumstances, Policy, Subject};
use serde_json::Value;

use crate::cli::arguments::{Profile, VerifyRequest};
use crate::cli::exit::Exit;
use crate::cli::failed;
use crate::config::Trust;
use crate::process::reader_host::ReaderHost;
use crate::wording;
use crate::{clock, terminal};

/// How long one PDF may take.
const PDF_WAIT_MS: u64 = school::limits::READER_WAIT_MS;
/// How long a deposit or an image may take: every byte of it is read.
const MEDIUM_WAIT_MS: u64 = 4 * 3600 * 1000;

/// Judges everything asked for and prints it; the worst verdict decides the exit code.
pub fn run(request: &VerifyRequest) -> Exit {
    let circumstances = match circumstances(request) {
        Ok(circumstances) => circumstances,
        Err(fault) => return failed(fault.code(), &fault),
    };
    let mut reader = ReaderHost::start();
    let mut exit = Exit::Ok;
    for path in &request.paths {
        let found = match subjects(path) {
            Ok(found) => found,
            Err(error) => {
                terminal::note(&format!("{}: {error}", path.display()));
                exit = exit.worst(Exit::Failure);
                continue;
            }
        };
        for (subject, path) in found {
            exit = exit.worst(judge(&mut reader, subject, &path, &circumstances, request.json));
        }
    }
    exit
}

fn circumstances(request: &VerifyRequest) -> Result<Circumstances, crate::config::AnchorFault> {
    let trust = match &request.trust {
        Some(folder) => {
            let mut trust = Trust::default();
            trust.add_folder(folder)?;
            trust
        }
        None => Trust::shipped()?,
    };
    let encode = |all: &[Vec<u8>]| all.iter().map(|one| STANDARD.encode(one)).collect();
    Ok(Circumstances {
        policy: match request.profile {
            Some(Profile::School) => Policy::School,
            Some(Profile::Foreign) => Policy::Foreign,
            None => Policy::ByContent,
        },
        at: request.at.unwrap_or_else(clock::now),
        anchors: encode(&trust.anchors),
        intermediates: encode(&trust.intermediates),
        crls: encode(&trust.crls),
        ocsps: Vec::new(),
        school_certificate: request.school_cert,
        roster: None,
        plans: None,
    })
}

/// What a path stands for: a deposit, an image, a PDF, or a folder of PDFs.
fn subjects(path: &Path) -> io::Result<Vec<(Subject, PathBuf)>> {
    if !fs::metadata(path)?.is_dir() {
        let image =
            path.extension().and_then(OsStr::to_str).is_some_and(|end| end.eq_ignore_ascii_case("iso"));
        return Ok(vec![(if image { Subject::Image } else { Subject::Pdf }, path.to_owned())]);
    }
    // A folder without bagit.txt may be a deposit that lost it: its seal tells.
    if path.join("bagit.txt").exists() || path.join("niem-phong").exists() {
        return Ok(vec![(Subject::Folder, path.to_owned())]);
    }
    let mut entries: Vec<PathBuf> =
        fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        let kind = fs::symlink_metadata(&entry)?;
        let end = entry.extension().and_then(OsStr::to_str).unwrap_or_default().to_lowercase();
        if kind.is_dir() || (kind.is_file() && (end == "pdf" || end == "iso")) {
            found.extend(subjects(&entry)?);
        }
    }
    Ok(found)
}

fn judge(
    reader: &mut ReaderHost,
    subject: Subject,
    path: &Path,
    circumstances: &Circumstances,
    json: bool,
) -> Exit {
    let wait_ms = match subject {
        Subject::Pdf => PDF_WAIT_MS,
        Subject::Folder | Subject::Image => MEDIUM_WAIT_MS,
    };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => {
            terminal::note(&format!("{}: {error}", path.display()));
            return Exit::Failure;
        }
    };
    match reader.judge_file(subject, circumstances, &file, wait_ms) {
        Ok(reports) => {
            let mut exit = if reports.is_empty() { Exit::Failure } else { Exit::Ok };
            for mut report in reports {
                wording::fill(&mut report, path);
                exit = exit.worst(exit_of(&report));
                let line = if json { report.to_string() } else { wording::as_text(&report) };
                terminal::data(&line);
            }
            exit
        }
        Err(fault) => failed(fault.code(), &fault),
    }
}

fn exit_of(report: &Value) -> Exit {
    match report.get("verdict").and_then(Value::as_str) {
        Some("valid") => Exit::Ok,
        Some("indeterminate") => Exit::NotVerifiable,
        _ => Exit::Invalid,
    }
}
