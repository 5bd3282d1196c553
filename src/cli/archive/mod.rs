//! `niemphong archive`: from signed documents to sealed, labelled, read-back media. Each verb is one step of
//! the clerk; without a verb it says where the archive stands and what comes next.

mod burning;
mod correcting;
mod custody;
mod deposits;
mod gradebooks;
mod media;
mod place;
mod proofs;
mod request;
mod standing;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::clerk::{ClerkFault, Office};
use crate::cli::archive::media::Rules;
use crate::cli::archive::request::ArchiveVerb;
use crate::cli::exit::Exit;
use crate::cli::failed;
use crate::cli::pin::PinFault;
use crate::config::ConfigFault;
use crate::lifecycle::deposit::Late;
use crate::lifecycle::dossier::SignersWord;
use crate::process::control::ControlFault;

pub use place::{data_folder, open};
pub use request::{ArchivePlace, ArchiveRequest};

/// A verb could not be carried out.
#[derive(Debug, thiserror::Error)]
pub(super) enum ArchiveFault {
    /// The configuration or its CA certificates.
    #[error(transparent)]
    Config(#[from] ConfigFault),
    /// A step of the clerk.
    #[error(transparent)]
    Clerk(#[from] ClerkFault),
    /// The daemon did not do what was asked.
    #[error(transparent)]
    Daemon(#[from] ControlFault),
    /// No PIN.
    #[error(transparent)]
    Pin(#[from] PinFault),
    /// Not exactly one token has this serial number or label.
    #[error("not exactly one token {0:?} is plugged in")]
    NoSuchToken(String),
    /// The token is not of the one who signs next.
    #[error("the token is of somebody else than the one who signs next")]
    OtherToken,
    /// No drive, stick or disk has this name or serial number.
    #[error("no device {0:?}")]
    NoDevice(String),
    /// A signal cannot be listened for.
    #[error("no runtime")]
    Runtime(#[source] std::io::Error),
    /// A paper cannot be written, or another file is there.
    #[error("{0:?} cannot be written")]
    Unwritable(PathBuf, #[source] std::io::Error),
    /// A file that was named cannot be read.
    #[error("{0:?} cannot be read")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// Anchors of one's own choice are for an invented school only.
    #[error("--trust is for an invented school only")]
    TrustOfASample,
}

impl ArchiveFault {
    pub(super) fn code(&self) -> &str {
        match self {
            Self::Config(fault) => fault.code(),
            Self::Clerk(fault) => fault.code(),
            Self::Daemon(fault) => fault.code(),
            Self::Pin(fault) => fault.code(),
            Self::NoSuchToken(_) => "token.not_found",
            Self::NoDevice(_) => "medium.no_device",
            Self::Runtime(_) => "daemon.runtime",
            Self::OtherToken => "signing.wrong_person",
            Self::Unwritable(_, error) if error.kind() == ErrorKind::AlreadyExists => "inspection.exists",
            Self::Unwritable(..) => "inspection.unwritable",
            Self::Unreadable(..) => "inspection.unreadable",
            Self::TrustOfASample => "config.trust_of_a_sample",
        }
    }
}

/// Prints the book of the archive (sổ theo dõi lưu trữ).
pub fn print_book(config: &Path, data: Option<&Path>, output: &Path) -> Exit {
    let (config, data) = (config.to_owned(), data.map(Path::to_owned));
    let printed = place::open(&ArchivePlace { config, data, trust: None, tsa: None })
        .and_then(|(mut office, _)| custody::print_book(&mut office, output));
    printed.unwrap_or_else(|fault| failed(fault.code(), &fault))
}

/// Carries out one verb.
pub fn run(request: &ArchiveRequest) -> Exit {
    let (mut office, rules) = match place::open(&request.place) {
        Ok(opened) => opened,
        Err(fault) => return failed(fault.code(), &fault),
    };
    act(&mut office, &rules, request).unwrap_or_else(|fault| failed(fault.code(), &fault))
}

fn act(office: &mut Office, rules: &Rules, request: &ArchiveRequest) -> Result<Exit, ArchiveFault> {
    match &request.verb {
        None => standing::show(office, rules),
        Some(ArchiveVerb::Plan { year, kind, partial, disc }) => {
            let late = if *partial { Late::Follow } else { Late::WaitedFor };
            deposits::plan(office, rules, *year, *kind, (late, *disc))
        }
        Some(ArchiveVerb::Media { verb }) => media::act(office, rules, verb.as_ref()),
        Some(ArchiveVerb::Devices) => burning::devices(office, rules),
        Some(ArchiveVerb::Write { medium, device, format, by }) => {
            burning::write(office, rules, medium, (device, *format), by.as_ref())
        }
        Some(ArchiveVerb::Check { copy, device, by }) => {
            burning::check(office, rules, copy, device, by.as_ref())
        }
        Some(ArchiveVerb::Accept { device, by, witness, words }) => {
            burning::accept(office, rules, device, (by, witness), words)
        }
        Some(ArchiveVerb::ProveTime { deposits, requests, answer }) => {
            proofs::act(office, deposits, requests.as_deref(), answer)
        }
        Some(ArchiveVerb::Build { deposit }) => deposits::build(office, rules, deposit),
        Some(ArchiveVerb::Seal { deposit, token, without_revocation }) => {
            let word = if *without_revocation { SignersWord::SignAnyway } else { SignersWord::None };
            deposits::seal(office, rules, deposit, (token, word))
        }
        Some(ArchiveVerb::Correct { verb }) => correcting::act(office, verb),
        Some(ArchiveVerb::Leaver { year, pupil, export, decision, out_dir }) => {
            gradebooks::leaver(office, (*year, decision), *export, pupil, out_dir)
        }
        Some(ArchiveVerb::AcceptBooks { year, class, period, reason }) => {
            gradebooks::accept_books(office, *year, class, *period, reason)
        }
        Some(ArchiveVerb::Custody(verb)) => custody::act(office, rules, verb),
    }
}
