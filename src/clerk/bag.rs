//! What goes into the bag of a deposit. The same register gives the same bag: it is packed once to
//! know its digests, which people sign, and once more to be sealed.

use std::collections::BTreeSet;

use crafts::bagit::{self, BagInfo, Fixity, Payload, TagFiles};
use school::deposit::DepositId;
use school::digest::Sha256;

use crate::clerk::act::acts_of;
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::export::Stage;
use crate::store::Scratch;

/// A packed bag: everything but `niem-phong/`.
pub(super) struct Bag {
    /// The payload with its digests.
    pub payload: Payload,
    /// Manifests, bag-info, tag manifests.
    pub tag_files: TagFiles,
}

/// Packs the bag of `id` into `scratch`.
pub(super) fn pack(office: &mut Office, id: &DepositId, scratch: &Scratch) -> Result<Bag, ClerkFault> {
    let Some(deposit) = office.ledger().deposits.get(id).cloned() else {
        return Err(ClerkFault::NotNow { code: "deposit.unknown", what: id.to_string() });
    };
    let mut payload = Payload::default();
    let mut exports = BTreeSet::new();
    for dossier in &deposit.dossiers {
        let known = &office.ledger().dossiers[dossier];
        exports.extend(known.exports.iter().copied());
        let (number, latest) = known.latest();
        let latest = latest.sha256;
        let pdf = office.store.read_verified(&names::revision(dossier, number), latest)?;
        put(scratch, &mut payload, &format!("data/ho-so/{dossier}.pdf"), &pdf)?;
        let report = office.store.read(&names::report(dossier, &latest))?;
        put(scratch, &mut payload, &format!("data/kiem-tra/{dossier}.json"), &report)?;
    }
    for export in &exports {
        put_export(office, scratch, &mut payload, *export, &exports)?;
    }
    for file in parts_of(office, &exports)? {
        let original = office.store.read_verified(&names::original(&file), file)?;
        put(scratch, &mut payload, &format!("data/ban-goc/{file}"), &original)?;
    }
    let in_force = office.year(id.year())?;
    for (file, digest) in [("roster.json", in_force.roster.0), ("plans.json", in_force.plans.0)] {
        let name = names::of_year(id.year(), digest, file);
        let bytes = office.store.read_verified(&name, digest)?;
        put(scratch, &mut payload, &format!("data/nhan-su/{file}"), &bytes)?;
        for signer in ["HieuTruong", "ConDau"] {
            let signature = office.store.read(&format!("{name}.{signer}.p7s"))?;
            put(scratch, &mut payload, &format!("data/nhan-su/{file}.{signer}.p7s"), &signature)?;
        }
    }
    // The bag is packed twice: what was decided since it was planned goes into the next one.
    for act in acts_of(office, id.year())?.into_iter().filter(|act| act.signed.since <= deposit.planned) {
        // Half a digest: with the extensions a whole one is longer than a Joliet name.
        let name = format!("data/van-kien/{:.32}.json", act.signed.sha256.to_string());
        put(scratch, &mut payload, &name, &act.bytes)?;
        for (signer, signature) in &act.signatures {
            put(scratch, &mut payload, &format!("{name}.{signer}.p7s"), signature)?;
        }
    }
    let info = BagInfo {
        deposit: id.clone(),
        bagging_date: deposit.planned.date(),
        software_agent: deposit.software_agent.clone(),
    };
    let tag_files = bagit::tag_files(&payload, &info)?;
    for (name, bytes) in tag_files.files() {
        scratch.write(name, bytes)?;
    }
    Ok(Bag { payload, tag_files })
}

/// Files that the exports were put together from. What an export of another program says of its origin is
/// no file that was taken here.
pub(super) fn parts_of(office: &Office, exports: &BTreeSet<Sha256>) -> Result<BTreeSet<Sha256>, ClerkFault> {
    let mut files = BTreeSet::new();
    for export in exports {
        if let Some(Stage::Accepted(accepted)) = office.ledger().exports.stage(export) {
            files.extend(office.gradebook(export, accepted)?.parts);
        }
    }
    let taken = |file: &Sha256| matches!(office.ledger().exports.stage(file), Some(Stage::Parts(_)));
    Ok(files.into_iter().filter(taken).collect())
}

fn put_export(
    office: &Office,
    scratch: &Scratch,
    payload: &mut Payload,
    export: Sha256,
    all: &BTreeSet<Sha256>,
) -> Result<(), ClerkFault> {
    let accepted = |export: &Sha256| match office.ledger().exports.stage(export) {
        Some(Stage::Accepted(accepted)) => Ok(accepted),
        _ => Err(ClerkFault::NotNow { code: "export.not_accepted", what: export.to_string() }),
    };
    let of = accepted(&export)?;
    let mut alike = 0;
    for other in all {
        let other = accepted(other)?;
        alike += usize::from((&other.class, other.period) == (&of.class, of.period));
    }
    let original = office.store.read_verified(&names::original(&export), export)?;
    put(scratch, payload, &format!("data/ban-goc/{export}"), &original)?;
    let gradebook = office.store.read_verified(&names::gradebook(&export), of.gradebook)?;
    // Data that were opened again stay beside those that took their place.
    let behind = if alike > 1 { format!("_{}", &export.to_string()[..16]) } else { String::new() };
    let name = format!("{}_{}{behind}", of.class, of.period);
    put(scratch, payload, &format!("data/du-lieu/{name}.json"), &gradebook)?;
    if let Some(check) = &of.check {
        for (extension, digest) in [("json", check.record), ("pdf", check.report)] {
            let bytes = office.store.read_verified(&names::check(&export, extension), digest)?;
            put(scratch, payload, &format!("data/kiem-tra-diem/{name}.{extension}"), &bytes)?;
        }
    }
    Ok(())
}

fn put(scratch: &Scratch, payload: &mut Payload, name: &str, bytes: &[u8]) -> Result<(), ClerkFault> {
    payload.add(name, Fixity::of(bytes))?;
    Ok(scratch.write(name, bytes)?)
}
