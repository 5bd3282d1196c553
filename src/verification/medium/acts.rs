//! Acts that changed principal or stamp after the last deposit: without them the stamp that sealed the medium would be a
//! stranger's to the deposits on it. Here it is judged that each is an act, known to the register of the medium and signed
//! by certificates that are proven; whether by whom it must be is judged beside the roster of each deposit.

use school::act::{Act, Deed};
use school::digest::Sha256;
use school::limits;
use school::moment::Moment;
use school::records::canonical;

use super::layout::{self, ACTS};
use crate::acts::Later;
use crate::circumstances::SignedAct;
use crate::deposit::{Bag, Code, collect_acts, detached};
use crate::pki::Standing;
use crate::register;

/// The acts of the medium that can be relied on. `existed`: when everything on it is proven to have existed.
pub(super) fn read(bag: &mut Bag, existed: Option<Moment>) -> Later {
    let (given, files) = collect_acts(bag, ACTS);
    if given.is_empty() {
        return Later::default();
    }
    let lines = bag.files.read(layout::REGISTER, limits::REGISTER_SIZE_BYTES).unwrap_or_default();
    // That the register is the sealed one is judged with the medium.
    let registered = register::judge(&lines, b"", None).acts;
    let mut acts = Vec::new();
    for signed in given {
        let sha256 = Sha256::of(&signed.act);
        let file = format!("{ACTS}{}.json", &sha256.to_string()[..32]);
        if !changes_principal_or_stamp(&signed) {
            bag.findings.add(Code::ActMalformed, file);
        } else if !registered.contains_key(&sha256) {
            bag.findings.add(Code::ActNotRegistered, file);
        } else {
            let proven = signed.signatures.iter().filter(|signature| {
                let name = files.get(&Sha256::of(signature)).cloned().unwrap_or_default();
                let role = if name.contains(".ConDau.") { "con-dau" } else { "hieu-truong" };
                let signer = detached(bag, &name, role, &signed.act, signature, "sha256", existed);
                signer.is_some_and(|signer| bag.standings.get(&signer).is_some_and(Standing::is_proven))
            });
            if proven.count() == signed.signatures.len() {
                acts.push(signed);
            }
        }
    }
    Later { acts, registered }
}

fn changes_principal_or_stamp(signed: &SignedAct) -> bool {
    let act = Some(&signed.act)
        .filter(|bytes| canonical::is_canonical(bytes))
        .and_then(|bytes| serde_json::from_slice::<Act>(bytes).ok())
        .filter(|act| act.check().is_ok());
    act.is_some_and(|act| matches!(act.deed, Deed::PrincipalChanged { .. } | Deed::StampChanged { .. }))
}
