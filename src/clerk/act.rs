//! Acts beside the roster: proposed as canonical JSON, signed by token with a detached CMS each, and in
//! force from the register entry that says so (DESIGN, section 5).

use std::ops::RangeBounds;

use school::act::{Act, Deed};
use school::digest::Sha256;
use school::identifier::{PersonId, SchoolYear};
use school::records::canonical;

use crate::clerk::commission::attest;
use crate::clerk::signer::{AtToken, Signer};
use crate::clerk::turns::Turns;
use crate::clerk::{ClerkFault, Office, names};
use crate::clock;
use crate::lifecycle::act::{ActRefusal, SignedAct, Stage, ask_to_propose, ask_to_sign_act, ask_to_withdraw};
use crate::lifecycle::event::Event;
use crate::lifecycle::to_sign::ToSign;

/// The signatures that an act may have, by who gives them.
pub(super) const SIGNERS: [&str; 2] = ["HieuTruong", "ConDau"];

/// Stores an act of `year` and has it wait for its signatures. Proposing the same act again changes nothing.
///
/// Errors: see [`ActRefusal`].
pub fn propose_act(office: &mut Office, year: SchoolYear, act: &Act) -> Result<Sha256, ClerkFault> {
    let bytes = canonical::to_bytes(act).map_err(|_| ClerkFault::Form { what: "act" })?;
    let digest = Sha256::of(&bytes);
    if office.ledger().acts.stage(&digest).is_some() {
        return Ok(digest);
    }
    let in_force = office.year(year)?;
    let signers = ask_to_propose(&in_force.people(), act, clock::now())?;
    let staged = office.store.stage(&bytes)?;
    office.commit(
        Event::ActProposed { act: digest, year, signers, record: None },
        &[(staged, names::act(&digest))],
    )?;
    Ok(digest)
}

/// Signs an act in one login. With the last signature it is in force.
///
/// Errors: see [`ActRefusal`] and [`ClerkFault::Token`].
pub fn sign_act<N: Turns>(turns: &mut N, at: AtToken<'_>, act: Sha256) -> Result<(), ClerkFault> {
    Signer::sits(turns, at, &ToSign::Act { act }, |turns, signer| sign_text(turns, act, signer))
}

fn sign_text(turns: &mut impl Turns, act: Sha256, signer: &mut Signer<'_>) -> Result<(), ClerkFault> {
    let certificate = signer.certificate();
    let (bytes, signature) = turns.take(move |office| {
        ask_to_sign_act(&office.ledger().acts, act, certificate)?;
        let name = names::act(&act);
        let bytes = office.store.read_verified(&name, act)?;
        // The order of the signers is that of the names: principal or new principal, then stamp or new stamp.
        let place = signers_of(office, act)?.iter().position(|one| *one == certificate);
        let place = place.ok_or(ClerkFault::Form { what: "act" })?;
        Ok((bytes, signature_name(&name, SIGNERS[place.min(1)])))
    })?;
    attest(turns, signer, &signature, &bytes)?;
    turns.take(move |office| come_into_force(office, act, &bytes))
}

fn signers_of(office: &Office, act: Sha256) -> Result<Vec<Sha256>, ClerkFault> {
    match office.ledger().acts.stage(&act) {
        Some(Stage::Proposed { signers }) => Ok(signers.clone()),
        _ => Err(ActRefusal::Unknown(act).into()),
    }
}

/// Records that an act is in force, unless a signature is missing still.
///
/// Errors: it was withdrawn while the token signed.
fn come_into_force(office: &mut Office, act: Sha256, bytes: &[u8]) -> Result<(), ClerkFault> {
    if let Some(Stage::InForce { .. }) = office.ledger().acts.stage(&act) {
        // The other signer's token was asked at the same time, and answered last but one.
        return Ok(());
    }
    let (signers, name) = (signers_of(office, act)?, names::act(&act));
    let missing = |(_, place): (&Sha256, &&str)| !office.store.has(&signature_name(&name, place));
    if signers.iter().zip(&SIGNERS).any(missing) {
        return Ok(());
    }
    let read: Act = serde_json::from_slice(bytes).map_err(|_| ClerkFault::Form { what: "act" })?;
    let (principal, stamp) = match read.deed {
        Deed::PrincipalChanged { person, .. } => (Some(person.certificate), None),
        Deed::StampChanged { new, .. } => (None, Some(new)),
        Deed::Delegation { .. } | Deed::KyThay { .. } | Deed::TokenReplaced { .. } => (None, None),
    };
    office.record(Event::ActSigned { act, principal, stamp }).map(drop)
}

/// Takes back an act that somebody has not signed yet.
///
/// Errors: see [`ActRefusal`].
pub fn withdraw_act(office: &mut Office, act: Sha256, by: &PersonId) -> Result<(), ClerkFault> {
    ask_to_withdraw(&office.ledger().acts, act)?;
    office.record(Event::ActWithdrawn { act, by: by.clone() }).map(drop)
}

/// The name of a signature over an act.
pub(super) fn signature_name(act: &str, signer: &str) -> String {
    format!("{act}.{signer}.p7s")
}

/// An act in force with its bytes and the CMS over them, each with the name of its signer.
pub(super) struct StoredAct {
    /// What it says, and since when.
    pub signed: SignedAct,
    /// The canonical bytes.
    pub bytes: Vec<u8>,
    /// DER of each CMS.
    pub signatures: Vec<(&'static str, Vec<u8>)>,
}

/// The acts that came into force with one of these entries and concern documents of `year`, oldest first.
pub(super) fn acts_of(
    office: &Office,
    year: SchoolYear,
    entries: impl RangeBounds<u64>,
) -> Result<Vec<StoredAct>, ClerkFault> {
    let known = office.ledger().acts.in_force(year, entries).into_iter();
    known
        .map(|(act, since)| {
            let name = names::act(&act);
            let bytes = office.store.read_verified(&name, act)?;
            let read: Act = serde_json::from_slice(&bytes).map_err(|_| ClerkFault::Form { what: "act" })?;
            let mut signatures = Vec::new();
            for signer in SIGNERS {
                let name = signature_name(&name, signer);
                if office.store.has(&name) {
                    signatures.push((signer, office.store.read(&name)?));
                }
            }
            Ok(StoredAct { signed: SignedAct { sha256: act, act: read, since }, bytes, signatures })
        })
        .collect()
}
