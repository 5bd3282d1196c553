//! Letters without marks, small: how people type a name in a hurry.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text without marks and capitals, with single spaces.
pub fn folded(text: &str) -> String {
    let plain = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    let plain: String = plain.map(|c| if c == 'đ' { 'd' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn a_name_is_found_without_its_marks() {
        assert_eq!(folded("  Đặng  Thị Ỷ Nhi "), "dang thi y nhi");
        assert_eq!(folded("Hồ Thị Ngọc Quyên"), folded("ho thi ngoc quyen"));
    }
}
