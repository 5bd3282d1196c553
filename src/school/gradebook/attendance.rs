//! Who was absent when: điểm danh.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Month;

/// Days of absence in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    /// Có phép.
    pub excused: u16,
    /// Không phép.
    pub unexcused: u16,
}

impl Absence {
    /// All days of absence, with and without leave.
    pub const fn total(self) -> u32 {
        self.excused as u32 + self.unexcused as u32
    }
}

/// Why a pupil was absent on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AbsenceKind {
    /// Có phép.
    #[serde(rename = "P")]
    Excused,
    /// Không phép.
    #[serde(rename = "K")]
    Unexcused,
}

/// A day of a month, 1 to 31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Day(u8);

/// A number that is no day of any month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no day of a month")]
pub struct NotADay(u8);

impl TryFrom<u8> for Day {
    type Error = NotADay;

    fn try_from(day: u8) -> Result<Self, NotADay> {
        if (1..=31).contains(&day) { Ok(Self(day)) } else { Err(NotADay(day)) }
    }
}

impl From<Day> for u8 {
    fn from(day: Day) -> Self {
        day.0
    }
}

/// The days of one month on which a pupil was absent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MonthAttendance {
    /// The month.
    pub month: Month,
    /// Days of absence; on every other school day the pupil was there.
    pub days: BTreeMap<Day, AbsenceKind>,
}
