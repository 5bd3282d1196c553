//! Rounds (đợt ký): who is called to sign, and when. Visits to the office are what signing costs people, so
//! a person is called only when coming is worth while: see [`Work::calls`].
//!
//! ```text
//! Open ─► Closed
//! ```

mod decide;
mod foreseen;
mod refusal;
mod stage;
mod unmade;
mod work;

pub use decide::{ask_to_close, ask_to_leave_out, ask_to_open};
pub use foreseen::{Foreseen, foreseen};
pub use refusal::RoundRefusal;
pub use stage::{Round, RoundNumber, Rounds, Scope};
pub use unmade::Awaited;
pub use work::{Late, Remaining, Work};
