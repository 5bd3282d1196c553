//! What the events of the register add up to. Rebuilt at every start; applying an event cannot fail.

use std::collections::{BTreeMap, BTreeSet};

use school::deposit::DepositId;
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierKey};
use school::identifier::SchoolYear;

use crate::lifecycle::deposit::{self, Deposit, Deposits};
use crate::lifecycle::dossier::{Dossier, Revision};
use crate::lifecycle::event::{Entry, Event};
use crate::lifecycle::export::{self, Accepted, Exports};

/// The state of the school's affairs.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Principal's and stamp's certificates, once commissioned.
    pub commissioned: Option<(Sha256, Sha256)>,
    /// Roster and plans in force, by year.
    pub years: BTreeMap<SchoolYear, (Sha256, Sha256)>,
    /// Roots that are trusted, by the digest of their DER.
    pub anchors: BTreeSet<Sha256>,
    /// Exports.
    pub exports: Exports,
    /// Dossiers.
    pub dossiers: BTreeMap<DossierId, Dossier>,
    /// Deposits.
    pub deposits: Deposits,
}

impl Ledger {
    /// Moves to what `entry` says.
    pub fn apply(&mut self, entry: &Entry) {
        match &entry.event {
            Event::Commissioned { principal, stamp, .. } => self.commissioned = Some((*principal, *stamp)),
            Event::YearOpened { year, roster, plans } => {
                self.years.insert(*year, (*roster, *plans));
            }
            Event::ExportTaken { .. } | Event::ExportAccepted { .. } | Event::ExportRefused { .. } => {
                self.apply_export(&entry.event);
            }
            Event::DossierBase { .. } | Event::DossierSigned { .. } | Event::DossierClosed { .. } => {
                self.apply_dossier(entry);
            }
            Event::DepositPlanned { .. }
            | Event::DepositBuilt { .. }
            | Event::DepositSealed { .. }
            | Event::ImageMade { .. }
            | Event::ImageReadBack { .. } => self.apply_deposit(entry),
            Event::AnchorAdded { certificate, .. } => {
                self.anchors.insert(*certificate);
            }
            Event::AnchorRemoved { certificate, .. } => {
                self.anchors.remove(certificate);
            }
            Event::SigningRefused { .. } | Event::OverwriteRefused { .. } => {}
        }
    }

    fn apply_export(&mut self, event: &Event) {
        let (export, stage) = match event {
            Event::ExportTaken { sha256, .. } => (*sha256, export::Stage::Taken),
            Event::ExportRefused { export, codes } => (*export, export::Stage::Refused(codes.clone())),
            Event::ExportAccepted { export, gradebook, year, class, period } => {
                let accepted = Accepted {
                    gradebook: *gradebook,
                    year: *year,
                    class: class.clone(),
                    period: *period,
                    locked_by: None,
                };
                (*export, export::Stage::Accepted(accepted))
            }
            _ => return,
        };
        self.exports.0.insert(export, stage);
    }

    fn apply_dossier(&mut self, entry: &Entry) {
        match &entry.event {
            Event::DossierBase { dossier, sha256, boxes, plan, exports } => {
                let Ok(key) = DossierKey::from_id(dossier.as_str()) else { return };
                let base = Revision { sha256: *sha256, recorded: entry.time, signed: None };
                let made = Dossier::with_base(key, plan.clone(), *boxes, exports.clone(), base);
                self.dossiers.insert(dossier.clone(), made);
            }
            Event::DossierSigned { dossier, signing_box, certificate, sha256, .. } => {
                if let Some(dossier) = self.dossiers.get_mut(dossier) {
                    let signed = Some((signing_box.clone(), *certificate));
                    dossier.signed(Revision { sha256: *sha256, recorded: entry.time, signed });
                }
            }
            Event::DossierClosed { dossier, sha256, .. } => {
                if let Some(closed) = self.dossiers.get_mut(dossier) {
                    closed.closed(Revision { sha256: *sha256, recorded: entry.time, signed: None });
                    if closed.key.kind() == DocumentKind::QuyetDinhKhoa {
                        for export in &closed.exports {
                            if let Some(export::Stage::Accepted(accepted)) = self.exports.0.get_mut(export) {
                                accepted.locked_by = Some(dossier.clone());
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }

    fn apply_deposit(&mut self, entry: &Entry) {
        let (id, next) = match &entry.event {
            Event::DepositPlanned { deposit, dossiers, software_agent } => {
                let planned = Deposit {
                    planned: entry.time,
                    dossiers: dossiers.clone(),
                    software_agent: software_agent.clone(),
                    stage: deposit::Stage::Planned,
                };
                self.deposits.insert(deposit.clone(), planned);
                return;
            }
            Event::DepositBuilt { deposit, tagmanifest_sha256, tagmanifest_sha512 } => {
                let built = deposit::Stage::Built {
                    tagmanifest_sha256: *tagmanifest_sha256,
                    tagmanifest_sha512: *tagmanifest_sha512,
                };
                (deposit, built)
            }
            Event::DepositSealed { deposit, seal } => {
                (deposit, deposit::Stage::Sealed { seal: *seal, image: None })
            }
            Event::ImageMade { deposit, sha256, bytes } => {
                return self
                    .set_image(deposit, deposit::Image { sha256: *sha256, bytes: *bytes, read_back: false });
            }
            Event::ImageReadBack { deposit, .. } => {
                let known = self.deposits.get(deposit).and_then(Deposit::image).cloned();
                if let Some(image) = known {
                    self.set_image(deposit, deposit::Image { read_back: true, ..image });
                }
                return;
            }
            _ => return,
        };
        if let Some(deposit) = self.deposits.get_mut(id) {
            deposit.stage = next;
        }
    }

    fn set_image(&mut self, deposit: &DepositId, made: deposit::Image) {
        if let Some(Deposit { stage: deposit::Stage::Sealed { image, .. }, .. }) =
            self.deposits.get_mut(deposit)
        {
            *image = Some(made);
        }
    }

    /// Closed dossiers that no deposit holds yet.
    pub fn awaiting_deposit(&self) -> Vec<DossierId> {
        let deposited: BTreeSet<_> = self.deposits.values().flat_map(|deposit| &deposit.dossiers).collect();
        let closed = self
            .dossiers
            .iter()
            .filter(|(_, dossier)| matches!(dossier.stage, crate::lifecycle::dossier::Stage::Closed(_)));
        closed.map(|(id, _)| id).filter(|id| !deposited.contains(*id)).cloned().collect()
    }
}
