//! Rounds: the administrator opens one over classes and periods, and people are called as it goes on.

use crate::clerk::{ClerkFault, Office};
use crate::clock;
use crate::lifecycle::event::Event;
use crate::lifecycle::round::{RoundNumber, RoundRefusal, Scope, Work, ask_to_close, ask_to_open};

/// Opens a round.
///
/// Errors: see [`RoundRefusal`].
pub fn open_round(office: &mut Office, scope: Scope) -> Result<RoundNumber, ClerkFault> {
    let in_force = office.year(scope.year)?;
    let round = ask_to_open(&office.ledger().rounds, &in_force.roster.1, &scope)?;
    office.record(Event::RoundOpened { round, scope, record: None })?;
    Ok(round)
}

/// Closes a round: nobody is called for it any more.
///
/// Errors: `round.not_open`.
pub fn close_round(office: &mut Office, round: RoundNumber) -> Result<(), ClerkFault> {
    ask_to_close(&office.ledger().rounds, round)?;
    office.record(Event::RoundClosed { round, record: None }).map(drop)
}

/// What remains in a round, from which follows who should come.
///
/// Errors: `round.not_open` for one that nobody opened.
pub fn round_work(office: &mut Office, round: RoundNumber) -> Result<Work, ClerkFault> {
    let known = office.ledger().rounds.round(round).cloned();
    let scope = known.ok_or(RoundRefusal::NotOpen(round))?.scope;
    let in_force = office.year(scope.year)?;
    let dossiers = office.ledger().dossiers.values().filter(|dossier| scope.covers(dossier));
    Ok(Work::of(dossiers, &in_force.people(), clock::now()))
}
