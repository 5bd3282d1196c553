//! The arguments, as clap reads them.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use school::plan_choice::PlanChoice;

use crate::cli::archive::ArchiveRequest;

/// Where the configuration lies unless said otherwise.
pub(super) const CONFIG: &str = "/etc/niemphong/niemphong.toml";

/// Ký số, niêm phong và lưu trữ sổ điểm, học bạ của trường. Signs, seals and archives gradebooks.
#[derive(Parser)]
#[command(name = "niemphong", version)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What can be done.
#[derive(Subcommand)]
pub enum Verb {
    /// The whole story on an invented school with software tokens.
    Demo {
        /// Where everything of the demo is kept; started again there, it goes on.
        #[arg(long, default_value = "demo")]
        dir: PathBuf,
        /// Tell the story to its end and exit, instead of leaving the last turns to the pages.
        #[arg(long)]
        once: bool,
        /// Leave everything to the pages: a school that nobody has set up, with tokens and an authority.
        #[arg(long, conflicts_with = "once")]
        new_school: bool,
        /// Sign by this plan instead of the default one of its kind, in a folder that is new: book-teachers-first,
        /// book-homeroom-only, transcript-homeroom-only or transcript-signed-elsewhere. May be given once for each kind.
        #[arg(long, value_name = "CODE", conflicts_with = "new_school")]
        plan: Vec<PlanChoice>,
        /// Three more tokens, as a vendor delivers them: a teacher's new one, a new stamp, a new principal's.
        #[arg(long, conflicts_with = "once")]
        spare_tokens: bool,
        /// Port of the pages on this computer; 0 takes one that is free.
        #[arg(long, default_value_t = 8470)]
        port: u16,
        /// PKCS#11 module through which the pages reach the sample tokens: one that wraps SoftHSM and misbehaves
        /// on order shows what pages do when a token is pulled.
        #[arg(long)]
        module: Option<PathBuf>,
    },
    /// The daemon.
    Serve {
        /// The configuration.
        #[arg(long, default_value = CONFIG)]
        config: PathBuf,
    },
    /// Puts files into the inbox, as if dropped there.
    Import {
        /// The configuration.
        #[arg(long, default_value = CONFIG)]
        config: PathBuf,
        /// The exports.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Shows a form as it will look, from an export, without anything to sign.
    Render(RenderRequest),
    /// Signs PDFs of any origin with a token, or extends the signatures that are there.
    Sign(SignRequest),
    /// Judges PDFs, deposits and images.
    Verify(VerifyRequest),
    /// Tokens and the software that reaches them, step by step; no PIN is asked for.
    Tokens(TokensRequest),
    /// Looks whether everything is there: programs, drives, room, clock, tokens, trust, timestamp authority.
    Doctor {
        /// The configuration; without one at its usual place only the machine is looked at.
        #[arg(long)]
        config: Option<PathBuf>,
        /// One JSON object per line.
        #[arg(long)]
        json: bool,
    },
    /// Looks at the register.
    Register {
        /// The configuration, which says where the register lies.
        #[arg(long, global = true, default_value = CONFIG)]
        config: PathBuf,
        /// The data folder itself, instead of a configuration.
        #[arg(long, global = true)]
        data: Option<PathBuf>,
        /// What to look at.
        #[command(subcommand)]
        verb: RegisterVerb,
    },
    /// The archive: deposits and media, from signed documents to sealed, read-back media.
    Archive(ArchiveRequest),
    /// The clock that signatures are dated by: looked at as before a signature, or confirmed by two people.
    Clock(ClockRequest),
    /// Exports of gradebooks.
    Export {
        /// What to do.
        #[command(subcommand)]
        verb: ExportVerb,
    },
    /// The configuration.
    Config {
        /// What to do with it.
        #[command(subcommand)]
        verb: ConfigVerb,
    },
    /// Internal: a worker process.
    #[command(hide = true)]
    Worker {
        /// Which.
        #[command(subcommand)]
        kind: WorkerKind,
    },
}

/// Which form to show.
#[derive(Args)]
pub struct RenderRequest {
    /// The export; several years of one pupil make the transcript of a whole level. None for an empty book.
    pub exports: Vec<PathBuf>,
    /// so-diem, hoc-ba, so-diem-gv, bang-tong-hop, danh-sach-xet-duyet or so-dang-bo.
    #[arg(long)]
    pub kind: String,
    /// The PDF to write; never over an existing file.
    #[arg(short, long, value_name = "FILE")]
    pub out: PathBuf,
    /// The pupil of a transcript.
    #[arg(long, value_name = "ID")]
    pub student: Option<school::identifier::PupilId>,
    /// The subject of a teacher's book; by default the first.
    #[arg(long, value_name = "ID")]
    pub subject: Option<school::identifier::SubjectId>,
    /// Who teaches what and how the school is called (niemphong-roster/1); without it there are dots.
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// The class of an empty book, with --roster.
    #[arg(long)]
    pub class: Option<school::identifier::ClassName>,
    /// The configuration whose layouts and subjects of the school's own are known; without it those of the program.
    #[arg(long)]
    pub config: Option<PathBuf>,
}

/// PAdES level (ETSI EN 319 142-1).
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LevelAsked {
    /// Signature.
    #[value(name = "b-b")]
    BB,
    /// With a signature timestamp.
    #[value(name = "b-t")]
    BT,
    /// With certificates and revocation data.
    #[value(name = "b-lt")]
    BLt,
    /// With a document timestamp over them.
    #[value(name = "b-lta")]
    BLta,
}

/// How an RSA key signs.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RsaAsked {
    /// RSASSA-PKCS1-v1_5.
    Pkcs1,
    /// RSASSA-PSS.
    Pss,
}

/// What to sign, and with what.
#[derive(Args)]
pub struct SignRequest {
    /// PDF files.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Where the signed files are written, under their own names; never over an existing file.
    #[arg(long, value_name = "DIR")]
    pub out_dir: PathBuf,
    /// The PKCS#11 module of the token.
    #[arg(long, value_name = "SO", required_unless_present = "extend")]
    pub module: Option<PathBuf>,
    /// The token's serial number or label; may be left out when one token is plugged in.
    #[arg(long, value_name = "SERIAL|LABEL")]
    pub token: Option<String>,
    /// SHA-256 of the certificate; may be left out when the token holds one.
    #[arg(long, value_name = "SHA256")]
    pub cert: Option<school::digest::Sha256>,
    /// The signature field; by default the first empty one, or one that is made.
    #[arg(long, value_name = "NAME")]
    pub field: Option<String>,
    /// How an RSA key signs: PKCS #1 v1.5, which every reader understands, or RSASSA-PSS.
    #[arg(long, default_value = "pkcs1", value_name = "pkcs1|pss")]
    pub rsa: RsaAsked,
    /// How much the signature carries with it. Where an authority is away, the file is signed up to the level that
    /// can be reached, which is said, and extended later.
    #[arg(long, default_value = "b-b")]
    pub level: LevelAsked,
    /// The timestamping authority, http; needed from b-t on.
    #[arg(long, value_name = "URL", required_if_eq_any([("level", "b-t"), ("level", "b-lt"), ("level", "b-lta")]))]
    pub tsa: Option<String>,
    /// A file whose first line is the PIN; otherwise it is asked for, or read from standard input.
    #[arg(long, value_name = "FILE")]
    pub pin_file: Option<PathBuf>,
    /// A folder with CA certificates to trust instead of those shipped with the program.
    #[arg(long, value_name = "DIR")]
    pub trust: Option<PathBuf>,
    /// The school's data folder: the files are documents of its register, the latest revision of each. Plan, order
    /// and person hold, and the signature is recorded. While the daemon works there, it is the one that signs.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["extend", "field", "level"])]
    pub data: Option<PathBuf>,
    /// Adds what a higher level asks for to files that are signed already; no token is needed.
    #[arg(long, requires = "level", conflicts_with_all = ["module", "token", "cert", "field", "pin_file"])]
    pub extend: bool,
    /// Signs although nobody could be asked whether the certificate was revoked; this is said aloud.
    #[arg(long)]
    pub without_revocation: bool,
    /// One JSON object per line.
    #[arg(long)]
    pub json: bool,
}

/// What to do about the clock.
#[derive(Args)]
pub struct ClockRequest {
    /// Where the school's data lie.
    #[command(flatten)]
    pub place: crate::cli::archive::ArchivePlace,
    /// What to do.
    #[command(subcommand)]
    pub verb: ClockVerb,
}

/// What to do about the clock.
#[derive(Subcommand)]
pub enum ClockVerb {
    /// Looks at it as a signature would: a doubt, and a timestamp or NTP that ends it, are recorded.
    Show,
    /// Two people of the roster say that it is right, by their own watches.
    Confirm {
        /// The person's id in the roster; to be given twice, for two people.
        #[arg(long = "by", value_name = "ID", required = true)]
        by: Vec<school::identifier::PersonId>,
        /// The time that both read from their own watches, RFC 3339.
        #[arg(long, value_name = "TIME")]
        at: school::moment::Moment,
    },
}

/// Which modules to look at.
#[derive(Args)]
pub struct TokensRequest {
    /// A PKCS#11 module; may be given several times. Without any, the configured or the known ones.
    #[arg(long = "module", value_name = "SO")]
    pub modules: Vec<PathBuf>,
    /// The configuration; without one at its usual place only modules and tokens are shown.
    #[arg(long)]
    pub config: Option<PathBuf>,
    /// One JSON object per module and line.
    #[arg(long)]
    pub json: bool,
}

/// The policy of `verify`.
#[derive(Clone, Copy, ValueEnum)]
pub enum Profile {
    /// Only niemphong's own kinds of revision.
    School,
    /// ISO 32000-2.
    Foreign,
}

/// What to verify, and by what.
#[derive(Args)]
pub struct VerifyRequest {
    /// PDF files, folders of deposits or of PDFs, ISO images, registers (.jsonl).
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// The policy; by default school where a niemphong plan is embedded, else foreign.
    #[arg(long)]
    pub profile: Option<Profile>,
    /// A folder with CA certificates and CRLs to trust instead of those shipped with the program.
    #[arg(long)]
    pub trust: Option<PathBuf>,
    /// The moment of judgement, RFC 3339; by default now.
    #[arg(long)]
    pub at: Option<school::moment::Moment>,
    /// SHA-256 of the school's certificate, as printed on its labels.
    #[arg(long)]
    pub school_cert: Option<school::digest::Sha256>,
    /// Roster, plans and acts of the school year from the inspector's own keeping, laid out as in the `data`
    /// folder of a deposit (nhan-su/, van-kien/): who may sign in which box is judged by them.
    #[arg(long, value_name = "DIR")]
    pub papers: Option<PathBuf>,
    /// A checkpoint of the register kept from an earlier day, `FILE.p7s` beside it: what it proves must
    /// still be the beginning of the register.
    #[arg(long, value_name = "FILE")]
    pub checkpoint: Option<PathBuf>,
    /// Asks OCSP responders and CRL distribution points (http) for what is missing, then judges; without
    /// it nothing leaves this computer.
    #[arg(long)]
    pub fetch: bool,
    /// One JSON object per line.
    #[arg(long)]
    pub json: bool,
    /// Also every valid document in full.
    #[arg(long)]
    pub details: bool,
    /// Writes the report as one self-contained page; never over an existing file.
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Writes the report as a printable PDF/A record; never over an existing file.
    #[arg(long, value_name = "FILE")]
    pub pdf: Option<PathBuf>,
    /// Writes each PDF as every signer left it into this folder.
    #[arg(long, value_name = "DIR")]
    pub extract: Option<PathBuf>,
}

/// What to look at in the register.
#[derive(Subcommand)]
pub enum RegisterVerb {
    /// Every entry, one JSON object per line.
    List,
    /// Reads all of it and checks the chain; or checks a proof; or compares two registers.
    Check(CheckRequest),
    /// Proves that an entry is in the register, or that the register continues a checkpoint of an earlier day.
    Prove(ProveRequest),
    /// The current checkpoint in C2SP text form.
    Checkpoint,
    /// Prints the book of the archive (sổ theo dõi lưu trữ) as PDF/A.
    Print {
        /// The PDF to write; never over an existing file.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
}

/// What to prove of a register.
#[derive(Args)]
pub struct ProveRequest {
    /// The number of an entry, from 0.
    #[arg(long, value_name = "NUMBER", required_unless_present = "since", conflicts_with = "since")]
    pub entry: Option<u64>,
    /// A checkpoint that was kept.
    #[arg(long, value_name = "FILE")]
    pub since: Option<PathBuf>,
    /// A copy of the register instead of the school's own: its file, a deposit, a medium.
    #[arg(long, value_name = "PATH")]
    pub copy: Option<PathBuf>,
}

/// What to check, where it is not the whole register.
#[derive(Args)]
pub struct CheckRequest {
    /// A proof made by `register prove`; it needs no register.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["against", "copy"])]
    pub proof: Option<PathBuf>,
    /// The checkpoint that a proof of growth begins at.
    #[arg(long, value_name = "FILE", requires = "proof")]
    pub checkpoint: Option<PathBuf>,
    /// Another register to compare with: its file, a deposit, a medium, another data folder.
    #[arg(long, value_name = "PATH")]
    pub against: Option<PathBuf>,
    /// A copy of the register instead of the school's own.
    #[arg(long, value_name = "PATH", requires = "against")]
    pub copy: Option<PathBuf>,
}

/// What to do about exports.
#[derive(Subcommand)]
pub enum ExportVerb {
    /// Writes the workbook template: guidance, data validation, a sheet for the lock.
    Template {
        /// The file to write; never over an existing one.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// Filled from a gradebook in JSON (niemphong-export/1), to be looked at or gone on with.
        #[arg(long, value_name = "FILE")]
        from: Option<PathBuf>,
    },
}

/// What to do with the configuration.
#[derive(Subcommand)]
pub enum ConfigVerb {
    /// The configuration in force, defaults filled in.
    Show {
        /// The configuration.
        #[arg(long, default_value = CONFIG)]
        config: PathBuf,
    },
    /// Reads it and the CA certificates it names.
    Check {
        /// The configuration.
        #[arg(long, default_value = CONFIG)]
        config: PathBuf,
    },
    /// A commented sample.
    Template,
}

/// A worker process.
#[derive(Subcommand)]
pub enum WorkerKind {
    /// Holds one PKCS#11 module.
    Token {
        /// The module.
        #[arg(long)]
        module: PathBuf,
    },
    /// Writes and reads media: the only process that opens a block device.
    Media,
    /// A burner and a disk made of files, for the demo.
    SampleMedia {
        /// Where they lie.
        #[arg(long)]
        folder: PathBuf,
    },
    /// Parses what strangers hand us.
    Reader {
        /// Judges the working directory, the only folder it can open anything in.
        #[arg(long)]
        folder: bool,
    },
}
