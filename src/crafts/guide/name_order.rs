//! The order of names in a Vietnamese list: by given name, which stands last, then by family and middle
//! names. Letters and tones compare as the Unicode Collation Algorithm does with the Vietnamese tailoring of
//! CLDR: a ă â, d đ, e ê, o ô ơ, u ư are letters of their own; tones decide only where the letters agree, in
//! the order of the dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.

use std::sync::LazyLock;

use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

/// The tables are compiled in: no file is read, and the order is the same on every computer.
static VIETNAMESE: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    Collator::try_new(locale!("vi").into(), Default::default()).expect("the tables are part of the program")
});

/// Compares as the list does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameKey {
    given: Vec<u8>,
    before: Vec<u8>,
    /// Names that differ in nothing else keep one order everywhere.
    text: String,
}

/// The key of a full name.
pub fn given_name_first(name: &str) -> NameKey {
    let mut before: Vec<&str> = name.split_whitespace().collect();
    let given = before.pop().unwrap_or_default();
    NameKey { given: sort_key(given), before: sort_key(&before.join(" ")), text: name.to_owned() }
}

/// Letters first, then tones, then case: "Hòa" stands beside "Hoa", not behind "Hoan".
fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::new();
    let Ok(()) = VIETNAMESE.write_sort_key_to(text, &mut key);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(names: &[&str]) -> Vec<String> {
        let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        names.sort_by_cached_key(|name| given_name_first(name));
        names
    }

    #[test]
    fn the_given_name_comes_first_then_the_family_name() {
        let wanted = ["Trần Văn An", "Lê Thị Bình", "Nguyễn Thị Bình", "Đỗ Cường"];
        assert_eq!(sorted(&["Đỗ Cường", "Nguyễn Thị Bình", "Trần Văn An", "Lê Thị Bình"]), wanted);
    }

    #[test]
    fn letters_stand_in_the_order_of_the_vietnamese_alphabet() {
        let wanted = [
            "A Da", "A Dung", "A Đan", "A Êm", "A Năng", "A Nâng", "A Ong", "A Ông", "A Ơn", "A Ung", "A Ưng",
        ];
        let mut mixed = wanted;
        mixed.reverse();
        assert_eq!(sorted(&mixed), wanted);
    }

    #[test]
    fn another_letter_comes_after_every_tone_of_the_one_before() {
        let wanted = [
            "A Dạ", "A Dy", "A Đa", "A Lam", "A Lạm", "A Lan", "A Lăm", "A Lặm", "A Lâm", "A Le", "A Lẹ",
            "A Lê",
        ];
        let mut mixed = wanted;
        mixed.reverse();
        assert_eq!(sorted(&mixed), wanted);
    }

    #[test]
    fn equal_given_names_are_told_apart_by_letters_and_tones_of_what_stands_before() {
        let wanted = ["Đặng Thị Hà", "Đỗ Văn Hà", "Lê An Hà", "Lê Ấn Hà", "Lý An Hà", "Trần Đức Hà"];
        let mut mixed = wanted;
        mixed.reverse();
        assert_eq!(sorted(&mixed), wanted);
    }

    #[test]
    fn capitals_and_doubled_spaces_move_nobody() {
        assert_eq!(
            sorted(&["NGUYỄN VĂN ĐỨC", "Lê  Đức", "trần dũng"]),
            ["trần dũng", "Lê  Đức", "NGUYỄN VĂN ĐỨC"]
        );
    }

    #[test]
    fn tones_decide_only_between_equal_letters() {
        let wanted = ["A Hoa", "A Hòa", "A Hỏa", "A Hõa", "A Hóa", "A Họa", "A Hoan"];
        let mut mixed = wanted;
        mixed.reverse();
        assert_eq!(sorted(&mixed), wanted);
    }

    #[test]
    fn a_name_of_one_word_and_a_decomposed_one_have_their_place_too() {
        assert_eq!(sorted(&["Y Bi\u{300}nh", "Ánh", "Bình"]), ["Ánh", "Bình", "Y Bi\u{300}nh"]);
    }
}
