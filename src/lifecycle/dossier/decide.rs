//! May this certificate sign this box now? Asked before the token is touched (invariants 2 to 4).

use school::digest::Sha256;
use school::identifier::PersonId;
use school::moment::Moment;
use school::plan::{BoxName, SigningBox};
use verification::pki::Standing;
use verification::report::{Revocation, Trust};

use crate::lifecycle::act::InForce;
use crate::lifecycle::dossier::{Dossier, Refusal, Stage};
use crate::lifecycle::event::UncheckedBy;

/// Permission to sign one box over one revision with one certificate. Only [`ask_to_sign`] gives it,
/// and without it there is no way to C_Sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permit {
    signing_box: SigningBox,
    certificate: Sha256,
    over: Sha256,
    revision: u32,
    certifies: bool,
}

impl Permit {
    /// The permission under which the attempt was begun that a kill cut off: it was given and recorded then.
    /// What is still asked is whether a file that was left behind is what it allowed.
    pub fn of_attempt(dossier: &Dossier) -> Option<Self> {
        let attempt = dossier.attempt.as_ref()?;
        let signing_box = dossier.open_boxes().iter().find(|one| one.name == attempt.signing_box)?;
        let (number, latest) = dossier.latest();
        (latest.sha256 == attempt.over).then(|| Self {
            signing_box: signing_box.clone(),
            certificate: attempt.certificate,
            over: attempt.over,
            revision: number + 1,
            certifies: dossier.signers().is_empty(),
        })
    }

    /// The box.
    pub fn signing_box(&self) -> &SigningBox {
        &self.signing_box
    }

    /// The certificate.
    pub fn certificate(&self) -> Sha256 {
        self.certificate
    }

    /// SHA-256 of the revision to be signed over.
    pub fn over(&self) -> Sha256 {
        self.over
    }

    /// Number of the revision that the signature makes.
    pub fn revision(&self) -> u32 {
        self.revision
    }

    /// True for the first signature, which certifies (DocMDP P=2).
    pub fn certifies(&self) -> bool {
        self.certifies
    }
}

/// Decides whether the certificate of `standing` may sign `name` of `dossier` now.
///
/// Errors: the first reason against it; order before person before certificate, so that a colleague
/// who came too early is told so and not that the certificate is at fault.
pub fn ask_to_sign(
    dossier: &Dossier,
    name: &BoxName,
    (in_force, at): (&InForce<'_>, Moment),
    (standing, unchecked): (&Standing, Unchecked),
) -> Result<Permit, Refusal> {
    let (_, signing_box) = dossier.plan.find(name).ok_or_else(|| Refusal::NoSuchBox(name.clone()))?;
    if dossier.signed_boxes().contains(name) {
        return Err(Refusal::AlreadySigned(name.clone()));
    }
    if let Stage::Withdrawn(withdrawn) = &dossier.stage {
        return Err(Refusal::Withdrawn(withdrawn.by.clone()));
    }
    if let Stage::Halted(halted) = &dossier.stage {
        return Err(Refusal::Halted(halted.signing_box.clone()));
    }
    let open = dossier.open_boxes();
    if !open.iter().any(|one| one.name == *name) {
        let waiting_for = open.first().map_or_else(|| name.clone(), |first| first.name.clone());
        return Err(Refusal::NotYourTurn { signing_box: name.clone(), waiting_for });
    }
    if dossier.plan.roster != in_force.digest() {
        return Err(Refusal::OtherRoster);
    }
    in_force.bound(dossier.key.kind(), signing_box, standing.certificate, at)?;
    check_standing(standing, unchecked)?;
    let (number, latest) = dossier.latest();
    Ok(Permit {
        signing_box: signing_box.clone(),
        certificate: standing.certificate,
        over: latest.sha256,
        revision: number + 1,
        certifies: dossier.signers().is_empty(),
    })
}

/// Whether `person` may refuse the dossier: an open box is theirs, by the roster or by an act.
///
/// Errors: [`Refusal::NothingToRefuse`]; [`Refusal::Halted`] where somebody refused already.
pub fn ask_to_refuse(
    dossier: &Dossier,
    (in_force, at): (&InForce<'_>, Moment),
    person: &PersonId,
) -> Result<BoxName, Refusal> {
    if let Stage::Halted(halted) = &dossier.stage {
        return Err(Refusal::Halted(halted.signing_box.clone()));
    }
    let kind = dossier.key.kind();
    let is_theirs = |one: &&SigningBox| {
        let certificate = in_force.certificate(person, at);
        certificate.is_some_and(|certificate| in_force.bound(kind, one, certificate, at).is_ok())
    };
    let theirs = dossier.open_boxes().iter().find(is_theirs);
    theirs.map(|one| one.name.clone()).ok_or(Refusal::NothingToRefuse)
}

/// Whether the refusal of a dossier may be answered.
pub fn ask_to_resume(dossier: &Dossier) -> Result<(), Refusal> {
    match dossier.stage {
        Stage::Halted(_) => Ok(()),
        Stage::AwaitingTurn(_) | Stage::Signed(_) | Stage::Closed(_) | Stage::Withdrawn(_) => {
            Err(Refusal::NotHalted)
        }
    }
}

/// What becomes of a signature when no CRL or OCSP answer can be had.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unchecked {
    /// It is refused.
    #[default]
    Refused,
    /// The signer decides, and has not said anything yet.
    Undecided,
    /// It is made: this one decided so.
    Allowed(UncheckedBy),
}

/// The school's policy for revocation that cannot be checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum RevocationPolicy {
    /// Nothing is signed.
    #[default]
    Refuse,
    /// The signer is told and decides.
    Ask,
    /// It is signed and recorded.
    Allow,
}

/// What a signer said when told that revocation cannot be checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SignersWord {
    /// Nothing: nobody was asked.
    #[default]
    None,
    /// Sign all the same.
    SignAnyway,
}

impl RevocationPolicy {
    /// What follows from the policy and from what the signer said.
    pub const fn with(self, word: SignersWord) -> Unchecked {
        match (self, word) {
            (Self::Refuse, _) => Unchecked::Refused,
            (Self::Ask, SignersWord::None) => Unchecked::Undecided,
            (Self::Ask, SignersWord::SignAnyway) => Unchecked::Allowed(UncheckedBy::Signer),
            (Self::Allow, _) => Unchecked::Allowed(UncheckedBy::Policy),
        }
    }
}

/// Refuses a certificate that is revoked, outside its validity, untrusted or unfit, and one that is unchecked
/// unless it was decided otherwise.
pub fn check_standing(standing: &Standing, unchecked: Unchecked) -> Result<(), Refusal> {
    if !standing.in_validity {
        return Err(Refusal::Expired);
    }
    if matches!(standing.revocation, Revocation::Revoked | Revocation::RevokedAfterPoe) {
        return Err(Refusal::Revoked);
    }
    if standing.trust != Trust::Trusted {
        return Err(Refusal::UnknownCa);
    }
    if !(standing.may_sign && standing.strong) {
        return Err(Refusal::MayNotSign);
    }
    match standing.revocation {
        Revocation::Good => Ok(()),
        _ => match unchecked {
            Unchecked::Allowed(_) => Ok(()),
            Unchecked::Undecided => Err(Refusal::RevocationUndecided),
            Unchecked::Refused => Err(Refusal::RevocationUnchecked),
        },
    }
}
