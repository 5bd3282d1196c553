//! The name of a deposit: folder of the bag, External-Identifier, and what the seal statement names.

use std::fmt;
use std::str::FromStr;

use crate::identifier::{SchoolCode, SchoolYear};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// `HOAPHUONG_2025-2026_0001`: school, school year and the number of the deposit in that year, 1 to 9999.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DepositId {
    school: SchoolCode,
    year: SchoolYear,
    number: u16,
}

/// Not the name of a deposit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a deposit: {text:?}")]
pub struct NotADepositId {
    text: String,
}

impl DepositId {
    /// The deposit with this number.
    ///
    /// Errors: the number is 0 or needs more than four digits.
    pub fn new(school: SchoolCode, year: SchoolYear, number: u16) -> Result<Self, NotADepositId> {
        let id = Self { school, year, number };
        if (1..=9999).contains(&number) { Ok(id) } else { Err(NotADepositId { text: id.to_string() }) }
    }

    /// The school.
    pub const fn school(&self) -> &SchoolCode {
        &self.school
    }

    /// The school year.
    pub const fn year(&self) -> SchoolYear {
        self.year
    }

    /// The number in that year.
    pub const fn number(&self) -> u16 {
        self.number
    }
}

impl fmt::Display for DepositId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}_{:04}", self.school, self.year, self.number)
    }
}

impl FromStr for DepositId {
    type Err = NotADepositId;

    fn from_str(text: &str) -> Result<Self, NotADepositId> {
        let refused = || NotADepositId { text: text.to_owned() };
        let mut parts = text.split('_');
        let (Some(school), Some(year), Some(number), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(refused());
        };
        let id = Self::new(
            school.parse().map_err(|_| refused())?,
            year.parse().map_err(|_| refused())?,
            number.parse().map_err(|_| refused())?,
        )?;
        if id.to_string() == text { Ok(id) } else { Err(refused()) }
    }
}

impl Serialize for DepositId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DepositId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deposit_has_one_spelling() {
        let id: DepositId = "HOAPHUONG_2025-2026_0001".parse().expect("a deposit");
        assert_eq!((id.number(), id.to_string().as_str()), (1, "HOAPHUONG_2025-2026_0001"));
        for wrong in [
            "HOAPHUONG_2025-2026_1",
            "HOAPHUONG_2025-2026_0000",
            "HOAPHUONG_2025-2026_00001",
            "HOAPHUONG_2025-2026_+001",
            "HOAPHUONG_2025-2027_0001",
            "HOAPHUONG_2025-2026_0001_",
            "../x_2025-2026_0001",
        ] {
            assert!(wrong.parse::<DepositId>().is_err(), "{wrong}");
        }
    }
}
