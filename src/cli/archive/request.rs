//! The arguments of `niemphong archive`, as clap reads them.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use school::deposit::{DepositId, DepositKind};
use school::digest::Sha256;
use school::dossier::Period;
use school::identifier::{ClassName, DecisionNumber, PersonId, PupilId, SchoolYear};
use school::medium::{CopyId, Disc, MediumId, MediumKind};
use school::records::media_frame::Format;

use crate::cli::archive::correcting::CorrectVerb;
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
        /// ca-nam (the year), HK1 (the first term), thoi-diem-1, -2 … (a snapshot), bo-sung (what came later) or
        /// sua-chua (corrections).
        #[arg(long, default_value = "ca-nam")]
        kind: DepositKind,
        /// What is complete goes in, classes that are late follow in a supplement.
        #[arg(long)]
        partial: bool,
        /// The disc on which it has to fit: cd, dvd or bd. Classes for which there is no room follow in supplements.
        #[arg(long, default_value = "dvd")]
        disc: Disc,
    },
    /// Media and their copies: where they stand, which are to be read again, what was done with them.
    Media {
        /// What to do; without it, where they stand.
        #[command(subcommand)]
        verb: Option<MediaVerb>,
    },
    /// A pupil leaves in mid-year: locks this pupil's part alone, makes the transcript and, once it is signed,
    /// lays it together with those of the years before. Asked again it goes on.
    Leaver {
        /// The school year.
        year: SchoolYear,
        /// The pupil's code.
        #[arg(long)]
        pupil: PupilId,
        /// SHA-256 of the accepted export.
        #[arg(long)]
        export: Sha256,
        /// Number of the decision over the pupil's part.
        #[arg(long)]
        decision: DecisionNumber,
        /// Where the documents are laid.
        #[arg(long, value_name = "DIR")]
        out_dir: PathBuf,
    },
    /// The principal lets the class's book stand where teachers' books differ from it as they do now.
    AcceptBooks {
        /// The school year.
        year: SchoolYear,
        /// The class.
        class: ClassName,
        /// HK1 or ca-nam.
        period: Period,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Packs a planned deposit and makes its sealing record.
    Build {
        /// The deposit.
        deposit: DepositId,
    },
    /// Signs what is due: a place of the sealing record, at last the seal. Says who is next.
    Seal {
        /// The deposit.
        deposit: DepositId,
        /// By which token.
        #[command(flatten)]
        token: TokenChoice,
        /// Signs a place of the record although nobody could be asked whether the certificate was revoked, as far as
        /// the school lets the signer decide. A seal is never made so.
        #[arg(long)]
        without_revocation: bool,
    },
    /// Corrections of data that people signed: cases, their papers, the summary of the year.
    Correct {
        /// What to do.
        #[command(subcommand)]
        verb: CorrectVerb,
    },
    /// Drives, sticks and disks: what each is, how much fits, why it cannot be used.
    Devices,
    /// Writes the next copy of a sealed medium, closes it and reads it back; or goes on where it was stopped.
    Write {
        /// The medium.
        medium: MediumId,
        /// Which drive, stick or disk: its name in `archive devices`, or its serial number.
        #[arg(long, value_name = "NAME")]
        device: String,
        /// What a stick or a new disk is formatted with: udf (closed afterwards) or fat (FAT32, for old PCs).
        #[arg(long, default_value = "udf")]
        format: Format,
        /// Who writes it; by default the office.
        #[arg(long, value_name = "ID")]
        by: Option<PersonId>,
    },
    /// Reads a copy again from its beginning to its end, in the drive that wrote it or in another.
    Check {
        /// The copy.
        copy: CopyId,
        /// Which drive, stick or disk it lies in.
        #[arg(long, value_name = "NAME")]
        device: String,
        /// Who reads it; by default the office.
        #[arg(long, value_name = "ID")]
        by: Option<PersonId>,
    },
    /// Records that the lines of docs/acceptance-media.md were tried with a real drive, stick or disk.
    Accept {
        /// Which drive, stick or disk.
        #[arg(long, value_name = "NAME")]
        device: String,
        /// Who did it, by their id in the roster.
        #[arg(long, value_name = "ID")]
        by: PersonId,
        /// Who watched; several are given one by one.
        #[arg(long, value_name = "ID", required = true)]
        witness: Vec<PersonId>,
        /// What was tried and what was seen: disc, system, lines of the sheet.
        #[arg(long)]
        words: String,
    },
    /// Proofs of time for sealed deposits: asks the timestamp authority again. The next medium carries them.
    ProveTime {
        /// The deposits; without any, all that are sealed.
        deposits: Vec<DepositId>,
        /// Writes the requests into this folder instead, to be taken to the authority on a stick.
        #[arg(long, value_name = "DIR", conflicts_with = "answer")]
        requests: Option<PathBuf>,
        /// An answer that was brought back; may be given several times.
        #[arg(long, value_name = "FILE", conflicts_with = "deposits")]
        answer: Vec<PathBuf>,
    },
    /// Keeping copies, and papers.
    #[command(flatten)]
    Custody(CustodyVerb),
}

/// What to do with a medium or with one copy of it.
#[derive(Subcommand)]
pub enum MediaVerb {
    /// Fixes which deposits go on the next media and prints the names of these.
    Plan {
        /// Deposits to be copied (again); without any, those that are on no medium yet.
        deposits: Vec<DepositId>,
        /// The discs for which they are spread: cd, dvd or bd.
        #[arg(long, default_value = "dvd")]
        disc: Disc,
    },
    /// Seals a planned medium with the stamp's token, in one login.
    Seal {
        /// The medium.
        medium: MediumId,
        /// The stamp's token.
        #[command(flatten)]
        token: TokenChoice,
    },
    /// The files of a sealed medium: digest, name on the medium, and where it lies below the data folder.
    Files {
        /// The medium.
        medium: MediumId,
    },
    /// Records that a copy is begun on a stick or disk that is filled by hand, and prints its name.
    Begin {
        /// The medium.
        medium: MediumId,
        /// On what: stick or disk.
        #[arg(long)]
        on: MediumKind,
        /// What tells this stick or disk from others, such as its serial number.
        #[arg(long)]
        device: String,
    },
    /// Reads a copy on a mounted stick or disk back, after writing or again after some time.
    ReadBack {
        /// The copy.
        copy: CopyId,
        /// Its root, or its folder `lan-<n>` on a dedicated disk.
        folder: PathBuf,
        /// Who wrote or read it; by default the office.
        #[arg(long, value_name = "ID")]
        by: Option<PersonId>,
    },
    /// Another copy takes the place of this one, which is kept.
    Migrate {
        /// The copy.
        copy: CopyId,
        /// What takes its place.
        to: CopyId,
        /// Why.
        #[command(flatten)]
        words: Words,
    },
    /// A copy cannot be found.
    Lost {
        /// The copy.
        copy: CopyId,
        /// Who looked for it and where.
        #[command(flatten)]
        words: Words,
    },
    /// A copy is damaged.
    Spoiled {
        /// The copy.
        copy: CopyId,
    },
}

/// Words of a person.
#[derive(Args)]
pub struct Words {
    /// Who says it, by their id in the roster.
    #[arg(long, value_name = "ID")]
    pub by: PersonId,
    /// Why, or who looked where.
    #[arg(long)]
    pub reason: String,
}

/// A token and where its PIN comes from: a file, the terminal, or standard input.
#[derive(Args)]
pub struct TokenChoice {
    /// The PKCS#11 module of the token.
    #[arg(long, value_name = "SO")]
    pub module: PathBuf,
    /// Serial number or label of the token.
    #[arg(long, value_name = "SERIAL|LABEL")]
    pub token: String,
    /// SHA-256 of the certificate; by default the one of who signs next.
    #[arg(long, value_name = "SHA256")]
    pub cert: Option<Sha256>,
    /// A file with the PIN in its first line.
    #[arg(long, value_name = "FILE")]
    pub pin_file: Option<PathBuf>,
}
