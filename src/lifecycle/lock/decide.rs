//! May this decision be proposed now?

use std::collections::BTreeSet;

use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierKey, DossierOf, Period};
use school::identifier::{ClassName, PersonId, PupilId, SchoolYear};
use school::roster::Roster;

use super::LockRefusal;
use crate::lifecycle::check;
use crate::lifecycle::dossier::{Dossier, Refusal, Stage};
use crate::lifecycle::export::{self, Accepted};
use crate::lifecycle::ledger::Ledger;
use crate::lifecycle::review::{Part, answers_for};

/// Whether a decision over `exports` may be proposed, for whole classes or for one pupil who leaves.
///
/// Errors: the first export that stands against it. A class and period that a decision in force lists
/// already is never locked twice: its documents exist, and a changed mark in them is a matter of
/// reopening before the first signature and of correction after it.
pub fn ask_to_lock<'l>(
    ledger: &'l Ledger,
    roster: &Roster,
    year: SchoolYear,
    exports: &[Sha256],
    pupil: Option<&PupilId>,
) -> Result<Vec<(Sha256, &'l Accepted)>, LockRefusal> {
    let mut decided: BTreeSet<_> = decided(ledger, year, pupil).collect();
    let ask = |export: &Sha256| {
        let accepted = accepted(ledger, year, *export)?;
        if matches!(accepted.period, Period::Snapshot(_)) {
            return Err(LockRefusal::Snapshot(*export));
        }
        if !decided.insert((&accepted.class, accepted.period)) {
            return Err(LockRefusal::PeriodDecided(*export));
        }
        if accepted.period == Period::AfterSummer && !year_is_closed(ledger, accepted) {
            return Err(LockRefusal::NothingToSupplement(*export));
        }
        let sound = check::sound(accepted.check.as_ref(), pupil);
        sound.map_err(|cause| LockRefusal::NotSound { export: *export, cause })?;
        let reviewed = accepted.review.check(roster, &accepted.class);
        reviewed.map_err(|cause| LockRefusal::NotReviewed { export: *export, cause })?;
        Ok((*export, accepted))
    };
    exports.iter().map(ask).collect()
}

/// Whether a decision may be proposed that opens what is locked.
///
/// Errors: an export that no decision locks, or from which something signed was made.
pub fn ask_to_reopen<'l>(
    ledger: &'l Ledger,
    year: SchoolYear,
    exports: &[Sha256],
) -> Result<Vec<(Sha256, &'l Accepted)>, LockRefusal> {
    let ask = |export: &Sha256| {
        let accepted = accepted(ledger, year, *export)?;
        if !accepted.is_locked() {
            return Err(LockRefusal::NotLocked(*export));
        }
        // What a correction locked or took the place of rests on a signed record.
        let corrected = accepted.corrected_by.as_ref().or_else(|| {
            accepted.locked_by.as_ref().filter(|lock| ledger.corrections.of_record(lock).is_some())
        });
        let signed = ledger.made_from(export).find(|(_, made)| !made.signers().is_empty());
        match corrected.or(signed.map(|(signed, _)| signed)) {
            Some(signed) => Err(LockRefusal::SignedAlready(signed.clone())),
            None => Ok((*export, accepted)),
        }
    };
    exports.iter().map(ask).collect()
}

/// Whether the principal may let the differences of an export stand.
///
/// Errors: an export that is not there, locked already, or without any difference.
pub fn ask_to_accept_differences(
    ledger: &Ledger,
    year: SchoolYear,
    export: Sha256,
) -> Result<(), LockRefusal> {
    let accepted = accepted(ledger, year, export)?;
    if accepted.is_locked() {
        return Err(LockRefusal::PeriodDecided(export));
    }
    let differs = accepted.check.as_ref().is_some_and(|check| !check.differing.is_empty());
    if differs { Ok(()) } else { Err(LockRefusal::NothingDiffers(export)) }
}

/// Whether `person` may say what they found in `part` of an export that is not locked yet. Until a decision over it
/// is signed by everybody they may change their mind: [`ask_to_go_on`] hears them.
pub fn ask_to_review(
    ledger: &Ledger,
    roster: &Roster,
    export: Sha256,
    part: &Part,
    person: &PersonId,
) -> Result<(), LockRefusal> {
    let accepted = accepted(ledger, roster.year, export)?;
    if accepted.is_locked() || is_being_locked(ledger, &export) {
        return Err(LockRefusal::PeriodDecided(export));
    }
    let own = answers_for(roster, &accepted.class, part, person);
    if own { Ok(()) } else { Err(LockRefusal::NotYourPart(export)) }
}

/// Whether a signed decision is on its way to lock the export, or the token has one in hand: an answer that comes now
/// could not be heard any more.
fn is_being_locked(ledger: &Ledger, export: &Sha256) -> bool {
    ledger.dossiers.values().any(|one| {
        one.key.kind() == DocumentKind::QuyetDinhKhoa
            && one.exports.contains(export)
            && (matches!(one.stage, Stage::Signed(_)) || one.attempt.is_some())
    })
}

/// Whether reopening stands between a dossier and its next signature, a signature between a
/// reopening decision and its own, or a teacher's word between a lock decision and its own.
///
/// Errors: [`Refusal::BeingReopened`] from the last signature of the decision on; before it
/// [`Refusal::SignedMeanwhile`] for the decision itself. So one of the two always wins.
/// [`Refusal::FoundWrong`] until the teacher finds it right after all or other data are proposed.
pub fn ask_to_go_on(ledger: &Ledger, dossier: &DossierId) -> Result<(), Refusal> {
    let Some(known) = ledger.dossiers.get(dossier) else { return Ok(()) };
    if known.key.kind() == DocumentKind::QuyetDinhMo {
        let mut made = known.exports.iter().flat_map(|export| ledger.made_from(export));
        let signed = made.find(|(_, made)| !made.signers().is_empty());
        return signed.map_or(Ok(()), |(signed, _)| Err(Refusal::SignedMeanwhile(signed.clone())));
    }
    if let Some(export) = ledger.found_wrong(known) {
        return Err(Refusal::FoundWrong(export));
    }
    let reopens = |(_, other): &(&DossierId, &Dossier)| {
        other.key.kind() == DocumentKind::QuyetDinhMo
            && matches!(other.stage, Stage::Signed(_))
            && other.exports.iter().any(|export| known.exports.contains(export))
    };
    let decision = ledger.dossiers.iter().find(reopens);
    decision.map_or(Ok(()), |(id, _)| Err(Refusal::BeingReopened(id.clone())))
}

fn accepted(ledger: &Ledger, year: SchoolYear, export: Sha256) -> Result<&Accepted, LockRefusal> {
    match ledger.exports.stage(&export) {
        Some(export::Stage::Accepted(accepted)) if accepted.year == year => Ok(accepted),
        _ => Err(LockRefusal::NotAccepted(export)),
    }
}

/// Classes and periods that decisions of `year` list, signed or not, and that no decision opened again. One that
/// nobody can sign, because a teacher found something wrong since, gives way to the next.
fn decided<'l>(
    ledger: &'l Ledger,
    year: SchoolYear,
    pupil: Option<&PupilId>,
) -> impl Iterator<Item = (&'l ClassName, Period)> {
    let decisions = ledger.dossiers.iter().filter(move |(_, dossier)| {
        let locks = matches!(dossier.key.of, DossierOf::QuyetDinhKhoa(_)) && dossier.key.year == year;
        let stands = !matches!(dossier.stage, Stage::Withdrawn(_)) && ledger.found_wrong(dossier).is_none();
        // A pupil's own lock stands in the way of that pupil's second one only.
        locks && stands && (dossier.pupil.is_none() || dossier.pupil.as_ref() == pupil)
    });
    decisions.flat_map(move |(id, decision)| {
        let in_force = decision.exports.iter().filter(move |export| !ledger.is_reopened(id, export));
        in_force.filter_map(move |export| match ledger.exports.stage(export) {
            Some(export::Stage::Accepted(accepted)) => Some((&accepted.class, accepted.period)),
            _ => None,
        })
    })
}

fn year_is_closed(ledger: &Ledger, accepted: &Accepted) -> bool {
    let book = DossierKey::new(accepted.year, DossierOf::SoDiem(accepted.class.clone()), Period::FullYear);
    ledger.current(&book).is_some_and(|(_, book)| matches!(book.stage, Stage::Closed(_)))
}
