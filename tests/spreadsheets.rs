//! Spreadsheets as the core reads them: in the sandboxed reader, within two seconds and 256 MiB whatever is
//! inside; and a class whose files come into the inbox one by one.
#![allow(dead_code, clippy::unwrap_used, missing_docs)]

#[path = "../src/process/mod.rs"]
mod process;

use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::time::Duration;

use process::reader_host::ReaderHost;
use process::worker::Program;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Processor time of the reader for one file: what the file costs, on however busy a machine.
const REFUSED_WITHIN: Duration = Duration::from_secs(2);
const TRIES: usize = 3;
/// Memory of the reader at its highest.
const MEMORY_KIB: u64 = 256 * 1024;

fn reader() -> ReaderHost {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_niemphong"));
    ReaderHost::start_program(Program::at(program, ["worker", "reader"].map(Into::into)))
}

/// Processor time that the reader used since it was started; the kernel counts it in hundredths of a second.
fn processor_time(reader: &ReaderHost) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", reader.worker_id().unwrap())).unwrap();
    let fields = stat.rsplit(')').next().unwrap().split_whitespace().skip(11).take(2);
    Duration::from_millis(fields.map(|ticks| ticks.parse::<u64>().unwrap() * 10).sum())
}

/// Refused with `code`, in time and memory, by a reader that lives on. Who shares the processor slows a reader in its
/// processor time as well: of so many tries one in time is enough.
fn expect(name: &str, bytes: &[u8], code: &str) {
    let tries: Vec<Duration> = (0..TRIES).map(|_| refused(name, bytes, code)).collect();
    assert!(tries.iter().any(|took| *took <= REFUSED_WITHIN), "{name}: {tries:?}");
}

fn refused(name: &str, bytes: &[u8], code: &str) -> Duration {
    let mut reader = reader();
    reader.export("warm.json", b"{}").unwrap().unwrap_err();
    let before = processor_time(&reader);
    let answer = reader.export("6A1_Toán_HK1_2025-2026.xlsx", bytes);
    let problems = answer.unwrap_or_else(|fault| panic!("{name}: {fault}")).unwrap_err();
    assert_eq!(problems[0].code, code, "{name}: {problems:?}");
    let took = processor_time(&reader) - before;
    let status = std::fs::read_to_string(format!("/proc/{}/status", reader.worker_id().unwrap())).unwrap();
    let highest = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let highest: u64 = highest.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(highest <= MEMORY_KIB, "{name}: {highest} KiB");
    took
}

const CONTENT_TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const RELATIONSHIPS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const SHEETS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

/// A workbook whose only sheet is `begin`, `repeated` so many times, `end`.
fn workbook(begin: &str, repeated: &[u8], times: usize, end: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_level(Some(1)).large_file(true);
    for (name, text) in [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONSHIPS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", SHEETS),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.start_file("xl/worksheets/sheet1.xml", options).unwrap();
    zip.write_all(b"<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>").unwrap();
    zip.write_all(begin.as_bytes()).unwrap();
    for _ in 0..times {
        zip.write_all(repeated).unwrap();
    }
    zip.write_all(end.as_bytes()).unwrap();
    zip.write_all(b"</sheetData></worksheet>").unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn the_worst_files_are_refused_within_two_seconds_and_256_mib() {
    let mebibyte = vec![b'a'; 1 << 20];
    let cell = ("<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>", "</t></is></c></row>");
    expect("one cell of 512 MiB", &workbook(cell.0, &mebibyte, 512, cell.1), "sheet.bomb");
    // As much as the limits let through, so that all of it is walked and read.
    expect("a cell of 23 MiB", &workbook(cell.0, &random(1 << 20), 23, cell.1), "sheet.cell_too_long");
    let far = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    expect("XFD1048576", &workbook(far, b"", 0, ""), "sheet.cell_far_away");
    let row = b"<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>";
    expect("blank and small cells without end", &workbook("", row, 420_000, ""), "sheet.too_many_cells");
    let rows: Vec<u8> = (0..3_000_u32)
        .flat_map(|n| format!("<row><c><v>{}</v></c></row>", n.wrapping_mul(2_654_435_761)).into_bytes())
        .collect();
    let almost: Vec<u8> = (0..5_900_u32)
        .flat_map(|n| {
            format!("<row>{}</row>", format!("<c t=\"str\"><v>Ho va {n}</v></c>").repeat(20)).into_bytes()
        })
        .collect();
    expect("as many cells as there may be", &workbook("", &almost, 1, ""), "sheet.no_layout");
    expect("300,001 cells", &workbook("", &rows, 101, ""), "sheet.too_many_cells");
    let deep = "<a>".repeat(200_000);
    expect("nested XML", &workbook(&deep, b"", 0, ""), "sheet.too_deep");
    let entities = "<!DOCTYPE x [<!ENTITY a \"a\">]>";
    expect("entities", &workbook(entities, b"", 0, ""), "sheet.declaration");
    expect(
        "an old workbook, IV65536",
        include_bytes!("fixtures/spreadsheets/o-xa.xls"),
        "sheet.cell_far_away",
    );
    let csv = "STT,Ten\n".to_owned() + &"1,An\n".repeat(3_000_000);
    expect("CSV of 15 MB", csv.as_bytes(), "sheet.too_many_cells");
    let nested = format!("{{\"a\":{}1{}}}", "[".repeat(400_000), "]".repeat(400_000));
    expect("nested JSON", nested.as_bytes(), "export.too_deep");
    let quotes = "\"a,".repeat(1_000_000) + "\n";
    expect("a million quotes that nothing closes", quotes.as_bytes(), "sheet.too_many_cells");
    let quoted = format!("\"{}\"\n", "a,".repeat(1_500_000));
    expect("one CSV cell of 3 MB", quoted.as_bytes(), "sheet.cell_too_long");
}

/// What is a mistake rather than an attack costs no more.
#[test]
fn every_other_refusal_keeps_to_the_same_bounds() {
    let header = "STT,Lớp,Mã định danh Bộ GD&ĐT,Họ và tên,Ngày sinh,ĐĐGtx1,ĐĐGtx2,ĐĐGgk,ĐĐGck\n";
    let class = |rows: &[&str]| {
        let more = (1..900).map(|n| format!("{n},6A1,{},Học Sinh {n},05/03/2014,8,9,8,9", 1_000_000_000 + n));
        let rows = rows.iter().map(|row| (*row).to_owned());
        header.to_owned() + &more.chain(rows).map(|row| row + "\n").collect::<String>()
    };
    let twice = "900,6A1,1000000001,Học Sinh 1,05/03/2014,8,9,8,9";
    expect("a pupil who stands twice", class(&[twice]).as_bytes(), "sheet.duplicate_pupil");
    let vni = "900,6A1,1000009999,Nguyeãn Thò AÙnh Döông,05/03/2014,8,9,8,9";
    expect("VNI", class(&[vni]).as_bytes(), "sheet.vni");
    let tcvn3 = "900,6A1,1000009999,NguyÔn ThÞ ¸nh D\u{AD}¬ng,05/03/2014,8,9,8,9";
    expect("TCVN3 letters", class(&[tcvn3]).as_bytes(), "sheet.tcvn3");
    let bytes: Vec<u8> =
        "STT,Hä vµ tªn\n1,NguyÔn V¨n An\n".repeat(20_000).chars().map(|one| one as u8).collect();
    expect("TCVN3 bytes", &bytes, "sheet.tcvn3");
    let bell = "900,6A1,1000009999,Nguyễn\u{7}An,05/03/2014,8,9,8,9";
    expect("a control character", class(&[bell]).as_bytes(), "export.control_character");
    expect("a formula", include_bytes!("fixtures/spreadsheets/cong-thuc.xls"), "sheet.formula");
    let whole = include_bytes!("fixtures/spreadsheets/csdl-mau-1.ods");
    expect("a file cut short", &whole[..whole.len() / 2], "sheet.damaged");
    let keys = format!("{{{}\"a\":1}}", "\"a\":1,".repeat(200_000));
    expect("keys that stand twice", keys.as_bytes(), "export.duplicate_key");
    let export = include_str!("fixtures/exports/6A1_ca-nam.json");
    expect("an export cut short", &export.as_bytes()[..export.len() / 2], "export.not_json");
}

/// Letters that hardly pack.
fn random(size: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    (0..size)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            b'a' + (state % 4) as u8
        })
        .collect()
}

#[test]
fn a_large_honest_class_book_is_read_within_the_same_bounds() {
    let header =
        "STT,Lớp,Mã định danh Bộ GD&ĐT,Họ và tên,Ngày sinh,ĐĐGtx1,ĐĐGtx2,ĐĐGtx3,ĐĐGtx4,ĐĐGgk,ĐĐGck\n";
    let rows: String = (0..100)
        .map(|n| format!("{n},6A1,{},Học Sinh {n},05/03/2014,8,9,\"7,5\",8,8,9\n", 1_000_000_000 + n))
        .collect();
    let mut reader = reader();
    let taken = reader.export("6A1_Toán_HK1_2025-2026.csv", (header.to_owned() + &rows).as_bytes()).unwrap();
    assert!(taken.is_ok(), "{taken:?}");
    assert!(processor_time(&reader) < REFUSED_WITHIN);
}
