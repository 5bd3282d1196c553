//! The forms of a school, one file for each sheet, written in the layout language. Their words stand
//! here, where they are printed: a form reads like the form (DOMAIN, section 2).
//!
//! Sources: TT 22/2021/TT-BGDĐT and TT 58/2011/TT-BGDĐT, phụ lục.

mod class_book;
mod class_document;
mod corrected_version;
mod correction;
mod dossier_name;
mod enrolment_register;
mod regulation;
mod results_summary;
mod review_lists;
mod row;
mod source;
mod teacher_book;
mod transcript;

pub use class_book::{ClassBook, class_book};
pub use corrected_version::{CorrectedVersion, printed_changes};
pub use correction::{
    ChangedValue, Corrected, CorrectionRecord, CorrectionRequest, CorrectionSummary, PaperWitness,
    SummedCase, SummedOutcome, changed_values, correction_record, correction_request, correction_summary,
};
pub use enrolment_register::enrolment_register;
pub use results_summary::results_summary;
pub use review_lists::review_lists;
pub use source::{Form, FromGradebook, Purpose, is_blank, preview};
pub use teacher_book::teacher_book;
pub use transcript::{transcript, whole_transcript};
