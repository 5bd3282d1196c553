//! May a file that is none of ours be signed? Decided from the judge's report on it, before anybody is
//! asked for a PIN. And how much a signed one carries with it, decided from the report on what was made.

use verification::report::{Integrity, Modification, PdfReport, Revocation, SignatureReport, Trust, Verdict};

/// How much a signature carries with it (EN 319 142-1, 6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// The signature.
    BB,
    /// With a timestamp over its value, or over the document.
    BT,
    /// With certificates and revocation data.
    BLt,
    /// With a document timestamp over all of it.
    BLta,
}

impl Level {
    /// Every level, the lowest first.
    pub const ALL: [Self; 4] = [Self::BB, Self::BT, Self::BLt, Self::BLta];

    /// Its name in the standard.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BB => "B-B",
            Self::BT => "B-T",
            Self::BLt => "B-LT",
            Self::BLta => "B-LTA",
        }
    }

    /// The level of the last signature of a person, by the judge's report on the file. A store of revocation data is
    /// not enough: that of the signature has to lie in it. Nothing where the standard has no level for the signature.
    pub fn reached(report: &PdfReport) -> Option<Self> {
        let last = last_signature(report)?;
        let named = Self::ALL.into_iter().find(|level| last.level.as_deref() == Some(level.name()))?;
        Some(if is_unchecked(last) { named.min(Self::BT) } else { named })
    }
}

/// The last signature of a person: a document timestamp stands among the signatures and has no level of its own.
pub fn last_signature(report: &PdfReport) -> Option<&SignatureReport> {
    report.signatures.iter().rev().find(|one| one.level.is_some())
}

/// Whether a signature of a person lacks the revocation data that somebody could be asked for: where its path ends
/// nowhere, there is nobody.
pub fn lacks_revocation_data(report: &PdfReport) -> bool {
    report.signatures.iter().any(|one| one.level.is_some() && is_unchecked(one))
}

fn is_unchecked(signature: &SignatureReport) -> bool {
    signature.trust == Trust::Trusted && signature.revocation == Revocation::Unchecked
}

/// What a signed file lacks of the level that was asked for. It is signed all the same, and what is missing can be
/// added later, without a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Nothing proves when it was signed.
    Time,
    /// Whether the certificate was revoked does not stand in the file.
    Revocation,
    /// Nothing proves since when the revocation data are there.
    ArchiveTime,
}

impl Lack {
    /// What the file of this report lacks of `asked`.
    pub fn of(report: &PdfReport, asked: Level) -> Option<Self> {
        match Level::reached(report)? {
            reached if reached >= asked => None,
            Level::BB => Some(Self::Time),
            Level::BT => Some(Self::Revocation),
            Level::BLt | Level::BLta => Some(Self::ArchiveTime),
        }
    }

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Time => "signing.level_without_time",
            Self::Revocation => "signing.level_without_revocation",
            Self::ArchiveTime => "signing.level_without_archive_time",
        }
    }
}

/// Why a file is not signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SingleRefusal {
    /// It is no PDF that can be understood whole, or it would have to be repaired.
    #[error("the file cannot be understood whole")]
    Malformed,
    /// More than `school::limits::SINGLE_SIZE_BYTES`.
    #[error("the file is too large")]
    TooLarge,
    /// Signatures that are there do not stand.
    #[error("what was signed before is broken or was changed")]
    Broken,
    /// Its embedded plan says who signs in which order; only the school's register can obey it.
    #[error("a plan of niemphong is embedded")]
    HasPlan,
    /// It is encrypted.
    #[error("the file is encrypted")]
    Encrypted,
    /// An earlier signature forbids it.
    #[error("an earlier signature forbids it")]
    Forbidden,
    /// The field demands what a signature of ours does not give.
    #[error("the seed values of the field cannot be kept")]
    SeedValue,
    /// The field has its signature.
    #[error("the field is signed already")]
    FieldFilled,
    /// There is no such signature field.
    #[error("there is no such signature field")]
    NoField,
    /// There is nothing to be extended.
    #[error("the file has no signature")]
    Unsigned,
}

impl SingleRefusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "signing.file_malformed",
            Self::TooLarge => "signing.file_too_large",
            Self::Broken => "signing.file_broken",
            Self::HasPlan => "signing.file_has_plan",
            Self::Encrypted => "signing.file_encrypted",
            Self::Forbidden => "signing.file_forbids",
            Self::SeedValue => "signing.file_seed_value",
            Self::FieldFilled => "signing.file_field_filled",
            Self::NoField => "signing.file_no_field",
            Self::Unsigned => "signing.file_unsigned",
        }
    }

    /// From the code of the craft that appends.
    pub fn of_craft(code: &str) -> Self {
        match code {
            "pdf.encrypted" => Self::Encrypted,
            "pdf.too_large" => Self::TooLarge,
            "signature.forbidden" => Self::Forbidden,
            "signature.seed_value" => Self::SeedValue,
            "signature.field_filled" => Self::FieldFilled,
            "signature.no_field" => Self::NoField,
            _ => Self::Malformed,
        }
    }
}

/// Errors: see [`SingleRefusal`].
pub fn ask_to_sign(report: &PdfReport) -> Result<(), SingleRefusal> {
    if report.verdict == Verdict::Malformed {
        return Err(SingleRefusal::Malformed);
    }
    if report.integrity == Integrity::Broken || report.modification == Modification::Suspicious {
        return Err(SingleRefusal::Broken);
    }
    if report.plan.is_some() { Err(SingleRefusal::HasPlan) } else { Ok(()) }
}

/// May revocation data and a timestamp be added to the signatures that are there?
///
/// Errors: see [`SingleRefusal`].
pub fn ask_to_extend(report: &PdfReport) -> Result<(), SingleRefusal> {
    ask_to_sign(report)?;
    if report.signatures.is_empty() { Err(SingleRefusal::Unsigned) } else { Ok(()) }
}
