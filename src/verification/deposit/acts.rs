//! The acts of a deposit: `data/van-kien/`, sealed with the roster. Each is named by its digest, signed as
//! it must be, and known to the register before it was relied on.

use std::collections::BTreeMap;
use std::sync::Arc;

use school::digest::Sha256;
use school::limits;
use school::roster::Roster;

use super::code::Code;
use super::judgement::Bag;
use super::layout;
use super::seal::{self, Seal};
use crate::acts::{self, Fault, InForce, Signer};
use crate::circumstances::SignedAct;
use crate::register::RegisterReport;
use crate::report::Verdict;

/// Reads the acts beside `roster`.
pub(super) fn read(
    bag: &mut Bag,
    seal: &Seal,
    roster: &(Sha256, Roster),
    register: &RegisterReport,
) -> Arc<InForce> {
    let (given, files) = collect(bag, layout::ACTS);
    let is_valid = register.verdict == Verdict::Valid;
    let proven = seal.proven();
    let (mut in_force, faults) =
        acts::read(roster, &given, is_valid.then_some(&register.acts), |act, signature| {
            // Only what was collected is judged, so the name is there.
            let file = files.get(&Sha256::of(signature)).cloned().unwrap_or_default();
            let role = if file.contains(".ConDau.") { "con-dau" } else { "hieu-truong" };
            let certificate = seal::detached(bag, &file, role, act, signature, "sha256", proven);
            let certificate = certificate.ok_or(Code::SignatureBroken.as_str())?;
            let proven = bag.standings.get(&certificate).is_some_and(crate::pki::Standing::is_proven);
            Ok(Signer { certificate, proven })
        });
    for (sha256, fault) in faults {
        // A broken signature was told where it was judged.
        if !matches!(fault, Fault::Signature(_)) {
            bag.findings.add(fault.code(), layout::act_name(&sha256));
        }
    }
    let later = &bag.around.later;
    if !later.acts.is_empty() {
        let all: Vec<SignedAct> = given.iter().chain(&later.acts).cloned().collect();
        // Signers that nobody proves were told, here or where the later ones lie.
        let (known, _) = acts::read(roster, &all, Some(&later.registered), |act, signature| {
            Ok(Signer { certificate: bag.judges.detached(act, signature)?.certificate, proven: true })
        });
        in_force.learn_successors(known);
    }
    in_force.signings = is_valid.then(|| register.signings.clone());
    Arc::new(in_force)
}

/// Every act of a folder with its signatures, and the file of each signature by its digest.
pub(crate) fn collect(bag: &mut Bag, folder: &str) -> (Vec<SignedAct>, BTreeMap<Sha256, String>) {
    let mut found: BTreeMap<String, (Option<String>, Vec<String>)> = BTreeMap::new();
    for name in bag.present.keys() {
        let Some((digest, signer)) = layout::act(folder, name) else { continue };
        let entry = found.entry(digest.to_owned()).or_default();
        match signer {
            None => entry.0 = Some(name.clone()),
            Some(_) => entry.1.push(name.clone()),
        }
    }
    let (mut given, mut files) = (Vec::new(), BTreeMap::new());
    for (digest, (act, signatures)) in found.into_iter().take(limits::DEPOSIT_ACTS) {
        let paper =
            |bag: &mut Bag, name: &str| bag.paper(name, limits::DEPOSIT_PAPER_SIZE_BYTES, Code::ActName);
        let Some(act) = act.as_deref().and_then(|name| paper(bag, name)) else {
            bag.findings.add(Code::ActName, digest);
            continue;
        };
        if !Sha256::of(&act).to_string().starts_with(&digest) {
            bag.findings.add(Code::ActName, digest);
        }
        let mut signed = SignedAct { act, signatures: Vec::new() };
        for name in signatures {
            if let Some(signature) = paper(bag, &name) {
                files.insert(Sha256::of(&signature), name);
                signed.signatures.push(signature);
            }
        }
        given.push(signed);
    }
    (given, files)
}
