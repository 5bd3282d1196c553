//! The places: one file each, with its pages and what their forms do.

pub mod archive;
pub mod authorities;
pub mod burning;
pub mod checks;
pub mod desk;
pub mod dossier;
mod fields;
mod folded;
pub mod help;
pub mod lock;
pub mod new_year;
pub mod opening;
pub mod overview;
pub mod printing;
pub mod rehearsal;
pub mod review;
mod roster_table;
pub mod rounds;
pub mod search;
pub mod setup;
pub mod sign_in;
pub mod signing;
pub mod stages;
pub mod trouble;
pub mod visit;
