//! What a file is, by its content: the extension is the office's word, and PHPExcel, browsers and people
//! get it wrong.

use super::Refused;
use crate::export::sheet_problem::SheetCode;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Kinds of files that can be an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::export) enum Kind {
    Json,
    Xlsx,
    Xls,
    Ods,
    Csv,
}

/// Recognises a file.
///
/// Errors: a kind that is refused, by its name where it has one.
pub(in crate::export) fn kind(bytes: &[u8]) -> Result<Kind, Refused> {
    let refused = |found: &str| Err(Refused::new(SheetCode::OtherKind, "", found));
    let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes).trim_ascii_start();
    let begins =
        |with: &str| text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with.as_bytes()));
    match bytes {
        [b'P', b'K', 3, 4, ..] => zipped(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, ..] => Ok(Kind::Xls),
        [b'%', b'P', b'D', b'F', ..] => refused("PDF"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Err(Refused::new(SheetCode::NotUtf8, "", "UTF-16")),
        _ if begins("{") || begins("[") => Ok(Kind::Json),
        // Some systems answer "export to Excel" with a web page that is named .xls.
        _ if begins("<html") || begins("<!doctype html") || begins("<table") || begins("<meta") => {
            refused("HTML")
        }
        _ if begins("<?xml") || begins("<") => refused("XML"),
        _ if bytes.contains(&0) => refused("?"),
        // What is no text is told by the reader of JSON or CSV.
        _ if text.iter().any(|byte| matches!(byte, b';' | b',')) && text.contains(&b'\n') => Ok(Kind::Csv),
        _ => Ok(Kind::Json),
    }
}

/// The names in the local headers are enough to know a workbook; they are checked when it is measured.
fn zipped(bytes: &[u8]) -> Result<Kind, Refused> {
    let names = |name: &[u8]| bytes.windows(name.len()).any(|window| window.eq_ignore_ascii_case(name));
    let open = bytes.get(30..38) == Some(b"mimetype") || names(b"content.xml");
    if open && !names(b"xl/workbook.xml") {
        let other = names(b"opendocument.text") || names(b"opendocument.presentation");
        return if other {
            Err(Refused::new(SheetCode::OtherKind, "", "OpenDocument"))
        } else {
            Ok(Kind::Ods)
        };
    }
    if names(b"xl/workbook.xml") {
        return Ok(Kind::Xlsx);
    }
    if names(b"xl/workbook.bin") {
        return Err(Refused::new(SheetCode::OtherKind, "", "XLSB"));
    }
    if names(b"word/document.xml") {
        return Err(Refused::new(SheetCode::OtherKind, "", "DOCX"));
    }
    // Its directory at the end is gone, or it is an archive of something else.
    let directory = bytes.windows(4).rev().any(|window| window == b"PK\x05\x06");
    let code = if directory { SheetCode::OtherKind } else { SheetCode::Damaged };
    Err(Refused::new(code, "", "ZIP"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_content_says() {
        assert_eq!(kind(b"\xEF\xBB\xBF {\"format\":1}"), Ok(Kind::Json));
        assert_eq!(kind(b"STT;Ho ten\n1;An\n"), Ok(Kind::Csv));
        assert_eq!(kind(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"), Ok(Kind::Xls));
        let refused = |bytes: &[u8]| kind(bytes).map_err(|refused| refused.found);
        assert_eq!(refused(b"<html><table>"), Err("HTML".into()));
        assert_eq!(refused(b"%PDF-1.7"), Err("PDF".into()));
        assert_eq!(refused(b"\xFF\xFES\0T\0T\0"), Err("UTF-16".into()));
    }
}
