//! One problem in words: where, what it means for a person, what to do now.

use serde_json::Value;

use super::signature::Signature;
use super::{Both, both, shown, text};

/// Places of one finding that are shown; all are in the JSON.
const PLACES_SHOWN: usize = 50;

/// Problems of one kind in words.
pub struct Problem {
    /// Where, in the order in which they were found.
    pub places: Vec<Both>,
    /// What it means.
    pub meaning: Both,
    /// Why it probably is so. English may stand with what to do.
    pub cause: Both,
    /// What to do now.
    pub action: Both,
    /// The stable code.
    pub code: String,
}

impl Problem {
    /// Where it is the box of a signature, says whose: `ô GVBM_TOAN (Giáo viên môn Toán)`.
    pub fn at_box_of(mut self, signatures: &[Signature]) -> Self {
        for place in &mut self.places {
            let named = |one: &&Signature| place.en.split([' ', ',']).any(|word| word == one.place);
            let role = signatures.iter().find(named).and_then(|one| one.role.as_ref());
            if let Some(role) = role {
                *place = both(format!("{} ({})", place.vi, role.vi), format!("{} ({})", place.en, role.en));
            }
        }
        self
    }

    /// The places on one line.
    pub fn place(&self) -> Both {
        line(&self.shown())
    }

    /// The places, so many on a line.
    pub fn places_by(&self, many: usize) -> Vec<Both> {
        self.shown().chunks(many).map(line).collect()
    }

    fn shown(&self) -> Vec<Both> {
        let mut shown = self.places[..self.places.len().min(PLACES_SHOWN)].to_vec();
        let left_out = self.places.len() - shown.len();
        if left_out > 0 {
            shown.push(both(format!("và {left_out} nơi khác"), format!("and {left_out} more")));
        }
        shown
    }

    /// Cause and advice in English, in one.
    pub fn explained_in_english(&self) -> String {
        let said = [&self.cause.en, &self.action.en];
        said.into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }
}

fn line(places: &[Both]) -> Both {
    let (vi, en): (Vec<_>, Vec<_>) =
        places.iter().map(|place| (place.vi.as_str(), place.en.as_str())).unzip();
    both(vi.join("; "), en.join("; "))
}

/// Problems with equal words are one row with several places: nobody reads the same advice fifty times.
pub fn by_kind(all: impl IntoIterator<Item = Problem>) -> Vec<Problem> {
    let mut kinds: Vec<Problem> = Vec::new();
    for one in all {
        match kinds.iter_mut().find(|kind| (&kind.code, &kind.meaning) == (&one.code, &one.meaning)) {
            Some(kind) => kind.places.extend(one.places),
            None => kinds.push(one),
        }
    }
    kinds
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
    Problem {
        places: vec![place],
        meaning: both(meaning_vi, meaning_en),
        cause: both(text(value, "why_vi"), text(value, "why_en")),
        action: both(action_vi, action_en),
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
            ("signatures ", "các chữ ký "),
            ("revisions ", "các phiên bản "),
            ("revision ", "phiên bản "),
            ("object ", "đối tượng "),
            ("bytes ", "các byte "),
            ("box ", "ô ký "),
            ("field ", "ô "),
        ];
        match part {
            "file" => return "toàn bộ tệp".to_owned(),
            "pages" => return "các trang".to_owned(),
            _ => {}
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
    use std::collections::BTreeSet;
    use std::path::Path;

    use serde_json::json;

    use super::*;
    use crate::wording::fill;

    #[test]
    fn what_happened_and_what_to_do_are_told_apart() {
        let value = json!({
            "code": "CMS_DIGEST", "where": "signature HieuTruong, revisions 2 to 3, bytes 1 to 9",
            "vi": "Nội dung đã bị sửa. Hãy dùng bản gốc.", "en": "This is no BagIt 1.0 bag. Please choose another.",
        });
        let shown = problem(&value, true);
        assert_eq!(shown.place().vi, "chữ ký HieuTruong, các phiên bản 2 đến 3, các byte 1 đến 9");
        assert_eq!(
            (shown.meaning.vi.as_str(), shown.action.vi.as_str()),
            ("Nội dung đã bị sửa.", "Hãy dùng bản gốc.")
        );
        assert_eq!(shown.meaning.en, "This is no BagIt 1.0 bag.");
    }

    /// Every finding that a check can bring, in words.
    fn findings() -> Vec<(bool, Problem)> {
        let pdf = verification::report::Code::ALL.iter().map(|code| ("pdf", code.as_str()));
        let deposit = verification::deposit::Code::ALL.iter().map(|code| ("bag", code.as_str()));
        let told = |(kind, code): (&str, &str)| {
            let mut report =
                json!({"type": kind, "verdict": "invalid", "problems": [{"code": code, "where": ""}]});
            fill(&mut report, Path::new("x"));
            (kind == "pdf", problem(&report["problems"][0], kind == "pdf"))
        };
        pdf.chain(deposit).map(told).collect()
    }

    #[test]
    fn every_finding_says_what_it_is_why_it_probably_is_so_and_what_to_do() {
        let all = findings();
        assert!(all.len() > 200, "{} findings", all.len());
        for (_, one) in all {
            let code = &one.code;
            for text in [&one.meaning, &one.cause, &one.action] {
                for words in [&text.vi, &text.en] {
                    let begins = words.chars().next().is_some_and(char::is_uppercase);
                    assert!(begins && words.ends_with('.') && words.len() > 15, "{code}: {words:?}");
                }
                assert!(!text.vi.is_ascii() && text.en.is_ascii(), "{code}: {text:?}");
            }
            let said = [&one.meaning, &one.cause, &one.action].map(|text| &text.vi);
            assert_eq!(BTreeSet::from(said).len(), 3, "{code} says one thing twice");
        }
    }

    #[test]
    fn a_cause_is_a_guess_that_is_the_finding_s_own_and_accuses_nobody() {
        let mut causes = BTreeSet::new();
        for (of_pdf, Problem { cause, code, .. }) in findings() {
            assert!(
                ["Thường do ", "Có thể do "].iter().any(|one| cause.vi.starts_with(one)),
                "{code}: {}",
                cause.vi
            );
            assert!(["Mostly ", " may "].iter().any(|one| cause.en.contains(one)), "{code}: {}", cause.en);
            let accused = ["gian lận", "giả mạo", "kẻ ", "thủ phạm", "forger", "fraud", "culprit"];
            assert!(accused.iter().all(|one| !format!("{} {}", cause.vi, cause.en).contains(one)), "{code}");
            assert!(causes.insert((of_pdf, cause.vi)), "{code} has the cause of another finding");
        }
    }

    #[test]
    fn where_an_accident_and_a_forgery_look_alike_both_are_named() {
        let changed = [
            "CMS_DIGEST",
            "UNSIGNED_BYTES",
            "UNEXPLAINED_OBJECT",
            "SIGNATURE_REMOVED",
            "DOC_MDP",
            "PRINTED_OTHERWISE",
            "APPEARANCE_OTHER_NAME",
            "PAYLOAD_ALTERED",
            "PAYLOAD_MISSING",
            "PAYLOAD_EXTRA",
            "TRANSCRIPT_MARKS",
            "REGISTER_CHAIN",
            "REGISTER_REWRITTEN",
            "CHECKPOINT_ROOT",
            "IMAGE_TREES_DIFFER",
        ];
        let all = findings();
        for code in changed {
            let (_, one) = all.iter().find(|(_, one)| one.code == code).unwrap_or_else(|| panic!("{code}"));
            assert!(one.cause.vi.contains("cũng có thể do ") && one.cause.en.contains("perhaps "), "{code}");
        }
    }

    #[test]
    fn what_is_found_in_several_places_is_explained_once() {
        let found = |code: &str, place: &str| {
            problem(&json!({"code": code, "where": place, "vi": "Sai. Hãy hỏi."}), false)
        };
        let kinds = by_kind([found("A", "a.pdf"), found("B", "b.pdf"), found("A", "c.pdf")]);
        let told: Vec<_> = kinds.iter().map(|kind| (kind.code.as_str(), kind.place().vi)).collect();
        assert_eq!(told, [("A", "a.pdf; c.pdf".to_owned()), ("B", "b.pdf".to_owned())]);
        let many = by_kind((0..5).map(|number| found("A", &format!("{number}.pdf"))));
        let lines: Vec<_> = many[0].places_by(3).into_iter().map(|line| line.vi).collect();
        assert_eq!(lines, ["0.pdf; 1.pdf; 2.pdf", "3.pdf; 4.pdf"], "a row of paper holds three");
    }
}
