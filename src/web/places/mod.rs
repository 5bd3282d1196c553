//! The places: one file each, with its pages and what their forms do.

pub mod checks;
pub mod desk;
pub mod dossier;
pub mod overview;
pub mod sign_in;
pub mod signing;
pub mod stages;
pub mod visit;
