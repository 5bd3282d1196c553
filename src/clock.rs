//! The one place that reads the clock. Everything below floor 3 gets moments as values.

use std::fs;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use school::moment::Moment;

/// Now, in whole seconds.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn now() -> Moment {
    // A clock before 1970 is a broken clock: the epoch makes every certificate check fail, visibly.
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment::from_unix(i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX))
}

/// Written by systemd-timesyncd whenever an NTP server has answered; gone after a start of the machine.
const SYNCHRONISED: &str = "/run/systemd/timesync/synchronized";

/// Whether the machine's time service set the clock by NTP within `age` before now. Where there is another
/// service or none, it says no.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn was_synchronised(age: Duration) -> bool {
    let told = fs::metadata(SYNCHRONISED).and_then(|file| file.modified());
    // A clock that was set back since finds the file in its future.
    told.is_ok_and(|told| SystemTime::now().duration_since(told).is_ok_and(|since| since <= age))
}
