//! One problem in words: where, what it means for a person, what to do now.

use serde_json::Value;

use super::signature::Signature;
use super::{Both, both, shown, text};

/// A problem in words.
pub struct Problem {
    /// Where.
    pub place: Both,
    /// What it means.
    pub meaning: Both,
    /// What to do now.
    pub action: Both,
    /// The stable code.
    pub code: String,
}

impl Problem {
    /// Where it is the box of a signature, says whose: `ô GVBM_TOAN (Giáo viên môn Toán)`.
    pub fn at_box_of(mut self, signatures: &[Signature]) -> Self {
        let named = |one: &&Signature| self.place.en.split([' ', ',']).any(|word| word == one.place);
        let role = signatures.iter().find(named).and_then(|one| one.role.as_ref());
        if let Some(role) = role {
            self.place =
                both(format!("{} ({})", self.place.vi, role.vi), format!("{} ({})", self.place.en, role.en));
        }
        self
    }
}

/// Puts a problem into words; `of_pdf` because a deposit names files where a PDF names its own parts.
pub fn problem(value: &Value, of_pdf: bool) -> Problem {
    let place = shown(value, "where");
    let place = match (place.is_empty(), of_pdf) {
        (true, _) => both("toàn bộ", "the whole"),
        (false, true) => both(vietnamese_place(&place), place),
        (false, false) => both(place.clone(), place),
    };
    let (meaning_vi, action_vi) = parted(text(value, "vi"));
    let (meaning_en, action_en) = parted(text(value, "en"));
    let or = |action: &str, otherwise: &str| if action.is_empty() { otherwise } else { action }.to_owned();
    Problem {
        place,
        meaning: both(meaning_vi, meaning_en),
        action: both(
            or(action_vi, "Vui lòng giữ nguyên vật mang tin và đối chiếu với bản lưu khác."),
            or(action_en, "Please keep the medium as it is and compare it with another copy."),
        ),
        code: shown(value, "code"),
    }
}

/// Our words are two sentences: what happened, what to do now.
fn parted(words: &str) -> (&str, &str) {
    let ends = words
        .match_indices(". ")
        .find(|(at, _)| words[at + 2..].chars().next().is_some_and(char::is_uppercase));
    ends.map_or((words, ""), |(at, _)| (&words[..=at], &words[at + 2..]))
}

/// `revision 2, object 5, byte 17` in Vietnamese. Only words outside of names are changed.
fn vietnamese_place(place: &str) -> String {
    let part = |part: &str| {
        let changed = [
            ("signature ", "chữ ký "),
            ("revisions ", "các phiên bản "),
            ("revision ", "phiên bản "),
            ("object ", "đối tượng "),
            ("bytes ", "các byte "),
            ("box ", "ô ký "),
            ("field ", "ô "),
        ];
        if part == "file" {
            return "toàn bộ tệp".to_owned();
        }
        let found = changed.iter().find_map(|(en, vi)| part.strip_prefix(en).map(|rest| (*vi, rest)));
        match found {
            Some((vi, rest)) if vi.starts_with("các ") => format!("{vi}{}", rest.replace(" to ", " đến ")),
            Some((vi, rest)) => format!("{vi}{rest}"),
            None => part.to_owned(),
        }
    };
    place.split(", ").map(part).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_happened_and_what_to_do_are_told_apart() {
        let value = json!({
            "code": "CMS_DIGEST", "where": "signature HieuTruong, revisions 2 to 3, bytes 1 to 9",
            "vi": "Nội dung đã bị sửa. Hãy dùng bản gốc.", "en": "This is no BagIt 1.0 bag. Please choose another.",
        });
        let shown = problem(&value, true);
        assert_eq!(shown.place.vi, "chữ ký HieuTruong, các phiên bản 2 đến 3, các byte 1 đến 9");
        assert_eq!(
            (shown.meaning.vi.as_str(), shown.action.vi.as_str()),
            ("Nội dung đã bị sửa.", "Hãy dùng bản gốc.")
        );
        assert_eq!(shown.meaning.en, "This is no BagIt 1.0 bag.");
    }

    #[test]
    fn every_problem_says_what_to_do() {
        let shown =
            problem(&json!({"code": "X", "where": "", "vi": "Quá nhiều tệp.", "en": "Too many."}), false);
        assert!(!shown.action.vi.is_empty() && !shown.action.en.is_empty() && !shown.place.vi.is_empty());
    }
}
