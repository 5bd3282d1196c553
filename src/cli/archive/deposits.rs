//! The verbs about deposits: `plan`, `build`, `seal`.

use school::deposit::{DepositId, DepositKind};
use school::identifier::SchoolYear;
use school::medium::Disc;
use school::records::token_frame::TokenSeen;

use crate::clerk::{self, AtToken, ClerkFault, Office};
use crate::cli::archive::media::Rules;
use crate::cli::archive::request::TokenChoice;
use crate::cli::archive::{ArchiveFault, standing};
use crate::cli::exit::Exit;
use crate::cli::pin;
use crate::lifecycle::deposit::{DepositRefusal, Late};
use crate::lifecycle::dossier::SignersWord;
use crate::lifecycle::to_sign::ToSign;
use crate::process::token_host::TokenHost;
use crate::{terminal, wording};

/// Plans the next deposit of a year and prints its name; says what is missing.
pub fn plan(
    office: &mut Office,
    rules: &Rules,
    year: SchoolYear,
    kind: DepositKind,
    (late, disc): (Late, Disc),
) -> Result<Exit, ArchiveFault> {
    let planned = clerk::plan_deposit(office, year, kind, late, disc.bytes());
    if let Err(ClerkFault::Deposit(DepositRefusal::Incomplete(missing))) = &planned {
        let words = missing.iter().map(|one| wording::archive::missing(one, ToString::to_string));
        words.for_each(|one| terminal::note(&one.to_string()));
    }
    let id = planned?;
    terminal::data(&id.to_string());
    standing::note_next(office, rules, id.year())
}

/// Packs a deposit and makes the base of its sealing record.
pub fn build(office: &mut Office, rules: &Rules, id: &DepositId) -> Result<Exit, ArchiveFault> {
    clerk::build_deposit(office, id)?;
    standing::note_next(office, rules, id.year())
}

/// Signs what is due of a deposit with the token that is named: a place of the sealing record, or, when only
/// the stamp is missing, the seal.
pub fn seal(
    office: &mut Office,
    rules: &Rules,
    id: &DepositId,
    (choice, word): (&TokenChoice, SignersWord),
) -> Result<Exit, ArchiveFault> {
    let Some(next) = clerk::next_signer(office, id)? else {
        return standing::note_next(office, rules, id.year());
    };
    let mut host = TokenHost::start(&choice.module, &[]).map_err(ClerkFault::from)?;
    let token = plugged_in(&mut host, &choice.token)?;
    let certificate = choice.cert.unwrap_or(next.certificate);
    // Asked before anybody types a PIN: a token of somebody else is told so.
    let of_next = token.certificates.iter().any(|one| one.sha256 == certificate);
    if certificate != next.certificate || !of_next {
        terminal::note(&wording::archive::waits_for(&next.name, &next.title));
        clerk::refuse_other_token(office, next.to_sign(id), &token);
        return Err(ArchiveFault::OtherToken);
    }
    let prompt = wording::asks_with_checkpoint(&wording::archive::ask_pin(&next.name, &token.label));
    let pin = pin::for_token(&token, choice.pin_file.as_deref(), &prompt)?;
    let at = AtToken { host: &mut host, seen: &token, certificate, pin, word };
    match next.to_sign(id) {
        ToSign::Place { signing_box, .. } => clerk::sign_record(office, at, &signing_box, id),
        _ => clerk::seal(office, at, id),
    }?;
    standing::note_next(office, rules, id.year())
}

/// The token with this serial number or label.
pub(super) fn plugged_in(host: &mut TokenHost, named: &str) -> Result<TokenSeen, ArchiveFault> {
    let tokens = host.list().map_err(ClerkFault::from)?;
    let mut found = tokens.into_iter().filter(|token| token.identity.serial == named || token.label == named);
    match (found.next(), found.next()) {
        (Some(token), None) => Ok(token),
        _ => Err(ArchiveFault::NoSuchToken(named.to_owned())),
    }
}
