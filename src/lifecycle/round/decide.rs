//! May this round be opened or closed, may a class be left out of it?

use school::dossier::Period;
use school::identifier::ClassName;
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
    match rounds.open().find(|(_, round)| round.meets(scope)) {
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

/// Whether a class may be left to a later round in this period, so that nobody waits for it in this one.
pub fn ask_to_leave_out(
    rounds: &Rounds,
    number: RoundNumber,
    (class, period): (&ClassName, Period),
) -> Result<(), RoundRefusal> {
    ask_to_close(rounds, number)?;
    let round = rounds.round(number);
    match round.is_some_and(|round| round.is_about(class, period)) {
        true => Ok(()),
        false => Err(RoundRefusal::NotInIt(class.clone(), period)),
    }
}
