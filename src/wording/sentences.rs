//! Verdicts as sentences.

use std::fmt::Write;
use std::path::Path;

use school::moment::Moment;
use school::plan::TIMESTAMP_FIELD;
use serde_json::Value;

use crate::wording::Finding;
use crate::wording::{deposit_causes, deposit_findings, finding_causes, findings, register_words};

/// Fills path, words and probable causes of problems, and the sentence into a judge's report.
pub fn fill(report: &mut Value, path: &Path) {
    let inner = text(report, "path").to_owned();
    let shown = if inner.is_empty() { path.to_owned() } else { path.join(inner) };
    report["path"] = Value::String(shown.to_string_lossy().into_owned());
    let of_pdf = text(report, "type") == "pdf";
    if let Some(problems) = report.get_mut("problems").and_then(Value::as_array_mut) {
        for problem in problems {
            let code = text(problem, "code").to_owned();
            let ((vi, en), (why_vi, why_en)) = problem_words(&code, of_pdf);
            for (key, words) in [("vi", vi), ("en", en), ("why_vi", why_vi), ("why_en", why_en)] {
                problem[key] = Value::String(words.to_owned());
            }
        }
    }
    report["sentence"] = Value::String(sentence(report));
}

/// What was found and what to do about it, then its probable cause. Some codes are codes of a PDF and of a deposit;
/// the words are those of what is judged.
fn problem_words(code: &str, of_pdf: bool) -> (Finding, Finding) {
    let of_deposit = |code| (deposit_findings::words(code), deposit_causes::cause(code));
    let deposit = || verification::deposit::Code::from_text(code).map(of_deposit);
    let code_of_pdf = || verification::report::Code::ALL.iter().copied().find(|one| one.as_str() == code);
    let pdf = || code_of_pdf().map(|code| (findings::words(code), finding_causes::cause(code)));
    let words = if of_pdf { pdf().or_else(deposit) } else { deposit().or_else(pdf) };
    words.unwrap_or((
        (
            "Có vấn đề chưa có lời giải thích. Vui lòng kiểm tra lại bằng phiên bản mới nhất của chương trình.",
            "There is a problem without words yet. Please check again with the latest version of the program.",
        ),
        (
            "Thường do mã này của một phiên bản khác của chương trình.",
            "Mostly the code is of another version of the program.",
        ),
    ))
}

fn sentence(report: &Value) -> String {
    let verdict = match text(report, "verdict") {
        "valid" => "HỢP LỆ",
        "invalid" => "KHÔNG HỢP LỆ",
        "indeterminate" => "CHƯA KẾT LUẬN ĐƯỢC",
        "unsigned" => "CHƯA KÝ",
        _ => "KHÔNG ĐỌC ĐƯỢC",
    };
    let detail = match text(report, "type") {
        "pdf" => pdf_detail(report),
        "bag" => bag_detail(report),
        "medium" => medium_detail(report),
        "register" => register_detail(report),
        _ => String::new(),
    };
    if detail.is_empty() { verdict.to_owned() } else { format!("{verdict} – {detail}") }
}

fn pdf_detail(report: &Value) -> String {
    let (signatures, boxes) = signatures_of_people(report);
    let mut parts = Vec::new();
    match boxes {
        Some(boxes) => parts.push(format!("{signatures}/{boxes} chữ ký")),
        None if signatures > 0 => parts.push(format!("{signatures} chữ ký")),
        None => {}
    }
    if report.pointer("/plan/in_order") == Some(&Value::Bool(true)) && signatures > 1 {
        parts.push("đúng thứ tự".into());
    }
    match text(report, "modification") {
        "suspicious" => parts.push("nội dung đã bị sửa sau khi ký".into()),
        _ if text(report, "integrity") == "broken" => parts.push("dữ liệu đã ký không còn nguyên vẹn".into()),
        _ if text(report, "integrity") == "intact" => parts.push("nguyên vẹn".into()),
        _ => {}
    }
    let stamp = report.get("document_timestamp").map(|stamp| text(stamp, "time")).unwrap_or_default();
    if !stamp.is_empty() {
        parts.push(format!("dấu thời gian {}", vietnamese(stamp)));
    }
    match text(report, "school_identity") {
        "confirmed" => parts.push("danh tính nhà trường đã xác nhận".into()),
        "as-declared" => parts.push("vai trò theo khai báo của trường".into()),
        _ => {}
    }
    parts.push(match text(report, "policy") {
        "school" => "quy tắc hồ sơ nhà trường".into(),
        _ => "quy tắc chung cho PDF".to_owned(),
    });
    parts.join(", ")
}

/// Signatures of people, and the boxes of the plan where there is one. A box whose signature fails is
/// among the missing; it counts as a box and not as signed.
pub fn signatures_of_people(report: &Value) -> (usize, Option<usize>) {
    let missing = report.pointer("/plan/missing").and_then(Value::as_array);
    let stands = |one: &&Value| {
        let field = text(one, "field");
        let is_missing = missing.is_some_and(|all| all.iter().any(|name| name.as_str() == Some(field)));
        field != TIMESTAMP_FIELD && !is_missing
    };
    let signatures = report.get("signatures").and_then(Value::as_array);
    let signatures = signatures.map_or(0, |all| all.iter().filter(stands).count());
    (signatures, missing.map(|missing| signatures + missing.len()))
}

fn medium_detail(report: &Value) -> String {
    let deposits = report.get("deposits").and_then(Value::as_array).map_or(0, Vec::len);
    let mut detail = match text(report, "medium") {
        "" => "vật mang lưu trữ".to_owned(),
        medium => format!("vật mang {medium}"),
    };
    let _ = write!(detail, ", {deposits} gói lưu trữ");
    if let Some(set) = report.get("set").filter(|set| set.is_object()) {
        let number = |key: &str| set.get(key).and_then(Value::as_u64).unwrap_or_default();
        if number("of") > 1 {
            let _ = write!(
                detail,
                ", vật mang {}/{} của bộ {}",
                number("part"),
                number("of"),
                text(set, "first")
            );
        }
    }
    sealed_detail(report, &mut detail);
    detail
}

fn bag_detail(report: &Value) -> String {
    let number = |key: &str| report.get(key).and_then(Value::as_u64).unwrap_or_default();
    let mut detail = format!("lưu trữ {}, {} tệp", text(report, "deposit"), number("payload_files"));
    sealed_detail(report, &mut detail);
    detail
}

/// Seal, register and school of a deposit or a medium.
fn sealed_detail(report: &Value, detail: &mut String) {
    if let Some(time) = report.get("seal").map(|seal| text(seal, "time")).filter(|time| !time.is_empty()) {
        let _ = write!(detail, ", niêm phong {}", vietnamese(time));
    }
    if let Some(register) = report.get("register").filter(|register| register.is_object()) {
        let _ = write!(detail, ", {}", register_words::sentence(register));
    }
    detail.push_str(match text(report, "school_identity") {
        "confirmed" => ", danh tính nhà trường đã xác nhận",
        "as-declared" => ", danh tính nhà trường theo khai báo trên vật mang (xác nhận bằng --school-cert)",
        _ => "",
    });
}

/// A moment as people here write it; what is none stays as it is.
pub(super) fn vietnamese(moment: &str) -> String {
    moment.parse::<Moment>().map_or_else(|_| moment.to_owned(), Moment::vietnamese)
}

fn register_detail(report: &Value) -> String {
    let school = match text(report, "school_identity") {
        "confirmed" => ", danh tính nhà trường đã xác nhận",
        "as-declared" => ", danh tính nhà trường theo khai báo trong sổ (xác nhận bằng --school-cert)",
        _ => "",
    };
    register_words::sentence(report) + school
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}
