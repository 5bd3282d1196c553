//! The seal: statement, detached signatures over statement and checkpoint, timestamp over the
//! statement's signature, and how the signers' certificates stand at the proven time.

use std::collections::BTreeMap;

use school::digest::{Sha256, Sha512};
use school::limits;
use school::moment::Moment;
use serde_json::{Value, json};

use super::code::Code;
use super::judgement::Bag;
use super::layout;
use super::staff::Staff;
use super::statement::Statement;
use super::tags::Tags;
use crate::circumstances::Circumstances;
use crate::cms::Detached;
use crate::pki::Standing;
use crate::register::RegisterReport;
use crate::report::{Revocation, RevocationSource, Trust};
use crate::timestamp::Timestamp;

/// How far the clocks of school and timestamp authority may differ.
const CLOCK_SKEW_SECONDS: i64 = 300;

/// What was found of the seal.
#[derive(Default)]
pub(super) struct Seal {
    pub statement: Option<Statement>,
    /// SHA-256 of the statement: the seal digest on labels and papers.
    pub digest: Option<Sha256>,
    /// Bytes of `checkpoint.txt`.
    pub checkpoint: Option<Vec<u8>>,
    /// Certificates of statement and checkpoint signatures that agree with their content.
    signers: [Option<Sha256>; 2],
    /// Time and trust of the timestamp.
    timestamp: Option<(Moment, Trust)>,
    /// Where the timestamp's authority could be asked for.
    pub sources: Vec<RevocationSource>,
    /// Trust and revocation of the seal's certificate at the proven time.
    standing: Option<Standing>,
}

/// A detached signature that agrees with its content.
pub(crate) struct Signature {
    file: String,
    role: &'static str,
    digest: String,
    certificate: Sha256,
}

impl Signature {
    /// For the report on the bag.
    pub fn to_json(&self, standings: &BTreeMap<Sha256, Standing>) -> Value {
        let standing = standings.get(&self.certificate);
        json!({
            "file": self.file, "role": self.role, "digest": self.digest, "cert_sha256": self.certificate,
            "signer": standing.map(|standing| standing.subject.as_str()),
            "signer_organization": standing.and_then(|standing| standing.subject_organization.as_deref()),
            "issuer": standing.map(|standing| standing.issuer.as_str()),
            "issuer_organization": standing.and_then(|standing| standing.issuer_organization.as_deref()),
            "serial": standing.map(|standing| standing.serial.as_str()),
            "cert_validity": standing.map(|standing| (standing.not_before, standing.not_after)),
            "integrity": "intact",
            "trust": standing.map_or(Trust::Unknown, |standing| standing.trust),
            "revocation": standing.map_or(Revocation::Unchecked, |standing| standing.revocation),
        })
    }

    /// Where it could be asked whether its certificates were revoked.
    pub fn sources<'s>(&self, standings: &'s BTreeMap<Sha256, Standing>) -> &'s [RevocationSource] {
        standings.get(&self.certificate).map_or(&[], |standing| &standing.sources)
    }
}

/// Reads the seal.
pub(super) fn read(bag: &mut Bag) -> Seal {
    let mut seal = Seal::default();
    let paper = |bag: &mut Bag, name| bag.paper(name, limits::DEPOSIT_PAPER_SIZE_BYTES, Code::SealMissing);
    let statement = paper(bag, layout::STATEMENT[0]);
    let signature = paper(bag, layout::STATEMENT[1]);
    let checkpoint = paper(bag, layout::CHECKPOINT[0]);
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
        let timestamp = judge_timestamp(bag, token, signature, &mut seal.sources);
        seal.timestamp = timestamp.map(|one| (one.time, one.trust));
    }
    let proven = seal.proven();
    if let (Some(content), Some(signature)) = (&statement, &signature) {
        let signer = detached(bag, layout::STATEMENT[1], "con-dau", content, signature, "sha512", proven);
        seal.standing = signer.and_then(|signer| bag.standings.get(&signer).cloned());
        seal.signers[0] = signer;
    }
    if let (Some(content), Some(signature)) = (&checkpoint, &checkpoint_signature) {
        seal.signers[1] =
            detached(bag, layout::CHECKPOINT[1], "con-dau", content, signature, "sha512", proven);
    }
    seal.checkpoint = checkpoint;
    seal
}

/// Judges the timestamp over the seal; `sources` gets where its authority could be asked for what is unchecked.
pub(crate) fn judge_timestamp(
    bag: &mut Bag,
    token: &[u8],
    signature: &[u8],
    sources: &mut Vec<RevocationSource>,
) -> Option<Timestamp> {
    match bag.judges.timestamp(token, signature, bag.around, bag.poe) {
        Ok(timestamp) => {
            if timestamp.revocation == Revocation::Unchecked {
                sources.extend(timestamp.sources.iter().cloned());
            }
            if timestamp.trust != Trust::Trusted {
                bag.findings.add(Code::TimestampNotTrusted, layout::TIMESTAMP);
            } else if timestamp.revocation == Revocation::Unchecked {
                bag.findings.add(Code::RevocationUnchecked, layout::TIMESTAMP);
            }
            Some(timestamp)
        }
        Err(reason) => {
            bag.findings.add(Code::TimestampBroken, format!("{}: {reason}", layout::TIMESTAMP));
            None
        }
    }
}

/// Judges a detached signature: over this content, by the agreed digest, by a certificate that stood
/// at the proven time. Gives the certificate where the signature agrees with the content.
pub(crate) fn detached(
    bag: &mut Bag,
    file: &str,
    role: &'static str,
    content: &[u8],
    signed_data: &[u8],
    digest: &str,
    proven: Option<Moment>,
) -> Option<Sha256> {
    let (certificate, found) = signature(bag, file, |_| role, content, signed_data, proven)?;
    if found != digest {
        bag.findings.add(Code::SignatureDigest, file);
    }
    Some(certificate)
}

/// As [`detached`], by whatever digest may be used, of somebody whose `role` follows from the certificate,
/// at no other time than now.
pub(crate) fn signed_by(
    bag: &mut Bag,
    file: &str,
    role: impl Fn(&Sha256) -> &'static str,
    content: &[u8],
    signed_data: &[u8],
) -> Option<Sha256> {
    signature(bag, file, role, content, signed_data, None).map(|(certificate, _)| certificate)
}

/// The certificate and the digest of a signature that agrees with its content.
fn signature(
    bag: &mut Bag,
    file: &str,
    role: impl Fn(&Sha256) -> &'static str,
    content: &[u8],
    signed_data: &[u8],
    proven: Option<Moment>,
) -> Option<(Sha256, String)> {
    let found = match bag.judges.detached(content, signed_data) {
        Ok(found) => found,
        Err(reason) => {
            bag.findings.add(Code::SignatureBroken, format!("{file}: {reason}"));
            return None;
        }
    };
    judge_standing(bag, file, &found, proven);
    let (certificate, digest) = (found.certificate, found.digest_algorithm);
    let role = role(&certificate);
    bag.signatures.push(Signature { file: file.to_owned(), role, digest: digest.clone(), certificate });
    Some((certificate, digest))
}

/// How the signer's certificate stands at the proven time, or now where no time is proven. Each
/// certificate once: the same finding five times would hide others.
fn judge_standing(bag: &mut Bag, file: &str, found: &Detached, proven: Option<Moment>) {
    if bag.standings.contains_key(&found.certificate) {
        return;
    }
    let mut around: Circumstances = bag.around.clone();
    around.at = proven.unwrap_or(around.at);
    around.intermediates.extend(found.others.iter().cloned());
    let standing = match bag.judges.standing(&found.certificate_der, &around) {
        Ok(standing) => standing,
        Err(reason) => {
            return bag.findings.add(Code::CertificateMalformed, format!("{file}: {reason}"));
        }
    };
    let findings = [
        (Code::CertificateNotTrusted, standing.trust != Trust::Trusted),
        (Code::CertificateNotInValidity, !standing.in_validity),
        (Code::CertificateMayNotSign, !standing.may_sign),
        (Code::CertificateWeak, !standing.strong),
        (Code::CertificateRevoked, standing.revocation == Revocation::Revoked),
        (Code::RevocationUnchecked, standing.revocation == Revocation::Unchecked),
    ];
    for (code, _) in findings.into_iter().filter(|(_, found)| *found) {
        bag.findings.add(code, file);
    }
    bag.standings.insert(found.certificate, standing);
}

impl Seal {
    /// The time that a trusted timestamp proves.
    pub fn proven(&self) -> Option<Moment> {
        self.timestamp.filter(|(_, trust)| *trust == Trust::Trusted).map(|(time, _)| time)
    }

    /// Both signatures must be the stamp's, and the stamp the one that the inspector names.
    pub fn judge_signer(&self, bag: &mut Bag, staff: &Staff) {
        for (signer, file) in self.signers.iter().zip([layout::STATEMENT[1], layout::CHECKPOINT[1]]) {
            let Some(signer) = signer else { continue };
            if staff.stamp_at(self.proven()) != Some(*signer) {
                bag.findings.add(Code::SealSigner, file);
            }
            if bag.around.school_certificate.is_some_and(|named| !staff.is_same(named, *signer)) {
                bag.findings.add(Code::SealNotTheSchool, file);
            }
        }
    }

    /// What the statement names must be what is in the bag. The sealing record, roster and plans are
    /// compared where they are read.
    pub fn judge_sealed(&self, bag: &mut Bag, tags: &Tags) {
        let Some(statement) = &self.statement else { return };
        let [name_256, name_512] = layout::TAGMANIFESTS;
        if tags.tagmanifest_sha256.is_some_and(|found| found != statement.tagmanifest_sha256) {
            bag.findings.add(Code::StatementTagmanifest, name_256);
        }
        if tags.tagmanifest_sha512.is_some_and(|found| found != statement.tagmanifest_sha512) {
            bag.findings.add(Code::StatementTagmanifest, name_512);
        }
        if tags.deposit.as_ref().is_some_and(|named| *named != statement.deposit) {
            bag.findings.add(Code::StatementDeposit, layout::STATEMENT[0]);
        }
        let sealed = statement.checkpoint.text();
        if self.checkpoint.as_ref().is_some_and(|found| found != sealed.as_bytes()) {
            bag.findings.add(Code::StatementCheckpoint, layout::CHECKPOINT[0]);
        }
    }

    /// The register must know the deposit, once or more, and never with other digests, and must have been
    /// written before the seal was stamped.
    pub fn judge_registered(&self, bag: &mut Bag, tags: &Tags, register: &RegisterReport) {
        let stamped = self.proven().map(|proven| proven.plus_seconds(CLOCK_SKEW_SECONDS));
        if let (Some(last), Some(stamped)) = (register.last, stamped)
            && last > stamped
        {
            bag.findings.add(Code::RegisterSequence, format!("{}: {last}", layout::REGISTER));
        }
        let Some(deposit) = &tags.deposit else { return };
        let name = deposit.to_string();
        let mut built = register.deposits.iter().filter(|built| built.deposit == name).peekable();
        if built.peek().is_none() {
            bag.findings.add(Code::DepositNotRegistered, name);
        } else if built.any(|built| {
            tags.tagmanifest_sha256 != Some(built.tagmanifest_sha256)
                || tags.tagmanifest_sha512 != Some(built.tagmanifest_sha512)
        }) {
            bag.findings.add(Code::DepositRegisteredOtherwise, name);
        }
    }

    /// Compares the sealing record with the statement.
    pub fn judge_record(&self, bag: &mut Bag, record: Sha512) {
        if self.statement.as_ref().is_some_and(|statement| statement.record_sha512 != Some(record)) {
            bag.findings.add(Code::StatementRecord, layout::RECORD);
        }
    }

    /// For the report on the bag.
    pub fn to_json(&self) -> Value {
        json!({
            "digest": self.digest,
            "time": self.timestamp.map(|(time, _)| time),
            "timestamp_trust": self.timestamp.map(|(_, trust)| trust),
            "certificate": self.signers[0],
            "trust": self.standing.as_ref().map(|standing| standing.trust),
            "revocation": self.standing.as_ref().map(|standing| standing.revocation),
        })
    }
}
