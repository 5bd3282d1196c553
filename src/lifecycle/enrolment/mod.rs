//! Enrolment: who signs with what, tried before it counts. A person rehearses (Diễn tập) with their own
//! token through everything that a real signature goes through; an authority that nobody knew is
//! trusted only after admin and principal compared its fingerprint; the admin confirms all bindings at
//! once; each reader belongs to one screen.

mod asking;
mod findings;
mod refusal;
mod state;

pub use asking::{
    ask_to_confirm_authority, ask_to_take_reader, ask_to_withdraw_authority, check_reader, propose_authority,
};
pub use findings::{AUTHORITY_UNKNOWN, findings};
pub use refusal::EnrolmentRefusal;
pub use state::{Enrolment, Rehearsal};
