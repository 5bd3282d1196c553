//! Measures an old workbook (xls) before it is read: the OLE container only as far as the stream with the
//! sheets, and the places of its cells. Lenient where PHPExcel is careless, bounded everywhere.
//!
//! Source: [MS-CFB] 2.2 to 2.6; [MS-XLS] 2.3, 2.4.

use school::limits;

use super::Refused;
use crate::export::grid::address;
use crate::export::sheet_problem::SheetCode;

const END: u32 = 0xFFFF_FFFA;
const DIRECTORY_ENTRY_BYTES: usize = 128;

/// The sheets are not encrypted and their cells lie close together.
pub(super) fn measure(bytes: &[u8]) -> Result<(), Refused> {
    let container = Container::open(bytes).ok_or_else(|| damaged("OLE"))?;
    if container.stream("EncryptedPackage").is_some() {
        return Err(Refused::new(SheetCode::Encrypted, "", ""));
    }
    if container.entry("WordDocument").is_some() {
        return Err(Refused::new(SheetCode::OtherKind, "", "DOC"));
    }
    let workbook = container.stream("Workbook").or_else(|| container.stream("Book"));
    records(&workbook.ok_or_else(|| damaged("Workbook"))?)
}

fn damaged(found: &str) -> Refused {
    Refused::new(SheetCode::Damaged, "", found)
}

fn records(stream: &[u8]) -> Result<(), Refused> {
    let mut rest = stream;
    let (mut corner, mut area, mut promised) = ((0_u32, 0_u32), 0_usize, 0_usize);
    while let [k0, k1, l0, l1, after @ ..] = rest {
        let kind = u16::from_le_bytes([*k0, *k1]);
        let length = usize::from(u16::from_le_bytes([*l0, *l1]));
        // Zeros fill the last sector.
        if kind == 0 && length == 0 {
            break;
        }
        let record = after.get(..length).ok_or_else(|| damaged("BIFF"))?;
        match kind {
            // FILEPASS
            0x002F => return Err(Refused::new(SheetCode::Encrypted, "", "")),
            // DIMENSIONS: the library reserves room for what is promised here.
            0x0200 => {
                let (rows, columns) = match record.len() {
                    10 => ((half(record, 0), half(record, 2)), (half(record, 4), half(record, 6))),
                    14 | 16 => {
                        let rows = (i64::from(word(record, 0)), i64::from(word(record, 4)));
                        (rows, (half(record, 8), half(record, 10)))
                    }
                    _ => return Err(damaged("DIMENSIONS")),
                };
                if rows.1 < rows.0 || columns.1 < columns.0 {
                    return Err(damaged("DIMENSIONS"));
                }
                promised = promised.max(product(rows.1 - rows.0, columns.1 - columns.0));
            }
            // BOF: another sheet begins.
            0x0809 => {
                area += (corner.0 as usize + 1) * (corner.1 as usize + 1);
                corner = (0, 0);
            }
            // NUMBER, LABEL, BOOLERR, RK, LABELSST, RSTRING, FORMULA, MULRK
            0x0203 | 0x0204 | 0x0205 | 0x027E | 0x00FD | 0x00D6 | 0x0006 | 0x0206 | 0x0406 | 0x00BD => {
                let (row, first) = (half(record, 0) as u32, half(record, 2) as u32);
                let last =
                    if kind == 0x00BD { half(record, record.len().saturating_sub(2)) as u32 } else { first };
                let column = last.max(first);
                if row >= limits::SHEET_ROWS || column >= limits::SHEET_COLUMNS {
                    return Err(Refused::new(SheetCode::CellFarAway, address(row, column), ""));
                }
                corner = (corner.0.max(row), corner.1.max(column));
            }
            _ => {}
        }
        rest = &after[length..];
    }
    area += (corner.0 as usize + 1) * (corner.1 as usize + 1);
    // Every sheet becomes a full rectangle from its first to its last cell.
    let most = area.max(promised);
    if most > limits::SHEET_AREA {
        return Err(Refused::new(SheetCode::TooManyCells, "", most));
    }
    Ok(())
}

fn product(rows: i64, columns: i64) -> usize {
    usize::try_from(rows.max(0).saturating_mul(columns.max(0))).unwrap_or(usize::MAX)
}

fn half(record: &[u8], at: usize) -> i64 {
    record.get(at..at + 2).map_or(0, |two| i64::from(u16::from_le_bytes([two[0], two[1]])))
}

fn word(record: &[u8], at: usize) -> u32 {
    record.get(at..at + 4).map_or(0, |four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// An OLE compound file, read leniently: PHPExcel's allocation tables overlap in ways that stricter
/// readers call corruption.
struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    directory: Vec<u8>,
    cutoff: u64,
}

impl<'a> Container<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = half(bytes.get(..76)?, 30);
        let sector = 1_usize << u32::try_from(shift).ok().filter(|shift| matches!(shift, 9 | 12))?;
        let mut container = Self {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            directory: Vec::new(),
            cutoff: u64::from(word(bytes, 56)),
        };
        let mut tables: Vec<u32> = (0..109).map(|index| word(bytes, 76 + 4 * index)).collect();
        let mut next = word(bytes, 68);
        for _ in 0..bytes.len() / sector {
            let Some(block) = container.sector(next) else { break };
            let numbers = words(block);
            tables.extend(&numbers[..numbers.len() - 1]);
            next = numbers[numbers.len() - 1];
        }
        for table in tables.into_iter().filter(|table| *table < END) {
            let block = words(container.sector(table)?);
            container.fat.extend(block);
        }
        container.directory = container.chain(word(bytes, 48));
        container.mini_fat = words(&container.chain(word(bytes, 60)));
        let root = container.directory.get(..DIRECTORY_ENTRY_BYTES)?;
        container.mini_stream = container.chain(word(root, 116));
        Some(container)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        // The last sector may be cut short by writers that do not pad.
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|block| !block.is_empty())
    }

    /// The sectors that follow each other from `first`; a circle ends at the length of the file.
    fn chain(&self, first: u32) -> Vec<u8> {
        let mut content = Vec::new();
        let mut next = first;
        while next < END && content.len() <= self.bytes.len() {
            let Some(block) = self.sector(next) else { break };
            content.extend_from_slice(block);
            next = self.fat.get(next as usize).copied().unwrap_or(END);
        }
        content
    }

    fn entry(&self, name: &str) -> Option<&[u8]> {
        let utf16: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        self.directory.chunks_exact(DIRECTORY_ENTRY_BYTES).find(|entry| {
            let length = half(entry, 64) as usize;
            length == utf16.len() + 2 && entry.starts_with(&utf16)
        })
    }

    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entry(name)?;
        let (first, size) = (word(entry, 116), u64::from(word(entry, 120)));
        let mut content = if size < self.cutoff {
            let mut content = Vec::new();
            let mut next = first;
            while next < END && content.len() <= self.bytes.len() {
                let start = next as usize * 64;
                let Some(block) = self.mini_stream.get(start..(start + 64).min(self.mini_stream.len()))
                else {
                    break;
                };
                content.extend_from_slice(block);
                next = self.mini_fat.get(next as usize).copied().unwrap_or(END);
            }
            content
        } else {
            self.chain(first)
        };
        content.truncate(usize::try_from(size).ok()?);
        Some(content)
    }
}

fn words(block: &[u8]) -> Vec<u32> {
    block.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}
