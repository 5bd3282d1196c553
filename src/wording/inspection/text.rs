//! A judged thing as the text that `niemphong verify` prints: sentence first, then a row per signature with
//! what the circular demands, then problems, then technical details.

use std::fmt::Write;

use super::item::Item;
use super::problem::Problem;
use super::signature::{Mark, Signature};
use super::{Grounds, Rows};

/// Name, sentence, what it says that it is, and body.
pub fn whole(item: &Item, rows: Rows) -> String {
    let called = item.called.as_ref().map(|called| format!("  {called}\n")).unwrap_or_default();
    let text = format!("{}\n  {}\n{called}{}", item.name, item.sentence.vi, body(item, rows));
    text.trim_end().to_owned()
}

/// Signatures, problems and, when everything is wanted, technical facts.
pub fn body(item: &Item, rows: Rows) -> String {
    let mut out = String::new();
    for one in &item.signatures {
        signature(&mut out, one);
    }
    for one in &item.problems {
        problem(&mut out, one);
    }
    if item.problems_left_out > 0 {
        let _ = writeln!(out, "  … {}", super::record::left_out(item.problems_left_out).vi);
    }
    if rows == Rows::Full {
        for (label, value) in &item.facts {
            let _ = writeln!(out, "  {}: {value}", label.vi);
        }
    }
    out
}

const fn sign(mark: Mark) -> &'static str {
    match mark {
        Mark::Good => "✓",
        Mark::Bad => "✗",
        Mark::Open => "?",
    }
}

/// TT 15/2025/TT-BKHCN, Điều 6, 6.4: who issued, who signed, who manages, when, whether whole, whether
/// valid at that time, and from when to when the certificate is valid.
fn signature(out: &mut String, one: &Signature) {
    let place = match &one.role {
        Some(role) => format!("{} ({})", one.place, role.vi),
        None => one.place.clone(),
    };
    let (mark, conclusion) = &one.conclusion;
    let _ = writeln!(out, "  {} {place}: {}", sign(*mark), conclusion.vi);
    let mut row = |label: &str, value: &str| {
        let _ = writeln!(out, "      {label}: {value}");
    };
    row("Chủ thể ký", &one.signer);
    row("Cơ quan cấp chứng thư", &one.issuer);
    row("Đơn vị quản lý chứng thư", &one.managed_by);
    row("Thời điểm ký hoặc dấu thời gian", &one.time.vi);
    row("Toàn vẹn", &one.integrity.1.vi);
    row("Hợp lệ tại thời điểm ký", &one.valid_then.1.vi);
    row("Thời hạn hiệu lực chứng thư", &one.validity);
    row("Số chứng thư (serial)", &one.serial);
}

fn problem(out: &mut String, one: &Problem) {
    let _ = writeln!(out, "  ! {} [{}]", one.meaning.vi, one.code);
    let _ = writeln!(out, "      Nơi: {}", one.place().vi);
    let _ = writeln!(out, "      Nguyên nhân có thể có: {}", one.cause.vi);
    let _ = writeln!(out, "      Việc cần làm: {}", one.action.vi);
    let _ = writeln!(out, "      {} {}", one.meaning.en, one.explained_in_english());
}

/// By what was checked: the end of what is printed.
pub fn grounds(grounds: &Grounds) -> String {
    let mut out = String::from("Căn cứ kiểm tra\n");
    for (label, value) in grounds.rows() {
        let _ = writeln!(out, "  {}: {}", label.vi, value.vi);
    }
    if grounds.anchors.is_empty() {
        out.push_str("  Không có chứng thư gốc nào được tin cậy khi kiểm tra.\n");
    }
    for (name, digest) in &grounds.anchors {
        let name = crafts::document::plain_text(name, super::SHOWN_CHARACTERS);
        let _ = writeln!(out, "  Chứng thư gốc: {name}, SHA-256 {digest}");
    }
    out.trim_end().to_owned()
}
