//! The clerk joins rule and effect: one file per step of the story, in the order in which a
//! gradebook walks through the house. It has no state of its own; what it works with lies in
//! [`Office`], and every step can be run again after a kill, because a step asks the ledger first
//! what was done already.
//!
//! Every risky step goes stage, commit, apply: the bytes are written to the staging folder under
//! their digest, the register entry is the one commit point, then the staged file is moved to its
//! published name. [`resume()`] repeats only the last part.

mod acceptance;
mod account;
mod act;
mod actor;
mod anchors;
mod assemble;
mod bag;
mod batch;
mod burn;
mod check;
mod checkpoints;
mod class_list;
mod close;
mod commission;
mod correct;
mod custody;
mod deposit;
mod earlier;
mod elsewhere;
mod enrol;
mod extract;
mod fault;
mod guide;
mod handover;
mod health;
mod inspect;
mod leaver;
mod lock;
mod medium_acts;
mod medium_content;
mod medium_copies;
mod medium_pages;
mod medium_plan;
mod medium_seal;
mod names;
mod office;
mod own_rules;
mod papers;
mod picture;
mod print;
mod proofs;
mod reading_room;
mod reconcile;
mod refuse;
mod registered;
mod rehearse;
mod render;
mod resume;
mod review;
mod round;
mod seal;
mod sign;
mod signed_papers;
mod signer;
mod single;
mod staff_on_file;
mod standing;
mod subjects;
mod sum_corrections;
mod take_in;
#[cfg(test)]
mod tests;
mod timekeeping;
mod timestamps;
mod trouble;
mod turns;
mod version_changes;

pub use crafts::document::{ChangedValue, PaperWitness};
pub use crafts::guide::given_name_first;

pub use acceptance::accept_device;
pub use account::{AccountDeed, account_words, record_account};
pub use act::{propose_act, sign_act, withdraw_act};
pub use actor::Actor;
pub use anchors::record_anchors;
pub use assemble::accept_book_differences;
#[cfg(test)]
pub use batch::read_ahead;
pub use batch::{Left, Room, Seat, Watch, sit, sit_together};
pub use burn::{Reading, Writing, check_copy, devices, devices_known, media_host, write_copy};
pub use check::accept_differences;
pub use checkpoints::checkpoint_signatures;
pub use class_list::{ClassList, ListedPupil};
pub use close::{Closing, close_due, close_signed};
pub use commission::{commission, sign_year, year_signed, year_to_sign};
pub use correct::{
    CorrectionCase, correction, open_correction, record_correction, refuse_correction, request_correction,
    withdraw_correction,
};
pub use custody::{Handling, handle};
pub use deposit::{build_deposit, missing, plan_deposit};
pub use enrol::{
    bindings, confirm_authority, confirm_bindings, propose_authorities, take_reader, withdraw_authority,
};
pub use extract::{GivenExtract, copies_holding, extract, given_extract, latest_extracts};
pub use fault::ClerkFault;
pub use handover::{handover_record, handover_words, record_handover};
pub use health::{Examined, Finding, Stands, examine};
pub use leaver::{Leaving, hand_over};
pub use lock::{propose_lock, propose_reopening};
pub use medium_content::files_of_medium;
pub use medium_copies::{act_on_copy, begin_copy, keep_words, read_copy_back, read_folder, settle_folder};
pub use medium_plan::plan_media;
pub use medium_seal::seal_medium;
pub use office::{Authorities, Office, YearInForce, register_file};
pub use own_rules::{Authority, choose_authority, move_calendar, regulate_archive, use_own_authority};
pub use papers::{LABEL, hand_over_record, papers_of, register_book};
pub use picture::keep_picture;
pub use print::{paper_code, print_copy, record_print};
pub use proofs::{prove_time, sealed, take_time_answer, time_request};
pub use reading_room::{ReadingRoom, Remarked, offered};
#[cfg(test)]
pub use reconcile::leave_attempt;
pub use refuse::{refuse, resume_refused};
pub use registered::{box_for, dossier_of, sign_registered};
#[cfg(test)]
pub use rehearse::RehearsalOutcome;
pub use rehearse::{Rehearsing, rehearse};
pub use render::make_bases;
pub use resume::resume;
pub use review::{review, waive_review};
pub use round::{close_round, leave_out, open_round, round_work};
pub use seal::{next_signer, seal, sign_record};
pub use sign::{came_for, note_refused, refuse_other_token, try_box};
pub use signed_papers::SignedPaper;
pub use signer::AtToken;
pub use single::{SingleDesk, SingleSigned, SingleSigner};
pub use staff_on_file::{StaffOnFile, staff_on_file};
pub use standing::Looked;
pub use subjects::{NamedSubject, subjects_named};
pub use sum_corrections::sum_corrections;
pub use take_in::{Reception, empty_inbox};
pub use timekeeping::{clock_read_by, confirm_clock, look_at_clock, read_clock};
pub use timestamps::{TimestampLimit, TokenRoom};
pub use trouble::report_trouble;
pub use turns::Turns;
pub use version_changes::VersionChanges;
