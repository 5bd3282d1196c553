//! The name of a deposit, which is also the name of its folder: `HOAPHUONG_2025-2026_0001`.

use std::fmt;
use std::str::FromStr;

use school::identifier::{SchoolCode, SchoolYear};

/// A deposit's name in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepositId {
    /// The school that sealed it.
    pub school: SchoolCode,
    /// The school year whose roster and plans it carries.
    pub year: SchoolYear,
    /// Its number, four digits.
    pub number: String,
}

/// Text that names no deposit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a deposit")]
pub struct NotADeposit;

impl FromStr for DepositId {
    type Err = NotADeposit;

    fn from_str(text: &str) -> Result<Self, NotADeposit> {
        let mut parts = text.split('_');
        let (Some(school), Some(year), Some(number), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotADeposit);
        };
        if number.len() != 4 || !number.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err(NotADeposit);
        }
        Ok(Self {
            school: school.parse().map_err(|_| NotADeposit)?,
            year: year.parse().map_err(|_| NotADeposit)?,
            number: number.to_owned(),
        })
    }
}

impl fmt::Display for DepositId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}_{}", self.school, self.year, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deposit_is_named_by_school_year_and_four_digits() {
        let id: DepositId = "HOAPHUONG_2025-2026_0001".parse().expect("a deposit");
        assert_eq!(id.to_string(), "HOAPHUONG_2025-2026_0001");
        for wrong in [
            "HOAPHUONG_2025-2026_1",
            "HOAPHUONG_2025-2027_0001",
            "HOAPHUONG_2025-2026",
            "../x_2025-2026_0001",
        ] {
            assert_eq!(wrong.parse::<DepositId>(), Err(NotADeposit), "{wrong}");
        }
    }
}
