//! May a file that is none of ours be signed? Decided from the judge's report on it, before anybody is
//! asked for a PIN.

use verification::report::{Integrity, Modification, PdfReport, Verdict};

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
