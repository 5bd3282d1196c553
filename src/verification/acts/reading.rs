//! Reads acts and weighs their signatures. An act that is not signed by whom it must be is not in force,
//! and is told.

use std::collections::BTreeMap;

use school::act::{Act, Deed};
use school::digest::Sha256;
use school::moment::Moment;
use school::records::canonical;
use school::roster::Roster;

use super::in_force::{Certificates, Grant, InForce};
use crate::circumstances::SignedAct;
use crate::deposit::Code;

/// Why an act is not in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No canonical act, or it contradicts itself or the roster.
    Malformed,
    /// Of another school, or said in the terms of another roster.
    OtherRoster,
    /// A signature is broken or not over this act.
    Signature(&'static str),
    /// Not signed by whom it must be.
    Signer,
    /// The register at hand does not know it.
    NotRegistered,
}

impl Fault {
    /// The finding that stands for it in a deposit.
    pub const fn code(&self) -> Code {
        match self {
            Self::Malformed => Code::ActMalformed,
            Self::OtherRoster => Code::ActOtherRoster,
            Self::Signature(_) => Code::SignatureBroken,
            Self::Signer => Code::ActSigner,
            Self::NotRegistered => Code::ActNotRegistered,
        }
    }
}

/// What was found of one signature over an act.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signer {
    pub certificate: Sha256,
    /// Path, validity and revocation of the certificate are proven.
    pub proven: bool,
}

/// One act as read, with its signers.
struct Read {
    sha256: Sha256,
    act: Act,
    signers: Vec<Signer>,
    since: Moment,
}

/// Which acts are in force beside `roster`.
///
/// `registered`: when the register at hand says that each act was signed; nothing without a register.
/// `judge` judges one signature over the bytes of an act.
pub(crate) fn read(
    roster: &(Sha256, Roster),
    acts: &[SignedAct],
    registered: Option<&BTreeMap<Sha256, Moment>>,
    mut judge: impl FnMut(&[u8], &[u8]) -> Result<Signer, &'static str>,
) -> (InForce, Vec<(Sha256, Fault)>) {
    let mut in_force = InForce::of(&roster.1);
    let mut faults = Vec::new();
    let mut read = Vec::new();
    for signed in acts {
        let sha256 = Sha256::of(&signed.act);
        match read_one(roster, signed, sha256, registered, &mut judge) {
            Ok(one) => read.push(one),
            Err(fault) => faults.push((sha256, fault)),
        }
    }
    // The signers of an act are those in force when it was decided, by the acts decided before.
    read.sort_by_key(|one| (one.act.decided, one.sha256));
    for one in read {
        let sha256 = one.sha256;
        if let Err(fault) = put_in_force(&mut in_force, roster, one) {
            faults.push((sha256, fault));
        }
    }
    (in_force, faults)
}

fn read_one(
    (roster_digest, roster): &(Sha256, Roster),
    signed: &SignedAct,
    sha256: Sha256,
    registered: Option<&BTreeMap<Sha256, Moment>>,
    judge: &mut impl FnMut(&[u8], &[u8]) -> Result<Signer, &'static str>,
) -> Result<Read, Fault> {
    let act: Act = Some(&signed.act)
        .filter(|bytes| canonical::is_canonical(bytes))
        .and_then(|bytes| serde_json::from_slice(bytes).ok())
        .filter(|act: &Act| act.check().is_ok())
        .ok_or(Fault::Malformed)?;
    // A new principal or stamp may have come between two rosters; all else is said in the terms of one.
    let outlives = matches!(act.deed, Deed::PrincipalChanged { .. } | Deed::StampChanged { .. });
    if act.school != roster.school.code || (!outlives && act.roster != *roster_digest) {
        return Err(Fault::OtherRoster);
    }
    act.check_persons(roster).map_err(|_| Fault::Malformed)?;
    let signers = signed
        .signatures
        .iter()
        .map(|signature| judge(&signed.act, signature).map_err(Fault::Signature))
        .collect::<Result<Vec<_>, _>>()?;
    let since = match registered {
        None => act.decided,
        Some(known) => known.get(&sha256).copied().ok_or(Fault::NotRegistered)?.max(act.decided),
    };
    Ok(Read { sha256, act, signers, since })
}

fn put_in_force(in_force: &mut InForce, (_, roster): &(Sha256, Roster), read: Read) -> Result<(), Fault> {
    let Read { sha256, act, signers, since } = read;
    let principal = in_force.principal_certificate(Some(act.decided));
    let stamp = in_force.stamp_certificate(Some(act.decided));
    let wanted: Vec<Option<Sha256>> = match &act.deed {
        Deed::Delegation { .. } | Deed::KyThay { .. } | Deed::TokenReplaced { .. } => vec![principal],
        Deed::PrincipalChanged { person, .. } => vec![Some(person.certificate), stamp],
        Deed::StampChanged { new, .. } => vec![principal, Some(*new)],
    };
    let all_there = wanted
        .iter()
        .all(|wanted| wanted.is_some_and(|wanted| signers.iter().any(|signer| signer.certificate == wanted)));
    if !all_there || signers.len() != wanted.len() {
        return Err(Fault::Signer);
    }
    let grant =
        Grant { sha256, number: act.number.clone(), since, proven: signers.iter().all(|one| one.proven) };
    match act.deed {
        Deed::Delegation { .. } | Deed::KyThay { .. } => in_force.grants.push((grant, act.deed)),
        Deed::TokenReplaced { person, old, new, from } => {
            in_force.replace(&person, old, new, from, grant).ok_or(Fault::Signer)?;
        }
        Deed::PrincipalChanged { person, old, from } => {
            in_force.successors.push((old, person.certificate));
            if Some(person.certificate) == certificate_of(roster, &roster.principal) {
                // The roster came after it and says the same.
                return Ok(());
            }
            if principal != Some(old) {
                return Err(Fault::Signer);
            }
            in_force.certificates.entry(person.id.clone()).or_insert_with(Certificates::none).push(
                from,
                person.certificate,
                grant,
            );
            in_force.newcomers.insert(person.id.clone(), person.name);
            in_force.principals.push((Some(from), person.id));
        }
        Deed::StampChanged { old, new, from } => {
            in_force.successors.push((old, new));
            if Some(new) == certificate_of(roster, &roster.stamp) {
                return Ok(());
            }
            in_force.replace(&roster.stamp, old, new, from, grant).ok_or(Fault::Signer)?;
        }
    }
    Ok(())
}

fn certificate_of(roster: &Roster, id: &school::identifier::PersonId) -> Option<Sha256> {
    roster.person(id).ok().map(|person| person.certificate)
}
