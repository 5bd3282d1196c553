//! A mark of the ten-point scale.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A mark in tenths, 0 to 100: thang điểm 10 with one decimal (TT 22/2021, Đ.5 k.3 b).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Mark(u16);

impl Mark {
    /// Ten, the best mark.
    pub const TEN: Self = Self(100);

    /// The mark in tenths.
    pub const fn tenths(self) -> u16 {
        self.0
    }
}

/// A number of tenths above 100.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} tenths is no mark between 0 and 10")]
pub struct NotAMark(u16);

impl TryFrom<u16> for Mark {
    type Error = NotAMark;

    fn try_from(tenths: u16) -> Result<Self, NotAMark> {
        if tenths <= 100 { Ok(Self(tenths)) } else { Err(NotAMark(tenths)) }
    }
}

impl From<Mark> for u16 {
    fn from(mark: Mark) -> Self {
        mark.0
    }
}

/// With the Vietnamese decimal comma: `8,5`; ten is `10,0`.
impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{},{}", self.0 / 10, self.0 % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_print_with_the_vietnamese_comma() {
        let print = |tenths: u16| Mark::try_from(tenths).map(|mark| mark.to_string());
        assert_eq!(print(85), Ok("8,5".into()));
        assert_eq!(print(100), Ok("10,0".into()));
        assert_eq!(print(0), Ok("0,0".into()));
        assert_eq!(print(101), Err(NotAMark(101)));
    }
}
