//! What was said when a copy of a medium was put under a paper seal, opened, sealed again or handed over: a
//! record beside the register, named by its digest, because register events hold neither names nor reasons
//! (invariant 11).

use serde::{Deserialize, Serialize};

use crate::digest::Sha256;
use crate::dossier::DossierId;
use crate::medium::CopyId;

/// The `format` of such a record.
pub const FORMAT: &str = "niemphong-custody/1";

/// The words about one handling of a copy. What was not said is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custody {
    /// Always [`FORMAT`].
    pub format: String,
    /// The copy.
    pub copy: CopyId,
    /// Where it is kept from now on.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub storage: String,
    /// Why it was done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The order by which something was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<HandOverOrder>,
}

/// Nothing of the archive leaves the school without one (S2, Điều 8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandOverOrder {
    /// Who ordered it, with number and date of the order.
    pub ordered: String,
    /// What for.
    pub purpose: String,
    /// Who receives it.
    pub recipient: String,
    /// What is given: the copy, or which files of it.
    pub what: String,
    /// When it comes back; empty when it does not.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub until: String,
    /// Of an extract, the documents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<ExtractedDocument>,
}

/// A document that is given as an extract, as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtractedDocument {
    /// Which one.
    pub dossier: DossierId,
    /// SHA-256 of its file.
    pub sha256: Sha256,
}

impl Custody {
    /// A record with nothing said yet.
    pub fn of(copy: CopyId) -> Self {
        Self { format: FORMAT.into(), copy, storage: String::new(), reason: String::new(), order: None }
    }
}
