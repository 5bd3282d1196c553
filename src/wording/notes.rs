//! Notes laid beside files: in the inbox, and on a medium.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use school::digest::Sha256;
use school::moment::Moment;
use school::records::reader_frame::ExportProblem;

use crate::wording::{Finding, export_problems, fault, sheet_problems};

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
    let causes = causes(&problems[..problems.len().min(PROBLEMS_PRINTED)]);
    note.push_str("\nNguyên nhân thường gặp và cách sửa:\n");
    for (code, (vi, _)) in &causes {
        let _ = writeln!(note, "- [{code}] {vi}");
    }
    note.push_str("\nThe file was not taken. Please correct the places above in the gradebook system and export again.\n");
    for problem in problems.iter().take(PROBLEMS_PRINTED) {
        let _ = writeln!(note, "- {}: {} [{}]", problem.path, words(problem).1, problem.code);
    }
    note.push_str("\nProbable causes and what to do:\n");
    for (code, (_, en)) in &causes {
        let _ = writeln!(note, "- [{code}] {en}");
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

/// The causes of problems, each kind once however many places have it.
pub(super) fn causes(problems: &[ExportProblem]) -> BTreeMap<&str, (String, String)> {
    let cause = |problem: &ExportProblem| {
        let known = export_problems::why_of_code(&problem.code);
        let known = known.or_else(|| sheet_problems::why_of_code(&problem.code));
        let own = known.map(|(vi, en)| (vi.to_owned(), en.to_owned()));
        own.unwrap_or_else(|| {
            // The reader gave up on the file.
            let words = fault(&problem.code);
            (format!("{} {}", words.why_vi, words.do_vi), words.en.to_owned())
        })
    };
    problems.iter().map(|problem| (problem.code.as_str(), cause(problem))).collect()
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
        let once = note.matches("nằm ngoài thang điểm 10").count();
        assert_eq!(once, 1, "two places, one cause:\n{note}");
        let unread =
            ExportProblem { code: "reader.worker_lost".into(), path: "$".into(), found: String::new() };
        let note = inbox_refused("6A1.xlsx", &[unread]);
        assert!(note.contains("máy chủ hết bộ nhớ") && note.contains("xuất lại tệp"), "{note}");
    }

    #[test]
    fn every_problem_of_a_file_has_a_cause_and_an_advice_of_its_own() {
        let export = crafts::export::ProblemCode::ALL.into_iter().map(|problem| problem.as_str());
        let sheet = crafts::export::SheetCode::ALL.into_iter().map(|problem| problem.as_str());
        let of_values = ["locked_value_changed", "signed_value_changed", "correction_under_way"];
        let of_values = of_values.map(|one| format!("export.{one}"));
        for code in export.chain(sheet).chain(of_values.iter().map(String::as_str)) {
            let problem = ExportProblem { code: code.into(), path: String::new(), found: String::new() };
            let what = words(&problem);
            let of_all = causes(std::slice::from_ref(&problem));
            let (vi, en) = &of_all[code];
            assert!(!vi.contains(what.0) && !en.contains(what.1), "{code} says again what it is");
            assert!(vi.ends_with('.') && vi.matches(". ").count() >= 1, "{code}: cause and advice: {vi}");
            assert!(vi.to_lowercase().contains("vui lòng"), "{code}: {vi}");
            assert!(en.ends_with('.') && en.to_lowercase().contains("please"), "{code}: {en}");
        }
    }
}
