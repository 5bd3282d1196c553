//! PDF files as bytes: the signing base, and the revisions that are appended to it.
//!
//! Read in this order: [`signing_base`] turns a rendered document into a base with every field in it
//! and a [`BoxTable`] beside it; `revision` appends to it and never touches a byte that stands;
//! `signing` says what a signature, a DSS and a document timestamp append (ISO 32000-2, 7.5.6, 12.8).

mod appearance;
mod base;
mod box_table;
mod drawn;
mod field;
mod flat_file;
mod font;
mod foreign;
mod foreign_form;
mod image;
mod print_copy;
mod reading;
mod revision;
mod sections;
mod signature_dictionary;
mod signing;
mod syntax;

pub use appearance::{Appearance, Drawn, Ink, Line, Weight};
pub use base::{SigningBase, illustrated_base, rehearsal_base, signing_base};
pub use box_table::{BoxPicture, BoxPlace, BoxTable, NotABoxTable, ObjectNumber, StampFont, TimestampPlace};
pub use flat_file::Packing;
pub use foreign::{ForeignEntries, append_foreign_dss, append_foreign_signature, append_foreign_timestamp};
pub use image::PackedPicture;
pub use print_copy::{ToPrint, print_copy};

pub(crate) use drawn::{drawn, resource};
pub(crate) use font::{Unusual, code};
pub(crate) use signature_dictionary::Entries;
pub use signing::Unfilled;
pub(crate) use signing::{append_dss, append_signature, append_timestamp};

use school::plan::BoxName;

/// Why a base or a revision cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum PdfFault {
    /// More bytes than `school::limits::PDF_SIZE_BYTES`.
    #[error("the file has {size_bytes} bytes")]
    TooLarge {
        /// Its size.
        size_bytes: usize,
    },
    /// Not a PDF that can be read as it is written; a repaired reading is no ground for a signature.
    #[error("the file cannot be read without repair")]
    Unreadable(#[source] Option<Box<dyn std::error::Error + Send + Sync>>),
    /// Something that the renderer or an earlier revision writes is missing or of another kind.
    #[error("the file has no usable {what}")]
    Shape {
        /// The part.
        what: &'static str,
    },
    /// The rendered document already has fields.
    #[error("the file already has form fields")]
    HasFields,
    /// Places and boxes of the plan are not the same, in the same order.
    #[error("the places of the document are not the boxes of its plan")]
    PlacesDiffer,
    /// A place is empty, not finite or on no page.
    #[error("box {name} has no usable rectangle")]
    Place {
        /// The box.
        name: BoxName,
    },
    /// The table belongs to another file.
    #[error("the box table does not describe this file")]
    OtherTable,
    /// The box holds a signature.
    #[error("box {name} is already signed")]
    AlreadySigned {
        /// The box.
        name: BoxName,
    },
    /// The first signature has to certify, and only the first may.
    #[error("only the first signature certifies")]
    Certification,
    /// The stamp font has no glyph for a character.
    #[error("the stamp font has no glyph for U+{:04X}", u32::from(*.character))]
    Unprintable {
        /// The character.
        character: char,
    },
    /// The lines do not fit into the box at the smallest size.
    #[error("the appearance does not fit into its box")]
    NoRoom,
    /// The base holds no picture of this person in this box.
    #[error("the base holds no such picture")]
    NoPicture,
    /// The timestamp field is filled.
    #[error("the document already has its timestamp")]
    AlreadyStamped,
    /// A DSS is there already, and one is enough.
    #[error("the document already has a DSS")]
    HasDss,
    /// The CMS is larger than the place reserved for it.
    #[error("a CMS of {size_bytes} bytes does not fit into {reserved_bytes}")]
    CmsTooLarge {
        /// Its size.
        size_bytes: usize,
        /// The room in /Contents.
        reserved_bytes: usize,
    },
    /// Nothing is appended to an encrypted file.
    #[error("the file is encrypted")]
    Encrypted,
    /// An earlier signature forbids it (DocMDP, FieldMDP).
    #[error("an earlier signature forbids to sign this field")]
    Forbidden,
    /// The field demands of its signature what ours does not give.
    #[error("the seed values of the field cannot be kept")]
    SeedValue,
    /// The field has its signature.
    #[error("field {name:?} is already signed")]
    FieldFilled {
        /// Its full name.
        name: String,
    },
    /// There is another kind of field of this name, or none can be made.
    #[error("{name:?} is no signature field")]
    NoSignatureField {
        /// The name asked for.
        name: String,
    },
    /// The vendored stamp font cannot be subset.
    #[error("the stamp font cannot be embedded")]
    StampFont,
}

impl PdfFault {
    /// The stable code of this fault.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "pdf.too_large",
            Self::Unreadable(_) => "pdf.unreadable",
            Self::Shape { .. } => "pdf.shape",
            Self::HasFields => "pdf.has_fields",
            Self::PlacesDiffer => "pdf.places_differ",
            Self::Place { .. } => "pdf.place",
            Self::OtherTable => "pdf.other_table",
            Self::AlreadySigned { .. } => "signature.already_signed",
            Self::Certification => "signature.certification",
            Self::Unprintable { .. } => "signature.unprintable",
            Self::NoRoom => "signature.no_room",
            Self::NoPicture => "pdf.no_picture",
            Self::AlreadyStamped => "signature.already_stamped",
            Self::HasDss => "signature.has_dss",
            Self::CmsTooLarge { .. } => "signature.cms_too_large",
            Self::Encrypted => "pdf.encrypted",
            Self::Forbidden => "signature.forbidden",
            Self::SeedValue => "signature.seed_value",
            Self::FieldFilled { .. } => "signature.field_filled",
            Self::NoSignatureField { .. } => "signature.no_field",
            Self::StampFont => "pdf.stamp_font",
        }
    }
}
