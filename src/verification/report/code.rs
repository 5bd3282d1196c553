//! The stable codes of [`super::Problem`]. `NO_CERTIFICATE_CHAIN_FOUND`, `OUT_OF_BOUNDS_NO_POE` and
//! their like are the sub-indications of ETSI EN 319 102-1, 5.1.3.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($name:ident = $text:literal: $doc:literal,)*) => {
        /// What can be wrong with a PDF, a CMS, a timestamp or a certificate.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code {
            $(#[doc = $doc] #[serde(rename = $text)] $name,)*
        }

        impl Code {
            /// Every code there is.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable text.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    PdfTooLarge = "PDF_TOO_LARGE": "Larger than the judge reads.",
    PdfHeader = "PDF_HEADER": "The file does not begin with `%PDF-`.",
    PdfStructure = "PDF_STRUCTURE": "Cross-reference section, trailer or end marker cannot be understood.",
    PdfLimit = "PDF_LIMIT": "Too many objects or revisions, too deep, or a stream that unpacks too far.",
    Linearized = "LINEARIZED": "Linearized for the web: not understood yet.",
    Encrypted = "ENCRYPTED": "Encrypted: not read.",
    UnsupportedFilter = "UNSUPPORTED_FILTER": "A cross-reference or object stream is packed in a way that is not read.",
    HybridXref = "HYBRID_XREF": "Table and stream in one cross-reference section: readers may see two files.",
    UnsignedBytes = "UNSIGNED_BYTES": "Bytes that belong to no revision that was understood.",
    HiddenBytes = "HIDDEN_BYTES": "Bytes inside a revision that no object explains.",
    DuplicateObject = "DUPLICATE_OBJECT": "An object number stands twice in one revision.",
    FreedObject = "FREED_OBJECT": "A later revision frees an object.",
    XrefEntryOutside = "XREF_ENTRY_OUTSIDE": "A cross-reference entry points out of its own revision.",
    ObjectMalformed = "OBJECT_MALFORMED": "An object cannot be understood.",
    SecondOpinionDiffers = "SECOND_OPINION_DIFFERS": "An independent reader sees another object.",
    NoSignature = "NO_SIGNATURE": "There is no signature.",
    SignatureRemoved = "SIGNATURE_REMOVED": "A signature of an earlier revision is gone or was replaced.",
    SignatureWithoutField = "SIGNATURE_WITHOUT_FIELD": "A signature dictionary that no field holds.",
    SignatureMalformed = "SIGNATURE_MALFORMED": "The signature dictionary or its field has the wrong shape.",
    FieldNames = "FIELD_NAMES": "Two fields share a name or a value.",
    ByteRange = "BYTE_RANGE": "ByteRange has the wrong shape.",
    ContentsHole = "CONTENTS_HOLE": "The hole of ByteRange is not exactly the value of Contents.",
    ContentsNotCanonical = "CONTENTS_NOT_CANONICAL": "Contents is not lower-case hexadecimal.",
    ContentsPadding = "CONTENTS_PADDING": "Octets that are not zero follow the CMS.",
    SignatureCoverage = "SIGNATURE_COVERAGE": "A signature does not end where its own revision ends.",
    SubFilter = "SUB_FILTER": "A SubFilter that is not accepted.",
    CmsNotDer = "CMS_NOT_DER": "The CMS is no DER.",
    CmsBer = "CMS_BER": "The CMS is BER and was judged in its one DER form.",
    CmsStructure = "CMS_STRUCTURE": "The CMS is no SignedData of the form required.",
    CmsSigners = "CMS_SIGNERS": "Not exactly one SignerInfo.",
    CmsEcontent = "CMS_ECONTENT": "A detached signature that carries content.",
    CmsAttribute = "CMS_ATTRIBUTE": "A signed attribute is missing, repeated or malformed.",
    CmsContentType = "CMS_CONTENT_TYPE": "The content-type attribute names another type.",
    CmsDigest = "CMS_DIGEST": "The signed digest is not that of the content.",
    CmsSigningCertificate = "CMS_SIGNING_CERTIFICATE": "signing-certificate names another certificate.",
    CmsCertificateMissing = "CMS_CERTIFICATE_MISSING": "The signer's certificate is not in the CMS.",
    CmsUnusedCertificate = "CMS_UNUSED_CERTIFICATE": "An embedded certificate is not part of the signer's path.",
    CmsAlgorithm = "CMS_ALGORITHM": "Algorithms that disagree.",
    CmsAlgorithmUnknown = "CMS_ALGORITHM_UNKNOWN": "An algorithm that is not known here: nothing is said of the signature.",
    CmsSignature = "CMS_SIGNATURE": "The signature value does not belong to the signed attributes.",
    CmsSigningTime = "CMS_SIGNING_TIME": "A signing-time attribute, which PAdES baseline excludes.",
    WeakDigest = "WEAK_DIGEST": "MD5 or SHA-1.",
    WeakKey = "WEAK_KEY": "RSA below 2048 bits, EC below 256 bits, or a key of a flawed generator (ROCA).",
    CertificateMalformed = "CERTIFICATE_MALFORMED": "A certificate cannot be read.",
    KeyUsage = "KEY_USAGE": "The certificate is not for signing.",
    NoCertificateChainFound = "NO_CERTIFICATE_CHAIN_FOUND": "No path to a trust anchor.",
    ChainConstraintsFailure = "CHAIN_CONSTRAINTS_FAILURE": "The path breaks a rule of RFC 5280.",
    WeakChain = "WEAK_CHAIN": "A certificate of the path is signed with SHA-1 or a short key.",
    LegacyAnchor = "LEGACY_ANCHOR": "The path ends in a root of the past; the signature is proven to be older than its end.",
    LegacyAnchorClaimed = "LEGACY_ANCHOR_CLAIMED": "The path ends in a root of the past; that the signature is older than its end is only claimed.",
    LegacyAnchorTooLate = "LEGACY_ANCHOR_TOO_LATE": "The path ends in a root of the past, but the signature is not older than its end.",
    NotYetValid = "NOT_YET_VALID": "The certificate was not valid yet.",
    OutOfBoundsNoPoe = "OUT_OF_BOUNDS_NO_POE": "Expired, and no proof that the signature is older.",
    RevokedNoPoe = "REVOKED_NO_POE": "Revoked, and no proof that the signature is older.",
    TryLater = "TRY_LATER": "Revocation could not be checked.",
    SigningTimeFuture = "SIGNING_TIME_FUTURE": "The signer claims a time that has not come.",
    SigningTimeAfterProof = "SIGNING_TIME_AFTER_PROOF": "The signer claims a time after the one by which the signature is proven to have existed.",
    SigningTimeZone = "SIGNING_TIME_ZONE": "Claimed and proven time differ by 6 to 8 hours: local time written as UTC, or the reverse.",
    TimestampStructure = "TIMESTAMP_STRUCTURE": "No RFC 3161 token.",
    TimestampRefused = "TIMESTAMP_REFUSED": "The TSA answered with a refusal.",
    TimestampImprint = "TIMESTAMP_IMPRINT": "The token is over other bytes.",
    TimestampSignature = "TIMESTAMP_SIGNATURE": "The token's signature does not verify.",
    TimestampKeyUsage = "TIMESTAMP_KEY_USAGE": "The TSA's certificate is not for timestamping alone.",
    TimestampUntrusted = "TIMESTAMP_UNTRUSTED": "The TSA's certificate has no path, is expired or revoked.",
    TimestampRevocationUnchecked = "TIMESTAMP_REVOCATION_UNCHECKED": "Revocation of the TSA could not be checked.",
    UnexplainedObject = "UNEXPLAINED_OBJECT": "A later revision changes an object that the policy does not explain.",
    TrailerChanged = "TRAILER_CHANGED": "A later trailer names another Root or Info, or other keys.",
    CatalogChanged = "CATALOG_CHANGED": "The catalog was changed beyond what is allowed.",
    FieldChanged = "FIELD_CHANGED": "A field was changed beyond what is allowed.",
    AppearanceChanged = "APPEARANCE_CHANGED": "An appearance is not the one form of its own revision.",
    AppearanceOtherName = "APPEARANCE_OTHER_NAME": "The words in a signature's box do not name the signer, name somebody else, or cannot be read.",
    AppearanceOtherPicture = "APPEARANCE_OTHER_PICTURE": "The picture in a signature's box was not ready there before signing, or is another than the roster names for the signer.",
    AppearancePictureUnknown = "APPEARANCE_PICTURE_UNKNOWN": "A signature's box shows a picture, and no roster is at hand that says whose it is.",
    LargeAppearance = "LARGE_APPEARANCE": "The box of a later signature, or a field filled in later, covers much of its page, and may cover what earlier signers saw.",
    DssStructure = "DSS_STRUCTURE": "The DSS holds something else than certificates, CRLs and OCSP responses.",
    VisibleUnsignedField = "VISIBLE_UNSIGNED_FIELD": "A visible field that no person signed was added or stamped after a signature.",
    AnnotationAdded = "ANNOTATION_ADDED": "A remark was added that the certification allows, and that may cover content.",
    DocMdp = "DOC_MDP": "A change that the certification forbids.",
    FieldMdp = "FIELD_MDP": "A locked field was changed, or a lock differs from its field.",
    Certification = "CERTIFICATION": "The first signature does not certify with P=2, or another one certifies.",
    RevisionKind = "REVISION_KIND": "A revision that is no signature, no DSS and no document timestamp.",
    RevisionOrder = "REVISION_ORDER": "Signatures, DSS and timestamp stand in another order.",
    PlanMissing = "PLAN_MISSING": "No niemphong plan is embedded.",
    PlanMalformed = "PLAN_MALFORMED": "The embedded plan cannot be read.",
    PlanFields = "PLAN_FIELDS": "Fields and boxes do not agree.",
    PlanOther = "PLAN_OTHER": "The embedded plan is not the school's plan for this document.",
    PlanOrder = "PLAN_ORDER": "A box was signed before an earlier turn was complete.",
    BoxMissing = "BOX_MISSING": "A box has no signature.",
    RosterOther = "ROSTER_OTHER": "The plan names another roster than the one at hand.",
    RosterFault = "ROSTER_FAULT": "The roster names nobody for a box.",
    WrongPerson = "WRONG_PERSON": "The box was signed with another person's certificate.",
    TokenNotInForce = "TOKEN_NOT_IN_FORCE": "The certificate is the right person's, but was not in force then.",
    DelegationOutside = "DELEGATION_OUTSIDE": "The delegation does not cover this date or kind of document.",
    KyThayOutside = "KY_THAY_OUTSIDE": "The act of signing for an absent colleague does not cover this date or box.",
    ActLater = "ACT_LATER": "The act that would allow this signature was made or registered after it.",
    ActByClaimedTime = "ACT_BY_CLAIMED_TIME": "The act is in force by the time that the signer claims; nothing else proves it.",
    ActUnproven = "ACT_UNPROVEN": "The certificate that signed the act could not be proven.",
    ActNotInForce = "ACT_NOT_IN_FORCE": "An act at hand is not in force; the place ends with the reason.",
    SameSignerSeveralBoxes = "SAME_SIGNER_SEVERAL_BOXES": "One certificate signed several persons' boxes, and no roster is at hand that says it may.",
    EmbeddedData = "EMBEDDED_DATA": "The data that the document embeds are missing, unreadable or of another dossier.",
    PrintedOtherwise = "PRINTED_OTHERWISE": "A page prints another mark, level or name than the data that the document embeds.",
    PrintedNotRead = "PRINTED_NOT_READ": "What a page prints cannot be read, so it could not be compared with the embedded data.",
    FontLetters = "FONT_LETTERS": "A font draws a digit otherwise than the fonts of our documents, whatever its table of letters says.",
    JavaScript = "JAVASCRIPT": "The file can run JavaScript.",
    XfaForm = "XFA_FORM": "The file carries an XFA form beside its pages.",
    OptionalContent = "OPTIONAL_CONTENT": "The file has layers that can be shown and hidden.",
    ExternalContent = "EXTERNAL_CONTENT": "Something that is shown lies in another file.",
    LaunchAction = "LAUNCH_ACTION": "The file can start a program.",
    SchoolCertificate = "SCHOOL_CERTIFICATE": "The stamp is not the school's certificate that was named.",
    CheckpointNotCompared = "CHECKPOINT_NOT_COMPARED": "A checkpoint was given, but this file carries no register.",
    NotRegistered = "NOT_REGISTERED": "The register at hand does not know this file.",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_in_one_spelling() {
        let texts: std::collections::BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
        assert!(texts.iter().all(|text| text.bytes().all(|c| c.is_ascii_uppercase() || c == b'_')));
    }
}
