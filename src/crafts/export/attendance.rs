//! Absence day by day.

use std::collections::BTreeMap;

use school::gradebook::{AbsenceKind, Day, Month, MonthAttendance};

use super::json::Json;
use super::problem::ProblemCode;
use super::reading::{Path, Reading};

const KINDS: [(&str, AbsenceKind); 2] = [("P", AbsenceKind::Excused), ("K", AbsenceKind::Unexcused)];

/// One month: `{"month": "2025-09", "days": {"5": "P"}}`.
pub(super) fn month(reading: &mut Reading, json: &Json, path: Path) -> Option<MonthAttendance> {
    let mut fields = reading.object(json, path)?;
    let month = fields.required("month", reading, path);
    let days = fields.required("days", reading, path);
    fields.finish(reading, path);
    let month: Option<Month> =
        month.and_then(|json| reading.parsed(json, path.key("month"), ProblemCode::NotAMonth));
    let days = days.and_then(|json| absences(reading, json, path.key("days"), month));
    Some(MonthAttendance { month: month?, days: days? })
}

fn absences(
    reading: &mut Reading,
    json: &Json,
    path: Path,
    month: Option<Month>,
) -> Option<BTreeMap<Day, AbsenceKind>> {
    let mut days = BTreeMap::new();
    let mut sound = true;
    for (key, json) in reading.object(json, path)?.rest() {
        let number: Option<u8> = key.parse().ok().filter(|day: &u8| day.to_string() == key);
        let day = number
            .filter(|day| month.is_none_or(|month| *day <= month.days()))
            .and_then(|day| Day::try_from(day).ok());
        if day.is_none() {
            reading.problem(ProblemCode::NotADay, path.key(key), key);
        }
        match (day, reading.choice(json, path.key(key), &KINDS)) {
            (Some(day), Some(kind)) => drop(days.insert(day, kind)),
            _ => sound = false,
        }
    }
    sound.then_some(days)
}
