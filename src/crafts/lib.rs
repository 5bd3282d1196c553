//! The writers, pure: they take values and return candidates; nothing here reads a clock, a file or
//! a token, and nothing here judges. Read in this order: an [`export`] becomes a gradebook; a
//! [`document`] is rendered from it; [`pdf`] makes the signing base and appends revisions;
//! [`signature`] fills one box with a [`cms`]; a deposit is packed by [`bagit`], its register is a
//! [`tlog`], and [`seal`] states what was closed; [`guide`] is what a person reads on a medium.
#![forbid(unsafe_code)]

pub mod bagit;
pub mod cms;
pub mod document;
pub mod export;
pub mod guide;
pub mod pdf;
pub mod seal;
pub mod signature;
pub mod tlog;
