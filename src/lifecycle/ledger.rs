//! What the events of the register add up to. Rebuilt at every start; applying an event cannot fail.

use std::collections::{BTreeMap, BTreeSet};

use school::deposit::DepositId;
use school::digest::Sha256;
use school::dossier::{DocumentKind, DossierId, DossierKey, Period};
use school::identifier::{ClassName, PupilId, SchoolCode, SchoolYear};
use school::medium::MediumKind;
use school::plan::Plan;
use school::report::Report;

use crate::lifecycle::accounts::AccountBook;
use crate::lifecycle::act::{self, Acts};
use crate::lifecycle::archive_book::ArchiveBook;
use crate::lifecycle::check::Check;
use crate::lifecycle::correction::Corrections;
use crate::lifecycle::deposit::{self, Deposit, Deposits};
use crate::lifecycle::dossier::{Attempt, Closed, Dossier, Revision, Stage};
use crate::lifecycle::enrolment::Enrolment;
use crate::lifecycle::event::{Entry, Event};
use crate::lifecycle::export::{self, Accepted, Exports, Kept, Parts};
use crate::lifecycle::handover::Handovers;
use crate::lifecycle::medium::Media;
use crate::lifecycle::own_rules::OwnRules;
use crate::lifecycle::print::Prints;
use crate::lifecycle::review::{Answer, Part, Review};
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

fn is_made(dossier: &Dossier) -> bool {
    !dossier.key.kind().names_exports() && !matches!(dossier.stage, Stage::Withdrawn(_))
}

fn is_made_from(dossier: &Dossier, export: &Sha256) -> bool {
    is_made(dossier) && dossier.exports.contains(export)
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

    fn apply_act(&mut self, entry: &Entry) {
        match &entry.event {
            Event::ActProposed { act, year, signers, .. } => {
                self.acts.0.insert(*act, (*year, act::Stage::Proposed { signers: signers.clone() }));
            }
            Event::ActSigned { act, principal, stamp } => {
                let Some((_, stage)) = self.acts.0.get_mut(act) else { return };
                let outlives = principal.is_some() || stamp.is_some();
                let signers = match stage {
                    act::Stage::Proposed { signers } | act::Stage::InForce { signers, .. } => signers.clone(),
                    act::Stage::Withdrawn { .. } => return,
                };
                *stage = act::Stage::InForce { since: entry.time, entry: entry.seq, outlives, signers };
                if let Some((first, second)) = &mut self.commissioned {
                    *first = principal.unwrap_or(*first);
                    *second = stamp.unwrap_or(*second);
                }
            }
            Event::ActWithdrawn { act, by } => {
                if let Some((_, stage)) = self.acts.0.get_mut(act) {
                    *stage = act::Stage::Withdrawn { by: by.clone() };
                }
            }
            _ => {}
        }
    }

    fn apply_export(&mut self, entry: &Entry) {
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

    fn apply_check(&mut self, event: &Event) {
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

    fn apply_review(&mut self, event: &Event) {
        let (Event::ExportReviewed { export, .. } | Event::ReviewWaived { export, .. }) = event else {
            return;
        };
        let Some(export::Stage::Accepted(accepted)) = self.exports.0.get_mut(export) else { return };
        match event {
            Event::ExportReviewed { subject, person, right, .. } => {
                let answer = Answer { person: person.clone(), right: *right };
                accepted.review.answered(Part::of(subject.as_ref()), answer);
            }
            Event::ReviewWaived { record, .. } => accepted.review.waived(*record),
            _ => {}
        }
    }

    fn apply_dossier(&mut self, entry: &Entry) {
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

    fn apply_correction(&mut self, entry: &Entry) {
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
    fn correct(&mut self, record: &DossierId) {
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

    fn apply_attempt(&mut self, event: &Event) {
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

    fn lock(&mut self, decision: &DossierId, exports: &[Sha256], pupil: Option<&PupilId>) {
        for export in exports {
            let Some(export::Stage::Accepted(accepted)) = self.exports.0.get_mut(export) else { continue };
            match pupil {
                Some(pupil) => drop(accepted.pupils_locked.insert(pupil.clone(), decision.clone())),
                None => accepted.locked_by = Some(decision.clone()),
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

    /// Withdraws the decisions that nobody can sign, because a teacher found something wrong in them, where the new
    /// one is about the same class and period: even if the teacher thinks better of it, only one of them locks.
    fn give_way(&mut self, to: &DossierId, decision: &Dossier) {
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

    fn accepted(&self, export: &Sha256) -> Option<&Accepted> {
        match self.exports.stage(export) {
            Some(export::Stage::Accepted(accepted)) => Some(accepted),
            _ => None,
        }
    }

    /// Opens exports again and withdraws what was made from them; nobody had signed it.
    fn reopen(&mut self, decision: &DossierId, exports: &[Sha256]) {
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

    fn apply_deposit(&mut self, entry: &Entry) {
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

    /// True when this certificate may sign what is no document: one of the two that were commissioned, or
    /// one that an act waits for.
    pub fn may_attest(&self, certificate: Sha256) -> bool {
        self.commissioned.is_some_and(|(head, stamp)| [head, stamp].contains(&certificate))
            || self.acts.await_signature_of(&certificate)
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
