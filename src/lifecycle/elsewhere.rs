//! Documents that another program made and its people signed. They are taken in as they are: verified, registered,
//! sealed, never signed or extended here.

use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey, DossierOf};
use school::moment::Moment;
use school::plan::{BoxName, Plan, Templates};
use verification::report::{Integrity, PdfReport, SignatureReport, Trust, Verdict};

use crate::lifecycle::act::InForce;
use crate::lifecycle::ledger::Ledger;

/// Why a signed file is not taken in. Nothing is recorded, and it stays with whoever brought it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ElsewhereRefusal {
    /// Its name is not the id of a transcript: nothing else says whose it is.
    #[error("the file is not named by the id of a transcript")]
    Name,
    /// The plans of its year have such documents signed here.
    #[error("the plans of {0} do not take transcripts that were signed elsewhere")]
    NotByPlan(String),
    /// No locked data name the pupil.
    #[error("no locked data of the period name the pupil of {0}")]
    NotLocked(DossierId),
    /// Another file is there for it already, or another version is due.
    #[error("{0} stands, or is not the version that is due")]
    Standing(DossierId),
    /// The judge does not find it valid.
    #[error("the judge does not confirm it: {}", .0.join(", "))]
    NotConfirmed(Vec<String>),
    /// A signature that the plan asks for is not there, or not in its order.
    #[error("no signature for {0} by whom the roster names, in the order of the plan")]
    SignatureMissing(BoxName),
}

impl ElsewhereRefusal {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Name => "elsewhere.name",
            Self::NotByPlan(_) => "elsewhere.not_by_plan",
            Self::NotLocked(_) => "elsewhere.not_locked",
            Self::Standing(_) => "elsewhere.standing",
            Self::NotConfirmed(_) => "elsewhere.not_confirmed",
            Self::SignatureMissing(_) => "elsewhere.signature_missing",
        }
    }
}

/// The dossier that a file of this name is for.
///
/// Errors: [`ElsewhereRefusal::Name`].
pub fn named(file: &str) -> Result<DossierKey, ElsewhereRefusal> {
    let (stem, extension) = file.rsplit_once('.').ok_or(ElsewhereRefusal::Name)?;
    let key = DossierKey::from_id(stem).map_err(|_| ElsewhereRefusal::Name)?;
    let fits = extension.eq_ignore_ascii_case("pdf") && matches!(key.of, DossierOf::HocBa(_));
    if fits { Ok(key) } else { Err(ElsewhereRefusal::Name) }
}

/// Whether a file for `key` may be taken in now. `plans`: of its year, where it is open.
///
/// Errors: by plan, then by what stands already.
pub fn ask_to_take(
    ledger: &Ledger,
    plans: Option<&Templates>,
    key: &DossierKey,
) -> Result<(), ElsewhereRefusal> {
    if !plans.is_some_and(|plans| plans.come_signed(key.kind())) {
        return Err(ElsewhereRefusal::NotByPlan(key.year.to_string()));
    }
    let first = DossierKey { version: 1, ..key.clone() };
    if ledger.to_be_made(&first).as_ref() == Some(key) {
        return Ok(());
    }
    let standing = ledger.current(&first).map_or_else(|| first.id(), |(id, _)| id.clone());
    Err(ElsewhereRefusal::Standing(standing))
}

/// A file that the judge finds valid by the rules for strangers' files, with every signature that the plan asks
/// for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignedElsewhere {
    sha256: Sha256,
    last: Sha256,
}

impl SignedElsewhere {
    /// Weighs the judge's report on the file. Whose signature counts is said by roster and acts at the time that
    /// the signature names; `now` where it names none.
    ///
    /// Errors: [`ElsewhereRefusal::NotConfirmed`], [`ElsewhereRefusal::SignatureMissing`].
    pub fn from_report(
        report: &PdfReport,
        file: Sha256,
        plan: &Plan,
        (key, people, now): (&DossierKey, &InForce<'_>, Moment),
    ) -> Result<Self, ElsewhereRefusal> {
        let not_confirmed = |code: &str| ElsewhereRefusal::NotConfirmed(vec![code.to_owned()]);
        if report.sha256 != file {
            return Err(not_confirmed("OTHER_FILE"));
        }
        if report.plan.is_some() {
            return Err(not_confirmed("PLAN_INSIDE"));
        }
        if report.verdict != Verdict::Valid {
            let codes = report.problems.iter().map(|problem| problem.code.clone()).collect();
            return Err(ElsewhereRefusal::NotConfirmed(codes));
        }
        let mut signatures = report.signatures.iter();
        let mut last = None;
        for (_, signing_box) in plan.boxes() {
            let by_holder = |one: &&SignatureReport| {
                let at = one.signed_at.unwrap_or(now);
                let bound = one.cert_sha256.is_some_and(|certificate| {
                    people.bound(key.kind(), signing_box, certificate, at).is_ok()
                });
                bound && one.integrity == Integrity::Intact && one.trust == Trust::Trusted
            };
            let found = signatures.find(by_holder);
            let missing = || ElsewhereRefusal::SignatureMissing(signing_box.name.clone());
            last = Some(found.and_then(|one| one.cert_sha256).ok_or_else(missing)?);
        }
        let last = last.ok_or_else(|| not_confirmed("NO_SIGNATURE"))?;
        Ok(Self { sha256: file, last })
    }

    /// SHA-256 of the file.
    pub const fn sha256(&self) -> Sha256 {
        self.sha256
    }

    /// The certificate of the last signature that the plan asks for.
    pub const fn last(&self) -> Sha256 {
        self.last
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_id_of_a_transcript_says_whose_a_signed_file_is() {
        for name in ["2025-2026_ca-nam_hoc-ba_HS0001.pdf", "2025-2026_HK1_hoc-ba_HS0001_v2.PDF"] {
            named(name).unwrap_or_else(|refusal| panic!("{name}: {refusal}"));
        }
        for name in [
            "hoc-ba.pdf",
            "2025-2026_ca-nam_hoc-ba_HS0001",
            "2025-2026_ca-nam_hoc-ba_HS0001.docx",
            "2025-2026_ca-nam_so-diem_6A1.pdf",
            "../2025-2026_ca-nam_hoc-ba_HS0001.pdf",
        ] {
            assert_eq!(named(name), Err(ElsewhereRefusal::Name), "{name}");
        }
    }
}
