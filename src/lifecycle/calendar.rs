//! The school calendar: by when what is due in a school year (DOMAIN, 1.6; defaults of the schools that were
//! read). Dates remind and refuse nothing: a department may move them.

use school::dossier::Period;
use school::identifier::{ClassName, SchoolYear};
use school::moment::Date;

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

/// Everything that is due in a school year, in the order of the last days.
pub fn deadlines(year: SchoolYear) -> Vec<Deadline> {
    let dated = |(from, until, due): &(Option<InYear>, InYear, Due)| {
        let from = from.and_then(|from| day(year, from));
        day(year, *until).map(|until| Deadline { from, until, due: *due })
    };
    CALENDAR.iter().filter_map(dated).collect()
}

/// What a school looks at today: what is under way or comes next, at most so many.
pub fn next(year: SchoolYear, today: Date, many: usize) -> Vec<Deadline> {
    deadlines(year).into_iter().filter(|one| one.until >= today).take(many).collect()
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
        let all = deadlines(year());
        assert_eq!(all.len(), CALENDAR.len(), "every day exists");
        assert!(all.is_sorted_by_key(|one| one.until));
        assert!(all.iter().all(|one| one.from.is_none_or(|from| from <= one.until)), "{all:?}");
        assert_eq!(all[0].until, date("2025-09-20"));
        let term = all.iter().find(|one| one.due == Due::EndOfTerm(Period::FirstTerm)).expect("listed");
        assert_eq!((term.from, term.until), (Some(date("2025-12-29")), date("2026-01-04")));
    }

    #[test]
    fn what_is_under_way_today_comes_first_and_nothing_is_due_after_the_year() {
        let due = |today: &str| next(year(), date(today), 2).iter().map(|one| one.due).collect::<Vec<_>>();
        let locked = |period| Due::Lock(period);
        assert_eq!(due("2026-01-10"), [Due::Assessment(Period::FirstTerm), locked(Period::FirstTerm)]);
        assert_eq!(due("2026-01-11"), [locked(Period::FirstTerm), Due::RegularMarks(3)]);
        assert_eq!(due("2026-09-01"), []);
    }
}
