//! Identifiers that may stand in file names, PDF field names and register events: short, ASCII,
//! never a person's name (invariant 11).

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::natural_order;

/// Text that cannot be an identifier of this kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a {kind}: {text:?}")]
pub struct NotAnIdentifier {
    kind: &'static str,
    text: String,
}

impl NotAnIdentifier {
    pub(crate) fn new(kind: &'static str, text: &str) -> Self {
        Self { kind, text: text.to_owned() }
    }
}

macro_rules! identifier {
    ($name:ident, $kind:literal, $max:literal, $order:path, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text of the identifier.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotAnIdentifier;

            fn from_str(text: &str) -> Result<Self, NotAnIdentifier> {
                let plain = |c: u8| c.is_ascii_alphanumeric() || c == b'-';
                let bounded = (1..=$max).contains(&text.len());
                let edges = text.starts_with('-') || text.ends_with('-');
                if bounded && !edges && text.bytes().all(plain) {
                    Ok(Self(text.to_owned()))
                } else {
                    Err(NotAnIdentifier { kind: $kind, text: text.to_owned() })
                }
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                $order(self.as_str(), other.as_str())
            }
        }

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
    };
}

identifier!(SchoolCode, "school code", 20, Ord::cmp, "The school's code, for instance `HOAPHUONG`.");
identifier!(
    ClassName,
    "class name",
    8,
    natural_order::compare,
    "A class, for instance `6A1`; 6A2 comes before 6A10, wherever classes are in order."
);
identifier!(PupilId, "pupil id", 20, Ord::cmp, "The pupil's code in the gradebook system (mã định danh).");
identifier!(PersonId, "person id", 20, Ord::cmp, "A member of staff in the roster; never their name.");
identifier!(SubjectId, "subject id", 12, Ord::cmp, "A subject, for instance `TOAN`.");
identifier!(
    ScreenId,
    "screen id",
    20,
    Ord::cmp,
    "A screen at which people sign, for instance `van-phong-1`."
);
identifier!(
    DecisionNumber,
    "decision or deposit number",
    20,
    Ord::cmp,
    "Number of a school decision or of a deposit, for instance `0001`."
);

identifier!(
    StickerNumber,
    "sticker number",
    32,
    Ord::cmp,
    "Number of the paper seal (tem niêm phong) on a copy of a medium."
);

/// A school year such as `2025-2026`: two consecutive years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchoolYear(u16);

impl SchoolYear {
    /// The calendar year in which the school year begins.
    pub const fn begins(self) -> u16 {
        self.0
    }

    /// The school year after another one.
    #[must_use]
    pub const fn after(year: Self) -> Self {
        Self(year.0.saturating_add(1))
    }
}

impl FromStr for SchoolYear {
    type Err = NotAnIdentifier;

    fn from_str(text: &str) -> Result<Self, NotAnIdentifier> {
        let refused = || NotAnIdentifier { kind: "school year", text: text.to_owned() };
        let (begins, ends) = text.split_once('-').ok_or_else(refused)?;
        let year = |digits: &str| -> Option<u16> {
            let four = digits.len() == 4 && digits.bytes().all(|c| c.is_ascii_digit());
            if four { digits.parse().ok() } else { None }
        };
        match (year(begins), year(ends)) {
            (Some(begins), Some(ends)) if ends == begins + 1 && begins >= 1990 => Ok(Self(begins)),
            _ => Err(refused()),
        }
    }
}

impl fmt::Display for SchoolYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0, self.0 + 1)
    }
}

impl Serialize for SchoolYear {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SchoolYear {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_school_year_is_two_consecutive_years() {
        assert_eq!("2025-2026".parse::<SchoolYear>().map(|year| year.to_string()), Ok("2025-2026".into()));
        for wrong in ["2025-2027", "2025", "25-26", "2025–2026", " 2025-2026"] {
            assert!(wrong.parse::<SchoolYear>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn identifiers_cannot_leave_their_folder_or_hold_a_name() {
        for wrong in ["", "../x", "6A1/..", "Nguyễn", "a b", "-x", "a.b", "a_b"] {
            assert!(wrong.parse::<PupilId>().is_err(), "{wrong}");
        }
    }
}
