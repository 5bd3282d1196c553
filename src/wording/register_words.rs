//! A register in one phrase: how many entries, up to which day, and how it stands to a checkpoint that was
//! kept. It says what was seen and never that it is the latest: no copy of a register can prove that.

use serde_json::Value;
use verification::register::{CopiesCompared, CopyRelation};

use super::sentences::vietnamese;

/// `sổ theo dõi 120 mục (mục cuối 30/05/2026 …)`, from a report's keys `size`, `last` and `held_checkpoint`.
pub fn sentence(register: &Value) -> String {
    let size = register.get("size").and_then(Value::as_u64).unwrap_or_default();
    let mut words = format!("sổ theo dõi {size} mục");
    if let Some(last) = register.get("last").and_then(Value::as_str) {
        words.push_str(&format!(" (mục cuối {})", vietnamese(last)));
    }
    if let Some(held) = register.get("held_checkpoint").filter(|held| held.is_object()) {
        words.push_str(&compared(held));
    }
    words
}

/// Two registers compared, in a sentence; `own`: the first is the school's own register.
pub fn copies_compared(compared: &CopiesCompared, own: bool) -> String {
    let CopiesCompared { relation, size, other_size, common } = *compared;
    let first = if own { "Sổ của trường" } else { "Bản thứ nhất" };
    match relation {
        CopyRelation::Equal => format!("equal {size}\n{first} và bản kia giống hệt nhau: {size} mục."),
        CopyRelation::Older if own => format!(
            "shortened {size} {other_size}\n{first} ÍT MỤC HƠN bản đã lưu: {size} mục, bản kia {other_size} mục. \
             Sổ không bao giờ được ngắn đi; hãy giữ nguyên hiện trạng và báo Hiệu trưởng."
        ),
        CopyRelation::Older => {
            format!(
                "older {size} {other_size}\n{first} cũ hơn: {size} mục đầu của bản kia ({other_size} mục)."
            )
        }
        CopyRelation::Newer => {
            format!(
                "newer {size} {other_size}\n{first} nối tiếp đúng bản kia: {size} mục, bản kia {other_size} mục."
            )
        }
        CopyRelation::Rewritten => format!(
            "rewritten {common}\nHai bản KHÁC NHAU từ mục {common}: {common} mục đầu giống nhau, sau đó khác. \
             Ít nhất một bản đã bị viết lại; hãy giữ nguyên cả hai."
        ),
        CopyRelation::OtherSchool => "other-school\nHai bản là của hai trường khác nhau.".into(),
    }
}

/// Hashes that make proofs quick were not those of the entries; the proof was made from the entries.
pub const KEPT_HASHES_CONTRADICTED: &str = "Mã băm ghi sẵn bên cạnh sổ không khớp điểm chốt đã ký, nên chứng minh được \
     lập lại từ từng mục của sổ. Tập tin sổ có thể đã hỏng hoặc bị sửa từ ngoài: hãy chạy «niemphong register check»; lần \
     mở sổ tới sẽ ghi lại mã băm. / hashes kept beside the register contradict its last signed checkpoint; made from its \
     entries instead. The file may be damaged or was edited from outside: run \"niemphong register check\".";

/// What a proof leads to.
pub fn proven(checkpoint: &str) -> String {
    format!("Chứng minh đúng với điểm chốt / the proof leads to this checkpoint:\n{checkpoint}")
}

fn compared(held: &Value) -> String {
    let size = held.get("size").and_then(Value::as_u64).unwrap_or_default();
    let until = held.get("date").and_then(Value::as_str);
    let until = until.map_or_else(String::new, |date| format!(", mục cuối {}", vietnamese(date)));
    match held.get("relation").and_then(Value::as_str).unwrap_or_default() {
        "equal" => format!(", đúng bằng điểm chốt đã giữ ({size} mục{until})"),
        "older" => format!(", nối tiếp đúng điểm chốt đã giữ ({size} mục{until})"),
        "shortened" => format!(", ÍT MỤC HƠN điểm chốt đã giữ ({size} mục)"),
        "rewritten" => format!(", KHÁC điểm chốt đã giữ ({size} mục)"),
        _ => format!(", điểm chốt đã giữ ({size} mục) là của trường khác"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_register_is_told_by_size_and_day_and_compared_with_what_was_kept() {
        let at = "2026-05-30T08:15:00+07:00";
        let register = |held: Value| sentence(&json!({"size": 9, "last": at, "held_checkpoint": held}));
        assert_eq!(register(Value::Null), "sổ theo dõi 9 mục (mục cuối 30/05/2026 08:15:00 (UTC+7))");
        for (relation, expected) in [
            ("equal", "đúng bằng điểm chốt đã giữ (5 mục, mục cuối 30/05/2026 08:15:00 (UTC+7))"),
            ("older", "nối tiếp đúng điểm chốt đã giữ (5 mục, mục cuối 30/05/2026 08:15:00 (UTC+7))"),
            ("shortened", "ÍT MỤC HƠN điểm chốt đã giữ (5 mục)"),
            ("rewritten", "KHÁC điểm chốt đã giữ (5 mục)"),
            ("other-school", "là của trường khác"),
        ] {
            let date = matches!(relation, "equal" | "older").then_some(at);
            let words = register(json!({"relation": relation, "size": 5, "date": date}));
            assert!(words.contains(expected), "{words}");
            assert!(!words.contains("mới nhất"));
        }
    }
}
