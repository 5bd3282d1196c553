//! Signatures that stand in a file are judged again right before the next one is put over them. What the judge
//! confirmed a moment ago, byte for byte, is not judged a second time.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use school::digest::Sha256;
use school::dossier::DossierId;
use school::limits::JUDGED_FOR_SECONDS;
use verification::report::PdfReport;

use crate::clerk::{ClerkFault, Office};
use crate::lifecycle::dossier::{Dossier, Refusal};
use crate::lifecycle::evidence::EarlierRevision;

/// Revisions that the judge confirmed, by their digest.
#[derive(Debug, Default)]
pub(super) struct Confirmed(BTreeMap<Sha256, Instant>);

impl Confirmed {
    /// The judge has just confirmed this revision.
    pub(super) fn note(&mut self, revision: Sha256) {
        self.0.insert(revision, Instant::now());
    }

    /// Whether nothing stands in the latest revision of the dossier, or the judge confirmed it a moment ago.
    pub(super) fn covers(&self, dossier: &Dossier) -> bool {
        let recent = |at: &Instant| at.elapsed() < Duration::from_secs(JUDGED_FOR_SECONDS);
        dossier.signers().is_empty() || self.0.get(&dossier.latest().1.sha256).is_some_and(recent)
    }

    /// What was confirmed was so by other acts than there are now.
    pub(super) fn forget(&mut self) {
        self.0.clear();
    }

    /// Drops what is too old to count: a round leaves thousands.
    pub(super) fn tidy(&mut self) {
        self.0.retain(|_, at| at.elapsed() < Duration::from_secs(JUDGED_FOR_SECONDS));
    }
}

/// Weighs what the judge said of the latest revision of a dossier.
///
/// Errors: `signing.earlier_signatures`.
pub(super) fn weigh(office: &mut Office, id: &DossierId, report: &PdfReport) -> Result<(), Refusal> {
    let dossier = &office.ledger().dossiers[id];
    let confirmed = EarlierRevision::from_report(report, dossier);
    confirmed.map_err(|unproven| Refusal::EarlierSignatures(unproven.codes))?;
    office.confirmed.note(report.sha256);
    Ok(())
}

/// Has the latest revision of a dossier judged, unless that was done a moment ago.
///
/// Errors: `signing.earlier_signatures`; the reader failed.
pub(super) fn confirm(office: &mut Office, id: &DossierId, revision: &[u8]) -> Result<(), ClerkFault> {
    let dossier = &office.ledger().dossiers[id];
    if office.confirmed.covers(dossier) {
        return Ok(());
    }
    let circumstances = office.circumstances(Some(dossier.key.year))?;
    let report = office.reader.judge_pdf(&circumstances, revision)?;
    Ok(weigh(office, id, &report)?)
}
