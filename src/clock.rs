//! The one place that reads the clock. Everything below floor 3 gets moments as values.

use std::time::{SystemTime, UNIX_EPOCH};

use school::moment::Moment;

/// Now, in whole seconds.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn now() -> Moment {
    // A clock before 1970 is a broken clock: the epoch makes every certificate check fail, visibly.
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment::from_unix(i64::try_from(since_epoch.as_secs()).unwrap_or(i64::MAX))
}
