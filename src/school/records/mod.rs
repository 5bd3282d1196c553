//! Stored forms and frames, each versioned by its `format` or `v`. What is stored as JSON is stored
//! canonically, so that its SHA-256 is its identity.

pub mod canonical;
pub mod control_frame;
pub mod custody;
pub mod description;
pub mod handover;
pub mod media_frame;
pub mod picture;
pub mod reader_frame;
pub mod reason;
pub mod token_frame;
