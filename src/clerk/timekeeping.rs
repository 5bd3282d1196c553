//! Is the clock right? Asked before every signature. Where the register or the time that has gone by say
//! otherwise, the machine's time service and the timestamp authority are asked, in this order; where neither
//! answers, two people look at their watches.

use std::sync::Arc;
use std::time::{Duration, Instant};

use school::digest::Sha256;
use school::identifier::PersonId;
use school::limits::{CLOCK_ASK_AGAIN_SECONDS, CLOCK_SERVICE_AGE_SECONDS};
use school::moment::Moment;
use school::records::reader_frame::Circumstances;

use crate::clerk::timestamps::stamp_time;
use crate::clerk::{ClerkFault, Office, YearInForce, names};
use crate::clock;
use crate::lifecycle::dossier::Refusal;
use crate::lifecycle::event::{ClockWitness, Event};
use crate::lifecycle::timekeeping::{ClockRefusal, agree, ask_to_confirm, ask_to_read};
use crate::process::reader_host::Stamp;

/// What is reckoned from: a time that was certain, and how long ago that was by a clock that nobody can set.
#[derive(Debug)]
pub(super) struct Reckoning {
    at: Moment,
    since: Instant,
    // When a witness was last looked for in vain.
    asked: Option<Instant>,
}

impl Reckoning {
    /// From what is known last; where nothing is, the clock is taken as it is.
    pub(super) fn from(known: Option<Moment>) -> Self {
        Self { at: known.unwrap_or_else(clock::now), since: Instant::now(), asked: None }
    }

    fn expected(&self) -> Moment {
        self.at.plus_seconds(i64::try_from(self.since.elapsed().as_secs()).unwrap_or(i64::MAX))
    }

    /// A witness that did not answer is left alone for a while: the question comes with every document.
    fn may_ask(&self) -> bool {
        let pause = Duration::from_secs(CLOCK_ASK_AGAIN_SECONDS);
        self.asked.is_none_or(|asked| asked.elapsed() > pause)
    }
}

/// Lets a signature go on only while the clock is believed. A doubt and its end are entries of the register.
///
/// Errors: `clock.behind`, `clock.jumped`.
pub(super) fn check_clock(office: &mut Office) -> Result<(), ClerkFault> {
    let (now, expected) = (clock::now(), office.reckoning.expected());
    let asked = office.ledger().clock.ask(now, expected);
    let refusal = match asked {
        // A doubt lasts until it is settled: a clock that was moved twice may look right again.
        Ok(()) if !office.ledger().clock.is_doubted() => return Ok(()),
        Ok(()) => ClockRefusal::Jumped { by_s: now.unix() - expected.unix() },
        Err(refusal) => refusal,
    };
    if !office.ledger().clock.is_doubted() {
        let code = refusal.code().into();
        office.record(Event::ClockDoubted { clock: now, expected, code })?;
    }
    if office.reckoning.may_ask()
        && let Some(by) = witness(office)?
    {
        return confirmed(office, by);
    }
    Err(Refusal::from(refusal).into())
}

/// Two named people confirm a doubted clock with the time that they read from their own watches.
///
/// Errors: see [`ClockRefusal`].
pub fn confirm_clock(office: &mut Office, people: [&PersonId; 2], told: Moment) -> Result<(), ClerkFault> {
    let in_force = people_of_the_school(office)?;
    let now = clock::now();
    let by = ask_to_confirm(&office.ledger().clock, &in_force.roster.1, people, (now, told));
    confirmed(office, by.map_err(Refusal::from)?)
}

/// One person says in their own session what time their own watch shows; the second one confirms the clock.
///
/// Errors: see [`ClockRefusal`].
pub fn read_clock(office: &mut Office, person: &PersonId, told: Moment) -> Result<(), ClerkFault> {
    let in_force = people_of_the_school(office)?;
    let (clock, expected) = (clock::now(), office.reckoning.expected());
    let asked = ask_to_read(&office.ledger().clock, &in_force.roster.1, person, (clock, expected, told));
    match asked.map_err(Refusal::from)? {
        Some(witness) => confirmed(office, witness),
        None => office.record(Event::ClockRead { clock, expected, by: person.clone() }).map(drop),
    }
}

/// The person whose word about the clock waits for that of a second one.
pub fn clock_read_by(office: &Office) -> Option<PersonId> {
    office.ledger().clock.read_by(clock::now(), office.reckoning.expected()).cloned()
}

/// Looks at the clock as a signature would.
///
/// Errors: as for a signature.
pub fn look_at_clock(office: &mut Office) -> Result<Moment, ClerkFault> {
    check_clock(office).map(|()| clock::now())
}

/// The latest roster: who has no year in force has nobody who could say it.
fn people_of_the_school(office: &mut Office) -> Result<Arc<YearInForce>, ClerkFault> {
    let latest = office.ledger().years.keys().next_back().copied();
    office.year(latest.ok_or(Refusal::from(ClockRefusal::TwoPeople))?)
}

fn confirmed(office: &mut Office, by: ClockWitness) -> Result<(), ClerkFault> {
    let clock = clock::now();
    office.record(Event::ClockConfirmed { clock, by })?;
    office.reckoning = Reckoning::from(Some(clock));
    Ok(())
}

fn witness(office: &mut Office) -> Result<Option<ClockWitness>, ClerkFault> {
    if clock::was_synchronised(Duration::from_secs(CLOCK_SERVICE_AGE_SECONDS)) {
        return Ok(Some(ClockWitness::Ntp));
    }
    match timestamp(office) {
        Ok(Some(token)) => {
            let sha256 = Sha256::of(&token);
            office.publish(&names::clock_token(&sha256), &token)?;
            return Ok(Some(ClockWitness::Timestamp { token: sha256 }));
        }
        Ok(None) => {}
        Err(fault) => tracing::warn!(%fault, "no timestamp for the clock"),
    }
    office.reckoning.asked = Some(Instant::now());
    Ok(None)
}

/// A timestamp of a trusted authority that shows the time of the clock. The authority's certificate is judged at
/// the time that the token states: the clock is what nobody believes.
fn timestamp(office: &mut Office) -> Result<Option<Vec<u8>>, ClerkFault> {
    if office.timestamps_not_before().is_some() {
        return Ok(None);
    }
    let content = office.tree_head().1.to_string();
    let (token, _) = stamp_time(office, &Sha256::of(content.as_bytes()))?;
    let now = office.circumstances(None)?;
    let stated = office.reader.timestamp(&now, &token, content.as_bytes())?.time;
    let then = Circumstances { at: stated, ..now };
    let Stamp { time: stated, trusted, .. } = office.reader.timestamp(&then, &token, content.as_bytes())?;
    Ok((trusted && agree(stated, clock::now())).then_some(token))
}
