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
    /// One person said it twice, or somebody said it who is not in the roster in force, or who is the stamp.
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

/// What one person read from their own watch, beside a clock that showed the same.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FirstWord {
    by: PersonId,
    clock: Moment,
    expected: Moment,
}

impl FirstWord {
    /// Whether the clock has run evenly since then: one that was moved meanwhile, or a start of the program, which
    /// measures anew, leaves nothing of what was read.
    fn holds(&self, now: Moment, expected: Moment) -> bool {
        agree(now, expected.plus_seconds(self.clock.unix() - self.expected.unix()))
    }
}

/// What the register says about the clock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timekeeping {
    /// The latest time of an entry. The register never runs backwards, so it may be one of a wrong clock.
    latest: Option<Moment>,
    /// What the clock has reached for certain.
    mark: Option<Moment>,
    doubted: bool,
    first_word: Option<FirstWord>,
}

impl Timekeeping {
    /// Keeps the high-water mark. Entries that got the time of the one before them, because the clock was
    /// behind it, say nothing about the clock.
    pub(in crate::lifecycle) fn apply(&mut self, entry: &Entry) {
        if Some(entry.time) > self.latest {
            (self.latest, self.mark) = (Some(entry.time), Some(entry.time));
        }
        match &entry.event {
            Event::ClockDoubted { .. } => (self.doubted, self.first_word) = (true, None),
            Event::ClockRead { clock, expected, by } => {
                self.first_word = Some(FirstWord { by: by.clone(), clock: *clock, expected: *expected });
            }
            Event::ClockConfirmed { clock, .. } => {
                (self.mark, self.doubted, self.first_word) = (Some(*clock), false, None);
            }
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

    /// Who has read a clock that shows `now` already, where `expected` is as in [`Self::ask`].
    pub fn read_by(&self, now: Moment, expected: Moment) -> Option<&PersonId> {
        self.first_word.as_ref().filter(|word| word.holds(now, expected)).map(|word| &word.by)
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
    if people[0] == people[1] {
        return Err(if kept.is_doubted() { ClockRefusal::TwoPeople } else { ClockRefusal::NotDoubted });
    }
    people.into_iter().try_for_each(|person| check_word(kept, roster, person, (now, told)))?;
    Ok(ClockWitness::People { people: people.map(Clone::clone).into() })
}

/// One person, in their own session, read `told` from their own watch while the clock showed `now` and `expected` was
/// expected. The first word is to be recorded and brings no witness; with the word of a second person there is one.
///
/// Errors: see [`ClockRefusal`].
pub fn ask_to_read(
    kept: &Timekeeping,
    roster: &Roster,
    person: &PersonId,
    (now, expected, told): (Moment, Moment, Moment),
) -> Result<Option<ClockWitness>, ClockRefusal> {
    check_word(kept, roster, person, (now, told))?;
    match kept.read_by(now, expected) {
        Some(first) if first == person => Err(ClockRefusal::TwoPeople),
        Some(first) => Ok(Some(ClockWitness::People { people: vec![first.clone(), person.clone()] })),
        None => Ok(None),
    }
}

/// What one person of the school may say about a doubted clock.
fn check_word(
    kept: &Timekeeping,
    roster: &Roster,
    person: &PersonId,
    (now, told): (Moment, Moment),
) -> Result<(), ClockRefusal> {
    if !kept.is_doubted() {
        return Err(ClockRefusal::NotDoubted);
    }
    if roster.person(person).is_err() || *person == roster.stamp {
        return Err(ClockRefusal::TwoPeople);
    }
    if !agree(now, told) {
        return Err(ClockRefusal::OtherTime { by_s: told.unix() - now.unix() });
    }
    Ok(())
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

    fn school() -> Roster {
        let person = |id: &str| {
            let certificate = school::digest::Sha256::of(id.as_bytes());
            serde_json::json!({"id": id, "name": id, "title": "", "certificate": certificate})
        };
        let people = ["HT", "QT", "DAU"].map(person);
        serde_json::from_value(serde_json::json!({
            "format": "niemphong-roster/1", "year": "2025-2026",
            "school": {"code": "HOAPHUONG", "name": "x", "authority": "x", "place": "x", "sample": true},
            "people": people,
            "principal": "HT", "admin_board": "QT", "office": "QT", "stamp": "DAU", "homerooms": {}, "assignments": [],
        }))
        .expect("a roster")
    }

    fn person(id: &str) -> PersonId {
        id.parse().expect("an id")
    }

    #[test]
    fn two_different_people_of_the_school_confirm_a_doubted_clock_with_the_time_of_their_own_watches() {
        use ClockRefusal::{NotDoubted, OtherTime, TwoPeople};

        let roster = school();
        let [head, board, stamp, stranger] = ["HT", "QT", "DAU", "XX"].map(person);
        let confirmed = || entry(AT, Event::ClockConfirmed { clock: AT, by: ClockWitness::Ntp });
        let read = entry(AT, Event::ClockRead { clock: AT, expected: AT, by: head.clone() });
        let doubts = [
            ("never doubted", kept(&[]), false),
            ("doubted", kept(&[entry(AT, doubt(AT))]), true),
            // What one person said at a page is not needed, and not in the way.
            ("doubted, one word given", kept(&[entry(AT, doubt(AT)), read]), true),
            ("confirmed", kept(&[entry(AT, doubt(AT)), confirmed()]), false),
            ("doubted again", kept(&[entry(AT, doubt(AT)), confirmed(), entry(AT, doubt(AT))]), true),
        ];
        let both =
            |people: [&PersonId; 2]| Ok(ClockWitness::People { people: people.map(Clone::clone).into() });
        let far = CLOCK_AGREES_SECONDS + 1;
        for (who, people, told_after_s, outcome) in [
            ("two of the school", [&head, &board], 0, both([&head, &board])),
            ("in the other order", [&board, &head], 0, both([&board, &head])),
            ("as late as may be", [&head, &board], far - 1, both([&head, &board])),
            ("as early as may be", [&head, &board], 1 - far, both([&head, &board])),
            ("too late", [&head, &board], far, Err(OtherTime { by_s: far })),
            ("too early", [&head, &board], -far, Err(OtherTime { by_s: -far })),
            ("one person twice", [&head, &head], 0, Err(TwoPeople)),
            ("the stamp is no person", [&head, &stamp], 0, Err(TwoPeople)),
            ("the stamp first", [&stamp, &head], 0, Err(TwoPeople)),
            ("a stranger", [&stranger, &board], 0, Err(TwoPeople)),
            ("a stranger second", [&board, &stranger], 0, Err(TwoPeople)),
            ("one person twice at another time", [&head, &head], far, Err(TwoPeople)),
        ] {
            for (stage, kept, is_doubted) in &doubts {
                let asked = ask_to_confirm(kept, &roster, people, (AT, AT.plus_seconds(told_after_s)));
                let expected = if *is_doubted { outcome.clone() } else { Err(NotDoubted) };
                assert_eq!(asked, expected, "{stage}: {who}");
            }
        }
    }

    #[test]
    fn the_second_word_confirms_a_clock_that_has_run_evenly_since_the_first_and_any_other_is_a_first_one() {
        use ClockRefusal::{NotDoubted, OtherTime, TwoPeople};

        // The clock shows AT; a day less was expected. The first word was given an hour ago.
        let (roster, expected) = (school(), AT.plus_seconds(-DAY));
        let read = |by: &str, late_s: i64| {
            let (clock, expected) = (AT.plus_seconds(-3600), expected.plus_seconds(-3600 - late_s));
            entry(clock, Event::ClockRead { clock, expected, by: person(by) })
        };
        let confirmed = Event::ClockConfirmed { clock: AT, by: ClockWitness::Ntp };
        let (never, doubted) = (kept(&[]), kept(&[entry(AT, doubt(AT))]));
        let one_read = kept(&[entry(AT, doubt(AT)), read("HT", 0)]);
        let moved_since = kept(&[entry(AT, doubt(AT)), read("HT", CLOCK_AGREES_SECONDS + 1)]);
        let replaced = kept(&[entry(AT, doubt(AT)), read("HT", 0), read("QT", 0)]);
        let over = kept(&[entry(AT, doubt(AT)), read("HT", 0), entry(AT, confirmed.clone())]);
        let doubted_again =
            kept(&[entry(AT, doubt(AT)), read("HT", 0), entry(AT, confirmed), entry(AT, doubt(AT))]);
        let far = CLOCK_AGREES_SECONDS + 1;
        let both = |people: [&str; 2]| Ok(Some(ClockWitness::People { people: people.map(person).into() }));
        for (case, kept, by, told_after_s, outcome) in [
            ("nobody doubts it", &never, "HT", 0, Err(NotDoubted)),
            ("a first word", &doubted, "HT", 0, Ok(None)),
            ("the stamp is no person", &doubted, "DAU", 0, Err(TwoPeople)),
            ("a stranger", &doubted, "XX", 0, Err(TwoPeople)),
            ("another time", &doubted, "HT", far, Err(OtherTime { by_s: far })),
            ("a second word", &one_read, "QT", 0, both(["HT", "QT"])),
            ("the same person twice", &one_read, "HT", 0, Err(TwoPeople)),
            ("the stamp as the second", &one_read, "DAU", 0, Err(TwoPeople)),
            ("a second word of another time", &one_read, "QT", -far, Err(OtherTime { by_s: -far })),
            ("the clock was moved since the first", &moved_since, "QT", 0, Ok(None)),
            ("so that the same person may say it anew", &moved_since, "HT", 0, Ok(None)),
            ("the latest first word counts", &replaced, "HT", 0, both(["QT", "HT"])),
            ("it is confirmed already", &over, "QT", 0, Err(NotDoubted)),
            ("a word of an earlier doubt", &doubted_again, "QT", 0, Ok(None)),
        ] {
            let asked =
                ask_to_read(kept, &roster, &person(by), (AT, expected, AT.plus_seconds(told_after_s)));
            assert_eq!(asked, outcome, "{case}");
        }
    }
}
