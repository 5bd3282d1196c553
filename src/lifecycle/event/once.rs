//! What can happen only once, and the key under which the register refuses it a second time.

use crate::lifecycle::event::{Event, revision_name};

impl Event {
    /// What this event happens to at most once; the register refuses a second one.
    pub fn once(&self) -> Option<String> {
        match self {
            Self::Commissioned { .. } => Some("commissioned".into()),
            Self::YearOpened { year, .. } => Some(format!("year/{year}")),
            Self::ActProposed { act, .. } => Some(format!("van-kien/{act}")),
            // In force or taken back: what was proposed ends once.
            Self::ActSigned { act, .. } | Self::ActWithdrawn { act, .. } => {
                Some(format!("van-kien/{act}/signed"))
            }
            Self::ExportTaken { sha256, .. } => Some(format!("goc/{sha256}")),
            // Two keys: what was refused may be accepted later, by a newer reader or one that had more time.
            Self::ExportRefused { export, .. } => Some(format!("goc/{export}/refused")),
            Self::ExportAccepted { export, .. } => Some(format!("goc/{export}/accepted")),
            Self::ExportChecked { export, .. } => Some(format!("kiem-tra-diem/{export}")),
            Self::ExportParts { export, .. } => Some(format!("goc/{export}/parts")),
            Self::ExportKept { export, .. } => Some(format!("goc/{export}/kept")),
            Self::DossierBase { dossier, .. } | Self::SignedElsewhere { dossier, .. } => {
                Some(revision_name(dossier, 0))
            }
            Self::DossierSigned { dossier, revision, .. } | Self::DossierClosed { dossier, revision, .. } => {
                Some(revision_name(dossier, *revision))
            }
            Self::CorrectionOpened { year, number, .. } => Some(format!("sua-chua/{year}/{number}")),
            Self::CorrectionRequested { year, number, .. } => {
                Some(format!("sua-chua/{year}/{number}/requested"))
            }
            // Refused or withdrawn: it ends once.
            Self::CorrectionRefused { year, number, .. } | Self::CorrectionWithdrawn { year, number, .. } => {
                Some(format!("sua-chua/{year}/{number}/ended"))
            }
            Self::DepositPlanned { deposit, .. } => Some(format!("luu-tru/{deposit}/planned")),
            Self::DepositBuilt { deposit, .. } => Some(format!("luu-tru/{deposit}/built")),
            Self::DepositSealed { deposit, .. } => Some(format!("luu-tru/{deposit}")),
            Self::TimeProven { deposit, answer, .. } => Some(format!("bang-chung/{deposit}/{answer}")),
            Self::ImageMade { deposit, .. } => Some(format!("anh-dia/{deposit}.iso")),
            Self::ImageReadBack { deposit, .. } => Some(format!("anh-dia/{deposit}.iso/read-back")),
            Self::MediumPlanned { set, .. } => {
                set.first().map(|first| format!("vat-mang/{}/planned", first.medium))
            }
            Self::MediumSealed { medium, .. } => Some(format!("vat-mang/{medium}")),
            Self::MediumWriting { copy, .. } => Some(format!("vat-mang/{copy}/writing")),
            Self::MediumVerified { copy, .. } => Some(format!("vat-mang/{copy}/verified")),
            Self::MediumStickered { copy, .. } => Some(format!("vat-mang/{copy}/stickered")),
            Self::MediumMigrated { copy, .. } => Some(format!("vat-mang/{copy}/migrated")),
            Self::MediumSpoiled { copy, .. } => Some(format!("vat-mang/{copy}/spoiled")),
            // A copy is opened, sealed again and checked many times; what was lost may be found and lost again.
            Self::MediumOpened { .. }
            | Self::MediumResealed { .. }
            | Self::MediumHandedOver { .. }
            | Self::MediumChecked { .. }
            | Self::MediumLost { .. } => None,
            // Tried again with another system or disc.
            Self::MediumAccepted { .. } => None,
            Self::AnchorAdded { .. } | Self::AnchorRemoved { .. } => None,
            Self::RoundOpened { round, .. } => Some(format!("dot-ky/{round}")),
            Self::RoundClassLeftOut { round, class, period, .. } => {
                Some(format!("dot-ky/{round}/de-lai/{period}_{class}"))
            }
            Self::RoundClosed { round, .. } => Some(format!("dot-ky/{round}/closed")),
            // A dossier may be refused and answered more than once.
            Self::DossierRefused { .. } | Self::DossierResumed { .. } => None,
            // A second reason stands beside the first; the latest one counts.
            Self::DifferencesAccepted { .. } | Self::BooksAccepted { .. } => None,
            // An answer may change with every look; the latest one counts.
            Self::ExportReviewed { .. } | Self::ReviewWaived { .. } => None,
            Self::AuthorityProposed { certificate, .. } => Some(format!("ca/{certificate}")),
            // Rehearsed, confirmed and moved as often as people want; the latest one counts.
            Self::Rehearsed { .. }
            | Self::AuthorityConfirmed { .. }
            | Self::AuthorityWithdrawn { .. }
            | Self::BindingsConfirmed { .. }
            | Self::ReaderAssigned { .. } => None,
            // Printed, given and reported as often as people want.
            Self::DossiersPrinted { .. } | Self::LeaverHandedOver { .. } | Self::TroubleReported { .. } => {
                None
            }
            // An account is made once by its own file, and changed as often as people want.
            Self::AccountChanged { .. } => None,
            // Decided anew as often as the school wants; the latest one counts.
            Self::ArchiveRegulated { .. } | Self::AuthorityChosen { .. } | Self::CalendarMoved { .. } => None,
            Self::SigningRefused(_) | Self::OverwriteRefused { .. } => None,
            // Decided for each sitting; a clock may go wrong many times.
            Self::RevocationUnchecked { .. }
            | Self::ClockDoubted { .. }
            | Self::ClockRead { .. }
            | Self::ClockConfirmed { .. } => None,
            // A box may be tried again after a new PIN.
            Self::SigningBegun { .. } | Self::AttemptLost { .. } => None,
            // Said once more after a kill before the closing itself.
            Self::TimestampMissing { .. } => None,
            Self::CheckpointSigned { signature, .. } => Some(format!("diem-chot/{signature}")),
            Self::CheckpointMissed { .. } => None,
        }
    }
}
