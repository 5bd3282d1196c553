//! Walks the lines of a register once and says what they prove.

use std::collections::{BTreeMap, BTreeSet};

use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::SchoolCode;
use school::limits;
use school::medium::MediumId;
use school::moment::Moment;
use school::plan::BoxName;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::checkpoint::Checkpoint;
use super::comparison::{Comparison, Relation, Watched};
use super::entry::{
    ActSigned, Base, Closed, Commissioned, DepositPlanned, DepositSealed, Entry, ExportParts, MediumPlanned,
    Signed, SignedElsewhere,
};
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

/// A set of media that the register plans, with the register as it stood after that entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedSet {
    /// Number of entries up to and with the planning.
    pub size: u64,
    /// Their RFC 6962 root.
    pub root: Sha256,
    /// The media.
    pub set: Vec<PlannedMedium>,
}

/// A medium of such a set; further keys are allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedMedium {
    /// The medium.
    pub medium: MediumId,
    /// Its deposits.
    pub deposits: Vec<String>,
}

/// What a register proves. The collections are complete only where `verdict` is valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterReport {
    /// Valid or invalid; there is nothing in between for bytes and digests.
    pub verdict: Verdict,
    /// The school: of the checkpoint, where it could be read, else of the first commissioning.
    pub school: Option<SchoolCode>,
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
    /// When each box was signed.
    pub signings: BTreeMap<(DossierId, BoxName), Moment>,
    /// What each base names as corrected: a version the one before it, a record the documents that get
    /// another version, a summary its records.
    pub corrects: BTreeMap<DossierId, Vec<DossierId>>,
    /// When each act was signed.
    pub acts: BTreeMap<Sha256, Moment>,
    /// Files of which each held parts of classes.
    pub in_parts: BTreeSet<Sha256>,
    /// How the register stands to the checkpoint that the inspector kept.
    pub comparison: Option<Comparison>,
    /// Certificates of principal and stamp as commissioned, oldest first.
    pub commissioned: Vec<(Sha256, Sha256)>,
    /// Deposits built, oldest first.
    pub deposits: Vec<DepositBuilt>,
    /// Deposits planned, oldest first.
    pub planned: Vec<DepositPlanned>,
    /// Records in words that entries name, each with the number of the first entry that does.
    pub records: BTreeMap<Sha256, u64>,
    /// Deposits sealed with their seal digests, oldest first.
    pub sealed: Vec<(String, Sha256)>,
    /// Sets of media planned, oldest first.
    pub planned_media: Vec<PlannedSet>,
    /// Every problem found; words are empty.
    pub problems: Vec<Problem>,
}

impl RegisterReport {
    /// The object of `niemphong verify --json` for a register at `path`.
    pub fn to_json(&self, path: &str) -> Value {
        json!({
            "type": "register", "path": path, "verdict": self.verdict, "sentence": "",
            "school": self.school,
            "size": self.size, "root": self.root, "events": self.events, "last": self.last,
            "held_checkpoint": self.comparison, "problems": self.problems,
        })
    }
}

/// Judges the lines of a register against a checkpoint.
///
/// Shape: `lines` is one canonical JSON object per line, each ended by a line feed; `checkpoint` is
/// the text of [`Checkpoint`]. The lines must be exactly the entries that the checkpoint counts. `held`
/// is a checkpoint of an earlier day: what it proves must still be there.
/// Source: RFC 6962, section 2.1; C2SP tlog-checkpoint.
pub fn judge(lines: &[u8], checkpoint: &[u8], held: Option<&Checkpoint>) -> RegisterReport {
    let mut walk = Walk::over(lines, held);
    let checkpoint = Checkpoint::parse(checkpoint);
    let (size, root) = (walk.tree.size(), walk.tree.root());
    match &checkpoint {
        None => walk.findings.add(Code::CheckpointMalformed, "checkpoint"),
        Some(named) if named.size != size => walk.findings.add(Code::CheckpointSize, named.size.to_string()),
        Some(named) if named.root != root => walk.findings.add(Code::CheckpointRoot, root.to_string()),
        Some(_) => {}
    }
    walk.report(checkpoint)
}

/// As [`judge`], where the checkpoint is judged by whoever asks.
pub(super) fn read_lines(lines: &[u8], held: Option<&Checkpoint>) -> RegisterReport {
    Walk::over(lines, held).report(None)
}

#[derive(Default)]
struct Walk<'a> {
    watched: Option<Watched<'a>>,
    tree: MerkleTree,
    previous: Option<Sha256>,
    findings: Findings,
    events: BTreeMap<&'static str, u64>,
    last: Option<Moment>,
    closed: BTreeMap<Sha256, DossierId>,
    closed_dossiers: BTreeSet<DossierId>,
    signed: BTreeSet<Sha256>,
    signings: BTreeMap<(DossierId, BoxName), Moment>,
    /// The boxes that each base has.
    boxes: BTreeMap<DossierId, Vec<BoxName>>,
    corrects: BTreeMap<DossierId, Vec<DossierId>>,
    acts: BTreeMap<Sha256, Moment>,
    in_parts: BTreeSet<Sha256>,
    school: Option<SchoolCode>,
    commissioned: Vec<(Sha256, Sha256)>,
    deposits: Vec<DepositBuilt>,
    planned: Vec<DepositPlanned>,
    records: BTreeMap<Sha256, u64>,
    sealed: Vec<(String, Sha256)>,
    planned_media: Vec<PlannedSet>,
}

impl<'a> Walk<'a> {
    fn over(lines: &[u8], held: Option<&'a Checkpoint>) -> Self {
        let mut walk = Self { watched: held.map(Watched::new), ..Self::default() };
        walk.lines(lines);
        walk
    }

    fn report(mut self, checkpoint: Option<Checkpoint>) -> RegisterReport {
        let school = checkpoint.as_ref().map(|checkpoint| &checkpoint.school).or(self.school.as_ref());
        let comparison = self.watched.take().map(|watched| watched.compare(&self.tree, school));
        if let Some(comparison) = &comparison {
            let place = comparison.size.to_string();
            match comparison.relation {
                Relation::Equal | Relation::Older => {}
                Relation::Shortened => self.findings.add(Code::RegisterShortened, place),
                Relation::Rewritten => self.findings.add(Code::RegisterRewritten, place),
                Relation::OtherSchool => self.findings.add(Code::HeldCheckpointSchool, place),
            }
        }
        RegisterReport {
            verdict: self.findings.verdict(),
            school: school.cloned(),
            checkpoint,
            size: self.tree.size(),
            root: self.tree.root(),
            events: self.events,
            last: self.last,
            closed: self.closed,
            signed: self.signed,
            signings: self.signings,
            corrects: self.corrects,
            acts: self.acts,
            in_parts: self.in_parts,
            comparison,
            commissioned: self.commissioned,
            deposits: self.deposits,
            planned: self.planned,
            records: self.records,
            sealed: self.sealed,
            planned_media: self.planned_media,
            problems: self.findings.into_problems(),
        }
    }

    fn lines(&mut self, lines: &[u8]) {
        self.see();
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            match line.split_last() {
                Some((b'\n', entry)) => {
                    self.line(entry);
                    self.see();
                }
                // What does not end is not an entry: a torn write, or something hidden after the last.
                _ => self.findings.add(Code::RegisterLine, place(self.tree.size())),
            }
        }
    }

    fn see(&mut self) {
        if let Some(watched) = &mut self.watched {
            watched.see(&self.tree, self.last);
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
        if entry.kind == "dossier.closed" && !self.is_signed(&entry.body) {
            self.findings.add(Code::RegisterClosing, place(number));
        }
        if entry.kind == "dossier.base" && !self.cites_what_is_closed(&entry.body) {
            self.findings.add(Code::RegisterCited, place(number));
        }
        if self.collect(entry).is_none() {
            self.findings.add(Code::RegisterEntry, place(number));
        }
    }

    /// Every box of the base was signed before; where the register tells of no base, at least one was.
    fn is_signed(&self, closed: &Value) -> bool {
        let Some(Closed { dossier, .. }) = read(closed.clone()) else { return true };
        match self.boxes.get(&dossier) {
            Some(boxes) => {
                boxes.iter().all(|name| self.signings.contains_key(&(dossier.clone(), name.clone())))
            }
            None => self.signings.keys().any(|(signed, _)| *signed == dossier),
        }
    }

    /// What a document cites was closed before, with the very bytes that it names.
    fn cites_what_is_closed(&self, base: &Value) -> bool {
        let cites = read::<Base>(base.clone()).and_then(|base| base.plan.cites);
        cites.is_none_or(|cited| self.closed.get(&cited.sha256) == Some(&cited.dossier))
    }

    /// `None` where the body of a kind that the judge relies on cannot be read.
    fn collect(&mut self, entry: Entry) -> Option<()> {
        let (time, seq) = (entry.time, entry.seq);
        if let Some(record) = entry.body.get("record") {
            self.records.entry(read(record.clone())?).or_insert(seq);
        }
        let kind = match entry.kind.as_str() {
            "commissioned" => {
                let body: Commissioned = read(entry.body)?;
                self.commissioned.push((body.principal, body.stamp));
                self.school = self.school.take().or(body.school);
                "commissioned"
            }
            "dossier.base" => {
                let body: Base = read(entry.body)?;
                let names = body.plan.boxes().map(|(_, one)| one.name.clone()).collect();
                if !body.corrects.is_empty() {
                    self.corrects.entry(body.dossier.clone()).or_insert(body.corrects);
                }
                self.boxes.entry(body.dossier).or_insert(names);
                "dossier.base"
            }
            "act.signed" => {
                let body: ActSigned = read(entry.body)?;
                self.acts.entry(body.act).or_insert(time);
                "act.signed"
            }
            "export.parts" => {
                let body: ExportParts = read(entry.body)?;
                self.in_parts.insert(body.export);
                "export.parts"
            }
            "dossier.signed" => {
                let body: Signed = read(entry.body)?;
                self.signed.insert(body.sha256);
                self.signings.entry((body.dossier, body.signing_box)).or_insert(time);
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
            "dossier.signed-elsewhere" => {
                let body: SignedElsewhere = read(entry.body)?;
                if !self.closed_dossiers.insert(body.dossier.clone()) {
                    return None;
                }
                // It is closed as it comes in; the last of the boxes that its plan asks for stands for all.
                let last = body.plan.boxes().last()?.1.name.clone();
                self.signings.entry((body.dossier.clone(), last)).or_insert(time);
                self.signed.insert(body.sha256);
                self.closed.insert(body.sha256, body.dossier);
                "dossier.signed-elsewhere"
            }
            "deposit.planned" => {
                self.planned.push(DepositPlanned { entry: seq, ..read(entry.body)? });
                "deposit.planned"
            }
            "deposit.built" => {
                self.deposits.push(read(entry.body)?);
                "deposit.built"
            }
            "deposit.sealed" => {
                let body: DepositSealed = read(entry.body)?;
                self.sealed.push((body.deposit, body.seal));
                "deposit.sealed"
            }
            "medium.planned" => {
                let body: MediumPlanned = read(entry.body)?;
                // A set of nothing plans nothing.
                body.set.first()?;
                self.planned_media.push(PlannedSet {
                    size: self.tree.size(),
                    root: self.tree.root(),
                    set: body.set,
                });
                "medium.planned"
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

/// Roots of the tree over the first lines, for each of these numbers of lines that there are.
pub fn roots(lines: &[u8], sizes: &BTreeSet<u64>) -> BTreeMap<u64, Sha256> {
    let mut tree = MerkleTree::default();
    let mut roots = BTreeMap::new();
    for line in lines.split_inclusive(|byte| *byte == b'\n') {
        tree.push(line.strip_suffix(b"\n").unwrap_or(line));
        if sizes.contains(&tree.size()) {
            roots.insert(tree.size(), tree.root());
        }
    }
    roots
}
