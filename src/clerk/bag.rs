//! What goes into the bag of a deposit. The same register gives the same bag: it is packed once to
//! know its digests, which people sign, and once more to be sealed. Each file is read once for it, both
//! digests are taken as it goes by, and what is not the registered file stops the packing.

use std::collections::BTreeSet;

use crafts::bagit::{self, BagInfo, Completeness, Fixity, Payload, TagFiles};
use school::deposit::{DepositId, RETENTION};
use school::digest::Sha256;
use school::dossier::DossierId;
use school::records::canonical;
use school::records::description::{self, Description, SignatureRecorded};

use crate::clerk::act::acts_of;
use crate::clerk::{ClerkFault, Office, names};
use crate::lifecycle::export::Stage;
use crate::store::uncached::Piece;
use crate::store::{Measured, Scratch, StoreRefusal};

/// A packed bag: everything but `niem-phong/`.
pub(super) struct Bag {
    /// The payload with its digests.
    pub payload: Payload,
    /// Manifests, bag-info, tag manifests.
    pub tag_files: TagFiles,
}

/// Packs the bag of `id`: into `scratch`, or only to know its digests.
pub(super) fn pack(
    office: &mut Office,
    id: &DepositId,
    scratch: Option<&Scratch>,
) -> Result<Bag, ClerkFault> {
    let Some(deposit) = office.ledger().deposits.get(id).cloned() else {
        return Err(ClerkFault::NotNow { code: "deposit.unknown", what: id.to_string() });
    };
    let mut packing = Packing { payload: Payload::default(), scratch, piece: Piece::default() };
    let mut exports: BTreeSet<Sha256> = deposit.exports.iter().copied().collect();
    for dossier in &deposit.dossiers {
        exports.extend(office.ledger().dossiers[dossier].exports.iter().copied());
        packing.dossier(office, dossier)?;
    }
    for export in &exports {
        packing.export(office, *export, &exports)?;
    }
    for file in parts_of(office, &exports)? {
        packing.copy(office, &names::original(&file), file, &format!("data/ban-goc/{file}"))?;
    }
    let in_force = office.year(id.year())?;
    for (file, digest) in [("roster.json", in_force.roster.0), ("plans.json", in_force.plans.0)] {
        let name = names::of_year(id.year(), digest, file);
        packing.copy(office, &name, digest, &format!("data/nhan-su/{file}"))?;
        for signer in ["HieuTruong", "ConDau"] {
            let signature = office.store.read(&format!("{name}.{signer}.p7s"))?;
            packing.put(&format!("data/nhan-su/{file}.{signer}.p7s"), &signature)?;
        }
    }
    // The bag is packed twice: what was decided since it was planned goes into the next one. The register says
    // what came first, because an act may be signed in the second of the planning.
    for act in acts_of(office, id.year(), ..deposit.entry)? {
        // Half a digest: with the extensions a whole one is longer than a Joliet name.
        let name = format!("data/van-kien/{:.32}.json", act.signed.sha256.to_string());
        packing.put(&name, &act.bytes)?;
        for (signer, signature) in &act.signatures {
            packing.put(&format!("{name}.{signer}.p7s"), signature)?;
        }
    }
    // Words that the register named before it fixed this deposit; later ones travel with the next.
    let records = office.ledger().records.iter().filter(|(_, entry)| **entry < deposit.entry);
    for record in records.map(|(record, _)| *record).collect::<Vec<_>>() {
        let name = format!("data/ly-do/{:.32}.json", record.to_string());
        packing.copy(office, &names::record(&record), record, &name)?;
    }
    let completeness = if deposit.complete { Completeness::Complete } else { Completeness::Partial };
    let info = BagInfo {
        deposit: id.clone(),
        kind: deposit.kind,
        register_number: deposit.entry,
        corrects: deposit.corrects,
        completeness,
        bagging_date: deposit.planned.date(),
        software_agent: deposit.software_agent,
    };
    let tag_files = bagit::tag_files(&packing.payload, &info)?;
    for (name, bytes) in tag_files.files() {
        scratch.map_or(Ok(()), |scratch| scratch.write(name, bytes))?;
    }
    Ok(Bag { payload: packing.payload, tag_files })
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

/// A bag that is being packed.
struct Packing<'s> {
    payload: Payload,
    scratch: Option<&'s Scratch>,
    /// What of a file is on its way.
    piece: Piece,
}

impl Packing<'_> {
    /// A closed document: its last revision, what the judge said of it, and what the register says.
    fn dossier(&mut self, office: &Office, id: &DossierId) -> Result<(), ClerkFault> {
        let dossier = &office.ledger().dossiers[id];
        let (number, latest) = dossier.latest();
        let (sha256, closed) = (latest.sha256, latest.recorded);
        let file =
            self.copy(office, &names::revision(id, number), sha256, &format!("data/ho-so/{id}.pdf"))?;
        let report = office.store.read(&names::report(id, &sha256))?;
        self.put(&format!("data/kiem-tra/{id}.json"), &report)?;
        let signed = dossier.revisions.iter().filter_map(|revision| {
            let (signing_box, certificate) = revision.signed.clone()?;
            Some(SignatureRecorded { signing_box, certificate, recorded: revision.recorded })
        });
        let description = Description {
            format: description::FORMAT.into(),
            dossier: id.clone(),
            kind: dossier.key.kind(),
            year: dossier.key.year,
            period: dossier.key.period,
            version: dossier.key.version,
            media_type: description::MEDIA_TYPE.into(),
            language: description::LANGUAGE.into(),
            retention: RETENTION.into(),
            sha256,
            bytes: file.size_bytes,
            base: dossier.revisions[0].sha256,
            exports: dossier.exports.clone(),
            signatures: signed.collect(),
            closed,
            supplements: dossier.supplements.clone(),
        };
        let description =
            canonical::to_bytes(&description).map_err(|_| ClerkFault::Form { what: "description" })?;
        self.put(&format!("data/mo-ta/{id}.json"), &description)
    }

    /// An export: original bytes, canonical gradebook, what the rules said of it.
    fn export(&mut self, office: &Office, export: Sha256, all: &BTreeSet<Sha256>) -> Result<(), ClerkFault> {
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
        self.copy(office, &names::original(&export), export, &format!("data/ban-goc/{export}"))?;
        // Data that were opened again stay beside those that took their place.
        let behind = if alike > 1 { format!("_{}", &export.to_string()[..16]) } else { String::new() };
        let name = format!("{}_{}{behind}", of.class, of.period);
        let gradebook = format!("data/du-lieu/{name}.json");
        self.copy(office, &names::gradebook(&export), of.gradebook, &gradebook)?;
        if let Some(check) = &of.check {
            for (extension, digest) in [("json", check.record), ("pdf", check.report)] {
                let place = format!("data/kiem-tra-diem/{name}.{extension}");
                self.copy(office, &names::check(&export, extension), digest, &place)?;
            }
        }
        Ok(())
    }

    /// Copies a published file, hashed once as it goes by.
    fn copy(
        &mut self,
        office: &Office,
        published: &str,
        expected: Sha256,
        name: &str,
    ) -> Result<Fixity, ClerkFault> {
        let (store, piece) = (&office.store, &mut self.piece);
        let Measured { sha256, sha512, size_bytes } = match self.scratch {
            Some(scratch) => store.copy(published, (scratch, name), piece)?,
            None => store.measure_file(published, piece)?,
        };
        if sha256 != expected {
            let name = published.to_owned();
            return Err(StoreRefusal::Damaged { name, expected, found: sha256 }.into());
        }
        let fixity = Fixity { sha256, sha512, size_bytes };
        self.payload.add(name, fixity)?;
        Ok(fixity)
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), ClerkFault> {
        self.payload.add(name, Fixity::of(bytes))?;
        Ok(self.scratch.map_or(Ok(()), |scratch| scratch.write(name, bytes))?)
    }
}
