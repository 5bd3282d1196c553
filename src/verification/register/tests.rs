//! What a register proves, and what it does not.

use school::digest::Sha256;
use school::dossier::DossierId;
use school::records::canonical;
use serde_json::{Value, json};

use super::{Checkpoint, MerkleTree, Relation, judge};
use crate::deposit::Code;
use crate::report::Verdict;

fn register(bodies: &[(&str, Value)]) -> Vec<u8> {
    let mut lines = Vec::new();
    let mut previous = Sha256::from_bytes([0; 32]);
    for (seq, (kind, body)) in bodies.iter().enumerate() {
        let entry = json!({
            "seq": seq, "time": "2026-05-30T08:15:00+07:00", "kind": kind, "body": body, "previous": previous
        });
        let line = canonical::to_bytes(&entry).expect("canonical");
        previous = Sha256::of(&line);
        lines.extend_from_slice(&line);
        lines.push(b'\n');
    }
    lines
}

const BOOK: &str = "2025-2026_ca-nam_so-diem_6A1";

fn signed(name: &str) -> Value {
    json!({"dossier": BOOK, "box": name, "sha256": Sha256::of(name.as_bytes())})
}

fn sample() -> Vec<u8> {
    register(&[
        ("commissioned", json!({"principal": Sha256::of(b"ht"), "stamp": Sha256::of(b"dau")})),
        ("export.taken", json!({"sha256": Sha256::of(b"export")})),
        ("dossier.signed", signed("GVCN")),
        (
            "dossier.closed",
            json!({"dossier": "2025-2026_ca-nam_so-diem_6A1", "revision": 5, "sha256": Sha256::of(b"pdf")}),
        ),
    ])
}

fn checkpoint(lines: &[u8]) -> Vec<u8> {
    let mut tree = MerkleTree::default();
    lines.split_inclusive(|byte| *byte == b'\n').for_each(|line| tree.push(&line[..line.len() - 1]));
    let school = "HOAPHUONG".parse().expect("a code");
    Checkpoint { school, size: tree.size(), root: tree.root() }.text().into_bytes()
}

#[track_caller]
fn check(lines: &[u8], checkpoint: &[u8], code: Code) {
    let report = judge(lines, checkpoint, None);
    assert_eq!(report.verdict, Verdict::Invalid);
    let found: Vec<&str> = report.problems.iter().map(|problem| problem.code.as_str()).collect();
    assert!(found.contains(&code.as_str()), "{found:?}");
}

#[test]
fn a_register_that_equals_its_checkpoint_is_valid_and_says_what_was_closed() {
    let lines = sample();
    let report = judge(&lines, &checkpoint(&lines), None);
    assert_eq!((report.verdict, report.problems.len(), report.size), (Verdict::Valid, 0, 4));
    assert_eq!(
        report.closed.get(&Sha256::of(b"pdf")).map(DossierId::as_str),
        Some("2025-2026_ca-nam_so-diem_6A1")
    );
    assert_eq!(report.commissioned, [(Sha256::of(b"ht"), Sha256::of(b"dau"))]);
    assert_eq!(report.events.get("other"), Some(&1));
}

#[test]
fn a_changed_entry_breaks_the_chain_and_the_root() {
    let lines = sample();
    let sealed = checkpoint(&lines);
    let text = String::from_utf8(lines).expect("text");
    let changed = text.replacen("export.taken", "export.eaten", 1);
    check(changed.as_bytes(), &sealed, Code::RegisterChain);
    check(changed.as_bytes(), &sealed, Code::CheckpointRoot);
}

#[test]
fn a_changed_last_entry_is_found_by_the_root_alone() {
    let lines = sample();
    let sealed = checkpoint(&lines);
    let text = String::from_utf8(lines).expect("text");
    check(text.replace("\"revision\":5", "\"revision\":6").as_bytes(), &sealed, Code::CheckpointRoot);
}

#[test]
fn a_shortened_or_continued_register_is_not_the_one_of_the_checkpoint() {
    let lines = sample();
    let sealed = checkpoint(&lines);
    let cut = lines.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
    check(&lines[..cut], &sealed, Code::CheckpointSize);
    check(&lines, &checkpoint(&lines[..cut]), Code::CheckpointSize);
    check(b"", &sealed, Code::CheckpointSize);
}

#[test]
fn a_line_left_out_breaks_the_sequence() {
    let lines = sample();
    let cut = lines.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
    check(&lines[cut..], &checkpoint(&lines[cut..]), Code::RegisterSequence);
}

#[test]
fn only_canonical_lines_with_the_five_keys_are_entries() {
    for (from, to) in [
        ("{\"body\"", "{ \"body\""),
        ("\"seq\":1", "\"seq\":1.0"),
        ("\"kind\":\"export.taken\"", "\"king\":\"export.taken\""),
        ("+07:00", "Z"),
        ("\"seq\":1", "\"seq\":1,\"seq\":1"),
    ] {
        let text = String::from_utf8(sample()).expect("text");
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        check(changed.as_bytes(), &checkpoint(changed.as_bytes()), Code::RegisterLine);
    }
    let mut torn = sample();
    torn.pop();
    check(&torn, &checkpoint(&sample()), Code::RegisterLine);
}

#[test]
fn an_entry_that_the_judge_relies_on_must_be_readable() {
    let lines = register(&[("dossier.closed", json!({"dossier": "../x", "sha256": "00"}))]);
    check(&lines, &checkpoint(&lines), Code::RegisterEntry);
}

#[test]
fn a_dossier_is_closed_only_after_its_signatures() {
    let closed = ("dossier.closed", json!({"dossier": BOOK, "sha256": Sha256::of(b"pdf")}));
    let lines = register(std::slice::from_ref(&closed));
    check(&lines, &checkpoint(&lines), Code::RegisterClosing);
    let lines = register(&[closed.clone(), ("dossier.signed", signed("GVCN"))]);
    check(&lines, &checkpoint(&lines), Code::RegisterClosing);

    let turn = |role: &str| json!({"boxes": [{"name": role, "role": "gvcn", "class": "6A1"}]});
    let digest = Sha256::of(b"x");
    let plan = json!({"format": "niemphong-plan/1", "dossier": BOOK, "roster": digest, "plans": digest,
        "turns": [turn("GVCN"), turn("HieuTruong")]});
    let base = ("dossier.base", json!({"dossier": BOOK, "plan": plan}));
    let one = [base.clone(), ("dossier.signed", signed("GVCN")), closed.clone()];
    let lines = register(&one);
    check(&lines, &checkpoint(&lines), Code::RegisterClosing);
    let all = [base, ("dossier.signed", signed("GVCN")), ("dossier.signed", signed("HieuTruong")), closed];
    let lines = register(&all);
    assert_eq!(judge(&lines, &checkpoint(&lines), None).verdict, Verdict::Valid);
}

#[test]
fn a_document_cites_only_what_was_closed_before_with_the_same_bytes() {
    let transcript = |of: &str, bytes: &[u8]| {
        let id = "2025-2026_ca-nam_hoc-ba_HS0001";
        let plan = json!({"format": "niemphong-plan/1", "dossier": id, "roster": Sha256::of(b"x"),
            "plans": Sha256::of(b"x"), "turns": [{"boxes": [{"name": "ConDau", "role": "con-dau"}]}],
            "cites": {"dossier": of, "sha256": Sha256::of(bytes)}});
        ("dossier.base", json!({"dossier": id, "plan": plan}))
    };
    let signed = ("dossier.signed", signed("GVCN"));
    let closed = ("dossier.closed", json!({"dossier": BOOK, "sha256": Sha256::of(b"pdf")}));
    let lines = register(&[signed.clone(), closed.clone(), transcript(BOOK, b"pdf")]);
    assert_eq!(judge(&lines, &checkpoint(&lines), None).verdict, Verdict::Valid);
    for wrong in [
        vec![signed.clone(), transcript(BOOK, b"pdf"), closed.clone()],
        vec![signed.clone(), closed.clone(), transcript(BOOK, b"another file")],
        vec![signed, closed, transcript("2025-2026_ca-nam_so-diem_6A2", b"pdf")],
    ] {
        let lines = register(&wrong);
        check(&lines, &checkpoint(&lines), Code::RegisterCited);
    }
}

/// The register after `count` entries.
fn first(lines: &[u8], count: usize) -> Vec<u8> {
    lines.split_inclusive(|byte| *byte == b'\n').take(count).flatten().copied().collect()
}

fn kept(lines: &[u8]) -> Checkpoint {
    Checkpoint::parse(&checkpoint(lines)).expect("a checkpoint")
}

#[track_caller]
fn compare(lines: &[u8], held: &Checkpoint, relation: Relation, code: Option<Code>) {
    let report = judge(lines, &checkpoint(lines), Some(held));
    let found = report.comparison.expect("a comparison");
    assert_eq!((found.size, found.root, found.relation), (held.size, held.root, relation));
    let codes: Vec<&str> = report.problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, code.iter().map(|code| code.as_str()).collect::<Vec<_>>());
    assert_eq!(report.verdict, if code.is_some() { Verdict::Invalid } else { Verdict::Valid });
    assert_eq!(found.date.is_some(), code.is_none() && held.size > 0);
}

#[test]
fn a_register_continues_every_checkpoint_that_was_kept_of_it() {
    let lines = sample();
    compare(&lines, &kept(&lines), Relation::Equal, None);
    for earlier in 0..4 {
        compare(&lines, &kept(&first(&lines, earlier)), Relation::Older, None);
    }
}

#[test]
fn the_replay_of_an_older_register_is_told_by_the_checkpoint_that_was_kept() {
    let lines = sample();
    let shortened = Some(Code::RegisterShortened);
    compare(&first(&lines, 3), &kept(&lines), Relation::Shortened, shortened);
}

#[test]
fn a_register_written_anew_is_told_by_the_checkpoint_that_was_kept() {
    let rewritten = register(&[
        ("commissioned", json!({"principal": Sha256::of(b"ht"), "stamp": Sha256::of(b"dau")})),
        ("export.taken", json!({"sha256": Sha256::of(b"another export")})),
        ("dossier.signed", signed("GVCN")),
        ("dossier.signed", signed("HieuTruong")),
        ("export.taken", json!({"sha256": Sha256::of(b"a third export")})),
    ]);
    for size in 2..=4 {
        let held = kept(&first(&sample(), size));
        compare(&rewritten, &held, Relation::Rewritten, Some(Code::RegisterRewritten));
    }
}

#[test]
fn a_checkpoint_of_another_school_is_not_compared_with_this_register() {
    let lines = sample();
    let held = Checkpoint { school: "PHUONGVI".parse().expect("a code"), ..kept(&lines) };
    compare(&lines, &held, Relation::OtherSchool, Some(Code::HeldCheckpointSchool));
}
