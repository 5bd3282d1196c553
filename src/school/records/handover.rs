//! To whom the papers of a pupil who leaves were given, by whom and how: a record beside the register, named by its
//! digest, because register events hold no names (invariant 11).

use serde::{Deserialize, Serialize};

use crate::digest::Sha256;
use crate::identifier::PersonId;

/// The `format` of such a record.
pub const FORMAT: &str = "niemphong-handover/1";

/// The words about one handing over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// Always [`FORMAT`].
    pub format: String,
    /// What was given: the digest of the digests of the documents, in their order.
    pub about: Sha256,
    /// Who gave it, where they are somebody of the roster.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person: Option<PersonId>,
    /// The account of anybody else.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub account: Option<String>,
    /// Who received it.
    pub recipient: Recipient,
    /// How it was given.
    pub given_as: GivenAs,
}

/// Who received it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// Full name; of a school, whoever came for it.
    pub name: String,
    /// As what.
    pub standing: Standing,
}

/// As what somebody received it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The pupil.
    Pupil,
    /// Father, mother, guardian.
    Family,
    /// The school to which the pupil goes.
    School,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Self; 3] = [Self::Family, Self::Pupil, Self::School];

    /// The stable code, as records and forms have it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pupil => "pupil",
            Self::Family => "family",
            Self::School => "school",
        }
    }
}

/// How it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GivenAs {
    /// The signed files.
    Files,
    /// Printed and stamped.
    Paper,
    /// Both.
    FilesAndPaper,
}

impl GivenAs {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::FilesAndPaper, Self::Files, Self::Paper];

    /// The stable code, as records and forms have it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::Paper => "paper",
            Self::FilesAndPaper => "files-and-paper",
        }
    }
}
