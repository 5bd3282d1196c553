//! Messages between core and reader worker, version 1. The reader parses what strangers hand us; it
//! gets bytes or an open file, never a path, and answers with codes and data, never with words.

use serde::{Deserialize, Serialize};

use crate::digest::Sha256;
use crate::moment::Moment;
use crate::report::Report;

/// Version of these messages.
pub const VERSION: u16 = 1;

/// By which rules a PDF is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// Only niemphong's own three kinds of revision, in the boxes reserved at birth.
    School,
    /// ISO 32000-2: form filling, signatures, DSS and timestamps as DocMDP and FieldMDP allow.
    Foreign,
    /// School where a niemphong plan is embedded, else foreign.
    ByContent,
}

/// What surrounds a judgement: never taken from the file under judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Circumstances {
    /// The policy asked for.
    pub policy: Policy,
    /// The moment at which validity is judged.
    pub at: Moment,
    /// DER of the trust anchors, Base64.
    pub anchors: Vec<String>,
    /// DER of certificates that may complete a path, Base64; trusted for nothing.
    #[serde(default)]
    pub intermediates: Vec<String>,
    /// SHA-256 of CA certificates that are trusted no longer: no path leads through one, wherever it is found.
    #[serde(default)]
    pub distrusted: Vec<Sha256>,
    /// DER of CRLs at hand, Base64.
    #[serde(default)]
    pub crls: Vec<String>,
    /// DER of OCSP responses at hand, Base64.
    #[serde(default)]
    pub ocsps: Vec<String>,
    /// SHA-256 of the school's certificate (the stamp's) that the inspector names.
    #[serde(default)]
    pub school_certificate: Option<Sha256>,
    /// Canonical roster at hand, Base64: roles and persons are judged by it.
    #[serde(default)]
    pub roster: Option<String>,
    /// Canonical plans at hand, Base64: the embedded plan must be their expansion.
    #[serde(default)]
    pub plans: Option<String>,
    /// Roots of the past: a path may end in one only where the signature is older than its last moment.
    #[serde(default)]
    pub legacy_anchors: Vec<LegacyAnchor>,
    /// Acts of the school beside its roster, with their signatures.
    #[serde(default)]
    pub acts: Vec<SignedAct>,
    /// A checkpoint of the register that the inspector kept from an earlier day.
    #[serde(default)]
    pub checkpoint: Option<HeldCheckpoint>,
    /// The reports are to say where it could be asked whether unchecked certificates were revoked.
    #[serde(default)]
    pub names_sources: bool,
}

impl Circumstances {
    /// Nothing at hand: no anchor, no roster, no revocation data.
    pub fn alone(policy: Policy, at: Moment) -> Self {
        Self {
            policy,
            at,
            anchors: Vec::new(),
            intermediates: Vec::new(),
            distrusted: Vec::new(),
            crls: Vec::new(),
            ocsps: Vec::new(),
            school_certificate: None,
            roster: None,
            plans: None,
            legacy_anchors: Vec::new(),
            acts: Vec::new(),
            checkpoint: None,
            names_sources: false,
        }
    }
}

/// A root whose chain uses algorithms of the past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegacyAnchor {
    /// Its DER, Base64.
    pub certificate: String,
    /// Nothing signed from this moment on may rest on it.
    pub until: Moment,
}

/// An act with its detached signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedAct {
    /// The canonical bytes of the act, Base64.
    pub act: String,
    /// DER of each detached CMS over them, Base64.
    pub signatures: Vec<String>,
}

/// What the inspector brings to compare a register with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldCheckpoint {
    /// Its C2SP text, Base64.
    pub text: String,
    /// The detached CMS that lay beside it, DER in Base64.
    pub signature: Option<String>,
}

/// What lies beside a register that is judged alone: all DER in Base64.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BesideRegister {
    /// The C2SP text of a checkpoint, Base64.
    pub checkpoint: Option<String>,
    /// Each detached CMS over it.
    pub signatures: Vec<String>,
    /// CRLs.
    pub crls: Vec<String>,
    /// OCSP responses.
    pub ocsps: Vec<String>,
}

/// What is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// One PDF file.
    Pdf,
    /// The folder of a deposit.
    Folder,
    /// An ISO 9660 image that holds deposits.
    Image,
    /// The lines of a register outside of a deposit.
    Register,
}

/// What the core asks of the reader worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "order")]
pub enum Order {
    /// Parse the frame's binary part as an export, of whatever kind its content says.
    Export {
        /// The name of the file, without a path: class, subject, term and year may stand in it.
        file: String,
        /// Layouts and subjects of the school, as TOML, beside those that come with the program.
        layouts: Vec<String>,
    },
    /// What surrounds the judgements that follow, until something else is told: lists of revocation are large,
    /// and a batch is judged in the same.
    Surround {
        /// All of it.
        circumstances: Box<Circumstances>,
    },
    /// Judge the frame's binary part, or the open file sent with the frame.
    Judge {
        /// What it is.
        subject: Subject,
        /// What lies beside it, and is under judgement too.
        #[serde(default)]
        beside: BesideRegister,
    },
    /// Draw one page of the PDF sent with the frame twice: of its beginning up to a signer's revision, and
    /// of the whole.
    Draw {
        /// The page, the first is 1.
        page: u32,
        /// Bytes of the signer's revision.
        before_bytes: u64,
    },
    /// Append to the PDF in the binary part, which is none of ours.
    Append {
        /// What.
        what: Appending,
    },
    /// Find the certificates of authorities in the frame's binary part: DER, PEM or .p7b.
    Authorities,
    /// Judge the timestamp token in the binary part.
    Timestamp {
        /// What it is over, Base64.
        content: String,
    },
    /// Judge a signer's certificate before it may sign: the binary part is its DER.
    Standing,
}

/// What is appended to a file that is none of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "appending")]
pub enum Appending {
    /// A signature that waits for its CMS.
    Signature {
        /// The field; none takes the first empty one, or makes one.
        field: Option<String>,
        /// Name of the signer.
        signer_name: String,
        /// Claimed time of signing.
        at: Moment,
        /// Room for the CMS.
        room_bytes: u32,
    },
    /// A document timestamp that waits for its token.
    Timestamp {
        /// Room for the token.
        room_bytes: u32,
    },
    /// Certificates and revocation data, all DER in Base64.
    Dss {
        /// Certificates.
        certificates: Vec<String>,
        /// OCSP responses.
        ocsps: Vec<String>,
        /// CRLs.
        crls: Vec<String>,
    },
}

/// What the reader worker answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "answer")]
pub enum Answer {
    /// The export is well-formed and complete: the binary part is its canonical JSON.
    Export,
    /// The file holds parts of classes: the binary part is their JSON, a list.
    Parts,
    /// The file is a report without marks.
    Report(Report),
    /// The export is refused, with all its problems.
    ExportRefused {
        /// Every problem with its JSON path.
        problems: Vec<ExportProblem>,
    },
    /// The circumstances are read and kept.
    Surrounded,
    /// The judgement: the binary part holds the reports, one JSON object per line (DESIGN, section 9).
    Judged,
    /// The page, twice: the binary part holds the PNG files one after the other.
    Drawn {
        /// As the signer saw it.
        before: Sight,
        /// As the file shows it.
        after: Sight,
        /// Where the two differ; nothing when they are alike, or one of them was not drawn.
        difference: Option<Area>,
    },
    /// The whole file with what was appended in the binary part.
    Appended {
        /// Where a CMS is to be put: from `<` to behind `>` of /Contents, in bytes; none for a DSS.
        contents: Option<(u64, u64)>,
    },
    /// The file cannot be appended to, or an earlier signature forbids it.
    NotAppended {
        /// Code of the craft, such as `pdf.encrypted`.
        code: String,
        /// For the log.
        detail: String,
    },
    /// The authorities found: the binary part is their JSON, a list.
    Authorities,
    /// The standing of the certificate: the binary part is its JSON.
    Standing,
    /// The token stamps the content with a time.
    Stamped {
        /// genTime.
        time: Moment,
        /// Its authority is trusted.
        trusted: bool,
        /// And known not to be revoked.
        unrevoked: bool,
    },
    /// The order could not be carried out.
    Refused {
        /// Such as `reader.order`.
        code: String,
        /// For the log.
        detail: String,
    },
}

/// What became of drawing a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "sight")]
pub enum Sight {
    /// A PNG in the binary part.
    Picture {
        /// Its length.
        png_bytes: u64,
        /// Width in pixels.
        width: u16,
        /// Height in pixels.
        height: u16,
        /// False when a font or an image of the page could not be drawn.
        complete: bool,
    },
    /// There is no such page.
    NoPage,
    /// The drawing program does not understand the file or the page.
    NotDrawn,
}

/// A part of a page in thousandths of its width and height, from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Left edge.
    pub left: u16,
    /// Upper edge.
    pub top: u16,
    /// Right edge.
    pub right: u16,
    /// Lower edge.
    pub bottom: u16,
}

/// One thing that is wrong with an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportProblem {
    /// Stable code such as `export.mark_not_tenths`; its words are in `wording`.
    pub code: String,
    /// JSON path of the place: `$.pupils[3].subjects.TOAN.results.marks.hk1.gk`.
    pub path: String,
    /// The offending value, shortened.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub found: String,
}
