//! The school calendar: by when what is due in a school year (DOMAIN, 1.6; defaults of the schools that were
//! read). Dates remind and refuse nothing: a department may move them. Where two regulations say different things
//! of the same marks, the school says which of them it keeps to ([`Rhythm`]).

use std::collections::BTreeMap;

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
    /// The page of particulars of each new transcript is printed.
    TranscriptPages,
    /// Teachers' books are printed.
    TeachersBooks,
    /// Homeroom teachers have the particulars of their pupils complete.
    Particulars,
    /// Figures of the beginning of the year.
    FiguresOfBeginning,
    /// Attendance of this month is entered, and how far the marks are is looked at.
    MonthEnd(u8),
    /// Regular marks, for the first to the fourth time.
    RegularMarks(u8),
    /// Regular marks of this month, by the end of this week of it.
    RegularMarksOf(u8, Week),
    /// Mid-term marks.
    MidTerm(Period),
    /// Marks of the end of a term.
    EndOfTerm(Period),
    /// Study and conduct are assessed.
    Assessment(Period),
    /// Results are summed up and reported.
    Summary(Period),
    /// The lock, a week after the end of the term.
    Lock(Period),
    /// Class books and transcripts are made, signed and stamped.
    Signing,
    /// Figures of the end of the year.
    FiguresOfEnd,
}

/// A week of a month by whose end regular marks are entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Week {
    /// The second: its Saturday is the 8th to the 14th.
    Second,
    /// The fourth: its Saturday is the 22nd to the 28th.
    Fourth,
}

/// When regular marks are entered. One regulation names four weeks of the year (S1), another the second and fourth
/// week of every month (S0): nobody can keep to both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rhythm {
    /// Four times in the year.
    #[default]
    FourTimes,
    /// Twice in every month.
    TwiceAMonth,
}

impl Rhythm {
    /// Both, for choice.
    pub const ALL: [Self; 2] = [Self::FourTimes, Self::TwiceAMonth];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::FourTimes => "four-times",
            Self::TwiceAMonth => "twice-a-month",
        }
    }

    /// Whether a school that never chose keeps to it.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }

    /// Whether marks are due by it: everything that is no regular mark is due by either.
    fn knows(self, due: Due) -> bool {
        match due {
            Due::RegularMarks(_) => self == Self::FourTimes,
            Due::RegularMarksOf(..) => self == Self::TwiceAMonth,
            _ => true,
        }
    }
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
const FIXED: [(Option<InYear>, InYear, Due); 22] = [
    (None,           (9, 20),  Due::People),
    (Some((9, 1)),   (9, 30),  Due::TranscriptPages),
    (Some((9, 1)),   (9, 30),  Due::TeachersBooks),
    (Some((9, 15)),  (9, 30),  Due::Particulars),
    (Some((9, 30)),  (10, 7),  Due::FiguresOfBeginning),
    (Some((11, 3)),  (11, 8),  Due::RegularMarks(1)),
    (Some((11, 17)), (11, 22), Due::MidTerm(HK1)),
    (Some((12, 22)), (12, 27), Due::RegularMarks(2)),
    (Some((12, 29)), (1, 4),   Due::EndOfTerm(HK1)),
    (Some((1, 5)),   (1, 10),  Due::Assessment(HK1)),
    // No regulation says how long results are summed up: until the data are locked.
    (Some((1, 11)),  (1, 17),  Due::Summary(HK1)),
    (Some((1, 11)),  (1, 17),  Due::Lock(HK1)),
    (Some((3, 16)),  (3, 21),  Due::RegularMarks(3)),
    (Some((3, 23)),  (3, 28),  Due::MidTerm(YEAR)),
    (Some((4, 13)),  (4, 18),  Due::RegularMarks(4)),
    (Some((5, 11)),  (5, 18),  Due::EndOfTerm(YEAR)),
    (Some((5, 18)),  (5, 23),  Due::Assessment(YEAR)),
    (Some((5, 24)),  (5, 30),  Due::Summary(YEAR)),
    (Some((5, 24)),  (5, 30),  Due::Lock(YEAR)),
    (Some((5, 30)),  (6, 7),   Due::Signing),
    (Some((5, 31)),  (6, 7),   Due::FiguresOfEnd),
    (Some((8, 1)),   (8, 31),  Due::Lock(Period::AfterSummer)),
];

/// The months in which classes are taught.
const MONTHS: [u8; 9] = [9, 10, 11, 12, 1, 2, 3, 4, 5];

/// A day of the school year, which begins in September.
fn day(year: SchoolYear, (month, day): InYear) -> Option<Date> {
    let of = if month >= 9 { year.begins() } else { year.begins() + 1 };
    format!("{of:04}-{month:02}-{day:02}").parse().ok()
}

/// What is due by the last day of a month, and by the Saturdays of two of its weeks.
fn of_month(year: SchoolYear, month: u8) -> impl Iterator<Item = Deadline> {
    let by = |until: Option<Date>, due| until.map(|until| Deadline { from: None, until, due });
    let last = (28..=31).rev().find_map(|last| day(year, (month, last)));
    let saturday = |mut days: std::ops::RangeInclusive<u8>| {
        days.find_map(|number| day(year, (month, number)).filter(|day| day.is_saturday()))
    };
    let due = [
        by(last, Due::MonthEnd(month)),
        by(saturday(8..=14), Due::RegularMarksOf(month, Week::Second)),
        by(saturday(22..=28), Due::RegularMarksOf(month, Week::Fourth)),
    ];
    due.into_iter().flatten()
}

impl Due {
    /// The stable code.
    pub fn code(self) -> String {
        match self {
            Self::People => "people".into(),
            Self::TranscriptPages => "transcript-pages".into(),
            Self::TeachersBooks => "teachers-books".into(),
            Self::Particulars => "particulars".into(),
            Self::FiguresOfBeginning => "figures-of-beginning".into(),
            Self::MonthEnd(month) => format!("month-end-{month}"),
            Self::RegularMarks(time) => format!("regular-marks-{time}"),
            Self::RegularMarksOf(month, Week::Second) => format!("regular-marks-of-{month}-week-2"),
            Self::RegularMarksOf(month, Week::Fourth) => format!("regular-marks-of-{month}-week-4"),
            Self::MidTerm(period) => format!("mid-term-{period}"),
            Self::EndOfTerm(period) => format!("end-of-term-{period}"),
            Self::Assessment(period) => format!("assessment-{period}"),
            Self::Summary(period) => format!("summary-{period}"),
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

/// Everything that is due in a school year by a rhythm, in the order of the last days: the usual days, or those to
/// which the school `moved` them.
pub fn deadlines(year: SchoolYear, rhythm: Rhythm, moved: &[MovedDay]) -> Vec<Deadline> {
    let fixed = FIXED.iter().filter_map(|(from, until, due)| {
        let from = from.and_then(|from| day(year, from));
        day(year, *until).map(|until| Deadline { from, until, due: *due })
    });
    let usual = fixed.chain(MONTHS.into_iter().flat_map(|month| of_month(year, month)));
    let as_moved = |one: Deadline| {
        let own = moved.iter().find(|own| own.due == one.due.code());
        own.map_or(one, |own| Deadline { from: own.from, until: own.until, due: one.due })
    };
    let mut all: Vec<Deadline> = usual.filter(|one| rhythm.knows(one.due)).map(as_moved).collect();
    all.sort_by_key(|one| one.until);
    all
}

/// What a school looks at today: what is under way or comes next, at most so many.
pub fn next(deadlines: &[Deadline], today: Date, many: usize) -> Vec<Deadline> {
    deadlines.iter().filter(|one| one.until >= today).take(many).copied().collect()
}

/// By when documents of these periods are to be signed, each with the day on which the first of them was made: the first
/// of their days. A day that was past when they were made is not theirs.
pub fn sign_by(deadlines: &[Deadline], periods: &BTreeMap<Period, Date>) -> Option<Date> {
    let day = |due: Due| deadlines.iter().find(|one| one.due == due).map(|one| one.until);
    let of = |(period, made): (&Period, &Date)| {
        let until = match period {
            // What comes after the summer is locked and signed by the end of August.
            Period::AfterSummer => day(Due::Lock(Period::AfterSummer)),
            Period::FullYear => day(Due::Signing),
            // The calendar has a day for locking a first term, and none for signing what is made of it.
            Period::FirstTerm | Period::Snapshot(_) => None,
        };
        until.filter(|until| made <= until)
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
    use std::collections::BTreeSet;

    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn year() -> SchoolYear {
        "2025-2026".parse().expect("a year")
    }

    /// Each row of DOMAIN 1.6: when, what, who says so, and what of the calendar stands for it, with its days in the
    /// year 2025-2026.
    type Row = (&'static str, &'static str, &'static str, Vec<(Due, Option<&'static str>, &'static str)>);

    #[rustfmt::skip]
    fn rows() -> Vec<Row> {
        let months = ["2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28",
            "2026-03-31", "2026-04-30", "2026-05-31"];
        let month_ends = MONTHS.into_iter().zip(months).map(|(month, until)| (Due::MonthEnd(month), None, until));
        let saturdays = [("2025-09-13", "2025-09-27"), ("2025-10-11", "2025-10-25"), ("2025-11-08", "2025-11-22"),
            ("2025-12-13", "2025-12-27"), ("2026-01-10", "2026-01-24"), ("2026-02-14", "2026-02-28"),
            ("2026-03-14", "2026-03-28"), ("2026-04-11", "2026-04-25"), ("2026-05-09", "2026-05-23")];
        let twice_a_month = MONTHS.into_iter().zip(saturdays).flat_map(|(month, (second, fourth))| [
            (Due::RegularMarksOf(month, Week::Second), None, second),
            (Due::RegularMarksOf(month, Week::Fourth), None, fourth),
        ]);
        let tests = || vec![
            (Due::MidTerm(HK1), Some("2025-11-17"), "2025-11-22"),
            (Due::MidTerm(YEAR), Some("2026-03-23"), "2026-03-28"),
        ];
        let ends = || vec![
            (Due::EndOfTerm(HK1), Some("2025-12-29"), "2026-01-04"),
            (Due::EndOfTerm(YEAR), Some("2026-05-11"), "2026-05-18"),
        ];
        vec![
            ("tháng 9; trước 20/9; 15/9", "phân công, tài khoản, danh sách lớp", "S0; S2 Đ.7.1; S1",
                vec![(Due::People, None, "2025-09-20")]),
            ("tháng 9", "in trang Lý lịch học bạ khối 6; in sổ điểm giáo viên", "S0", vec![
                (Due::TranscriptPages, Some("2025-09-01"), "2025-09-30"),
                (Due::TeachersBooks, Some("2025-09-01"), "2025-09-30"),
            ]),
            ("15/9–30/9", "GVCN sơ yếu lý lịch", "S1",
                vec![(Due::Particulars, Some("2025-09-15"), "2025-09-30")]),
            ("ngày cuối tháng / hằng tháng", "chuyên cần; kiểm tra tiến độ cuối tháng", "S0; S2 Đ.7.3; S3",
                month_ends.collect()),
            ("cuối tuần 2, tuần 4", "ĐĐGtx", "S0 STT 7", twice_a_month.collect()),
            // The day of a test is the school's: what stands on the usual week is moved to a week after it.
            ("1 tuần sau kiểm tra", "gk/ck", "S0 STT 7", [tests(), ends()].concat()),
            ("03–08/11, 22–27/12, 16–21/3, 13–18/4", "ĐĐGtx lần 1–4", "S1", vec![
                (Due::RegularMarks(1), Some("2025-11-03"), "2025-11-08"),
                (Due::RegularMarks(2), Some("2025-12-22"), "2025-12-27"),
                (Due::RegularMarks(3), Some("2026-03-16"), "2026-03-21"),
                (Due::RegularMarks(4), Some("2026-04-13"), "2026-04-18"),
            ]),
            ("17–22/11; 23–28/3", "giữa kỳ HKI; HKII", "S1", tests()),
            ("29/12–04/01; 11–18/5", "cuối kỳ HKI; HKII", "S1", ends()),
            ("05–10/01; 18–23/5", "BGH, GVCN đánh giá xếp loại", "S1", vec![
                (Due::Assessment(HK1), Some("2026-01-05"), "2026-01-10"),
                (Due::Assessment(YEAR), Some("2026-05-18"), "2026-05-23"),
            ]),
            ("từ 11/01; từ 24/5", "tổng hợp", "S1", vec![
                (Due::Summary(HK1), Some("2026-01-11"), "2026-01-17"),
                (Due::Summary(YEAR), Some("2026-05-24"), "2026-05-30"),
            ]),
            ("+7 ngày sau kết thúc HK", "khóa", "S0 STT 10", vec![
                (Due::Lock(HK1), Some("2026-01-11"), "2026-01-17"),
                (Due::Lock(YEAR), Some("2026-05-24"), "2026-05-30"),
            ]),
            ("30/9, 07/10, 31/5, 07/6", "chốt/gửi số liệu đầu năm, cuối năm", "S0 STT 5", vec![
                (Due::FiguresOfBeginning, Some("2025-09-30"), "2025-10-07"),
                (Due::FiguresOfEnd, Some("2026-05-31"), "2026-06-07"),
            ]),
            ("từ 30/5", "tạo lập, ký số, đóng dấu, ban hành sổ điểm, học bạ", "S1",
                vec![(Due::Signing, Some("2026-05-30"), "2026-06-07")]),
        ]
    }

    #[test]
    fn each_row_of_the_regulations_stands_in_the_calendar_and_nothing_else_but_the_lock_after_the_summer() {
        let usual = Rhythm::ALL.map(|rhythm| deadlines(year(), rhythm, &[]));
        let mut listed = vec![Due::Lock(Period::AfterSummer)];
        for (when, what, says, stands) in rows() {
            for (due, from, until) in stands {
                let by = Rhythm::ALL.into_iter().zip(&usual).find(|(rhythm, _)| rhythm.knows(due));
                let found = by.and_then(|(_, all)| all.iter().find(|one| one.due == due));
                let expected = Deadline { from: from.map(date), until: date(until), due };
                assert_eq!(found, Some(&expected), "{when}: {what} ({says})");
                listed.push(due);
            }
        }
        let more = usual.iter().flatten().find(|one| !listed.contains(&one.due));
        assert_eq!(more, None, "in no regulation that was read");
    }

    #[test]
    fn what_is_due_has_a_code_of_its_own_and_each_day_of_the_year_follows_the_one_before() {
        for rhythm in Rhythm::ALL {
            let all = deadlines(year(), rhythm, &[]);
            assert!(all.is_sorted_by_key(|one| one.until));
            assert!(all.iter().all(|one| one.from.is_none_or(|from| from <= one.until)), "{all:?}");
            let codes: BTreeSet<String> = all.iter().map(|one| one.due.code()).collect();
            assert_eq!(codes.len(), all.len());
            assert_eq!(all[0].until, date(if rhythm.is_usual() { "2025-09-20" } else { "2025-09-13" }));
        }
    }

    #[test]
    fn regular_marks_are_due_by_the_rhythm_of_the_school_alone() {
        let regular = |rhythm| {
            let all = deadlines(year(), rhythm, &[]);
            let of = all.into_iter().map(|one| one.due.code()).filter(|code| code.starts_with("regular"));
            of.collect::<Vec<_>>()
        };
        assert_eq!(
            regular(Rhythm::FourTimes),
            ["1", "2", "3", "4"].map(|time| format!("regular-marks-{time}"))
        );
        let twice = regular(Rhythm::TwiceAMonth);
        assert_eq!(twice.len(), 2 * MONTHS.len());
        assert_eq!(twice[..2], ["regular-marks-of-9-week-2", "regular-marks-of-9-week-4"]);
    }

    #[test]
    fn a_leap_year_has_its_day() {
        let all = deadlines("2027-2028".parse().expect("a year"), Rhythm::FourTimes, &[]);
        let february = all.iter().find(|one| one.due == Due::MonthEnd(2)).expect("listed");
        assert_eq!(february.until, date("2028-02-29"));
    }

    #[test]
    fn a_day_that_the_school_moved_stands_where_it_is_now_and_the_others_stay() {
        let due = Due::Lock(Period::FirstTerm);
        let moved = MovedDay { due: due.code(), from: None, until: date("2026-02-01") };
        let all = deadlines(year(), Rhythm::FourTimes, &[moved]);
        assert_eq!(all.len(), deadlines(year(), Rhythm::FourTimes, &[]).len());
        assert!(all.is_sorted_by_key(|one| one.until));
        let lock = all.iter().find(|one| one.due == due).expect("listed");
        assert_eq!((lock.from, lock.until), (None, date("2026-02-01")));
        assert_eq!(next(&all, date("2026-02-01"), 1), [*lock]);
    }

    #[test]
    fn what_is_under_way_today_comes_first_and_nothing_is_due_after_the_year() {
        let due = |today: &str| {
            next(&deadlines(year(), Rhythm::FourTimes, &[]), date(today), 2)
                .iter()
                .map(|one| one.due)
                .collect::<Vec<_>>()
        };
        assert_eq!(due("2026-01-10"), [Due::Assessment(HK1), Due::Summary(HK1)]);
        assert_eq!(due("2026-01-11"), [Due::Summary(HK1), Due::Lock(HK1)]);
        assert_eq!(due("2026-01-18"), [Due::MonthEnd(1), Due::MonthEnd(2)]);
        assert_eq!(due("2026-09-01"), []);
    }

    #[test]
    fn documents_are_to_be_signed_by_the_day_of_their_period_where_the_school_moved_it() {
        let year: SchoolYear = "2025-2026".parse().expect("a year");
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let made_on = |made: &str, moved: &[MovedDay], periods: &[Period]| {
            let periods = periods.iter().map(|period| (*period, day(made))).collect();
            sign_by(&deadlines(year, Rhythm::FourTimes, moved), &periods)
        };
        let by = |moved: &[MovedDay], periods: &[Period]| made_on("2026-05-31", moved, periods);
        assert_eq!(by(&[], &[YEAR]), Some(day("2026-06-07")));
        assert_eq!(by(&[], &[YEAR, Period::AfterSummer]), Some(day("2026-06-07")), "the first of them");
        assert_eq!(by(&[], &[HK1, Period::Snapshot(1)]), None, "the day of the year is not theirs");
        assert_eq!(made_on("2026-06-07", &[], &[YEAR]), Some(day("2026-06-07")));
        assert_eq!(made_on("2026-06-08", &[], &[YEAR]), None, "it was past when they were made");
        assert_eq!(by(&[], &[Period::AfterSummer]), Some(day("2026-08-31")));
        assert_eq!(by(&[], &[]), None, "nothing has no day");
        let moved = MovedDay { due: Due::Signing.code(), from: None, until: day("2026-06-20") };
        assert_eq!(by(&[moved], &[YEAR]), Some(day("2026-06-20")));
    }
}
