//! The whole judgement of a medium, in the order in which one thing rests on another.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use school::digest::Sha256;
use school::limits;
use school::moment::Moment;
use serde_json::{Value, json};

use super::acts;
use super::checkpoints;
use super::layout::{self, Layout};
use super::manifests::{self, Tags};
use super::proofs::{self, Proof};
use super::statement::Statement;
use crate::acts::Later;
use crate::circumstances::Circumstances;
use crate::deposit::{
    self, Bag, Code, Findings, Judges, Real, detached, indication, judge_timestamp, rank,
    with_revocation_data,
};
use crate::files::Files;
use crate::pki::Standing;
use crate::register::{self, RegisterReport};
use crate::report::{Revocation, RevocationSource, Trust, Verdict};
use crate::timestamp::Timestamp;

/// How far the clocks of school and timestamp authority may differ.
const CLOCK_SKEW_SECONDS: i64 = 300;

/// Judges the medium in `files`: an object for the medium, one for its register, then the objects of each
/// deposit with their paths.
///
/// Shape: DESIGN, section 9. Words (`sentence`, `vi`, `en`) are empty, the program fills them.
/// Source: RFC 8493; DESIGN, section 8.
pub fn judge(files: &dyn Files, circumstances: &Circumstances) -> Vec<Value> {
    judge_with(files, circumstances, &Real, Image::default())
}

/// What was found of the image that the files lie in, where they lie in one.
#[derive(Default)]
pub(crate) struct Image {
    pub volume: Option<String>,
    pub bytes: Option<u64>,
    pub findings: Findings,
}

/// As [`judge`], with chosen judges of PDFs, signatures, timestamps and certificates.
pub(crate) fn judge_with(
    files: &dyn Files,
    circumstances: &Circumstances,
    judges: &dyn Judges,
    image: Image,
) -> Vec<Value> {
    let circumstances = &with_revocation_data(files, circumstances);
    let mut bag = Bag::new(files, judges, circumstances, image.findings.clone());
    if !take_inventory(&mut bag) {
        return vec![object(bag, &image, None)];
    }
    bag.judge_revocation_data();
    let layout = layout::sort(&mut bag);
    if layout.deposits.is_empty() {
        bag.findings.add(Code::MediumWithoutDeposit, "");
    }
    let tags = manifests::judge(&mut bag, &layout);
    let seal = read_seal(&mut bag);
    let existed = seal.existed(&bag, &tags);
    let proofs = proofs::judge(&mut bag, &layout, existed);
    let later = acts::read(&mut bag, existed);
    let (deposits, stamps) = judge_deposits(&mut bag, &layout, existed, (&proofs, later));
    let register = judge_register(&mut bag, &layout, &seal, &deposits);
    judge_signers(&mut bag, &seal, &register, &stamps);
    judge_statement(&mut bag, &tags, &seal, &deposits);
    judge_planned(&mut bag, &tags, &register, &layout);
    proofs::judge_registered(&mut bag, &proofs, &register);
    checkpoints::judge(&mut bag, &layout);
    for problem in &register.problems {
        if let Some(code) = Code::from_text(&problem.code) {
            bag.findings.add(code, format!("{}: {}", layout::REGISTER, problem.place));
        }
    }
    let register_object = register.to_json(layout::REGISTER);
    let whole = Whole { tags, seal, register, stamps, proofs };
    let mut all = vec![object(bag, &image, Some((&layout, &whole))), register_object];
    all.extend(deposits.into_iter().flat_map(|deposit| deposit.objects));
    all
}

/// Everything there, in every folder; false where nothing can be said of the rest.
fn take_inventory(bag: &mut Bag) -> bool {
    let Ok(listed) = bag.files.list() else {
        bag.findings.add(Code::Unreadable, "");
        return false;
    };
    if listed.len() > limits::DEPOSIT_FILES {
        bag.findings.add(Code::TooManyFiles, listed.len().to_string());
        return false;
    }
    let mut folded = BTreeSet::new();
    for (name, bytes) in listed {
        if let Some(folder) = name.strip_suffix('/') {
            bag.findings.add(Code::EmptyFolder, folder);
            continue;
        }
        if !folded.insert(name.to_ascii_lowercase()) {
            bag.findings.add(Code::NameTwice, name.as_str());
        }
        bag.present.insert(name, bytes);
    }
    true
}

/// What was found of the seal.
#[derive(Default)]
struct Seal {
    statement: Option<Statement>,
    digest: Option<Sha256>,
    checkpoint: Option<Vec<u8>>,
    signers: [Option<Sha256>; 2],
    timestamp: Option<Timestamp>,
    sources: Vec<RevocationSource>,
    standing: Option<Standing>,
}

impl Seal {
    fn proven(&self) -> Option<Moment> {
        self.timestamp.as_ref().filter(|one| one.trust == Trust::Trusted).map(|one| one.time)
    }

    /// When everything on the medium existed: its timestamp is over the signature of the statement, the statement
    /// names the tag manifests, and these every other file. Nothing where a link of that is not proven.
    fn existed(&self, bag: &Bag, tags: &Tags) -> Option<Moment> {
        let timestamp = self.timestamp.as_ref()?;
        let proves = timestamp.trust == Trust::Trusted && timestamp.revocation != Revocation::Unchecked;
        let named = self.statement.as_ref().map(|statement| statement.tagmanifest_sha256);
        let linked = self.signers[0].is_some() && named.is_some() && named == tags.tagmanifest_sha256;
        (proves && linked && rank(bag.findings.verdict()) <= 1).then_some(timestamp.time)
    }
}

fn read_seal(bag: &mut Bag) -> Seal {
    let mut seal = Seal::default();
    let paper = |bag: &mut Bag, name| bag.paper(name, limits::DEPOSIT_PAPER_SIZE_BYTES, Code::SealMissing);
    let statement = paper(bag, layout::STATEMENT[0]);
    let signature = paper(bag, layout::STATEMENT[1]);
    seal.checkpoint = paper(bag, layout::CHECKPOINT[0]);
    let checkpoint_signature = paper(bag, layout::CHECKPOINT[1]);
    let token = bag.paper(layout::TIMESTAMP, limits::DEPOSIT_PAPER_SIZE_BYTES, Code::TimestampMissing);
    if let Some(bytes) = &statement {
        seal.digest = Some(Sha256::of(bytes));
        seal.statement = Statement::parse(bytes);
        if seal.statement.is_none() {
            bag.findings.add(Code::StatementMalformed, layout::STATEMENT[0]);
        }
    }
    if let (Some(signature), Some(token)) = (&signature, &token) {
        seal.timestamp = judge_timestamp(bag, token, signature, &mut seal.sources);
    }
    let proven = seal.proven();
    if let (Some(content), Some(signature)) = (&statement, &signature) {
        let signer = detached(bag, layout::STATEMENT[1], "con-dau", content, signature, "sha512", proven);
        seal.standing = signer.and_then(|signer| bag.standings.get(&signer).cloned());
        seal.signers[0] = signer;
    }
    if let (Some(content), Some(signature)) = (&seal.checkpoint, &checkpoint_signature) {
        seal.signers[1] =
            detached(bag, layout::CHECKPOINT[1], "con-dau", content, signature, "sha512", proven);
    }
    seal
}

/// A deposit as judged.
struct Deposit {
    folder: String,
    objects: Vec<Value>,
}

impl Deposit {
    fn seal(&self) -> Option<Sha256> {
        serde_json::from_value(self.objects.first()?.pointer("/seal/digest")?.clone()).ok()
    }
}

/// Judges each deposit as if it came alone, but for the checkpoint that the inspector kept, which is for the
/// register of the medium. With it the certificates that sealed what is not refuted, and those that acts lead to from
/// them.
fn judge_deposits(
    bag: &mut Bag,
    layout: &Layout,
    existed: Option<Moment>,
    (proofs, later): (&[Proof], Later),
) -> (Vec<Deposit>, BTreeSet<Sha256>) {
    let around = Circumstances { checkpoint: None, later, ..bag.around.clone() };
    let mut stamps = BTreeSet::new();
    let mut all = Vec::new();
    for (folder, id) in &layout.deposits {
        let place = format!("data/{folder}");
        let below = Below { files: bag.files, present: &bag.present, prefix: format!("{place}/") };
        let answer = below.read("niem-phong/niem-phong.txt.p7s.tsr", limits::DEPOSIT_PAPER_SIZE_BYTES).ok();
        // The earliest: its authorities' lists reach that far.
        let later = proofs.iter().filter(|proof| answer.as_ref().is_some_and(|answer| proof.is_over(answer)));
        let poe = later.map(|proof| proof.time).chain(existed).min();
        let mut objects = deposit::judge_with(&below, &around, bag.judges, poe);
        if let Some(object) = objects.first() {
            let verdict = serde_json::from_value(object["verdict"].clone()).unwrap_or(Verdict::Malformed);
            match rank(verdict) {
                0 => {}
                1 => bag.findings.add(Code::DepositIndeterminate, place.as_str()),
                _ => bag.findings.add(Code::DepositInvalid, place.as_str()),
            }
            if rank(verdict) <= 1 {
                stamps.extend(serde_json::from_value::<Sha256>(object["seal"]["certificate"].clone()).ok());
                let after = serde_json::from_value::<Vec<Sha256>>(object["stamp_followed_by"].clone());
                stamps.extend(after.into_iter().flatten());
            }
            if object["deposit"].as_str().is_some_and(|named| named != folder || named != id.to_string()) {
                bag.findings.add(Code::DepositFolder, place.as_str());
            }
        }
        for object in &mut objects {
            let path = object["path"].as_str().unwrap_or_default();
            object["path"] = if path.is_empty() { place.clone() } else { format!("{place}/{path}") }.into();
        }
        all.push(Deposit { folder: folder.clone(), objects });
    }
    (all, stamps)
}

/// The register against its checkpoint and the inspector's; it must continue the register in each deposit and
/// know each as sealed with the seal that lies here.
fn judge_register(bag: &mut Bag, layout: &Layout, seal: &Seal, deposits: &[Deposit]) -> RegisterReport {
    let lines =
        bag.paper(layout::REGISTER, limits::REGISTER_SIZE_BYTES, Code::SealMissing).unwrap_or_default();
    let checkpoint = seal.checkpoint.clone().unwrap_or_default();
    let held = bag.around.checkpoint.as_ref();
    let report = register::judge(&lines, &checkpoint, held.map(|held| &held.checkpoint));
    let inside: BTreeMap<&String, register::Checkpoint> = layout
        .deposits
        .keys()
        .filter_map(|folder| {
            let name = format!("data/{folder}/niem-phong/checkpoint.txt");
            let bytes = bag.files.read(&name, limits::DEPOSIT_PAPER_SIZE_BYTES).ok()?;
            Some((folder, register::Checkpoint::parse(&bytes)?))
        })
        .collect();
    let sizes: BTreeSet<u64> = inside.values().map(|checkpoint| checkpoint.size).collect();
    let roots = register::roots(&lines, &sizes);
    for deposit in deposits {
        let folder = deposit.folder.as_str();
        let continues =
            inside.get(&deposit.folder).is_some_and(|older| roots.get(&older.size) == Some(&older.root));
        if !continues {
            bag.findings.add(Code::DepositRegister, format!("data/{folder}"));
        }
        let mut sealed =
            report.sealed.iter().filter(|(id, _)| id == folder).map(|(_, seal)| *seal).peekable();
        if sealed.peek().is_none() {
            bag.findings.add(Code::DepositNotRegistered, format!("data/{folder}"));
        } else if sealed.any(|seal| deposit.seal() != Some(seal)) {
            bag.findings.add(Code::DepositRegisteredOtherwise, format!("data/{folder}"));
        }
    }
    let stamped = seal.proven().map(|proven| proven.plus_seconds(CLOCK_SKEW_SECONDS));
    if report.last.zip(stamped).is_some_and(|(last, stamped)| last > stamped) {
        bag.findings.add(Code::RegisterSequence, layout::REGISTER);
    }
    report
}

/// The seal must be the stamp's: the one that was commissioned, that sealed a deposit which stands, or that acts lead to
/// from there. And the one that the inspector names, or one that a deposit proves to have taken its place.
fn judge_signers(bag: &mut Bag, seal: &Seal, register: &RegisterReport, stamps: &BTreeSet<Sha256>) {
    let commissioned = |signer: &Sha256| register.commissioned.iter().any(|(_, stamp)| stamp == signer);
    for (signer, file) in seal.signers.iter().zip([layout::STATEMENT[1], layout::CHECKPOINT[1]]) {
        let Some(signer) = signer else { continue };
        if !commissioned(signer) && !stamps.contains(signer) {
            bag.findings.add(Code::SealSigner, file);
        }
        let named = bag.around.school_certificate;
        if named.is_some_and(|named| named != *signer && !stamps.contains(signer)) {
            bag.findings.add(Code::SealNotTheSchool, file);
        }
    }
    let Some(held) = &bag.around.checkpoint else { return };
    let Some(signature) = &held.signature else { return };
    match bag.judges.detached(held.checkpoint.text().as_bytes(), signature) {
        Err(reason) => bag.findings.add(Code::HeldCheckpointSignature, reason),
        Ok(signed) => {
            let head = register.commissioned.iter().any(|(principal, _)| *principal == signed.certificate);
            if !head && !commissioned(&signed.certificate) && !stamps.contains(&signed.certificate) {
                bag.findings.add(Code::HeldCheckpointSigner, signed.certificate.to_string());
            }
        }
    }
}

/// What the statement names must be what is there.
fn judge_statement(bag: &mut Bag, tags: &Tags, seal: &Seal, deposits: &[Deposit]) {
    let Some(statement) = &seal.statement else { return };
    let [name_256, name_512] = layout::TAGMANIFESTS;
    if tags.tagmanifest_sha256.is_some_and(|found| found != statement.tagmanifest_sha256) {
        bag.findings.add(Code::StatementTagmanifest, name_256);
    }
    if tags.tagmanifest_sha512.is_some_and(|found| found != statement.tagmanifest_sha512) {
        bag.findings.add(Code::StatementTagmanifest, name_512);
    }
    if tags.medium.as_ref().is_some_and(|named| *named != statement.medium) {
        bag.findings.add(Code::StatementMedium, layout::STATEMENT[0]);
    }
    if seal.checkpoint.as_ref().is_some_and(|found| found != statement.checkpoint.text().as_bytes()) {
        bag.findings.add(Code::StatementCheckpoint, layout::CHECKPOINT[0]);
    }
    if statement.checkpoint.school != *statement.medium.school() {
        bag.findings.add(Code::CheckpointSchool, layout::CHECKPOINT[0]);
    }
    let named: BTreeMap<String, Sha256> =
        statement.deposits.iter().map(|(id, seal)| (id.to_string(), *seal)).collect();
    for deposit in deposits {
        let folder = deposit.folder.as_str();
        if !folder.starts_with(&format!("{}_", statement.medium.school())) {
            bag.findings.add(Code::MediumOtherSchool, format!("data/{folder}"));
        }
        if deposit.seal().is_none() || named.get(folder).copied() != deposit.seal() {
            bag.findings.add(Code::MediumDeposits, format!("data/{folder}"));
        }
    }
    for missing in named.keys().filter(|id| !deposits.iter().any(|deposit| deposit.folder == **id)) {
        bag.findings.add(Code::MediumDeposits, format!("data/{missing}"));
    }
}

/// The register ends with the planning of this medium, with exactly its deposits.
fn judge_planned(bag: &mut Bag, tags: &Tags, register: &RegisterReport, layout: &Layout) {
    let Some(medium) = &tags.medium else { return };
    let own = register.planned_media.last().filter(|planned| planned.size == register.size);
    let place = own.and_then(|planned| planned.set.iter().position(|one| one.medium == *medium));
    let fits = own.zip(place).is_some_and(|(planned, place)| {
        let of_set = (planned.set[0].medium.clone(), place as u64 + 1, planned.set.len() as u64);
        planned.set[place].deposits.iter().eq(layout.deposits.keys()) && tags.set.as_ref() == Some(&of_set)
    });
    if !fits {
        bag.findings.add(Code::MediumNotPlanned, format!("{}: {medium}", layout::REGISTER));
    }
}

struct Whole {
    tags: Tags,
    seal: Seal,
    register: RegisterReport,
    stamps: BTreeSet<Sha256>,
    proofs: Vec<Proof>,
}

impl Whole {
    fn identity(&self, named: Option<Sha256>) -> &'static str {
        match (self.seal.signers[0], named) {
            (None, _) => "unknown",
            (Some(signer), Some(named)) if signer == named || self.stamps.contains(&signer) => "confirmed",
            (Some(_), _) => "as-declared",
        }
    }
}

fn object(bag: Bag, image: &Image, whole: Option<(&Layout, &Whole)>) -> Value {
    let (indication, sub_indication) = indication(&bag.findings);
    let verdict = bag.findings.verdict();
    let of = whole.map(|(_, whole)| whole);
    let statement = of.and_then(|whole| whole.seal.statement.as_ref());
    let medium = of.and_then(|whole| whole.tags.medium.as_ref());
    let mut object = json!({
        "type": "medium", "path": "", "medium": medium, "school": medium.map(|medium| medium.school()),
        "set": of.and_then(|whole| whole.tags.set.as_ref()).map(|(set, part, of)| json!({"first": set, "part": part, "of": of})),
        "volume": image.volume, "bytes": image.bytes, "verdict": verdict, "sentence": "",
        "indication": indication, "sub_indication": sub_indication,
        "deposits": whole.map(|(layout, _)| layout.deposits.keys().collect::<Vec<_>>()).unwrap_or_default(),
        "payload_files": of.map(|whole| whole.tags.files), "payload_bytes": of.map(|whole| whole.tags.bytes),
        "seal": of.map(|whole| json!({
            "digest": whole.seal.digest,
            "time": whole.seal.timestamp.as_ref().map(|one| one.time),
            "timestamp_trust": whole.seal.timestamp.as_ref().map(|one| one.trust),
            "certificate": whole.seal.signers[0],
            "trust": whole.seal.standing.as_ref().map(|standing| standing.trust),
            "revocation": whole.seal.standing.as_ref().map(|standing| standing.revocation),
        })),
        "previous_medium": statement.and_then(|statement| statement.previous_medium),
        "register": of.map(|whole| json!({
            "size": whole.register.size, "root": whole.register.root, "events": whole.register.events,
            "last": whole.register.last, "held_checkpoint": whole.register.comparison,
            "planned": whole.register.planned_media,
        })),
        "school_identity": of.map_or("unknown", |whole| whole.identity(bag.around.school_certificate)),
        "proofs": of.map(|whole| whole.proofs.iter().map(Proof::to_json).collect::<Vec<_>>()).unwrap_or_default(),
        "signatures": bag.signatures.iter().map(|one| one.to_json(&bag.standings)).collect::<Vec<_>>(),
    });
    if bag.around.names_sources {
        let of_signers = bag.signatures.iter().flat_map(|one| one.sources(&bag.standings));
        let of_seal = of.iter().flat_map(|whole| &whole.seal.sources);
        object["revocation_sources"] = json!(of_signers.chain(of_seal).collect::<Vec<_>>());
    }
    object["problems"] = json!(bag.findings.into_problems());
    object
}

/// The files below a folder of the medium.
struct Below<'a> {
    files: &'a dyn Files,
    present: &'a BTreeMap<String, u64>,
    prefix: String,
}

impl Files for Below<'_> {
    fn list(&self) -> io::Result<Vec<(String, u64)>> {
        let below = self.present.range(self.prefix.clone()..);
        Ok(below
            .take_while(|(name, _)| name.starts_with(&self.prefix))
            .map(|(name, bytes)| (name[self.prefix.len()..].to_owned(), *bytes))
            .collect())
    }

    fn read(&self, name: &str, limit_bytes: u64) -> io::Result<Vec<u8>> {
        self.files.read(&format!("{}{name}", self.prefix), limit_bytes)
    }

    fn stream(&self, name: &str, each: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        self.files.stream(&format!("{}{name}", self.prefix), each)
    }
}
