//! CSV as a grid: UTF-8 with or without a byte order mark, `;` or `,`, quotes as RFC 4180 has them. Every
//! cell is text; what begins with `=` is text too and is never computed.

use school::limits;
use unicode_normalization::UnicodeNormalization;

use super::{Refused, legacy};
use crate::export::grid::{Cell, CellValue, Grid, Sheet};
use crate::export::sheet_problem::SheetCode;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

pub(super) fn csv(bytes: &[u8]) -> Result<Grid, Refused> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            // Files of before Unicode have one byte a letter: shown as Latin-1 they tell what they are.
            let latin: String = bytes.iter().map(|byte| char::from(*byte)).collect();
            let at = format!("byte {}", error.valid_up_to());
            return Err(match legacy::of_text(&latin) {
                Some(legacy) => Refused::new(legacy.code(), at, ""),
                None => Refused::new(SheetCode::NotUtf8, "", at),
            });
        }
    };
    let mut sheet = Sheet::default();
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut record = ::csv::StringRecord::new();
    let (mut row, mut counted) = (0_u32, 0_usize);
    loop {
        // The reader skips empty lines, people count them.
        let at = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
        let skipped = text.as_bytes()[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let begins = at + skipped;
        row += text.as_bytes()[counted..begins].iter().filter(|byte| **byte == b'\n').count() as u32;
        counted = begins;
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(fault) => return Err(Refused::new(SheetCode::Damaged, format!("{}", row + 1), fault)),
        }
        for (column, field) in record.iter().enumerate() {
            let text: String = field.nfc().collect();
            if !text.trim().is_empty() {
                let cell = Cell { value: CellValue::Text(text), formula: false };
                sheet.cells.insert((row, column as u32), cell);
            }
        }
        if sheet.cells.len() > limits::SPREADSHEET_CELLS {
            return Err(Refused::new(SheetCode::TooManyCells, "", sheet.cells.len()));
        }
    }
    Ok(Grid { sheets: vec![sheet] })
}

/// The separator that stands more often in the first line with at least two of them: a header, which has
/// no decimal commas. What stands in quotes separates nothing.
fn delimiter(text: &str) -> u8 {
    let counts = |line: &str| {
        let mut quoted = false;
        let (mut semicolons, mut commas) = (0, 0);
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ';' if !quoted => semicolons += 1,
                ',' if !quoted => commas += 1,
                _ => {}
            }
        }
        (semicolons, commas)
    };
    let header =
        text.lines().take(HEADER_LINES).map(counts).find(|(semicolons, commas)| *semicolons.max(commas) >= 2);
    match header {
        Some((semicolons, commas)) if semicolons > commas => b';',
        Some(_) => b',',
        None if text.contains(';') => b';',
        None => b',',
    }
}

/// Lines in which a header is looked for.
const HEADER_LINES: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_separator_quotes_and_empty_lines_keep_their_places() {
        for text in ["STT;Tên;ĐTB\n\n1;\"An; Bình\";8,5\n", "\u{FEFF}STT,Tên,ĐTB\n\n1,\"An; Bình\",\"8,5\"\n"]
        {
            let grid = csv(text.as_bytes()).expect("sound");
            let texts: Vec<_> =
                grid.sheets[0].cells.iter().map(|(place, cell)| (*place, cell.value.shown())).collect();
            assert_eq!(
                texts[3..].to_vec(),
                [((2, 0), "1".into()), ((2, 1), "An; Bình".into()), ((2, 2), "8,5".into())]
            );
        }
    }
}
