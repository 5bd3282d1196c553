//! The real clock for this folder's tests: the openssl program reads it too, so a fixed one would not do.

use std::time::{SystemTime, UNIX_EPOCH};

use school::moment::Moment;

/// Now.
#[allow(clippy::disallowed_methods, reason = "tests run outside programs that read the real clock")]
pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("a clock after 1970");
    Moment::from_unix(since.as_secs() as i64)
}
