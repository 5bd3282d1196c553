//! Dossiers: from the signing base through the turns of the plan to closing.
//!
//! ```text
//! base ─► AwaitingTurn ─► (AwaitingTurn …) ─► Signed ─► Closed
//!             │    ▲
//!             ▼    │
//!             Halted
//! ```

mod decide;
mod refusal;
mod stage;

pub use decide::{
    Permit, RevocationPolicy, SignersWord, Unchecked, ask_to_refuse, ask_to_resume, ask_to_sign,
    check_standing,
};
pub use refusal::Refusal;
pub use stage::{Attempt, Closed, Dossier, Revision, Stage};
