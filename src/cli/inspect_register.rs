//! `niemphong register`: looks at the register without touching it, proves its entries, compares copies.

use std::path::{Path, PathBuf};

use crafts::tlog;
use verification::register::{CopyRelation, Proof, compare_copies};

use crate::clerk::register_file;
use crate::cli::archive;
use crate::cli::arguments::{CheckRequest, ProveRequest, RegisterVerb};
use crate::cli::exit::Exit;
use crate::cli::failed;
use crate::cli::register_copy::{self, Copy, LookFault};
use crate::config::Config;
use crate::register::{Access, Register};
use crate::{terminal, wording};

/// Where the register is: a configuration, or the data folder itself.
struct Place<'a> {
    config: &'a Path,
    data: Option<&'a Path>,
}

impl Place<'_> {
    fn data(&self) -> Result<PathBuf, LookFault> {
        match self.data {
            Some(data) => Ok(data.to_owned()),
            None => Ok(Config::read(self.config)?.data),
        }
    }

    /// A copy where one is named, else the school's own register.
    fn copy(&self, copy: Option<&Path>) -> Result<Copy, LookFault> {
        copy.map_or_else(|| Copy::own(&self.data()?), Copy::at)
    }
}

/// Carries out one look.
pub fn run(config: &Path, data: Option<&Path>, verb: &RegisterVerb) -> Exit {
    if let RegisterVerb::Print { output } = verb {
        return archive::print_book(config, data, output);
    }
    look(&Place { config, data }, verb).unwrap_or_else(|fault| {
        let exit = failed(fault.code(), &fault);
        // What proves nothing is a malformed document, as far as whoever shows it is concerned.
        if matches!(fault, LookFault::Proof(_)) { Exit::Invalid } else { exit }
    })
}

fn look(place: &Place, verb: &RegisterVerb) -> Result<Exit, LookFault> {
    match verb {
        RegisterVerb::List => {
            let own = Copy::own(&place.data()?)?;
            terminal::data(String::from_utf8_lossy(own.bytes()).trim_end());
        }
        RegisterVerb::Checkpoint => {
            let leaves = register_copy::own_leaves(&place.data()?, None)?;
            let root = tlog::root(&leaves.hashes);
            terminal::data(register_copy::checkpoint(&leaves, &root)?.trim_end());
        }
        RegisterVerb::Prove(request) => return prove(place, request),
        RegisterVerb::Check(CheckRequest { proof: Some(proof), checkpoint, .. }) => {
            return check_proof(proof, checkpoint.as_deref());
        }
        RegisterVerb::Check(CheckRequest { copy, against: Some(other), .. }) => {
            return compare(place, copy.as_deref(), other);
        }
        RegisterVerb::Check(_) => {
            // Opening reads every line and checks the chain.
            let (register, entries) = Register::open(&register_file(&place.data()?), Access::Read)?;
            terminal::data(&format!("ok {} {}", entries.len(), register.tree_head().1));
        }
        // Printed by the office, which knows names and words.
        RegisterVerb::Print { .. } => {}
    }
    Ok(Exit::Ok)
}

/// Prints a proof of one entry, or that the register continues a checkpoint that somebody kept.
fn prove(place: &Place, request: &ProveRequest) -> Result<Exit, LookFault> {
    let leaves = match request.copy.as_deref() {
        Some(copy) => Copy::at(copy)?.leaves(request.entry),
        None => register_copy::own_leaves(&place.data()?, request.entry)?,
    };
    let index_of = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let proof = match (&request.entry, &request.since) {
        (Some(entry), _) => {
            let path = tlog::prove(index_of(*entry), &leaves.hashes)?;
            let checkpoint = register_copy::checkpoint(&leaves, &path.root)?;
            tlog::inclusion_proof(
                *entry,
                leaves.asked.as_deref().unwrap_or_default(),
                &path.hashes,
                &checkpoint,
            )
        }
        (None, since) => {
            let held = since.as_deref().map(register_copy::held).transpose()?;
            let old = held.as_ref().map_or(leaves.hashes.len() as u64, |held| held.size);
            let path = tlog::prove_consistency(index_of(old), &leaves.hashes)?;
            let checkpoint = register_copy::checkpoint(&leaves, &path.root)?;
            let proof = tlog::consistency_proof(old, &path.hashes, &checkpoint);
            // A proof that does not hold would only be found by whoever gets it.
            Proof::parse(proof.as_bytes())?.check(held.as_ref())?;
            proof
        }
    };
    terminal::data(proof.trim_end_matches('\n'));
    Ok(Exit::Ok)
}

fn check_proof(proof: &Path, held: Option<&Path>) -> Result<Exit, LookFault> {
    let held = held.map(register_copy::held).transpose()?;
    let proof = Proof::parse(&register_copy::read(proof)?)?;
    if let Some(entry) = proof.check(held.as_ref())? {
        terminal::data(&entry.to_string());
    }
    let checkpoint = proof.checkpoint();
    if held.as_ref().is_some_and(|held| held.size == checkpoint.size && held != checkpoint) {
        return Err(verification::register::ProofFault::OtherRoot.into());
    }
    terminal::note(&wording::proven(&checkpoint.text()));
    Ok(Exit::Ok)
}

/// The school's own register is compared with what was seen of it before: it may only be longer. Of two
/// copies either may be the older one.
fn compare(place: &Place, copy: Option<&Path>, other: &Path) -> Result<Exit, LookFault> {
    let (one, other) = (place.copy(copy)?, Copy::at(other)?);
    let compared = compare_copies(one.bytes(), other.bytes());
    let own = copy.is_none();
    terminal::data(&wording::copies_compared(&compared, own));
    Ok(match compared.relation {
        CopyRelation::Older if own => Exit::Invalid,
        CopyRelation::Equal | CopyRelation::Older | CopyRelation::Newer => Exit::Ok,
        CopyRelation::Rewritten | CopyRelation::OtherSchool => Exit::Invalid,
    })
}
