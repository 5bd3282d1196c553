//! Workbooks as grids, by calamine; called only after they were measured.

use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Ods, Range, Reader, Xls, Xlsx};
use school::limits;
use school::moment::Date;
use unicode_normalization::UnicodeNormalization;

use super::Refused;
use crate::export::grid::{Cell, CellValue, Grid, Merge, Sheet, address};
use crate::export::sheet_problem::SheetCode;

fn damaged<E: std::fmt::Display>(fault: E) -> Refused {
    Refused::new(SheetCode::Damaged, "", fault)
}

pub(super) fn xlsx(bytes: &[u8]) -> Result<Grid, Refused> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut grid = Grid::default();
    for name in book.sheet_names() {
        let mut sheet = Sheet { name: normalised(&name), ..Sheet::default() };
        let merges = match book.merge_cells_by_sheet_name(&name) {
            Ok(merges) => merges,
            // Sheets of charts have no cells.
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(fault) => return Err(damaged(fault)),
        };
        sheet.merges = merges.iter().map(merge).collect();
        // Cell by cell: a range would be a full rectangle up to the last cell.
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            Err(calamine::XlsxError::NotAWorksheet(_)) => continue,
            Err(fault) => return Err(damaged(fault)),
        };
        while let Some(record) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
            let formula = record.formula.is_some();
            // A formula without a stored value is no empty cell: what it would show is not known.
            let unknown = || formula.then(|| CellValue::Text(FORMULA.into()));
            if let Some(value) = of_reference(&record.value).or_else(unknown) {
                let (row, column) = record.pos;
                if row >= limits::SHEET_ROWS || column >= limits::SHEET_COLUMNS {
                    let at = sheet.place(row, column);
                    return Err(Refused::new(SheetCode::CellFarAway, at, value.shown()));
                }
                sheet.cells.insert(record.pos, Cell { value, formula });
            }
        }
        grid.sheets.push(sheet);
    }
    Ok(grid)
}

pub(super) fn xls(bytes: &[u8]) -> Result<Grid, Refused> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|fault| match fault {
        calamine::XlsError::Password => Refused::new(SheetCode::Encrypted, "", ""),
        fault => damaged(fault),
    })?;
    let mut grid = Grid::default();
    for name in book.sheet_names() {
        let merges = book.merge_cells_by_sheet_name(&name).map_err(damaged)?;
        let values = book.worksheet_range(&name).map_err(damaged)?;
        let formulas = book.worksheet_formula(&name).map_err(damaged)?;
        let mut sheet = dense(&name, &values, &formulas);
        sheet.merges = merges.iter().map(merge).collect();
        grid.sheets.push(sheet);
    }
    Ok(grid)
}

pub(super) fn ods(bytes: &[u8]) -> Result<Grid, Refused> {
    let mut book: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(|fault| match fault {
        calamine::OdsError::Password => Refused::new(SheetCode::Encrypted, "", ""),
        fault => damaged(fault),
    })?;
    let mut grid = Grid::default();
    for name in book.sheet_names() {
        let values = book.worksheet_range(&name).map_err(damaged)?;
        if let Some((row, column)) = values.end()
            && (row >= limits::SHEET_ROWS || column >= limits::SHEET_COLUMNS)
        {
            return Err(Refused::new(SheetCode::CellFarAway, address(row, column), ""));
        }
        let formulas = book.worksheet_formula(&name).map_err(damaged)?;
        grid.sheets.push(dense(&name, &values, &formulas));
    }
    Ok(grid)
}

fn dense(name: &str, values: &Range<Data>, formulas: &Range<String>) -> Sheet {
    let mut sheet = Sheet { name: normalised(name), ..Sheet::default() };
    let (top, left) = values.start().unwrap_or_default();
    for (row, column, value) in values.used_cells() {
        let place = (top + row as u32, left + column as u32);
        let formula = formulas.get_value(place).is_some_and(|formula| !formula.is_empty());
        if let Some(value) = of_data(value) {
            sheet.cells.insert(place, Cell { value, formula });
        }
    }
    let (top, left) = formulas.start().unwrap_or_default();
    for (row, column, formula) in formulas.used_cells() {
        if !formula.is_empty() {
            let unknown = Cell { value: CellValue::Text(FORMULA.into()), formula: true };
            sheet.cells.entry((top + row as u32, left + column as u32)).or_insert(unknown);
        }
    }
    sheet
}

/// Stands for the value of a formula that nobody stored.
const FORMULA: &str = "=?";

fn merge(range: &Dimensions) -> Merge {
    Merge { first: range.start, last: range.end }
}

fn normalised(text: &str) -> String {
    text.nfc().collect()
}

fn text(text: &str) -> Option<CellValue> {
    (!text.trim().is_empty()).then(|| CellValue::Text(normalised(text)))
}

fn of_reference(value: &DataRef<'_>) -> Option<CellValue> {
    match value {
        DataRef::SharedString(shared) => text(shared),
        other => of_data(&Data::from(other.clone())),
    }
}

fn of_data(value: &Data) -> Option<CellValue> {
    match value {
        Data::Empty => None,
        Data::String(string) | Data::DurationIso(string) => text(string),
        Data::Int(number) => Some(CellValue::Number(*number as f64)),
        Data::Float(number) => Some(CellValue::Number(*number)),
        Data::Bool(value) => Some(CellValue::Bool(*value)),
        Data::DateTime(moment) => Some(date(*moment)),
        // An ISO date, with or without a time of day.
        Data::DateTimeIso(iso) => {
            let day = iso.get(..10).and_then(|day| day.parse::<Date>().ok());
            Some(day.map_or_else(|| CellValue::Text(iso.clone()), CellValue::Date))
        }
        Data::Error(error) => Some(CellValue::Error(error.to_string())),
    }
}

fn date(moment: ExcelDateTime) -> CellValue {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}").parse();
    date.map_or(CellValue::Number(moment.as_f64()), CellValue::Date)
}
