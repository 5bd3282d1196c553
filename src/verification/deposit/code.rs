//! Codes of everything that can be wrong with a deposit, its register or its medium. The words for
//! people are in the program's `wording`.

use crate::report::Verdict;

macro_rules! codes {
    ($($name:ident = $text:literal, $verdict:ident, $doc:literal;)*) => {
        /// A finding about a deposit, a register or a medium; its text never changes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $doc] $name,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable text, SCREAMING_SNAKE_CASE.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// The best verdict that a deposit with this finding can have.
            pub const fn verdict(self) -> Verdict {
                match self {
                    $(Self::$name => Verdict::$verdict,)*
                }
            }
        }
    };
}

codes! {
    // The folder.
    Unreadable = "UNREADABLE", Invalid, "A file or the list of files cannot be read.";
    TooLarge = "TOO_LARGE", Invalid, "A file is larger than anything of its kind may be.";
    TooManyFiles = "TOO_MANY_FILES", Malformed, "More files than a deposit may hold.";
    NotABag = "NOT_A_BAG", Malformed, "`bagit.txt` is missing or is not that of BagIt 1.0.";
    NameRefused = "NAME_REFUSED", Invalid, "A name that not every system can store: not ASCII, too long, or with a refused character.";
    NameTwice = "NAME_TWICE", Invalid, "Two names differ only in upper and lower case.";
    EmptyFolder = "EMPTY_FOLDER", Invalid, "A folder that holds nothing.";
    UnlistedFile = "UNLISTED_FILE", Invalid, "A file that is neither payload nor one of the agreed files.";
    UnknownPlace = "UNKNOWN_PLACE", Invalid, "A payload file in no agreed place or without the agreed form of name.";
    TagFileMissing = "TAG_FILE_MISSING", Invalid, "An agreed tag file is missing.";
    BagInfo = "BAG_INFO", Invalid, "`bag-info.txt` lacks an agreed line, holds it twice, or says something else than the seal.";
    PayloadOxum = "PAYLOAD_OXUM", Invalid, "Number or total size of payload files differs from `Payload-Oxum`.";
    ManifestMalformed = "MANIFEST_MALFORMED", Invalid, "A manifest holds something else than lines of digest and name, or a name twice.";
    PayloadMissing = "PAYLOAD_MISSING", Invalid, "A manifest lists a payload file that is not there.";
    PayloadExtra = "PAYLOAD_EXTRA", Invalid, "A payload file is missing from a manifest.";
    PayloadAltered = "PAYLOAD_ALTERED", Invalid, "A payload file is not the one that the manifest lists.";
    TagmanifestList = "TAGMANIFEST_LIST", Invalid, "A tagmanifest does not list exactly the agreed tag files.";
    TagAltered = "TAG_ALTERED", Invalid, "A tag file is not the one that the tagmanifest lists.";
    // The seal.
    SealMissing = "SEAL_MISSING", Invalid, "A file of the seal is missing.";
    StatementMalformed = "STATEMENT_MALFORMED", Invalid, "The seal statement does not have the agreed lines.";
    StatementDeposit = "STATEMENT_DEPOSIT", Invalid, "The seal statement is of another deposit.";
    StatementTagmanifest = "STATEMENT_TAGMANIFEST", Invalid, "The tagmanifest is not the one that was sealed.";
    StatementRecord = "STATEMENT_RECORD", Invalid, "The sealing record is not the one that was sealed.";
    StatementRoster = "STATEMENT_ROSTER", Invalid, "The roster is not the one that was sealed.";
    StatementPlans = "STATEMENT_PLANS", Invalid, "The plans are not the ones that were sealed.";
    StatementCheckpoint = "STATEMENT_CHECKPOINT", Invalid, "The checkpoint is not the one that was sealed.";
    SignatureBroken = "SIGNATURE_BROKEN", Invalid, "A detached signature is broken or is not over this file; the place ends with the reason.";
    SignatureDigest = "SIGNATURE_DIGEST", Invalid, "A detached signature uses another digest than agreed for this file.";
    SealSigner = "SEAL_SIGNER", Invalid, "Seal statement and checkpoint are not signed by the stamp that the roster names.";
    SealNotTheSchool = "SEAL_NOT_THE_SCHOOL", Invalid, "The seal is not by the certificate that the inspector names.";
    TimestampMissing = "TIMESTAMP_MISSING", Indeterminate, "There is no timestamp over the seal.";
    TimestampBroken = "TIMESTAMP_BROKEN", Invalid, "The timestamp is broken or is not over this seal; the place ends with the reason.";
    TimestampNotTrusted = "TIMESTAMP_NOT_TRUSTED", Indeterminate, "No path from the timestamp authority to a given anchor.";
    CertificateMalformed = "CERTIFICATE_MALFORMED", Invalid, "A certificate cannot be read.";
    CertificateNotTrusted = "CERTIFICATE_NOT_TRUSTED", Indeterminate, "No path from a signer's certificate to a given anchor.";
    CertificateRevoked = "CERTIFICATE_REVOKED", Invalid, "A signer's certificate was revoked before the proven time.";
    RevocationUnchecked = "REVOCATION_UNCHECKED", Indeterminate, "Whether a signer's certificate was revoked could not be checked.";
    CertificateNotInValidity = "CERTIFICATE_NOT_IN_VALIDITY", Indeterminate, "The proven time is outside the validity of a signer's certificate.";
    CertificateMayNotSign = "CERTIFICATE_MAY_NOT_SIGN", Invalid, "A signer's certificate is not meant for signatures.";
    CertificateWeak = "CERTIFICATE_WEAK", Indeterminate, "Key or algorithms of a signer's certificate are too weak.";
    // The sealing record and the documents.
    RecordDeposit = "RECORD_DEPOSIT", Invalid, "The sealing record is of another deposit.";
    RecordIncomplete = "RECORD_INCOMPLETE", Invalid, "The sealing record lacks a signature of its plan.";
    RecordData = "RECORD_DATA", Invalid, "The sealing record states other digests, files or sizes than the deposit has.";
    DocumentInvalid = "DOCUMENT_INVALID", Invalid, "A PDF of the deposit is not valid; its own object says why.";
    DocumentIndeterminate = "DOCUMENT_INDETERMINATE", Indeterminate, "A PDF of the deposit could not be proven valid; its own object says why.";
    DocumentIncomplete = "DOCUMENT_INCOMPLETE", Invalid, "A PDF lacks signatures of its plan or was signed out of order.";
    DocumentName = "DOCUMENT_NAME", Invalid, "A PDF is named after another dossier than its plan names.";
    DocumentData = "DOCUMENT_DATA", Invalid, "The data that a PDF must carry are missing or cannot be read.";
    NoDossier = "NO_DOSSIER", Invalid, "The deposit holds no document.";
    NotRegistered = "NOT_REGISTERED", Invalid, "The register does not know this file as the final one of its dossier.";
    ExportName = "EXPORT_NAME", Invalid, "An original export is not named by its digest.";
    ExportNotLocked = "EXPORT_NOT_LOCKED", Invalid, "No valid lock decision in the deposit names this export.";
    ExportMissing = "EXPORT_MISSING", Invalid, "The original export of a document, or a file that it was put together from, is not in the deposit.";
    Supplement = "SUPPLEMENT", Invalid, "Results after the summer name another closed document of the year than the one that is there.";
    Gradebook = "GRADEBOOK", Invalid, "A gradebook is missing, not canonical, of another class, period, year or school, or not the one that the class book carries.";
    TranscriptMarks = "TRANSCRIPT_MARKS", Invalid, "The pupil's data in a transcript are not those of the gradebook of its export.";
    ClosingReport = "CLOSING_REPORT", Invalid, "The report of a closed document is missing, unreadable or of another file.";
    // What was planned.
    DepositPlan = "DEPOSIT_PLAN", Invalid, "The register did not plan this deposit, or planned it as another kind, with other corrections or another completeness.";
    DepositContent = "DEPOSIT_CONTENT", Invalid, "A document or export is missing that the register planned, or is there without being planned.";
    DepositIncomplete = "DEPOSIT_INCOMPLETE", Invalid, "The deposit says that the year is complete, but no deposit planned so far holds this document.";
    Corrects = "CORRECTS", Invalid, "A corrected document's earlier version lies in a deposit that is not named, or a deposit is named that the register does not know.";
    Correction = "CORRECTION", Invalid, "A request, record or summary of corrections lists other values than both gradebooks differ in, has no place for who made the entries, or lacks the request that it names.";
    CorrectedVersion = "CORRECTED_VERSION", Invalid, "A later version of a signed document names no version before it, another one than the latest that was signed, or no record of correction about its data.";
    Description = "DESCRIPTION", Invalid, "The description of a document is missing, not canonical, or says otherwise than file and register.";
    ReasonMissing = "REASON_MISSING", Invalid, "The register names words that are not in the deposit.";
    ReasonName = "REASON_NAME", Invalid, "A file with words is not named by the first half of its digest, or the register does not know it.";
    // Roster and plans.
    RosterMalformed = "ROSTER_MALFORMED", Invalid, "The roster is not a canonical roster of this school and year.";
    PlansMalformed = "PLANS_MALFORMED", Invalid, "The plans are not canonical plans of this year.";
    StaffSignatureMissing = "STAFF_SIGNATURE_MISSING", Invalid, "A signature of roster or plans is missing.";
    StaffSigner = "STAFF_SIGNER", Invalid, "Roster or plans are signed by another certificate than the roster names.";
    NotCommissioned = "NOT_COMMISSIONED", Invalid, "The register does not confirm the certificates of principal and stamp.";
    OtherRoster = "OTHER_ROSTER", Invalid, "The roster is not the one that the inspector brought.";
    OtherPlans = "OTHER_PLANS", Invalid, "The plans are not the ones that the inspector brought.";
    // Acts.
    ActName = "ACT_NAME", Invalid, "An act is not named by the first half of its digest, or a signature lies there without its act.";
    ActMalformed = "ACT_MALFORMED", Invalid, "An act is not canonical, or contradicts itself or the roster.";
    ActOtherRoster = "ACT_OTHER_ROSTER", Invalid, "An act is of another school or of another roster.";
    ActSigner = "ACT_SIGNER", Invalid, "An act is not signed by the certificates that must sign it.";
    ActNotRegistered = "ACT_NOT_REGISTERED", Invalid, "The register does not know this act.";
    // The register.
    RegisterLine = "REGISTER_LINE", Invalid, "A line of the register is no canonical entry.";
    RegisterSequence = "REGISTER_SEQUENCE", Invalid, "The numbers of the register have a gap.";
    RegisterChain = "REGISTER_CHAIN", Invalid, "An entry of the register does not follow from the one before it.";
    RegisterEntry = "REGISTER_ENTRY", Invalid, "An entry of the register lacks what its kind must say.";
    CheckpointMalformed = "CHECKPOINT_MALFORMED", Invalid, "The checkpoint does not have the agreed form.";
    CheckpointSize = "CHECKPOINT_SIZE", Invalid, "The register has another number of entries than the checkpoint.";
    CheckpointRoot = "CHECKPOINT_ROOT", Invalid, "The register is not the one of the checkpoint.";
    CheckpointSchool = "CHECKPOINT_SCHOOL", Invalid, "The checkpoint is of another school's register.";
    RegisterCited = "REGISTER_CITED", Invalid, "A document cites a file that the register does not close before.";
    RegisterClosing = "REGISTER_CLOSING", Invalid, "The register closes a dossier whose signatures it does not name before.";
    RegisterShortened = "REGISTER_SHORTENED", Invalid, "The register has fewer entries than the checkpoint that the inspector kept.";
    RegisterRewritten = "REGISTER_REWRITTEN", Invalid, "The first entries of the register are not those of the checkpoint that the inspector kept.";
    SittingCheckpoint = "SITTING_CHECKPOINT", Invalid, "The register does not continue a checkpoint that somebody signed at the end of a sitting.";
    HeldCheckpointSchool = "HELD_CHECKPOINT_SCHOOL", Invalid, "The checkpoint that the inspector kept is of another school's register.";
    HeldCheckpointSignature = "HELD_CHECKPOINT_SIGNATURE", Indeterminate, "The signature kept with the checkpoint is broken or not over it; the place ends with the reason.";
    HeldCheckpointSigner = "HELD_CHECKPOINT_SIGNER", Indeterminate, "The checkpoint that the inspector kept is signed by a certificate that neither roster nor register names.";
    CheckpointSigner = "CHECKPOINT_SIGNER", Indeterminate, "The checkpoint beside a register is signed by a certificate that neither register nor roster names.";
    RegisterUnsigned = "REGISTER_UNSIGNED", Indeterminate, "No checkpoint that somebody signed or kept vouches for a register that lies alone.";
    RegisterTail = "REGISTER_TAIL", Indeterminate, "Entries from here on came after the last checkpoint that vouches for a register that lies alone.";
    RegisterNotConfirmed = "REGISTER_NOT_CONFIRMED", Indeterminate, "No checkpoint of a register that lies alone is signed by the certificate that the inspector names.";
    DepositNotRegistered = "DEPOSIT_NOT_REGISTERED", Invalid, "The register does not know this deposit.";
    DepositRegisteredOtherwise = "DEPOSIT_REGISTERED_OTHERWISE", Invalid, "The register knows this deposit with other digests.";
    // The medium.
    ImageUnreadable = "IMAGE_UNREADABLE", Malformed, "The image cannot be read as ISO 9660.";
    ImageWithoutJoliet = "IMAGE_WITHOUT_JOLIET", Malformed, "The image has no Joliet names.";
    ImageTruncated = "IMAGE_TRUNCATED", Invalid, "The image is shorter than its volume.";
    ImageTail = "IMAGE_TAIL", Invalid, "Something lies behind the end of the volume.";
    ImageDirectory = "IMAGE_DIRECTORY", Malformed, "A directory of the image is damaged, turns in circles or is too deep.";
    ImageExtent = "IMAGE_EXTENT", Invalid, "A file lies outside the image.";
    ImageOverlap = "IMAGE_OVERLAP", Malformed, "Two files of the image lie over each other.";
    ImageTreesDiffer = "IMAGE_TREES_DIFFER", Invalid, "Windows and other systems would see different files on this image.";
    ImageSlack = "IMAGE_SLACK", Invalid, "Something lies between the end of a file and the end of its last block.";
    ImageUnused = "IMAGE_UNUSED", Invalid, "Something lies in a block that no file and no directory uses.";
    StatementMedium = "STATEMENT_MEDIUM", Invalid, "The seal statement is of another medium.";
    MediumDeposits = "MEDIUM_DEPOSITS", Invalid, "The deposits on the medium are not those that its seal names.";
    MediumOtherSchool = "MEDIUM_OTHER_SCHOOL", Invalid, "A deposit on the medium is of another school.";
    MediumNotPlanned = "MEDIUM_NOT_PLANNED", Invalid, "The register does not end with the planning of this medium and its deposits.";
    DepositRegister = "DEPOSIT_REGISTER", Invalid, "The register of the medium does not continue the register in one of its deposits.";
    MediumWithoutDeposit = "MEDIUM_WITHOUT_DEPOSIT", Invalid, "There is no deposit on the medium.";
    DepositInvalid = "DEPOSIT_INVALID", Invalid, "A deposit on the medium is not valid; its own object says why.";
    DepositIndeterminate = "DEPOSIT_INDETERMINATE", Indeterminate, "A deposit on the medium could not be proven valid; its own object says why.";
    DepositFolder = "DEPOSIT_FOLDER", Invalid, "The folder of a deposit is not named after it.";
    TooManyProblems = "TOO_MANY_PROBLEMS", Invalid, "There are more problems than are listed.";
}

impl Code {
    /// The code with this text, if it is one of these.
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_text_of_its_own_and_leads_back_to_itself() {
        for code in Code::ALL {
            assert_eq!(Code::from_text(code.as_str()), Some(*code));
            assert_ne!(code.verdict(), Verdict::Valid, "{code:?} would be success");
        }
    }
}
