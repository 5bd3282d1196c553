//! The register: append-only events in SQLite, hash-chained, with the Merkle tree of RFC 6962 over
//! its lines. It stores events, it never weighs them.
//!
//! WAL with `synchronous=FULL`: an entry that was acknowledged survives a power cut (with NORMAL,
//! measured, it may not). SQLite is compiled in: Debian's 3.40 predates the WAL-reset fix.

mod book;
mod fault;
mod leaves;

pub use book::{Access, Register};
pub use fault::RegisterFault;
pub use leaves::{Kept, Leaves};
