//! The name of a medium, its copies and their kinds. A medium is one sealed bag; its copies are the
//! things that lie in cupboards: discs, sticks and disks with the same bytes (DESIGN, section 8).

use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::identifier::SchoolCode;

/// What stands between school and number: vật mang.
const MARK: &str = "VM";

/// `HOAPHUONG_VM_0001`: school and the number of the medium, 1 to 9999, over all years. At most 28
/// characters, so that it is a folder name everywhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MediumId {
    school: SchoolCode,
    number: u16,
}

/// Not the name of a medium.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a medium: {text:?}")]
pub struct NotAMediumId {
    text: String,
}

impl MediumId {
    /// The medium with this number.
    ///
    /// Errors: the number is 0 or needs more than four digits.
    pub fn new(school: SchoolCode, number: u16) -> Result<Self, NotAMediumId> {
        let id = Self { school, number };
        if (1..=9999).contains(&number) { Ok(id) } else { Err(NotAMediumId { text: id.to_string() }) }
    }

    /// The school.
    pub const fn school(&self) -> &SchoolCode {
        &self.school
    }

    /// The number.
    pub const fn number(&self) -> u16 {
        self.number
    }
}

impl fmt::Display for MediumId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{MARK}_{:04}", self.school, self.number)
    }
}

impl FromStr for MediumId {
    type Err = NotAMediumId;

    fn from_str(text: &str) -> Result<Self, NotAMediumId> {
        let refused = || NotAMediumId { text: text.to_owned() };
        let mut parts = text.split('_');
        let (Some(school), Some(MARK), Some(number), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(refused());
        };
        let school = school.parse().map_err(|_| refused())?;
        let id = Self::new(school, number.parse().map_err(|_| refused())?)?;
        if id.to_string() == text { Ok(id) } else { Err(refused()) }
    }
}

impl Serialize for MediumId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MediumId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What a copy is written on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MediumKind {
    /// A disc that is written once: CD-R, DVD±R, BD-R.
    Optical,
    /// A USB stick for one writing.
    Stick,
    /// A dedicated disk (ổ cứng rời chuyên dụng): each writing adds a folder `lan-<n>`.
    Disk,
}

impl MediumKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Optical, Self::Stick, Self::Disk];

    /// The identifier in configuration, frames and register.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Optical => "optical",
            Self::Stick => "stick",
            Self::Disk => "disk",
        }
    }
}

impl fmt::Display for MediumKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for MediumKind {
    type Err = NotAKind;

    fn from_str(text: &str) -> Result<Self, NotAKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(NotAKind)
    }
}

/// Not a kind of medium.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a medium is one of optical, stick and disk")]
pub struct NotAKind;

/// A kind of disc, by what is certain to fit on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disc {
    /// CD-R of 700 MB.
    Cd,
    /// DVD±R with one layer.
    Dvd,
    /// BD-R with one layer.
    Bd,
}

impl Disc {
    /// How many bytes fit.
    pub const fn bytes(self) -> u64 {
        match self {
            Self::Cd => 360_000 * 2_048,
            Self::Dvd => 2_295_104 * 2_048,
            Self::Bd => 12_219_392 * 2_048,
        }
    }
}

impl FromStr for Disc {
    type Err = NotADisc;

    fn from_str(text: &str) -> Result<Self, NotADisc> {
        match text {
            "cd" => Ok(Self::Cd),
            "dvd" => Ok(Self::Dvd),
            "bd" => Ok(Self::Bd),
            _ => Err(NotADisc),
        }
    }
}

/// Not a kind of disc.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a disc is one of cd, dvd and bd")]
pub struct NotADisc;

/// Which copy of a medium, from 1; the numbers run over all kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CopyNumber(NonZeroU16);

impl CopyNumber {
    /// The copy with this number; none for 0.
    pub const fn new(number: u16) -> Option<Self> {
        match NonZeroU16::new(number) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    /// The number.
    pub const fn number(self) -> u16 {
        self.0.get()
    }
}

impl fmt::Display for CopyNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// One copy of a medium: `HOAPHUONG_VM_0001-2`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CopyId {
    /// The medium.
    pub medium: MediumId,
    /// Which copy of it.
    pub number: CopyNumber,
}

/// Not the name of a copy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a copy of a medium: {text:?}")]
pub struct NotACopyId {
    text: String,
}

impl fmt::Display for CopyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.medium, self.number)
    }
}

impl FromStr for CopyId {
    type Err = NotACopyId;

    fn from_str(text: &str) -> Result<Self, NotACopyId> {
        let refused = || NotACopyId { text: text.to_owned() };
        let (medium, number) = text.rsplit_once('-').ok_or_else(refused)?;
        let medium = medium.parse().map_err(|_| refused())?;
        let number = number.parse().ok().and_then(CopyNumber::new).ok_or_else(refused)?;
        let id = Self { medium, number };
        if id.to_string() == text { Ok(id) } else { Err(refused()) }
    }
}

impl Serialize for CopyId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CopyId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_one_spelling() {
        let id: CopyId = "HOAPHUONG_VM_0001-12".parse().expect("a copy");
        assert_eq!((id.medium.number(), id.number.number()), (1, 12));
        for wrong in
            ["HOAPHUONG_VM_0001", "HOAPHUONG_VM_0001-0", "HOAPHUONG_VM_0001-01", "HOAPHUONG_VM_0001-"]
        {
            assert!(wrong.parse::<CopyId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_medium_has_one_spelling_and_is_no_deposit() {
        let id: MediumId = "HOAPHUONG_VM_0001".parse().expect("a medium");
        assert_eq!((id.number(), id.to_string().as_str()), (1, "HOAPHUONG_VM_0001"));
        for wrong in [
            "HOAPHUONG_VM_1",
            "HOAPHUONG_VM_0000",
            "HOAPHUONG_VM_00001",
            "HOAPHUONG_VM_+001",
            "HOAPHUONG_vm_0001",
            "HOAPHUONG_2025-2026_0001",
            "HOAPHUONG_VM_0001_",
            "../x_VM_0001",
        ] {
            assert!(wrong.parse::<MediumId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn there_is_no_copy_before_the_first() {
        assert_eq!(CopyNumber::new(0), None);
        assert!(serde_json::from_str::<CopyNumber>("0").is_err());
        let second = CopyNumber::new(2).expect("a copy");
        assert_eq!(serde_json::to_string(&second).expect("JSON"), "2");
    }

    #[test]
    fn kinds_are_stored_under_the_names_that_they_show() {
        for kind in MediumKind::ALL {
            assert_eq!(serde_json::to_string(&kind).expect("JSON"), format!("\"{kind}\""));
        }
    }
}
