//! Checkpoints of the register that people signed at the end of their sittings: the register on the medium must
//! still begin as each of them says, so that nobody rewrote it between two seals.

use std::collections::BTreeSet;

use school::limits;

use super::layout::{self, CHECKPOINTS, Layout};
use crate::deposit::{Bag, Code};
use crate::register::{self, Checkpoint};

/// Judges each signed checkpoint against the register.
pub(super) fn judge(bag: &mut Bag, layout: &Layout) {
    let read =
        |bag: &mut Bag, name: &str| bag.paper(name, limits::DEPOSIT_PAPER_SIZE_BYTES, Code::SealMissing);
    let mut signed = Vec::new();
    for (size, file) in &layout.checkpoints {
        let signature = format!("{CHECKPOINTS}{size}/{file}");
        let name = format!("{CHECKPOINTS}{size}/checkpoint.txt");
        let (Some(text), Some(signature_bytes)) = (read(bag, &name), read(bag, &signature)) else { continue };
        if let Err(reason) = bag.judges.detached(&text, &signature_bytes) {
            bag.findings.add(Code::SignatureBroken, format!("{signature}: {reason}"));
        }
        match Checkpoint::parse(&text).filter(|one| one.size == *size) {
            Some(checkpoint) => signed.push((name, checkpoint)),
            None => bag.findings.add(Code::SittingCheckpoint, name),
        }
    }
    if signed.is_empty() {
        return;
    }
    let lines = bag.files.read(layout::REGISTER, limits::REGISTER_SIZE_BYTES).unwrap_or_default();
    let sizes: BTreeSet<u64> = signed.iter().map(|(_, checkpoint)| checkpoint.size).collect();
    let roots = register::roots(&lines, &sizes);
    let school = bag.files.read(layout::CHECKPOINT[0], limits::DEPOSIT_PAPER_SIZE_BYTES).ok();
    let school = school.and_then(|text| Checkpoint::parse(&text)).map(|own| own.school);
    for (name, checkpoint) in signed {
        let continues = roots.get(&checkpoint.size) == Some(&checkpoint.root);
        if !continues || school.as_ref().is_some_and(|own| *own != checkpoint.school) {
            bag.findings.add(Code::SittingCheckpoint, name);
        }
    }
}
