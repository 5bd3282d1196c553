//! One judged thing in words: a PDF, a deposit, a register, a medium, or a file that gave no answer.

use std::path::Path;

use school::moment::Moment;
use serde_json::{Value, json};

use super::called::Called;
use super::problem::{Problem, by_kind, problem};
use super::signature::{Mark, Signature, moment, signature};
use super::{Both, both, shown, text};
use crate::wording::{faults, sentences};

/// Kinds of problems of one thing that are shown; all are in the JSON.
const PROBLEMS_SHOWN: usize = 50;

/// A judged thing in words.
pub struct Item {
    /// Its path as given.
    pub name: String,
    /// What it says that it is, as papers are called; nothing where it says nothing.
    pub called: Option<String>,
    /// What kind of thing.
    pub kind: Both,
    /// How it is marked.
    pub mark: Mark,
    /// The verdict, one sentence.
    pub sentence: Both,
    /// Its signatures.
    pub signatures: Vec<Signature>,
    /// Its problems.
    pub problems: Vec<Problem>,
    /// How many problems are not shown.
    pub problems_left_out: usize,
    /// Technical facts: label and value.
    pub facts: Vec<(Both, String)>,
}

impl Item {
    /// Puts a filled report into words.
    pub fn of(report: &Value, judged: Moment) -> Self {
        let of_pdf = text(report, "type") == "pdf";
        let Called { name: called, kind } = Called::of(report);
        let sealed = moment(report.pointer("/seal/time"));
        let signatures = report.get("signatures").and_then(Value::as_array).into_iter().flatten();
        let problems = report.get("problems").and_then(Value::as_array).into_iter().flatten();
        let signatures: Vec<Signature> = signatures
            .map(|one| signature(one, judged, sealed).in_a_file(text(report, "modification")))
            .collect();
        let mut problems = by_kind(problems.map(|one| problem(one, of_pdf).at_box_of(&signatures)));
        let problems_left_out = problems.len().saturating_sub(PROBLEMS_SHOWN);
        problems.truncate(PROBLEMS_SHOWN);
        Self {
            name: shown(report, "path"),
            called,
            kind,
            mark: mark(report),
            sentence: sentence(report),
            problems,
            problems_left_out,
            signatures,
            facts: facts(report),
        }
    }
}

/// The verdict on one thing, in one sentence.
pub fn sentence(report: &Value) -> Both {
    both(shown(report, "sentence"), english(report))
}

/// The report on a file that gave no answer: it stands in its place, and is never good.
pub fn unread(path: &Path, code: &str) -> Value {
    let words = faults::fault(code);
    json!({
        "type": "unread", "path": path.to_string_lossy(), "verdict": "unread",
        "sentence": "CHƯA KIỂM TRA ĐƯỢC – không có kết quả cho tệp này",
        "problems": [{
            "code": code, "where": "", "vi": format!("{} {}", words.what_vi, words.do_vi), "why_vi": words.why_vi,
            // All three.
            "en": words.en,
        }],
    })
}

/// How a report is marked. An unknown verdict is never good.
pub fn mark(report: &Value) -> Mark {
    match text(report, "verdict") {
        "valid" => Mark::Good,
        "indeterminate" | "unread" => Mark::Open,
        _ => Mark::Bad,
    }
}

/// The verdict sentence in English, from the same keys as the Vietnamese one.
fn english(report: &Value) -> String {
    let verdict = match text(report, "verdict") {
        "valid" => "VALID",
        "invalid" => "INVALID",
        "indeterminate" => "UNDETERMINED",
        "unsigned" => "NOT SIGNED",
        "unread" => return "NOT CHECKED: the check could not be made".into(),
        _ => "NOT READABLE",
    };
    let mut parts = Vec::new();
    let number = |key: &str| report.get(key).and_then(Value::as_u64).unwrap_or_default();
    match text(report, "type") {
        "pdf" => pdf_parts(report, &mut parts),
        "bag" => {
            parts.push(format!("deposit {}, {} files", shown(report, "deposit"), number("payload_files")));
            identity(report, &mut parts);
        }
        "medium" => {
            let deposits = report.get("deposits").and_then(Value::as_array).map_or(0, Vec::len);
            parts.push(format!("medium {}, {deposits} deposits", shown(report, "medium")));
            identity(report, &mut parts);
        }
        "register" => {
            parts.push(format!("register of {} entries", number("size")));
            identity(report, &mut parts);
        }
        _ => {}
    }
    if parts.is_empty() { verdict.to_owned() } else { format!("{verdict} – {}", parts.join(", ")) }
}

fn pdf_parts(report: &Value, parts: &mut Vec<String>) {
    let (signatures, boxes) = sentences::signatures_of_people(report);
    match boxes {
        Some(boxes) => parts.push(format!("{signatures}/{boxes} signatures")),
        None => parts.push(format!("{signatures} signatures")),
    }
    if report.pointer("/plan/in_order") == Some(&Value::Bool(true)) && signatures > 1 {
        parts.push("in order".into());
    }
    match (text(report, "modification"), text(report, "integrity")) {
        ("suspicious", _) => parts.push("changed after signing".into()),
        (_, "broken") => parts.push("signed data are no longer intact".into()),
        (_, "intact") => parts.push("intact".into()),
        _ => {}
    }
    if let Some(time) = moment(report.pointer("/document_timestamp/time")) {
        parts.push(format!("timestamp {}", time.vietnamese()));
    }
    match text(report, "school_identity") {
        "confirmed" => parts.push("school identity confirmed".into()),
        "as-declared" => parts.push("roles as the school declares them".into()),
        _ => {}
    }
    let policy = if text(report, "policy") == "school" { "school policy" } else { "general PDF policy" };
    parts.push(policy.into());
}

/// How far the identity of the school that a deposit, a medium or a register names was confirmed.
fn identity(report: &Value, parts: &mut Vec<String>) {
    match text(report, "school_identity") {
        "confirmed" => parts.push("school identity confirmed".into()),
        "as-declared" => parts.push("school identity as declared (confirm it by --school-cert)".into()),
        _ => {}
    }
}

fn facts(report: &Value) -> Vec<(Both, String)> {
    let mut facts = Vec::new();
    let mut add = |vi: &str, en: &str, value: String| {
        if !value.is_empty() {
            facts.push((both(vi, en), value));
        }
    };
    let at = |pointer: &str| match report.pointer(pointer) {
        Some(Value::String(text)) => crafts::document::plain_text(text, 300),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(truth)) => truth.to_string(),
        _ => String::new(),
    };
    add("SHA-256 của tệp", "SHA-256 of the file", at("/sha256"));
    add("Kết luận theo ETSI EN 319 102-1", "Indication of ETSI EN 319 102-1", {
        let (indication, sub) = (word(&at("/indication")), at("/sub_indication"));
        if sub.is_empty() { indication } else { format!("{indication}, {sub}") }
    });
    add("Quy tắc đã áp dụng", "Policy applied", word(&at("/policy")));
    add("Thay đổi sau khi ký", "Changes after signing", word(&at("/modification")));
    add("Trang khác với bản đã ký", "Pages that differ from what was signed", changed_pages(report));
    add("Hồ sơ", "Dossier", at("/plan/dossier"));
    add("SHA-256 của kế hoạch ký", "SHA-256 of the signing plan", at("/plan/sha256"));
    add("SHA-256 của danh sách nhân sự", "SHA-256 of the roster", at("/roster/sha256"));
    add("Trong sổ theo dõi", "In the register", word(&at("/register")));
    add("Danh tính nhà trường", "School identity", word(&at("/school_identity")));
    if let Some(part) = report.pointer("/pdfa/part").and_then(Value::as_u64) {
        let told = format!(
            "PDF/A-{part}{}, {}",
            at("/pdfa/conformance").to_lowercase(),
            word(&at("/pdfa/checked_by"))
        );
        add("PDF/A", "PDF/A", told);
    }
    add("Mã vật mang", "Medium", at("/medium"));
    add("Tên ổ đĩa", "Volume", at("/volume"));
    add("Dung lượng ảnh đĩa (byte)", "Size of the image in bytes", at("/bytes"));
    add("Mã gói lưu trữ", "Deposit", at("/deposit"));
    add("Mã băm niêm phong", "Digest of the seal", at("/seal/digest"));
    add("Thời điểm niêm phong", "Time of the seal", at("/seal/time"));
    add(
        "Tin cậy của dấu thời gian niêm phong",
        "Trust in the seal's timestamp",
        word(&at("/seal/timestamp_trust")),
    );
    add("Chứng thư con dấu niêm phong", "Certificate of the seal", at("/seal/certificate"));
    add("Niêm phong trước", "Previous seal", at("/previous_seal"));
    add("Niêm phong của vật mang trước", "Seal of the medium before", at("/previous_medium"));
    let list = |key: &str| report.get(key).and_then(Value::as_array).into_iter().flatten();
    for proof in list("proofs") {
        let time = moment(proof.get("time")).map_or_else(String::new, Moment::vietnamese);
        let told = format!("{}: {time}, {}", shown(proof, "deposit"), word(&shown(proof, "trust")));
        add("Dấu thời gian bổ sung", "Later proof of time", told);
    }
    for other in list("compared") {
        let told = format!("{}: {}", shown(other, "with"), likeness(text(other, "likeness")).vi);
        add("So với vật mang", "Compared with", told);
    }
    add("Số mục của sổ theo dõi", "Entries of the register", at("/size"));
    add("Gốc cây Merkle", "Merkle root", at("/root"));
    facts
}

/// One line for two media that were compared.
pub fn comparison(object: &Value) -> String {
    let words = likeness(text(object, "likeness"));
    let (path, other) = (shown(object, "path"), shown(object, "with"));
    format!("So sánh vật mang: {path} so với {other}: {} / {}", words.vi, words.en)
}

/// How one medium stands to another.
fn likeness(code: &str) -> Both {
    match code {
        "equal" => both("cùng sổ theo dõi", "the same register"),
        "older" => both(
            "cũ hơn: sổ theo dõi là phần đầu của vật mang kia",
            "older: its register is the beginning of the other's",
        ),
        "newer" => {
            both("mới hơn: sổ theo dõi nối tiếp vật mang kia", "newer: its register continues the other's")
        }
        "shortened" => both(
            "SỔ THEO DÕI BỊ CẮT NGẮN: niêm phong sau nhưng ghi ít mục hơn",
            "register SHORTENED: sealed later with fewer entries",
        ),
        "rewritten" => both(
            "SỔ THEO DÕI BỊ VIẾT LẠI: hai vật mang mâu thuẫn nhau",
            "register REWRITTEN: the two media contradict each other",
        ),
        "other-school" => both("của trường khác", "of another school"),
        _ => both("không so sánh được", "cannot be compared"),
    }
}

/// `1 (HieuTruong), 3 (HieuTruong)`: page, and the signer who saw it otherwise.
fn changed_pages(report: &Value) -> String {
    let all = report.get("changed_pages").and_then(Value::as_array).into_iter().flatten();
    let one = |one: &Value| {
        let page = one.get("page").and_then(Value::as_u64).unwrap_or_default();
        format!("{page} ({})", shown(one, "field"))
    };
    all.map(one).collect::<Vec<_>>().join(", ")
}

/// A code of the report with its meaning before it.
fn word(code: &str) -> String {
    let meaning = match code {
        "school" => "hồ sơ nhà trường",
        "foreign" => "chung cho PDF",
        "none" => "không có",
        "allowed" => "chỉ những thay đổi được phép",
        "suspicious" => "có thay đổi đáng ngờ",
        "included" => "có ghi nhận",
        "absent" => "không ghi nhận",
        "unknown" => "không rõ",
        "confirmed" => "đã xác nhận",
        "as-declared" => "theo khai báo của trường",
        "declared-in-metadata" => "theo khai báo trong tệp",
        "trusted" => "tin cậy",
        "untrusted" => "không dẫn tới chứng thư gốc tin cậy",
        "TOTAL-PASSED" => "đạt",
        "TOTAL-FAILED" => "không đạt",
        "INDETERMINATE" => "chưa đủ căn cứ",
        other => return other.to_owned(),
    };
    format!("{meaning} ({code})")
}

#[cfg(test)]
mod tests {
    use school::plan::TIMESTAMP_FIELD;

    use super::*;

    #[test]
    fn a_verdict_that_is_not_known_is_not_good() {
        assert_eq!(mark(&json!({"verdict": "splendid"})), Mark::Bad);
        assert_eq!(mark(&json!({})), Mark::Bad);
        assert_eq!(mark(&json!({"verdict": "unread"})), Mark::Open);
    }

    #[test]
    fn a_box_whose_signature_fails_is_counted_once() {
        let report = json!({
            "type": "pdf", "verdict": "invalid", "policy": "school", "integrity": "broken",
            "plan": {"missing": ["GVCN", "HieuTruong"], "in_order": true},
            "signatures": [{"field": "GVCN"}, {"field": "HieuTruong"}],
        });
        assert!(
            english(&report).starts_with("INVALID – 0/2 signatures, signed data"),
            "{}",
            english(&report)
        );
    }

    #[test]
    fn the_english_sentence_counts_like_the_vietnamese_one() {
        let report = json!({
            "type": "pdf", "verdict": "valid", "policy": "school", "integrity": "intact", "modification": "none",
            "plan": {"missing": [], "in_order": true}, "document_timestamp": null,
            "signatures": [{"field": "GVCN"}, {"field": "HieuTruong"}, {"field": TIMESTAMP_FIELD}],
        });
        assert_eq!(english(&report), "VALID – 2/2 signatures, in order, intact, school policy");
    }

    #[test]
    fn both_sentences_say_how_far_the_school_is_known() {
        let said = |kind: &str, identity: &str| {
            let mut report = json!({
                "type": kind, "verdict": "valid", "policy": "school", "school_identity": identity,
                "signatures": [{"field": "GVCN"}], "deposit": "X", "medium": "X", "size": 1,
            });
            sentences::fill(&mut report, std::path::Path::new("x"));
            (text(&report, "sentence").to_owned(), english(&report))
        };
        for kind in ["pdf", "bag", "medium", "register"] {
            let (vietnamese, english) = said(kind, "as-declared");
            assert!(vietnamese.contains("theo khai báo"), "{vietnamese}");
            assert!(english.contains("declare"), "{english}");
            let (vietnamese, english) = said(kind, "confirmed");
            assert!(vietnamese.contains("danh tính nhà trường đã xác nhận"), "{vietnamese}");
            assert!(english.contains("school identity confirmed"), "{english}");
            let (vietnamese, english) = said(kind, "unknown");
            assert!(
                !vietnamese.contains("khai báo") && !english.contains("declare"),
                "{vietnamese}{english}"
            );
        }
    }
}
