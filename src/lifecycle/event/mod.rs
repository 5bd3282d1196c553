//! Everything that can happen, as the register stores it: ids, codes and digests, never a name, a
//! mark or a reason in words (invariant 11).

mod listed;
mod once;
mod record;
mod who;

use std::collections::BTreeSet;

use school::deposit::{DepositId, DepositKind};
use school::digest::{Sha256, Sha512};
use school::dossier::{DossierId, Period};
use school::identifier::{
    ClassName, DecisionNumber, PersonId, PupilId, SchoolCode, SchoolYear, ScreenId, StickerNumber, SubjectId,
};
use school::medium::{CopyId, MediumId, MediumKind};
use school::moment::Moment;
use school::plan::{BoxName, Plan};
use school::report::ReportKind;
use serde::{Deserialize, Serialize};

pub use listed::{PartTaken, PlannedMedium, PrintedRevision};
pub use who::{AnchorSource, Capacity, ClockWitness, UncheckedBy};

use crate::lifecycle::accounts::AccountChange;
use crate::lifecycle::calendar::{MovedDay, Rhythm};
use crate::lifecycle::round::{RoundNumber, Scope};
use crate::lifecycle::to_sign::RefusedSignature;

/// One event. `kind` and `body` are the stable stored form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "body", deny_unknown_fields)]
pub enum Event {
    /// Principal's and stamp's certificates were confirmed: the first event of every register.
    #[serde(rename = "commissioned")]
    Commissioned {
        /// The school whose register this is: the origin of its checkpoints.
        school: SchoolCode,
        /// The principal's certificate.
        principal: Sha256,
        /// The stamp's certificate: the school's identity.
        stamp: Sha256,
    },
    /// Roster and plans of a year, signed by principal and stamp, are in force.
    #[serde(rename = "year.opened")]
    YearOpened {
        /// The year.
        year: SchoolYear,
        /// SHA-256 of the canonical roster.
        roster: Sha256,
        /// SHA-256 of the canonical plans.
        plans: Sha256,
    },
    /// An act is stored and waits for signatures.
    #[serde(rename = "act.proposed")]
    ActProposed {
        /// SHA-256 of its bytes.
        act: Sha256,
        /// The year whose roster it speaks of.
        year: SchoolYear,
        /// The certificates that must sign it.
        signers: Vec<Sha256>,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// An act is signed by everyone whose signature it needs.
    #[serde(rename = "act.signed")]
    ActSigned {
        /// SHA-256 of its bytes.
        act: Sha256,
        /// The principal's certificate from now on, where the act brings another one.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        principal: Option<Sha256>,
        /// The stamp's certificate from now on, where the act brings another one.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        stamp: Option<Sha256>,
    },
    /// An act was taken back before everybody had signed it. Nothing follows.
    #[serde(rename = "act.withdrawn")]
    ActWithdrawn {
        /// SHA-256 of its bytes.
        act: Sha256,
        /// Who took it back.
        by: PersonId,
    },
    /// The original bytes of an export are stored.
    #[serde(rename = "export.taken")]
    ExportTaken {
        /// SHA-256 of the original bytes.
        sha256: Sha256,
        /// Their length.
        bytes: u64,
    },
    /// A taken export is a well-formed, complete gradebook.
    #[serde(rename = "export.accepted")]
    ExportAccepted {
        /// The export.
        export: Sha256,
        /// SHA-256 of its canonical gradebook.
        gradebook: Sha256,
        /// School year.
        year: SchoolYear,
        /// Class.
        class: ClassName,
        /// Period.
        period: Period,
    },
    /// A taken file holds parts of classes: they wait until their classes are complete.
    #[serde(rename = "export.parts")]
    ExportParts {
        /// The file.
        export: Sha256,
        /// Its parts, one for each class.
        parts: Vec<PartTaken>,
    },
    /// A taken file is a report without marks: it is kept, and nothing is made of it.
    #[serde(rename = "export.kept")]
    ExportKept {
        /// The file.
        export: Sha256,
        /// What it is about.
        report: ReportKind,
        /// School year.
        year: SchoolYear,
    },
    /// A taken export is refused.
    #[serde(rename = "export.refused")]
    ExportRefused {
        /// The export.
        export: Sha256,
        /// The codes of its problems, each once.
        codes: Vec<String>,
    },
    /// The rules of the school year were applied to an accepted export.
    #[serde(rename = "export.checked")]
    ExportChecked {
        /// The export.
        export: Sha256,
        /// SHA-256 of the list of differences and gaps, `niemphong-check/1`.
        check: Sha256,
        /// SHA-256 of the same as a printed report.
        report: Sha256,
        /// Pupils of whom a value differs from what the rules give.
        differing: Vec<PupilId>,
        /// How many entries are missing.
        gaps: u32,
    },
    /// The principal lets the differences of an export stand.
    #[serde(rename = "export.differences-accepted")]
    DifferencesAccepted {
        /// The export.
        export: Sha256,
        /// SHA-256 of the record that holds who and why.
        record: Sha256,
    },
    /// The principal lets the class's book stand where teachers' books say something else.
    #[serde(rename = "export.books-accepted")]
    BooksAccepted {
        /// SHA-256 of the canonical list of differences: any other list is not meant.
        differences: Sha256,
        /// SHA-256 of the record that holds who and why.
        record: Sha256,
    },
    /// A teacher compared an export with what they recorded themselves (soát trước).
    #[serde(rename = "export.reviewed")]
    ExportReviewed {
        /// The export.
        export: Sha256,
        /// The subject that was looked at; none for the homeroom teacher's part.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        subject: Option<SubjectId>,
        /// Who looked.
        person: PersonId,
        /// Đúng or có sai.
        right: bool,
        /// SHA-256 of the record of their words, where they wrote any.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// The principal does without the answers that are still missing on an export.
    #[serde(rename = "export.review-waived")]
    ReviewWaived {
        /// The export.
        export: Sha256,
        /// SHA-256 of the record that holds who and why.
        record: Sha256,
    },
    /// A signing base was rendered and stored, once.
    #[serde(rename = "dossier.base")]
    DossierBase {
        /// The dossier.
        dossier: DossierId,
        /// SHA-256 of the base.
        sha256: Sha256,
        /// SHA-256 of its box table.
        boxes: Sha256,
        /// Its plan.
        plan: Box<Plan>,
        /// Exports that it is made of: one for a class document, those named by it for a decision.
        exports: Vec<Sha256>,
        /// The only pupil whose part of the exports a decision locks: one who leaves in mid-year.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        pupil: Option<PupilId>,
        /// The closed dossier that this one supplements with results after the summer.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        supplements: Option<DossierId>,
        /// Of a record of correction: the documents that get another version. Of such a version: the one that
        /// it corrects. Of a summary of corrections: the records in it.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        corrects: Vec<DossierId>,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// An export says signed data otherwise: a correction case.
    #[serde(rename = "correction.opened")]
    CorrectionOpened {
        /// School year.
        year: SchoolYear,
        /// Number of the case within the year.
        number: DecisionNumber,
        /// The locked export that people signed for.
        before: Sha256,
        /// The export that says it otherwise.
        after: Sha256,
        /// SHA-256 of the canonical list of changed values.
        changes: Sha256,
        /// Pupils of whom a value changes.
        pupils: Vec<PupilId>,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// A teacher asks for the correction, with the reason.
    #[serde(rename = "correction.requested")]
    CorrectionRequested {
        /// School year.
        year: SchoolYear,
        /// The case.
        number: DecisionNumber,
        /// Who asks.
        person: PersonId,
        /// SHA-256 of the record that holds why.
        record: Sha256,
    },
    /// The principal refuses the correction: what was signed stays.
    #[serde(rename = "correction.refused")]
    CorrectionRefused {
        /// School year.
        year: SchoolYear,
        /// The case.
        number: DecisionNumber,
        /// Who refuses.
        person: PersonId,
        /// SHA-256 of the record that holds why.
        record: Sha256,
    },
    /// The correction is taken back before it was carried out: what was signed stays.
    #[serde(rename = "correction.withdrawn")]
    CorrectionWithdrawn {
        /// School year.
        year: SchoolYear,
        /// The case.
        number: DecisionNumber,
        /// Who takes it back.
        person: PersonId,
        /// SHA-256 of the record that holds why.
        record: Sha256,
    },
    /// The token is about to be asked: written before C_Sign, so that a signature that is lost in between is
    /// known.
    #[serde(rename = "dossier.signing")]
    SigningBegun {
        /// The dossier.
        dossier: DossierId,
        /// The box.
        #[serde(rename = "box")]
        signing_box: BoxName,
        /// The signer's certificate.
        certificate: Sha256,
        /// SHA-256 of the revision that is signed over.
        over: Sha256,
    },
    /// What was begun left no revision. It is begun again only after a new PIN.
    #[serde(rename = "dossier.attempt-lost")]
    AttemptLost {
        /// The dossier.
        dossier: DossierId,
        /// The box.
        #[serde(rename = "box")]
        signing_box: BoxName,
        /// The signer's certificate.
        certificate: Sha256,
        /// Why, as a stable code.
        code: String,
    },
    /// A box was signed; the revision was judged before this event.
    #[serde(rename = "dossier.signed")]
    DossierSigned {
        /// The dossier.
        dossier: DossierId,
        /// Number of the revision; the base is 0.
        revision: u32,
        /// The box.
        #[serde(rename = "box")]
        signing_box: BoxName,
        /// The signer's certificate.
        certificate: Sha256,
        /// SHA-256 of the whole file.
        sha256: Sha256,
    },
    /// DSS and document timestamp are on: nothing more may be added.
    #[serde(rename = "dossier.closed")]
    DossierClosed {
        /// The dossier.
        dossier: DossierId,
        /// Number of the revision.
        revision: u32,
        /// SHA-256 of the whole file.
        sha256: Sha256,
    },
    /// A document that another program made and its people signed came in; the judge confirmed it before this
    /// event. It is complete: nothing is added to it here.
    #[serde(rename = "dossier.signed-elsewhere")]
    SignedElsewhere {
        /// The dossier.
        dossier: DossierId,
        /// SHA-256 of the whole file.
        sha256: Sha256,
        /// Whose signatures stand in it.
        plan: Box<Plan>,
        /// The locked export that names the pupil.
        exports: Vec<Sha256>,
        /// The certificate of the last of them.
        certificate: Sha256,
    },
    /// A signer refuses to sign: the dossier stands still until it is answered.
    #[serde(rename = "dossier.refused")]
    DossierRefused {
        /// The dossier.
        dossier: DossierId,
        /// The open box whose signer refuses.
        #[serde(rename = "box")]
        signing_box: BoxName,
        /// SHA-256 of the record that holds who and why.
        record: Sha256,
    },
    /// The refusal is answered: the dossier goes on as it is.
    #[serde(rename = "dossier.resumed")]
    DossierResumed {
        /// The dossier.
        dossier: DossierId,
        /// SHA-256 of the record that holds who and why.
        record: Sha256,
    },
    /// A dossier is about to be closed without a document timestamp, because no authority is configured.
    #[serde(rename = "dossier.timestamp-missing")]
    TimestampMissing {
        /// The dossier.
        dossier: DossierId,
    },
    /// A round was opened: people are called to sign.
    #[serde(rename = "round.opened")]
    RoundOpened {
        /// Its number.
        round: RoundNumber,
        /// What it is about.
        scope: Scope,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// A class is left to a later round in this period: nobody waits for it in this one, or is called for it.
    #[serde(rename = "round.class-left-out")]
    RoundClassLeftOut {
        /// The round.
        round: RoundNumber,
        /// The class.
        class: ClassName,
        /// The period.
        period: Period,
        /// SHA-256 of the record that holds who ordered it.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// A round was closed: nobody is called for it any more.
    #[serde(rename = "round.closed")]
    RoundClosed {
        /// Its number.
        round: RoundNumber,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// Something was not signed: the rules refused it before C_Sign, a page the form, the token the login, or what a
    /// deed needs beside a signature could not be had.
    #[serde(rename = "signing.refused")]
    SigningRefused(RefusedSignature),
    /// Revocation of a signer's certificate could not be checked, and it was decided to sign all the same.
    #[serde(rename = "signing.revocation-unchecked")]
    RevocationUnchecked {
        /// The signer's certificate.
        certificate: Sha256,
        /// Who decided it.
        decided: UncheckedBy,
    },
    /// The clock is not where it should be: nothing is signed until it is confirmed.
    #[serde(rename = "clock.doubted")]
    ClockDoubted {
        /// What it shows. The time of the entry is never before that of the entry before it.
        clock: Moment,
        /// What was expected.
        expected: Moment,
        /// Why it is doubted, as a stable code.
        code: String,
    },
    /// The first of two people read from their own watch what a doubted clock shows; the second one confirms it.
    #[serde(rename = "clock.read")]
    ClockRead {
        /// What it shows.
        clock: Moment,
        /// What was expected: the word of somebody else counts beside this one only while the clock runs evenly.
        expected: Moment,
        /// Who.
        by: PersonId,
    },
    /// Somebody else says what time it is, and the clock shows it.
    #[serde(rename = "clock.confirmed")]
    ClockConfirmed {
        /// What it shows.
        clock: Moment,
        /// Who says so.
        by: ClockWitness,
    },
    /// A signer's token signed a checkpoint of this register at the end of a sitting.
    #[serde(rename = "checkpoint.signed")]
    CheckpointSigned {
        /// Number of entries that it covers.
        size: u64,
        /// SHA-256 of the checkpoint's text.
        checkpoint: Sha256,
        /// The signer's certificate.
        certificate: Sha256,
        /// SHA-256 of the detached CMS.
        signature: Sha256,
    },
    /// A sitting ended without a signed checkpoint.
    #[serde(rename = "checkpoint.missed")]
    CheckpointMissed {
        /// The signer's certificate.
        certificate: Sha256,
        /// Why, as a stable code.
        code: String,
    },
    /// The content of a deposit is fixed.
    #[serde(rename = "deposit.planned")]
    DepositPlanned {
        /// The deposit.
        deposit: DepositId,
        /// Closed dossiers in it.
        dossiers: Vec<DossierId>,
        /// The program that planned it, as `bag-info.txt` names it.
        software_agent: String,
        /// What it is for. Registers of the first days do not say it: what was closed went in.
        #[serde(default)]
        deposit_kind: DepositKind,
        /// Exports in it that no document was made of: those of a snapshot.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        exports: Vec<Sha256>,
        /// Deposits that hold what is corrected here.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        corrects: Vec<DepositId>,
        /// With it everything that the roster asks of the year is in deposits.
        #[serde(default)]
        complete: bool,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// The bag is packed; only its seal is missing.
    #[serde(rename = "deposit.built")]
    DepositBuilt {
        /// The deposit.
        deposit: DepositId,
        /// SHA-256 of `tagmanifest-sha256.txt`.
        tagmanifest_sha256: Sha256,
        /// SHA-512 of `tagmanifest-sha512.txt`.
        tagmanifest_sha512: Sha512,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// The bag is sealed, judged whole and published.
    #[serde(rename = "deposit.sealed")]
    DepositSealed {
        /// The deposit.
        deposit: DepositId,
        /// SHA-256 of `niem-phong.txt`.
        seal: Sha256,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// An image of the deposit was made.
    #[serde(rename = "image.made")]
    ImageMade {
        /// The deposit.
        deposit: DepositId,
        /// SHA-256 of the image.
        sha256: Sha256,
        /// Its length.
        bytes: u64,
    },
    /// The image was read back from disk and compared file by file.
    #[serde(rename = "image.read-back")]
    ImageReadBack {
        /// The deposit.
        deposit: DepositId,
        /// SHA-256 read back.
        sha256: Sha256,
    },
    /// A timestamp authority was asked again about a sealed deposit: its answer is over the timestamp of the seal.
    #[serde(rename = "deposit.time-proven")]
    TimeProven {
        /// The deposit.
        deposit: DepositId,
        /// SHA-256 of the answer.
        answer: Sha256,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// The content of a set of media is fixed. The register on each of them ends with this entry.
    #[serde(rename = "medium.planned")]
    MediumPlanned {
        /// The media of the set, each readable and sealed alone.
        set: Vec<PlannedMedium>,
        /// The program that planned it, as `bag-info.txt` names it.
        software_agent: String,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// A medium is sealed; its image was judged whole and read back.
    #[serde(rename = "medium.sealed")]
    MediumSealed {
        /// The medium.
        medium: MediumId,
        /// SHA-256 of its `niem-phong.txt`.
        seal: Sha256,
        /// SHA-256 of its image.
        image: Sha256,
        /// Length of the image.
        bytes: u64,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// Writing a copy begins: from here on what lies in the drive is blank no longer.
    #[serde(rename = "medium.writing")]
    MediumWriting {
        /// The copy.
        copy: CopyId,
        /// What it is written on.
        on: MediumKind,
        /// SHA-256 of what identifies the stick or disk; of a disc, which disc in which drive.
        device: Sha256,
        /// Of a disc, SHA-256 of what identifies the drive alone.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        drive: Option<Sha256>,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// A copy was closed and read back equal.
    #[serde(rename = "medium.verified")]
    MediumVerified {
        /// The copy.
        copy: CopyId,
        /// SHA-256 of what was read back: of the image, or of the list of its files.
        sha256: Sha256,
        /// Who wrote it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        by: Option<PersonId>,
    },
    /// A copy was put under a paper seal and stored away.
    #[serde(rename = "medium.stickered")]
    MediumStickered {
        /// The copy.
        copy: CopyId,
        /// The number on the paper seal.
        sticker: StickerNumber,
        /// Who did it and who witnessed it.
        people: Vec<PersonId>,
        /// SHA-256 of the record that holds the place of storage.
        record: Sha256,
    },
    /// The paper seal of a copy was broken to use it.
    #[serde(rename = "medium.opened")]
    MediumOpened {
        /// The copy.
        copy: CopyId,
        /// Who did it and who witnessed it.
        people: Vec<PersonId>,
        /// SHA-256 of the record that holds the reason.
        record: Sha256,
    },
    /// An opened copy was put under another paper seal.
    #[serde(rename = "medium.resealed")]
    MediumResealed {
        /// The copy.
        copy: CopyId,
        /// The number on the broken paper seal.
        old: StickerNumber,
        /// The number on the new one.
        new: StickerNumber,
        /// Who did it and who witnessed it.
        people: Vec<PersonId>,
        /// SHA-256 of the record that holds the place of storage.
        record: Sha256,
    },
    /// A copy, or an extract of it, was given to somebody by a recorded order.
    #[serde(rename = "medium.handed-over")]
    MediumHandedOver {
        /// The copy.
        copy: CopyId,
        /// Who gave it and who witnessed it.
        people: Vec<PersonId>,
        /// SHA-256 of the record that holds order, purpose and recipient.
        record: Sha256,
    },
    /// A copy was read again from its beginning to its end, and is as it was written.
    #[serde(rename = "medium.checked")]
    MediumChecked {
        /// The copy.
        copy: CopyId,
        /// SHA-256 of what was read back.
        sha256: Sha256,
        /// Of a disc, SHA-256 of what identifies the drive that read it.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        drive: Option<Sha256>,
        /// Who read it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        by: Option<PersonId>,
    },
    /// Media of a kind were tried on real hardware of this model, line by line of the acceptance sheet.
    #[serde(rename = "medium.accepted")]
    MediumAccepted {
        /// What was tried.
        on: MediumKind,
        /// SHA-256 of what all devices of the model share.
        model: Sha256,
        /// Who did it and who witnessed it.
        people: Vec<PersonId>,
        /// SHA-256 of the record that holds what was tried and what was seen.
        record: Sha256,
    },
    /// Another copy takes the place of this one, which is kept.
    #[serde(rename = "medium.migrated")]
    MediumMigrated {
        /// The copy.
        copy: CopyId,
        /// The copy that holds its deposits from now on.
        to: CopyId,
        /// SHA-256 of the record that holds the reason.
        record: Sha256,
    },
    /// A copy was not written to its end, or is not what was written any more.
    #[serde(rename = "medium.spoiled")]
    MediumSpoiled {
        /// The copy.
        copy: CopyId,
        /// Why, as a stable code.
        code: String,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// A copy cannot be found.
    #[serde(rename = "medium.lost")]
    MediumLost {
        /// The copy.
        copy: CopyId,
        /// SHA-256 of the record that holds who looked for it.
        record: Sha256,
    },
    /// A root is trusted from now on.
    #[serde(rename = "anchor.added")]
    AnchorAdded {
        /// SHA-256 of its DER.
        certificate: Sha256,
        /// Who added it.
        by: AnchorSource,
    },
    /// A root is trusted no longer.
    #[serde(rename = "anchor.removed")]
    AnchorRemoved {
        /// SHA-256 of its DER.
        certificate: Sha256,
        /// Who removed it.
        by: AnchorSource,
    },
    /// A person rehearsed with their token: binding and a page "DIỄN TẬP" went the whole way, or did not.
    #[serde(rename = "enrolment.rehearsed")]
    Rehearsed {
        /// Who.
        person: PersonId,
        /// The certificate.
        certificate: Sha256,
        /// SHA-256 of the token's identity, canonical JSON.
        token: Sha256,
        /// SHA-256 of the signed page; none when it did not come to that.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        page: Option<Sha256>,
        /// What is wrong, as stable codes; none means green.
        codes: Vec<String>,
    },
    /// The certificate of an authority that was unknown so far is proposed to be trusted.
    #[serde(rename = "enrolment.authority-proposed")]
    AuthorityProposed {
        /// SHA-256 of its DER.
        certificate: Sha256,
        /// It names itself as its issuer: once confirmed, a path may end there.
        self_issued: bool,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// A person compared the fingerprint of a proposed authority with what its owner publishes.
    #[serde(rename = "enrolment.authority-confirmed")]
    AuthorityConfirmed {
        /// SHA-256 of its DER.
        certificate: Sha256,
        /// Who.
        by: PersonId,
        /// As whom: both are needed.
        capacity: Capacity,
    },
    /// A confirmed authority is trusted no longer: trust needs two people, and ends with either of them.
    #[serde(rename = "enrolment.authority-withdrawn")]
    AuthorityWithdrawn {
        /// SHA-256 of its DER.
        certificate: Sha256,
        /// Who.
        by: PersonId,
        /// As whom.
        capacity: Capacity,
        /// Why: a record beside the register.
        record: Sha256,
    },
    /// The admin confirmed on one screen who signs with which certificate and token.
    #[serde(rename = "enrolment.bindings-confirmed")]
    BindingsConfirmed {
        /// SHA-256 of the list, `niemphong-bindings/1`.
        bindings: Sha256,
        /// Who.
        by: PersonId,
    },
    /// A reader belongs to a screen from now on: only that one greets and takes the PIN.
    #[serde(rename = "reader.assigned")]
    ReaderAssigned {
        /// The reader, as its module names it.
        reader: String,
        /// The screen; none takes the reader away from every screen.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        screen: Option<ScreenId>,
        /// SHA-256 of the record that holds who ordered it. Registers of 0.1.0 do not say.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        record: Option<Sha256>,
    },
    /// Signed documents were printed, or handed out as an extract, each as it stood.
    #[serde(rename = "dossier.printed")]
    DossiersPrinted {
        /// What.
        printed: Vec<PrintedRevision>,
        /// Who, where they are somebody of the roster; the record names the account of anybody else.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        by: Option<PersonId>,
        /// SHA-256 of the record that says what for.
        record: Sha256,
    },
    /// A pupil who leaves was given documents, each as it stood.
    #[serde(rename = "leaver.handed-over")]
    LeaverHandedOver {
        /// What.
        given: Vec<PrintedRevision>,
        /// Who gave it, where they are somebody of the roster; the record names the account of anybody else.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        by: Option<PersonId>,
        /// SHA-256 of the record that says to whom and how.
        record: Sha256,
    },
    /// Somebody reported that something did not go as it should.
    #[serde(rename = "trouble.reported")]
    TroubleReported {
        /// Who, where they are somebody of the roster; the record names the account of anybody else.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        by: Option<PersonId>,
        /// SHA-256 of the record that says what.
        record: Sha256,
    },
    /// The school moved days of its calendar. What is not named stands on its usual day.
    #[serde(rename = "calendar.moved")]
    CalendarMoved {
        /// The school year.
        year: SchoolYear,
        /// When regular marks are entered.
        #[serde(skip_serializing_if = "Rhythm::is_usual", default)]
        rhythm: Rhythm,
        /// The days.
        days: Vec<MovedDay>,
        /// Who recorded it.
        by: PersonId,
    },
    /// Something was done with an account, a slip or a screen of the pages.
    #[serde(rename = "account.changed")]
    AccountChanged {
        /// What.
        change: AccountChange,
        /// Whose it is in the roster.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        person: Option<PersonId>,
        /// The roles that it has from now on.
        #[serde(skip_serializing_if = "Vec::is_empty", default)]
        roles: Vec<String>,
        /// Who did it, where they are somebody of the roster.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        by: Option<PersonId>,
        /// SHA-256 of the record that names account and actor.
        record: Sha256,
    },
    /// The school decided on which media a deposit must lie, and when copies are read again.
    #[serde(rename = "archive.regulated")]
    ArchiveRegulated {
        /// The kinds of medium.
        media: BTreeSet<MediumKind>,
        /// After how many days a copy is to be read again.
        check_days: u16,
        /// Who recorded it.
        by: PersonId,
        /// SHA-256 of the record that names the regulation.
        record: Sha256,
    },
    /// The school decided who stamps the time of its documents.
    #[serde(rename = "timestamp.authority-chosen")]
    AuthorityChosen {
        /// Whether there is one.
        chosen: bool,
        /// Who recorded it.
        by: PersonId,
        /// SHA-256 of the record that holds its address, or why there is none.
        record: Sha256,
    },
    /// Something tried to write other bytes over a published name.
    #[serde(rename = "overwrite.refused")]
    OverwriteRefused {
        /// The published name, relative to the store.
        name: String,
        /// SHA-256 of the bytes that were refused.
        sha256: Sha256,
    },
}

/// The published name of a revision, relative to the store.
pub fn revision_name(dossier: &DossierId, revision: u32) -> String {
    format!("ho-so/{dossier}/{revision:02}.pdf")
}

/// An event with its place in the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position, from 0.
    pub seq: u64,
    /// When it was written.
    pub time: Moment,
    /// What happened.
    pub event: Event,
}
