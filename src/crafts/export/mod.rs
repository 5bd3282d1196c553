//! Exports of gradebooks, as strangers hand them to us. JSON of format `niemphong-export/1` becomes a checked
//! [`school::gradebook::Gradebook`]; spreadsheets are read by layouts (data) into parts of a class, and the
//! parts of a class are put together. What is wrong comes out with its code and its JSON path or cell.
//!
//! The published schema is `docs/schema/niemphong-export-1.schema.json`; what it cannot say (unique
//! pupils, rows for every subject, letters that the font can print) is checked here.

mod assembly;
mod attendance;
mod grid;
mod json;
mod later;
mod layout;
mod parse;
mod part;
mod personal;
mod problem;
mod pupil;
mod reading;
mod results;
mod sheet_problem;
mod spreadsheet;
mod take;
mod text;
mod year_of;

pub use assembly::{Assembled, BookDifference, Missing, StoredPart, Wanted, assemble, listed, periods};
pub use layout::{KnownSubject, Layout, LayoutFault, Layouts, Subjects, TemplateFault, template};
pub use parse::parse;
pub use part::{CellPlace, Part, PartPupil, PartSubject, Statement, Value, When, Witness};
pub use problem::ProblemCode;
pub use sheet_problem::SheetCode;
pub use take::{Taken, take};
