//! Exports of gradebooks, format `niemphong-export/1`: JSON from strangers in, a checked
//! [`school::gradebook::Gradebook`] or every problem with its code and JSON path out.
//! The published schema is `docs/schema/niemphong-export-1.schema.json`; what it cannot say (unique
//! pupils, rows for every subject, letters that the font can print) is checked here.

mod attendance;
mod json;
mod later;
mod parse;
mod personal;
mod problem;
mod pupil;
mod reading;
mod results;
mod text;
mod year_of;

pub use parse::parse;
pub use problem::ProblemCode;
