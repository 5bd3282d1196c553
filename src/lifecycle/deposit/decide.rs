//! Which step may a deposit take now? One table over stage, sealing record and command.

use school::deposit::DepositId;

use super::{DepositRefusal, Stage};
use crate::lifecycle::dossier::{self, Dossier};
use school::role::Role;

/// What is asked of a deposit that was planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Pack it and make its sealing record.
    Build,
    /// Seal and publish it.
    Seal,
    /// Put it on a medium.
    Write,
}

/// What the command comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is to be done now.
    Take,
    /// It was done before; asking again changes nothing.
    Taken,
}

/// How the sealing record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record {
    /// A snapshot has none.
    None,
    /// Its base is not made yet.
    NotMade,
    /// Somebody else signs before the stamp.
    WaitsForPeople,
    /// Only the stamp's box is open.
    WaitsForStamp,
    /// Every box is signed.
    Signed,
}

impl Record {
    /// How the record of a deposit stands; `record` is its dossier where it is made.
    pub fn of(by_stamp_alone: bool, record: Option<&Dossier>) -> Self {
        match record.map(|record| &record.stage) {
            _ if by_stamp_alone => Self::None,
            None => Self::NotMade,
            Some(dossier::Stage::Signed(_)) => Self::Signed,
            Some(dossier::Stage::AwaitingTurn(turn))
                if turn.open.iter().all(|one| one.role == Role::ConDau) =>
            {
                Self::WaitsForStamp
            }
            Some(_) => Self::WaitsForPeople,
        }
    }
}

/// Whether the step may be taken.
///
/// Errors: see [`DepositRefusal`]; no pair of stage and command is left out.
pub fn ask(
    id: &DepositId,
    stage: Option<&Stage>,
    record: Record,
    command: Command,
) -> Result<Step, DepositRefusal> {
    let refused = |refusal: fn(DepositId) -> DepositRefusal| Err(refusal(id.clone()));
    match (stage, command) {
        (None, _) => refused(DepositRefusal::Unknown),
        (Some(Stage::Planned), Command::Build) => Ok(Step::Take),
        (Some(Stage::Planned), Command::Seal) => refused(DepositRefusal::NotBuilt),
        (Some(Stage::Built { .. }), Command::Build) => match record {
            Record::NotMade => Ok(Step::Take),
            Record::None | Record::WaitsForPeople | Record::WaitsForStamp | Record::Signed => Ok(Step::Taken),
        },
        (Some(Stage::Built { .. }), Command::Seal) => match record {
            Record::None | Record::WaitsForStamp | Record::Signed => Ok(Step::Take),
            Record::NotMade => refused(DepositRefusal::NotBuilt),
            Record::WaitsForPeople => refused(DepositRefusal::RecordOpen),
        },
        (Some(Stage::Planned | Stage::Built { .. }), Command::Write) => refused(DepositRefusal::NotSealed),
        (Some(Stage::Sealed { .. }), Command::Build | Command::Seal) => Ok(Step::Taken),
        // As often as a medium is made of it.
        (Some(Stage::Sealed { .. }), Command::Write) => Ok(Step::Take),
    }
}
