//! Words for faults and refusals, by stable code: one file per topic.

mod acts;
mod clock;
mod correcting;
mod devices;
mod enrolment;
mod keeping;
mod locking;
mod media;
mod outside;
mod own_rules;
mod pictures;
mod rounds;
mod signing;
mod steps;
mod token;
mod web;

/// What happened, why it probably did, and what to do now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// What happened, Vietnamese.
    pub what_vi: &'static str,
    /// The cause, or the likely ones where several lead here, Vietnamese.
    pub why_vi: &'static str,
    /// What to do now, Vietnamese.
    pub do_vi: &'static str,
    /// All three, English.
    pub en: &'static str,
}

impl Words {
    /// All three, Vietnamese, on one line.
    pub fn vi(&self) -> String {
        format!("{} {} {}", self.what_vi, self.why_vi, self.do_vi)
    }

    /// What happened and why, Vietnamese, where nothing is left to be done about it.
    pub fn what_and_why_vi(&self) -> String {
        format!("{} {}", self.what_vi, self.why_vi)
    }
}

const fn words(what_vi: &'static str, why_vi: &'static str, do_vi: &'static str, en: &'static str) -> Words {
    Words { what_vi, why_vi, do_vi, en }
}

const UNKNOWN: Words = words(
    "Đã xảy ra một lỗi mà chương trình chưa có lời giải thích.",
    "Mã lỗi có thể do một phiên bản khác của chương trình ghi lại.",
    "Vui lòng ghi lại mã lỗi và báo cho người quản trị.",
    "Something happened for which the program has no words. Its code may be of another version of the program. Please note it and tell the administrator.",
);

/// Words for the code of a fault or refusal, whatever it is.
pub fn fault(code: &str) -> Words {
    words_of(code).unwrap_or(UNKNOWN)
}

/// Words for a code that this version of the program has.
pub fn words_of(code: &str) -> Option<Words> {
    let topic = code.split('.').next().unwrap_or_default();
    match topic {
        "signing" => signing::signing(code),
        "round" => rounds::round(code),
        "act" => acts::act(code),
        "correction" => correcting::correcting(code),
        "clock" => clock::clock(code),
        "token" => token::token(code),
        "rehearsal" | "enrolment" => enrolment::enrolment(code),
        "register" | "store" | "medium" | "extract" => {
            keeping::keeping(code).or_else(|| media::media(code)).or_else(|| devices::devices(code))
        }
        "export" | "dossier" => locking::locking(code).or_else(|| steps::other(code)),
        "network" | "timestamp" => outside::network(code),
        "account" | "web" => web::web(code),
        "config" => outside::config(code),
        "demo" => outside::demo(code),
        "picture" => pictures::picture(code),
        "rules" => own_rules::own_rules(code),
        _ => steps::other(code),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use super::*;

    /// Topics of codes that reach a person through [`fault`].
    const TOPICS: [&str; 34] = [
        "account",
        "web",
        "correction",
        "picture",
        "clock",
        "rehearsal",
        "enrolment",
        "signing",
        "act",
        "round",
        "token",
        "register",
        "store",
        "medium",
        "extract",
        "network",
        "timestamp",
        "config",
        "judge",
        "inspection",
        "usage",
        "reader",
        "deposit",
        "year",
        "export",
        "inbox",
        "demo",
        "daemon",
        "school",
        "plan",
        "roster",
        "dossier",
        "leaver",
        "rules",
    ];

    /// Sources whose texts look like codes and are none of a fault: stored names of events, problems of
    /// an export (they have words of their own), faults inside a document (they arrive as `document.*` of
    /// the clerk), names of files.
    const NO_FAULTS: [&str; 5] =
        ["src/lifecycle/event", "src/clerk/take_in.rs", "src/crafts", "src/verification", "src/wording"];
    const FILES: [&str; 1] = ["roster.json"];

    fn collect(folder: &Path, found: &mut BTreeSet<String>) {
        let house = Path::new(env!("CARGO_MANIFEST_DIR"));
        for entry in std::fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            let inside = path.strip_prefix(house).expect("in the house").to_string_lossy().into_owned();
            if NO_FAULTS.iter().any(|none| inside.starts_with(none)) || inside.contains("tests") {
                continue;
            }
            if path.is_dir() {
                collect(&path, found);
            } else if inside.ends_with(".rs") {
                let source = std::fs::read_to_string(&path).expect("a source");
                found.extend(codes_in(source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()));
            }
        }
    }

    fn codes_in(source: &str) -> impl Iterator<Item = String> {
        // What stands between any two quotes: prose there never looks like a code.
        let texts = source.split('"');
        let is_code = |text: &&str| {
            let parts = text.split_once('.');
            parts.is_some_and(|(topic, rest)| {
                let plain = !rest.is_empty() && rest.bytes().all(|c| c.is_ascii_lowercase() || c == b'_');
                plain && (TOPICS.contains(&topic) || topic == "document")
            })
        };
        texts.filter(is_code).map(str::to_owned)
    }

    /// Every code that a fault of the program can carry, read from its own source.
    fn codes_of_the_program() -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        // A picture's own faults reach people as they are.
        let picture = concat!(env!("CARGO_MANIFEST_DIR"), "/src/crafts/signature/picture.rs");
        let source = std::fs::read_to_string(picture).expect("a source");
        found.extend(codes_in(source.split("#[cfg(test)]").next().unwrap_or_default()));
        found.retain(|code| !FILES.contains(&code.as_str()));
        found
    }

    #[test]
    fn every_code_of_a_fault_has_words_of_its_own() {
        let codes = codes_of_the_program();
        for sample in ["signing.not_your_turn", "token.pin_locked", "store.busy", "reader.file", "demo.stuck"]
        {
            assert!(codes.contains(sample), "the scan misses {sample}");
        }
        let without: Vec<&String> = codes.iter().filter(|code| fault(code) == UNKNOWN).collect();
        assert!(without.is_empty(), "no words for {without:#?}");
    }

    #[test]
    fn no_words_wait_for_a_code_that_nothing_returns() {
        let sources = [
            include_str!("acts.rs"),
            include_str!("correcting.rs"),
            include_str!("clock.rs"),
            include_str!("devices.rs"),
            include_str!("enrolment.rs"),
            include_str!("keeping.rs"),
            include_str!("locking.rs"),
            include_str!("media.rs"),
            include_str!("outside.rs"),
            include_str!("own_rules.rs"),
            include_str!("pictures.rs"),
            include_str!("rounds.rs"),
            include_str!("signing.rs"),
            include_str!("steps.rs"),
            include_str!("token.rs"),
            include_str!("web.rs"),
        ];
        let worded: BTreeSet<String> = sources.into_iter().flat_map(codes_in).collect();
        assert!(worded.len() > 60, "the scan found only {} codes", worded.len());
        let known = codes_of_the_program();
        let dead: Vec<&String> = worded.difference(&known).collect();
        assert!(dead.is_empty(), "nothing returns {dead:#?}");
    }

    #[test]
    fn every_fault_says_what_happened_why_and_what_to_do_in_whole_sentences() {
        for code in codes_of_the_program() {
            let words = fault(&code);
            let vietnamese = [words.what_vi, words.why_vi, words.do_vi];
            for text in vietnamese.into_iter().chain([words.en]) {
                let begins = text.chars().next().is_some_and(char::is_uppercase);
                assert!(begins && text.ends_with('.') && text.len() > 15, "{code}: {text:?}");
            }
            assert_eq!(BTreeSet::from(vietnamese).len(), 3, "{code} says one thing twice");
            // What happened, why, what to do: English says the same three things.
            assert!(words.en.matches(['.', ';', ':']).count() >= 3, "{code}: {:?}", words.en);
        }
    }

    #[test]
    fn a_cause_is_a_fault_s_own() {
        // Two codes of one topic with one cause would tell nobody which of them it is.
        let mut causes: BTreeMap<&str, String> = BTreeMap::new();
        let alike = [
            // Another command is at work, whatever it holds.
            ["register.busy", "store.busy"],
            // The same question, put to the signer or not.
            ["signing.revocation_unchecked", "signing.revocation_undecided"],
        ];
        for code in codes_of_the_program() {
            let topic = code.split('.').next().map(str::to_owned);
            if let Some(other) = causes.insert(fault(&code).why_vi, code.clone()) {
                let same_topic = other.split('.').next().map(str::to_owned) == topic;
                let is_one = alike.iter().any(|pair| pair.contains(&&*other) && pair.contains(&&*code));
                assert!(!same_topic || is_one, "{other} and {code} have one cause");
            }
        }
    }

    #[test]
    fn all_three_are_read_in_the_order_in_which_a_person_asks() {
        let words = fault("token.pin_locked");
        let said = words.vi();
        let places = [words.what_vi, words.why_vi, words.do_vi].map(|one| said.find(one).expect("said"));
        assert!(places.is_sorted(), "{said}");
        assert!(words.why_vi.contains("quá số lần"), "{said}");
    }

    #[test]
    fn a_code_without_words_is_admitted_as_such() {
        assert_eq!(fault("signing.of_another_version"), UNKNOWN);
        assert_eq!(fault(""), UNKNOWN);
    }
}
