//! A pupil who leaves in mid-year takes the transcript along: one order that locks this pupil's part alone,
//! makes the transcript of it and, once it is closed, lays it together with the closed transcripts of the
//! years before (S2 Đ.10). The same order again goes on where people have signed meanwhile.

use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey, DossierOf};
use school::identifier::{DecisionNumber, PupilId, SchoolYear};

use crate::clerk::render::closed_to_cite;
use crate::clerk::{ClerkFault, Office, make_bases, names, propose_lock};
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::export::Stage as ExportStage;
use crate::lifecycle::handover::taken_along;

/// How far the order is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    /// The decision over the pupil's part waits for its signatures.
    Deciding(DossierId),
    /// The transcript waits for its signatures.
    Signing(DossierId),
    /// Everything that the pupil takes along, oldest first: each document with its file.
    Ready(Vec<(DossierId, Vec<u8>)>),
}

/// Hands over what a pupil takes along, from the part of `export` that is about them.
///
/// Errors: `export.no_such_pupil`; see [`crate::lifecycle::lock::LockRefusal`].
pub fn hand_over(
    office: &mut Office,
    year: SchoolYear,
    number: DecisionNumber,
    export: Sha256,
    pupil: &PupilId,
) -> Result<Leaving, ClerkFault> {
    let accepted = match office.ledger().exports.stage(&export) {
        Some(ExportStage::Accepted(accepted)) => accepted.clone(),
        _ => return Err(crate::lifecycle::lock::LockRefusal::NotAccepted(export).into()),
    };
    if !office.gradebook(&export, &accepted)?.pupils.iter().any(|one| one.id == *pupil) {
        return Err(ClerkFault::NotNow { code: "export.no_such_pupil", what: pupil.to_string() });
    }
    if accepted.lock_of(pupil).is_none() {
        return Ok(Leaving::Deciding(propose_lock(office, year, number, &[export], Some(pupil))?));
    }
    make_bases(office)?;
    let own = DossierKey::new(year, DossierOf::HocBa(pupil.clone()), accepted.period);
    let cited = office.year(year)?.plans.1.cited_by(&own, &accepted.class);
    if cited.is_some_and(|cited| closed_to_cite(office, &cited).is_none()) {
        return Err(ClerkFault::NotNow { code: "dossier.nothing_to_cite", what: own.id().to_string() });
    }
    match office.ledger().current(&own) {
        Some((_, one)) if matches!(one.stage, Stage::Closed(_)) => {}
        _ => return Ok(Leaving::Signing(own.id())),
    }
    let read = |id: DossierId| {
        let (revision, latest) = office.ledger().dossiers[&id].latest();
        let bytes = office.store.read_verified(&names::revision(&id, revision), latest.sha256)?;
        Ok((id, bytes))
    };
    let along = taken_along(office.ledger(), &own);
    along.into_iter().map(read).collect::<Result<_, ClerkFault>>().map(Leaving::Ready)
}
