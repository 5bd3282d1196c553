//! A register that lies alone, outside of a deposit: its chain, and who vouches for it. Lines that follow
//! from each other prove nothing by themselves, because anybody can write such lines: what counts is a
//! checkpoint that somebody signed, or that the inspector kept.

use std::collections::BTreeSet;
use std::io;

use school::digest::Sha256;
use serde_json::{Value, json};

use super::Relation;
use super::checkpoint::Checkpoint;
use super::judgement::{RegisterReport, read_lines, roots};
use crate::circumstances::Circumstances;
use crate::deposit::{Bag, Code, Findings, Real, indication, signed_by};
use crate::files::Files;

/// What lies beside the lines. It is under judgement like they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The text of a checkpoint.
    pub checkpoint: Option<Vec<u8>>,
    /// DER of each detached CMS over it.
    pub signatures: Vec<Vec<u8>>,
    /// CRLs and OCSP responses, which prove themselves by their issuer's signature.
    pub crls: Vec<Vec<u8>>,
    /// See `crls`.
    pub ocsps: Vec<Vec<u8>>,
}

/// Judges `lines`, as [`super::judge`] does, and who vouches for them.
///
/// Shape: the object of `niemphong verify --json` for a register, with `vouched`, the number of entries
/// from the first that a checkpoint proves, `signatures` and `school_identity`. Words are empty.
pub fn judge_alone(lines: &[u8], beside: &Beside, circumstances: &Circumstances) -> Value {
    let mut around = circumstances.clone();
    around.crls.extend(beside.crls.iter().cloned());
    around.ocsps.extend(beside.ocsps.iter().cloned());
    let held = around.checkpoint.as_ref();
    let report = read_lines(lines, held.map(|held| &held.checkpoint));
    let mut bag = Bag::new(&Nothing, &Real, &around, Findings::default());
    for problem in &report.problems {
        if let Some(code) = Code::from_text(&problem.code) {
            bag.findings.add(code, problem.place.as_str());
        }
    }
    if report.commissioned.is_empty() {
        bag.findings.add(Code::NotCommissioned, "");
    }
    let mut witnesses = Witnesses { report: &report, vouched: 0, confirmed: false };
    witnesses.hear_inspector(&mut bag);
    witnesses.hear_beside(&mut bag, lines, beside);
    let Witnesses { vouched, confirmed, .. } = witnesses;
    if vouched == 0 {
        bag.findings.add(Code::RegisterUnsigned, "");
    } else if vouched < report.size {
        bag.findings.add(Code::RegisterTail, format!("seq {vouched}"));
    }
    if around.school_certificate.is_some() && !confirmed {
        bag.findings.add(Code::RegisterNotConfirmed, "");
    }
    object(bag, &report, vouched, confirmed)
}

/// Who vouches for how many entries.
struct Witnesses<'r> {
    report: &'r RegisterReport,
    vouched: u64,
    /// The certificate that the inspector names signed.
    confirmed: bool,
}

impl Witnesses<'_> {
    /// What the inspector kept is their own word; a signature that was kept with it must stand.
    fn hear_inspector(&mut self, bag: &mut Bag) {
        let (Some(held), Some(comparison)) = (&bag.around.checkpoint, &self.report.comparison) else {
            return;
        };
        if !matches!(comparison.relation, Relation::Equal | Relation::Older) {
            return;
        }
        let stands = match &held.signature {
            None => true,
            Some(signature) => {
                self.signs(bag, "checkpoint", &held.checkpoint, signature, Code::HeldCheckpointSigner)
            }
        };
        if stands {
            self.vouched = self.vouched.max(held.checkpoint.size);
        }
    }

    /// What lies beside the register counts as far as somebody signed it whom the register or the
    /// inspector's roster names.
    fn hear_beside(&mut self, bag: &mut Bag, lines: &[u8], beside: &Beside) {
        let Some(text) = &beside.checkpoint else { return };
        let Some(checkpoint) = Checkpoint::parse(text) else {
            return bag.findings.add(Code::CheckpointMalformed, CHECKPOINT);
        };
        if self.report.school.as_ref().is_some_and(|school| *school != checkpoint.school) {
            return bag.findings.add(Code::CheckpointSchool, CHECKPOINT);
        }
        match roots(lines, &BTreeSet::from([checkpoint.size])).get(&checkpoint.size) {
            None => return bag.findings.add(Code::CheckpointSize, checkpoint.size.to_string()),
            Some(root) if *root != checkpoint.root => {
                return bag.findings.add(Code::CheckpointRoot, checkpoint.size.to_string());
            }
            Some(_) => {}
        }
        for signature in &beside.signatures {
            if self.signs(bag, CHECKPOINT, &checkpoint, signature, Code::CheckpointSigner) {
                self.vouched = self.vouched.max(checkpoint.size);
            }
        }
    }

    /// True where `signature` is over `checkpoint` and by somebody who may vouch; how the certificate
    /// stands is told as of every signer.
    fn signs(
        &mut self,
        bag: &mut Bag,
        place: &str,
        checkpoint: &Checkpoint,
        signature: &[u8],
        stranger: Code,
    ) -> bool {
        let content = checkpoint.text();
        let Some(signer) =
            signed_by(bag, place, |certificate| self.role(certificate), content.as_bytes(), signature)
        else {
            return false;
        };
        let is_named = bag.around.school_certificate == Some(signer);
        self.confirmed |= is_named;
        let of_roster = bag
            .around
            .roster
            .as_ref()
            .is_some_and(|(_, roster)| roster.people.iter().any(|person| person.certificate == signer));
        let known = of_roster || is_named || self.role(&signer) != STRANGER;
        if !known {
            bag.findings.add(stranger, signer.to_string());
        }
        known
    }

    fn role(&self, certificate: &Sha256) -> &'static str {
        let mut all = self.report.commissioned.iter();
        match all.find(|(principal, stamp)| [principal, stamp].contains(&certificate)) {
            Some((_, stamp)) if stamp == certificate => "con-dau",
            Some(_) => "hieu-truong",
            None => STRANGER,
        }
    }
}

/// Where the checkpoint lies beside a register.
const CHECKPOINT: &str = "checkpoint.txt";
/// The role of somebody whom the register does not name.
const STRANGER: &str = "";

fn object(bag: Bag, report: &RegisterReport, vouched: u64, confirmed: bool) -> Value {
    let (indication, sub_indication) = indication(&bag.findings);
    let mut object = report.to_json("");
    object["verdict"] = json!(bag.findings.verdict());
    object["indication"] = json!(indication);
    object["sub_indication"] = json!(sub_indication);
    object["vouched"] = vouched.into();
    object["school_identity"] = match (confirmed, vouched) {
        (true, _) => "confirmed",
        (false, 0) => "unknown",
        (false, _) => "as-declared",
    }
    .into();
    object["signatures"] = bag.signatures.iter().map(|one| one.to_json(&bag.standings)).collect();
    if bag.around.names_sources {
        object["revocation_sources"] =
            json!(bag.signatures.iter().flat_map(|one| one.sources(&bag.standings)).collect::<Vec<_>>());
    }
    object["problems"] = json!(bag.findings.into_problems());
    object
}

/// A register alone has no files.
struct Nothing;

impl Files for Nothing {
    fn list(&self) -> io::Result<Vec<(String, u64)>> {
        Ok(Vec::new())
    }

    fn read(&self, _: &str, _: u64) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn stream(&self, _: &str, _: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        Err(io::ErrorKind::NotFound.into())
    }
}
