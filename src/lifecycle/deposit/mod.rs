//! Deposits: planned, built, sealed; archived only when the school's media were read back.
//!
//! `content` says what goes into a deposit of a kind, `completeness` what the roster asks of a year and is
//! not there yet, `decide` which step may be taken now, `next` which one comes next.

mod completeness;
mod content;
mod decide;
mod next;
mod refusal;
mod stage;

pub use completeness::{Absent, Expected, Missing, pupils_of_year};
pub use content::{Late, Room, ask_to_plan};
pub use decide::{Command, Record, Step, ask};
pub use next::{Next, next};
pub use refusal::DepositRefusal;
pub use stage::{Deposit, Deposits, Stage, sealing_record};
