//! The judgement of an image: its volume, what else lies on it, and each deposit.

use std::collections::BTreeSet;

use school::limits;
use serde_json::{Value, json};

use super::read_first;
use super::volume::Volume;
use crate::circumstances::Circumstances;
use crate::deposit::{self, Code, DepositId, Findings, Judges, Real, rank};
use crate::files::{Files, ReadAt};
use crate::report::Verdict;

/// The one file that lies beside deposits: how to read the medium, for people.
const READ_FIRST: &str = "DOC-TRUOC.txt";

/// Judges an image: one object for the image, then the objects of each deposit on it with their paths
/// prefixed by its folder.
///
/// Source: ECMA-119; Joliet; IEEE P1282; DESIGN, section 8.
pub fn judge(image: &dyn ReadAt, circumstances: &Circumstances) -> Vec<Value> {
    judge_with(image, circumstances, &Real)
}

/// As [`judge`], with chosen judges of PDFs, signatures, timestamps and certificates.
pub(crate) fn judge_with(
    image: &dyn ReadAt,
    circumstances: &Circumstances,
    judges: &dyn Judges,
) -> Vec<Value> {
    let mut findings = Findings::default();
    let volume = match Volume::open(image) {
        Ok(volume) => volume,
        Err(fault) => {
            findings.add(fault.code(), "");
            return vec![medium_object(image, None, &[], Verdict::Valid, findings)];
        }
    };
    judge_volume(&volume, &mut findings);
    let folders = deposit_folders(&volume, &mut findings);
    judge_letter(&volume, &folders, &mut findings);
    let mut worst = Verdict::Valid;
    let mut objects = Vec::new();
    for folder in &folders {
        let mut judged = deposit::judge_with(&volume.below(folder), circumstances, judges);
        if let Some(bag) = judged.first() {
            let verdict = serde_json::from_value(bag["verdict"].clone()).unwrap_or(Verdict::Malformed);
            if rank(verdict) > rank(worst) {
                worst = verdict;
            }
            if bag["deposit"].as_str().is_some_and(|named| named != folder) {
                findings.add(Code::DepositFolder, folder.as_str());
            }
        }
        for object in &mut judged {
            let path = object["path"].as_str().unwrap_or_default();
            let below = if path.is_empty() { folder.clone() } else { format!("{folder}/{path}") };
            object["path"] = below.into();
        }
        objects.append(&mut judged);
    }
    let mut all = vec![medium_object(image, Some(&volume), &folders, worst, findings)];
    all.append(&mut objects);
    all
}

fn judge_volume(volume: &Volume, findings: &mut Findings) {
    if volume.is_truncated() {
        findings.add(Code::ImageTruncated, "");
    }
    if !volume.slack_is_empty() {
        findings.add(Code::ImageSlack, "");
    }
    if let Some(block) = volume.unused_block() {
        findings.add(Code::ImageUnused, format!("block {block}"));
    }
    if !volume.tail_is_empty() {
        findings.add(Code::ImageTail, "");
    }
    if !volume.shows_one_tree() {
        findings.add(Code::ImageTreesDiffer, "");
    }
    for name in volume.outside() {
        findings.add(Code::ImageExtent, name);
    }
}

/// The letter to people must be the one that belongs there.
fn judge_letter(volume: &Volume, folders: &[String], findings: &mut Findings) {
    let is_there = volume.names().any(|(name, _)| name == READ_FIRST);
    let read = || volume.root().read(READ_FIRST, limits::DEPOSIT_PAPER_SIZE_BYTES);
    if is_there && !read().is_ok_and(|text| read_first::is_known(&text, folders)) {
        findings.add(Code::ReadFirst, READ_FIRST);
    }
}

/// Folders of the root that are named like deposits; anything else in the root is a finding.
fn deposit_folders(volume: &Volume, findings: &mut Findings) -> Vec<String> {
    let mut folders = BTreeSet::new();
    for (name, _) in volume.names() {
        match name.split_once('/') {
            Some((folder, _)) if folder.parse::<DepositId>().is_ok() => {
                folders.insert(folder.to_owned());
            }
            None if name == READ_FIRST => {}
            _ => findings.add(Code::MediumExtraFile, name),
        }
    }
    if folders.is_empty() {
        findings.add(Code::MediumWithoutDeposit, "");
    }
    folders.into_iter().collect()
}

fn medium_object(
    image: &dyn ReadAt,
    volume: Option<&Volume>,
    deposits: &[String],
    worst: Verdict,
    findings: Findings,
) -> Value {
    let own = findings.verdict();
    // A deposit that is no bag makes the medium invalid, not unreadable.
    let worst = if worst == Verdict::Malformed { Verdict::Invalid } else { worst };
    let verdict = if rank(worst) > rank(own) { worst } else { own };
    json!({
        "type": "medium", "path": "", "volume": volume.map(Volume::id), "bytes": image.len(),
        "verdict": verdict, "sentence": "", "deposits": deposits, "problems": findings.into_problems(),
    })
}
