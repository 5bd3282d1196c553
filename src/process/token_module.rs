//! A vendor's PKCS#11 module as the core knows it: where it lies, how its workers are started, and
//! what came of each step on the way to its tokens. A technician who finds no token wants to know
//! which step failed, so none of them is skipped over.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use school::limits::{TOKEN_GLANCE_WAIT_MS, TOKEN_WAIT_MS};
use school::records::token_frame::{Nature, RsaScheme, Step, TokenSeen};

use super::token_host::{TokenHost, TokenRefusal};
use super::worker::Program;

/// Names of modules that tokens of Vietnamese authorities come with on Linux, and of general ones. The
/// proxy stands last: it repeats the tokens of others.
const KNOWN_NAMES: [&str; 11] = [
    "fptca_v4.so",
    "libcastle.so",
    "libeToken.so",
    "libeTPkcs11.so",
    "libwdpkcs.so",
    "libaetpkss.so",
    "libgclib.so",
    "libbit4xpki.so",
    "opensc-pkcs11.so",
    "libbit4ipki.so",
    "p11-kit-proxy.so",
];

/// Where packages put them.
const KNOWN_FOLDERS: [&str; 8] = [
    "/usr/lib",
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib/pkcs11",
    "/usr/lib/x86_64-linux-gnu/pkcs11",
    "/usr/lib64",
    "/usr/lib64/pkcs11",
    "/usr/local/lib",
];

/// A step on the way to the tokens of a module, as a technician reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurveyStep {
    /// The file is there and of this computer's word size.
    File,
    /// The dynamic loader takes it.
    Load,
    /// C_Initialize.
    Initialize,
    /// C_GetSlotList.
    Slots,
    /// Tokens and their certificates.
    Tokens,
}

impl SurveyStep {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Load => "load",
            Self::Initialize => "initialize",
            Self::Slots => "slots",
            Self::Tokens => "tokens",
        }
    }
}

/// What came of a module. The first failed step is the last one.
#[derive(Debug)]
pub struct Survey {
    /// Full path of the module.
    pub module: PathBuf,
    /// Each step, with the number of slots where they were counted.
    pub steps: Vec<(SurveyStep, Result<Option<u32>, TokenRefusal>)>,
    /// Its tokens.
    pub tokens: Vec<TokenSeen>,
}

/// A module and how its workers are started.
#[derive(Debug, Clone)]
pub struct TokenModule {
    path: PathBuf,
    program: Program,
    rsa: RsaScheme,
    wait: Duration,
}

impl TokenModule {
    /// The module at `path`, behind workers of this program.
    pub fn at(path: PathBuf) -> Self {
        let arguments = ["worker".into(), "token".into(), "--module".into(), path.clone().into_os_string()];
        Self::with_program(path, Program::this(arguments))
    }

    /// As [`Self::at`], with another way to start the worker.
    pub fn with_program(path: PathBuf, program: Program) -> Self {
        Self { path, program, rsa: RsaScheme::Pkcs1, wait: Duration::from_millis(TOKEN_WAIT_MS) }
    }

    /// The known modules that this computer has; without any, all known names in the first folder, so
    /// that a report says what was looked for.
    pub fn known() -> Vec<Self> {
        let places = KNOWN_NAMES.iter().flat_map(|name| {
            KNOWN_FOLDERS.iter().map(move |folder| Path::new(folder).join(name)).filter(|path| path.exists())
        });
        let mut found: Vec<PathBuf> = Vec::new();
        for place in places {
            // Folders and files are often links to each other; a module is opened once.
            let real = place.canonicalize().unwrap_or_else(|_| place.clone());
            if !found.iter().any(|known| known.canonicalize().is_ok_and(|known| known == real)) {
                found.push(place);
            }
        }
        if found.is_empty() {
            found = KNOWN_NAMES.iter().map(|name| Path::new(KNOWN_FOLDERS[0]).join(name)).collect();
        }
        found.into_iter().map(Self::at).collect()
    }

    /// With what the school configured.
    #[must_use]
    pub fn configured(mut self, rsa: RsaScheme, wait: Duration) -> Self {
        (self.rsa, self.wait) = (rsa, wait);
        self
    }

    /// Its full path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Starts a worker of its own. Workers of one module do not wait for each other: while one signs a
    /// long batch, another sees the next person plug in.
    ///
    /// Errors: `token.worker_start`.
    pub fn start(&self) -> Result<TokenHost, TokenRefusal> {
        Ok(TokenHost::start_program(self.program.clone())?.with_rsa(self.rsa).with_deadline(self.wait))
    }

    /// Starts a worker that only looks, and is given up sooner.
    pub(super) fn start_looking(&self) -> Result<TokenHost, TokenRefusal> {
        let wait = self.wait.min(Duration::from_millis(TOKEN_GLANCE_WAIT_MS));
        Ok(self.start()?.with_deadline(wait))
    }

    /// Goes every step and says what came of it.
    pub fn survey(&self) -> Survey {
        let mut survey = Survey { module: self.path.clone(), steps: Vec::new(), tokens: Vec::new() };
        let file = check_file(&self.path);
        let there = file.is_ok();
        survey.steps.push((SurveyStep::File, file.map(|()| None)));
        if !there {
            return survey;
        }
        let mut host = match self.start_looking() {
            Ok(host) => host,
            Err(refusal) => {
                survey.steps.push((SurveyStep::Load, Err(refusal)));
                return survey;
            }
        };
        let steps = [
            (SurveyStep::Load, Step::Load),
            (SurveyStep::Initialize, Step::Initialize),
            (SurveyStep::Slots, Step::Slots),
        ];
        for (shown, step) in steps {
            let reached = host.reach(step);
            let failed = reached.is_err();
            survey.steps.push((shown, reached));
            if failed {
                return survey;
            }
        }
        let listed = host.list().map(|tokens| {
            survey.tokens = tokens;
            None
        });
        survey.steps.push((SurveyStep::Tokens, listed));
        survey
    }
}

/// Surveys all modules at the same time: one that hangs costs the others nothing.
pub fn survey_all(modules: &[TokenModule]) -> Vec<Survey> {
    std::thread::scope(|scope| {
        let running: Vec<_> = modules.iter().map(|module| scope.spawn(|| module.survey())).collect();
        let lost = |module: &TokenModule| Survey {
            module: module.path.clone(),
            steps: vec![(
                SurveyStep::File,
                Err(TokenRefusal::new(
                    "token.worker_start",
                    Nature::Bug,
                    "the survey ended without a result",
                )),
            )],
            tokens: Vec::new(),
        };
        let joined = running.into_iter().zip(modules);
        joined.map(|(survey, module)| survey.join().unwrap_or_else(|_| lost(module))).collect()
    })
}

/// Whether a shared object of this computer's word size lies there. Vendors still ship 32-bit modules,
/// and what the dynamic loader says of them helps nobody.
fn check_file(path: &Path) -> Result<(), TokenRefusal> {
    const ELF_64: [u8; 5] = [0x7f, b'E', b'L', b'F', 2];
    let mut head = [0; 5];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    let refused =
        |code, detail: &dyn ToString| Err(TokenRefusal::new(code, Nature::Operator, detail.to_string()));
    match read {
        Err(error) if error.kind() == ErrorKind::NotFound => refused("token.module_missing", &error),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => refused("token.module_form", &"too short"),
        Err(error) => refused("token.module_unreadable", &error),
        Ok(()) if head == ELF_64 => Ok(()),
        Ok(()) if head.starts_with(b"\x7fELF") => refused("token.module_word_size", &"not a 64-bit object"),
        Ok(()) => refused("token.module_form", &"not a shared object"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_that_vietnamese_tokens_come_with_on_linux_are_tried_without_being_named() {
        // FPT-CA; Feitian, which most authorities sell under their own name; SafeNet, in both of its versions;
        // Watchdata, SafeSign, Gemalto; bit4id of the Government Cipher Committee; the general ones.
        let of_vendors = [
            "fptca_v4.so",
            "libcastle.so",
            "libeToken.so",
            "libeTPkcs11.so",
            "libwdpkcs.so",
            "libaetpkss.so",
            "libgclib.so",
            "libbit4xpki.so",
            "opensc-pkcs11.so",
            "p11-kit-proxy.so",
        ];
        for name in of_vendors {
            assert!(KNOWN_NAMES.contains(&name), "{name}");
        }
        assert!(KNOWN_FOLDERS.contains(&"/usr/lib"), "where the package of FPT-CA puts its module");
        assert_eq!(KNOWN_NAMES.last(), Some(&"p11-kit-proxy.so"), "it repeats the tokens of others");
    }
}
