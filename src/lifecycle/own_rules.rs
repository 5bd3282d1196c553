//! What the school decided for itself in the place of what its configuration says: the media of its regulation,
//! its timestamp authority, the days of its calendar. The latest decision counts; their words lie in records beside the register.

use std::collections::{BTreeMap, BTreeSet};

use school::digest::Sha256;
use school::identifier::{PersonId, SchoolYear};
use school::medium::MediumKind;
use school::moment::{Date, Moment};
use school::regulation::Regulation;

use super::calendar::{Deadline, MovedDay, Rhythm, deadlines};
use super::event::{Entry, Event};

/// Copies are not read again sooner: reading wears them too.
const CHECK_DAYS_LEAST: u16 = 30;
/// Copies are not left unread longer.
const CHECK_DAYS_MOST: u16 = 1100;

/// How the archive is kept by the school's regulation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveRules {
    /// When it was decided.
    pub at: Moment,
    /// Who recorded it.
    pub by: PersonId,
    /// The media that a deposit must lie on.
    pub regulation: Regulation,
    /// After how many days a copy is to be read again.
    pub check_days: u16,
    /// Digest of the words that name the regulation.
    pub record: Sha256,
}

/// Who stamps the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorityChosen {
    /// When it was decided.
    pub at: Moment,
    /// Who recorded it.
    pub by: PersonId,
    /// Whether there is one: a school may do without.
    pub chosen: bool,
    /// Digest of its address, or of the words that say why there is none.
    pub record: Sha256,
}

/// What was decided last of each.
#[derive(Debug, Default)]
pub struct OwnRules {
    /// The archive.
    pub archive: Option<ArchiveRules>,
    /// The timestamp authority.
    pub authority: Option<AuthorityChosen>,
    /// The rhythm of regular marks and the days of the calendar that were moved, by school year.
    calendars: BTreeMap<SchoolYear, (Rhythm, Vec<MovedDay>)>,
}

impl OwnRules {
    /// The media that a deposit must lie on: what was decided, else what the configuration says.
    pub fn regulation<'r>(&'r self, configured: &'r Regulation) -> &'r Regulation {
        self.archive.as_ref().map_or(configured, |own| &own.regulation)
    }

    /// After how many days a copy is to be read again: what was decided, else what the configuration says.
    pub fn check_days(&self, configured: u16) -> u16 {
        self.archive.as_ref().map_or(configured, |own| own.check_days)
    }

    /// Everything that is due in a school year.
    pub fn deadlines(&self, year: SchoolYear) -> Vec<Deadline> {
        let moved = self.calendars.get(&year).map_or(&[][..], |(_, moved)| moved);
        deadlines(year, self.rhythm(year), moved)
    }

    /// When regular marks are entered in a school year: as was decided for it, else as in the year before. Days that
    /// were moved are those of one year, a regulation stays.
    pub fn rhythm(&self, year: SchoolYear) -> Rhythm {
        self.calendars.range(..=year).next_back().map(|(_, (rhythm, _))| *rhythm).unwrap_or_default()
    }

    pub(super) fn apply(&mut self, entry: &Entry) {
        let at = entry.time;
        match &entry.event {
            Event::ArchiveRegulated { media, check_days, by, record } => {
                // An entry without a kind regulates nothing.
                if let Ok(regulation) = Regulation::new(media.iter().copied()) {
                    let (by, record) = (by.clone(), *record);
                    self.archive = Some(ArchiveRules { at, by, regulation, check_days: *check_days, record });
                }
            }
            Event::AuthorityChosen { chosen, by, record } => {
                let (by, record) = (by.clone(), *record);
                self.authority = Some(AuthorityChosen { at, by, chosen: *chosen, record });
            }
            Event::CalendarMoved { year, rhythm, days, .. } => {
                self.calendars.insert(*year, (*rhythm, days.clone()));
            }
            _ => {}
        }
    }
}

/// Why a rule is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OwnRuleRefusal {
    /// A regulation names no kind of medium.
    #[error("a regulation names at least one kind of medium")]
    NoMedium,
    /// Copies would be read again every day, or never.
    #[error("a copy is read again after {CHECK_DAYS_LEAST} to {CHECK_DAYS_MOST} days")]
    CheckDays,
    /// Not an address that a timestamp authority is asked at.
    #[error("not an address of a timestamp authority")]
    Address,
    /// A day of the calendar is outside its year, or ends before it begins.
    #[error("a day of the calendar is outside its year, or ends before it begins")]
    Calendar,
}

impl OwnRuleRefusal {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoMedium => "rules.no_medium",
            Self::CheckDays => "rules.check_days",
            Self::Address => "rules.address",
            Self::Calendar => "rules.calendar",
        }
    }
}

/// Checks a regulation before it is recorded.
///
/// Errors: see [`OwnRuleRefusal`].
pub fn check_regulation(media: &BTreeSet<MediumKind>, check_days: u16) -> Result<(), OwnRuleRefusal> {
    if media.is_empty() {
        return Err(OwnRuleRefusal::NoMedium);
    }
    let sensible = (CHECK_DAYS_LEAST..=CHECK_DAYS_MOST).contains(&check_days);
    if sensible { Ok(()) } else { Err(OwnRuleRefusal::CheckDays) }
}

/// Checks the address of an authority: HTTP, because its answers are signed, and one word.
///
/// Errors: [`OwnRuleRefusal::Address`].
pub fn check_address(url: &str) -> Result<(), OwnRuleRefusal> {
    let host = url.strip_prefix("http://").unwrap_or_default();
    let named = host.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[');
    if named && host.bytes().all(|byte| byte.is_ascii_graphic()) {
        Ok(())
    } else {
        Err(OwnRuleRefusal::Address)
    }
}

/// The days of a calendar that differ from the usual ones: each within its school year, from September to August.
///
/// Errors: [`OwnRuleRefusal::Calendar`].
pub fn moved_days(
    year: SchoolYear,
    rhythm: Rhythm,
    wished: &[Deadline],
) -> Result<Vec<MovedDay>, OwnRuleRefusal> {
    let usual = deadlines(year, rhythm, &[]);
    let edge =
        |of: u16, day: &str| format!("{of:04}-{day}").parse::<Date>().map_err(|_| OwnRuleRefusal::Calendar);
    let within = edge(year.begins(), "09-01")?..=edge(year.begins() + 1, "08-31")?;
    let fits = |one: &Deadline| {
        let days = [one.from.unwrap_or(one.until), one.until];
        days[0] <= days[1] && days.iter().all(|day| within.contains(day))
    };
    if !wished.iter().all(fits) {
        return Err(OwnRuleRefusal::Calendar);
    }
    let moved = wished.iter().filter(|one| !usual.contains(one));
    Ok(moved.map(|one| MovedDay { due: one.due.code(), from: one.from, until: one.until }).collect())
}

#[cfg(test)]
mod tests {
    use school::regulation::Preset;

    use super::*;

    fn regulated(media: &[MediumKind], check_days: u16) -> Event {
        let media = media.iter().copied().collect();
        let by = "QT".parse().expect("a person");
        Event::ArchiveRegulated { media, check_days, by, record: Sha256::of(b"words") }
    }

    fn rules(events: Vec<Event>) -> OwnRules {
        let mut rules = OwnRules::default();
        for (seq, event) in (0..).zip(events) {
            rules.apply(&Entry { seq, time: Moment::from_unix(1_780_103_700), event });
        }
        rules
    }

    #[test]
    fn the_configuration_counts_until_the_school_decides_and_then_the_latest_decision_does() {
        let configured: Regulation = Preset::KonTum.into();
        let none = rules(Vec::new());
        assert_eq!((none.regulation(&configured), none.check_days(365)), (&configured, 365));
        let own = rules(vec![regulated(&[MediumKind::Disk], 90), regulated(&[MediumKind::Stick], 180)]);
        let stick = Regulation::new([MediumKind::Stick]).expect("one kind");
        assert_eq!((own.regulation(&configured), own.check_days(365)), (&stick, 180));
    }

    #[test]
    fn a_regulation_names_a_medium_and_a_time_that_people_can_keep() {
        let disc = BTreeSet::from([MediumKind::Optical]);
        assert_eq!(check_regulation(&disc, 365), Ok(()));
        assert_eq!(check_regulation(&BTreeSet::new(), 365), Err(OwnRuleRefusal::NoMedium));
        for days in [0, CHECK_DAYS_LEAST - 1, CHECK_DAYS_MOST + 1] {
            assert_eq!(check_regulation(&disc, days), Err(OwnRuleRefusal::CheckDays));
        }
    }

    #[test]
    fn only_days_that_differ_are_moved_and_none_leaves_its_year() {
        let year: SchoolYear = "2025-2026".parse().expect("a year");
        let usual = deadlines(year, Rhythm::FourTimes, &[]);
        let moved_days = |wished: &[Deadline]| moved_days(year, Rhythm::FourTimes, wished);
        assert_eq!(moved_days(&usual), Ok(Vec::new()));
        let day = |text: &str| text.parse::<Date>().expect("a day");
        let later = Deadline { until: day("2026-06-20"), ..usual[usual.len() - 2] };
        let mut wished = usual.clone();
        wished[usual.len() - 2] = later;
        let moved = moved_days(&wished).expect("within the year");
        assert_eq!(moved.len(), 1);
        assert!(deadlines(year, Rhythm::FourTimes, &moved).contains(&later));
        for wrong in [
            Deadline { until: day("2026-09-01"), ..later },
            Deadline { from: Some(day("2026-06-21")), ..later },
        ] {
            assert_eq!(moved_days(&[wrong]), Err(OwnRuleRefusal::Calendar));
        }
    }

    #[test]
    fn a_rhythm_stays_in_later_years_and_moved_days_do_not() {
        let years =
            ["2025-2026", "2026-2027", "2027-2028"].map(|year| year.parse::<SchoolYear>().expect("a year"));
        let moved = |year: SchoolYear, rhythm, days| Event::CalendarMoved {
            year,
            rhythm,
            days,
            by: "QT".parse().expect("a person"),
        };
        let day = MovedDay { due: "signing".into(), from: None, until: "2027-06-20".parse().expect("a day") };
        let own = rules(vec![moved(years[1], Rhythm::TwiceAMonth, vec![day.clone()])]);
        assert_eq!(own.rhythm(years[0]), Rhythm::FourTimes, "nothing was said of that year");
        assert_eq!(own.deadlines(years[1]), deadlines(years[1], Rhythm::TwiceAMonth, &[day]));
        assert_eq!(own.deadlines(years[2]), deadlines(years[2], Rhythm::TwiceAMonth, &[]));
    }

    #[test]
    fn an_authority_is_asked_over_http_at_one_address() {
        for right in ["http://tsa.ca.gov.vn", "http://127.0.0.1:8470/tsa", "http://[::1]/"] {
            assert_eq!(check_address(right), Ok(()), "{right}");
        }
        for wrong in [
            "",
            "http://",
            "http:///tsa",
            "https://tsa.ca.gov.vn",
            "tsa.ca.gov.vn",
            "http://a b",
            "file:///etc/passwd",
            "http://a\r\nx",
        ] {
            assert_eq!(check_address(wrong), Err(OwnRuleRefusal::Address), "{wrong}");
        }
    }
}
