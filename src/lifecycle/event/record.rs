//! The words beside an entry: the record that it names, and whose order it names there.

use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierKey};

use crate::lifecycle::event::Event;

impl Event {
    /// The digest-named record beside the register that this event names: words, which no event holds.
    pub fn record(&self) -> Option<Sha256> {
        match self {
            Self::DifferencesAccepted { record, .. }
            | Self::BooksAccepted { record, .. }
            | Self::ReviewWaived { record, .. }
            | Self::DossierRefused { record, .. }
            | Self::DossierResumed { record, .. }
            | Self::CorrectionRequested { record, .. }
            | Self::CorrectionRefused { record, .. }
            | Self::CorrectionWithdrawn { record, .. }
            | Self::MediumStickered { record, .. }
            | Self::MediumOpened { record, .. }
            | Self::MediumResealed { record, .. }
            | Self::MediumHandedOver { record, .. }
            | Self::MediumMigrated { record, .. }
            | Self::MediumAccepted { record, .. }
            | Self::DossiersPrinted { record, .. }
            | Self::LeaverHandedOver { record, .. }
            | Self::TroubleReported { record, .. }
            | Self::AuthorityWithdrawn { record, .. }
            | Self::ArchiveRegulated { record, .. }
            | Self::AccountChanged { record, .. }
            | Self::AuthorityChosen { record, .. }
            | Self::MediumLost { record, .. } => Some(*record),
            Self::ExportReviewed { record, .. }
            | Self::ActProposed { record, .. }
            | Self::DossierBase { record, .. }
            | Self::CorrectionOpened { record, .. }
            | Self::RoundOpened { record, .. }
            | Self::RoundClassLeftOut { record, .. }
            | Self::RoundClosed { record, .. }
            | Self::DepositPlanned { record, .. }
            | Self::DepositBuilt { record, .. }
            | Self::DepositSealed { record, .. }
            | Self::TimeProven { record, .. }
            | Self::MediumPlanned { record, .. }
            | Self::MediumSealed { record, .. }
            | Self::MediumWriting { record, .. }
            | Self::MediumSpoiled { record, .. }
            | Self::AuthorityProposed { record, .. }
            | Self::ReaderAssigned { record, .. } => *record,
            Self::SigningRefused(refused) => refused.record,
            _ => None,
        }
    }

    /// Where it names who ordered it: in an entry that is made because somebody wants it and whose words do not say
    /// who that is. Documents of a lock are made by nobody's order, but by the decision.
    pub fn order(&mut self) -> Option<&mut Option<Sha256>> {
        match self {
            Self::DossierBase { dossier, .. } if !is_asked_for(dossier) => None,
            Self::ActProposed { record, .. }
            | Self::DossierBase { record, .. }
            | Self::CorrectionOpened { record, .. }
            | Self::RoundOpened { record, .. }
            | Self::RoundClassLeftOut { record, .. }
            | Self::RoundClosed { record, .. }
            | Self::DepositPlanned { record, .. }
            | Self::DepositBuilt { record, .. }
            | Self::DepositSealed { record, .. }
            | Self::TimeProven { record, .. }
            | Self::MediumPlanned { record, .. }
            | Self::MediumSealed { record, .. }
            | Self::MediumWriting { record, .. }
            | Self::MediumSpoiled { record, .. }
            | Self::AuthorityProposed { record, .. }
            | Self::ReaderAssigned { record, .. } => Some(record),
            Self::SigningRefused(refused) => Some(&mut refused.record),
            _ => None,
        }
    }
}

/// A decision, a paper of a correction: somebody wants it.
fn is_asked_for(dossier: &DossierId) -> bool {
    let kind = DossierKey::from_id(dossier.as_str()).map(|key| key.kind());
    kind.is_ok_and(|kind| kind.names_exports() || kind == DocumentKind::TongHopSuaChua)
}
