//! Acts that lie on a medium beside its deposits: who became principal or stamp after one of them was planned. Without
//! them a deposit could not know the stamp of today, and the stamp that seals the medium would be a stranger's to it.

use std::collections::{BTreeMap, BTreeSet};

use crafts::signature::RevocationEvidence;
use school::act::Deed;

use crate::clerk::act::{StoredAct, acts_of};
use crate::clerk::standing::look_up;
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::act::Stage;
use crate::lifecycle::medium::Medium;

/// The acts, as the register of the medium knows them.
pub(super) fn acts_after_deposits(office: &Office, medium: &Medium) -> Result<Vec<StoredAct>, ClerkFault> {
    let of_medium =
        medium.deposits.iter().filter_map(|id| Some((id.year(), office.ledger().deposits.get(id)?)));
    let Some((year, first)) = of_medium.min_by_key(|(_, deposit)| deposit.entry) else {
        return Ok(Vec::new());
    };
    // A change of principal or stamp concerns every year.
    let mut acts = acts_of(office, year, first.entry..medium.register_size)?;
    acts.retain(|act| {
        matches!(act.signed.act.deed, Deed::PrincipalChanged { .. } | Deed::StampChanged { .. })
    });
    Ok(acts)
}

/// Their files by name on the medium.
pub(super) fn files_of(acts: &[StoredAct]) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for act in acts {
        // Half a digest: with the extensions a whole one is longer than a Joliet name.
        let name = format!("van-kien/{:.32}.json", act.signed.sha256.to_string());
        for (signer, signature) in &act.signatures {
            files.insert(format!("{name}.{signer}.p7s"), signature.clone());
        }
        files.insert(name, act.bytes.clone());
    }
    files
}

/// Revocation data of everyone who signed them.
pub(super) fn evidence_of(
    office: &mut Office,
    acts: &[StoredAct],
) -> Result<Vec<RevocationEvidence>, ClerkFault> {
    let signers = acts.iter().filter_map(|act| match office.ledger().acts.stage(&act.signed.sha256) {
        Some(Stage::InForce { signers, .. }) => Some(signers.clone()),
        _ => None,
    });
    let signers: BTreeSet<_> = signers.flatten().collect();
    let each = signers.into_iter().map(|signer| {
        let certificate = office.store.read_verified(&names::certificate(&signer), signer)?;
        Ok(look_up(office, &certificate)?.evidence)
    });
    each.collect()
}
