//! The name of a deposit: folder of the bag, External-Identifier, and what the seal statement names; and
//! what kind of deposit it is.

use std::fmt;
use std::str::FromStr;

use crate::dossier::Period;
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

/// How long a deposit is kept: what `bag-info.txt` says of every one, because there is no deleting.
pub const RETENTION: &str = "vĩnh viễn";

/// What a deposit is for (DESIGN, section 8). Stored and written as its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum DepositKind {
    /// The whole year, `ca-nam`.
    Year,
    /// The first term, `HK1`.
    FirstTerm,
    /// Marks at a point in time, unlocked and unsigned, `thoi-diem-<n>`: sealed by the stamp alone.
    Snapshot(u16),
    /// What was closed after the deposit that it belongs to, `bo-sung`.
    #[default]
    Supplement,
    /// Corrected documents, `sua-chua`: names the deposits that hold what they correct.
    Correction,
}

impl DepositKind {
    /// True where the stamp seals without a record that people sign.
    pub const fn is_sealed_by_stamp_alone(self) -> bool {
        matches!(self, Self::Snapshot(_))
    }

    /// The period that the deposit closes, where it closes one.
    pub const fn closes(self) -> Option<Period> {
        match self {
            Self::Year => Some(Period::FullYear),
            Self::FirstTerm => Some(Period::FirstTerm),
            Self::Snapshot(_) | Self::Supplement | Self::Correction => None,
        }
    }
}

impl fmt::Display for DepositKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year => Period::FullYear.fmt(f),
            Self::FirstTerm => Period::FirstTerm.fmt(f),
            Self::Snapshot(n) => Period::Snapshot(*n).fmt(f),
            Self::Supplement => f.write_str("bo-sung"),
            Self::Correction => f.write_str("sua-chua"),
        }
    }
}

/// Not a kind of deposit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of deposit (ca-nam, HK1, thoi-diem-<n>, bo-sung, sua-chua): {text:?}")]
pub struct NotADepositKind {
    text: String,
}

impl FromStr for DepositKind {
    type Err = NotADepositKind;

    fn from_str(text: &str) -> Result<Self, NotADepositKind> {
        match (text, text.parse()) {
            ("bo-sung", _) => Ok(Self::Supplement),
            ("sua-chua", _) => Ok(Self::Correction),
            (_, Ok(Period::FullYear)) => Ok(Self::Year),
            (_, Ok(Period::FirstTerm)) => Ok(Self::FirstTerm),
            (_, Ok(Period::Snapshot(n))) => Ok(Self::Snapshot(n)),
            _ => Err(NotADepositKind { text: text.to_owned() }),
        }
    }
}

impl Serialize for DepositKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DepositKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_of_deposit_has_one_code() {
        for code in ["ca-nam", "HK1", "thoi-diem-3", "bo-sung", "sua-chua"] {
            let kind: DepositKind = code.parse().expect("a kind");
            assert_eq!(kind.to_string(), code);
        }
        for wrong in ["", "sau-he", "thoi-diem-03", "CA-NAM", "HK2"] {
            assert!(wrong.parse::<DepositKind>().is_err(), "{wrong:?}");
        }
    }

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
