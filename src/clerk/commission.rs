//! The first two acts of a school: its two certificates are confirmed, then roster and plans of a
//! year are signed by both and come into force.

use std::sync::Arc;

use school::digest::Sha256;
use school::identifier::SchoolCode;
use school::plan::Templates;
use school::records::canonical;
use school::records::token_frame::Hash;
use school::roster::Roster;

use crate::clerk::picture::pictures_of;
use crate::clerk::signer::{AtToken, Signer};
use crate::clerk::turns::Turns;
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::event::Event;
use crate::lifecycle::to_sign::ToSign;

/// Confirms the principal's and the stamp's certificate: the first event of the register.
pub fn commission(
    office: &mut Office,
    school: &SchoolCode,
    principal: Sha256,
    stamp: Sha256,
) -> Result<(), ClerkFault> {
    match office.ledger().commissioned {
        Some(known) if known == (principal, stamp) => Ok(()),
        Some(_) => Err(ClerkFault::NotNow { code: "school.commissioned", what: "other certificates".into() }),
        None => office.record(Event::Commissioned { school: school.clone(), principal, stamp }).map(drop),
    }
}

/// Who has signed roster and plans of a year that is being opened.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct YearSigned {
    /// The principal.
    pub principal: bool,
    /// The stamp.
    pub stamp: bool,
}

/// Roster and plans as they are signed, under the names that they get.
struct YearFiles {
    roster: Sha256,
    plans: Sha256,
    files: [(String, Vec<u8>); 2],
}

pub(super) const BY_PRINCIPAL: &str = "HieuTruong.p7s";
pub(super) const BY_STAMP: &str = "ConDau.p7s";

impl YearFiles {
    fn of(roster: &Roster, plans: &Templates) -> Result<Self, ClerkFault> {
        let form = |what| move |_| ClerkFault::Form { what };
        let roster_bytes = canonical::to_bytes(roster).map_err(form("roster"))?;
        let plans_bytes = canonical::to_bytes(plans).map_err(form("plans"))?;
        let (roster_digest, plans_digest) = (Sha256::of(&roster_bytes), Sha256::of(&plans_bytes));
        let name = |digest, file| names::of_year(roster.year, digest, file);
        let files = [
            (name(roster_digest, "roster.json"), roster_bytes),
            (name(plans_digest, "plans.json"), plans_bytes),
        ];
        Ok(Self { roster: roster_digest, plans: plans_digest, files })
    }

    /// Errors: `year.open_already` where others are.
    fn is_in_force(&self, office: &Office, roster: &Roster) -> Result<bool, ClerkFault> {
        match office.ledger().years.get(&roster.year) {
            Some(in_force) if *in_force == (self.roster, self.plans) => Ok(true),
            Some(_) => Err(ClerkFault::NotNow { code: "year.open_already", what: roster.year.to_string() }),
            None => Ok(false),
        }
    }

    fn signed(&self, office: &Office) -> YearSigned {
        let by =
            |signer: &str| self.files.iter().all(|(name, _)| office.store.has(&format!("{name}.{signer}")));
        YearSigned { principal: by(BY_PRINCIPAL), stamp: by(BY_STAMP) }
    }
}

/// Who has signed these already.
///
/// Errors: they cannot be written in their stored form.
pub fn year_signed(office: &Office, roster: &Roster, plans: &Templates) -> Result<YearSigned, ClerkFault> {
    Ok(YearFiles::of(roster, plans)?.signed(office))
}

/// What principal and stamp sign.
///
/// Errors: they cannot be written in their stored form.
pub fn year_to_sign(roster: &Roster, plans: &Templates) -> Result<ToSign, ClerkFault> {
    let files = YearFiles::of(roster, plans)?;
    Ok(ToSign::Year { year: roster.year, roster: files.roster, plans: files.plans })
}

/// Has principal or stamp sign roster and plans in one login, whoever is at the token of the two. They come one
/// after the other, because a school may have one reader; with the second of them the year is open.
///
/// Errors: the signer is neither of the commissioned ones, or the roster does not fit itself;
/// `year.open_already` when another roster or other plans are in force.
pub fn sign_year<N: Turns>(
    turns: &mut N,
    at: AtToken<'_>,
    roster: &Roster,
    plans: &Templates,
) -> Result<YearSigned, ClerkFault> {
    let (year, to_sign) = (Arc::new(YearFiles::of(roster, plans)?), year_to_sign(roster, plans)?);
    let roster = Arc::new(roster.clone());
    Signer::sits(turns, at, &to_sign, |turns, signer| sign_files(turns, &year, &roster, signer))
}

fn sign_files(
    turns: &mut impl Turns,
    year: &Arc<YearFiles>,
    roster: &Arc<Roster>,
    signer: &mut Signer<'_>,
) -> Result<YearSigned, ClerkFault> {
    let (to_sign, named, certificate) = (Arc::clone(year), Arc::clone(roster), signer.certificate());
    let by = turns.take(move |office| prepare(office, &to_sign, &named, certificate))?;
    if let Some(by) = by {
        for (name, bytes) in &year.files {
            attest(turns, signer, &format!("{name}.{by}"), bytes)?;
        }
    }
    let (year, roster) = (Arc::clone(year), Arc::clone(roster));
    turns.take(move |office| open(office, &year, &roster))
}

/// Publishes roster and plans; by whose name their signatures of this certificate go, or nothing where they are in
/// force.
fn prepare(
    office: &mut Office,
    year: &YearFiles,
    roster: &Roster,
    certificate: Sha256,
) -> Result<Option<&'static str>, ClerkFault> {
    if year.is_in_force(office, roster)? {
        return Ok(None);
    }
    roster.check()?;
    // A year in force never lacks a picture that its roster names.
    pictures_of(office, roster)?;
    let by = match office.ledger().commissioned {
        Some((principal, _)) if principal == certificate => BY_PRINCIPAL,
        Some((_, stamp)) if stamp == certificate => BY_STAMP,
        _ => {
            return Err(ClerkFault::NotNow { code: "school.other_signers", what: "roster and plans".into() });
        }
    };
    for (name, bytes) in &year.files {
        office.publish(name, bytes)?;
    }
    Ok(Some(by))
}

/// Opens the year with the second of its signatures.
///
/// Errors: `year.open_already` where another roster came into force while the token signed.
fn open(office: &mut Office, year: &YearFiles, roster: &Roster) -> Result<YearSigned, ClerkFault> {
    let signed = year.signed(office);
    if signed.principal && signed.stamp && !year.is_in_force(office, roster)? {
        let (roster_digest, plans_digest) = (year.roster, year.plans);
        office.record(Event::YearOpened { year: roster.year, roster: roster_digest, plans: plans_digest })?;
        // Now it is known which subjects a class has: parts that waited may be complete.
        crate::clerk::assemble::waiting_classes(office)?;
    }
    Ok(signed)
}

/// Publishes a detached signature over `bytes` as `name`. One that a kill left there before the event
/// is kept: an ECDSA signature made again would have other bytes.
pub(super) fn attest(
    turns: &mut impl Turns,
    signer: &mut Signer<'_>,
    name: &str,
    bytes: &[u8],
) -> Result<(), ClerkFault> {
    let name = name.to_owned();
    let asked = name.clone();
    if turns.take(move |office| Ok(office.store.has(&asked)))? {
        return Ok(());
    }
    let signed = signer.sign_detached(bytes, Hash::Sha256)?;
    turns.take(move |office| office.publish(&name, &signed))
}
