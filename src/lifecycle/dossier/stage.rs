//! Stages of a dossier as types: each holds exactly what exists then.

use school::digest::Sha256;
use school::dossier::{DossierId, DossierKey};
use school::identifier::PupilId;
use school::moment::Moment;
use school::plan::{BoxName, Plan, SigningBox};

/// A published revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// SHA-256 of the whole file.
    pub sha256: Sha256,
    /// When the register recorded it.
    pub recorded: Moment,
    /// The box that was signed and the signer's certificate; none for base and closing.
    pub signed: Option<(BoxName, Sha256)>,
}

/// A signature that was begun: the token was or is being asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The box.
    pub signing_box: BoxName,
    /// The signer's certificate.
    pub certificate: Sha256,
    /// SHA-256 of the revision that is signed over.
    pub over: Sha256,
}

/// A dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// Its key.
    pub key: DossierKey,
    /// Its plan, fixed with its base.
    pub plan: Plan,
    /// SHA-256 of its box table; none of what was signed elsewhere.
    pub boxes: Option<Sha256>,
    /// Exports that it is made of, or that a decision names.
    pub exports: Vec<Sha256>,
    /// The only pupil whose part a decision locks.
    pub pupil: Option<PupilId>,
    /// The closed dossier that it supplements.
    pub supplements: Option<DossierId>,
    /// Of a version that corrects: the version before it. Of a record of correction: the documents that get
    /// another version. Of a summary of corrections: the records in it.
    pub corrects: Vec<DossierId>,
    /// The closed record of correction by which another version takes its place.
    pub corrected_by: Option<DossierId>,
    /// Every published revision, oldest first; the first is the signing base.
    pub revisions: Vec<Revision>,
    /// The signature that is under way. Only one at a time: two over the same revision would exclude each
    /// other.
    pub attempt: Option<Attempt>,
    /// Somebody refused it once, and was answered.
    pub answered: bool,
    /// Where it stands.
    pub stage: Stage,
}

/// Where a dossier stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Waits for the open boxes of one turn.
    AwaitingTurn(AwaitingTurn),
    /// A signer refused: waits for an answer, with everything that was signed before.
    Halted(Halted),
    /// Every box is signed; waits for DSS and document timestamp.
    Signed(Signed),
    /// Complete. Nothing more may be added.
    Closed(Closed),
    /// Its data were reopened before anybody signed it, or corrected before it was closed. A later version
    /// takes its place; a paper of a correction that was not carried out has none, and in the place of a lock
    /// decision in whose data something was found wrong stands another decision.
    Withdrawn(Withdrawn),
}

/// Waits for the open boxes of one turn, signed in any order over the latest revision.
///
/// Holds: the boxes of this turn that are still open, never empty.
/// May happen next: this stage again for the next box or turn; `Signed` after the last box; `Halted` when
/// somebody refuses.
/// Who acts: whoever the roster binds to an open box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwaitingTurn {
    /// Index of the turn.
    pub turn: usize,
    /// Its open boxes in the plan's order.
    pub open: Vec<SigningBox>,
}

/// A signer refused with a reason. No other dossier waits for it.
///
/// Holds: the open box and the digest of the record with who and why.
/// May happen next: `AwaitingTurn` as before the refusal; `Withdrawn`. Who acts: the administrator, in words;
/// a mark is corrected by opening the book or by a correction, never here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Halted {
    /// The open box whose signer refuses.
    pub signing_box: BoxName,
    /// SHA-256 of the reason's record.
    pub record: Sha256,
}

/// Every box is signed.
///
/// May happen next: `Closed`. Who acts: the program, once revocation data and a timestamp are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed;

/// Complete. May happen next: it goes into a deposit. Who acts: văn phòng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed;

/// Never to be signed again. What is there of it stays where it is.
///
/// May happen next: nothing; the next version of the document is another dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// The closed decision or record of correction, the request that was refused or taken back, or the later decision
    /// over the same data.
    pub by: DossierId,
}

impl Dossier {
    /// A new dossier with its base.
    pub(in crate::lifecycle) fn with_base(
        key: DossierKey,
        plan: Plan,
        boxes: Option<Sha256>,
        base: Revision,
    ) -> Self {
        let stage = stage_of(&plan, &[]);
        let (exports, corrects, corrected_by) = (Vec::new(), Vec::new(), None);
        let (pupil, supplements, attempt, answered) = (None, None, None, false);
        Self {
            key,
            plan,
            boxes,
            exports,
            pupil,
            supplements,
            corrects,
            corrected_by,
            revisions: vec![base],
            attempt,
            answered,
            stage,
        }
    }

    /// Another version takes its place by this record. What is not signed whole is signed no further.
    pub(in crate::lifecycle) fn corrected(&mut self, by: DossierId) {
        if !matches!(self.stage, Stage::Signed(_) | Stage::Closed(_)) {
            self.withdrawn(by.clone());
        }
        self.corrected_by = Some(by);
    }

    /// Takes it back.
    pub(in crate::lifecycle) fn withdrawn(&mut self, by: DossierId) {
        self.stage = Stage::Withdrawn(Withdrawn { by });
    }

    /// Stands still until the refusal is answered.
    pub(in crate::lifecycle) fn refused(&mut self, signing_box: BoxName, record: Sha256) {
        self.stage = Stage::Halted(Halted { signing_box, record });
    }

    /// Goes on where it stood; what is not halted stays as it is.
    pub(in crate::lifecycle) fn resumed(&mut self) {
        if matches!(self.stage, Stage::Halted(_)) {
            self.stage = stage_of(&self.plan, &self.signed_boxes());
            self.answered = true;
        }
    }

    /// Adds a signed revision and moves to the next box, turn or stage.
    pub(in crate::lifecycle) fn signed(&mut self, revision: Revision) {
        self.attempt = None;
        self.revisions.push(revision);
        // A signature that was under way when it was taken back is kept and changes nothing.
        if !matches!(self.stage, Stage::Withdrawn(_)) {
            self.stage = stage_of(&self.plan, &self.signed_boxes());
        }
    }

    /// Adds the closing revision.
    pub(in crate::lifecycle) fn closed(&mut self, revision: Revision) {
        self.revisions.push(revision);
        self.stage = Stage::Closed(Closed);
    }

    /// The boxes that are signed, in the order in which they were.
    pub fn signed_boxes(&self) -> Vec<BoxName> {
        self.revisions
            .iter()
            .filter_map(|revision| revision.signed.as_ref().map(|(name, _)| name.clone()))
            .collect()
    }

    /// Certificates of everyone who signed.
    pub fn signers(&self) -> Vec<Sha256> {
        self.revisions.iter().filter_map(|revision| revision.signed.as_ref().map(|(_, by)| *by)).collect()
    }

    /// SHA-256 of the signing base, which every revision begins with.
    pub fn base(&self) -> Sha256 {
        self.revisions[0].sha256
    }

    /// When it was made.
    pub fn made(&self) -> Moment {
        self.revisions[0].recorded
    }

    /// The latest revision and its number.
    pub fn latest(&self) -> (u32, &Revision) {
        let number = self.revisions.len() - 1;
        (u32::try_from(number).unwrap_or(u32::MAX), &self.revisions[number])
    }

    /// The open boxes of the turn that is due; empty once all are signed.
    pub fn open_boxes(&self) -> &[SigningBox] {
        match &self.stage {
            Stage::AwaitingTurn(awaiting) => &awaiting.open,
            Stage::Halted(_) | Stage::Signed(_) | Stage::Closed(_) | Stage::Withdrawn(_) => &[],
        }
    }
}

fn stage_of(plan: &Plan, signed: &[BoxName]) -> Stage {
    let due = plan.turns.iter().enumerate().find_map(|(turn, step)| {
        let open: Vec<_> = step.boxes.iter().filter(|one| !signed.contains(&one.name)).cloned().collect();
        (!open.is_empty()).then_some(AwaitingTurn { turn, open })
    });
    due.map_or(Stage::Signed(Signed), Stage::AwaitingTurn)
}
