//! Revocation by CRLs (RFC 5280, 6.3) and OCSP responses (RFC 6960), by hand: signature, names and
//! dates of the data first, then what it says, compared with the moment that matters.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::moment::Moment;

use crate::pki::certificate::{self, Certificate};
use crate::pki::checked::Checked;
use crate::pki::ocsp_answer::{Answered, OcspAnswer};
use crate::pki::path::Pool;
use crate::pki::revocation_list::{Listed, RevocationList};
use crate::report::{Revocation, RevocationSource};

/// How far clocks may differ.
pub(crate) const SKEW_SECONDS: i64 = 300;

/// CRLs and OCSP responses at hand, read; also those that turned out to be neither.
#[derive(Debug, Clone, Default)]
pub(crate) struct RevocationData {
    lists: Vec<Arc<RevocationList>>,
    answers: Vec<Arc<OcspAnswer>>,
}

impl RevocationData {
    /// Reads what the asker gave, DER.
    pub fn read(lists: &[Vec<u8>], answers: &[Vec<u8>]) -> Self {
        Self {
            lists: lists.iter().map(|der| Arc::new(RevocationList::read(der))).collect(),
            answers: answers.iter().map(|der| Arc::new(OcspAnswer::read(der))).collect(),
        }
    }

    /// Adds what stands in a file.
    pub fn with(&self, lists: &[Vec<u8>], answers: &[Vec<u8>], checked: &Checked) -> Self {
        let mut all = self.clone();
        all.lists.extend(lists.iter().map(|der| checked.list(der)));
        all.answers.extend(answers.iter().map(|der| checked.answer(der)));
        all
    }

    /// True when it was read from exactly these.
    pub fn is_of(&self, lists: &[Vec<u8>], answers: &[Vec<u8>]) -> bool {
        self.lists.iter().map(|one| one.der()).eq(lists)
            && self.answers.iter().map(|one| one.der()).eq(answers)
    }
}

/// The moments that a judgement of revocation is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moments {
    /// When the judgement is made.
    pub at: Moment,
    /// When the signature is proven to have existed; nothing without a proof.
    pub poe: Option<Moment>,
}

impl Moments {
    /// The moment that data must cover.
    fn control(self) -> Moment {
        self.poe.unwrap_or(self.at)
    }

    fn covers(self, this_update: Moment, next_update: Option<Moment>) -> bool {
        let control = self.control();
        let known = this_update <= self.at.plus_seconds(SKEW_SECONDS);
        let fresh = match next_update {
            Some(next) => next.plus_seconds(SKEW_SECONDS) >= control,
            None => this_update.plus_seconds(SKEW_SECONDS) >= control,
        };
        known && fresh
    }
}

/// The status of the whole path: every certificate below the anchor, leaf first.
pub(crate) fn of_path(
    leaf: &Certificate,
    path: &[Arc<Certificate>],
    pool: &Pool,
    data: &RevocationData,
    when: Moments,
) -> Revocation {
    let certificates = std::iter::once(leaf).chain(path.iter().map(AsRef::as_ref));
    let mut worst = Revocation::Good;
    for (certificate, issuer) in certificates.zip(path) {
        let status = of(certificate, issuer, pool, data, when);
        if rank(status) > rank(worst) {
            worst = status;
        }
    }
    if path.is_empty() { Revocation::Unchecked } else { worst }
}

/// Where the certificates of the path whose status nothing at hand tells could be asked.
pub(crate) fn sources(
    leaf: &Certificate,
    path: &[Arc<Certificate>],
    pool: &Pool,
    data: &RevocationData,
    when: Moments,
) -> Vec<RevocationSource> {
    let certificates = std::iter::once(leaf).chain(path.iter().map(AsRef::as_ref));
    let unchecked = certificates
        .zip(path)
        .filter(|(certificate, issuer)| of(certificate, issuer, pool, data, when) == Revocation::Unchecked);
    let encode = |one: &Certificate| STANDARD.encode(one.der());
    unchecked
        .map(|(certificate, issuer)| {
            let (ocsp, crl) = certificate::addresses(certificate.x509());
            RevocationSource { certificate: encode(certificate), issuer: encode(issuer), ocsp, crl }
        })
        .collect()
}

const fn rank(status: Revocation) -> u8 {
    match status {
        Revocation::Good => 0,
        Revocation::RevokedAfterPoe => 1,
        Revocation::Unchecked => 2,
        Revocation::Revoked => 3,
    }
}

/// The status of one certificate. One usable "revoked" outweighs any number of "good".
fn of(
    certificate: &Certificate,
    issuer: &Certificate,
    pool: &Pool,
    data: &RevocationData,
    when: Moments,
) -> Revocation {
    let mut good = false;
    let mut revoked: Option<Moment> = None;
    let mut take = |from: Moment| revoked = Some(revoked.map_or(from, |earlier| earlier.min(from)));
    for list in &data.lists {
        match list.says(certificate, issuer, pool.checked()) {
            // A list that is too old to prove "good" still proves "revoked".
            Some(Listed::Revoked(from)) => take(from),
            Some(Listed::Absent { this_update, next_update }) => {
                good |= when.covers(this_update, next_update)
            }
            None => {}
        }
    }
    for answer in &data.answers {
        for said in answer.says(certificate, issuer, pool) {
            match said {
                Answered::Revoked(from) => take(from),
                Answered::Good { this_update, next_update } => good |= when.covers(this_update, next_update),
            }
        }
    }
    match revoked {
        // Later than the moment judged: not revoked yet, and that is proven.
        Some(from) if from > when.at => Revocation::Good,
        Some(from) if when.poe.is_some_and(|poe| poe < from) => Revocation::RevokedAfterPoe,
        Some(_) => Revocation::Revoked,
        None if good => Revocation::Good,
        None => Revocation::Unchecked,
    }
}
