//! What becomes of an export: taken, checked, reviewed.

use std::collections::BTreeMap;

use school::digest::Sha256;
use school::report::Report;

use crate::lifecycle::check::Check;
use crate::lifecycle::event::{Entry, Event};
use crate::lifecycle::export::{self, Accepted, Kept, Parts};
use crate::lifecycle::ledger::Ledger;
use crate::lifecycle::review::{Answer, Part, Review};

impl Ledger {
    pub(super) fn apply_export(&mut self, entry: &Entry) {
        let (export, stage) = match &entry.event {
            Event::ExportParts { export, parts } => {
                let parts = Parts { seq: entry.seq, taken: entry.time, parts: parts.clone() };
                (*export, export::Stage::Parts(parts))
            }
            Event::ExportKept { export, report, year } => {
                let report = Report { kind: *report, year: *year };
                (*export, export::Stage::Kept(Kept { report, taken: entry.time }))
            }
            Event::ExportTaken { sha256, .. } => (*sha256, export::Stage::Taken),
            Event::ExportRefused { export, codes } => (*export, export::Stage::Refused(codes.clone())),
            Event::ExportAccepted { export, gradebook, year, class, period } => {
                let accepted = Accepted {
                    seq: entry.seq,
                    at: entry.time,
                    gradebook: *gradebook,
                    year: *year,
                    class: class.clone(),
                    period: *period,
                    locked_by: None,
                    corrected_by: None,
                    pupils_locked: BTreeMap::new(),
                    check: None,
                    review: Review::default(),
                };
                (*export, export::Stage::Accepted(Box::new(accepted)))
            }
            _ => return,
        };
        self.exports.0.insert(export, stage);
    }

    pub(super) fn apply_check(&mut self, event: &Event) {
        let (Event::ExportChecked { export, .. } | Event::DifferencesAccepted { export, .. }) = event else {
            return;
        };
        let Some(export::Stage::Accepted(accepted)) = self.exports.0.get_mut(export) else { return };
        match (event, accepted.check.as_mut()) {
            (Event::ExportChecked { check, report, differing, gaps, .. }, _) => {
                accepted.check = Some(Check {
                    record: *check,
                    report: *report,
                    differing: differing.iter().cloned().collect(),
                    gaps: *gaps,
                    accepted: None,
                });
            }
            (Event::DifferencesAccepted { record, .. }, Some(check)) => check.accepted = Some(*record),
            _ => {}
        }
    }

    pub(super) fn apply_review(&mut self, event: &Event) {
        let (Event::ExportReviewed { export, .. } | Event::ReviewWaived { export, .. }) = event else {
            return;
        };
        let Some(export::Stage::Accepted(accepted)) = self.exports.0.get_mut(export) else { return };
        match event {
            Event::ExportReviewed { subject, person, right, record, .. } => {
                let answer = Answer { person: person.clone(), right: *right, words: *record };
                accepted.review.answered(Part::of(subject.as_ref()), answer);
            }
            Event::ReviewWaived { record, .. } => accepted.review.waived(*record),
            _ => {}
        }
    }

    pub(super) fn accepted(&self, export: &Sha256) -> Option<&Accepted> {
        match self.exports.stage(export) {
            Some(export::Stage::Accepted(accepted)) => Some(accepted),
            _ => None,
        }
    }
}
