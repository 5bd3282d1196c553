//! The words everyone in niemphong shares: people and roles of a school, gradebook, plans,
//! dossier keys, digests and moments. Floor 0: pure values, no clock, no file, no socket.
//!
//! The story reads in this order: a [`gradebook`] arrives for a class and [`dossier::Period`];
//! its results are recomputed by the rules in [`scoring`];
//! the [`roster`] says who holds which [`role`]; a [`plan`] says who signs in which order; the
//! [`dossier::DossierKey`] names the document that is signed. [`records`] holds the stored forms.
#![forbid(unsafe_code)]

pub mod act;
pub mod archive;
pub mod correction;
pub mod deposit;
pub mod digest;
pub mod dossier;
pub mod gradebook;
pub mod identifier;
pub mod limits;
pub mod medium;
pub mod moment;
pub mod natural_order;
pub mod plan;
pub mod plan_choice;
pub mod records;
pub mod regulation;
pub mod report;
pub mod role;
pub mod roster;
pub mod scoring;
