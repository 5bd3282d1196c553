//! The house of ARCHITECTURE.md, checked on the source itself: who may know whom, which folder is the
//! door of which outside crate, which names are refused. Uses only std, so that `make test` compiles
//! it alone and answers before anything is built. The tables stand on top: a new module, edge or crate
//! is a new row, with its reason in the same commit.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[path = "support/rust_source.rs"]
mod rust_source;
use rust_source::{Token, Word, tokens};

/// A module of the program with its floor, the modules it may name, and the packages it may name.
/// Downwards is allowed where it is listed; sideways only where it is listed; upwards never.
struct Room {
    name: &'static str,
    floor: u8,
    modules: &'static [&'static str],
    packages: &'static [&'static str],
}

const fn room(
    name: &'static str,
    floor: u8,
    modules: &'static [&'static str],
    packages: &'static [&'static str],
) -> Room {
    Room { name, floor, modules, packages }
}

/// Floors: 2 rules, 3 rims, 4 words (3b), 5 hands, 6 faces, 7 wiring.
#[rustfmt::skip]
const HOUSE: &[Room] = &[
    // Rules: events and decisions; evidence is made from a verdict of the judge.
    room("lifecycle", 2, &[], &["school", "verification"]),
    // Rims: each touches one thing of the world and decides nothing.
    room("clock", 3, &[], &["school"]),
    room("terminal", 3, &[], &[]),
    // Who may sign in to the pages: a file of its own beside the register.
    room("accounts", 3, &[], &["school"]),
    room("store", 3, &[], &["school"]),
    room("intake", 3, &["store"], &["school"]),
    room("register", 3, &["lifecycle"], &["school", "crafts"]),
    room("medium", 3, &["process", "store"], &["school", "crafts"]),
    room("network", 3, &[], &["school"]),
    room("process", 3, &[], &["school", "crafts", "verification", "token"]),
    // Words for people: exhaustive matches on the codes of everything below.
    room("wording", 4, &["lifecycle", "store", "intake", "register", "medium", "network", "process"], &["school", "crafts", "verification", "token"]),
    // Hands: one file per step, joins rule and effect.
    room("clerk", 5, &["lifecycle", "clock", "store", "intake", "register", "medium", "network", "process", "wording"], &["school", "crafts", "verification", "token"]),
    // Faces. The demo goes through the doors that everyone uses.
    // The pages watch readers and hand a PIN on unread (process); the owner of the office empties the inbox.
    room("web", 6, &["accounts", "clerk", "lifecycle", "wording", "clock", "intake", "process"], &["school", "verification"]),
    // The demo ends with its pages open.
    room("demo", 6, &["accounts", "clerk", "lifecycle", "intake", "wording", "clock", "process", "store", "terminal", "web"], &["school", "crafts", "verification", "token"]),
    // Wiring.
    // Layouts of the school are tried at start, by those who read by them; where the pages are shown.
    room("config", 7, &["process", "web", "wording"], &["school", "crafts"]),
    // The daemon also says which policy the configuration chose.
    room("daemon", 7, &["accounts", "clerk", "clock", "config", "lifecycle", "web", "wording", "intake", "process"], &["school"]),
    // The store only to look at the room on its disk (`doctor`).
    room("cli", 7, &["lifecycle", "clerk", "clock", "config", "daemon", "demo", "medium", "network", "process", "register", "store", "terminal", "wording"], &["school", "crafts", "verification", "token"]),
    room("main", 7, &["cli"], &[]),
];

/// Upward steps: none.
const UPWARDS: &[(&str, &str)] = &[];

/// Which packages a package may name; Cargo keeps it, this says it in one place.
const PACKAGES: &[(&str, &[&str])] =
    &[("school", &[]), ("crafts", &["school"]), ("verification", &["school"]), ("token", &["school"])];

/// Every outside crate and the folders or files that may name it.
#[rustfmt::skip]
const DOORS: &[(&str, &[&str])] = &[
    ("axum", &["src/demo", "src/web"]),
    ("base64", &["src/wording", "src/cli", "src/school", "src/crafts", "src/verification", "src/process", "src/register", "src/network", "src/clerk", "src/web"]),
    ("calamine", &["src/crafts/export/spreadsheet"]),
    ("clap", &["src/cli"]),
    ("const_oid", &["src/crafts/cms", "src/crafts/pdf", "src/verification"]),
    ("cryptoki", &["src/token"]),
    ("cryptoki_sys", &["src/token"]),
    ("csv", &["src/crafts/export/spreadsheet"]),
    ("der", &["src/crafts/cms", "src/crafts/pdf", "src/verification"]),
    ("flate2", &["src/crafts/document", "src/crafts/pdf", "src/verification"]),
    ("hayro", &["src/process/drawing"]),
    ("icu_collator", &["src/crafts/guide/name_order"]),
    ("icu_locale_core", &["src/crafts/guide/name_order"]),
    ("krilla", &["src/crafts/document"]),
    ("landlock", &["src/process/sandbox"]),
    ("libc", &["src/process/sandbox"]),
    ("lopdf", &["src/crafts/pdf", "src/verification"]),
    ("argon2", &["src/accounts"]),
    ("hyper", &["src/web"]),
    ("hyper_util", &["src/web"]),
    ("maud", &["src/wording", "src/crafts/guide", "src/web"]),
    ("notify", &["src/intake"]),
    // In the rims only to hash what is read in pieces, and to be loaded before the sandbox closes.
    ("openssl", &["src/config", "src/network", "src/school/digest", "src/crafts/cms", "src/crafts/tlog", "src/verification", "src/token", "src/store", "src/medium", "src/demo", "src/process/sandbox", "src/accounts", "src/web"]),
    ("pkcs11_fault", &["tests", "src/demo/tests"]),
    ("pdf_writer", &["src/crafts/pdf", "src/crafts/document", "src/crafts/signature"]),
    ("png", &["src/crafts/signature/picture"]),
    ("qrcodegen", &["src/crafts/document/archive/qr_code"]),
    ("quick_xml", &["src/crafts/export/spreadsheet"]),
    ("rusqlite", &["src/register", "src/accounts"]),
    ("rust_xlsxwriter", &["src/crafts/export/layout/template"]),
    ("rustix", &["src/store", "src/process", "src/medium", "src/intake", "src/cli/pin"]),
    ("rustybuzz", &["src/crafts/document", "src/crafts/pdf"]),
    ("seccompiler", &["src/process/sandbox"]),
    ("spki", &["src/crafts/cms", "src/verification"]),
    ("subsetter", &["src/crafts/document", "src/crafts/pdf"]),
    ("tempfile", &["tests"]),
    ("time", &["src/school/moment"]),
    ("tokio", &["src/daemon", "src/demo", "src/web"]),
    ("tokio_openssl", &["src/web"]),
    ("toml", &["src/config", "src/crafts/export/layout"]),
    ("tracing_subscriber", &["src/daemon", "src/cli"]),
    ("unicode_normalization", &["src/school", "src/crafts/export", "src/web"]),
    ("ureq", &["src/network"]),
    ("weezl", &["src/verification"]),
    ("zip", &["src/crafts/export/spreadsheet"]),
    ("zeroize", &["src/token", "src/process", "src/cli", "src/demo", "src/web"]),
];

/// Crates that are part of the language here: stored forms, error enums, log lines.
const EVERYWHERE: &[&str] = &["serde", "serde_json", "thiserror", "tracing"];

/// If a name does not come, the thing is not understood.
const REFUSED: &[&str] = &[
    "utils", "util", "helpers", "helper", "common", "misc", "manager", "handler", "service", "base", "data",
    "info",
];

/// The signing base is a thing of ours and keeps its name.
const REFUSED_EXCEPT: &[&str] = &["src/crafts/pdf/base.rs", "src/crafts/pdf/base"];

/// Where string literals may hold Vietnamese letters outside tests.
const VIETNAMESE: &[&str] = &[
    "src/wording",
    "src/crafts/document/printed_words",
    // A form reads like the form: its words stand where they are printed.
    "src/crafts/document/forms",
    // So do papers of the archive, and pages and letters that lie on a medium.
    "src/crafts/document/archive",
    "src/crafts/guide",
    "src/demo",
    // A page reads like the page: its words stand where they are shown.
    "src/web/places",
    "src/web/frame",
    // The letters that the fonts of every stamp must hold.
    "src/crafts/pdf/font",
    // Words of the forms as spreadsheets hold them, and letters of encodings that are told apart.
    "src/crafts/export/layout",
    "src/crafts/export/spreadsheet/legacy",
    // Terms of the regulation inside English documentation that is handed to a macro.
    "src/school/identifier.rs",
    // The retention that every bag states, a word of archives law; writer and judge share it.
    "src/school/deposit.rs",
    // Đ and CĐ are the marks themselves, as the regulation writes them.
    "src/school/gradebook/level.rs",
    // What a form must print for what its data say: the judge has its own words, as it shares none with the writers.
    "src/verification/pdf/printed_data",
    "src/verification/pdf/printed_book",
    "src/verification/pdf/printed_correction",
];

/// `async` stays on the upper floors: a step that is awaited could be cancelled between C_Sign and rename.
const ASYNC: &[&str] = &["src/daemon", "src/demo", "src/web", "src/main.rs"];

/// Calls that take something away or put something in its place.
const TAKES_AWAY: [&str; 8] = [
    "remove_file",
    "remove_dir",
    "remove_dir_all",
    "unlink",
    "unlinkat",
    "rename",
    "renameat_with",
    "set_len",
];

/// The only files that may, and what they take away: never a published name of the store. There is no verb and
/// no step that deletes; what is archived is kept for ever.
#[rustfmt::skip]
const MAY_TAKE_AWAY: &[(&str, &str)] = &[
    ("src/store/tree.rs", "the temporaries of a killed run, scratch and staged folders that nothing was committed to"),
    ("src/store/staged.rs", "staged bytes that nothing was committed to"),
    ("src/store/publish.rs", "its own temporary; renames without replacing"),
    ("src/intake/inbox.rs", "renames without replacing, inside the inbox"),
    ("src/daemon.rs", "the hidden copy of a file on its way into the inbox"),
    ("src/cli/verify/outputs.rs", "a result that it was still writing"),
    ("src/medium/copying.rs", "its journal, and what an interrupted writing of the very same list cut off"),
    ("src/medium/mounted.rs", "the empty folder in which a medium was mounted"),
    ("src/medium/image.rs", "pads an image that is not published yet"),
    ("src/web/places/checks.rs", "uploads that were judged"),
    ("src/web/control.rs", "the socket of a daemon that is gone"),
    ("src/demo/surroundings.rs", "surroundings of the invented school that a killed start left"),
    ("src/demo/stored.rs", "keys of the invented school"),
    ("src/demo/tokens.rs", "the bench on which a software token is filled"),
    ("src/demo/story/inbox.rs", "renames a dropped file, inside the inbox"),
    ("src/demo/elsewhere.rs", "the file that hands an invented PIN to the other program"),
    ("src/demo/sample_devices.rs", "what a stopped writing left of a sample stick"),
];

/// Packages in `src/` with rooms of their own.
fn package_of(file: &SourceFile) -> Option<&'static str> {
    PACKAGES.iter().map(|(name, _)| *name).find(|name| file.path.starts_with(&format!("src/{name}/")))
}

// ---------------------------------------------------------------- the rules

#[test]
fn modules_name_only_the_modules_of_their_row() {
    let mut wrong = Vec::new();
    for file in program_files() {
        let owner = file.root_module();
        let Some(room) = HOUSE.iter().find(|room| room.name == owner) else {
            wrong.push(format!("{}: module `{owner}` has no row in HOUSE", file.path));
            continue;
        };
        for (line, named) in named_modules(&file, &module_names()) {
            if named != owner && !room.modules.contains(&named.as_str()) {
                wrong.push(format!("{}:{line}: `{owner}` may not name `{named}`", file.path));
            }
        }
    }
    report("edges between modules", wrong);
}

#[test]
fn nothing_published_is_ever_taken_away() {
    let mut wrong = Vec::new();
    let mut used = BTreeSet::new();
    for file in program_files() {
        // In SQL too: the register's entries are never deleted or changed.
        for (at, token) in file.tokens.iter().enumerate().filter(|(_, token)| !token.in_tests) {
            let Some(call) = TAKES_AWAY.iter().find(|call| token.is_name(call)) else { continue };
            // serde's attribute for a stored name.
            if file.tokens.get(at + 1).is_some_and(|next| next.is_mark('=')) {
                continue;
            }
            match MAY_TAKE_AWAY.iter().find(|(path, _)| *path == file.path) {
                Some((path, _)) => drop(used.insert(*path)),
                None => wrong.push(format!("{}:{}: `{call}` takes something away", file.path, token.line)),
            }
        }
        for token in file.tokens.iter().filter(|token| !token.in_tests) {
            if let Word::Text(text) = &token.word
                && ["DELETE FROM", "DROP TABLE", "UPDATE entry"].iter().any(|sql| text.contains(sql))
            {
                wrong.push(format!("{}:{}: SQL that takes something away", file.path, token.line));
            }
        }
    }
    let unused = MAY_TAKE_AWAY.iter().filter(|(path, _)| !used.contains(path));
    wrong.extend(unused.map(|(path, _)| format!("{path}: may take away, but does not")));
    report("what takes away", wrong);
}

#[test]
fn no_row_of_the_house_points_upwards() {
    let floor = |name: &str| HOUSE.iter().find(|room| room.name == name).map(|room| room.floor);
    let mut wrong = Vec::new();
    for room in HOUSE {
        for named in room.modules {
            match floor(named) {
                None => wrong.push(format!("`{}` lists `{named}`, which has no row", room.name)),
                Some(above) if above > room.floor && !UPWARDS.contains(&(room.name, named)) => {
                    wrong.push(format!("`{}` lists `{named}`, which stands above it", room.name));
                }
                Some(_) => {}
            }
        }
    }
    report("floors", wrong);
}

#[test]
fn modules_and_packages_name_only_the_packages_they_may_know() {
    let mut wrong = Vec::new();
    for file in source_files("src") {
        let allowed: &[&str] = match package_of(&file) {
            Some(package) => {
                PACKAGES.iter().find(|(name, _)| *name == package).map_or(&[], |(_, known)| known)
            }
            None => {
                HOUSE.iter().find(|room| room.name == file.root_module()).map_or(&[], |room| room.packages)
            }
        };
        let known: Vec<&str> = PACKAGES.iter().map(|(name, _)| *name).collect();
        for (line, named) in named_crates(&file, &known) {
            if !allowed.contains(&named.as_str()) && package_of(&file) != Some(named.as_str()) {
                wrong.push(format!("{}:{line}: may not name the package `{named}`", file.path));
            }
        }
    }
    for (package, known) in PACKAGES {
        let manifest = read(&format!("src/{package}/Cargo.toml"));
        for (other, _) in PACKAGES.iter().filter(|(other, _)| !known.contains(other) && other != package) {
            if dependency_names(&manifest).iter().any(|name| name == other) {
                wrong.push(format!("src/{package}/Cargo.toml: may not depend on `{other}`"));
            }
        }
    }
    report("edges between packages", wrong);
}

#[test]
fn every_outside_crate_has_its_door() {
    let mut wrong = Vec::new();
    let crates: Vec<&str> = DOORS.iter().map(|(name, _)| *name).collect();
    for file in source_files("src") {
        for (token_line, named) in named_crates_outside_tests(&file, &crates) {
            let doors = DOORS.iter().find(|(name, _)| *name == named).map_or(&[][..], |(_, doors)| doors);
            if !doors.iter().any(|door| file.stands_in(door)) {
                wrong.push(format!(
                    "{}:{token_line}: `{named}` is used only in {}",
                    file.path,
                    doors.join(", ")
                ));
            }
        }
    }
    report("doors", wrong);
}

#[test]
fn every_dependency_has_a_row_and_a_reason() {
    let manifest = read("Cargo.toml");
    let mut wrong = Vec::new();
    for (name, reasoned) in workspace_dependencies(&manifest) {
        let known = name.replace('-', "_");
        let package = PACKAGES.iter().any(|(package, _)| *package == name);
        let listed = DOORS.iter().any(|(door, _)| *door == known) || EVERYWHERE.contains(&known.as_str());
        if !package && !listed {
            wrong.push(format!("Cargo.toml: `{name}` has no row in DOORS or EVERYWHERE"));
        }
        if !package && !reasoned {
            wrong.push(format!("Cargo.toml: `{name}` has no sentence above it"));
        }
    }
    for path in std::iter::once("Cargo.toml".to_owned())
        .chain(PACKAGES.iter().map(|(package, _)| format!("src/{package}/Cargo.toml")))
    {
        for line in section_lines(&read(&path), |section| {
            section.ends_with("dependencies") && section != "workspace.dependencies"
        }) {
            if !line.contains("workspace") {
                wrong.push(format!("{path}: `{line}` is not taken from the workspace"));
            }
        }
    }
    report("dependencies", wrong);
}

#[test]
fn no_file_or_module_has_a_refused_name() {
    let mut wrong = Vec::new();
    for file in source_files("src") {
        let path = Path::new(&file.path);
        let excepted = REFUSED_EXCEPT.iter().any(|except| file.path.starts_with(except));
        for part in path.with_extension("").iter().filter_map(|part| part.to_str()) {
            if REFUSED.contains(&part) && !excepted {
                wrong.push(format!("{}: the name `{part}` is refused", file.path));
            }
        }
        for pair in file.tokens.windows(2) {
            if let (true, Word::Name(name)) = (pair[0].is_name("mod"), &pair[1].word) {
                let signing_base = name == "base" && file.path == "src/crafts/pdf/mod.rs";
                if REFUSED.contains(&name.as_str()) && !signing_base {
                    wrong.push(format!("{}:{}: the name `{name}` is refused", file.path, pair[1].line));
                }
            }
        }
    }
    report("names", wrong);
}

#[test]
fn every_file_opens_with_its_story() {
    let mut wrong = Vec::new();
    for file in source_files("src").into_iter().chain(source_files("tests")).chain(source_files("benches")) {
        let first = file.text.lines().next().unwrap_or_default();
        let words = first.strip_prefix("//!").map_or(0, |story| story.split_whitespace().count());
        if words < 3 {
            wrong.push(format!("{}: the first line is no `//!` that says what the file is", file.path));
        }
    }
    report("first lines", wrong);
}

#[test]
fn steps_are_blocking_below_the_faces() {
    let mut wrong = Vec::new();
    for file in source_files("src") {
        if ASYNC.iter().any(|place| file.stands_in(place)) {
            continue;
        }
        for token in file.tokens.iter().filter(|token| token.is_name("async") || token.is_name("await")) {
            wrong.push(format!("{}:{}: async below the faces", file.path, token.line));
        }
    }
    report("async", wrong);
}

#[test]
fn vietnamese_for_people_stands_in_its_own_files() {
    let mut wrong = Vec::new();
    for file in source_files("src") {
        if VIETNAMESE.iter().any(|place| file.stands_in(place)) {
            continue;
        }
        for token in file.tokens.iter().filter(|token| !token.in_tests) {
            if let Word::Text(text) = &token.word
                && text.chars().any(is_vietnamese_letter)
            {
                wrong.push(format!("{}:{}: Vietnamese text {text:?}", file.path, token.line));
            }
        }
    }
    report("Vietnamese", wrong);
}

#[test]
fn nothing_is_left_open() {
    let (note, mend) = (concat!("TO", "DO"), concat!("FIX", "ME"));
    let mut wrong = Vec::new();
    for file in source_files("src").into_iter().chain(source_files("tests")) {
        for (index, line) in file.text.lines().enumerate() {
            let mut words = line.split(|c: char| !c.is_alphanumeric());
            if words.any(|word| word == note || word == mend) {
                wrong.push(format!("{}:{}: {}", file.path, index + 1, line.trim()));
            }
        }
        for pair in file.tokens.windows(2).filter(|pair| pair[1].is_mark('!')) {
            if ["todo", "unimplemented", "dbg"].iter().any(|name| pair[0].is_name(name)) {
                wrong.push(format!("{}:{}: unfinished", file.path, pair[0].line));
            }
        }
    }
    report("unfinished work", wrong);
}

#[test]
fn nothing_unwraps_outside_tests() {
    let mut wrong = Vec::new();
    for file in source_files("src") {
        for three in file.tokens.windows(3) {
            if three[0].is_mark('.')
                && three[1].is_name("unwrap")
                && three[2].is_mark('(')
                && !three[1].in_tests
            {
                wrong.push(format!(
                    "{}:{}: `unwrap`; `expect` states the local reason",
                    file.path, three[1].line
                ));
            }
        }
    }
    report("unwrap", wrong);
}

#[test]
fn only_the_token_package_may_hold_unsafe_code() {
    let mut wrong = Vec::new();
    for root in ["src/main.rs", "src/school/lib.rs", "src/crafts/lib.rs", "src/verification/lib.rs"] {
        if !read(root).contains("#![forbid(unsafe_code)]") {
            wrong.push(format!("{root}: lacks #![forbid(unsafe_code)]"));
        }
    }
    for file in source_files("src").into_iter().filter(|file| !file.stands_in("src/token")) {
        for token in file.tokens.iter().filter(|token| token.is_name("unsafe")) {
            wrong.push(format!("{}:{}: unsafe outside src/token", file.path, token.line));
        }
    }
    report("unsafe", wrong);
}

#[test]
fn every_test_that_the_documents_name_exists() {
    let files: Vec<SourceFile> = ["src", "tests"].into_iter().flat_map(source_files).collect();
    let mut missing = Vec::new();
    let mut named = 0;
    for document in fs::read_dir(house().join("docs")).expect("a folder").filter_map(Result::ok) {
        let Ok(text) = fs::read_to_string(document.path()) else { continue };
        let quoted = text.split('`').skip(1).step_by(2);
        for (file, test) in quoted.filter_map(|one| one.split_once(".rs::")) {
            named += 1;
            let is_there = |one: &SourceFile| {
                one.path.ends_with(&format!("/{file}.rs")) && one.text.contains(&format!("fn {test}("))
            };
            if !files.iter().any(is_there) {
                missing.push(format!("{}: {file}.rs::{test}", document.path().display()));
            }
        }
    }
    assert!(named > 0 && missing.is_empty(), "{missing:#?}");
}

#[test]
#[expect(clippy::disallowed_macros, reason = "sizes are shown to whoever runs the tests, and bind nobody")]
fn sizes_are_shown_not_enforced() {
    let mut sizes: Vec<(usize, String)> =
        source_files("src").into_iter().map(|file| (file.text.lines().count(), file.path)).collect();
    sizes.sort_by(|left, right| right.cmp(left));
    let total: usize = sizes.iter().map(|(lines, _)| lines).sum();
    println!("{} files, {total} lines; above 300:", sizes.len());
    for (lines, path) in sizes.iter().filter(|(lines, _)| *lines > 300) {
        println!("{lines:6} {path}");
    }
    assert!(!sizes.is_empty(), "there is source to judge");
}

// ---------------------------------------------------------------- the rules can fail

#[test]
fn groups_supers_and_bare_paths_are_all_seen() {
    let seen = |path: &str, source: &str| -> BTreeSet<String> {
        let file = SourceFile::new(path.into(), source.into());
        named_modules(&file, &module_names()).into_iter().map(|(_, named)| named).collect()
    };
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(
        seen("src/clerk/seal.rs", "use crate::{register::{self, log}, medium};"),
        set(&["register", "medium"])
    );
    assert_eq!(seen("src/clerk/seal.rs", "fn f() { super::super::network::fetch() }"), set(&["network"]));
    assert_eq!(
        seen("src/clerk/seal.rs", "mod tests { use super::*; use super::super::super::web; }"),
        set(&["web"])
    );
    assert_eq!(seen("src/clerk/mod.rs", "use super::daemon;"), set(&["daemon"]));
    assert_eq!(seen("src/cli.rs", "use super::clock::now;"), set(&["clock"]));
    assert_eq!(seen("src/main.rs", "mod cli;\nfn main() { demo::run() }"), set(&["demo"]));
    assert_eq!(seen("src/clerk/seal.rs", "// crate::web\nconst A: &str = \"crate::web\";"), set(&[]));
    assert_eq!(seen("src/clerk/seal.rs", "pub(crate) use self::parts::clock;"), set(&[]));
}

#[test]
fn a_crate_is_seen_by_name_and_a_module_of_the_same_name_is_not() {
    let seen = |source: &str| {
        let file = SourceFile::new("src/process/mod.rs".into(), source.into());
        named_crates(&file, &["rusqlite", "token"]).len()
    };
    assert_eq!(seen("use rusqlite::Connection;"), 1);
    assert_eq!(seen("use ::{rusqlite, token};"), 2);
    assert_eq!(seen("fn f() -> rusqlite::Result<()> { crate::rusqlite::x() }"), 1);
    assert_eq!(seen("mod token; fn f() { token::run() }"), 0);
}

#[test]
fn vietnamese_letters_are_told_from_other_signs() {
    assert!("Đã ký".chars().any(is_vietnamese_letter));
    assert!("không".chars().any(is_vietnamese_letter));
    assert!(!"ISO 32000-2, 12.8.1 – §…×".chars().any(is_vietnamese_letter));
}

// ---------------------------------------------------------------- reading the house

struct SourceFile {
    path: String,
    text: String,
    tokens: Vec<Token>,
}

impl SourceFile {
    fn new(path: String, text: String) -> Self {
        let mut tokens = tokens(&text);
        // The tests of a package stand beside its sources, whole files of them.
        let tests = path.ends_with("/tests.rs")
            || ["tests", "benches", "examples"]
                .iter()
                .any(|folder| Path::new(&path).iter().any(|part| part == *folder));
        tokens.iter_mut().for_each(|token| token.in_tests |= tests);
        Self { path, text, tokens }
    }

    /// Module path from the crate root: `src/clerk/seal.rs` is `clerk`, `seal`.
    fn module_path(&self) -> Vec<String> {
        let inner = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let mut parts: Vec<String> = inner.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
        if parts.last().is_some_and(|last| last == "mod" || last == "main") {
            parts.pop();
        }
        parts
    }

    fn root_module(&self) -> String {
        self.module_path().first().cloned().unwrap_or_else(|| "main".into())
    }

    /// `place` is a folder, a file, or a file without `.rs` that later becomes a folder.
    fn stands_in(&self, place: &str) -> bool {
        self.path
            .strip_prefix(place)
            .is_some_and(|rest| rest.is_empty() || rest == ".rs" || rest.starts_with('/'))
    }

    fn declares(&self, module: &str) -> bool {
        self.tokens.windows(2).any(|pair| pair[0].is_name("mod") && pair[1].is_name(module))
    }
}

fn module_names() -> Vec<&'static str> {
    HOUSE.iter().map(|room| room.name).collect()
}

/// Root modules that a file names, by `crate::`, by `super::`, or bare in main.rs.
fn named_modules(file: &SourceFile, modules: &[&str]) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    let tokens = &file.tokens;
    for at in 0..tokens.len() {
        let after_path = at > 0 && tokens[at - 1].word == Word::Path;
        let depth = file.module_path().len() + tokens[at].inline_modules;
        // How many steps lead up from here, and where the path goes on.
        let (up, mut next) = if tokens[at].is_name("crate") && !after_path {
            (depth, at + 1)
        } else if tokens[at].is_name("super") && !after_path {
            let (mut up, mut next) = (1, at + 1);
            while next + 1 < tokens.len()
                && tokens[next].word == Word::Path
                && tokens[next + 1].is_name("super")
            {
                up += 1;
                next += 2;
            }
            (up, next)
        } else {
            let bare = file.root_module() == "main"
                && tokens.get(at + 1).is_some_and(|next| next.word == Word::Path);
            if let (true, false, Word::Name(name)) = (bare, after_path, &tokens[at].word)
                && modules.contains(&name.as_str())
            {
                named.push((tokens[at].line, name.clone()));
            }
            continue;
        };
        if up < depth || tokens.get(next).is_none_or(|token| token.word != Word::Path) {
            continue;
        }
        next += 1;
        named.extend(heads(tokens, next));
    }
    named
}

/// First names of a path or of each member of a `{…}` group that starts at `at`.
fn heads(tokens: &[Token], at: usize) -> Vec<(usize, String)> {
    match tokens.get(at).map(|token| &token.word) {
        Some(Word::Name(name)) => vec![(tokens[at].line, name.clone())],
        Some(Word::Mark('{')) => {
            let (mut found, mut depth, mut expects) = (Vec::new(), 0, true);
            for token in &tokens[at..] {
                match &token.word {
                    Word::Mark('{') => depth += 1,
                    Word::Mark('}') => depth -= 1,
                    Word::Mark(',') if depth == 1 => expects = true,
                    Word::Name(name) if depth == 1 && expects => {
                        found.push((token.line, name.clone()));
                        expects = false;
                    }
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            found
        }
        _ => Vec::new(),
    }
}

/// Crates of `crates` that a file names: `name::`, `::name`, `use name` or in a group after `use`.
fn named_crates(file: &SourceFile, crates: &[&str]) -> Vec<(usize, String)> {
    let tokens = &file.tokens;
    let mut named = Vec::new();
    for at in 0..tokens.len() {
        let Word::Name(name) = &tokens[at].word else { continue };
        let before = at.checked_sub(1).map(|before| &tokens[before].word);
        let before_that = at.checked_sub(2).map(|before| &tokens[before].word);
        let path_follows = tokens.get(at + 1).is_some_and(|next| next.word == Word::Path);
        let rooted =
            before == Some(&Word::Path) && !matches!(before_that, Some(Word::Name(_) | Word::Mark('>')));
        let used = before == Some(&Word::Name("use".into()));
        let starts = before != Some(&Word::Path) && path_follows && !in_group_of_a_path(tokens, at);
        if crates.contains(&name.as_str()) && (starts || rooted || used) && !file.declares(name) {
            named.push((tokens[at].line, name.clone()));
        }
        if name == "use" {
            let rooted = tokens.get(at + 1).is_some_and(|next| next.word == Word::Path);
            let group = at + 1 + usize::from(rooted);
            if tokens.get(group).is_some_and(|token| token.is_mark('{')) {
                named.extend(
                    heads(tokens, group).into_iter().filter(|(_, head)| crates.contains(&head.as_str())),
                );
            }
        }
    }
    named
}

/// Whether the name at `at` is a member of `path::{…}`, and so no crate.
fn in_group_of_a_path(tokens: &[Token], at: usize) -> bool {
    let mut depth = 0;
    for before in (0..at).rev() {
        match &tokens[before].word {
            Word::Mark('}') => depth += 1,
            Word::Mark('{') if depth == 0 => return before > 0 && tokens[before - 1].word == Word::Path,
            Word::Mark('{') => depth -= 1,
            Word::Mark(';') if depth == 0 => return false,
            _ => {}
        }
    }
    false
}

fn named_crates_outside_tests(file: &SourceFile, crates: &[&str]) -> Vec<(usize, String)> {
    let test_lines: BTreeSet<usize> =
        file.tokens.iter().filter(|token| token.in_tests).map(|token| token.line).collect();
    named_crates(file, crates).into_iter().filter(|(line, _)| !test_lines.contains(line)).collect()
}

/// Đ, ă, ơ, ư and every letter with a mark of tone or shape; not `×` or `÷`.
fn is_vietnamese_letter(c: char) -> bool {
    matches!(c, '\u{00C0}'..='\u{00FF}' | '\u{0102}' | '\u{0103}' | '\u{0110}' | '\u{0111}' | '\u{0128}' | '\u{0129}'
        | '\u{0168}' | '\u{0169}' | '\u{01A0}' | '\u{01A1}' | '\u{01AF}' | '\u{01B0}' | '\u{0300}'..='\u{0323}'
        | '\u{1EA0}'..='\u{1EF9}')
        && !matches!(c, '×' | '÷')
}

fn house() -> PathBuf {
    PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("set by cargo and by scripts/house-rules"))
}

fn read(path: &str) -> String {
    fs::read_to_string(house().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every .rs file below `folder`, sorted; none when the folder does not exist.
fn source_files(folder: &str) -> Vec<SourceFile> {
    let mut paths = Vec::new();
    collect(&house().join(folder), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(house()).expect("below the house").to_string_lossy().into_owned();
            let text = read(&name);
            SourceFile::new(name, text)
        })
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| entry.ok().map(|entry| entry.path())) {
        if path.is_dir() && !path.ends_with("target") {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

fn program_files() -> Vec<SourceFile> {
    source_files("src").into_iter().filter(|file| package_of(file).is_none()).collect()
}

/// Lines with content of the sections of a manifest whose name `wanted` accepts.
fn section_lines(manifest: &str, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let mut section = String::new();
    let mut lines = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.to_owned();
        } else if wanted(&section) && !line.is_empty() && !line.starts_with('#') {
            lines.push(line.to_owned());
        }
    }
    lines
}

fn dependency_names(manifest: &str) -> Vec<String> {
    section_lines(manifest, |section| section.ends_with("dependencies"))
        .iter()
        .filter_map(|line| line.split(['.', ' ', '=']).next().map(str::to_owned))
        .collect()
}

/// Each workspace dependency, and whether a comment stands right above it.
fn workspace_dependencies(manifest: &str) -> BTreeMap<String, bool> {
    let mut found = BTreeMap::new();
    let (mut inside, mut reasoned) = (false, false);
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line == "[workspace.dependencies]";
        } else if inside && !line.is_empty() && !line.starts_with('#') {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            found.insert(name.to_owned(), reasoned);
        }
        reasoned = line.starts_with('#');
    }
    found
}

/// One failing test lists everything that is wrong, not the first thing.
fn report(rule: &str, wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{rule}:\n  {}", wrong.join("\n  "));
}
