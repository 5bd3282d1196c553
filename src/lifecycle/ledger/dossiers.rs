//! What happens to a dossier, and which version of a document stands.

use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierKey};
use school::plan::Plan;

use crate::lifecycle::dossier::{Attempt, Closed, Dossier, Revision, Stage};
use crate::lifecycle::event::{Entry, Event};
use crate::lifecycle::ledger::Ledger;

fn is_made(dossier: &Dossier) -> bool {
    !dossier.key.kind().names_exports() && !matches!(dossier.stage, Stage::Withdrawn(_))
}

pub(super) fn is_made_from(dossier: &Dossier, export: &Sha256) -> bool {
    is_made(dossier) && dossier.exports.contains(export)
}

impl Ledger {
    pub(super) fn apply_dossier(&mut self, entry: &Entry) {
        match &entry.event {
            Event::DossierBase {
                dossier,
                sha256,
                boxes,
                plan,
                exports,
                pupil,
                supplements,
                corrects,
                ..
            } => {
                let Ok(key) = DossierKey::from_id(dossier.as_str()) else { return };
                let base = Revision { sha256: *sha256, recorded: entry.time, signed: None };
                let made = Dossier {
                    exports: exports.clone(),
                    pupil: pupil.clone(),
                    supplements: supplements.clone(),
                    corrects: corrects.clone(),
                    ..Dossier::with_base(key, Plan::clone(plan), Some(*boxes), base)
                };
                if made.key.kind() == DocumentKind::QuyetDinhKhoa {
                    self.give_way(dossier, &made);
                }
                self.dossiers.insert(dossier.clone(), made);
            }
            Event::SignedElsewhere { dossier, sha256, plan, exports, certificate } => {
                let Ok(key) = DossierKey::from_id(dossier.as_str()) else { return };
                let last = plan.boxes().last().map(|(_, one)| (one.name.clone(), *certificate));
                let whole = Revision { sha256: *sha256, recorded: entry.time, signed: last };
                let corrects = self.corrected_version(&key).map(|(id, _)| id.clone()).into_iter().collect();
                let plan = Plan::clone(plan);
                let taken = Dossier {
                    exports: exports.clone(),
                    corrects,
                    stage: Stage::Closed(Closed),
                    ..Dossier::with_base(key, plan, None, whole)
                };
                self.dossiers.insert(dossier.clone(), taken);
            }
            Event::DossierSigned { dossier, signing_box, certificate, sha256, .. } => {
                if let Some(dossier) = self.dossiers.get_mut(dossier) {
                    let signed = Some((signing_box.clone(), *certificate));
                    dossier.signed(Revision { sha256: *sha256, recorded: entry.time, signed });
                }
            }
            Event::DossierRefused { dossier, signing_box, record } => {
                if let Some(dossier) = self.dossiers.get_mut(dossier) {
                    dossier.refused(signing_box.clone(), *record);
                }
            }
            Event::DossierResumed { dossier, .. } => {
                if let Some(dossier) = self.dossiers.get_mut(dossier) {
                    dossier.resumed();
                }
            }
            Event::DossierClosed { dossier, sha256, .. } => {
                if let Some(closed) = self.dossiers.get_mut(dossier) {
                    closed.closed(Revision { sha256: *sha256, recorded: entry.time, signed: None });
                    let (kind, exports, pupil) =
                        (closed.key.kind(), closed.exports.clone(), closed.pupil.clone());
                    match kind {
                        DocumentKind::QuyetDinhKhoa => self.lock(dossier, &exports, pupil.as_ref()),
                        DocumentKind::QuyetDinhMo => self.reopen(dossier, &exports),
                        DocumentKind::BienBanSuaChua => self.correct(dossier),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }

    pub(super) fn apply_attempt(&mut self, event: &Event) {
        match event {
            Event::SigningBegun { dossier, signing_box, certificate, over } => {
                if let Some(dossier) = self.dossiers.get_mut(dossier) {
                    let (signing_box, certificate) = (signing_box.clone(), *certificate);
                    dossier.attempt = Some(Attempt { signing_box, certificate, over: *over });
                }
            }
            Event::AttemptLost { dossier, .. } => {
                if let Some(dossier) = self.dossiers.get_mut(dossier) {
                    dossier.attempt = None;
                }
            }
            _ => {}
        }
    }

    /// Documents of classes that are not withdrawn; no decisions.
    pub fn made(&self) -> impl Iterator<Item = (&DossierId, &Dossier)> {
        self.dossiers.iter().filter(|(_, dossier)| is_made(dossier))
    }

    /// Those of them that were made from `export`.
    pub fn made_from(&self, export: &Sha256) -> impl Iterator<Item = (&DossierId, &Dossier)> {
        self.dossiers.iter().filter(move |(_, dossier)| is_made_from(dossier, export))
    }

    /// The key under which a document is to be made: the first version, or the next one after a
    /// withdrawn or corrected one; none while a version stands.
    pub fn to_be_made(&self, first: &DossierKey) -> Option<DossierKey> {
        match self.current(first) {
            None => Some(first.clone()),
            Some((_, latest)) => match latest.stage {
                Stage::Withdrawn(_) => Some(latest.key.next_version()),
                // A corrected one that is signed whole is closed first: the next version names its final file.
                Stage::Closed(_) => latest.corrected_by.as_ref().map(|_| latest.key.next_version()),
                Stage::AwaitingTurn(_) | Stage::Halted(_) | Stage::Signed(_) => None,
            },
        }
    }

    /// The version that `key` corrects: the latest earlier one that somebody signed.
    pub fn corrected_version(&self, key: &DossierKey) -> Option<(&DossierId, &Dossier)> {
        let earlier = (1..key.version).rev().map(|version| DossierKey { version, ..key.clone() }.id());
        let mut known = earlier.into_iter().filter_map(|id| self.dossiers.get_key_value(&id));
        known.find(|(_, one)| !one.signers().is_empty())
    }

    /// The latest version of a document.
    pub fn current(&self, key: &DossierKey) -> Option<(&DossierId, &Dossier)> {
        let versions = std::iter::successors(Some(key.clone()), |key| Some(key.next_version()));
        versions.map_while(|key| self.dossiers.get_key_value(&key.id())).last()
    }
}
