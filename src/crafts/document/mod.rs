//! Documents as tagged PDF/A-3a and PDF/UA-1, before any field is in them. Each form is one file
//! and takes one input struct; [`Rendered`] says where its signature places lie. A base prints no
//! name or title at a place (the appearance of the signature does), only whose place it is.
//!
//! Sources: TT 22/2021/TT-BGDĐT (class book, transcript), NĐ 30/2020/NĐ-CP, Phụ lục I (decision,
//! record), ISO 19005-3, ISO 14289-1.

mod archive;
mod check_report;
mod faces;
mod forms;
mod inspection_record;
mod layout;
mod leaders;
mod letterhead;
mod lock_decision;
mod look;
mod page_content;
mod painting;
mod paper;
mod plain_text;
mod printed_words;
mod rehearsal;
mod rendered;
mod sealing_record;
mod signing_places;
mod strokes;
mod supplement;
mod table;
mod typeface;

use school::dossier::DossierId;
use school::identifier::{SchoolCode, SchoolYear};
use school::plan::BoxName;
use school::records::canonical::NotCanonical;
use school::roster::RosterFault;

pub use archive::{
    Attendee, CopyOnPaper, GivenPaper, LabelSize, MediumLabel, MediumRecord, Occasion, Part, PupilPapers,
    RegisterBook, RegisterRow, SealSlip, contents_list, label_code, medium_label, medium_record,
    pupil_papers, register_book, seal_slip,
};
pub use check_report::{CheckReport, check_report};
pub(crate) use faces::Weight;
pub use faces::prints;
pub use forms::{
    ChangedValue, ClassBook, Corrected, CorrectedVersion, CorrectionRecord, CorrectionRequest,
    CorrectionSummary, Form, FromGradebook, PaperWitness, Purpose, SummedCase, SummedOutcome, changed_values,
    class_book, correction_record, correction_request, correction_summary, enrolment_register, is_blank,
    preview, printed_changes, results_summary, review_lists, teacher_book, transcript, whole_transcript,
};
pub use inspection_record::{
    InspectedObject, InspectedProblem, InspectedSignature, InspectionRecord, inspection_record,
};
pub use lock_decision::{LockDecision, LockedExport, lock_decision};
pub use plain_text::plain_text;
pub use rehearsal::{Rehearsal, rehearsal};
pub use rendered::{Place, PlacePicture, PlacePictures, Rendered};
pub use sealing_record::{SealingRecord, sealing_record};
pub use supplement::Supplemented;
pub(crate) use typeface::{BOLD, ITALIC, REGULAR};

/// Why a document could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum DocumentFault {
    /// The plan is for another document than the data.
    #[error("plan of dossier {0} does not fit the data")]
    OtherDossier(DossierId),
    /// Gradebook and roster are of two schools or of two years.
    #[error("the gradebook is of school {school}, year {year}; the roster is of another")]
    OtherSchool {
        /// School of the gradebook.
        school: SchoolCode,
        /// Year of the gradebook.
        year: SchoolYear,
    },
    /// The class has no pupil with the code of the transcript's dossier.
    #[error("dossier {0} names a pupil who is not in the gradebook")]
    NoSuchPupil(DossierId),
    /// The scan of a signature on paper is no PNG, or there are more than a record has room for.
    #[error("the scan of a signature on paper cannot be used")]
    Scan,
    /// A transcript over no year.
    #[error("there is no year to put together")]
    NothingToShow,
    /// A pupil has no row for a subject, or a subject is assessed in two ways.
    #[error("pupil {pupil} has no fitting row for subject {subject}")]
    NoRow {
        /// Code of the pupil.
        pupil: String,
        /// Code of the subject.
        subject: String,
    },
    /// The roster lacks a person whom the document names.
    #[error("the roster does not fit the document")]
    Roster(#[from] RosterFault),
    /// A box of the plan has no place in this form.
    #[error("box {0} of the plan has no place")]
    NoPlace(BoxName),
    /// A place belongs to no box of the plan, or a box has two.
    #[error("box {0} has a place too many")]
    SurplusPlace(BoxName),
    /// The embedded font has no glyph for a letter of this text.
    #[error("the embedded font cannot print {0:?}")]
    Unprintable(String),
    /// A row does not cover every column exactly once.
    #[error("irregular table: {0}")]
    IrregularTable(String),
    /// A row is higher than a page.
    #[error("a row does not fit a page: {0}")]
    TooTall(String),
    /// An attachment has no canonical form.
    #[error("attachment has no canonical form")]
    NotCanonical(#[from] NotCanonical),
    /// The PDF/A-3a or PDF/UA-1 validator refused the document.
    #[error("not PDF/A-3a and PDF/UA-1: {0}")]
    Refused(String),
}

impl DocumentFault {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::OtherDossier(_) => "document.other_dossier",
            Self::OtherSchool { .. } => "document.other_school",
            Self::NoSuchPupil(_) => "document.no_such_pupil",
            Self::Scan => "document.scan",
            Self::NothingToShow => "document.nothing_to_show",
            Self::NoRow { .. } => "document.no_row",
            Self::Roster(_) => "document.roster",
            Self::NoPlace(_) => "document.no_place",
            Self::SurplusPlace(_) => "document.surplus_place",
            Self::Unprintable(_) => "document.unprintable",
            Self::IrregularTable(_) => "document.irregular_table",
            Self::TooTall(_) => "document.too_tall",
            Self::NotCanonical(_) => "document.not_canonical",
            Self::Refused(_) => "document.refused",
        }
    }
}
