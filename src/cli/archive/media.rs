//! The verbs about media: where they stand, `plan`, and what is done with their copies.

use std::path::PathBuf;

use school::digest::Sha256;
use school::medium::{CopyId, MediumId};
use school::regulation::{Preset, Regulation};

use crate::clerk::{self, AtToken, ClerkFault, Office};
use crate::cli::archive::deposits::plugged_in;
use crate::cli::archive::request::{MediaVerb, TokenChoice, Words};
use crate::cli::archive::{ArchiveFault, standing};
use crate::cli::exit::Exit;
use crate::cli::pin;
use crate::lifecycle::dossier::SignersWord;
use crate::lifecycle::medium::{self, Command};
use crate::lifecycle::to_sign::ToSign;
use crate::process::token_host::TokenHost;
use crate::{clock, terminal, wording};

/// How the archive is kept by the school's regulation.
pub struct Rules {
    /// The media that a deposit must lie on.
    pub regulation: Regulation,
    /// After how many days a copy is to be read again.
    pub check_days: u16,
    /// Where exports come in: never a device that is written.
    pub inbox: Option<PathBuf>,
}

/// Where only a data folder is named, and no configuration: disc and dedicated disk, read again each year.
impl Default for Rules {
    fn default() -> Self {
        Self { regulation: Preset::KonTum.into(), check_days: 365, inbox: None }
    }
}

/// Carries out one verb.
pub fn act(office: &mut Office, rules: &Rules, verb: Option<&MediaVerb>) -> Result<Exit, ArchiveFault> {
    match verb {
        None => {
            stand(office, rules);
            return Ok(Exit::Ok);
        }
        Some(MediaVerb::Plan { deposits, disc }) => {
            for medium in clerk::plan_media(office, deposits, disc.bytes())? {
                terminal::data(&medium.to_string());
            }
        }
        Some(MediaVerb::Seal { medium, token }) => seal(office, medium, token)?,
        Some(MediaVerb::Files { medium }) => {
            for file in clerk::files_of_medium(office, medium)? {
                terminal::data(&format!("{}  {}  kho/{}", file.sha256, file.name, file.place));
            }
        }
        Some(MediaVerb::Begin { medium, on, device }) => {
            let copy = clerk::begin_copy(office, medium, *on, (Sha256::of(device.as_bytes()), None))?;
            terminal::data(&copy.to_string());
        }
        Some(MediaVerb::ReadBack { copy, folder, by }) => {
            clerk::read_copy_back(office, copy, folder, by.clone())?;
        }
        Some(MediaVerb::Migrate { copy, to, words }) => {
            let record = keep(office, copy, words)?;
            clerk::act_on_copy(office, copy, Command::Migrate { to: to.clone(), record })?;
        }
        Some(MediaVerb::Lost { copy, words }) => {
            let record = keep(office, copy, words)?;
            clerk::act_on_copy(office, copy, Command::Lose { record })?;
        }
        Some(MediaVerb::Spoiled { copy }) => {
            clerk::act_on_copy(office, copy, Command::Spoil { code: "medium.reported_damaged".into() })?;
        }
    }
    standing::note_next_of_media(office, rules)
}

fn seal(office: &mut Office, medium: &MediumId, choice: &TokenChoice) -> Result<(), ArchiveFault> {
    let stamp = office.ledger().commissioned.map(|(_, stamp)| stamp);
    let mut host = TokenHost::start(&choice.module, &[]).map_err(ClerkFault::from)?;
    let token = plugged_in(&mut host, &choice.token)?;
    // Asked before anybody types a PIN: another token than the stamp's is told so.
    let Some(stamp) = stamp.filter(|stamp| token.certificates.iter().any(|one| one.sha256 == *stamp)) else {
        clerk::refuse_other_token(office, ToSign::Medium { medium: medium.clone() }, &token);
        return Err(ArchiveFault::OtherToken);
    };
    let prompt = wording::asks_with_checkpoint(&wording::media::ask_stamp_pin(&token.label));
    let pin = pin::for_token(&token, choice.pin_file.as_deref(), &prompt)?;
    let (host, word) = (&mut host, SignersWord::None);
    let at = AtToken { host, seen: &token, certificate: stamp, pin, word };
    Ok(clerk::seal_medium(office, at, medium)?)
}

fn keep(office: &mut Office, copy: &CopyId, words: &Words) -> Result<Sha256, ArchiveFault> {
    Ok(clerk::keep_words(office, copy, &words.by, &words.reason)?)
}

/// Every medium with its copies, every deposit by the regulation, and what is due.
fn stand(office: &Office, rules: &Rules) {
    let ledger = office.ledger();
    for (id, one) in ledger.media.iter() {
        terminal::data(&wording::media::medium(id, one).to_string());
        for (number, copy) in &one.copies {
            let id = CopyId { medium: id.clone(), number: *number };
            terminal::data(&format!("  {}", wording::media::copy(&id, copy)));
        }
    }
    for id in ledger.deposits.keys() {
        let stands = medium::standing(&ledger.media, id, &rules.regulation);
        terminal::data(&format!("{id}: {}", wording::media::standing(&stands)));
    }
    for due in medium::due(&ledger.media, clock::now(), rules.check_days) {
        terminal::data(&wording::media::due(&due).to_string());
    }
}
