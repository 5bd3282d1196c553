//! One line of the register: a canonical JSON object with five keys.

use school::deposit::DepositKind;
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::SchoolCode;
use school::moment::Moment;
use school::plan::{BoxName, Plan};
use school::records::canonical;
use serde::Deserialize;
use serde_json::Value;

/// A line as read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub seq: u64,
    pub time: Moment,
    pub kind: String,
    pub body: Value,
    pub previous: Sha256,
}

impl Entry {
    /// Reads a line without its line feed. The time has one spelling, Vietnamese time in whole
    /// seconds, so that equal events have equal bytes.
    pub fn parse(line: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(line).ok()?;
        if canonical::to_bytes(&value).ok()? != line {
            return None;
        }
        let written = value.get("time")?.as_str()?.to_owned();
        let entry: Self = serde_json::from_value(value).ok()?;
        (entry.body.is_object() && entry.time.to_string() == written).then_some(entry)
    }
}

/// Body of `dossier.closed`; further keys are allowed.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Closed {
    pub dossier: DossierId,
    pub sha256: Sha256,
}

/// Body of `dossier.base`; further keys are allowed.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Base {
    pub dossier: DossierId,
    pub plan: Plan,
    #[serde(default)]
    pub corrects: Vec<DossierId>,
}

/// Body of `dossier.signed-elsewhere`; further keys are allowed.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct SignedElsewhere {
    pub dossier: DossierId,
    pub plan: Plan,
    pub sha256: Sha256,
}

/// Body of `dossier.signed`; further keys are allowed.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Signed {
    pub dossier: DossierId,
    #[serde(rename = "box")]
    pub signing_box: BoxName,
    pub sha256: Sha256,
}

/// Body of `act.signed`; further keys are allowed.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ActSigned {
    pub act: Sha256,
}

/// Body of `export.parts`; further keys are allowed.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct ExportParts {
    pub export: Sha256,
}

/// Body of `deposit.planned`; further keys are allowed. Registers of the first days name only dossiers.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DepositPlanned {
    /// Number of the entry.
    #[serde(skip)]
    pub entry: u64,
    /// The deposit.
    pub deposit: String,
    /// Documents in it.
    pub dossiers: Vec<DossierId>,
    /// What it is for.
    #[serde(default)]
    pub deposit_kind: DepositKind,
    /// Exports in it that no document was made of.
    #[serde(default)]
    pub exports: Vec<Sha256>,
    /// Deposits that hold what is corrected in it.
    #[serde(default)]
    pub corrects: Vec<String>,
    /// Whether the year is complete with it.
    #[serde(default)]
    pub complete: bool,
}

/// Body of `commissioned`; further keys are allowed.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Commissioned {
    pub school: Option<SchoolCode>,
    pub principal: Sha256,
    pub stamp: Sha256,
}

/// Body of `deposit.sealed`; further keys are allowed.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct DepositSealed {
    pub deposit: String,
    pub seal: Sha256,
}

/// Body of `medium.planned`; further keys are allowed.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct MediumPlanned {
    pub set: Vec<super::judgement::PlannedMedium>,
}
