//! The arguments of `niemphong archive`, as clap reads them.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use school::deposit::DepositId;
use school::identifier::SchoolYear;

use crate::cli::archive::custody::CustodyVerb;
use crate::cli::arguments::CONFIG;

/// What to do with the archive.
#[derive(Args)]
pub struct ArchiveRequest {
    /// Where the archive is.
    #[command(flatten)]
    pub place: ArchivePlace,
    /// The step; without one, where the archive stands and what comes next.
    #[command(subcommand)]
    pub verb: Option<ArchiveVerb>,
}

/// Where the archive is and by whom it goes.
#[derive(Args)]
pub struct ArchivePlace {
    /// The configuration.
    #[arg(long, global = true, default_value = CONFIG)]
    pub config: PathBuf,
    /// The data folder itself, instead of a configuration.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// A folder with the CA certificates of an invented school, instead of those shipped with the program.
    #[arg(long, global = true, value_name = "DIR")]
    pub trust: Option<PathBuf>,
    /// The timestamp authority.
    #[arg(long, global = true, value_name = "URL")]
    pub tsa: Option<String>,
}

/// A step.
#[derive(Subcommand)]
pub enum ArchiveVerb {
    /// Fixes what goes into the next deposit of a school year.
    Plan {
        /// The school year, such as 2025-2026.
        year: SchoolYear,
    },
    /// Packs a planned deposit and makes its sealing record.
    Build {
        /// The deposit.
        deposit: DepositId,
    },
    /// Keeping copies, and papers.
    #[command(flatten)]
    Custody(CustodyVerb),
}
