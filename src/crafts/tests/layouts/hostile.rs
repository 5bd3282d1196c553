//! What strangers hand us to do harm, or by mistake: each is refused by its own code, and what is harmless
//! comes out as text.

use std::io::{Cursor, Read, Write};

use crafts::export::{Layouts, Taken, take};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::kinds::{mau_1, parts};
use super::sheets::{csv, sheet, xlsx};

const NAME: &str = "6A1_Toán_HK1_2025-2026.xlsx";
const XLS: &[u8] = include_bytes!("../../../../tests/fixtures/spreadsheets/csdl-mau-1.xls");
const VNEDU: &[u8] = include_bytes!("../../../../tests/fixtures/spreadsheets/vnedu-hoc-ky.xls");
const ODS: &[u8] = include_bytes!("../../../../tests/fixtures/spreadsheets/csdl-mau-1.ods");
const FAR: &[u8] = include_bytes!("../../../../tests/fixtures/spreadsheets/o-xa.xls");
const FORMULA: &[u8] = include_bytes!("../../../../tests/fixtures/spreadsheets/cong-thuc.xls");

/// Codes with places.
fn refused(bytes: &[u8]) -> Vec<(String, String)> {
    match take(bytes, NAME, &Layouts::shipped()) {
        Ok(taken) => panic!("taken: {taken:?}"),
        Err(problems) => problems.into_iter().map(|problem| (problem.code, problem.path)).collect(),
    }
}

fn expect(bytes: &[u8], code: &str, place: &str) {
    let problems = refused(bytes);
    assert!(
        problems.iter().any(|(found, path)| found == code && path.contains(place)),
        "{code} {place}: {problems:?}"
    );
}

/// The workbook with entries changed or added.
fn with(bytes: &[u8], change: impl Fn(&str, Vec<u8>) -> Vec<u8>, added: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("read");
        out.start_file(&name, SimpleFileOptions::default()).expect("started");
        out.write_all(&change(&name, content)).expect("written");
    }
    for (name, content) in added {
        out.start_file(*name, SimpleFileOptions::default()).expect("started");
        out.write_all(content).expect("written");
    }
    out.finish().expect("finished").into_inner()
}

fn sound() -> Vec<u8> {
    xlsx(&[mau_1()])
}

fn in_sheet(from: &str, to: &str) -> Vec<u8> {
    let change = |name: &str, content: Vec<u8>| {
        if name.ends_with("sheet1.xml") {
            let text = String::from_utf8(content).expect("XML");
            assert!(text.contains(from), "{from}");
            text.replacen(from, to, 1).into_bytes()
        } else {
            content
        }
    };
    with(&sound(), change, &[])
}

#[test]
fn old_workbooks_and_open_documents_say_the_same_as_new_ones() {
    for (bytes, ids) in [(XLS, "1234567890"), (ODS, "1234567890")] {
        let part = &parts(bytes, NAME)[0];
        assert_eq!(part.layout, "csdl-mau-1");
        assert_eq!(part.pupils[0].moet_id.as_deref(), Some(ids));
        let said: Vec<String> =
            part.statements.iter().filter(|one| one.pupil == 0).map(|one| one.value.shown()).collect();
        assert_eq!(said, ["8,5", "8,5", "7,0", "8,0", "9,0", "Chăm chỉ"]);
    }
    let part = &parts(VNEDU, "Toan 2025-2026.xls")[0];
    assert_eq!(
        (part.layout.as_str(), part.pupils[1].pupil_id.as_deref()),
        ("vnedu-hoc-ky", Some("1234567891"))
    );
}

#[test]
fn archives_that_unpack_to_too_much_are_refused_before_they_are_read() {
    let zeros = vec![b' '; 30 << 20];
    expect(
        &with(&sound(), |_, content| content, &[("xl/media/a.bin", &zeros)]),
        "sheet.bomb",
        "xl/media/a.bin",
    );
    let regular = vec![b'a'; 4 << 20];
    expect(&with(&sound(), |_, content| content, &[("xl/a.bin", &regular)]), "sheet.bomb", "xl/a.bin");
    let names: Vec<String> = (0..400).map(|index| format!("xl/{index}.bin")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"x".as_slice())).collect();
    expect(&with(&sound(), |_, content| content, &many), "sheet.bomb", "");
    expect(
        &with(&sound(), |_, content| content, &[("xl/embeddings/b.xlsx", &sound())]),
        "sheet.nested_archive",
        "b.xlsx",
    );
}

#[test]
fn one_cell_far_away_is_named() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "x").expect("written");
    sheet.write_string(1_048_575, 16_383, "y").expect("written");
    expect(&book.save_to_buffer().expect("a workbook"), "sheet.cell_far_away", "XFD1048576");
    expect(FAR, "sheet.cell_far_away", "IV65536");
}

#[test]
fn cells_beyond_what_a_spreadsheet_program_writes_are_refused() {
    let long = format!("<c r=\"Z1\" t=\"inlineStr\"><is><t>{}</t></is></c></row>", "ab".repeat(100_000));
    expect(&in_sheet("</row>", &long), "sheet.cell_too_long", "sheet1.xml");
    let many: String = (0..310_000).map(|_| "<c/>").collect();
    let many = format!("{many}</row>");
    let problems = refused(&in_sheet("</row>", &many));
    assert!(["sheet.too_many_cells", "sheet.bomb"].contains(&problems[0].0.as_str()), "{problems:?}");
}

#[test]
fn an_open_document_whose_cells_repeat_without_end_is_refused() {
    let change = |name: &str, content: Vec<u8>| {
        if name == "content.xml" {
            let text = String::from_utf8(content).expect("XML");
            text.replacen(
                "table:number-columns-repeated=\"16373\"",
                "office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16373\"",
                9,
            )
            .replace(
                "table:number-columns-repeated=\"16384\"",
                "office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"16384\"",
            )
            .into_bytes()
        } else {
            content
        }
    };
    expect(&with(ODS, change, &[]), "sheet.too_many_cells", "content.xml");
}

#[test]
fn declarations_of_entities_are_refused() {
    let dtd = "?><!DOCTYPE x [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;\">]><worksheet";
    let change = |name: &str, content: Vec<u8>| {
        if name.ends_with("sheet1.xml") {
            String::from_utf8(content).expect("XML").replacen("?>\n<worksheet", dtd, 1).into_bytes()
        } else {
            content
        }
    };
    expect(&with(&sound(), change, &[]), "sheet.declaration", "sheet1.xml");
}

#[test]
fn a_mark_that_a_formula_computes_is_refused_with_its_cell() {
    let mut typed = mau_1();
    typed.rows[1][10] = "=4+4~8".into();
    expect(&xlsx(&[typed]), "sheet.formula", "'Bảng điểm'!K2");
    expect(FORMULA, "sheet.formula", "I2");
}

#[test]
fn encodings_of_before_unicode_are_named() {
    let rename = |from: &str, to: &str| {
        let mut typed = mau_1();
        for cell in typed.rows.iter_mut().flatten().filter(|cell| *cell == from) {
            *cell = to.into();
        }
        typed
    };
    let tcvn3 = rename("Nguyễn Thị Ánh Dương", "NguyÔn ThÞ ¸nh D\u{AD}¬ng");
    expect(&xlsx(&[tcvn3]), "sheet.tcvn3", "D2");
    let vni = rename("Nguyễn Thị Ánh Dương", "Nguyeãn Thò AÙnh Döông");
    expect(&xlsx(&[vni]), "sheet.vni", "D2");
    let bytes: Vec<u8> = "STT,Hä vµ tªn\n1,NguyÔn V¨n An\n".chars().map(|letter| letter as u8).collect();
    expect(&bytes, "sheet.tcvn3", "byte");
}

#[test]
fn names_in_nfd_leave_in_nfc_and_headers_in_nfd_are_known() {
    use unicode_normalization::UnicodeNormalization;
    let mut typed = mau_1();
    for cell in typed.rows.iter_mut().flatten() {
        *cell = cell.nfd().collect();
    }
    let part = &parts(&xlsx(&[typed]), NAME)[0];
    assert_eq!(part.pupils[0].name, "Nguyễn Thị Ánh Dương");
}

#[test]
fn a_pupil_who_stands_twice_is_named() {
    let mut typed = mau_1();
    let again = typed.rows[1].clone();
    typed.rows.push(again);
    expect(&xlsx(&[typed]), "sheet.duplicate_pupil", "D4");
}

#[test]
fn a_file_cut_short_anywhere_is_refused() {
    for whole in [sound(), XLS.to_vec(), ODS.to_vec()] {
        for cut in 1..16 {
            let bytes = &whole[..whole.len() * cut / 16];
            assert!(take(bytes, NAME, &Layouts::shipped()).is_err(), "{cut}/16");
        }
    }
    expect(&sound()[..sound().len() / 2], "sheet.damaged", "");
}

#[test]
fn files_of_another_kind_are_told_what_they_are() {
    let found = |bytes: &[u8]| {
        let problems = take(bytes, NAME, &Layouts::shipped()).expect_err("refused");
        (problems[0].code.clone(), problems[0].found.clone())
    };
    let other = |found: &str| ("sheet.other_kind".to_owned(), found.to_owned());
    assert_eq!(found(b"<html><body><table><tr><td>STT</td></tr></table>"), other("HTML"));
    assert_eq!(found(b"%PDF-1.7\n"), other("PDF"));
    assert_eq!(
        found(&with(&sound(), |_, content| content, &[]).replace_name("xl/workbook.xml", "xl/workbook.bin")),
        other("XLSB")
    );
    let utf16: Vec<u8> = "\u{FEFF}STT;Tên\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(found(&utf16).0, "sheet.not_utf8");
}

trait Renamed {
    fn replace_name(self, from: &str, to: &str) -> Vec<u8>;
}

impl Renamed for Vec<u8> {
    /// Names of the same length in every header.
    fn replace_name(mut self, from: &str, to: &str) -> Self {
        for at in 0..self.len() - from.len() {
            if self[at..].starts_with(from.as_bytes()) {
                self[at..at + to.len()].copy_from_slice(to.as_bytes());
            }
        }
        self
    }
}

/// An OLE container with one stream of this name.
fn container(stream: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0_u8; 512 * 4];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    bytes[24] = 0x3E;
    bytes[26] = 3;
    bytes[28..30].copy_from_slice(&[0xFE, 0xFF]);
    bytes[30] = 9;
    bytes[32] = 6;
    bytes[44] = 1;
    let word =
        |bytes: &mut Vec<u8>, at: usize, value: u32| bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    word(&mut bytes, 48, 1);
    word(&mut bytes, 56, 0);
    word(&mut bytes, 60, 0xFFFF_FFFE);
    word(&mut bytes, 68, 0xFFFF_FFFE);
    for index in 0..109 {
        word(&mut bytes, 76 + 4 * index, if index == 0 { 0 } else { u32::MAX });
    }
    for (index, next) in [0xFFFF_FFFD, 0xFFFF_FFFE, 0xFFFF_FFFE].into_iter().enumerate() {
        word(&mut bytes, 512 + 4 * index, next);
    }
    for (entry, (name, kind)) in [("Root Entry", 5_u8), (stream, 2)].into_iter().enumerate() {
        let at = 1024 + 128 * entry;
        let utf16: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes[at..at + utf16.len()].copy_from_slice(&utf16);
        bytes[at + 64] = utf16.len() as u8 + 2;
        bytes[at + 66] = kind;
        word(&mut bytes, at + 116, if kind == 5 { 0xFFFF_FFFE } else { 2 });
        word(&mut bytes, at + 120, if kind == 5 { 0 } else { content.len() as u32 });
    }
    bytes[1536..1536 + content.len()].copy_from_slice(content);
    bytes
}

#[test]
fn workbooks_with_a_password_are_told_so() {
    expect(&container("EncryptedPackage", b"secret"), "sheet.encrypted", "");
    let mut biff = vec![0x09, 0x08, 4, 0, 0, 6, 5, 0];
    biff.extend([0x2F, 0, 2, 0, 1, 0]);
    expect(&container("Workbook", &biff), "sheet.encrypted", "");
    expect(&container("WordDocument", b"x"), "sheet.other_kind", "");
    expect(&container("Something", b"x"), "sheet.damaged", "");
}

#[test]
fn an_old_workbook_that_promises_four_billion_rows_is_refused() {
    let mut biff = vec![0x09, 0x08, 4, 0, 0, 6, 0x10, 0, 0x00, 0x02, 14, 0];
    biff.extend([0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 1, 0, 0]);
    expect(&container("Workbook", &biff), "sheet.too_many_cells", "");
}

#[test]
fn macros_are_never_looked_at() {
    let bytes =
        with(&sound(), |_, content| content, &[("xl/vbaProject.bin", b"\xD0\xCF\x11\xE0 Sub Auto_Open()")]);
    assert_eq!(parts(&bytes, NAME).len(), 1);
}

#[test]
fn syntax_of_other_languages_in_names_is_text_and_control_characters_are_refused() {
    let named = |name: &str| {
        let mut typed = mau_1();
        typed.rows[1][3] = name.into();
        typed
    };
    for name in [
        "<script>alert(1)</script>",
        "=HYPERLINK(1)",
        "(/JS) Tj >> endobj",
        "'; DROP TABLE x; --",
        "${jndi:a}",
    ] {
        for bytes in [xlsx(&[named(name)]), csv(&named(name), ';', true)] {
            let Ok(Taken::Parts(parts)) = take(&bytes, NAME, &Layouts::shipped()) else { panic!("{name}") };
            assert_eq!(parts[0].pupils[0].name, name);
        }
    }
    expect(&xlsx(&[named("Nguyễn\u{7}An")]), "export.control_character", "D2");
}

#[test]
fn a_column_that_no_layout_knows_is_named_and_never_left_out_in_silence() {
    let mut typed = mau_1();
    typed.rows[0].push("Điểm cộng".into());
    typed.rows[1].resize(14, String::new());
    typed.rows[1][13] = "#1".into();
    expect(&xlsx(&[typed]), "sheet.unknown_column", "N1");
}

#[test]
fn facts_that_stand_nowhere_or_contradict_each_other_are_named() {
    let problems = take(&sound(), "bang-diem.xlsx", &Layouts::shipped()).expect_err("no year");
    assert_eq!((problems[0].code.as_str(), problems[0].found.as_str()), ("sheet.fact_missing", "{year}"));
    let problems =
        take(&sound(), "6A2_Toán_HK1_2025-2026.xlsx", &Layouts::shipped()).expect_err("another class");
    assert_eq!(
        (problems[0].code.as_str(), problems[0].path.as_str()),
        ("sheet.fact_contradicts", "'Bảng điểm'!B2")
    );
    let nameless = sheet(
        "x",
        "STT|Lớp|Mã định danh Bộ GD&ĐT|Họ và tên|Ngày sinh|ĐĐGtx1|ĐĐGgk|ĐĐGck\n1|6A1|||05/03/2014|8|8|8\n",
    );
    let problems = take(&xlsx(&[nameless]), NAME, &Layouts::shipped()).expect_err("nobody");
    assert_eq!((problems[0].code.as_str(), problems[0].path.as_str()), ("sheet.row_without_name", "'x'!A2"));
}

#[test]
fn marks_that_are_none_are_named_with_their_cells() {
    let mut typed = mau_1();
    typed.rows[1][10] = "8,25".into();
    typed.rows[2][11] = "11".into();
    let problems = refused(&xlsx(&[typed]));
    let expected = [("sheet.not_a_mark", "'Bảng điểm'!K2"), ("sheet.not_a_mark", "'Bảng điểm'!L3")];
    assert_eq!(problems, expected.map(|(code, place)| (code.to_owned(), place.to_owned())));
}
