//! May this act be proposed, and may this certificate sign it?

use school::act::{Act, Deed, TeachingPlace};
use school::digest::Sha256;
use school::moment::Moment;

use super::{ActRefusal, Acts, InForce, Stage};

/// Whether the act may be proposed now, and whose signatures it needs.
///
/// Errors: see [`ActRefusal`]. What is refused here the judge would not accept later: an act that is
/// signed by the right people and helps nobody is the worst of all.
pub fn ask_to_propose(in_force: &InForce<'_>, act: &Act, now: Moment) -> Result<Vec<Sha256>, ActRefusal> {
    act.check()?;
    let roster = in_force.roster();
    if act.roster != in_force.digest() || act.school != roster.school.code {
        return Err(ActRefusal::OtherRoster);
    }
    act.check_persons(roster)?;
    if act.decided > now {
        return Err(ActRefusal::TooEarly);
    }
    let principal = in_force.principal(act.decided).map(|person| person.id.clone());
    let principal = principal.and_then(|id| in_force.certificate(&id, act.decided));
    let principal = principal.ok_or(ActRefusal::OldNotInForce)?;
    let stamp = in_force.certificate(&roster.stamp, act.decided).ok_or(ActRefusal::OldNotInForce)?;
    let is_free = |certificate: Sha256| {
        let taken = in_force.is_somebodys(certificate);
        if taken { Err(ActRefusal::CertificateTaken(certificate)) } else { Ok(()) }
    };
    match &act.deed {
        Deed::Delegation { until, .. } if *until < now => Err(ActRefusal::Over),
        Deed::KyThay { until, .. } if *until < now => Err(ActRefusal::Over),
        Deed::Delegation { .. } => Ok(vec![principal]),
        Deed::KyThay { absent, places, .. } => {
            let holds = |place: &TeachingPlace| match &place.subject {
                None => roster.homerooms.get(&place.class) == Some(absent),
                Some(subject) => roster.subjects(&place.class).any(|one| {
                    one.subject == *subject && one.teachers().chain([&one.presiding]).any(|id| id == absent)
                }),
            };
            let all = places.iter().all(holds);
            if all { Ok(vec![principal]) } else { Err(ActRefusal::NotTheirPlace) }
        }
        Deed::TokenReplaced { person, old, new, .. } => {
            is_free(*new)?;
            let is_theirs = in_force.certificate(person, now) == Some(*old);
            if is_theirs { Ok(vec![principal]) } else { Err(ActRefusal::OldNotInForce) }
        }
        Deed::PrincipalChanged { from, .. } | Deed::StampChanged { from, .. } if *from > now => {
            Err(ActRefusal::TooEarly)
        }
        Deed::PrincipalChanged { person, old, .. } => {
            // A vice-principal may become principal with the token they have.
            is_free(person.certificate).or_else(|taken| {
                let own = in_force.certificate(&person.id, now) == Some(person.certificate);
                if own { Ok(()) } else { Err(taken) }
            })?;
            let follows = *old == principal;
            if follows { Ok(vec![person.certificate, stamp]) } else { Err(ActRefusal::OldNotInForce) }
        }
        Deed::StampChanged { old, new, .. } => {
            is_free(*new)?;
            if *old == stamp { Ok(vec![principal, *new]) } else { Err(ActRefusal::OldNotInForce) }
        }
    }
}

/// Whether the certificate may sign an act now.
pub fn ask_to_sign_act(acts: &Acts, act: Sha256, certificate: Sha256) -> Result<(), ActRefusal> {
    match acts.stage(&act) {
        None => Err(ActRefusal::Unknown(act)),
        Some(Stage::InForce { .. }) => Err(ActRefusal::InForceAlready(act)),
        Some(Stage::Withdrawn { .. }) => Err(ActRefusal::Withdrawn(act)),
        Some(Stage::Proposed { signers }) if signers.contains(&certificate) => Ok(()),
        Some(Stage::Proposed { .. }) => Err(ActRefusal::WrongSigner),
    }
}

/// Whether an act may be taken back: only while a signature is missing.
pub fn ask_to_withdraw(acts: &Acts, act: Sha256) -> Result<(), ActRefusal> {
    match acts.stage(&act) {
        None => Err(ActRefusal::Unknown(act)),
        Some(Stage::InForce { .. }) => Err(ActRefusal::InForceAlready(act)),
        Some(Stage::Withdrawn { .. }) => Err(ActRefusal::Withdrawn(act)),
        Some(Stage::Proposed { .. }) => Ok(()),
    }
}
