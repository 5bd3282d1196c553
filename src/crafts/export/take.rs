//! Takes a file of any kind: recognised by its content, measured, read.

use school::gradebook::Gradebook;
use school::limits;
use school::records::reader_frame::ExportProblem;
use school::report::Report;

use super::assembly;
use super::layout::{self, Layouts, Read};
use super::part::Part;
use super::spreadsheet::{self, Kind, Refused};
use super::{ProblemCode, parse};

/// What a file is.
#[derive(Debug, Clone, PartialEq)]
pub enum Taken {
    /// A whole gradebook.
    Gradebook(Box<Gradebook>),
    /// Parts of classes, one for each class.
    Parts(Vec<Part>),
    /// A report without marks: nothing of it is read.
    Report(Report),
}

/// Reads a file.
///
/// Shape: `file` is its name without a path; it may tell class, subject, term and year, never the kind.
/// Errors: every problem with its code and its place.
pub fn take(bytes: &[u8], file: &str, layouts: &Layouts) -> Result<Taken, Vec<ExportProblem>> {
    if bytes.len() as u64 > limits::EXPORT_SIZE_BYTES {
        let (code, found) = (ProblemCode::TooLarge.as_str().to_owned(), bytes.len().to_string());
        return Err(vec![ExportProblem { code, path: "$".into(), found }]);
    }
    let kind = spreadsheet::kind(bytes).map_err(problems)?;
    if kind == Kind::Json {
        return parse(bytes).map(|book| Taken::Gradebook(Box::new(book)));
    }
    let grid = spreadsheet::read(kind, bytes).map_err(problems)?;
    let parts = match layout::read(layouts, &grid, file)? {
        Read::Parts(parts) => parts,
        Read::Report(report) => return Ok(Taken::Report(report)),
    };
    match parts.as_slice() {
        [whole] if whole.whole => assembly::whole(whole).map(|book| Taken::Gradebook(Box::new(book))),
        _ => Ok(Taken::Parts(parts)),
    }
}

fn problems(refused: Refused) -> Vec<ExportProblem> {
    let found = refused.found.chars().take(SHOWN_CHARACTERS).collect();
    vec![ExportProblem { code: refused.code.as_str().into(), path: refused.place, found }]
}

/// Characters of an offending value that are shown.
const SHOWN_CHARACTERS: usize = 60;
