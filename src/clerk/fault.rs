//! Why a step could not be taken.

use crate::lifecycle::act::ActRefusal;
use crate::lifecycle::correction::CorrectionRefusal;
use crate::lifecycle::deposit::DepositRefusal;
use crate::lifecycle::dossier::Refusal;
use crate::lifecycle::enrolment::EnrolmentRefusal;
use crate::lifecycle::evidence::Unproven;
use crate::lifecycle::handover::HandoverRefusal;
use crate::lifecycle::lock::LockRefusal;
use crate::lifecycle::medium::CopyRefusal;
use crate::lifecycle::own_rules::OwnRuleRefusal;
use crate::lifecycle::round::RoundRefusal;
use crate::lifecycle::single::SingleRefusal;
use crate::medium::MediumRefusal;
use crate::network::NetworkFault;
use crate::process::media_host::MediaFault;
use crate::process::reader_host::ReaderFault;
use crate::process::token_host::TokenRefusal;
use crate::register::RegisterFault;
use crate::store::StoreRefusal;

/// A step was not taken. What was acknowledged before is safe.
#[derive(Debug, thiserror::Error)]
pub enum ClerkFault {
    /// The register failed.
    #[error(transparent)]
    Register(#[from] RegisterFault),
    /// The store failed, or refused to overwrite.
    #[error(transparent)]
    Store(#[from] StoreRefusal),
    /// The reader worker failed.
    #[error(transparent)]
    Reader(#[from] ReaderFault),
    /// The token refused.
    #[error(transparent)]
    Token(#[from] TokenRefusal),
    /// TSA, OCSP responder or CRL could not be had.
    #[error(transparent)]
    Network(#[from] NetworkFault),
    /// The image could not be made or differs.
    #[error(transparent)]
    Medium(#[from] MediumRefusal),
    /// A drive, stick or disk, or their worker, refused.
    #[error(transparent)]
    Media(#[from] MediaFault),
    /// The rules refuse the signature.
    #[error(transparent)]
    Signing(#[from] Refusal),
    /// The rules refuse the act.
    #[error(transparent)]
    Act(#[from] ActRefusal),
    /// The rules refuse the round.
    #[error(transparent)]
    Round(#[from] RoundRefusal),
    /// A file that is none of ours is not signed.
    #[error(transparent)]
    Single(#[from] SingleRefusal),
    /// The rules of enrolment refuse it.
    #[error(transparent)]
    Enrolment(#[from] EnrolmentRefusal),
    /// A rule of the school is none that can be kept.
    #[error(transparent)]
    OwnRule(#[from] OwnRuleRefusal),
    /// The rules refuse the decision.
    #[error(transparent)]
    Lock(#[from] LockRefusal),
    /// A pupil's papers are not handed over.
    #[error(transparent)]
    Handover(#[from] HandoverRefusal),
    /// The rules refuse the step of a correction.
    #[error(transparent)]
    Correction(#[from] CorrectionRefusal),
    /// The rules refuse the step of a deposit.
    #[error(transparent)]
    Deposit(#[from] DepositRefusal),
    /// The rules refuse what was asked of a medium or its copy.
    #[error(transparent)]
    Copy(#[from] CopyRefusal),
    /// The judge does not confirm what was made. Nothing of it is published.
    #[error(transparent)]
    Unproven(#[from] Unproven),
    /// A document could not be rendered.
    #[error("the document could not be rendered")]
    Document(#[from] crafts::document::DocumentFault),
    /// The signing base or a revision could not be written.
    #[error("the PDF could not be written")]
    Pdf(#[from] crafts::pdf::PdfFault),
    /// A file cannot be used as the picture of a signature or stamp.
    #[error(transparent)]
    Picture(#[from] crafts::signature::PictureFault),
    /// A signature could not be placed.
    #[error("the signature could not be placed")]
    Signature(#[from] crafts::signature::SignatureFault),
    /// A CMS, timestamp or OCSP structure could not be made or read.
    #[error("the CMS could not be made or read")]
    Cms(#[from] crafts::cms::CmsFault),
    /// The bag could not be packed.
    #[error("the bag could not be packed")]
    Bag(#[from] crafts::bagit::BagFault),
    /// Plans do not fit the document.
    #[error(transparent)]
    Plan(#[from] school::plan::PlanFault),
    /// The roster does not fit.
    #[error(transparent)]
    Roster(#[from] school::roster::RosterFault),
    /// A stored form cannot be read or written.
    #[error("stored form {what} cannot be read or written")]
    Form {
        /// Which form.
        what: &'static str,
    },
    /// It is not the time for this step.
    #[error("{what}: {code}")]
    NotNow {
        /// Stable code.
        code: &'static str,
        /// For the log.
        what: String,
    },
}

impl ClerkFault {
    /// A fault after which nothing more can be recorded or kept: of one document it says nothing.
    pub fn ends_all(&self) -> bool {
        match self {
            Self::Register(_) => true,
            Self::Store(refusal) => {
                matches!(refusal, StoreRefusal::Full { .. } | StoreRefusal::Io { .. })
            }
            _ => false,
        }
    }

    /// The stable code; its words are in `wording`.
    pub fn code(&self) -> &str {
        match self {
            Self::Register(fault) => fault.code(),
            Self::Store(refusal) => refusal.code(),
            Self::Reader(fault) => fault.code(),
            Self::Token(refusal) => refusal.code(),
            Self::Network(fault) => fault.code(),
            Self::Medium(refusal) => refusal.code(),
            Self::Media(fault) => fault.code(),
            Self::Signing(refusal) => refusal.code(),
            Self::Act(refusal) => refusal.code(),
            Self::Round(refusal) => refusal.code(),
            Self::Single(refusal) => refusal.code(),
            Self::Enrolment(refusal) => refusal.code(),
            Self::OwnRule(refusal) => refusal.code(),
            Self::Lock(refusal) => refusal.code(),
            Self::Handover(refusal) => refusal.code(),
            Self::Correction(refusal) => refusal.code(),
            Self::Deposit(refusal) => refusal.code(),
            Self::Copy(refusal) => refusal.code(),
            Self::Unproven(_) => "judge.unproven",
            Self::Document(crafts::document::DocumentFault::Scan) => "document.scan",
            Self::Document(_) => "document.not_rendered",
            Self::Pdf(_) => "document.not_written",
            Self::Picture(fault) => fault.code(),
            Self::Signature(_) => "signing.not_placed",
            Self::Cms(_) => "signing.cms",
            Self::Bag(_) => "deposit.not_packed",
            Self::Plan(_) => "plan.unusable",
            Self::Roster(_) => "roster.unusable",
            Self::Form { .. } => "store.form",
            Self::NotNow { code, .. } => code,
        }
    }
}
