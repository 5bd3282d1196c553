//! Judges RFC 3161 tokens.

use school::moment::Moment;

use crate::circumstances::Circumstances;
use crate::report::Trust;

/// A token that is intact and over the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timestamp {
    /// genTime.
    pub time: Moment,
    /// Path of the TSA's certificate (critical timeStamping EKU) to an anchor.
    pub trust: Trust,
}

/// Judges a TimeStampToken or a whole TimeStampResp (DER) over `content`.
///
/// Errors: a stable SCREAMING_SNAKE_CASE code such as `TIMESTAMP_IMPRINT`.
pub fn judge(
    _token: &[u8],
    _content: &[u8],
    _circumstances: &Circumstances,
) -> Result<Timestamp, &'static str> {
    todo!()
}
