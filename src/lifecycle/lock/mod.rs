//! Decisions that lock exports and that open them again: ban quản trị proposes, the principal signs
//! (S2 Đ.8, S3 II.1.3; DESIGN, section 6).

mod decide;
mod refusal;

pub use decide::{ask_to_accept_differences, ask_to_go_on, ask_to_lock, ask_to_reopen, ask_to_review};
pub use refusal::LockRefusal;
