//! Walks the lines of a register once and says what they prove.

use std::collections::{BTreeMap, BTreeSet};

use school::digest::Sha256;
use school::dossier::DossierId;
use school::limits;
use school::moment::Moment;
use serde::Deserialize;
use serde_json::{Value, json};

use super::checkpoint::Checkpoint;
use super::entry::{Closed, Commissioned, Entry, Signed};
use super::merkle::MerkleTree;
use crate::deposit::{Code, Findings};
use crate::report::{Problem, Verdict};

/// Body of a `deposit.built` entry; further keys are allowed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DepositBuilt {
    /// The deposit.
    pub deposit: String,
    /// SHA-256 of its `tagmanifest-sha256.txt`.
    pub tagmanifest_sha256: Sha256,
    /// SHA-512 of its `tagmanifest-sha512.txt`.
    pub tagmanifest_sha512: school::digest::Sha512,
}

/// What a register proves. The collections are complete only where `verdict` is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterReport {
    /// Valid or invalid; there is nothing in between for bytes and digests.
    pub verdict: Verdict,
    /// The checkpoint, where it could be read.
    pub checkpoint: Option<Checkpoint>,
    /// Number of lines found.
    pub size: u64,
    /// RFC 6962 root over the lines found.
    pub root: Sha256,
    /// Number of entries of each kind that the judge knows; all others under `other`.
    pub events: BTreeMap<&'static str, u64>,
    /// Time of the last entry.
    pub last: Option<Moment>,
    /// Final files of closed dossiers.
    pub closed: BTreeMap<Sha256, DossierId>,
    /// Files after each signature.
    pub signed: BTreeSet<Sha256>,
    /// Certificates of principal and stamp as commissioned, oldest first.
    pub commissioned: Vec<(Sha256, Sha256)>,
    /// Deposits built, oldest first.
    pub deposits: Vec<DepositBuilt>,
    /// Every problem found; words are empty.
    pub problems: Vec<Problem>,
}

impl RegisterReport {
    /// The object of `niemphong verify --json` for a register at `path`.
    pub fn to_json(&self, path: &str) -> Value {
        json!({
            "type": "register", "path": path, "verdict": self.verdict, "sentence": "",
            "school": self.checkpoint.as_ref().map(|checkpoint| checkpoint.school.to_string()),
            "size": self.size, "root": self.root, "events": self.events, "last": self.last,
            "problems": self.problems,
        })
    }
}

/// Judges the lines of a register against a checkpoint.
///
/// Shape: `lines` is one canonical JSON object per line, each ended by a line feed; `checkpoint` is
/// the text of [`Checkpoint`]. The lines must be exactly the entries that the checkpoint counts.
/// Source: RFC 6962, section 2.1; C2SP tlog-checkpoint.
pub fn judge(lines: &[u8], checkpoint: &[u8]) -> RegisterReport {
    let mut walk = Walk::default();
    walk.lines(lines);
    let checkpoint = Checkpoint::parse(checkpoint);
    let (size, root) = (walk.tree.size(), walk.tree.root());
    match &checkpoint {
        None => walk.findings.add(Code::CheckpointMalformed, "checkpoint"),
        Some(named) if named.size != size => walk.findings.add(Code::CheckpointSize, named.size.to_string()),
        Some(named) if named.root != root => walk.findings.add(Code::CheckpointRoot, root.to_string()),
        Some(_) => {}
    }
    RegisterReport {
        verdict: walk.findings.verdict(),
        checkpoint,
        size,
        root,
        events: walk.events,
        last: walk.last,
        closed: walk.closed,
        signed: walk.signed,
        commissioned: walk.commissioned,
        deposits: walk.deposits,
        problems: walk.findings.into_problems(),
    }
}

#[derive(Default)]
struct Walk {
    tree: MerkleTree,
    previous: Option<Sha256>,
    findings: Findings,
    events: BTreeMap<&'static str, u64>,
    last: Option<Moment>,
    closed: BTreeMap<Sha256, DossierId>,
    closed_dossiers: BTreeSet<DossierId>,
    signed: BTreeSet<Sha256>,
    commissioned: Vec<(Sha256, Sha256)>,
    deposits: Vec<DepositBuilt>,
}

impl Walk {
    fn lines(&mut self, lines: &[u8]) {
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            match line.split_last() {
                Some((b'\n', entry)) => self.line(entry),
                // What does not end is not an entry: a torn write, or something hidden after the last.
                _ => self.findings.add(Code::RegisterLine, place(self.tree.size())),
            }
        }
    }

    fn line(&mut self, line: &[u8]) {
        let number = self.tree.size();
        self.tree.push(line);
        let previous = self.previous.replace(Sha256::of(line)).unwrap_or(Sha256::from_bytes([0; 32]));
        let bounded = line.len() <= limits::REGISTER_LINE_SIZE_BYTES;
        let Some(entry) = Some(line).filter(|_| bounded).and_then(Entry::parse) else {
            return self.findings.add(Code::RegisterLine, place(number));
        };
        if entry.seq != number {
            self.findings.add(Code::RegisterSequence, place(number));
        }
        // An entry that is older than the one before it was put in between later.
        if self.last.is_some_and(|last| entry.time < last) {
            self.findings.add(Code::RegisterSequence, place(number));
        }
        if entry.previous != previous {
            self.findings.add(Code::RegisterChain, place(number));
        }
        self.last = Some(entry.time);
        if self.collect(entry).is_none() {
            self.findings.add(Code::RegisterEntry, place(number));
        }
    }

    /// `None` where the body of a kind that the judge relies on cannot be read.
    fn collect(&mut self, entry: Entry) -> Option<()> {
        let kind = match entry.kind.as_str() {
            "commissioned" => {
                let body: Commissioned = read(entry.body)?;
                self.commissioned.push((body.principal, body.stamp));
                "commissioned"
            }
            "dossier.signed" => {
                let body: Signed = read(entry.body)?;
                self.signed.insert(body.sha256);
                "dossier.signed"
            }
            "dossier.closed" => {
                let body: Closed = read(entry.body)?;
                // What was closed stays closed: another file for it is no entry that a register can have.
                if !self.closed_dossiers.insert(body.dossier.clone()) {
                    return None;
                }
                self.closed.insert(body.sha256, body.dossier);
                "dossier.closed"
            }
            "deposit.built" => {
                self.deposits.push(read(entry.body)?);
                "deposit.built"
            }
            _ => "other",
        };
        *self.events.entry(kind).or_default() += 1;
        Some(())
    }
}

fn read<T: serde::de::DeserializeOwned>(body: Value) -> Option<T> {
    serde_json::from_value(body).ok()
}

fn place(number: u64) -> String {
    format!("seq {number}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use school::records::canonical;

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

    fn sample() -> Vec<u8> {
        register(&[
            ("commissioned", json!({"principal": Sha256::of(b"ht"), "stamp": Sha256::of(b"dau")})),
            ("export.taken", json!({"sha256": Sha256::of(b"export")})),
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
        let report = judge(lines, checkpoint);
        assert_eq!(report.verdict, Verdict::Invalid);
        let found: Vec<&str> = report.problems.iter().map(|problem| problem.code.as_str()).collect();
        assert!(found.contains(&code.as_str()), "{found:?}");
    }

    #[test]
    fn a_register_that_equals_its_checkpoint_is_valid_and_says_what_was_closed() {
        let lines = sample();
        let report = judge(&lines, &checkpoint(&lines));
        assert_eq!((report.verdict, report.problems.len(), report.size), (Verdict::Valid, 0, 3));
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
}
