//! One cell grid for every kind of spreadsheet: sheets of cells with text, number, bool or date, and
//! merged ranges where the format tells them. Text is NFC, as names leave this package.

use std::collections::BTreeMap;

use school::moment::Date;

/// A workbook as cells.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Grid {
    /// Its sheets, in order. A CSV file is one sheet without a name.
    pub sheets: Vec<Sheet>,
}

/// A sheet: cells by row and column, both from 0.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Sheet {
    /// Its name.
    pub name: String,
    /// Cells that hold something.
    pub cells: BTreeMap<(u32, u32), Cell>,
    /// Merged ranges; the first cell holds the value.
    pub merges: Vec<Merge>,
}

/// A merged range, both corners inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Merge {
    pub first: (u32, u32),
    pub last: (u32, u32),
}

/// A cell that holds something.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub value: CellValue,
    /// Computed by a formula: the value is what the program that wrote the file last saw.
    pub formula: bool,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum CellValue {
    Text(String),
    Number(f64),
    Bool(bool),
    Date(Date),
    /// `#REF!` and the like.
    Error(String),
}

impl CellValue {
    /// As a person reads it; whole numbers without a fraction.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Error(text) => text.clone(),
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
            Self::Number(number) => number.to_string(),
            Self::Bool(value) => value.to_string(),
            Self::Date(date) => date.vietnamese(),
        }
    }
}

impl Sheet {
    /// The value at a place; nothing for an empty cell.
    pub(super) fn value(&self, row: u32, column: u32) -> Option<&CellValue> {
        self.cells.get(&(row, column)).map(|cell| &cell.value)
    }

    /// What stands at a place, as text; empty for an empty cell.
    pub(super) fn text(&self, row: u32, column: u32) -> String {
        self.value(row, column).map(CellValue::shown).unwrap_or_default()
    }

    /// The cell that a merged range shows at this place; the place itself outside of any.
    pub(super) fn shown_at(&self, row: u32, column: u32) -> (u32, u32) {
        let covers = |merge: &&Merge| {
            (merge.first.0..=merge.last.0).contains(&row) && (merge.first.1..=merge.last.1).contains(&column)
        };
        self.merges.iter().find(covers).map_or((row, column), |merge| merge.first)
    }

    /// Cells of one row, from the left.
    pub(super) fn row(&self, row: u32) -> impl Iterator<Item = (u32, &Cell)> {
        self.cells.range((row, 0)..(row + 1, 0)).map(|(place, cell)| (place.1, cell))
    }

    /// One more than the last row that holds something.
    pub(super) fn rows(&self) -> u32 {
        self.cells.last_key_value().map_or(0, |(place, _)| place.0 + 1)
    }

    /// The place as people know it: `'Bảng điểm'!F12`, and `F12` in a CSV file.
    pub(super) fn place(&self, row: u32, column: u32) -> String {
        let cell = address(row, column);
        if self.name.is_empty() { cell } else { format!("'{}'!{cell}", self.name) }
    }
}

/// `F12` for row 11, column 5.
pub(super) fn address(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    let letters: String = letters.iter().rev().collect();
    format!("{letters}{}", u64::from(row) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_spreadsheet_program() {
        assert_eq!(address(11, 5), "F12");
        assert_eq!(address(0, 26), "AA1");
        assert_eq!(address(1_048_575, 16_383), "XFD1048576");
    }
}
