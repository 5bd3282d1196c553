//! Why a signature is refused before the token is touched.

use school::digest::Sha256;
use school::dossier::DossierId;
use school::plan::BoxName;

use crate::lifecycle::timekeeping::ClockRefusal;

/// A refusal with a stable code; its words are in `wording`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The plan has no such box.
    #[error("the plan has no box {0}")]
    NoSuchBox(BoxName),
    /// Boxes of an earlier turn are still open.
    #[error("box {signing_box} waits for {waiting_for}")]
    NotYourTurn {
        /// The box asked for.
        signing_box: BoxName,
        /// The first open box of the turn that is due.
        waiting_for: BoxName,
    },
    /// The box is signed already.
    #[error("box {0} is signed already")]
    AlreadySigned(BoxName),
    /// The dossier was withdrawn by this decision before anybody signed it.
    #[error("the dossier was withdrawn by {0}")]
    Withdrawn(DossierId),
    /// This signed decision opens the data of the dossier again.
    #[error("{0} opens the data of the dossier again")]
    BeingReopened(DossierId),
    /// A reopening decision, but this dossier of its exports has been signed since it was proposed.
    #[error("{0} has been signed meanwhile")]
    SignedMeanwhile(DossierId),
    /// A lock decision, but since it was proposed a teacher found something wrong in this export.
    #[error("something is wrong in export {0}")]
    FoundWrong(Sha256),
    /// A signer refused; the refusal waits for an answer.
    #[error("the dossier is halted at {0}")]
    Halted(BoxName),
    /// There is no refusal that could be answered.
    #[error("nobody refused the dossier")]
    NotHalted,
    /// Nothing waits for this person's signature that could be refused.
    #[error("no open box of the dossier is theirs")]
    NothingToRefuse,
    /// An act names the signer, but for other dates or other documents.
    #[error("the act for box {0} does not cover this moment or document")]
    OutsideAct(BoxName),
    /// An act took the place of this certificate.
    #[error("the certificate was replaced")]
    CertificateReplaced,
    /// The box belongs to the holder of another certificate.
    #[error("box {0} belongs to another certificate")]
    WrongPerson(BoxName),
    /// The roster in force is not the one that the base names.
    #[error("the base names another roster")]
    OtherRoster,
    /// The certificate is not valid at this moment.
    #[error("the certificate is outside its validity")]
    Expired,
    /// The certificate is revoked.
    #[error("the certificate is revoked")]
    Revoked,
    /// No path from the certificate to a trust anchor.
    #[error("the certificate leads to no trust anchor")]
    UnknownCa,
    /// Key usage or key strength forbid signing.
    #[error("the certificate may not sign")]
    MayNotSign,
    /// No CRL or OCSP answer could be had: its own verdict, never silently valid.
    #[error("revocation could not be checked")]
    RevocationUnchecked,
    /// The same where the school lets the signer decide, and the signer has not been asked yet.
    #[error("revocation could not be checked; the signer decides")]
    RevocationUndecided,
    /// The file is not the revision that the register knows, or it is gone.
    #[error("the file is not the registered revision")]
    FileDiffers,
    /// The judge does not confirm the signatures that stand in the file.
    #[error("earlier signatures are not confirmed: {}", .0.join(", "))]
    EarlierSignatures(Vec<String>),
    /// The clock is not believed.
    #[error(transparent)]
    Clock(#[from] ClockRefusal),
}

impl Refusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchBox(_) => "signing.no_such_box",
            Self::NotYourTurn { .. } => "signing.not_your_turn",
            Self::AlreadySigned(_) => "signing.already_signed",
            Self::Withdrawn(_) => "signing.withdrawn",
            Self::BeingReopened(_) => "signing.being_reopened",
            Self::SignedMeanwhile(_) => "signing.signed_meanwhile",
            Self::FoundWrong(_) => "signing.found_wrong",
            Self::Halted(_) => "signing.halted",
            Self::NotHalted => "signing.not_halted",
            Self::NothingToRefuse => "signing.nothing_to_refuse",
            Self::OutsideAct(_) => "signing.outside_act",
            Self::CertificateReplaced => "signing.certificate_replaced",
            Self::WrongPerson(_) => "signing.wrong_person",
            Self::OtherRoster => "signing.other_roster",
            Self::Expired => "signing.certificate_expired",
            Self::Revoked => "signing.certificate_revoked",
            Self::UnknownCa => "signing.unknown_ca",
            Self::MayNotSign => "signing.certificate_may_not_sign",
            Self::RevocationUnchecked => "signing.revocation_unchecked",
            Self::RevocationUndecided => "signing.revocation_undecided",
            Self::FileDiffers => "signing.file_differs",
            Self::EarlierSignatures(_) => "signing.earlier_signatures",
            Self::Clock(refusal) => refusal.code(),
        }
    }
}
