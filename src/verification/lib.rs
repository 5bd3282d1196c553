//! The judge, pure: it reads bytes and says what is proven. It shares no code with the writers
//! (invariant 7) and takes nothing on faith from what it is checking (invariant 14).
//!
//! Read [`report`] first, it is the contract of `niemphong verify --json`.
#![forbid(unsafe_code)]

pub mod acts;
mod asn1;
mod ber;
pub mod circumstances;
pub mod cms;
mod content;
pub mod deposit;
pub mod files;
pub mod image;
pub mod medium;
pub mod pdf;
pub mod pki;
pub mod register;
pub mod report;
pub mod timestamp;
mod transcript;
