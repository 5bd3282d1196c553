//! May the clock be believed? A signature states when it was made, so a clock that went back behind what the
//! register knows, or that jumped, signs nothing until somebody else says what time it is.

use school::identifier::PersonId;
use school::limits::{CLOCK_AGREES_SECONDS, CLOCK_BACK_SECONDS, CLOCK_JUMP_SECONDS};
use school::moment::Moment;
use school::roster::Roster;

use crate::lifecycle::event::{ClockWitness, Entry, Event};

/// Why the clock is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClockRefusal {
    /// It shows an earlier time than an entry of the register.
    #[error("the clock is {by_s} s behind the register")]
    Behind {
        /// So much.
        by_s: i64,
    },
    /// It is further away from what was expected than a day.
    #[error("the clock jumped by {by_s} s")]
    Jumped {
        /// So much.
        by_s: i64,
    },
    /// There is nothing to be confirmed.
    #[error("nobody doubts the clock")]
    NotDoubted,
    /// One person said it twice, or somebody said it who is in no roster in force, or who is the stamp.
    #[error("two different people of the school are asked for")]
    TwoPeople,
    /// The people read another time from their own watches.
    #[error("another time was read: {by_s} s away")]
    OtherTime {
        /// So far away.
        by_s: i64,
    },
}

impl ClockRefusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Behind { .. } => "clock.behind",
            Self::Jumped { .. } => "clock.jumped",
            Self::NotDoubted => "clock.not_doubted",
            Self::TwoPeople => "clock.two_people",
            Self::OtherTime { .. } => "clock.other_time",
        }
    }
}

/// What the register says about the clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timekeeping {
    /// The latest time of an entry. The register never runs backwards, so it may be one of a wrong clock.
    latest: Option<Moment>,
    /// What the clock has reached for certain.
    mark: Option<Moment>,
    doubted: bool,
}

impl Timekeeping {
    /// Keeps the high-water mark. Entries that got the time of the one before them, because the clock was
    /// behind it, say nothing about the clock.
    pub(in crate::lifecycle) fn apply(&mut self, entry: &Entry) {
        if Some(entry.time) > self.latest {
            (self.latest, self.mark) = (Some(entry.time), Some(entry.time));
        }
        match &entry.event {
            Event::ClockDoubted { .. } => self.doubted = true,
            Event::ClockConfirmed { clock, .. } => (self.mark, self.doubted) = (Some(*clock), false),
            _ => {}
        }
    }

    /// The time before which the clock cannot be right.
    pub fn mark(&self) -> Option<Moment> {
        self.mark
    }

    /// Whether the register says that the clock is doubted.
    pub fn is_doubted(&self) -> bool {
        self.doubted
    }

    /// Whether a clock that shows `now` may be believed, where `expected` is what was last known for certain
    /// and the time that has gone by since.
    ///
    /// Errors: [`ClockRefusal::Behind`], [`ClockRefusal::Jumped`].
    pub fn ask(&self, now: Moment, expected: Moment) -> Result<(), ClockRefusal> {
        let behind_s = self.mark.map_or(0, |mark| mark.unix() - now.unix());
        if behind_s > CLOCK_BACK_SECONDS {
            return Err(ClockRefusal::Behind { by_s: behind_s });
        }
        let by_s = now.unix() - expected.unix();
        if by_s.abs() > CLOCK_JUMP_SECONDS { Err(ClockRefusal::Jumped { by_s }) } else { Ok(()) }
    }
}

/// Whether two times are the same for a signature.
pub const fn agree(one: Moment, other: Moment) -> bool {
    (one.unix() - other.unix()).abs() <= CLOCK_AGREES_SECONDS
}

/// Two named people read `told` from their own watches while the clock showed `now`.
///
/// Errors: see [`ClockRefusal`].
pub fn ask_to_confirm(
    kept: &Timekeeping,
    roster: &Roster,
    people: [&PersonId; 2],
    (now, told): (Moment, Moment),
) -> Result<ClockWitness, ClockRefusal> {
    if !kept.is_doubted() {
        return Err(ClockRefusal::NotDoubted);
    }
    let of_the_school = |person: &PersonId| roster.person(person).is_ok() && *person != roster.stamp;
    if people[0] == people[1] || !people.into_iter().all(of_the_school) {
        return Err(ClockRefusal::TwoPeople);
    }
    if !agree(now, told) {
        return Err(ClockRefusal::OtherTime { by_s: told.unix() - now.unix() });
    }
    Ok(ClockWitness::People { people: people.map(Clone::clone).into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Moment = Moment::from_unix(1_780_103_700);
    const DAY: i64 = 24 * 3600;

    fn entry(time: Moment, event: Event) -> Entry {
        Entry { seq: 0, time, event }
    }

    fn doubt(clock: Moment) -> Event {
        Event::ClockDoubted { clock, expected: AT, code: "clock.jumped".into() }
    }

    fn kept(entries: &[Entry]) -> Timekeeping {
        let mut kept = Timekeeping::default();
        entries.iter().for_each(|entry| kept.apply(entry));
        kept
    }

    #[test]
    fn a_clock_near_its_expectation_and_not_behind_the_register_is_believed() {
        let kept = kept(&[entry(AT, doubt(AT))]);
        assert_eq!(kept.ask(AT, AT), Ok(()));
        assert_eq!(
            kept.ask(AT.plus_seconds(-CLOCK_BACK_SECONDS), AT),
            Ok(()),
            "a step of time synchronisation"
        );
        assert_eq!(kept.ask(AT.plus_seconds(DAY), AT), Ok(()));
        let behind = AT.plus_seconds(-CLOCK_BACK_SECONDS - 1);
        assert_eq!(kept.ask(behind, behind), Err(ClockRefusal::Behind { by_s: CLOCK_BACK_SECONDS + 1 }));
        assert_eq!(kept.ask(AT.plus_seconds(DAY + 1), AT), Err(ClockRefusal::Jumped { by_s: DAY + 1 }));
    }

    #[test]
    fn after_a_wrong_future_was_confirmed_to_be_wrong_the_clock_is_measured_by_what_was_confirmed() {
        let future = AT.plus_seconds(400 * DAY);
        let confirmed = Event::ClockConfirmed { clock: AT, by: ClockWitness::Ntp };
        let entries = [entry(future, doubt(future)), entry(future, confirmed), entry(future, doubt(AT))];
        let kept = kept(&entries[..2]);
        assert!(!kept.is_doubted());
        // The register gives the time of the last entry to all that follow until the clock has reached it.
        assert_eq!((kept.ask(AT, AT), kept.mark()), (Ok(()), Some(AT)));
    }

    #[test]
    fn two_different_people_of_the_school_confirm_a_doubted_clock_with_the_time_of_their_own_watches() {
        let person = |id: &str| {
            let certificate = school::digest::Sha256::of(id.as_bytes());
            serde_json::json!({"id": id, "name": id, "title": "", "certificate": certificate})
        };
        let people = ["HT", "QT", "DAU"].map(person);
        let roster: Roster = serde_json::from_value(serde_json::json!({
            "format": "niemphong-roster/1", "year": "2025-2026",
            "school": {"code": "HOAPHUONG", "name": "x", "authority": "x", "place": "x", "sample": true},
            "people": people,
            "principal": "HT", "admin_board": "QT", "office": "QT", "stamp": "DAU", "homerooms": {}, "assignments": [],
        }))
        .expect("a roster");
        let [head, board, stamp, stranger] =
            ["HT", "QT", "DAU", "XX"].map(|id| id.parse::<PersonId>().expect("an id"));
        let doubted = kept(&[entry(AT, doubt(AT))]);
        let ask = |kept, people, told| ask_to_confirm(kept, &roster, people, (AT, told));
        let believed = Timekeeping::default();
        assert_eq!(ask(&believed, [&head, &board], AT), Err(ClockRefusal::NotDoubted));
        for wrong in [[&head, &head], [&head, &stamp], [&stranger, &board]] {
            assert_eq!(ask(&doubted, wrong, AT), Err(ClockRefusal::TwoPeople));
        }
        let late = AT.plus_seconds(CLOCK_AGREES_SECONDS + 1);
        let other = ClockRefusal::OtherTime { by_s: CLOCK_AGREES_SECONDS + 1 };
        assert_eq!(ask(&doubted, [&head, &board], late), Err(other));
        let people = vec![head.clone(), board.clone()];
        assert_eq!(ask(&doubted, [&head, &board], AT), Ok(ClockWitness::People { people }));
    }
}
