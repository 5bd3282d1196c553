//! What a deposit says of each document in it, beside the document: enough to know it without opening it.

use serde::{Deserialize, Serialize};

use crate::digest::Sha256;
use crate::dossier::{DocumentKind, DossierId, Period};
use crate::identifier::SchoolYear;
use crate::moment::Moment;
use crate::plan::BoxName;

/// The `format` of such a description.
pub const FORMAT: &str = "niemphong-description/1";
/// The media type of every document.
pub const MEDIA_TYPE: &str = "application/pdf";
/// The language of every document (ISO 639-2).
pub const LANGUAGE: &str = "vie";

/// A document of a deposit, as the register knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// Always [`FORMAT`].
    pub format: String,
    /// The document.
    pub dossier: DossierId,
    /// Its kind.
    pub kind: DocumentKind,
    /// School year.
    pub year: SchoolYear,
    /// Period.
    pub period: Period,
    /// From 1.
    pub version: u16,
    /// Always [`MEDIA_TYPE`].
    pub media_type: String,
    /// Always [`LANGUAGE`].
    pub language: String,
    /// How long it is kept: [`crate::deposit::RETENTION`].
    pub retention: String,
    /// SHA-256 of the file.
    pub sha256: Sha256,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its signing base, which was never changed but only added to.
    pub base: Sha256,
    /// Exports that it was made of, or that a decision names.
    pub exports: Vec<Sha256>,
    /// Who signed what and when, as the register recorded it.
    pub signatures: Vec<SignatureRecorded>,
    /// When it was closed.
    pub closed: Moment,
    /// The closed document that it adds to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub supplements: Option<DossierId>,
}

/// A signature in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureRecorded {
    /// The box.
    #[serde(rename = "box")]
    pub signing_box: BoxName,
    /// The signer's certificate.
    pub certificate: Sha256,
    /// When the register recorded it.
    pub recorded: Moment,
}
