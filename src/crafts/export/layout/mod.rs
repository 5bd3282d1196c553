//! Layouts: how school software arranges a gradebook in a spreadsheet, as data. A layout is a TOML file
//! (`config/layouts/`, `docs/layouts.md`); a new one needs no Rust.
//!
//! Read in this order: [`form`] is the language, [`pattern`] its patterns, [`field`] what a column can
//! give; [`table`] finds the tables of a sheet, [`value`] reads a cell, [`rows`] and [`cell`] make
//! statements of rows, [`recognise`] chooses the layout of a file; [`shipped`] holds those that come with the program.

mod cell;
mod declared;
mod facts;
mod field;
mod form;
mod pattern;
mod recognise;
mod rows;
mod shipped;
mod subjects;
mod table;
mod template;
mod value;

pub use form::{Layout, LayoutFault};
pub(super) use pattern::folded;
pub use shipped::Layouts;
pub use subjects::{KnownSubject, Subjects};
pub use template::{TemplateFault, template};

pub(super) use recognise::{Read, read};
