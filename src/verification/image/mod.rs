//! Reads an ISO 9660 image with Joliet names and judges the medium on it.
//!
//! The same image shows one tree of names to Windows (Joliet) and another to most other systems
//! (Rock Ridge). Both are read, and an image on which they differ is refused: an inspector must not
//! see other files than the judge did.

mod directory;
mod judgement;
mod path_table;
mod volume;

pub use judgement::judge;
pub use volume::{Fault, Folder, Volume};
#[cfg(test)]
mod tests;
