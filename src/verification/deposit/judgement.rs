//! The whole judgement of a deposit, in the order in which one thing rests on another.

use std::collections::{BTreeMap, BTreeSet};

use school::digest::Sha256;
use school::limits;
use school::moment::Moment;
use serde_json::{Value, json};

use super::code::Code;
use super::findings::{Findings, rank};
use super::judges::{Judges, Real};
use super::payload::Payload;
use super::seal::{Seal, Signature};
use super::staff::Staff;
use super::statement::Statement;
use super::tags::Tags;
use super::{content, corrections, documents, layout, payload, seal, staff, tags};
use crate::acts::Acts;
use crate::circumstances::Circumstances;
use crate::files::Files;
use crate::pki::Standing;
use crate::pki::ocsp_answer::is_answer;
use crate::pki::revocation_list::RevocationList;
use crate::register::{self, RegisterReport};
use crate::report::{PdfReport, Verdict};

/// Judges the deposit in `files`. One object for the bag, one for the register, one per PDF.
///
/// Shape: DESIGN, section 9. The first object has `"type":"bag"`; where the folder is no bag at all
/// it is the only one. Words (`sentence`, `vi`, `en`) are empty, the program fills them.
/// Source: RFC 8493; DESIGN, section 8.
pub fn judge(files: &dyn Files, circumstances: &Circumstances) -> Vec<Value> {
    judge_with(files, circumstances, &Real, None)
}

/// As [`judge`], with chosen judges of PDFs, signatures, timestamps and certificates. `poe`: a later proof that
/// the seal and its timestamp existed.
pub(crate) fn judge_with(
    files: &dyn Files,
    circumstances: &Circumstances,
    judges: &dyn Judges,
    poe: Option<Moment>,
) -> Vec<Value> {
    let circumstances = &with_revocation_data(files, circumstances);
    let mut bag = Bag { poe, ..Bag::new(files, judges, circumstances, Findings::default()) };
    if !bag.take_inventory() {
        return vec![bag_object(bag, None)];
    }
    bag.judge_revocation_data();
    let tags = tags::read(&mut bag);
    if bag.findings.verdict() == Verdict::Malformed {
        return vec![bag_object(bag, None)];
    }
    let seal = seal::read(&mut bag);
    let register = read_register(&mut bag, &seal);
    let staff = staff::read(&mut bag, &seal, &register);
    staff.judge_register(&mut bag, &register);
    judge_held_checkpoint(&mut bag, &staff, &register);
    seal.judge_signer(&mut bag, &staff);
    seal.judge_sealed(&mut bag, &tags);
    seal.judge_registered(&mut bag, &tags, &register);
    let around = around_documents(circumstances, &staff);
    let record = documents::judge_record(&mut bag, &seal, &around, &register);
    let payload = payload::read(&mut bag, &tags, &around, (&register, &staff), seal.proven());
    documents::judge_together(&mut bag, &tags, &seal, &payload, &register, record.as_ref(), &staff);
    corrections::judge(&mut bag, &payload, &register, &staff);
    content::judge(&mut bag, &tags, &seal, &payload, &register, &staff);

    let mut pdfs: Vec<PdfReport> = record.map(|record| record.report).into_iter().collect();
    pdfs.extend(payload.documents.iter().map(|document| document.report.clone()));
    pdfs.iter_mut().for_each(|report| staff.judge_identity(report));
    for report in &pdfs {
        match rank(report.verdict) {
            0 => {}
            1 => bag.findings.add(Code::DocumentIndeterminate, report.path.as_str()),
            _ => bag.findings.add(Code::DocumentInvalid, report.path.as_str()),
        }
    }
    for problem in &register.problems {
        if let Some(code) = Code::from_text(&problem.code) {
            bag.findings.add(code, format!("{}: {}", layout::REGISTER, problem.place));
        }
    }
    let objects: Vec<Value> = pdfs.iter().map(|report| json!(report)).collect();
    let register_object = register.to_json(layout::REGISTER);
    let whole = Whole { tags, seal, register, staff, payload };
    let mut all = vec![bag_object(bag, Some(&whole)), register_object];
    all.extend(objects);
    all
}

/// What a judgement works on.
pub(crate) struct Bag<'a> {
    pub files: &'a dyn Files,
    pub judges: &'a dyn Judges,
    pub around: &'a Circumstances,
    /// When something else proves that the timestamp of the seal existed.
    pub poe: Option<Moment>,
    /// Every file with its length.
    pub present: BTreeMap<String, u64>,
    pub findings: Findings,
    /// Detached signatures that agree with their content.
    pub signatures: Vec<Signature>,
    /// Standing of each signer's certificate, judged once.
    pub standings: BTreeMap<Sha256, Standing>,
}

impl<'a> Bag<'a> {
    /// Nothing is known of the files yet; `findings` are those of what they lie in.
    pub fn new(
        files: &'a dyn Files,
        judges: &'a dyn Judges,
        around: &'a Circumstances,
        findings: Findings,
    ) -> Self {
        Self {
            files,
            judges,
            around,
            poe: None,
            present: BTreeMap::new(),
            findings,
            signatures: Vec::new(),
            standings: BTreeMap::new(),
        }
    }

    /// Lists the files and judges their names; false where nothing can be said of the rest.
    fn take_inventory(&mut self) -> bool {
        let Ok(listed) = self.files.list() else {
            self.findings.add(Code::Unreadable, "");
            self.findings.add(Code::NotABag, layout::BAGIT);
            return false;
        };
        if listed.len() > limits::DEPOSIT_FILES {
            self.findings.add(Code::TooManyFiles, listed.len().to_string());
            return false;
        }
        layout::judge_names(listed.iter().map(|(name, _)| name.as_str()), &mut self.findings);
        self.present = listed.into_iter().filter(|(name, _)| !name.ends_with('/')).collect();
        true
    }

    /// Revocation data stand outside seal and manifests: each must be what its name says.
    pub fn judge_revocation_data(&mut self) {
        let found: Vec<_> = self
            .present
            .keys()
            .filter_map(|name| Some((name.clone(), layout::revocation_data(name)?)))
            .collect();
        for (index, (name, kind)) in found.iter().enumerate() {
            let fits = |der: Vec<u8>| {
                let digest = Sha256::of(&der).to_string();
                let named = name.split('/').next_back().is_some_and(|file| file.starts_with(&digest[..32]));
                named
                    && match kind {
                        layout::RevocationData::List => RevocationList::read(&der).is_list(),
                        layout::RevocationData::Answer => is_answer(&der),
                    }
            };
            let read = self.files.read(name, limits::DEPOSIT_PAPER_SIZE_BYTES);
            if index >= limits::DEPOSIT_REVOCATION_FILES || !read.is_ok_and(fits) {
                self.findings.add(Code::UnlistedFile, name.as_str());
            }
        }
    }

    /// A file read whole. Absent, unreadable or too large: a finding and `None`.
    pub fn paper(&mut self, name: &str, limit_bytes: u64, missing: Code) -> Option<Vec<u8>> {
        let Some(size_bytes) = self.present.get(name) else {
            self.findings.add(missing, name);
            return None;
        };
        if *size_bytes > limit_bytes {
            self.findings.add(Code::TooLarge, name);
            return None;
        }
        let read = self.files.read(name, limit_bytes).ok();
        if read.is_none() {
            self.findings.add(Code::Unreadable, name);
        }
        read
    }
}

fn read_register(bag: &mut Bag, seal: &Seal) -> RegisterReport {
    let lines = bag.paper(layout::REGISTER, limits::REGISTER_SIZE_BYTES, Code::SealMissing);
    let checkpoint = seal.checkpoint.clone().unwrap_or_default();
    let held = bag.around.checkpoint.as_ref().map(|held| &held.checkpoint);
    let report = register::judge(&lines.unwrap_or_default(), &checkpoint, held);
    if let (Some(read), Some(statement)) = (&report.checkpoint, &seal.statement)
        && read.school != statement.deposit.school
    {
        bag.findings.add(Code::CheckpointSchool, layout::CHECKPOINT[0]);
    }
    report
}

/// A checkpoint without signature is the inspector's own word; a signature that was kept with it must be
/// over it and by somebody whom roster or register know.
fn judge_held_checkpoint(bag: &mut Bag, staff: &Staff, register: &RegisterReport) {
    let Some(held) = &bag.around.checkpoint else { return };
    let Some(signature) = &held.signature else { return };
    match bag.judges.detached(held.checkpoint.text().as_bytes(), signature) {
        Err(reason) => bag.findings.add(Code::HeldCheckpointSignature, reason),
        Ok(signed) => {
            let certificate = signed.certificate;
            let of_roster = staff.roster.as_ref().is_some_and(|(_, roster)| {
                roster.people.iter().any(|person| person.certificate == certificate)
            });
            let commissioned =
                register.commissioned.iter().any(|(one, other)| [*one, *other].contains(&certificate));
            if !of_roster && !commissioned {
                bag.findings.add(Code::HeldCheckpointSigner, certificate.to_string());
            }
        }
    }
}

/// The circumstances with the lists and answers that travel in the bag. They prove themselves by their
/// issuer's signature; one that cannot be read leaves revocation unchecked, which is a finding.
pub(crate) fn with_revocation_data(files: &dyn Files, circumstances: &Circumstances) -> Circumstances {
    let mut around = circumstances.clone();
    let listed = files.list().unwrap_or_default();
    let found = listed.iter().filter_map(|(name, _)| Some((name, layout::revocation_data(name)?)));
    for (name, kind) in found.take(limits::DEPOSIT_REVOCATION_FILES) {
        if let Ok(der) = files.read(name, limits::DEPOSIT_PAPER_SIZE_BYTES) {
            match kind {
                layout::RevocationData::List => around.crls.push(der),
                layout::RevocationData::Answer => around.ocsps.push(der),
            }
        }
    }
    around
}

/// The circumstances in which the bag's own PDFs are judged: the school's policy whatever they embed,
/// the bag's roster and plans where they are signed as they must be, and no others.
fn around_documents(circumstances: &Circumstances, staff: &Staff) -> Circumstances {
    Circumstances {
        policy: crate::circumstances::Policy::School,
        roster: staff.roster.clone(),
        plans: staff.plans.clone(),
        acts: staff.in_force.clone().map_or_else(Acts::default, Acts::Judged),
        // Compared with the bag's register, once.
        checkpoint: None,
        ..circumstances.clone()
    }
}

/// Digests that the register knows as final files; `None` where the register proves nothing.
pub(super) fn registered(register: &RegisterReport) -> Option<BTreeSet<Sha256>> {
    (register.verdict == Verdict::Valid).then(|| register.closed.keys().copied().collect())
}

struct Whole {
    tags: Tags,
    seal: Seal,
    register: RegisterReport,
    staff: Staff,
    payload: Payload,
}

fn bag_object(bag: Bag, whole: Option<&Whole>) -> Value {
    let verdict = bag.findings.verdict();
    let (indication, sub_indication) = indication(&bag.findings);
    let statement = whole.and_then(|whole| whole.seal.statement.as_ref());
    let tags = whole.map(|whole| &whole.tags);
    let count = |wanted: u8| {
        whole.map(|whole| {
            whole.payload.documents.iter().filter(|one| rank(one.report.verdict).min(2) == wanted).count()
        })
    };
    let mut object = json!({
        "type": "bag", "path": "",
        "deposit": statement.map(|statement| statement.deposit.to_string()),
        "kind": tags.and_then(|tags| tags.kind), "complete": tags.and_then(|tags| tags.complete),
        "corrects": tags.map(|tags| &tags.corrects),
        "verdict": verdict, "sentence": "", "indication": indication, "sub_indication": sub_indication,
        "payload_files": whole.map(|whole| whole.payload.files),
        "payload_bytes": whole.map(|whole| whole.payload.bytes),
        "documents": {"valid": count(0), "indeterminate": count(1), "invalid": count(2)},
        "seal": whole.map(|whole| whole.seal.to_json()),
        "stamp_followed_by": whole.map(|whole| whole.staff.stamp_followed_by()).unwrap_or_default(),
        "previous_seal": statement.and_then(|statement: &Statement| statement.previous_seal),
        "register": whole.map(|whole| json!({
            "size": whole.register.size, "root": whole.register.root, "events": whole.register.events,
            "last": whole.register.last, "held_checkpoint": whole.register.comparison,
        })),
        "school_identity": whole.map_or("unknown", |whole| whole.staff.identity()),
        "roster": whole.and_then(|whole| whole.staff.roster_json()),
        "plans": whole.and_then(|whole| whole.staff.plans_json()),
        "signatures": bag.signatures.iter().map(|one| one.to_json(&bag.standings)).collect::<Vec<_>>(),
        "problems": bag.findings.into_problems(),
    });
    let asked = bag.around.names_sources.then(|| {
        let of_signers = bag.signatures.iter().flat_map(|one| one.sources(&bag.standings));
        let of_seal = whole.iter().flat_map(|whole| &whole.seal.sources);
        json!(of_signers.chain(of_seal).collect::<Vec<_>>())
    });
    if let Some(sources) = asked {
        object["revocation_sources"] = sources;
    }
    object
}

/// Main and sub-indication in the words of ETSI EN 319 102-1, 5.1.3, from the worst finding.
pub(crate) fn indication(findings: &Findings) -> (Option<&'static str>, Option<&'static str>) {
    let main = match findings.verdict() {
        Verdict::Valid => Some("TOTAL-PASSED"),
        Verdict::Indeterminate => Some("INDETERMINATE"),
        Verdict::Invalid => Some("TOTAL-FAILED"),
        Verdict::Malformed | Verdict::Unsigned => None,
    };
    let sub = findings.worst().and_then(|code| match code {
        Code::SignatureBroken | Code::TimestampBroken => Some("SIG_CRYPTO_FAILURE"),
        Code::PayloadAltered
        | Code::TagAltered
        | Code::StatementTagmanifest
        | Code::StatementRecord
        | Code::StatementRoster
        | Code::StatementPlans
        | Code::StatementCheckpoint => Some("HASH_FAILURE"),
        Code::CertificateRevoked => Some("REVOKED"),
        Code::CertificateNotTrusted => Some("NO_CERTIFICATE_CHAIN_FOUND"),
        Code::RevocationUnchecked => Some("TRY_LATER"),
        Code::CertificateNotInValidity => Some("OUT_OF_BOUNDS_NO_POE"),
        Code::CertificateMayNotSign => Some("SIG_CONSTRAINTS_FAILURE"),
        Code::CertificateWeak => Some("CRYPTO_CONSTRAINTS_FAILURE_NO_POE"),
        Code::TimestampMissing | Code::TimestampNotTrusted => Some("NO_POE"),
        _ => None,
    });
    (main, sub)
}
