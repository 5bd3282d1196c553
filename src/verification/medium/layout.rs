//! Which files a medium has.

use std::collections::BTreeMap;

use crate::deposit::{Bag, Code, DepositId, act_file, can_be_stored, revocation_data};

pub(super) const BAGIT: &str = "bagit.txt";
pub(super) const BAG_INFO: &str = "bag-info.txt";
pub(super) const MANIFESTS: [&str; 2] = ["manifest-sha256.txt", "manifest-sha512.txt"];
pub(super) const TAGMANIFESTS: [&str; 2] = ["tagmanifest-sha256.txt", "tagmanifest-sha512.txt"];
pub(super) const REGISTER: &str = "niem-phong/so-theo-doi.jsonl";
pub(super) const CHECKPOINT: [&str; 2] = ["niem-phong/checkpoint.txt", "niem-phong/checkpoint.txt.p7s"];
pub(super) const STATEMENT: [&str; 2] = ["niem-phong/niem-phong.txt", "niem-phong/niem-phong.txt.p7s"];
pub(super) const TIMESTAMP: &str = "niem-phong/niem-phong.txt.p7s.tsr";
/// What people read without any program of ours; the seal covers their words.
const PAGES: [&str; 6] = [
    "DOC-TRUOC.txt",
    "KIEM-TRA.html",
    "MUC-LUC.html",
    "MUC-LUC.pdf",
    "bagit-profile.json",
    "bagit-profile-medium.json",
];
/// Later proofs of time for deposits, each below the name of its deposit.
pub(super) const PROOFS: &str = "bang-chung/";
/// Checkpoints that people signed at the end of their sittings, each below the number of entries that it covers.
pub(super) const CHECKPOINTS: &str = "niem-phong/diem-chot/";
/// Acts that changed principal or stamp after the last deposit on the medium was planned.
pub(super) const ACTS: &str = "van-kien/";
/// Anchors for people to look at. Never read here.
const ANCHORS: &str = "neo-tin-cay/";

/// What lies on a medium.
#[derive(Default)]
pub(super) struct Layout {
    /// Deposits by the name of their folder below `data/`.
    pub deposits: BTreeMap<String, DepositId>,
    /// Every file that the tag manifests must list: all but payload, tag manifests and the seal itself.
    pub listed: Vec<String>,
    /// Proofs of time: deposit and file.
    pub proofs: Vec<(String, String)>,
    /// Signatures over checkpoints: the number of entries, and file.
    pub checkpoints: Vec<(u64, String)>,
}

/// Sorts all names; a finding for each that no medium has or that some system cannot store.
pub(super) fn sort(bag: &mut Bag) -> Layout {
    let mut layout = Layout::default();
    let names: Vec<String> = bag.present.keys().cloned().collect();
    for name in names {
        if !can_be_stored(&name) {
            bag.findings.add(Code::NameRefused, name.as_str());
        }
        if let Some(inside) = name.strip_prefix("data/") {
            match inside.split_once('/').and_then(|(folder, _)| Some((folder, folder.parse().ok()?))) {
                Some((folder, deposit)) => drop(layout.deposits.insert(folder.to_owned(), deposit)),
                None => bag.findings.add(Code::UnknownPlace, name.as_str()),
            }
        } else if TAGMANIFESTS.contains(&name.as_str())
            || STATEMENT.contains(&name.as_str())
            || name == TIMESTAMP
        {
            // The seal signs the tag manifests, and nothing can list what signs it.
        } else if is_agreed(&name) {
            if let Some((deposit, file)) = proof(&name) {
                layout.proofs.push((deposit.to_owned(), file.to_owned()));
            }
            if let Some((size, file)) = checkpoint(&name)
                && file.ends_with(".p7s")
            {
                layout.checkpoints.push((size, file.to_owned()));
            }
            layout.listed.push(name);
        } else {
            bag.findings.add(Code::UnlistedFile, name.as_str());
        }
    }
    layout
}

fn is_agreed(name: &str) -> bool {
    [BAGIT, BAG_INFO, REGISTER].contains(&name)
        || MANIFESTS.contains(&name)
        || CHECKPOINT.contains(&name)
        || PAGES.contains(&name)
        || revocation_data(name).is_some()
        || name.strip_prefix(ANCHORS).and_then(|file| file.strip_suffix(".der")).is_some_and(is_half_digest)
        || proof(name).is_some()
        || act_file(ACTS, name).is_some()
        || checkpoint(name).is_some()
}

fn is_half_digest(name: &str) -> bool {
    name.len() == 32 && name.bytes().all(|c| matches!(c, b'0'..=b'9' | b'a'..=b'f'))
}

/// Deposit and file of a proof of time: the seal's statement, signature and timestamp, and later answers of
/// authorities over that timestamp.
fn proof(name: &str) -> Option<(&str, &str)> {
    let (deposit, file) = name.strip_prefix(PROOFS)?.split_once('/')?;
    deposit.parse::<DepositId>().ok()?;
    let known = matches!(file, "niem-phong.txt" | "niem-phong.txt.p7s" | "niem-phong.txt.p7s.tsr")
        || file.strip_suffix(".tsr").is_some_and(is_half_digest);
    known.then_some((deposit, file))
}

/// Number of entries and file of a checkpoint that was signed at a sitting.
fn checkpoint(name: &str) -> Option<(u64, &str)> {
    let (size, file) = name.strip_prefix(CHECKPOINTS)?.split_once('/')?;
    let entries: u64 = size.parse().ok()?;
    let known = file == "checkpoint.txt" || file.strip_suffix(".p7s").is_some_and(is_half_digest);
    (known && entries.to_string() == size).then_some((entries, file))
}

/// True for a folder that is a medium, or was one before something was taken from it: whole deposits lie
/// below `data/`.
pub fn is_medium<'a>(names: impl IntoIterator<Item = &'a str>) -> bool {
    names.into_iter().any(|name| {
        name.strip_prefix("data/")
            .and_then(|inside| inside.split_once('/'))
            .is_some_and(|(folder, _)| folder.parse::<DepositId>().is_ok())
    })
}
