//! Measures a zipped workbook (xlsx, ods) before it is read: every entry is unpacked once into a buffer
//! with an end, so that a size that lies in the directory deceives nobody.
//!
//! Source of the limits: a class book of 60 pupils and 20 subjects unpacks to some 3 MB.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use school::limits;
use zip::ZipArchive;

use super::Refused;
use crate::export::sheet_problem::SheetCode;

/// Entries are small, few, not nested, not encrypted, and their XML declares nothing.
pub(super) fn measure(bytes: &[u8]) -> Result<(), Refused> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged(""))?;
    if archive.len() > limits::ARCHIVE_ENTRIES {
        return Err(Refused::new(SheetCode::Bomb, "", format!("{} entries", archive.len())));
    }
    let mut total = 0_u64;
    let mut cells = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|fault| match fault {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => {
                Refused::new(SheetCode::Encrypted, "", "")
            }
            fault => damaged("")(fault),
        })?;
        let name = entry.name().map(|name| name.into_owned()).unwrap_or_default();
        let packed = entry.compressed_size();
        let mut content = Vec::new();
        let most = limits::ARCHIVE_ENTRY_SIZE_BYTES;
        entry.take(most + 1).read_to_end(&mut content).map_err(damaged(&name))?;
        let size = content.len() as u64;
        total += size;
        let bomb = |found: String| Refused::new(SheetCode::Bomb, name.as_str(), found);
        if size > most || total > limits::ARCHIVE_SIZE_BYTES {
            return Err(bomb(format!("> {} MiB", size.max(total) >> 20)));
        }
        if size > RATIO_COUNTS_FROM_BYTES && size / packed.max(1) > limits::ARCHIVE_RATIO {
            return Err(bomb(format!("1:{}", size / packed.max(1))));
        }
        if content.starts_with(b"PK\x03\x04") {
            return Err(Refused::new(SheetCode::NestedArchive, name, ""));
        }
        let lower = name.to_ascii_lowercase();
        if lower.ends_with(".xml") || lower.ends_with(".rels") || lower.ends_with(".vml") {
            cells += walk(&name, &content)?;
        }
        if cells > limits::SPREADSHEET_CELLS {
            return Err(Refused::new(SheetCode::TooManyCells, name, cells));
        }
        if lower == "meta-inf/manifest.xml" && contains(&content, b"encryption-data") {
            return Err(Refused::new(SheetCode::Encrypted, name, ""));
        }
    }
    Ok(())
}

/// Small entries may be as regular as they like.
const RATIO_COUNTS_FROM_BYTES: u64 = 1024 * 1024;

fn damaged<E: std::fmt::Display>(place: &str) -> impl Fn(E) -> Refused {
    move |fault| Refused::new(SheetCode::Damaged, place, fault)
}

fn contains(content: &[u8], word: &[u8]) -> bool {
    content.windows(word.len()).any(|window| window == word)
}

/// Walks the XML of one entry and counts the cells that it would become.
fn walk(name: &str, content: &[u8]) -> Result<usize, Refused> {
    let text = std::str::from_utf8(content).map_err(damaged(name))?;
    let mut reader = Reader::from_str(text.trim_start_matches('\u{FEFF}'));
    reader.config_mut().check_end_names = false;
    let (mut cells, mut depth) = (0_usize, 0_usize);
    let mut row = Row::default();
    loop {
        let event = reader.read_event().map_err(damaged(name))?;
        match event {
            Event::Eof => return Ok(cells),
            // An entity is only ever declared here; nothing may be declared.
            Event::DocType(_) => return Err(Refused::new(SheetCode::Declaration, name, "DOCTYPE")),
            Event::Start(start) => {
                depth += 1;
                if depth > limits::XML_DEPTH {
                    return Err(Refused::new(SheetCode::TooDeep, name, depth));
                }
                cells += row.open(&start, name)?;
            }
            Event::Empty(start) => cells += row.open(&start, name)? + row.close(&start),
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                if end.local_name().as_ref() == "table-row" {
                    cells += row.end();
                }
            }
            Event::Text(text) if text.len() > limits::CELL_SIZE_BYTES => {
                return Err(Refused::new(SheetCode::CellTooLong, name, text.len()));
            }
            Event::CData(text) if text.len() > limits::CELL_SIZE_BYTES => {
                return Err(Refused::new(SheetCode::CellTooLong, name, text.len()));
            }
            _ => {}
        }
        if cells > limits::SPREADSHEET_CELLS {
            return Err(Refused::new(SheetCode::TooManyCells, name, cells));
        }
    }
}

/// The row of an OpenDocument table that is being walked: one cell element may stand for thousands, but
/// only up to the last that holds something.
#[derive(Default)]
struct Row {
    repeated: usize,
    cells: usize,
    pending: usize,
}

impl Row {
    fn open(&mut self, start: &BytesStart, entry: &str) -> Result<usize, Refused> {
        match start.local_name().as_ref() {
            "c" => Ok(1),
            // calamine keeps a list as long as the highest index of a shared formula.
            "f" if number(start, "si") > limits::SPREADSHEET_CELLS => {
                Err(Refused::new(SheetCode::Bomb, entry, "shared formula"))
            }
            "table-row" => {
                *self =
                    Self { repeated: number(start, "table:number-rows-repeated").max(1), ..Self::default() };
                Ok(0)
            }
            "table-cell" | "covered-table-cell" => {
                let repeated = number(start, "table:number-columns-repeated").max(1);
                let filled = start.attributes().flatten().any(|attribute| {
                    matches!(attribute.key.as_ref(), "office:value-type" | "table:formula" | "office:value")
                });
                if filled {
                    self.cells = self.cells.saturating_add(self.pending).saturating_add(repeated);
                    self.pending = 0;
                } else {
                    self.pending = self.pending.saturating_add(repeated);
                }
                Ok(0)
            }
            _ => Ok(0),
        }
    }

    /// An element without content.
    fn close(&mut self, start: &BytesStart) -> usize {
        if start.local_name().as_ref() == "table-row" { self.end() } else { 0 }
    }

    fn end(&mut self) -> usize {
        let cells = self.cells.saturating_mul(self.repeated);
        *self = Self::default();
        cells
    }
}

/// A whole number in an attribute; what is none, or too large for one, counts as the largest.
fn number(start: &BytesStart, key: &str) -> usize {
    let attribute = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == key);
    attribute.map_or(0, |attribute| attribute.value.trim().parse().unwrap_or(usize::MAX))
}
