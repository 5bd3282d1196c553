//! Rounds: the administrator opens one over classes and periods, and people are called as it goes on.

use school::dossier::Period;
use school::identifier::ClassName;

use crate::clerk::{ClerkFault, Office};
use crate::clock;
use crate::lifecycle::event::Event;
use crate::lifecycle::round::{
    RoundNumber, RoundRefusal, Scope, Work, ask_to_close, ask_to_leave_out, ask_to_open,
};

/// Opens a round.
///
/// Errors: see [`RoundRefusal`].
pub fn open_round(office: &mut Office, scope: Scope) -> Result<RoundNumber, ClerkFault> {
    let in_force = office.year(scope.year)?;
    let round = ask_to_open(&office.ledger().rounds, &in_force.roster.1, &scope)?;
    office.record(Event::RoundOpened { round, scope, record: None })?;
    Ok(round)
}

/// Leaves classes to a later round, each in its period: whoever was not called because of them is called now.
///
/// Errors: `round.not_open`, `round.empty` where no class is named, `round.not_in_it` for the first that the round is
/// not about; then none is left out.
pub fn leave_out(
    office: &mut Office,
    round: RoundNumber,
    classes: &[(ClassName, Period)],
) -> Result<(), ClerkFault> {
    let rounds = &office.ledger().rounds;
    ask_to_close(rounds, round)?;
    if classes.is_empty() {
        return Err(RoundRefusal::Empty.into());
    }
    for (class, period) in classes {
        ask_to_leave_out(rounds, round, (class, *period))?;
    }
    for (class, period) in classes.iter().cloned() {
        office.record(Event::RoundClassLeftOut { round, class, period, record: None })?;
    }
    Ok(())
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
    let known = known.ok_or(RoundRefusal::NotOpen(round))?;
    let in_force = office.year(known.scope.year)?;
    Ok(Work::of_round(&known, office.ledger(), &in_force.plans.1, &in_force.people(), clock::now()))
}
