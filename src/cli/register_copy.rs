//! The lines of a register, wherever they lie: the school's own, or a copy in a deposit, on a medium or
//! alone.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crafts::tlog;
use school::digest::Sha256;
use school::identifier::SchoolCode;
use school::limits::REGISTER_COPY_SIZE_BYTES;
use serde_json::Value;
use verification::register::{Checkpoint, ProofFault};

use crate::clerk::register_file;
use crate::config::ConfigFault;
use crate::register::{Kept, Leaves, Register, RegisterFault};
use crate::{terminal, wording};

/// Where a copy lies below a folder: in a deposit, or on a medium.
const PLACES: [&str; 2] = ["niem-phong/so-theo-doi.jsonl", "so-theo-doi.jsonl"];

/// A look at a register did not succeed.
#[derive(Debug, thiserror::Error)]
pub(super) enum LookFault {
    #[error(transparent)]
    Config(#[from] ConfigFault),
    #[error(transparent)]
    Register(#[from] RegisterFault),
    #[error("{0:?} cannot be read")]
    Unreadable(PathBuf, #[source] io::Error),
    #[error("{0:?} is no register")]
    NoRegister(PathBuf),
    #[error("{0:?} is no checkpoint")]
    Checkpoint(PathBuf),
    #[error("the register does not begin with the commissioning of a school")]
    NotCommissioned,
    #[error("the register has no such entry")]
    NoSuchEntry(#[from] tlog::NotInTree),
    #[error(transparent)]
    Proof(#[from] ProofFault),
}

impl LookFault {
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Config(fault) => fault.code(),
            Self::Register(fault) => fault.code(),
            Self::Unreadable(..) => "inspection.unreadable",
            Self::NoRegister(_) => "register.none_there",
            Self::Checkpoint(_) => "inspection.checkpoint",
            Self::NotCommissioned => "school.not_commissioned",
            Self::NoSuchEntry(_) => "register.no_such_entry",
            Self::Proof(_) => "register.proof",
        }
    }
}

/// Lines of a register, each ended by a line feed.
pub(super) struct Copy(Vec<u8>);

impl Copy {
    /// The school's own register below its data folder, whose chain was checked.
    pub fn own(data: &Path) -> Result<Self, LookFault> {
        Ok(Self(Register::copy(&register_file(data))?))
    }

    /// A copy: the file itself, the one in a folder of a deposit or a medium, or another data folder.
    pub fn at(path: &Path) -> Result<Self, LookFault> {
        let unreadable = |error| LookFault::Unreadable(path.to_owned(), error);
        if !fs::metadata(path).map_err(unreadable)?.is_dir() {
            return Ok(Self(read(path)?));
        }
        if register_file(path).is_file() {
            return Self::own(path);
        }
        let place = PLACES.iter().map(|place| path.join(place)).find(|place| place.is_file());
        Ok(Self(read(&place.ok_or_else(|| LookFault::NoRegister(path.to_owned()))?)?))
    }

    /// What proofs of it are made from.
    pub fn leaves(&self, entry: Option<u64>) -> Leaves {
        let lines = self.lines();
        let line = |number: u64| lines.get(usize::try_from(number).ok()?).map(|line| line.to_vec());
        Leaves {
            hashes: tlog::leaf_hashes(&lines),
            first: line(0).unwrap_or_default(),
            asked: entry.and_then(line),
        }
    }

    /// All of it.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The entries, without their line feeds.
    pub fn lines(&self) -> Vec<&[u8]> {
        tlog::lines(&self.0)
    }
}

/// What proofs of the school's own register are made from: hashes that are kept beside it and that a signed
/// checkpoint confirms, else every entry, along the chain.
pub(super) fn own_leaves(data: &Path, entry: Option<u64>) -> Result<Leaves, LookFault> {
    let kept = Register::leaves(&register_file(data), entry)?;
    if let Kept::Confirmed(leaves) = kept {
        return Ok(leaves);
    }
    let leaves = Copy::own(data)?.leaves(entry);
    if kept == Kept::Contradicted {
        terminal::note(wording::KEPT_HASHES_CONTRADICTED);
    }
    Ok(leaves)
}

/// The checkpoint of all entries, whose root this is.
pub(super) fn checkpoint(leaves: &Leaves, root: &Sha256) -> Result<String, LookFault> {
    let first = serde_json::from_slice::<Value>(&leaves.first).ok();
    let school = first.and_then(|entry| entry.pointer("/body/school")?.as_str()?.parse().ok());
    let school: SchoolCode = school.ok_or(LookFault::NotCommissioned)?;
    Ok(tlog::checkpoint(&tlog::origin(&school), leaves.hashes.len() as u64, root))
}

/// A checkpoint that somebody kept.
pub(super) fn held(file: &Path) -> Result<Checkpoint, LookFault> {
    Checkpoint::parse(&read(file)?).ok_or_else(|| LookFault::Checkpoint(file.to_owned()))
}

pub(super) fn read(file: &Path) -> Result<Vec<u8>, LookFault> {
    let unreadable = |error| LookFault::Unreadable(file.to_owned(), error);
    let mut bytes = Vec::new();
    let file = File::open(file).map_err(unreadable)?;
    file.take(REGISTER_COPY_SIZE_BYTES).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}
