//! `niemphong worker token --module SO`: the process that talks to one vendor's PKCS#11 module, and
//! the only one in which a PIN rests (invariant 5). One key is open at a time.

use std::path::Path;

use school::records::token_frame::{Answer, Order, Step};
use token::{LoadedModule, Login, Module, OpenKey, Pin, PinSource, TokenError};
use zeroize::Zeroizing;

use super::frame::{Channel, Frame, FrameFault};
use super::worker;

/// Serves the core at the other end of standard input until it closes.
///
/// Errors: the channel broke, or another version of the program is at its other end.
pub fn run(module: &Path) -> Result<(), FrameFault> {
    worker::forbid_core_dumps()?;
    serve(module, worker::own_channel()?)
}

/// The same over a channel of the caller's.
pub fn serve(module: &Path, mut channel: Channel) -> Result<(), FrameFault> {
    let mut desk = Desk { path: module, loaded: None, module: None, open: None };
    loop {
        let frame = match channel.receive(None) {
            Err(FrameFault::Closed) => return Ok(()),
            frame => frame?,
        };
        desk.answer(frame, &mut channel)?;
    }
}

struct Desk<'a> {
    path: &'a Path,
    // Loaded at the first order, so that a module that hangs while loading meets the core's deadline.
    loaded: Option<LoadedModule>,
    module: Option<Module>,
    open: Option<OpenKey>,
}

impl Desk<'_> {
    fn answer(&mut self, frame: Frame<Order>, channel: &mut Channel) -> Result<(), FrameFault> {
        let (answer, part) = match self.carry_out(frame) {
            Ok(done) => done,
            Err(error) => {
                // Whatever failed, nothing stays logged in.
                self.open = None;
                let (code, nature, detail) = (error.code().into(), error.nature(), error.to_string());
                (Answer::Refused { code, nature, detail }, None)
            }
        };
        channel.send(&answer, part.as_deref(), None, None)
    }

    fn carry_out(&mut self, frame: Frame<Order>) -> Result<(Answer, Option<Vec<u8>>), TokenError> {
        let Frame { message, part, .. } = frame;
        match message {
            Order::Reach { step } => Ok((Answer::Reached { slots: self.reach(step)? }, None)),
            Order::Glance => Ok((Answer::Glimpsed { tokens: self.module()?.glance()? }, None)),
            Order::List => Ok((Answer::Tokens { tokens: self.module()?.tokens()? }, None)),
            Order::Open { token, certificate, rsa, final_try_of } => {
                // The previous key's login ends first: one human action, one login.
                self.open = None;
                let pin = part.map_or(Ok(PinSource::PinPad), |pin| Pin::new(pin).map(PinSource::Typed))?;
                let key = self.module()?.open(&token, &certificate, Login { pin, final_try_of, rsa })?;
                let kind = key.kind();
                self.open = Some(key);
                Ok((Answer::Opened { key: kind }, None))
            }
            Order::Sign { hash } => {
                let key = self.open.take().ok_or(TokenError::NotOpen)?;
                let message = part.unwrap_or_else(|| Zeroizing::new(Vec::new()));
                let (key, value) = key.sign(hash, &message)?;
                self.open = Some(key);
                Ok((Answer::Signed, Some(value)))
            }
            Order::Close => {
                self.open = None;
                Ok((Answer::Closed, None))
            }
        }
    }

    fn reach(&mut self, step: Step) -> Result<Option<u32>, TokenError> {
        match step {
            Step::Load => self.loaded().map(|_| None),
            Step::Initialize => self.module().map(|_| None),
            Step::Slots => Ok(u32::try_from(self.module()?.slots()?).ok()),
        }
    }

    fn loaded(&mut self) -> Result<&LoadedModule, TokenError> {
        let loaded = match self.loaded.take() {
            Some(loaded) => loaded,
            None => LoadedModule::load(self.path)?,
        };
        Ok(self.loaded.insert(loaded))
    }

    fn module(&mut self) -> Result<&Module, TokenError> {
        let module = match self.module.take() {
            Some(module) => module,
            None => self.loaded()?.initialize()?,
        };
        Ok(self.module.insert(module))
    }
}
