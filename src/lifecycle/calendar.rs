//! The school calendar: by when what is due in a school year (DOMAIN, 1.6; defaults of the schools that were
//! read). Dates remind and refuse nothing: a department may move them.

use std::collections::BTreeSet;

use school::dossier::Period;
use school::identifier::{ClassName, SchoolYear};
use school::moment::Date;
use serde::{Deserialize, Serialize};

use super::export::Exports;

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Assignments, accounts, lists of classes.
    People,
    /// Figures of the beginning of the year.
    FiguresOfBeginning,
    /// Regular marks, for the first to the fourth time.
    RegularMarks(u8),
    /// Mid-term marks.
    MidTerm(Period),
    /// Marks of the end of a term.
    EndOfTerm(Period),
    /// Study and conduct are assessed.
    Assessment(Period),
    /// The lock, a week after the end of the term.
    Lock(Period),
    /// Class books and transcripts are made, signed and stamped.
    Signing,
    /// Figures of the end of the year.
    FiguresOfEnd,
}

/// Something that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The first day, where it has one.
    pub from: Option<Date>,
    /// The last day.
    pub until: Date,
    /// What.
    pub due: Due,
}

const HK1: Period = Period::FirstTerm;
const YEAR: Period = Period::FullYear;

/// Month and day.
type InYear = (u8, u8);

/// First day, last day, what; in the order of the last days.
#[rustfmt::skip]
const CALENDAR: [(Option<InYear>, InYear, Due); 17] = [
    (None,           (9, 20),  Due::People),
    (Some((9, 30)),  (10, 7),  Due::FiguresOfBeginning),
    (Some((11, 3)),  (11, 8),  Due::RegularMarks(1)),
    (Some((11, 17)), (11, 22), Due::MidTerm(HK1)),
    (Some((12, 22)), (12, 27), Due::RegularMarks(2)),
    (Some((12, 29)), (1, 4),   Due::EndOfTerm(HK1)),
    (Some((1, 5)),   (1, 10),  Due::Assessment(HK1)),
    (Some((1, 11)),  (1, 17),  Due::Lock(HK1)),
    (Some((3, 16)),  (3, 21),  Due::RegularMarks(3)),
    (Some((3, 23)),  (3, 28),  Due::MidTerm(YEAR)),
    (Some((4, 13)),  (4, 18),  Due::RegularMarks(4)),
    (Some((5, 11)),  (5, 18),  Due::EndOfTerm(YEAR)),
    (Some((5, 18)),  (5, 23),  Due::Assessment(YEAR)),
    (Some((5, 24)),  (5, 30),  Due::Lock(YEAR)),
    (Some((5, 30)),  (6, 7),   Due::Signing),
    (Some((5, 31)),  (6, 7),   Due::FiguresOfEnd),
    (Some((8, 1)),   (8, 31),  Due::Lock(Period::AfterSummer)),
];

/// A day of the school year, which begins in September.
fn day(year: SchoolYear, (month, day): InYear) -> Option<Date> {
    let of = if month >= 9 { year.begins() } else { year.begins() + 1 };
    format!("{of:04}-{month:02}-{day:02}").parse().ok()
}

impl Due {
    /// The stable code.
    pub fn code(self) -> String {
        match self {
            Self::People => "people".into(),
            Self::FiguresOfBeginning => "figures-of-beginning".into(),
            Self::RegularMarks(time) => format!("regular-marks-{time}"),
            Self::MidTerm(period) => format!("mid-term-{period}"),
            Self::EndOfTerm(period) => format!("end-of-term-{period}"),
            Self::Assessment(period) => format!("assessment-{period}"),
            Self::Lock(period) => format!("lock-{period}"),
            Self::Signing => "signing".into(),
            Self::FiguresOfEnd => "figures-of-end".into(),
        }
    }
}

/// A day of the calendar as a school moved it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovedDay {
    /// The code of what is due.
    pub due: String,
    /// The first day, where it has one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub from: Option<Date>,
    /// The last day.
    pub until: Date,
}

/// Everything that is due in a school year, in the order of the last days: the usual days, or those to which the
/// school `moved` them.
pub fn deadlines(year: SchoolYear, moved: &[MovedDay]) -> Vec<Deadline> {
    let dated = |(from, until, due): &(Option<InYear>, InYear, Due)| {
        let own = moved.iter().find(|one| one.due == due.code());
        match own {
            Some(own) => Some(Deadline { from: own.from, until: own.until, due: *due }),
            None => {
                let from = from.and_then(|from| day(year, from));
                day(year, *until).map(|until| Deadline { from, until, due: *due })
            }
        }
    };
    let mut all: Vec<Deadline> = CALENDAR.iter().filter_map(dated).collect();
    all.sort_by_key(|one| one.until);
    all
}

/// What a school looks at today: what is under way or comes next, at most so many.
pub fn next(deadlines: &[Deadline], today: Date, many: usize) -> Vec<Deadline> {
    deadlines.iter().filter(|one| one.until >= today).take(many).copied().collect()
}

/// By when documents of these periods are to be signed: the first of their days.
pub fn sign_by(deadlines: &[Deadline], periods: &BTreeSet<Period>) -> Option<Date> {
    let day = |due: Due| deadlines.iter().find(|one| one.due == due).map(|one| one.until);
    let of = |period: &Period| match period {
        // What comes after the summer is locked and signed by the end of August.
        Period::AfterSummer => day(Due::Lock(Period::AfterSummer)),
        Period::FirstTerm | Period::FullYear | Period::Snapshot(_) => day(Due::Signing),
    };
    periods.iter().filter_map(of).min()
}

/// Classes whose data of a period are not locked, nor those of a later one, which hold them too.
pub fn unlocked<'c>(
    exports: &Exports,
    year: SchoolYear,
    period: Period,
    classes: impl IntoIterator<Item = &'c ClassName>,
) -> Vec<&'c ClassName> {
    let locked = |class: &ClassName| {
        let of_class = exports.accepted().filter(|(_, one)| one.year == year && one.class == *class);
        let covers = |of: Period| !matches!(of, Period::Snapshot(_)) && of >= period;
        of_class.into_iter().any(|(_, one)| covers(one.period) && one.locked_by.is_some())
    };
    classes.into_iter().filter(|class| !locked(class)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn year() -> SchoolYear {
        "2025-2026".parse().expect("a year")
    }

    #[test]
    fn the_year_begins_in_september_and_its_days_follow_each_other() {
        let all = deadlines(year(), &[]);
        assert_eq!(all.len(), CALENDAR.len(), "every day exists");
        assert!(all.is_sorted_by_key(|one| one.until));
        assert!(all.iter().all(|one| one.from.is_none_or(|from| from <= one.until)), "{all:?}");
        assert_eq!(all[0].until, date("2025-09-20"));
        let term = all.iter().find(|one| one.due == Due::EndOfTerm(Period::FirstTerm)).expect("listed");
        assert_eq!((term.from, term.until), (Some(date("2025-12-29")), date("2026-01-04")));
    }

    #[test]
    fn a_day_that_the_school_moved_stands_where_it_is_now_and_the_others_stay() {
        let due = Due::Lock(Period::FirstTerm);
        let moved = MovedDay { due: due.code(), from: None, until: date("2026-02-01") };
        let all = deadlines(year(), &[moved]);
        assert_eq!(all.len(), CALENDAR.len());
        assert!(all.is_sorted_by_key(|one| one.until));
        let lock = all.iter().find(|one| one.due == due).expect("listed");
        assert_eq!((lock.from, lock.until), (None, date("2026-02-01")));
        assert_eq!(next(&all, date("2026-01-20"), 1), [*lock]);
    }

    #[test]
    fn what_is_under_way_today_comes_first_and_nothing_is_due_after_the_year() {
        let due = |today: &str| {
            next(&deadlines(year(), &[]), date(today), 2).iter().map(|one| one.due).collect::<Vec<_>>()
        };
        let locked = |period| Due::Lock(period);
        assert_eq!(due("2026-01-10"), [Due::Assessment(Period::FirstTerm), locked(Period::FirstTerm)]);
        assert_eq!(due("2026-01-11"), [locked(Period::FirstTerm), Due::RegularMarks(3)]);
        assert_eq!(due("2026-09-01"), []);
    }

    #[test]
    fn documents_are_to_be_signed_by_the_day_of_their_period_where_the_school_moved_it() {
        let year: SchoolYear = "2025-2026".parse().expect("a year");
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let by = |moved: &[MovedDay], periods: &[Period]| {
            sign_by(&deadlines(year, moved), &periods.iter().copied().collect())
        };
        assert_eq!(by(&[], &[YEAR]), Some(day("2026-06-07")));
        assert_eq!(by(&[], &[HK1, Period::AfterSummer]), Some(day("2026-06-07")), "the first of them");
        assert_eq!(by(&[], &[Period::AfterSummer]), Some(day("2026-08-31")));
        assert_eq!(by(&[], &[]), None, "nothing has no day");
        let moved = MovedDay { due: Due::Signing.code(), from: None, until: day("2026-06-20") };
        assert_eq!(by(&[moved], &[YEAR]), Some(day("2026-06-20")));
    }
}
