//! What the events of the register add up to. Rebuilt at every start; applying an event cannot fail.

mod acts;
mod decisions;
mod deposits;
mod dossiers;
mod exports;

use std::collections::{BTreeMap, BTreeSet};

use school::deposit::DepositId;
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::{SchoolCode, SchoolYear};
use school::medium::MediumKind;

use crate::lifecycle::accounts::AccountBook;
use crate::lifecycle::act::Acts;
use crate::lifecycle::archive_book::ArchiveBook;
use crate::lifecycle::correction::Corrections;
use crate::lifecycle::deposit::Deposits;
use crate::lifecycle::dossier::Dossier;
use crate::lifecycle::enrolment::Enrolment;
use crate::lifecycle::event::{Entry, Event};
use crate::lifecycle::export::Exports;
use crate::lifecycle::handover::Handovers;
use crate::lifecycle::medium::Media;
use crate::lifecycle::own_rules::OwnRules;
use crate::lifecycle::print::Prints;
use crate::lifecycle::round::{Round, Rounds};
use crate::lifecycle::timekeeping::Timekeeping;
use crate::lifecycle::trouble::Troubles;

/// A checkpoint that a signer's token signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckpointSignature {
    /// Number of entries that it covers.
    pub size: u64,
    /// SHA-256 of its text.
    pub checkpoint: Sha256,
    /// The signer's certificate.
    pub certificate: Sha256,
    /// SHA-256 of the detached CMS.
    pub signature: Sha256,
}

/// The state of the school's affairs.
#[derive(Debug, Default)]
pub struct Ledger {
    /// The school, once commissioned: the origin of its checkpoints.
    pub school: Option<SchoolCode>,
    /// Principal's and stamp's certificates, once commissioned.
    pub commissioned: Option<(Sha256, Sha256)>,
    /// Roster and plans in force, by year.
    pub years: BTreeMap<SchoolYear, (Sha256, Sha256)>,
    /// Acts beside the rosters.
    pub acts: Acts,
    /// Rounds in which people are called to sign.
    pub rounds: Rounds,
    /// Roots that are trusted, by the digest of their DER.
    pub anchors: BTreeSet<Sha256>,
    /// Exports.
    pub exports: Exports,
    /// Correction cases.
    pub corrections: Corrections,
    /// Lists of differences between class book and teachers' books that the principal lets stand.
    pub books_accepted: BTreeSet<Sha256>,
    /// Dossiers.
    pub dossiers: BTreeMap<DossierId, Dossier>,
    /// Dossiers without a document timestamp: nothing but their register proves when they were signed.
    pub untimed: BTreeSet<DossierId>,
    /// Deposits.
    pub deposits: Deposits,
    /// Kinds of media and models of devices that were tried on real hardware.
    pub accepted: BTreeSet<(MediumKind, Sha256)>,
    /// Later answers of timestamp authorities about sealed deposits, oldest first.
    pub proofs: BTreeMap<DepositId, Vec<Sha256>>,
    /// Checkpoints of the register that signers signed at the end of their sittings, oldest first.
    pub checkpoints: Vec<CheckpointSignature>,
    /// Rehearsals, authorities, bindings, readers.
    pub enrolment: Enrolment,
    /// Prints of signed documents.
    pub prints: Prints,
    /// What pupils who left were given.
    pub handovers: Handovers,
    /// What the school decided in the place of its configuration.
    pub own_rules: OwnRules,
    /// What was done with accounts.
    pub accounts: AccountBook,
    /// What people reported.
    pub troubles: Troubles,
    /// Records in words that the register names, each with the place of the first entry that does.
    pub records: BTreeMap<Sha256, u64>,
    /// Media with their copies.
    pub media: Media,
    /// What the printed book of the archive has a row for.
    pub book: ArchiveBook,
    /// What is known of the clock.
    pub clock: Timekeeping,
    /// Lock decisions with the exports of theirs that were opened again.
    reopened: BTreeSet<(DossierId, Sha256)>,
    /// The first deposit that holds a dossier. Every page asks it of every document of a school year.
    deposited: BTreeMap<DossierId, DepositId>,
}

impl Ledger {
    /// Moves to what `entry` says.
    pub fn apply(&mut self, entry: &Entry) {
        if let Some(record) = entry.event.record() {
            self.records.entry(record).or_insert(entry.seq);
        }
        self.book.apply(entry);
        self.clock.apply(entry);
        match &entry.event {
            Event::Commissioned { school, principal, stamp } => {
                self.school = Some(school.clone());
                self.commissioned = Some((*principal, *stamp));
            }
            Event::YearOpened { year, roster, plans } => {
                self.years.insert(*year, (*roster, *plans));
            }
            Event::RoundOpened { round, scope, .. } => {
                let (scope, left_out) = (scope.clone(), BTreeSet::new());
                let opened = Round { scope, opened: entry.time, closed: None, left_out };
                self.rounds.0.insert(*round, opened);
            }
            Event::RoundClassLeftOut { round, class, period, .. } => {
                if let Some(round) = self.rounds.0.get_mut(round) {
                    round.left_out.insert((class.clone(), *period));
                }
            }
            Event::RoundClosed { round, .. } => {
                if let Some(round) = self.rounds.0.get_mut(round) {
                    round.closed = Some(entry.time);
                }
            }
            Event::ActProposed { .. } | Event::ActSigned { .. } | Event::ActWithdrawn { .. } => {
                self.apply_act(entry);
            }
            Event::ExportTaken { .. }
            | Event::ExportParts { .. }
            | Event::ExportKept { .. }
            | Event::ExportAccepted { .. }
            | Event::ExportRefused { .. } => self.apply_export(entry),
            Event::ExportChecked { .. } | Event::DifferencesAccepted { .. } => self.apply_check(&entry.event),
            Event::BooksAccepted { differences, .. } => drop(self.books_accepted.insert(*differences)),
            Event::ExportReviewed { .. } | Event::ReviewWaived { .. } => self.apply_review(&entry.event),
            Event::DossierBase { .. }
            | Event::SignedElsewhere { .. }
            | Event::DossierSigned { .. }
            | Event::DossierClosed { .. }
            | Event::DossierRefused { .. }
            | Event::DossierResumed { .. } => self.apply_dossier(entry),
            Event::SigningBegun { .. } | Event::AttemptLost { .. } => self.apply_attempt(&entry.event),
            Event::CheckpointSigned { size, checkpoint, certificate, signature } => {
                let (size, checkpoint) = (*size, *checkpoint);
                let signed = CheckpointSignature {
                    size,
                    checkpoint,
                    certificate: *certificate,
                    signature: *signature,
                };
                self.checkpoints.push(signed);
            }
            Event::CorrectionOpened { .. }
            | Event::CorrectionRequested { .. }
            | Event::CorrectionRefused { .. }
            | Event::CorrectionWithdrawn { .. } => self.apply_correction(entry),
            Event::TimestampMissing { dossier } => {
                self.untimed.insert(dossier.clone());
            }
            Event::CheckpointMissed { .. } => {}
            Event::MediumAccepted { on, model, .. } => {
                self.accepted.insert((*on, *model));
            }
            Event::TimeProven { deposit, answer, .. } => {
                self.proofs.entry(deposit.clone()).or_default().push(*answer);
            }
            Event::DepositPlanned { .. } | Event::DepositBuilt { .. } | Event::DepositSealed { .. } => {
                self.apply_deposit(entry)
            }
            Event::MediumPlanned { .. }
            | Event::MediumSealed { .. }
            | Event::MediumWriting { .. }
            | Event::MediumVerified { .. }
            | Event::MediumStickered { .. }
            | Event::MediumOpened { .. }
            | Event::MediumResealed { .. }
            | Event::MediumChecked { .. }
            | Event::MediumMigrated { .. }
            | Event::MediumSpoiled { .. }
            | Event::MediumLost { .. } => self.media.apply(entry),
            // Where the copy stands does not change by it.
            Event::MediumHandedOver { .. } => {}
            Event::AnchorAdded { certificate, .. } => {
                self.anchors.insert(*certificate);
            }
            Event::AnchorRemoved { certificate, .. } => {
                self.anchors.remove(certificate);
            }
            // Images of single deposits were made by earlier versions; media have taken their place.
            Event::ImageMade { .. } | Event::ImageReadBack { .. } => {}
            Event::Rehearsed { .. }
            | Event::AuthorityProposed { .. }
            | Event::AuthorityConfirmed { .. }
            | Event::AuthorityWithdrawn { .. }
            | Event::BindingsConfirmed { .. }
            | Event::ReaderAssigned { .. } => self.enrolment.apply(entry),
            Event::DossiersPrinted { .. } => self.prints.apply(entry),
            Event::LeaverHandedOver { .. } => self.handovers.apply(entry),
            Event::TroubleReported { .. } => self.troubles.apply(entry),
            Event::AccountChanged { .. } => self.accounts.apply(entry),
            Event::ArchiveRegulated { .. } | Event::AuthorityChosen { .. } | Event::CalendarMoved { .. } => {
                self.own_rules.apply(entry);
            }
            Event::SigningRefused(_) | Event::OverwriteRefused { .. } => {}
            Event::RevocationUnchecked { .. }
            | Event::ClockDoubted { .. }
            | Event::ClockRead { .. }
            | Event::ClockConfirmed { .. } => {}
        }
    }
}
