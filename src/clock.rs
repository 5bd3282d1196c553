//! The one place that reads the clock. Everything below floor 3 gets moments as values.

use std::fs;
use std::path::Path;
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
pub fn was_synchronised(age: Duration) -> bool {
    was_written(Path::new(SYNCHRONISED), age)
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
fn was_written(file: &Path, age: Duration) -> bool {
    let told = fs::metadata(file).and_then(|file| file.modified());
    // A clock that was set back since finds the file in its future.
    told.is_ok_and(|told| SystemTime::now().duration_since(told).is_ok_and(|since| since <= age))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_service_is_a_witness_only_while_its_last_word_is_recent_and_not_of_the_future() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let path = folder.path().join("synchronized");
        let hour = Duration::from_secs(3600);
        assert!(!was_written(&path, hour), "no time service, or none that has reached a server");
        let file = fs::File::create(&path).expect("written");
        assert!(was_written(&path, hour));
        let now = fs::metadata(&path).and_then(|file| file.modified()).expect("a time");
        file.set_modified(now - 2 * hour).expect("set");
        assert!(!was_written(&path, hour), "its last word is too old");
        file.set_modified(now + 2 * hour).expect("set");
        assert!(!was_written(&path, hour), "the clock was set back since");
    }
}
