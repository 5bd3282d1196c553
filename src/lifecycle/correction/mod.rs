//! Corrections of data that people signed (DOMAIN, 1.4, R3 to R7): a changed export opens a case, whoever
//! made the entry asks for it, the principal agrees, and the signed record locks the corrected data and calls
//! for another version of every document that printed the old ones. Refused and withdrawn cases stay.
//!
//! ```text
//! Opened ─► Requested ─► Consented ─► Recorded ─► RecordSigned ─► CarriedOut
//!     └──────────┴────────────┴───────────┴─► Refused, Withdrawn
//! ```

mod case;
mod decide;
mod refusal;

pub use case::{Case, CaseId, Corrections, Standing};
pub use decide::{Command, Step, ask, ask_to_open};
pub use refusal::CorrectionRefusal;
