//! What people read on screens and in notes: Vietnamese first, English second. For each code of a fault:
//! what happened, why, what to do now. Polite, no blame, no abbreviations, the device named as people
//! call it. Words on paper are in `crafts::document`.

pub mod amounts;
pub mod archive;
pub mod archive_book;
mod both;
pub mod burning;
pub mod calendar;
mod capacity;
mod check;
mod class_parts;
mod correction;
mod deposit_causes;
mod deposit_findings;
pub mod doctor;
pub mod documents;
mod elsewhere;
mod export_problems;
mod faults;
mod finding_causes;
mod findings;
pub mod handover;
pub mod inspection;
mod level_heads;
pub mod media;
mod notes;
mod period;
pub mod printing;
mod register_words;
mod report;
mod round;
mod sentences;
mod sheet_problems;
pub mod single;
mod sitting;
mod template;
mod terms;
pub mod tokens;

pub use both::{Both, both};
pub use capacity::capacity;
pub use check::{
    check_words, conduct_word, honour_word, inbox_checked, inbox_waits, outcome_words, study_word, turns,
};
pub use class_parts::{ClassStanding, Outcome, inbox_parts};
pub use correction::{correction_standing, inbox_correction};
pub use elsewhere::{inbox_not_taken, inbox_signed_elsewhere};
pub use faults::{Words, fault, words_of};
pub use level_heads::{LevelHeads, level_heads};
pub use notes::{
    inbox_known_already, inbox_refused, inbox_too_large, link_not_checked, signed_at, trusted_root,
};
pub use period::{period, period_within};
pub use register_words::{KEPT_HASHES_CONTRADICTED, copies_compared, proven};
pub use report::{inbox_kept, report_kept};
pub use round::{Called, ready_message};
pub use sentences::fill;
pub use sitting::{
    asks_with_checkpoint, at_reader, closing_waits, figures, progress, sitting, with_checkpoint,
};
pub use template::TEMPLATE_GUIDANCE;
pub use terms::terms;

/// Stands on every page and in every CA certificate of the demo; a CA whose name says so is never trusted
/// in earnest.
pub const NO_LEGAL_VALUE: &str = "DỮ LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ PHÁP LÝ";
/// The same in English, on pages.
pub const NO_LEGAL_VALUE_EN: &str = "Sample data, no legal value";

/// Vietnamese and English words for a finding of the judge.
pub type Finding = (&'static str, &'static str);
