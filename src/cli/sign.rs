//! `niemphong sign`: files that are none of ours, with one PIN for all of them. What cannot be signed is
//! told before anybody types a PIN, and one bad file does not spoil the others.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use school::digest::Sha256;
use school::limits::SINGLE_SIZE_BYTES;
use school::records::reader_frame::{Circumstances, LegacyAnchor, Policy};
use school::records::token_frame::{CertificateOnToken, RsaScheme, TokenSeen};
use serde_json::json;

use crate::clerk::{ClerkFault, Looked, SingleDesk, SingleSigned, SingleSigner, TokenRoom};
use crate::cli::archive::ArchiveFault;
use crate::cli::arguments::{LevelAsked, RsaAsked, SignRequest};
use crate::cli::exit::Exit;
use crate::cli::pin::{self, PinFault};
use crate::cli::verify::{OutputFault, outputs};
use crate::cli::{explain, failed, sign_registered};
use crate::clock;
use crate::config::{ConfigFault, Trust};
use crate::lifecycle::dossier::{Refusal, Unchecked, check_standing};
use crate::lifecycle::single::{Lack, Level, last_signature};
use crate::network::Network;
use crate::process::control::ControlFault;
use crate::process::reader_host::ReaderHost;
use crate::process::token_host::TokenHost;
use crate::{terminal, wording};

/// Nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SignFault {
    /// The certificates to be trusted cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigFault),
    /// The school's register.
    #[error(transparent)]
    Archive(#[from] ArchiveFault),
    /// Token, certificate or file.
    #[error(transparent)]
    Clerk(#[from] ClerkFault),
    /// The daemon that works with the school's register.
    #[error(transparent)]
    Control(#[from] ControlFault),
    /// No PIN.
    #[error(transparent)]
    Pin(#[from] PinFault),
    /// A file cannot be read, or its signed form not be written.
    #[error(transparent)]
    Output(#[from] OutputFault),
    /// None or several tokens or certificates answer to what was asked for.
    #[error("{code}: {what}")]
    Which {
        /// The stable code.
        code: &'static str,
        /// What there is.
        what: String,
    },
}

impl SignFault {
    fn code(&self) -> &str {
        match self {
            Self::Config(fault) => fault.code(),
            Self::Archive(fault) => fault.code(),
            Self::Clerk(fault) => fault.code(),
            Self::Control(fault) => fault.code(),
            Self::Pin(fault) => fault.code(),
            Self::Output(fault) => fault.code(),
            Self::Which { code, .. } => code,
        }
    }

    /// Without it no further file can be signed.
    fn ends_the_batch(&self) -> bool {
        matches!(self, Self::Clerk(ClerkFault::Token(_)))
    }
}

/// One file on its way.
pub(super) struct Job {
    pub path: PathBuf,
    pub out: PathBuf,
    pub bytes: Vec<u8>,
}

/// Signs, or extends, and says for each file what became of it.
pub fn run(request: &SignRequest) -> Exit {
    let done = match &request.data {
        Some(data) => sign_registered::run(request, data),
        None => begin(request),
    };
    match done {
        Ok(exit) => exit,
        Err(fault) => failed(fault.code(), &fault),
    }
}

fn begin(request: &SignRequest) -> Result<Exit, SignFault> {
    let mut desk = desk(request)?;
    let mut worst = Exit::Ok;
    let mut jobs = Vec::new();
    for path in &request.files {
        // Looked at before anybody types a PIN.
        let ready = job(path, request).and_then(|job| {
            if !request.extend {
                desk.may_sign(&job.bytes, request.field.as_deref())?;
            }
            Ok(job)
        });
        match ready {
            Ok(job) => jobs.push(job),
            Err(fault) => worst = worst.worst(not_signed(request, path, &fault)),
        }
    }
    if jobs.is_empty() {
        return Ok(worst);
    }
    let done = if request.extend {
        each(request, &jobs, |job| Ok(desk.extend(&job.bytes, request.level.into())?))
    } else {
        sign(request, &mut desk, &jobs)?
    };
    Ok(worst.worst(done))
}

fn sign(request: &SignRequest, desk: &mut SingleDesk, jobs: &[Job]) -> Result<Exit, SignFault> {
    let mut host = host_of(request)?;
    let token = the_token(host.list().map_err(ClerkFault::from)?, request)?;
    let certificate = the_certificate(&token, request.cert)?;
    let der = STANDARD.decode(&certificate.der).map_err(|_| ClerkFault::Form { what: "certificate" })?;
    let looked = desk.stands(&der)?;
    may_sign(&looked, request)?;
    let prompt = wording::single::ask_pin(&token.label, jobs.len());
    let pin = pin::for_token(&token, request.pin_file.as_deref(), &prompt)?;
    let mut open = host.open(&token.identity, certificate.sha256, pin).map_err(ClerkFault::from)?;
    let chain: Vec<Vec<u8>> = looked.evidence.certificates.iter().skip(1).cloned().collect();
    let mut signer =
        SingleSigner { token: &mut open, certificate: &der, chain: &chain, name: &looked.standing.subject };
    let field = request.field.as_deref();
    let exit =
        each(request, jobs, |job| Ok(desk.sign(&job.bytes, &mut signer, field, request.level.into())?));
    open.close().map_err(ClerkFault::from)?;
    Ok(exit)
}

/// The module that was named.
pub(super) fn host_of(request: &SignRequest) -> Result<TokenHost, SignFault> {
    let module = request.module.as_deref().unwrap_or(Path::new(""));
    let host = TokenHost::start(module, &[]).map_err(ClerkFault::from)?;
    Ok(host.with_rsa(match request.rsa {
        RsaAsked::Pkcs1 => RsaScheme::Pkcs1,
        RsaAsked::Pss => RsaScheme::Pss,
    }))
}

/// Takes each file through `act` and writes what comes out.
fn each(
    request: &SignRequest,
    jobs: &[Job],
    mut act: impl FnMut(&Job) -> Result<SingleSigned, SignFault>,
) -> Exit {
    let mut worst = Exit::Ok;
    for (index, job) in jobs.iter().enumerate() {
        terminal::progress(&wording::single::progress(index + 1, jobs.len()));
        let done = act(job).and_then(|signed| {
            outputs::write_new(&job.out, &signed.pdf)?;
            Ok(signed)
        });
        match done {
            Ok(signed) => worst = worst.worst(say_signed(request, job, &signed)),
            Err(fault) => {
                worst = worst.worst(not_signed(request, &job.path, &fault));
                if fault.ends_the_batch() {
                    for left in &jobs[index + 1..] {
                        worst = worst.worst(not_signed(request, &left.path, &fault));
                    }
                    // The token is what a person has to look at, whatever else there was.
                    return Exit::of_code(fault.code());
                }
            }
        }
    }
    worst
}

/// A file that did not reach what was asked for is there all the same, and is told apart by the exit.
fn say_signed(request: &SignRequest, job: &Job, signed: &SingleSigned) -> Exit {
    let last = last_signature(&signed.report);
    let level = Level::reached(&signed.report).map(Level::name);
    if request.json {
        let line = json!({
            "path": job.path, "out": job.out, "signed": true,
            "field": last.map(|one| &one.field), "signer": last.map(|one| &one.signer),
            "cert_sha256": last.and_then(|one| one.cert_sha256), "level": level,
            "missing": signed.lack.map(Lack::code),
            "cause": signed.cause.as_ref().map(ClerkFault::code),
            "sha256": signed.report.sha256,
        });
        terminal::data(&line.to_string());
    } else {
        terminal::data(&wording::single::signed(&job.out.to_string_lossy(), level.unwrap_or("–")));
    }
    let Some(lack) = signed.lack else { return Exit::Ok };
    terminal::note(&format!("{}:", job.out.display()));
    explain(lack.code());
    if let Some(cause) = &signed.cause {
        terminal::note(&format!("  {cause} [{}]", cause.code()));
    }
    let asked = Level::from(request.level).name();
    terminal::note(&wording::single::extend_later(&job.out.to_string_lossy(), asked, request.tsa.as_deref()));
    Exit::NotVerifiable
}

pub(super) fn not_signed(request: &SignRequest, path: &Path, fault: &SignFault) -> Exit {
    if request.json {
        let line = json!({"path": path, "signed": false, "code": fault.code()});
        terminal::data(&line.to_string());
    }
    terminal::note(&format!("{}:", path.display()));
    failed(fault.code(), fault)
}

pub(super) fn job(path: &Path, request: &SignRequest) -> Result<Job, SignFault> {
    let unreadable = |error| OutputFault::Unreadable(path.to_owned(), error);
    let name = path.file_name().ok_or_else(|| unreadable(std::io::ErrorKind::InvalidInput.into()))?;
    let out = request.out_dir.join(name);
    outputs::is_free(&out)?;
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    // One more than is allowed, so that a larger one is seen.
    file.take(SINGLE_SIZE_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(Job { path: path.to_owned(), out, bytes })
}

fn desk(request: &SignRequest) -> Result<SingleDesk, SignFault> {
    fs::create_dir_all(&request.out_dir)
        .map_err(|error| OutputFault::Unwritable(request.out_dir.clone(), error))?;
    let trust = match &request.trust {
        Some(folder) => {
            let mut trust = Trust::default();
            trust.add_folder(folder).map_err(ConfigFault::from)?;
            trust
        }
        None => Trust::shipped().map_err(ConfigFault::from)?,
    };
    let encode = |all: &[Vec<u8>]| all.iter().map(|one| STANDARD.encode(one)).collect();
    let legacy = trust.legacy.iter();
    let circumstances = Circumstances {
        policy: Policy::Foreign,
        at: clock::now(),
        anchors: encode(&trust.anchors),
        intermediates: encode(&trust.intermediates),
        crls: Vec::new(),
        ocsps: Vec::new(),
        school_certificate: None,
        roster: None,
        plans: None,
        distrusted: Vec::new(),
        legacy_anchors: legacy
            .map(|(der, until)| LegacyAnchor { certificate: STANDARD.encode(der), until: *until })
            .collect(),
        acts: Vec::new(),
        checkpoint: None,
        names_sources: true,
    };
    Ok(SingleDesk {
        reader: ReaderHost::start(),
        network: Network::new(),
        circumstances,
        timestamp_url: request.tsa.clone(),
        token_room: TokenRoom::default(),
    })
}

pub(super) fn the_token(seen: Vec<TokenSeen>, request: &SignRequest) -> Result<TokenSeen, SignFault> {
    let wanted = request.token.as_deref();
    let answers = |token: &TokenSeen| {
        wanted.is_none_or(|wanted| token.identity.serial == wanted || token.label == wanted)
    };
    let all = seen.iter().map(|token| token.label.clone()).collect::<Vec<_>>().join(", ");
    let mut found = seen.into_iter().filter(answers);
    match (found.next(), found.next()) {
        (Some(token), None) => Ok(token),
        (None, _) => Err(SignFault::Which { code: "token.not_found", what: all }),
        (Some(_), Some(_)) => Err(SignFault::Which { code: "token.several", what: all }),
    }
}

pub(super) fn the_certificate(
    token: &TokenSeen,
    wanted: Option<Sha256>,
) -> Result<&CertificateOnToken, SignFault> {
    let all = || token.certificates.iter().map(|one| one.sha256.to_string()).collect::<Vec<_>>().join(", ");
    let mut found = token.certificates.iter().filter(|one| wanted.is_none_or(|wanted| one.sha256 == wanted));
    match (found.next(), found.next()) {
        (Some(certificate), None) => Ok(certificate),
        (None, _) => Err(SignFault::Which { code: "token.no_such_certificate", what: all() }),
        (Some(_), Some(_)) => Err(SignFault::Which { code: "token.several_certificates", what: all() }),
    }
}

/// Before C_Login: the certificate is in order, or its holder was told and goes on without an answer about
/// revocation.
fn may_sign(looked: &Looked, request: &SignRequest) -> Result<(), SignFault> {
    match check_standing(&looked.standing, Unchecked::Refused) {
        Err(Refusal::RevocationUnchecked) if request.without_revocation => {
            let words = wording::fault(Refusal::RevocationUnchecked.code());
            terminal::note(&format!("{}\n{}", words.what_and_why_vi(), words.en));
            Ok(())
        }
        stands => stands.map_err(|refusal| ClerkFault::from(refusal).into()),
    }
}

impl From<LevelAsked> for Level {
    fn from(asked: LevelAsked) -> Self {
        match asked {
            LevelAsked::BB => Self::BB,
            LevelAsked::BT => Self::BT,
            LevelAsked::BLt => Self::BLt,
            LevelAsked::BLta => Self::BLta,
        }
    }
}
