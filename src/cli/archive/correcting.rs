//! `niemphong archive correct`: correction cases of a year, step by step. Signing is done like any other.

use std::fs;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use school::digest::Sha256;
use school::identifier::{DecisionNumber, SchoolYear};

use crate::clerk::{self, Office, PaperWitness};
use crate::cli::archive::ArchiveFault;
use crate::cli::archive::request::Words;
use crate::cli::exit::Exit;
use crate::lifecycle::correction::CaseId;
use crate::{terminal, wording};

/// A step of a correction.
#[derive(Subcommand)]
pub enum CorrectVerb {
    /// Lists the cases of a year with their changed values.
    List {
        /// The school year.
        year: SchoolYear,
    },
    /// Opens a case again for an export whose case was refused or taken back.
    Open {
        /// SHA-256 of the export.
        export: Sha256,
    },
    /// Makes the request (phiếu đề nghị sửa) and prints its id.
    Request {
        /// The case.
        #[command(flatten)]
        case: CaseArgs,
        /// Who made the entry, and why it is wrong.
        #[command(flatten)]
        words: Words,
    },
    /// Makes the record (biên bản sửa chữa) and prints its id.
    Record {
        /// The case.
        #[command(flatten)]
        case: CaseArgs,
        /// A witness without a token: NAME;TITLE;FILE, the file a PNG of what they signed on paper.
        #[arg(long = "on-paper", value_name = "NAME;TITLE;FILE", value_parser = witness)]
        on_paper: Vec<OnPaper>,
    },
    /// The principal refuses.
    Refuse {
        /// The case.
        #[command(flatten)]
        case: CaseArgs,
        /// The principal, and why.
        #[command(flatten)]
        words: Words,
    },
    /// The case is taken back.
    Withdraw {
        /// The case.
        #[command(flatten)]
        case: CaseArgs,
        /// Who takes it back, and why.
        #[command(flatten)]
        words: Words,
    },
    /// Makes the summary of the year (bảng tổng hợp sửa chữa) and prints its id.
    Sum {
        /// The school year.
        year: SchoolYear,
    },
}

/// Which case.
#[derive(Args)]
pub struct CaseArgs {
    /// The school year.
    year: SchoolYear,
    /// The number of the case.
    number: DecisionNumber,
}

impl CaseArgs {
    fn id(&self) -> CaseId {
        CaseId { year: self.year, number: self.number.clone() }
    }
}

/// A witness who signed on paper.
#[derive(Clone)]
pub struct OnPaper {
    name: String,
    title: String,
    scan: PathBuf,
}

fn witness(text: &str) -> Result<OnPaper, String> {
    match text.split(';').map(str::trim).collect::<Vec<_>>()[..] {
        [name, title, scan] if !name.is_empty() => {
            Ok(OnPaper { name: name.into(), title: title.into(), scan: scan.into() })
        }
        _ => Err("NAME;TITLE;FILE".into()),
    }
}

/// Carries out one verb.
pub fn act(office: &mut Office, verb: &CorrectVerb) -> Result<Exit, ArchiveFault> {
    match verb {
        CorrectVerb::List { year } => {
            let ids: Vec<CaseId> =
                office.ledger().corrections.of_year(*year).map(|case| case.id.clone()).collect();
            for id in ids {
                let known = clerk::correction(office, &id)?;
                terminal::data(&format!("{id}: {}", wording::correction_standing(known.standing)));
                for change in &known.in_words {
                    terminal::data(&format!("  {}: {} → {}", change.place(), change.old, change.new));
                }
            }
        }
        CorrectVerb::Open { export } => {
            terminal::data(&clerk::open_correction(office, *export)?.to_string());
        }
        CorrectVerb::Request { case, words } => {
            let made = clerk::request_correction(office, &case.id(), &words.by, &words.reason)?;
            terminal::data(&made.to_string());
        }
        CorrectVerb::Record { case, on_paper } => {
            let mut scans = Vec::new();
            for one in on_paper {
                let unreadable = |error| ArchiveFault::Unreadable(one.scan.clone(), error);
                scans.push(fs::read(&one.scan).map_err(unreadable)?);
            }
            let witnesses = on_paper.iter().zip(&scans);
            let witnesses: Vec<PaperWitness> = witnesses
                .map(|(one, scan)| PaperWitness { name: &one.name, title: &one.title, scan })
                .collect();
            terminal::data(&clerk::record_correction(office, &case.id(), &witnesses)?.to_string());
        }
        CorrectVerb::Refuse { case, words } => {
            clerk::refuse_correction(office, &case.id(), &words.by, &words.reason)?;
        }
        CorrectVerb::Withdraw { case, words } => {
            clerk::withdraw_correction(office, &case.id(), &words.by, &words.reason)?;
        }
        CorrectVerb::Sum { year } => terminal::data(&clerk::sum_corrections(office, *year)?.to_string()),
    }
    Ok(Exit::Ok)
}
