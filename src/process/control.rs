//! The side of a command that asks the daemon of this computer, over its control socket. While the daemon works
//! with the school's register nobody else does, so whatever a command wants to have signed goes there.

use std::io::{self, ErrorKind};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::PersonId;
use school::limits::{CONTROL_WAIT_MS, ORDER_WAIT_MS};
use school::moment::Moment;
use school::records::control_frame::{ControlAnswer, ControlOrder, Waits};
use school::records::token_frame::TokenSeen;

use super::frame::{Channel, Frame, FrameFault};
use super::token_host::PinEnvelope;

/// Name of the socket below the data folder.
pub const SOCKET: &str = "dieu-khien.sock";

/// The daemon did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum ControlFault {
    /// The socket is another account's.
    #[error("the daemon's socket cannot be opened")]
    NotAllowed(#[source] io::Error),
    /// The daemon went away, or speaks another version.
    #[error("the daemon did not answer")]
    Lost(#[from] FrameFault),
    /// It answered something else than what was asked.
    #[error("the answer does not fit the order")]
    Answer,
    /// A refusal with the code that the daemon gives.
    #[error("the daemon refused")]
    Refused(String),
}

impl ControlFault {
    /// The stable code.
    pub fn code(&self) -> &str {
        match self {
            Self::NotAllowed(_) => "daemon.not_allowed",
            Self::Lost(_) | Self::Answer => "daemon.lost",
            Self::Refused(code) => code,
        }
    }
}

/// What comes of documents that are being signed, one after the other.
pub enum Signing {
    /// How far it is.
    Progress {
        /// Boxes that are signed and recorded.
        signed: usize,
        /// All boxes.
        of: usize,
    },
    /// A document with its new revision.
    Signed {
        /// The dossier.
        dossier: DossierId,
        /// The field that was filled.
        field: String,
        /// The revision.
        pdf: Vec<u8>,
    },
    /// A document that was not signed.
    NotSigned {
        /// The dossier.
        dossier: DossierId,
        /// Why, as a stable code.
        code: String,
    },
}

/// The daemon that works with the register of a data folder.
pub struct Daemon(Channel);

impl Daemon {
    /// Whoever listens in this data folder; nothing where no daemon works there.
    ///
    /// Errors: [`ControlFault::NotAllowed`].
    pub fn of(data: &Path) -> Result<Option<Self>, ControlFault> {
        match UnixStream::connect(data.join(SOCKET)) {
            Ok(stream) => Ok(Some(Self(Channel::new(stream)))),
            // A daemon that was killed leaves its socket behind.
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => {
                Ok(None)
            }
            Err(error) => Err(ControlFault::NotAllowed(error)),
        }
    }

    /// The tokens in readers of the daemon's own screen; the module must be one that it watches.
    pub fn tokens(&mut self, module: &Path) -> Result<Vec<TokenSeen>, ControlFault> {
        let module = module.to_string_lossy().into_owned();
        match self.ask(&ControlOrder::Tokens { module })? {
            ControlAnswer::Tokens { tokens } => Ok(tokens),
            _ => Err(ControlFault::Answer),
        }
    }

    /// For each revision, whether its document waits for the holder of the certificate.
    pub fn look(&mut self, certificate: Sha256, revisions: Vec<Sha256>) -> Result<Vec<Waits>, ControlFault> {
        let asked = revisions.len();
        match self.ask(&ControlOrder::Look { certificate, revisions })? {
            ControlAnswer::Looked { documents } if documents.len() == asked => Ok(documents),
            _ => Err(ControlFault::Answer),
        }
    }

    /// Has the dossiers signed with one login; `told` hears of each.
    ///
    /// Errors: nothing was signed, or the daemon went away: what it signed until then is in the register.
    pub fn sign(
        &mut self,
        certificate: Sha256,
        dossiers: Vec<DossierId>,
        without_revocation: bool,
        pin: PinEnvelope,
        mut told: impl FnMut(Signing),
    ) -> Result<(), ControlFault> {
        let order = ControlOrder::Sign { certificate, dossiers, without_revocation };
        self.0.send(&order, pin.typed(), None, Some(deadline(ORDER_WAIT_MS)))?;
        // The daemon read the PIN; nothing of it stays here.
        drop(pin);
        loop {
            // Something is told at every step of the sitting, and while it waits for others.
            let Frame { message, part, .. } = self.0.receive(Some(deadline(CONTROL_WAIT_MS)))?;
            match message {
                ControlAnswer::Progress { signed, of } => told(Signing::Progress { signed, of }),
                ControlAnswer::Signed { dossier, field } => {
                    let pdf = part.map(|mut part| std::mem::take(&mut *part)).ok_or(ControlFault::Answer)?;
                    told(Signing::Signed { dossier, field, pdf });
                }
                ControlAnswer::NotSigned { dossier, code } => told(Signing::NotSigned { dossier, code }),
                ControlAnswer::Over => return Ok(()),
                ControlAnswer::Refused { code } => return Err(ControlFault::Refused(code)),
                _ => return Err(ControlFault::Answer),
            }
        }
    }

    /// What the clock shows that the daemon signs by, looked at as before a signature.
    ///
    /// Errors: it is not believed.
    pub fn look_at_clock(&mut self) -> Result<Moment, ControlFault> {
        self.clock(&ControlOrder::LookAtClock)
    }

    /// Has two people confirm that clock with the time that they read: what it shows.
    pub fn confirm_clock(&mut self, people: [PersonId; 2], at: Moment) -> Result<Moment, ControlFault> {
        self.clock(&ControlOrder::ConfirmClock { people, at })
    }

    fn clock(&mut self, order: &ControlOrder) -> Result<Moment, ControlFault> {
        match self.ask(order)? {
            ControlAnswer::Clock { now } => Ok(now),
            _ => Err(ControlFault::Answer),
        }
    }

    fn ask(&mut self, order: &ControlOrder) -> Result<ControlAnswer, ControlFault> {
        let until = Some(deadline(ORDER_WAIT_MS));
        self.0.send(order, None, None, until)?;
        match self.0.receive(until)?.message {
            ControlAnswer::Refused { code } => Err(ControlFault::Refused(code)),
            answer => Ok(answer),
        }
    }
}

fn deadline(wait_ms: u64) -> Instant {
    Instant::now() + Duration::from_millis(wait_ms)
}
