//! The first two acts of a school: its two certificates are confirmed, then roster and plans of a
//! year are signed by both and come into force.

use school::digest::Sha256;
use school::identifier::SchoolCode;
use school::plan::Templates;
use school::records::canonical;
use school::records::token_frame::Hash;
use school::roster::Roster;

use crate::clerk::picture::pictures_of;
use crate::clerk::sign::Signer;
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::event::Event;

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

/// Signs roster and plans by principal and stamp and puts them in force.
///
/// Errors: the signers are not the commissioned ones, or the roster does not fit itself;
/// `year.open_already` when another roster or other plans are in force.
pub fn open_year(
    office: &mut Office,
    roster: &Roster,
    plans: &Templates,
    principal: &mut Signer<'_>,
    stamp: &mut Signer<'_>,
) -> Result<(), ClerkFault> {
    let form = |what| move |_| ClerkFault::Form { what };
    let roster_bytes = canonical::to_bytes(roster).map_err(form("roster"))?;
    let plans_bytes = canonical::to_bytes(plans).map_err(form("plans"))?;
    let (roster_digest, plans_digest) = (Sha256::of(&roster_bytes), Sha256::of(&plans_bytes));
    match office.ledger().years.get(&roster.year) {
        Some(in_force) if *in_force == (roster_digest, plans_digest) => return Ok(()),
        Some(_) => {
            return Err(ClerkFault::NotNow { code: "year.open_already", what: roster.year.to_string() });
        }
        None => roster.check()?,
    }
    // A year in force never lacks a picture that its roster names.
    pictures_of(office, roster)?;
    let commissioned = Some((principal.certificate(), stamp.certificate()));
    if office.ledger().commissioned != commissioned {
        return Err(ClerkFault::NotNow { code: "school.other_signers", what: "roster and plans".into() });
    }
    let files = [("roster.json", roster_digest, &roster_bytes), ("plans.json", plans_digest, &plans_bytes)];
    for (file, digest, bytes) in files {
        let name = names::of_year(roster.year, digest, file);
        office.publish(&name, bytes)?;
        attest(office, principal, &format!("{name}.HieuTruong.p7s"), bytes)?;
        attest(office, stamp, &format!("{name}.ConDau.p7s"), bytes)?;
    }
    office.record(Event::YearOpened { year: roster.year, roster: roster_digest, plans: plans_digest })?;
    // Now it is known which subjects a class has: parts that waited may be complete.
    crate::clerk::assemble::waiting_classes(office)
}

/// Publishes a detached signature over `bytes` as `name`. One that a kill left there before the event
/// is kept: an ECDSA signature made again would have other bytes.
pub(super) fn attest(
    office: &mut Office,
    signer: &mut Signer<'_>,
    name: &str,
    bytes: &[u8],
) -> Result<(), ClerkFault> {
    if office.store.has(name) {
        return Ok(());
    }
    let signed = signer.sign_detached(bytes, Hash::Sha256)?;
    office.publish(name, &signed)
}
