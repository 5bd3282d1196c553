//! The order of names in a Vietnamese list: by given name, which stands last, then by family and middle
//! names; letters in the order of the alphabet (a ă â, d đ, e ê, o ô ơ, u ư), tones only where the letters
//! agree, in the order of the dictionaries: ngang, huyền, hỏi, ngã, sắc, nặng.

use unicode_normalization::UnicodeNormalization;

/// Compares as the list does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameKey {
    given: (Vec<u32>, Vec<u8>),
    before: (Vec<u32>, Vec<u8>),
    /// Names that differ in nothing else keep one order everywhere.
    text: String,
}

/// The key of a full name.
pub fn given_name_first(name: &str) -> NameKey {
    let name = name.trim();
    let (before, given) = name.rsplit_once(char::is_whitespace).unwrap_or(("", name));
    NameKey { given: letters_and_tones(given), before: letters_and_tones(before), text: name.to_owned() }
}

/// Letters first, then tones: "Hòa" stands beside "Hoa", not behind "Hoan".
fn letters_and_tones(text: &str) -> (Vec<u32>, Vec<u8>) {
    let (mut letters, mut tones) = (Vec::new(), Vec::new());
    let mut previous_was_space = false;
    for c in text.chars().flat_map(char::to_lowercase).nfd() {
        if c.is_whitespace() {
            if !previous_was_space {
                letters.push(0);
                tones.push(0);
            }
            previous_was_space = true;
            continue;
        }
        previous_was_space = false;
        match c {
            // Marks that make another letter: breve, circumflex, horn.
            '\u{306}' | '\u{302}' | '\u{31B}' => {
                if let Some(last) = letters.last_mut() {
                    *last += if c == '\u{31B}' || (c == '\u{302}' && *last == place('a')) { 2 } else { 1 };
                }
            }
            '\u{300}' | '\u{309}' | '\u{303}' | '\u{301}' | '\u{323}' => {
                let tone = match c {
                    '\u{300}' => 1,
                    '\u{309}' => 2,
                    '\u{303}' => 3,
                    '\u{301}' => 4,
                    _ => 5,
                };
                if let Some(last) = tones.last_mut() {
                    *last = tone;
                }
            }
            'đ' => {
                letters.push(place('d') + 1);
                tones.push(0);
            }
            _ => {
                letters.push(place(c));
                tones.push(0);
            }
        }
    }
    (letters, tones)
}

/// Room behind each letter for those made from it.
const fn place(c: char) -> u32 {
    c as u32 * 4
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
