//! What a decision or a record of a correction does to others once it is signed whole: it locks, opens again, corrects.

use std::collections::BTreeSet;

use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, Period};
use school::identifier::{ClassName, PupilId};

use crate::lifecycle::dossier::{Dossier, Stage};
use crate::lifecycle::event::Entry;
use crate::lifecycle::export;
use crate::lifecycle::ledger::Ledger;
use crate::lifecycle::ledger::dossiers::is_made_from;

impl Ledger {
    pub(super) fn lock(&mut self, decision: &DossierId, exports: &[Sha256], pupil: Option<&PupilId>) {
        for export in exports {
            let Some(export::Stage::Accepted(accepted)) = self.exports.0.get_mut(export) else { continue };
            match pupil {
                Some(pupil) => drop(accepted.pupils_locked.insert(pupil.clone(), decision.clone())),
                None => accepted.locked_by = Some(decision.clone()),
            }
        }
    }

    /// Withdraws the decisions that nobody can sign, because a teacher found something wrong in them, where the new
    /// one is about the same class and period: even if the teacher thinks better of it, only one of them locks.
    pub(super) fn give_way(&mut self, to: &DossierId, decision: &Dossier) {
        let of = |ledger: &Self, one: &Dossier| -> BTreeSet<(ClassName, Period)> {
            let accepted = one.exports.iter().filter_map(|export| ledger.accepted(export));
            accepted.map(|accepted| (accepted.class.clone(), accepted.period)).collect()
        };
        let own = of(self, decision);
        let gives_way = |one: &Dossier| {
            one.key.year == decision.key.year
                && self.found_wrong(one).is_some()
                && !of(self, one).is_disjoint(&own)
        };
        let before: Vec<DossierId> =
            self.dossiers.iter().filter(|(_, one)| gives_way(one)).map(|(id, _)| id.clone()).collect();
        for one in before {
            if let Some(one) = self.dossiers.get_mut(&one) {
                one.withdrawn(to.clone());
            }
        }
    }

    /// The export of a lock decision that is not signed whole in which a teacher found something wrong.
    pub fn found_wrong(&self, decision: &Dossier) -> Option<Sha256> {
        let is_open = decision.key.kind() == DocumentKind::QuyetDinhKhoa
            && matches!(decision.stage, Stage::AwaitingTurn(_) | Stage::Halted(_));
        let is_wrong = |export: &&Sha256| {
            self.accepted(export).is_some_and(|accepted| accepted.review.wrong().next().is_some())
        };
        decision.exports.iter().filter(|_| is_open).find(is_wrong).copied()
    }

    /// Opens exports again and withdraws what was made from them; nobody had signed it.
    pub(super) fn reopen(&mut self, decision: &DossierId, exports: &[Sha256]) {
        for export in exports {
            let Some(export::Stage::Accepted(accepted)) = self.exports.0.get_mut(export) else { continue };
            let locks = accepted.locked_by.take().into_iter();
            let locks = locks.chain(std::mem::take(&mut accepted.pupils_locked).into_values());
            self.reopened.extend(locks.map(|lock| (lock, *export)));
            for made in self.dossiers.values_mut().filter(|one| is_made_from(one, export)) {
                made.withdrawn(decision.clone());
            }
        }
    }

    /// True when a closed decision opened again what `lock` locked of `export`.
    pub fn is_reopened(&self, lock: &DossierId, export: &Sha256) -> bool {
        self.reopened.contains(&(lock.clone(), *export))
    }

    pub(super) fn apply_correction(&mut self, entry: &Entry) {
        // Papers of a case that ends without being carried out are signed by nobody any more.
        if let Some(case) = self.corrections.apply(entry) {
            let request = case.request().id();
            for paper in [case.request(), case.record()] {
                let known = self.dossiers.get_mut(&paper.id());
                let open = known.filter(|one| !matches!(one.stage, Stage::Signed(_) | Stage::Closed(_)));
                if let Some(open) = open {
                    open.withdrawn(request.clone());
                }
            }
        }
    }

    /// The corrected data are locked by the record itself, and take the place of the others.
    pub(super) fn correct(&mut self, record: &DossierId) {
        let Some(case) = self.corrections.of_record(record).cloned() else { return };
        if let Some(export::Stage::Accepted(before)) = self.exports.0.get_mut(&case.before) {
            before.corrected_by = Some(record.clone());
        }
        if let Some(export::Stage::Accepted(after)) = self.exports.0.get_mut(&case.after) {
            after.locked_by = Some(record.clone());
        }
        let Some(made) = self.dossiers.get(record) else { return };
        for corrected in made.corrects.clone() {
            if let Some(corrected) = self.dossiers.get_mut(&corrected) {
                corrected.corrected(record.clone());
            }
        }
    }
}
