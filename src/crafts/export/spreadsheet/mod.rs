//! Spreadsheets from strangers, as one cell grid. What a file is, is told by its content; what it would
//! become is measured before the library that reads it may begin, because that library trusts sizes.
//!
//! Read in this order: [`mod@kind`] recognises, [`archive`] and [`compound`] measure, [`workbook`] and
//! [`table`] read, [`legacy`] names the encodings of before Unicode.

mod archive;
mod compound;
mod kind;
mod legacy;
mod table;
mod workbook;

use school::limits;

use super::grid::{CellValue, Grid};
use super::sheet_problem::SheetCode;

pub(super) use kind::{Kind, kind};

/// Why a file is no grid: the first thing that is wrong; nothing else is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused {
    pub code: SheetCode,
    /// Entry, sheet or cell.
    pub place: String,
    /// What was found, in short.
    pub found: String,
}

impl Refused {
    fn new(code: SheetCode, place: impl Into<String>, found: impl ToString) -> Self {
        Self { code, place: place.into(), found: found.to_string() }
    }
}

/// Reads a spreadsheet of a kind that [`mod@kind`] recognised.
pub(super) fn read(kind: Kind, bytes: &[u8]) -> Result<Grid, Refused> {
    let grid = match kind {
        Kind::Xlsx => {
            archive::measure(bytes)?;
            workbook::xlsx(bytes)?
        }
        Kind::Ods => {
            archive::measure(bytes)?;
            workbook::ods(bytes)?
        }
        Kind::Xls => {
            compound::measure(bytes)?;
            workbook::xls(bytes)?
        }
        Kind::Csv => table::csv(bytes)?,
        Kind::Json => Grid::default(),
    };
    check(&grid)?;
    Ok(grid)
}

/// Limits and encodings of what was read, the same for every kind.
fn check(grid: &Grid) -> Result<(), Refused> {
    let cells: usize = grid.sheets.iter().map(|sheet| sheet.cells.len()).sum();
    if cells > limits::SPREADSHEET_CELLS {
        return Err(Refused::new(SheetCode::TooManyCells, "", cells));
    }
    for sheet in &grid.sheets {
        for (place, cell) in &sheet.cells {
            if place.0 >= limits::SHEET_ROWS || place.1 >= limits::SHEET_COLUMNS {
                let at = sheet.place(place.0, place.1);
                return Err(Refused::new(SheetCode::CellFarAway, at, cell.value.shown()));
            }
            if let CellValue::Text(text) = &cell.value
                && text.chars().count() > limits::CELL_CHARACTERS
            {
                let at = sheet.place(place.0, place.1);
                return Err(Refused::new(SheetCode::CellTooLong, at, text.chars().count()));
            }
        }
    }
    legacy::refuse(grid)
}
