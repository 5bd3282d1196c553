//! In which capacity somebody signs, as their box shows it (Nghị định 30/2020/NĐ-CP, Phụ lục I: "KT.").

use crate::lifecycle::act::Capacity;

/// The lines above the signer's name. `head_title`: what the head of the school is called, empty for
/// Hiệu trưởng; `title`: the signer's own.
pub fn capacity(capacity: Capacity, head_title: &str, title: &str) -> Vec<String> {
    let head = if head_title.is_empty() { "Hiệu trưởng" } else { head_title };
    match capacity {
        Capacity::Own => Vec::new(),
        Capacity::ForPrincipal => vec![format!("KT. {}", head.to_uppercase()), title.to_uppercase()],
        Capacity::InPlace => vec!["Ký thay".to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vice_principal_signs_for_the_head_and_a_colleague_in_the_place_of_a_teacher() {
        let kt = capacity(Capacity::ForPrincipal, "", "Phó Hiệu trưởng");
        assert_eq!(kt, ["KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"]);
        let centre = capacity(Capacity::ForPrincipal, "Giám đốc trung tâm", "Phó Giám đốc");
        assert_eq!(centre, ["KT. GIÁM ĐỐC TRUNG TÂM", "PHÓ GIÁM ĐỐC"]);
        assert_eq!(capacity(Capacity::InPlace, "", "Giáo viên"), ["Ký thay"]);
        assert!(capacity(Capacity::Own, "", "Giáo viên").is_empty());
    }
}
