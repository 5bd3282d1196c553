//! Acts: what a school decides beside its roster, and who may sign a box because of it (DESIGN, section 5).
//!
//! ```text
//! Proposed ─► InForce
//!     └─────► Withdrawn
//! ```

mod decide;
mod in_force;
mod refusal;
mod stage;

pub use decide::{ask_to_propose, ask_to_sign_act, ask_to_withdraw};
pub use in_force::{Bound, Capacity, InForce, SignedAct};
pub use refusal::ActRefusal;
pub use stage::{Acts, Stage};
