//! The core's side of a token worker. It forwards a PIN unread and never asks twice: whatever goes
//! wrong, the next login is a new decision of a person.

use std::path::Path;
use std::time::Duration;

use school::digest::Sha256;
use school::limits::{PIN_PAD_WAIT_MS, TOKEN_WAIT_MS};
use school::records::token_frame::{
    Answer, Hash, KeyKind, Nature, Order, RsaScheme, Step, TokenAt, TokenIdentity, TokenSeen,
};
use zeroize::Zeroizing;

use super::frame::Frame;
use super::worker::{Program, Worker, WorkerFault};

/// The body of the one PIN route on its way to the token worker: not `Clone`, not `Debug`, never
/// read here, consumed by the login and wiped.
pub struct PinEnvelope {
    typed: Option<Zeroizing<Vec<u8>>>,
    final_try_of: Option<String>,
}

impl PinEnvelope {
    /// A PIN that was typed.
    pub const fn new(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self { typed: Some(bytes), final_try_of: None }
    }

    /// The PIN will be typed at the token's own PIN pad.
    pub const fn pin_pad() -> Self {
        Self { typed: None, final_try_of: None }
    }

    /// What was typed, on its way to the daemon.
    pub(super) fn typed(&self) -> Option<&[u8]> {
        self.typed.as_ref().map(|pin| pin.as_slice())
    }

    /// The person knows that the token has one try left and names it by its serial: for this one login
    /// the last try may be used. Another token in its place is refused.
    #[must_use]
    pub fn at_final_try_of(mut self, serial: &str) -> Self {
        self.final_try_of = Some(serial.to_owned());
        self
    }
}

/// Why a token did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {detail}")]
pub struct TokenRefusal {
    code: String,
    nature: Nature,
    detail: String,
}

impl TokenRefusal {
    /// The stable code: those of `token::TokenError`, `token.not_open`, and of the worker itself
    /// `token.worker_start`, `token.worker_hung`, `token.worker_lost`, `token.worker_answer`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What it means for work that waits: for the same token, for a person, or for nobody. No nature
    /// is a reason to log in again by itself.
    #[allow(dead_code, reason = "a batch of several documents parks by it; the tests do")]
    pub const fn nature(&self) -> Nature {
        self.nature
    }

    /// Function and return value, or what the system said; for the log and for technicians.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    pub(super) fn new(code: &str, nature: Nature, detail: impl ToString) -> Self {
        Self { code: code.to_owned(), nature, detail: detail.to_string() }
    }
}

impl From<WorkerFault> for TokenRefusal {
    fn from(fault: WorkerFault) -> Self {
        let code = match fault {
            WorkerFault::NotStarted(_) => "token.worker_start",
            WorkerFault::Hung => "token.worker_hung",
            WorkerFault::Lost(_) => "token.worker_lost",
        };
        // A worker that was lost takes its login with it, as a pulled token does.
        Self::new(code, Nature::Broken, fault.detail())
    }
}

/// A PKCS#11 module behind a process of its own. The process is started at the first order and again
/// after it hung or died.
pub struct TokenHost {
    program: Program,
    worker: Option<Worker>,
    rsa: RsaScheme,
    wait: Duration,
}

impl TokenHost {
    /// Starts a worker for `module` with `environment` added to the inherited one.
    ///
    /// Errors: `token.worker_start`. Whether the module is usable shows at the first order.
    pub fn start(module: &Path, environment: &[(String, String)]) -> Result<Self, TokenRefusal> {
        let arguments = ["worker".into(), "token".into(), "--module".into(), module.as_os_str().to_owned()];
        Self::start_program(Program::this(arguments).with_environment(environment))
    }

    /// As [`Self::start`], with another way to start the worker.
    pub fn start_program(program: Program) -> Result<Self, TokenRefusal> {
        let worker = Some(Worker::start(&program)?);
        let wait = Duration::from_millis(TOKEN_WAIT_MS);
        Ok(Self { program, worker, rsa: RsaScheme::Pkcs1, wait })
    }

    /// How RSA keys sign from now on.
    #[must_use]
    pub fn with_rsa(mut self, rsa: RsaScheme) -> Self {
        self.rsa = rsa;
        self
    }

    /// How long one call may take from now on before the worker is given up.
    #[must_use]
    pub fn with_deadline(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// Goes one step towards the tokens, so that it is known which one fails; how many slots there are.
    pub fn reach(&mut self, step: Step) -> Result<Option<u32>, TokenRefusal> {
        match self.call(&Order::Reach { step }, None)?.message {
            Answer::Reached { slots } => Ok(slots),
            other => Err(self.unexpected(other)),
        }
    }

    /// The tokens plugged in, at a glance. No login.
    pub fn glance(&mut self) -> Result<Vec<TokenAt>, TokenRefusal> {
        match self.call(&Order::Glance, None)?.message {
            Answer::Glimpsed { tokens } => Ok(tokens),
            other => Err(self.unexpected(other)),
        }
    }

    /// The same module for another owner, with the worker that runs. What stays behind starts another one at
    /// its next order.
    pub fn hand_over(&mut self) -> Self {
        Self { program: self.program.clone(), worker: self.worker.take(), rsa: self.rsa, wait: self.wait }
    }

    /// The tokens plugged in, with their certificates. No login.
    pub fn list(&mut self) -> Result<Vec<TokenSeen>, TokenRefusal> {
        match self.call(&Order::List, None)?.message {
            Answer::Tokens { tokens } => Ok(tokens),
            other => Err(self.unexpected(other)),
        }
    }

    /// Logs in once, for one human action, and finds the key of `certificate`.
    ///
    /// Errors: among others `token.not_found`, `token.pin_incorrect`, `token.pin_final_try`.
    pub fn open(
        &mut self,
        token: &TokenIdentity,
        certificate: Sha256,
        pin: PinEnvelope,
    ) -> Result<OpenToken<'_>, TokenRefusal> {
        let PinEnvelope { typed, final_try_of } = pin;
        // At a pad a person types while the call waits.
        let wait = if typed.is_some() { self.wait } else { Duration::from_millis(PIN_PAD_WAIT_MS) };
        let order = Order::Open { token: token.clone(), certificate, rsa: self.rsa, final_try_of };
        match self.call_within(&order, typed.as_ref().map(|pin| pin.as_slice()), wait)?.message {
            Answer::Opened { key } => Ok(OpenToken { host: self, key, state: State::Open }),
            other => Err(self.unexpected(other)),
        }
    }

    /// The process id of the worker that runs now.
    #[allow(dead_code, reason = "the tests of a worker's life ask for it")]
    pub fn worker_id(&self) -> Option<u32> {
        self.worker.as_ref().and_then(Worker::id)
    }

    fn call(&mut self, order: &Order, part: Option<&[u8]>) -> Result<Frame<Answer>, TokenRefusal> {
        self.call_within(order, part, self.wait)
    }

    fn call_within(
        &mut self,
        order: &Order,
        part: Option<&[u8]>,
        wait: Duration,
    ) -> Result<Frame<Answer>, TokenRefusal> {
        let mut worker = match self.worker.take() {
            Some(worker) => worker,
            None => Worker::start(&self.program)?,
        };
        // On a fault the worker is dropped here and the next order starts another.
        let answer = worker.call(order, part, None, wait)?;
        self.worker = Some(worker);
        match answer.message {
            Answer::Refused { code, nature, detail } => Err(TokenRefusal { code, nature, detail }),
            message => Ok(Frame { message, ..answer }),
        }
    }

    /// An answer to another order: whatever runs there is not to be trusted with the next one.
    fn unexpected(&mut self, answer: Answer) -> TokenRefusal {
        self.worker = None;
        TokenRefusal::new(
            "token.worker_answer",
            Nature::Bug,
            format!("answer does not fit the order: {answer:?}"),
        )
    }
}

#[derive(PartialEq, Eq)]
enum State {
    Open,
    Ended,
}

/// A token that is logged in for one human action. Dropping it logs out.
pub struct OpenToken<'a> {
    host: &'a mut TokenHost,
    key: KeyKind,
    state: State,
}

impl OpenToken<'_> {
    /// The kind of the key.
    pub const fn key(&self) -> KeyKind {
        self.key
    }

    /// Signs the DER of SignedAttributes; the value has been verified with the certificate's key.
    ///
    /// Errors: after the first one the token is logged out, and every further call is `token.not_open`.
    pub fn sign(&mut self, hash: Hash, signed_attributes: &[u8]) -> Result<Vec<u8>, TokenRefusal> {
        if self.state == State::Ended {
            return Err(TokenRefusal::new(
                "token.not_open",
                Nature::Bug,
                "an earlier error ended the session",
            ));
        }
        // Counts as ended until the signature is here, so that a fault never leads to a second order.
        self.state = State::Ended;
        let frame = self.host.call(&Order::Sign { hash }, Some(signed_attributes))?;
        match (frame.message, frame.part) {
            (Answer::Signed, Some(mut value)) => {
                self.state = State::Open;
                Ok(std::mem::take(&mut *value))
            }
            (other, _) => Err(self.host.unexpected(other)),
        }
    }

    /// Logs out and has the PIN wiped.
    pub fn close(mut self) -> Result<(), TokenRefusal> {
        self.end()
    }

    fn end(&mut self) -> Result<(), TokenRefusal> {
        if std::mem::replace(&mut self.state, State::Ended) == State::Ended {
            return Ok(());
        }
        match self.host.call(&Order::Close, None)?.message {
            Answer::Closed => Ok(()),
            other => Err(self.host.unexpected(other)),
        }
    }
}

impl Drop for OpenToken<'_> {
    fn drop(&mut self) {
        // A fault here has killed the worker, and with it the login.
        let _ = self.end();
    }
}
