//! Later proofs of time: answers of timestamp authorities over the timestamp of a deposit's seal, made after it was
//! sealed, and carried by a later medium because a sealed bag never changes (invariant 13). What a proof covers
//! existed then, so that lists and certificates of that day are enough for it.

use school::digest::Sha256;
use school::limits;
use school::moment::Moment;
use serde_json::{Value, json};

use super::layout::{Layout, PROOFS};
use crate::deposit::{Bag, Code};
use crate::register::RegisterReport;
use crate::report::{Revocation, Trust};

/// A proof that stands.
pub(super) struct Proof {
    deposit: String,
    /// The seal statement that lies beside it.
    statement: Sha256,
    /// The timestamp that it is over.
    over: Sha256,
    pub time: Moment,
}

impl Proof {
    /// True for the answer of an authority that this proof is over.
    pub fn is_over(&self, answer: &[u8]) -> bool {
        self.over == Sha256::of(answer)
    }

    pub fn to_json(&self) -> Value {
        json!({"deposit": self.deposit, "time": self.time, "trust": Trust::Trusted})
    }
}

/// Judges each proof over the papers of the seal that lie beside it. `existed`: when the medium proves that all of
/// them existed.
pub(super) fn judge(bag: &mut Bag, layout: &Layout, existed: Option<Moment>) -> Vec<Proof> {
    let mut proofs = Vec::new();
    for (deposit, file) in layout.proofs.iter().filter(|(_, file)| !file.starts_with("niem-phong.txt")) {
        let name = format!("{PROOFS}{deposit}/{file}");
        let mut read = |name: &str| bag.paper(name, limits::DEPOSIT_PAPER_SIZE_BYTES, Code::SealMissing);
        let statement = read(&format!("{PROOFS}{deposit}/niem-phong.txt"));
        let signature = read(&format!("{PROOFS}{deposit}/niem-phong.txt.p7s"));
        let first = read(&format!("{PROOFS}{deposit}/niem-phong.txt.p7s.tsr"));
        let answer = read(&name);
        let (Some(statement), Some(signature), Some(first), Some(answer)) =
            (statement, signature, first, answer)
        else {
            continue;
        };
        if let Err(reason) = bag.judges.detached(&statement, &signature) {
            bag.findings
                .add(Code::SignatureBroken, format!("{PROOFS}{deposit}/niem-phong.txt.p7s: {reason}"));
        }
        let stamped = match bag.judges.timestamp(&answer, &first, bag.around, existed) {
            Ok(stamped) => stamped,
            Err(reason) => {
                bag.findings.add(Code::TimestampBroken, format!("{name}: {reason}"));
                continue;
            }
        };
        if let Err(reason) = bag.judges.timestamp(&first, &signature, bag.around, Some(stamped.time)) {
            bag.findings
                .add(Code::TimestampBroken, format!("{PROOFS}{deposit}/niem-phong.txt.p7s.tsr: {reason}"));
        }
        if stamped.trust != Trust::Trusted {
            bag.findings.add(Code::TimestampNotTrusted, name.as_str());
        } else if stamped.revocation == Revocation::Unchecked {
            bag.findings.add(Code::RevocationUnchecked, name.as_str());
        } else {
            let (statement, over) = (Sha256::of(&statement), Sha256::of(&first));
            proofs.push(Proof { deposit: deposit.clone(), statement, over, time: stamped.time });
        }
    }
    proofs
}

/// Each proof must be over a seal that the register knows.
pub(super) fn judge_registered(bag: &mut Bag, proofs: &[Proof], register: &RegisterReport) {
    for proof in proofs {
        let mut sealed = register.sealed.iter().filter(|(deposit, _)| *deposit == proof.deposit);
        if !sealed.any(|(_, seal)| *seal == proof.statement) {
            let place = format!("{PROOFS}{}/niem-phong.txt", proof.deposit);
            bag.findings.add(Code::DepositRegisteredOtherwise, place);
        }
    }
}
