//! A signature in a PDF, from the box to the candidate file: [`prepare()`] makes the revision and what
//! the token has to sign, [`Prepared::embed`] puts the token's answer in. At the end of a dossier
//! [`dss`] and [`prepare_timestamp`] close it.
//!
//! Nothing here judges: a candidate becomes a signed revision only by the verifier's verdict.

mod closing;
mod picture;
mod prepare;
mod single;

pub use crate::pdf::{Appearance, Drawn, Ink, Line, Weight};
pub use closing::{PreparedTimestamp, RevocationEvidence, dss, prepare_timestamp};
pub use picture::{Ground, PictureFault, read_picture, write_picture};
pub use prepare::{Prepared, SignatureRequest, prepare, prepare_over};
pub use single::{Signatory, SinglePrepared, TOKEN_SIZE_BYTES, room};

use school::plan::BoxName;

use crate::cms::CmsFault;
use crate::pdf::PdfFault;

/// Why a signature cannot be prepared or embedded.
#[derive(Debug, thiserror::Error)]
pub enum SignatureFault {
    /// The file or its revision.
    #[error(transparent)]
    Pdf(#[from] PdfFault),
    /// The CMS or a certificate in it.
    #[error(transparent)]
    Cms(#[from] CmsFault),
    /// No box of this name is in the base.
    #[error("there is no box {name}")]
    UnknownBox {
        /// The name asked for.
        name: BoxName,
    },
    /// The signature value was not made by the certificate's key over these attributes.
    #[error("the signature value does not belong to the certificate and this document")]
    WrongValue,
}

impl SignatureFault {
    /// The stable code of this fault.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Pdf(fault) => fault.code(),
            Self::Cms(fault) => fault.code(),
            Self::UnknownBox { .. } => "signature.unknown_box",
            Self::WrongValue => "signature.wrong_value",
        }
    }
}
