//! What surrounds a judgement in the tests of the reader: no anchor, nothing at hand.

use school::moment::Moment;
use school::records::reader_frame::{Circumstances, Policy};

/// No anchor, no roster, a fixed moment.
pub fn circumstances() -> Circumstances {
    Circumstances::alone(Policy::ByContent, Moment::from_unix(1_780_000_000))
}
