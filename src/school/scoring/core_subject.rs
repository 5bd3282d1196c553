//! The subjects of which TT 58 asks more than of others.

use unicode_normalization::UnicodeNormalization;

/// Names of Toán, Ngữ văn and Ngoại ngữ as schools write them, without their marks.
const CORE: [&str; 4] = ["toan", "ngu van", "ngoai ngu", "tieng "];

/// Told by the printed name, because codes of subjects are the school's own.
pub(super) fn is_core(name: &str) -> bool {
    let plain: String = name.nfd().filter(char::is_ascii).collect::<String>().to_ascii_lowercase();
    CORE.iter().any(|core| plain.trim_start().starts_with(core))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mathematics_literature_and_languages_are_told_by_their_names() {
        for name in ["Toán", "TOÁN", "Ngữ văn", "Ngoại ngữ 1", "Tiếng Anh", "Ngữ Văn"] {
            assert!(is_core(name), "{name}");
        }
        for name in ["Tin học", "Giáo dục công dân", "Vật lí"] {
            assert!(!is_core(name), "{name}");
        }
    }
}
