//! Moments and dates. A moment is whole UTC seconds; it is always shown in Vietnamese time, which
//! is UTC+07:00 all year (DOMAIN: Asia/Ho_Chi_Minh has no daylight saving).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{OffsetDateTime, UtcOffset};

const VIETNAM_OFFSET_SECONDS: i32 = 7 * 3600;
const DAY_SECONDS: i64 = 24 * 3600;

/// Text that is not a moment or date in the form the field asks for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a {expected}: {text:?}")]
pub struct NotAMoment {
    expected: &'static str,
    text: String,
}

/// A point in time, in whole seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Moment(i64);

impl Moment {
    /// From seconds since the Unix epoch.
    pub const fn from_unix(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since the Unix epoch.
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// This moment moved by `seconds`.
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// The calendar day in Vietnam.
    pub fn date(self) -> Date {
        let local = self.local();
        Date(local.date())
    }

    /// Day and time of day in Vietnam: hour, minute, second.
    pub fn time_of_day(self) -> (u8, u8, u8) {
        let local = self.local();
        (local.hour(), local.minute(), local.second())
    }

    /// PDF date string as ISO 32000-2, 7.9.4 writes it: `D:20260530081500+07'00'`.
    pub fn pdf_date(self) -> String {
        let shape = format_description!("D:[year][month][day][hour][minute][second]+07'00'");
        self.local().format(&shape).unwrap_or_default()
    }

    /// Reads a PDF date string with at least seconds; a missing offset is refused because the
    /// moment would be a guess.
    pub fn from_pdf_date(text: &str) -> Result<Self, NotAMoment> {
        let refused = || NotAMoment { expected: "PDF date", text: text.to_owned() };
        let digits = text.strip_prefix("D:").ok_or_else(refused)?;
        if !digits.is_ascii() || digits.len() < 15 {
            return Err(refused());
        }
        let (stamp, zone) = digits.split_at(14);
        let zone: String = match zone {
            "Z" | "Z00'00'" | "Z00'00" => "+00:00".into(),
            other => {
                let plain = other.trim_end_matches('\'').replace('\'', ":");
                if plain.len() == 3 { format!("{plain}:00") } else { plain }
            }
        };
        let field = |range: std::ops::Range<usize>| &stamp[range];
        let iso = format!(
            "{}-{}-{}T{}:{}:{}{zone}",
            field(0..4),
            field(4..6),
            field(6..8),
            field(8..10),
            field(10..12),
            field(12..14)
        );
        iso.parse().map_err(|_| refused())
    }

    /// `30/05/2026 08:15:00 (UTC+7)`, the form printed on papers and screens.
    pub fn vietnamese(self) -> String {
        let shape = format_description!("[day]/[month]/[year] [hour]:[minute]:[second] (UTC+7)");
        self.local().format(&shape).unwrap_or_default()
    }

    /// `30/05/2026 08:15:00 +07:00`, the form that NĐ 30/2020/NĐ-CP asks for beside a digital signature.
    pub fn beside_signature(self) -> String {
        let shape = format_description!("[day]/[month]/[year] [hour]:[minute]:[second] +07:00");
        self.local().format(&shape).unwrap_or_default()
    }

    /// Whether a day begins with this second, in Vietnam.
    pub const fn begins_a_day(self) -> bool {
        self.second_of_day() == 0
    }

    /// Whether a day ends with this second, in Vietnam.
    pub const fn ends_a_day(self) -> bool {
        self.second_of_day() == DAY_SECONDS - 1
    }

    const fn second_of_day(self) -> i64 {
        (self.0 + VIETNAM_OFFSET_SECONDS as i64).rem_euclid(DAY_SECONDS)
    }

    fn local(self) -> OffsetDateTime {
        let offset = UtcOffset::from_whole_seconds(VIETNAM_OFFSET_SECONDS).unwrap_or(UtcOffset::UTC);
        OffsetDateTime::from_unix_timestamp(self.0).unwrap_or(OffsetDateTime::UNIX_EPOCH).to_offset(offset)
    }
}

/// RFC 3339 in Vietnamese time: `2026-05-30T08:15:00+07:00`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.local().format(&Rfc3339).unwrap_or_default())
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        OffsetDateTime::parse(text, &Rfc3339)
            .map(|moment| Self(moment.unix_timestamp()))
            .map_err(|_| NotAMoment { expected: "RFC 3339 moment", text: text.to_owned() })
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A calendar day without a time, as birth dates are given: `2014-03-05`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(time::Date);

impl Date {
    /// `05/03/2014`, the form printed on papers and screens.
    pub fn vietnamese(self) -> String {
        self.0.format(&format_description!("[day]/[month]/[year]")).unwrap_or_default()
    }

    /// Year, month (1 to 12) and day of the month.
    pub fn parts(self) -> (i32, u8, u8) {
        (self.0.year(), self.0.month() as u8, self.0.day())
    }

    /// Whether a week of school ends on it.
    pub fn is_saturday(self) -> bool {
        self.0.weekday() == time::Weekday::Saturday
    }
}

/// ISO 8601: `2014-03-05`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.format(&format_description!("[year]-[month]-[day]")).unwrap_or_default())
    }
}

impl FromStr for Date {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        time::Date::parse(text, &format_description!("[year]-[month]-[day]"))
            .map(Self)
            .map_err(|_| NotAMoment { expected: "ISO 8601 date", text: text.to_owned() })
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOMENT: Moment = Moment::from_unix(1_780_103_700);

    #[test]
    fn moments_are_shown_in_vietnamese_time() {
        assert_eq!(MOMENT.to_string(), "2026-05-30T08:15:00+07:00");
        assert_eq!(MOMENT.vietnamese(), "30/05/2026 08:15:00 (UTC+7)");
        assert_eq!(MOMENT.beside_signature(), "30/05/2026 08:15:00 +07:00");
        assert_eq!(MOMENT.pdf_date(), "D:20260530081500+07'00'");
    }

    #[test]
    fn a_day_begins_and_ends_at_midnight_in_vietnam() {
        let bounds = |text: &str| {
            let at: Moment = text.parse().expect("a moment");
            (at.begins_a_day(), at.ends_a_day())
        };
        assert_eq!(bounds("2026-05-30T00:00:00+07:00"), (true, false));
        assert_eq!(bounds("2026-05-30T23:59:59+07:00"), (false, true));
        assert_eq!(bounds("2026-05-30T00:00:00+00:00"), (false, false));
        assert_eq!(bounds("1945-09-02T00:00:00+07:00"), (true, false), "before the epoch too");
    }

    #[test]
    fn pdf_dates_come_back_whatever_the_spelling_of_the_offset() {
        for text in ["D:20260530081500+07'00'", "D:20260530081500+07'00", "D:20260530011500Z"] {
            assert_eq!(Moment::from_pdf_date(text), Ok(MOMENT), "{text}");
        }
        assert!(Moment::from_pdf_date("D:20260530081500").is_err());
        assert!(Moment::from_pdf_date("20260530").is_err());
    }
}
