//! Many documents, many tokens: everyone who sits at a reader signs all that waits for them with one PIN.
//!
//! A [`Seat`] is a person at a reader; the [`Room`] is where all of them sign at the same time. Each token has
//! a thread of its own (`lane`), and so has each reader that judges (`judges`); whoever owns the office
//! calls [`Room::step`] and does the rest: permits, journal, commits. Every token has its next documents
//! before it, prepared and journaled, so that it never waits for us; what its neighbour signed a moment ago
//! it may sign now.
//!
//! ```text
//! permit ─► prepare ─► journal (group) ─► C_Sign ─► embed ─► stage ─► judge ─► flush, register (group) ─► name
//! ```
//!
//! The register entry is the commit point, as everywhere. Nothing is flushed one by one: what is judged while
//! a group is being written forms the next group.

mod judges;
mod lane;
mod room;
mod seat;
mod together;

pub use room::{NotAdmitted, Room};
pub use seat::{Left, Seat, Watch};
#[cfg(test)]
pub use together::read_ahead;
pub use together::{sit, sit_together};
