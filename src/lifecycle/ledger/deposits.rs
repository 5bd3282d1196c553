//! What a deposit holds and how far it is.

use school::deposit::DepositId;
use school::dossier::DossierId;

use crate::lifecycle::deposit::{self, Deposit};
use crate::lifecycle::dossier::Stage;
use crate::lifecycle::event::{Entry, Event};
use crate::lifecycle::ledger::Ledger;

impl Ledger {
    pub(super) fn apply_deposit(&mut self, entry: &Entry) {
        let (id, next) = match &entry.event {
            Event::DepositPlanned {
                deposit,
                dossiers,
                software_agent,
                deposit_kind,
                exports,
                corrects,
                complete,
                ..
            } => {
                let planned = Deposit {
                    planned: entry.time,
                    entry: entry.seq,
                    kind: *deposit_kind,
                    dossiers: dossiers.clone(),
                    exports: exports.clone(),
                    corrects: corrects.clone(),
                    complete: *complete,
                    software_agent: software_agent.clone(),
                    stage: deposit::Stage::Planned,
                };
                self.deposits.insert(deposit.clone(), planned);
                for dossier in dossiers {
                    let first = self.deposited.entry(dossier.clone()).or_insert_with(|| deposit.clone());
                    if *deposit < *first {
                        *first = deposit.clone();
                    }
                }
                return;
            }
            Event::DepositBuilt { deposit, tagmanifest_sha256, tagmanifest_sha512, .. } => {
                let built = deposit::Stage::Built {
                    tagmanifest_sha256: *tagmanifest_sha256,
                    tagmanifest_sha512: *tagmanifest_sha512,
                };
                (deposit, built)
            }
            Event::DepositSealed { deposit, seal, .. } => (deposit, deposit::Stage::Sealed { seal: *seal }),
            _ => return,
        };
        if let Some(deposit) = self.deposits.get_mut(id) {
            deposit.stage = next;
        }
    }

    /// Closed dossiers that no deposit holds yet.
    pub fn awaiting_deposit(&self) -> Vec<DossierId> {
        let closed = self.dossiers.iter().filter(|(_, dossier)| matches!(dossier.stage, Stage::Closed(_)));
        closed.map(|(id, _)| id).filter(|id| !self.deposited.contains_key(*id)).cloned().collect()
    }

    /// The first deposit that holds a dossier. Decisions lie in every deposit that rests on them.
    pub fn deposit_of(&self, dossier: &DossierId) -> Option<&DepositId> {
        self.deposited.get(dossier)
    }
}
