//! Notes laid beside files: in the inbox, and on a medium.

use std::fmt::Write;
use std::path::Path;

use school::digest::Sha256;
use school::moment::Moment;
use school::records::reader_frame::ExportProblem;

use crate::wording::{Finding, export_problems, sheet_problems};

/// Problems printed in one note; more are counted.
const PROBLEMS_PRINTED: usize = 200;

/// Beside a file that was taken before.
pub fn inbox_known_already(export: &Sha256) -> String {
    format!(
        "TỆP NÀY ĐÃ NHẬN TRƯỚC ĐÓ.\n\
         Nội dung giống hệt một tệp đã nhận (SHA-256: {export}). Không cần làm gì thêm.\n\n\
         This file was received before; its content is the same. Nothing needs to be done.\n"
    )
}

/// Beside a file that is too large.
pub fn inbox_too_large() -> String {
    "TỆP KHÔNG ĐƯỢC NHẬN: dung lượng quá lớn (trên 16 MiB), không phải tệp xuất sổ điểm của một lớp.\n\
     Nguyên nhân: thường do xuất nhiều lớp vào một tệp, hoặc đưa nhầm tệp khác.\n\
     Việc cần làm: xuất lại sổ điểm của từng lớp từ phần mềm quản lý điểm rồi đưa tệp mới vào thư mục.\n\n\
     The file was not taken: it is larger than the export of one class can be, mostly because it holds several classes or is another \
     file. Please export one class at a time.\n"
        .into()
}

/// Beside a refused file: everything that is wrong, with its place.
pub fn inbox_refused(file: &str, problems: &[ExportProblem]) -> String {
    let mut note = format!(
        "TỆP KHÔNG ĐƯỢC NHẬN: {file}\n\
         Có {} chỗ cần sửa. Tệp gốc vẫn được giữ nguyên, không mất gì.\n\
         Việc cần làm: sửa trong phần mềm quản lý điểm, xuất lại, rồi đưa tệp mới vào thư mục.\n\n",
        problems.len()
    );
    for problem in problems.iter().take(PROBLEMS_PRINTED) {
        let words = words(problem).0;
        let found =
            if problem.found.is_empty() { String::new() } else { format!(" (thấy: {})", problem.found) };
        let _ = writeln!(note, "- {}: {words}{found} [{}]", problem.path, problem.code);
    }
    if problems.len() > PROBLEMS_PRINTED {
        let _ = writeln!(note, "- … và {} chỗ khác.", problems.len() - PROBLEMS_PRINTED);
    }
    note.push_str("\nThe file was not taken. Please correct the places above in the gradebook system and export again.\n");
    for problem in problems.iter().take(PROBLEMS_PRINTED) {
        let _ = writeln!(note, "- {}: {} [{}]", problem.path, words(problem).1, problem.code);
    }
    note
}

/// For a link in a folder under judgement.
pub fn link_not_checked(path: &Path) -> String {
    format!("{}: liên kết, không kiểm tra / a link, not checked", path.display())
}

/// One root that is trusted, as `config check` names it; `until` for a root of the past.
pub fn trusted_root(name: &str, sha256: Sha256, until: Option<Moment>) -> String {
    let until = until.map_or_else(String::new, |until| {
        format!(" (chỉ cho chữ ký trước / only for signatures before {})", until.vietnamese())
    });
    format!("gốc tin cậy / trusted root: {name}, SHA-256 {sha256}{until}")
}

/// The time line of a signature's appearance.
pub fn signed_at(at: Moment) -> String {
    format!("Ký số: {}", at.beside_signature())
}

pub(super) fn words(problem: &ExportProblem) -> Finding {
    let beyond_limits =
        ("không đọc được tệp trong giới hạn cho phép", "the file could not be read within its limits");
    export_problems::of_code(&problem.code)
        .or_else(|| sheet_problems::of_code(&problem.code))
        .unwrap_or(beyond_limits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_note_names_every_place_and_what_to_do() {
        let problem = |path: &str| ExportProblem {
            code: "export.mark_not_tenths".into(),
            path: path.into(),
            found: "8.5".into(),
        };
        let note = inbox_refused("6A1.json", &[problem("$.pupils[0].a"), problem("$.pupils[1].b")]);
        for expected in
            ["Có 2 chỗ cần sửa", "$.pupils[0].a", "$.pupils[1].b", "8.5", "Việc cần làm", "not taken"]
        {
            assert!(note.contains(expected), "{expected} is missing in:\n{note}");
        }
    }
}
