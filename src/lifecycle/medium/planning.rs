//! Which deposits go on the next media, and whether a medium may be sealed now.

use school::deposit::DepositId;
use school::digest::Sha256;
use school::medium::MediumId;

use super::{CopyRefusal, Media, Stage};
use crate::lifecycle::deposit::{self, Deposits};

/// What planning media comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Planning {
    /// A set was planned before and not all of it is sealed: it is that one.
    UnderWay(Vec<MediumId>),
    /// These deposits go on new media, in their order.
    New(Vec<DepositId>),
}

/// What comes of planning media for `wanted`, or for every sealed deposit that is on no medium yet.
///
/// Errors: [`CopyRefusal::NothingToPlan`] when none is wanted and none waits; [`CopyRefusal::Deposit`] for a deposit
/// that is unknown or not sealed.
pub fn ask_to_plan(
    media: &Media,
    deposits: &Deposits,
    wanted: &[DepositId],
) -> Result<Planning, CopyRefusal> {
    if let Some(open) = media.values().find(|one| one.stage == Stage::Planned) {
        let of_set = media.iter().filter(|(_, one)| one.set == open.set);
        return Ok(Planning::UnderWay(of_set.map(|(id, _)| id.clone()).collect()));
    }
    let is_sealed = |one: &deposit::Deposit| matches!(one.stage, deposit::Stage::Sealed { .. });
    let on_a_medium = |id: &DepositId| media.values().any(|one| one.deposits.contains(id));
    let mut chosen: Vec<DepositId> = if wanted.is_empty() {
        let waiting = deposits.iter().filter(|(id, one)| is_sealed(one) && !on_a_medium(id));
        waiting.map(|(id, _)| id.clone()).collect()
    } else {
        wanted.to_vec()
    };
    chosen.sort();
    chosen.dedup();
    for id in &chosen {
        // A deposit that is sealed has its record signed.
        let stage = deposits.get(id).map(|one| &one.stage);
        deposit::ask(id, stage, deposit::Record::None, deposit::Command::Write)?;
    }
    if chosen.is_empty() { Err(CopyRefusal::NothingToPlan) } else { Ok(Planning::New(chosen)) }
}

/// Whether a medium is to be sealed now by the holder of `certificate`; `stamp` is the certificate in force.
///
/// Errors: [`CopyRefusal::Unknown`]; [`CopyRefusal::OtherStamp`] for a medium that waits for somebody else.
pub fn ask_to_seal(
    media: &Media,
    id: &MediumId,
    (certificate, stamp): (Sha256, Option<Sha256>),
) -> Result<deposit::Step, CopyRefusal> {
    match media.get(id).map(|one| &one.stage) {
        None => Err(CopyRefusal::Unknown(id.clone())),
        Some(Stage::Sealed { .. }) => Ok(deposit::Step::Taken),
        Some(Stage::Planned) if stamp != Some(certificate) => Err(CopyRefusal::OtherStamp(id.clone())),
        Some(Stage::Planned) => Ok(deposit::Step::Take),
    }
}
