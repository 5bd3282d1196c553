//! Later proofs of time: answers of timestamp authorities over the seal of a deposit, made after it was
//! sealed, and carried by a later medium because a sealed bag never changes (invariant 13).

use std::collections::BTreeMap;

use school::digest::Sha256;
use school::limits;
use serde_json::{Value, json};

use super::layout::{Layout, PROOFS};
use crate::deposit::{Bag, Code};
use crate::report::{Revocation, Trust};

/// Judges each proof over the seal that lies beside it, which must be one that the register knows and, where
/// the deposit is on the medium, the same bytes. `seals`: seal digest of each deposit by the register.
pub(super) fn judge(bag: &mut Bag, layout: &Layout, seals: &BTreeMap<String, Sha256>) -> Vec<Value> {
    let mut proofs = Vec::new();
    for (deposit, file) in layout.proofs.iter().filter(|(_, file)| file.ends_with(".tsr")) {
        let name = format!("{PROOFS}{deposit}/{file}");
        let mut read = |name: &str| bag.paper(name, limits::DEPOSIT_PAPER_SIZE_BYTES, Code::SealMissing);
        let statement = read(&format!("{PROOFS}{deposit}/niem-phong.txt"));
        let signature = read(&format!("{PROOFS}{deposit}/niem-phong.txt.p7s"));
        let answer = read(&name);
        let (Some(statement), Some(signature), Some(answer)) = (statement, signature, answer) else {
            continue;
        };
        if seals.get(deposit) != Some(&Sha256::of(&statement)) {
            bag.findings.add(Code::DepositRegisteredOtherwise, format!("{PROOFS}{deposit}/niem-phong.txt"));
        }
        if let Err(reason) = bag.judges.detached(&statement, &signature) {
            bag.findings
                .add(Code::SignatureBroken, format!("{PROOFS}{deposit}/niem-phong.txt.p7s: {reason}"));
        }
        match bag.judges.timestamp(&answer, &signature, bag.around) {
            Err(reason) => bag.findings.add(Code::TimestampBroken, format!("{name}: {reason}")),
            Ok(stamped) => {
                if stamped.trust != Trust::Trusted {
                    bag.findings.add(Code::TimestampNotTrusted, name.as_str());
                } else if stamped.revocation == Revocation::Unchecked {
                    bag.findings.add(Code::RevocationUnchecked, name.as_str());
                }
                proofs.push(json!({"deposit": deposit, "time": stamped.time, "trust": stamped.trust}));
            }
        }
    }
    proofs
}
