//! Deposits: planned, built, sealed; archived only when the school's media were read back.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use school::digest::{Sha256, Sha512};
use school::dossier::{DossierId, DossierKey, DossierOf, Period};
use school::identifier::{DecisionNumber, SchoolCode, SchoolYear};
use school::moment::Moment;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Independent media that must be read back before a deposit is archived (invariant 9).
pub const MEDIA_REQUIRED: usize = 2;

/// `<school code>_<year>_<number>`, the name of the deposit's folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DepositId {
    school: SchoolCode,
    year: SchoolYear,
    number: u16,
}

/// Text that is no deposit id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a deposit id: {0:?}")]
pub struct NotADepositId(String);

impl DepositId {
    /// The `number`-th deposit of a school year, from 1.
    pub fn new(school: SchoolCode, year: SchoolYear, number: u16) -> Self {
        Self { school, year, number }
    }

    /// The key of the sealing record of this deposit.
    pub fn sealing_record(&self) -> DossierKey {
        let number: DecisionNumber = format!("{:04}", self.number).parse().expect("four or five digits are a number");
        DossierKey { year: self.year, of: DossierOf::BienBanNiemPhong(number), period: Period::FullYear }
    }

    /// The running number within the school year.
    pub fn number(&self) -> u16 {
        self.number
    }

    /// The school year.
    pub fn year(&self) -> SchoolYear {
        self.year
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
        let refused = || NotADepositId(text.to_owned());
        let mut parts = text.split('_');
        let (Some(school), Some(year), Some(number), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(refused());
        };
        let id = Self {
            school: school.parse().map_err(|_| refused())?,
            year: year.parse().map_err(|_| refused())?,
            number: number.parse().map_err(|_| refused())?,
        };
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

/// A deposit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposit {
    /// When its content was fixed; the date of the bag.
    pub planned: Moment,
    /// The closed dossiers in it.
    pub dossiers: Vec<DossierId>,
    /// Where it stands.
    pub stage: Stage,
}

/// Where a deposit stands. "Archived" is not a stage: it is computed from media that were read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Its content is fixed.
    Planned,
    /// The bag is packed; văn phòng, principal and stamp sign its record next.
    Built {
        /// SHA-256 of `tagmanifest-sha256.txt`.
        tagmanifest_sha256: Sha256,
        /// SHA-512 of `tagmanifest-sha512.txt`.
        tagmanifest_sha512: Sha512,
    },
    /// Sealed, judged whole and published.
    Sealed {
        /// SHA-256 of the seal statement.
        seal: Sha256,
        /// The image, once made.
        image: Option<Image>,
    },
}

/// The image of a sealed deposit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// SHA-256 of the image.
    pub sha256: Sha256,
    /// Its length.
    pub bytes: u64,
    /// It was read back from disk and compared.
    pub read_back: bool,
}

impl Deposit {
    /// The image, once made.
    pub fn image(&self) -> Option<&Image> {
        match &self.stage {
            Stage::Sealed { image, .. } => image.as_ref(),
            Stage::Planned | Stage::Built { .. } => None,
        }
    }

    /// How many independent media were closed and read back. An image on the server's own disk is none.
    pub fn media_read_back(&self) -> usize {
        0
    }
}

/// All deposits.
pub type Deposits = BTreeMap<DepositId, Deposit>;
