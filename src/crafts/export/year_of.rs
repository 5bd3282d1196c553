//! A value by term and year: conduct, study, averages.

use school::gradebook::YearOf;

use super::json::Json;
use super::later::{self, Later};
use super::reading::{Path, Reading, sound};

/// An object of values by term and year, each of which may be missing.
pub(super) fn year_of<T>(
    reading: &mut Reading,
    json: &Json,
    path: Path,
    later: Option<Later>,
    mut read: impl FnMut(&mut Reading, &Json, Path) -> Option<T>,
) -> Option<YearOf<T>> {
    let mut fields = reading.object(json, path)?;
    let hk1 = fields.optional("hk1");
    let [hk2, year, retest] = later::take(later, &mut fields, reading, path);
    fields.finish(reading, path);
    let mut value = |json: Option<&Json>, key: &str| json.map(|json| read(reading, json, path.key(key)));
    let (hk1, hk2) = (value(hk1, "hk1"), value(hk2, "hk2"));
    let (year, retest) = (value(year, "year"), value(retest, "retest"));
    Some(YearOf { hk1: sound(hk1)?, hk2: sound(hk2)?, year: sound(year)?, retest: sound(retest)? })
}
