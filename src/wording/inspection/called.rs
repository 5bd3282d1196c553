//! What a file says that it is, as papers are called.

use school::deposit::DepositId;
use school::dossier::{DossierKey, DossierOf};
use school::medium::MediumId;
use serde_json::Value;

use super::{Both, both, shown, text};
use crate::wording::documents;

/// What a report calls the thing that it is about.
pub struct Called {
    /// A document by its plan, a deposit or a medium by its number; nothing where it says nothing.
    pub name: Option<String>,
    /// What kind of thing.
    pub kind: Both,
}

impl Called {
    /// Of a filled report. A transcript bears its pupil's name where the judge read it from data that can be believed.
    pub fn of(report: &Value) -> Self {
        let kind = of_type(text(report, "type"));
        let id = |key: &str| text(report, key);
        if let Some(key) = dossier(report) {
            let name = match &key.of {
                DossierOf::HocBa(_) => shown(report, "pupil"),
                DossierOf::SoDiemGv(_) => shown(&report["plan"], "subject"),
                _ => String::new(),
            };
            let name = Some(name.as_str()).filter(|name| !name.is_empty());
            return Self {
                name: Some(format!("{}, {}", documents::named(&key, name), key.year)),
                kind: both(documents::kind(key.kind()), documents::kind_en(key.kind())),
            };
        }
        let deposit = id("deposit").parse().ok().map(|id: DepositId| id.to_string());
        let medium = id("medium").parse().ok().map(|id: MediumId| id.to_string());
        Self { name: deposit.or(medium).map(|number| format!("{} {number}", kind.vi)), kind }
    }
}

/// The document that a file says it is, by its plan.
pub fn dossier(report: &Value) -> Option<DossierKey> {
    let id = report.pointer("/plan/dossier").and_then(Value::as_str)?;
    DossierKey::from_id(id).ok()
}

/// What kind of thing a report is about, by its type.
pub fn of_type(code: &str) -> Both {
    match code {
        "pdf" => both("Tài liệu PDF", "PDF document"),
        "bag" => both("Gói lưu trữ", "Deposit"),
        "medium" => both("Vật mang tin", "Medium"),
        "register" => both("Sổ theo dõi lưu trữ", "Register"),
        _ => both("Tệp", "File"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::name_subjects;
    use super::*;

    fn called(mut report: Value) -> Option<String> {
        name_subjects(&mut report, |code| (code == "TOAN").then_some("Toán"));
        Called::of(&report).name
    }

    #[test]
    fn what_was_judged_is_called_as_papers_are_called() {
        let document = |id: &str| called(json!({"type": "pdf", "plan": {"dossier": id}}));
        let says = |words: &str| Some(words.to_owned());
        assert_eq!(document("2025-2026_ca-nam_hoc-ba_HS0001"), says("Học bạ HS0001, 2025-2026"));
        assert_eq!(
            document("2025-2026_HK1_so-diem-gv_6A1_TOAN"),
            says("Sổ điểm giáo viên 6A1 Toán, Học kỳ I, 2025-2026")
        );
        assert_eq!(document("<b>hoc-ba</b>"), None, "what is no name is nobody's words");
        let deposit = json!({"type": "bag", "deposit": "HOAPHUONG_2025-2026_0001"});
        assert_eq!(called(deposit), says("Gói lưu trữ HOAPHUONG_2025-2026_0001"));
        let medium = json!({"type": "medium", "medium": "HOAPHUONG_VM_0001"});
        assert_eq!(called(medium), says("Vật mang tin HOAPHUONG_VM_0001"));
        assert_eq!(called(json!({"type": "pdf", "plan": null})), None, "a stranger's file says nothing");
    }

    #[test]
    fn a_transcript_bears_the_name_that_the_judge_believed_and_a_class_book_nobody_s() {
        let of = |dossier: &str| {
            called(json!({"type": "pdf", "plan": {"dossier": dossier}, "pupil": "Đặng Thị \u{202E}Mơ"}))
        };
        let transcript = of("2025-2026_ca-nam_hoc-ba_HS0001").expect("a name");
        assert_eq!(transcript, "Học bạ Đặng Thị [U+202E]Mơ (HS0001), 2025-2026");
        let book = of("2025-2026_ca-nam_so-diem_6A1");
        assert_eq!(book.as_deref(), Some("Sổ điểm lớp 6A1, 2025-2026"));
    }
}
