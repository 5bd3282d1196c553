//! The report on one PDF: stable keys of `niemphong verify --json` (DESIGN, section 9). The judge
//! fills codes; `sentence` and the words of problems (`vi`, `en`, `why_vi`, `why_en`) are added by the program's
//! `wording`.

use school::digest::Sha256;
use school::moment::Moment;
use serde::{Deserialize, Serialize};

mod code;

pub use crate::acts::ByAct;
pub use code::Code;

/// The verdict on a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Everything that the policy asks for was proven.
    Valid,
    /// Something is proven wrong.
    Invalid,
    /// Nothing is proven wrong, but something could not be proven.
    Indeterminate,
    /// There is no signature, and there never was one.
    Unsigned,
    /// It is no PDF that can be understood whole.
    Malformed,
}

/// ETSI EN 319 102-1 main indication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Indication {
    /// TOTAL-PASSED.
    #[serde(rename = "TOTAL-PASSED")]
    TotalPassed,
    /// TOTAL-FAILED.
    #[serde(rename = "TOTAL-FAILED")]
    TotalFailed,
    /// INDETERMINATE.
    #[serde(rename = "INDETERMINATE")]
    Indeterminate,
}

/// Whether the signed bytes are what was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Integrity {
    /// Every digest and signature value agrees.
    Intact,
    /// At least one does not.
    Broken,
    /// Nothing is signed.
    None,
}

/// What later revisions did to what was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Modification {
    /// Nothing was added after the last signature.
    None,
    /// Only what the policy allows.
    Allowed,
    /// Something that the policy does not explain; always invalid.
    Suspicious,
}

/// Whether a path to an anchor was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// A path to a given anchor.
    Trusted,
    /// No path to any given anchor, or the path fails.
    Untrusted,
    /// No anchors were given.
    Unknown,
}

/// What is known of revocation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Revocation {
    /// Not revoked, by data that is issued for it and verifies.
    Good,
    /// Revoked, and no proof that the signature is older.
    Revoked,
    /// Revoked, but the signature is proven to be older.
    RevokedAfterPoe,
    /// No usable data: its own verdict, never silently valid (invariant 4).
    Unchecked,
}

/// Where the time of a signature comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeSource {
    /// A timestamp proves that it existed at that time.
    Timestamp,
    /// Only claimed by the signer (/M).
    Claimed,
    /// Nothing is known.
    None,
}

/// Proof that a signature existed at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofOfExistence {
    /// The proven time.
    pub time: Moment,
    /// `document-timestamp`, `signature-timestamp` or `seal`.
    pub source: String,
}

/// Where it may be asked whether a certificate was revoked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevocationSource {
    /// DER of the certificate, Base64.
    pub certificate: String,
    /// DER of its issuer, Base64.
    pub issuer: String,
    /// Addresses of OCSP responders, as the certificate names them.
    pub ocsp: Vec<String>,
    /// Addresses of CRLs, as the certificate names them.
    pub crl: Vec<String>,
}

/// One problem found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable code in SCREAMING_SNAKE_CASE, for instance `UNSIGNED_BYTES`.
    pub code: String,
    /// The field, object, revision, byte offset or file it is about.
    #[serde(rename = "where")]
    pub place: String,
    /// Vietnamese words, filled by the program.
    #[serde(default)]
    pub vi: String,
    /// English words, filled by the program.
    #[serde(default)]
    pub en: String,
}

/// One signature or signature field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureReport {
    /// Name of the field.
    pub field: String,
    /// Role of the box by the embedded plan.
    pub role: Option<String>,
    /// Common name of the signer's certificate.
    pub signer: String,
    /// Organization in the subject of the signer's certificate.
    #[serde(default)]
    pub signer_organization: Option<String>,
    /// Common name of its issuer.
    pub issuer: String,
    /// Organization in the issuer's name: who manages the certificate.
    #[serde(default)]
    pub issuer_organization: Option<String>,
    /// Serial number of the certificate, hex.
    pub serial: String,
    /// SHA-256 of the certificate's DER.
    pub cert_sha256: Option<Sha256>,
    /// Validity of the certificate: from, to.
    pub cert_validity: Option<(Moment, Moment)>,
    /// The act by which this certificate may stand in the box, where it is not by the roster alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<ByAct>,
    /// The time shown for the signature.
    pub signed_at: Option<Moment>,
    /// Where that time comes from.
    pub time_source: TimeSource,
    /// Proof of existence, if any.
    pub poe: Option<ProofOfExistence>,
    /// PAdES level: `B-B`, `B-T`, `B-LT`, `B-LTA`.
    pub level: Option<String>,
    /// `whole-file` or `revision`.
    pub covers: String,
    /// Bytes from the start of the file to the end of what is signed: the revision that the signer saw.
    #[serde(default)]
    pub revision_end_bytes: Option<u64>,
    /// True for a certifying signature (DocMDP).
    pub certifying: bool,
    /// Main indication.
    pub indication: Indication,
    /// Sub-indication of EN 319 102-1.
    pub sub_indication: Option<String>,
    /// Signature algorithm, for instance `sha256WithRSAEncryption`.
    pub algorithm: String,
    /// Integrity of this signature.
    pub integrity: Integrity,
    /// Trust in its certificate.
    pub trust: Trust,
    /// Revocation of its certificate.
    pub revocation: Revocation,
    /// Where what is unchecked could be asked; only where the circumstances want to know, and only for
    /// certificates of a path that ends in an anchor: nobody is sent to a stranger's address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revocation_sources: Vec<RevocationSource>,
}

/// The plan found in the file, and whether the signatures follow it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanReport {
    /// Kind of document.
    pub kind: String,
    /// Dossier that the plan names.
    pub dossier: String,
    /// SHA-256 of the embedded plan.
    pub sha256: Sha256,
    /// No box is missing.
    pub complete: bool,
    /// Every turn was signed after the turn before it.
    pub in_order: bool,
    /// Boxes without a valid signature.
    pub missing: Vec<String>,
}

/// The roster by which persons were judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterReport {
    /// Its digest.
    pub sha256: Sha256,
    /// `school-certificate` when the certificate that the inspector named signed it, else `declared`.
    pub confirmed_by: String,
}

/// A document timestamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentTimestampReport {
    /// genTime.
    pub time: Moment,
    /// Trust in the TSA's certificate.
    pub trust: Trust,
}

/// What is known of PDF/A, and who checked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PdfaReport {
    /// 3.
    pub part: u8,
    /// `A`.
    pub conformance: String,
    /// Exactly who checked what; for the judge itself `declared-in-metadata`.
    pub checked_by: String,
}

/// How a page differs from what a signer saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PageChangeKind {
    /// It refers to other content.
    Changed,
    /// There was no such page.
    Added,
    /// There is no such page any more.
    Removed,
}

/// A page that a signer saw otherwise than the file shows it now, the boxes of later signatures left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageChange {
    /// Its place in the file, the first is 1.
    pub page: u32,
    /// What became of it.
    pub change: PageChangeKind,
    /// Field of the last intact signature that covers the other look.
    pub field: String,
    /// Bytes from the start of the file to the end of that signer's revision.
    pub revision_end_bytes: u64,
}

/// Everything the judge says of one PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PdfReport {
    /// Always `pdf`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Path as given, filled by the program.
    pub path: String,
    /// SHA-256 of the file.
    pub sha256: Sha256,
    /// The verdict.
    pub verdict: Verdict,
    /// One Vietnamese sentence, filled by the program.
    pub sentence: String,
    /// `school` or `foreign`: the policy that was applied.
    pub policy: String,
    /// Main indication over all signatures.
    pub indication: Option<Indication>,
    /// Sub-indication.
    pub sub_indication: Option<String>,
    /// Integrity over all signatures; independent of anchors.
    pub integrity: Integrity,
    /// Later changes; independent of anchors.
    pub modification: Modification,
    /// PDF/A as declared; `null` for foreign files.
    pub pdfa: Option<PdfaReport>,
    /// Embedded plan.
    pub plan: Option<PlanReport>,
    /// Name of the pupil of a transcript, by the data that it embeds; only where the verdict is valid or indeterminate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pupil: Option<String>,
    /// Roster used.
    pub roster: Option<RosterReport>,
    /// `included`, `absent` or `unknown`.
    pub register: String,
    /// `confirmed`, `as-declared` or `unknown`.
    pub school_identity: String,
    /// The last document timestamp.
    pub document_timestamp: Option<DocumentTimestampReport>,
    /// Signatures in the order of their revisions.
    pub signatures: Vec<SignatureReport>,
    /// Pages that a signer saw otherwise: empty when everything later is explained and shows nothing new.
    #[serde(default)]
    pub changed_pages: Vec<PageChange>,
    /// Every problem found.
    pub problems: Vec<Problem>,
}
