//! Evidence: values that only a judgement can make (invariant 6). Crafts return candidates; nobody
//! else testifies.

use school::digest::Sha256;
use school::moment::Moment;
use verification::report::{Code, Integrity, Modification, PdfReport, Trust, Verdict};

use crate::lifecycle::dossier::{Dossier, Permit};
use crate::lifecycle::medium::Content;

/// Problems that every document has before its last turn and its closing: open boxes, revocation data that
/// only the DSS brings, of the signers of an act as well, and a signature by an act whose time nothing proves
/// yet. Anything else stops it.
const OPEN_DOSSIER: [Code; 4] = [Code::BoxMissing, Code::TryLater, Code::ActUnproven, Code::ActByClaimedTime];

/// The judge does not confirm what was to be proven.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the judge does not confirm it: {}", .codes.join(", "))]
pub struct Unproven {
    /// The codes of the judge's problems, or of the first expectation that failed.
    pub codes: Vec<String>,
}

impl Unproven {
    fn because(code: &str) -> Self {
        Self { codes: vec![code.to_owned()] }
    }
}

/// A signed revision that the judge confirmed: right box, right certificate, nothing else changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRevision {
    sha256: Sha256,
}

impl SignedRevision {
    /// Weighs the judge's report on a candidate against the permit it was made under.
    ///
    /// Errors: the candidate is not what the permit allows, whatever else is right about it.
    pub fn from_report(report: &PdfReport, permit: &Permit, candidate: Sha256) -> Result<Self, Unproven> {
        if report.sha256 != candidate {
            return Err(Unproven::because("OTHER_FILE"));
        }
        as_far_as_signed(report)?;
        let last = report.signatures.last().ok_or_else(|| Unproven::because("NO_SIGNATURE"))?;
        let expected = last.field == permit.signing_box().name.as_str()
            && last.cert_sha256 == Some(permit.certificate())
            && last.integrity == Integrity::Intact
            && last.trust == Trust::Trusted
            && last.certifying == permit.certifies()
            && report.signatures.len() == permit.revision() as usize;
        if !expected {
            return Err(Unproven::because("OTHER_SIGNATURE"));
        }
        if report.plan.as_ref().is_none_or(|plan| !plan.in_order) {
            return Err(Unproven::because("WRONG_ORDER"));
        }
        Ok(Self { sha256: candidate })
    }

    /// SHA-256 of the revision.
    pub fn sha256(&self) -> Sha256 {
        self.sha256
    }
}

/// A published revision that the judge confirms once more before it is signed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EarlierRevision;

impl EarlierRevision {
    /// Weighs the judge's report on the latest revision of a dossier: every signature that the register knows
    /// stands there intact, in its order, by its certificate, and nothing else.
    ///
    /// Errors: what the judge says against it.
    pub fn from_report(report: &PdfReport, dossier: &Dossier) -> Result<Self, Unproven> {
        if report.sha256 != dossier.latest().1.sha256 {
            return Err(Unproven::because("OTHER_FILE"));
        }
        as_far_as_signed(report)?;
        let stands: Vec<_> =
            report.signatures.iter().map(|one| (one.field.as_str(), one.cert_sha256)).collect();
        let signed = dossier.revisions.iter().filter_map(|one| one.signed.as_ref());
        let known: Vec<_> = signed.map(|(name, certificate)| (name.as_str(), Some(*certificate))).collect();
        let intact = report
            .signatures
            .iter()
            .all(|one| one.integrity == Integrity::Intact && one.trust == Trust::Trusted);
        if stands != known || !intact {
            return Err(Unproven::because("OTHER_SIGNATURE"));
        }
        if report.plan.as_ref().is_none_or(|plan| !plan.in_order) {
            return Err(Unproven::because("WRONG_ORDER"));
        }
        Ok(Self)
    }
}

/// Nothing but what every dossier lacks before its last turn.
fn as_far_as_signed(report: &PdfReport) -> Result<(), Unproven> {
    let codes = |problems: Vec<&verification::report::Problem>| Unproven {
        codes: problems.into_iter().map(|problem| problem.code.clone()).collect(),
    };
    if report.integrity != Integrity::Intact || report.modification == Modification::Suspicious {
        return Err(codes(report.problems.iter().collect()));
    }
    let is_open = |code: &str| OPEN_DOSSIER.iter().any(|open| open.as_str() == code);
    let unexpected: Vec<_> = report.problems.iter().filter(|problem| !is_open(&problem.code)).collect();
    if unexpected.is_empty() { Ok(()) } else { Err(codes(unexpected)) }
}

/// A file that is none of ours, signed or extended, of which the judge confirms that nothing else changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SingleRevision;

impl SingleRevision {
    /// Weighs the judge's report on a file that `certificate` has just signed.
    ///
    /// Errors: another file, another signer, or anything but an intact last signature.
    pub fn from_report(report: &PdfReport, candidate: Sha256, certificate: Sha256) -> Result<Self, Unproven> {
        Self::untouched(report, candidate)?;
        let ours = |one: &&verification::report::SignatureReport| one.cert_sha256 == Some(certificate);
        match report.signatures.last().filter(ours) {
            Some(last) if last.integrity == Integrity::Intact => Ok(Self),
            _ => Err(Unproven::because("OTHER_SIGNATURE")),
        }
    }

    /// Weighs the judge's report on a file to which revocation data or a timestamp were added.
    ///
    /// Errors: another file, or signatures that are not those of `before`.
    pub fn extended(report: &PdfReport, candidate: Sha256, before: &PdfReport) -> Result<Self, Unproven> {
        Self::untouched(report, candidate)?;
        let signers = |report: &PdfReport| -> Vec<_> {
            report.signatures.iter().map(|one| (one.field.clone(), one.cert_sha256, one.integrity)).collect()
        };
        // A new timestamp is one more; those of before stand as they were.
        let kept = signers(report).starts_with(&signers(before));
        if kept { Ok(Self) } else { Err(Unproven::because("OTHER_SIGNATURE")) }
    }

    fn untouched(report: &PdfReport, candidate: Sha256) -> Result<(), Unproven> {
        if report.sha256 != candidate {
            return Err(Unproven::because("OTHER_FILE"));
        }
        if report.integrity != Integrity::Intact || report.modification == Modification::Suspicious {
            let codes = report.problems.iter().map(|problem| problem.code.clone()).collect();
            return Err(Unproven { codes });
        }
        Ok(())
    }
}

/// A signed rehearsal page that the judge confirmed: one signature over the whole file, by this certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RehearsedPage {
    sha256: Sha256,
}

impl RehearsedPage {
    /// Weighs the judge's report on the page.
    ///
    /// Errors: anything but one intact, trusted signature by `certificate`.
    pub fn from_report(report: &PdfReport, certificate: Sha256, candidate: Sha256) -> Result<Self, Unproven> {
        let [signature] = report.signatures.as_slice() else { return Err(Unproven::because("NO_SIGNATURE")) };
        let confirmed = report.sha256 == candidate
            && report.integrity == Integrity::Intact
            && report.modification != Modification::Suspicious
            && signature.integrity == Integrity::Intact
            && signature.trust == Trust::Trusted
            && signature.cert_sha256 == Some(certificate);
        if confirmed {
            return Ok(Self { sha256: candidate });
        }
        let codes = report.problems.iter().map(|problem| problem.code.clone()).collect::<Vec<_>>();
        Err(if codes.is_empty() { Unproven::because("OTHER_SIGNATURE") } else { Unproven { codes } })
    }

    /// SHA-256 of the page.
    pub fn sha256(&self) -> Sha256 {
        self.sha256
    }
}

/// A closed dossier that the judge finds valid without reservation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedRevision {
    sha256: Sha256,
}

impl ClosedRevision {
    /// Weighs the judge's report on a closing candidate.
    ///
    /// Errors: any verdict but valid, or a plan with open boxes.
    pub fn from_report(report: &PdfReport, candidate: Sha256) -> Result<Self, Unproven> {
        Self::complete(report, candidate, report.document_timestamp.is_some())
    }

    /// The same for a school that has no timestamp authority: the DSS alone closes the dossier.
    ///
    /// Errors: as [`Self::from_report`]; a timestamp that nobody asked for.
    pub fn without_timestamp(report: &PdfReport, candidate: Sha256) -> Result<Self, Unproven> {
        Self::complete(report, candidate, report.document_timestamp.is_none())
    }

    fn complete(report: &PdfReport, candidate: Sha256, timed_as_expected: bool) -> Result<Self, Unproven> {
        if report.sha256 != candidate {
            return Err(Unproven::because("OTHER_FILE"));
        }
        let complete = report.plan.as_ref().is_some_and(|plan| plan.complete && plan.in_order);
        if report.verdict == Verdict::Valid && complete && timed_as_expected {
            return Ok(Self { sha256: candidate });
        }
        Err(Unproven { codes: report.problems.iter().map(|problem| problem.code.clone()).collect() })
    }

    /// SHA-256 of the revision.
    pub fn sha256(&self) -> Sha256 {
        self.sha256
    }
}

/// A sealed deposit, every object of which the judge found valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedDeposit {
    seal: Sha256,
}

impl SealedDeposit {
    /// Weighs the judge's reports on a whole folder.
    ///
    /// Errors: an object that is not valid, with the codes of its problems; no objects at all.
    pub fn from_reports(reports: &[serde_json::Value], seal: Sha256) -> Result<Self, Unproven> {
        let verdict =
            |report: &serde_json::Value| report.get("verdict").and_then(|v| v.as_str()) == Some("valid");
        if reports.is_empty() {
            return Err(Unproven::because("NOTHING_JUDGED"));
        }
        let codes: Vec<String> =
            reports.iter().filter(|report| !verdict(report)).flat_map(codes_of).collect();
        if reports.iter().all(verdict) { Ok(Self { seal }) } else { Err(Unproven { codes }) }
    }

    /// SHA-256 of the seal statement.
    pub fn seal(&self) -> Sha256 {
        self.seal
    }
}

/// A sealed medium: judged whole from its image, which was read back from the disk equal to what was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedMedium {
    seal: Sha256,
    image: Content,
}

impl SealedMedium {
    /// Weighs the judge's reports on an image and what was read back of it.
    ///
    /// What can no longer be proven of a deposit that was sealed long ago, because authorities come to an
    /// end, does not keep it from being copied to a new medium. Anything wrong does.
    ///
    /// Errors: an object that is refuted, a finding about the medium itself, or other bytes on the disk.
    pub fn from_reports(
        reports: &[serde_json::Value],
        seal: Sha256,
        image: &Content,
        read_back: &Content,
    ) -> Result<Self, Unproven> {
        let Some((medium, objects)) = reports.split_first() else {
            return Err(Unproven::because("NOTHING_JUDGED"));
        };
        let text =
            |pointer: &str| medium.pointer(pointer).and_then(|value| value.as_str()).map(str::to_owned);
        if text("/type").as_deref() != Some("medium") || text("/seal/digest") != Some(seal.to_string()) {
            return Err(Unproven::because("OTHER_MEDIUM"));
        }
        let stands = |report: &&serde_json::Value| {
            matches!(
                report.get("verdict").and_then(|verdict| verdict.as_str()),
                Some("valid" | "indeterminate")
            )
        };
        let mut codes: Vec<String> = objects.iter().filter(|one| !stands(one)).flat_map(codes_of).collect();
        let open = verification::deposit::Code::DepositIndeterminate.as_str();
        codes.extend(codes_of(medium).into_iter().filter(|code| code != open));
        if !codes.is_empty() || !stands(&medium) || !objects.iter().all(|one| stands(&one)) {
            return Err(Unproven { codes });
        }
        if image != read_back {
            return Err(Unproven::because("READ_BACK_DIFFERS"));
        }
        Ok(Self { seal, image: image.clone() })
    }

    /// SHA-256 of the medium's statement.
    pub const fn seal(&self) -> Sha256 {
        self.seal
    }

    /// What was made, and read back equal.
    pub const fn image(&self) -> &Content {
        &self.image
    }
}

/// An answer of a timestamp authority that stands: over what it was asked about, by an authority that is trusted
/// and not revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProvenTime(Moment);

impl ProvenTime {
    /// The time that the judge found proven.
    ///
    /// Errors: it found none.
    pub fn of(judged: Option<Moment>) -> Result<Self, Unproven> {
        judged.map(Self).ok_or_else(|| Unproven::because("TIMESTAMP_NOT_TRUSTED"))
    }

    /// When.
    pub const fn time(self) -> Moment {
        self.0
    }
}

/// A copy that was read back from its beginning to its end, equal to what the medium is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyReadBack {
    sha256: Sha256,
}

impl CopyReadBack {
    /// Compares what was read back of a copy, after it was closed, with what it should hold.
    ///
    /// Errors: anything that is not there, is more, or is otherwise.
    pub fn compare(expected: &Content, found: &Content) -> Result<Self, Unproven> {
        if expected == found {
            Ok(Self { sha256: expected.sha256() })
        } else {
            Err(Unproven::because("READ_BACK_DIFFERS"))
        }
    }

    /// SHA-256 of the image, or of the list of files.
    pub const fn sha256(&self) -> Sha256 {
        self.sha256
    }
}

fn codes_of(report: &serde_json::Value) -> Vec<String> {
    let problems = report.get("problems").and_then(|problems| problems.as_array());
    let code =
        |problem: &serde_json::Value| problem.get("code").and_then(|code| code.as_str()).map(str::to_owned);
    problems.map(|problems| problems.iter().filter_map(code).collect()).unwrap_or_default()
}
