//! May this round be opened or closed?

use school::roster::Roster;

use super::{RoundNumber, RoundRefusal, Rounds, Scope};

/// Whether a round may be opened now, and its number.
///
/// Errors: see [`RoundRefusal`]. That nothing is ready yet is no reason: people are called when it is.
pub fn ask_to_open(rounds: &Rounds, roster: &Roster, scope: &Scope) -> Result<RoundNumber, RoundRefusal> {
    if scope.classes.is_empty() || scope.periods.is_empty() {
        return Err(RoundRefusal::Empty);
    }
    if let Some(unknown) = scope.classes.iter().find(|class| !roster.homerooms.contains_key(*class)) {
        return Err(RoundRefusal::UnknownClass(unknown.clone()));
    }
    match rounds.open().find(|(_, round)| round.scope.meets(scope)) {
        Some((number, _)) => Err(RoundRefusal::OpenAlready(number)),
        None => Ok(rounds.next()),
    }
}

/// Whether a round may be closed. What is not signed yet still waits; nobody is called for it.
pub fn ask_to_close(rounds: &Rounds, number: RoundNumber) -> Result<(), RoundRefusal> {
    match rounds.round(number) {
        Some(round) if round.closed.is_none() => Ok(()),
        _ => Err(RoundRefusal::NotOpen(number)),
    }
}
