//! Judges the CMS of one signature and its certificate: integrity first, which depends on nothing
//! outside, then trust, validity and revocation at the moment that can be proven.

use std::collections::BTreeSet;

use school::moment::Moment;

use crate::circumstances::LegacyAnchor;
use crate::cms::{SIGNATURE_TIMESTAMP, Shape, Signed, SignedData};
use crate::content::{Content, FileDigests};
use crate::pdf::finding::{Findings, Weight};
use crate::pdf::object::Object;
use crate::pdf::revision_map::RevisionMap;
use crate::pdf::signatures::{Rules, Signature};
use crate::pki::checked::Checked;
use crate::pki::past::{self, Past};
use crate::pki::path::{self, Pool};
use crate::pki::revocation::{self, Moments, RevocationData, SKEW_SECONDS};
use crate::report::{Code, Integrity, ProofOfExistence, Revocation, SignatureReport, TimeSource, Trust};
use crate::timestamp;

/// One signature with what its CMS says.
#[derive(Debug)]
pub(crate) struct Judged {
    pub signature: Signature,
    pub cms: Result<Signed, Code>,
    /// genTime, for a document timestamp that is intact.
    pub time: Option<timestamp::Intact>,
    /// A signature timestamp inside the CMS.
    pub inner: Option<timestamp::Intact>,
    pub findings: Findings,
}

impl Judged {
    pub fn is_intact(&self) -> bool {
        self.cms.is_ok()
    }

    /// What is not known is neither intact nor broken (EN 319 102-1, 5.1.3).
    pub fn integrity(&self) -> Integrity {
        match self.cms {
            Ok(_) => Integrity::Intact,
            Err(Code::CmsAlgorithmUnknown) => Integrity::None,
            Err(_) => Integrity::Broken,
        }
    }
}

/// Digest, attributes and signature value.
pub(crate) fn judge_cms(
    file: &FileDigests<'_>,
    signature: Signature,
    rules: Rules,
    checked: &Checked,
) -> Judged {
    let mut findings = Findings::default();
    let content = Content::OfFile(file, &signature.pieces);
    let (mut time, mut inner) = (None, None);
    let place = signature.place();
    let cms = if signature.is_timestamp {
        timestamp::intact(&signature.cms, content, checked).map(|intact| {
            if let Some(code) = intact.oddity {
                findings.add(rules.strictly(), code, place.as_str());
            }
            let signed = intact.signed.clone();
            time = Some(intact);
            signed
        })
    } else {
        let shape = match (rules, signature.is_adbe) {
            (Rules::School, _) => Shape::DETACHED,
            (Rules::Foreign, true) => Shape::BARE,
            (Rules::Foreign, false) => Shape::FOREIGN,
        };
        SignedData::read(&signature.cms).and_then(|data| {
            let signed = data.judge(content, shape, checked)?;
            if let Err(code) = data.is_plain(&signed, checked) {
                // Unsigned attributes, chains and CRLs are usual in foreign files.
                if rules == Rules::School {
                    findings.wrong(code, place.as_str());
                }
            }
            inner = data.unsigned_attribute(SIGNATURE_TIMESTAMP).and_then(|token| {
                timestamp::intact(token, Content::Pieces(&[data.signature()]), checked).ok()
            });
            Ok(signed)
        })
    };
    if let Ok(signed) = &cms {
        for remark in &signed.remarks {
            findings.wrong(*remark, place.as_str());
        }
        // A timestamp has been judged by its own, narrower rule.
        if !signature.is_timestamp && !signed.certificate.may_sign_documents() {
            findings.wrong(Code::KeyUsage, place.as_str());
        }
    }
    Judged { signature, cms, time, inner, findings }
}

/// A trusted document timestamp.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Proof {
    pub revision: usize,
    pub time: Moment,
    /// That its authority was not revoked is known.
    pub is_checked: bool,
}

/// Evidence for trust and time, gathered from the circumstances and from the whole file.
pub(crate) struct Evidence {
    pub rules: Rules,
    pub at: Moment,
    pub pool: Pool,
    /// Roots of the past.
    pub legacy: Vec<LegacyAnchor>,
    pub data: RevocationData,
    pub proofs: Vec<Proof>,
    /// Fields of the document timestamps that are intact.
    pub timestamps: BTreeSet<String>,
    /// A trusted timestamp over the seal.
    pub sealed: Option<Moment>,
    /// The asker wants to know where revocation could be asked.
    pub names_sources: bool,
    /// The revision that brought the DSS.
    pub dss: Option<usize>,
}

impl Evidence {
    fn proof(&self, judged: &Judged) -> Option<ProofOfExistence> {
        self.proof_that(judged, |_| true)
    }

    /// The earliest proof of an authority whose `is_checked` is enough.
    fn proof_that(&self, judged: &Judged, is_enough: fn(bool) -> bool) -> Option<ProofOfExistence> {
        let proof = |time, source: &str| ProofOfExistence { time, source: source.to_owned() };
        let covers = |one: &&Proof| judged.signature.revision < one.revision && is_enough(one.is_checked);
        let document = self.proofs.iter().filter(covers).map(|one| proof(one.time, "document-timestamp"));
        let inner = judged.inner.as_ref().and_then(|token| {
            let when = Moments { at: self.at, poe: self.sealed };
            let standing = timestamp::standing(token, &self.pool, &self.legacy, &self.data, when);
            let proves = standing.proves() && is_enough(standing.is_checked());
            proves.then(|| proof(token.time, "signature-timestamp"))
        });
        let sealed = self.sealed.map(|time| proof(time, "seal"));
        document.chain(inner).chain(sealed).min_by_key(|one| one.time)
    }

    fn level(&self, judged: &Judged) -> Option<String> {
        if judged.signature.is_adbe || judged.signature.is_timestamp {
            return None;
        }
        let revision = judged.signature.revision;
        let stamped = judged.inner.is_some() || self.proofs.iter().any(|later| later.revision > revision);
        let archived = self.dss.is_some_and(|dss| self.proofs.iter().any(|later| later.revision > dss));
        let level = match (stamped, self.dss.is_some(), archived) {
            (false, ..) => "B-B",
            (true, false, _) => "B-T",
            (true, true, false) => "B-LT",
            (true, true, true) => "B-LTA",
        };
        Some(level.to_owned())
    }
}

/// The time that the signer claims (/M).
pub(crate) fn claimed(map: &RevisionMap<'_>, signature: &Signature) -> Option<Moment> {
    map.entry(&signature.dictionary, "M", signature.revision)
        .and_then(Object::text)
        .and_then(|text| Moment::from_pdf_date(&text).ok())
}

/// What is odd about the claimed time. It proves nothing either way, so it is told and changes no verdict;
/// some signing programs write local time as if it were UTC (DOMAIN, section 3.4).
fn weigh_claim(claimed: Moment, poe: Option<&ProofOfExistence>, at: Moment, judged: &mut Judged) {
    const HOUR: i64 = 3600;
    let is_zone = |seconds: i64| (6 * HOUR..=8 * HOUR).contains(&seconds.abs());
    let place = judged.signature.place();
    if claimed > at.plus_seconds(SKEW_SECONDS) {
        judged.findings.note(Code::SigningTimeFuture, place.as_str());
    }
    let after = poe.map(|poe| claimed.unix() - poe.time.unix());
    let beside = judged.inner.as_ref().map(|inner| claimed.unix() - inner.time.unix());
    if after.is_some_and(|seconds| seconds > 0 && is_zone(seconds)) || beside.is_some_and(is_zone) {
        judged.findings.note(Code::SigningTimeZone, place);
    } else if after.is_some_and(|seconds| seconds > SKEW_SECONDS) {
        judged.findings.note(Code::SigningTimeAfterProof, place);
    }
}

/// Trust, validity and revocation of the signer, and the report on the signature.
pub(crate) fn report(
    map: &RevisionMap<'_>,
    judged: &mut Judged,
    evidence: &Evidence,
    role: Option<String>,
    certifying: bool,
) -> SignatureReport {
    let place = judged.signature.place();
    let signature = &judged.signature;
    let whole = signature.covers_its_revision
        && map.revisions.get(signature.revision).is_some_and(|one| one.span.end == map.bytes.len());
    let claimed = claimed(map, signature);
    let poe = evidence.proof(judged);
    if let Some(claimed) = claimed {
        weigh_claim(claimed, poe.as_ref(), evidence.at, judged);
    }
    let signature = &judged.signature;
    let level = evidence.level(judged);
    let (signed_at, time_source) = match (&judged.time, &poe, claimed) {
        (Some(own), ..) => (Some(own.time), TimeSource::Timestamp),
        (None, Some(poe), _) => (Some(poe.time), TimeSource::Timestamp),
        (None, None, Some(claimed)) => (Some(claimed), TimeSource::Claimed),
        (None, None, None) => (None, TimeSource::None),
    };
    let mut report = SignatureReport {
        field: signature.field.clone(),
        role,
        signer: String::new(),
        signer_organization: None,
        issuer: String::new(),
        issuer_organization: None,
        serial: String::new(),
        cert_sha256: None,
        cert_validity: None,
        act: None,
        signed_at,
        time_source,
        poe,
        level,
        revision_end_bytes: signature.pieces.last().map(|(_, end)| *end as u64),
        covers: if whole { "whole-file" } else { "revision" }.to_owned(),
        certifying,
        indication: crate::report::Indication::Indeterminate,
        sub_indication: None,
        algorithm: String::new(),
        integrity: judged.integrity(),
        trust: Trust::Unknown,
        revocation: Revocation::Unchecked,
        revocation_sources: Vec::new(),
    };
    if let Ok(signed) = &judged.cms {
        let signed = signed.clone();
        describe(&mut report, &signed);
        if let Some(token) = &judged.time {
            let later = evidence.proofs.iter().filter(|one| one.revision > judged.signature.revision);
            let poe = later.map(|one| one.time).chain(evidence.sealed).min();
            let when = Moments { at: evidence.at, poe };
            let standing = timestamp::standing(token, &evidence.pool, &evidence.legacy, &evidence.data, when);
            (report.trust, report.revocation) = (standing.trust, standing.revocation);
            if evidence.names_sources && report.revocation == Revocation::Unchecked {
                report.revocation_sources = timestamp::sources(token, &evidence.pool, &evidence.data, when);
            }
            if evidence.rules == Rules::School && !standing.is_plain {
                judged.findings.wrong(Code::CmsUnusedCertificate, place.as_str());
            }
            if let Some(code) = standing.legacy {
                judged.findings.note(code, place.as_str());
            }
            match standing.fault {
                // Said, and no more: every signature tells itself whether it needs the time.
                Some(Code::TimestampRevocationUnchecked) => {
                    judged.findings.note(Code::TimestampRevocationUnchecked, place);
                }
                Some(code) => judged.findings.unproven(code, place),
                None => {}
            }
        } else {
            // A revocation that is known is outweighed by a proof of which as much is known.
            let checked = evidence.proof_that(judged, |is_checked| is_checked).map(|poe| poe.time);
            judge_certificate(&mut report, &signed, evidence, checked, &mut judged.findings, &place);
        }
    }
    report
}

fn describe(report: &mut SignatureReport, signed: &Signed) {
    report.algorithm = signed.signature_algorithm.clone();
    let leaf = &signed.certificate;
    report.cert_sha256 = Some(leaf.sha256());
    let words = leaf.words();
    report.signer = words.subject.clone();
    report.issuer = words.issuer.clone();
    report.signer_organization = words.organization.clone();
    report.issuer_organization = words.issuer_organization.clone();
    report.serial = words.serial.clone();
    report.cert_validity = leaf.validity().ok();
}

fn judge_certificate(
    report: &mut SignatureReport,
    signed: &Signed,
    evidence: &Evidence,
    checked: Option<Moment>,
    findings: &mut Findings,
    place: &str,
) {
    let leaf = &signed.certificate;
    let proven = report.poe.as_ref().map(|poe| poe.time);
    let control = proven.unwrap_or(evidence.at);
    let recent = path::find(leaf, &evidence.pool, control);
    let mut past = past::find(leaf, &recent, &evidence.pool, &evidence.legacy, control, report.signed_at);
    if let Some(Past { until, .. }) = &past {
        if report.signed_at.is_none_or(|signed| signed >= *until) {
            findings.unproven(Code::LegacyAnchorTooLate, format!("{place}: {until}"));
            past = None;
        } else {
            let code = if proven.is_some() { Code::LegacyAnchor } else { Code::LegacyAnchorClaimed };
            findings.note(code, place);
        }
    }
    let (path, pool) = match &past {
        Some(past) => (&past.path, &past.pool),
        None => (&recent, &evidence.pool),
    };
    report.trust = path.trust;
    if let Some(code) = path.fault {
        findings.unproven(code, place);
    }
    if let Some((from, to)) = report.cert_validity {
        if control > to {
            findings.unproven(Code::OutOfBoundsNoPoe, place);
        }
        if control < from {
            findings.unproven(Code::NotYetValid, place);
        }
    }
    if path.trust != Trust::Trusted {
        return;
    }
    if evidence.rules == Rules::School && !path.holds(&signed.others) {
        findings.wrong(Code::CmsUnusedCertificate, place);
    }
    let when = Moments { at: evidence.at, poe: proven };
    let standing = |when| revocation::of_path(leaf, &path.certificates, pool, &evidence.data, when);
    report.revocation = match standing(when) {
        Revocation::RevokedAfterPoe if checked != proven => standing(Moments { poe: checked, ..when }),
        other => other,
    };
    match report.revocation {
        Revocation::Revoked => findings.unproven(Code::RevokedNoPoe, place),
        Revocation::Unchecked => {
            findings.unproven(Code::TryLater, place);
            if evidence.names_sources {
                report.revocation_sources =
                    revocation::sources(leaf, &path.certificates, pool, &evidence.data, when);
            }
        }
        Revocation::Good | Revocation::RevokedAfterPoe => {}
    }
}

/// The sub-indication of EN 319 102-1, 5.1.3 for a finding.
pub(crate) fn sub_indication(findings: &Findings) -> Option<String> {
    let wrong = findings.first(Weight::Wrong);
    let code = wrong.or_else(|| findings.first(Weight::Unproven))?;
    Some(
        match code {
            Code::CmsDigest => "HASH_FAILURE",
            Code::CmsSignature | Code::WeakDigest | Code::WeakKey => "SIG_CRYPTO_FAILURE",
            Code::NoCertificateChainFound
            | Code::ChainConstraintsFailure
            | Code::OutOfBoundsNoPoe
            | Code::TryLater
            | Code::RevokedNoPoe
            | Code::NotYetValid => code.as_str(),
            Code::CmsAlgorithmUnknown => "GENERIC",
            Code::WeakChain => "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
            Code::KeyUsage => "CHAIN_CONSTRAINTS_FAILURE",
            _ if wrong.is_some() => "FORMAT_FAILURE",
            _ => "SIG_CONSTRAINTS_FAILURE",
        }
        .to_owned(),
    )
}
