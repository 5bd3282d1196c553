//! Small workbooks for the tests, written as people would type them.

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

/// A sheet: its rows, with cells as typed. `#8.5` is a number, `=A1` a formula with the value behind `|`,
/// everything else text; an empty string leaves the cell empty.
pub struct Typed<'a> {
    pub name: &'a str,
    pub rows: Vec<Vec<String>>,
    pub merges: Vec<(u32, u16, u32, u16)>,
}

pub fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('|').map(|cell| cell.trim().replace("\\n", "\n")).collect()).collect()
}

/// A sheet from lines with `|` between cells.
pub fn sheet<'a>(name: &'a str, text: &str) -> Typed<'a> {
    Typed { name, rows: rows(text), merges: Vec::new() }
}

impl Typed<'_> {
    /// Merges cells, rows and columns from 0.
    pub fn merged(mut self, ranges: &[(u32, u16, u32, u16)]) -> Self {
        self.merges.extend_from_slice(ranges);
        self
    }
}

/// The bytes of a workbook.
pub fn xlsx(sheets: &[Typed]) -> Vec<u8> {
    let mut book = Workbook::new();
    for typed in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(typed.name).expect("a name");
        for range in &typed.merges {
            sheet.merge_range(range.0, range.1, range.2, range.3, "", &Format::new()).expect("a range");
        }
        for (row, cells) in typed.rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                write(sheet, row as u32, column as u16, cell);
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &str) {
    if cell.is_empty() {
        return;
    }
    if let Some(number) = cell.strip_prefix('#') {
        sheet.write_number(row, column, number.parse::<f64>().expect("a number")).expect("written");
    } else if let Some((formula, value)) = cell.strip_prefix('=').and_then(|formula| formula.split_once('~'))
    {
        sheet.write_formula(row, column, Formula::new(formula).set_result(value)).expect("written");
    } else {
        sheet.write_string(row, column, cell).expect("written");
    }
}

/// The same sheet as CSV.
pub fn csv(typed: &Typed, separator: char, byte_order_mark: bool) -> Vec<u8> {
    let mut text = String::from(if byte_order_mark { "\u{FEFF}" } else { "" });
    for row in &typed.rows {
        let cells = row.iter().map(|cell| {
            let cell = cell.trim_start_matches('#').replace('"', "\"\"");
            if cell.contains([separator, '\n', '"']) { format!("\"{cell}\"") } else { cell }
        });
        text.push_str(&cells.collect::<Vec<_>>().join(&separator.to_string()));
        text.push_str("\r\n");
    }
    text.into_bytes()
}
