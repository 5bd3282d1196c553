//! A person at a reader, how others watch them, and what they leave with.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use school::digest::Sha256;
use school::records::token_frame::TokenSeen;

use crate::clerk::ClerkFault;
use crate::lifecycle::dossier::SignersWord;
use crate::lifecycle::sitting::{AtReader, Progress, Sitting};
use crate::process::token_host::{PinEnvelope, TokenHost};

/// A person at a reader, with the PIN they typed or will type there.
pub struct Seat {
    /// The module of the token. Nobody else uses it until the person has left.
    pub host: TokenHost,
    /// The token.
    pub seen: TokenSeen,
    /// The certificate to sign with.
    pub certificate: Sha256,
    /// The PIN, for one login.
    pub pin: PinEnvelope,
    /// What the person said when told that revocation cannot be checked.
    pub word: SignersWord,
}

/// Watches a sitting from another thread, and can end it.
#[derive(Debug, Clone)]
pub struct Watch(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    cancelled: AtomicBool,
    progress: Mutex<Progress>,
}

impl Watch {
    pub(super) fn begin(of: usize, token: &TokenSeen) -> Self {
        let at_reader = if token.pin_pad { AtReader::AtPinPad } else { AtReader::LoggingIn };
        let progress = Mutex::new(Progress { at_reader, ..Progress::at_first(of) });
        Self(Arc::new(Shared { cancelled: AtomicBool::new(false), progress }))
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.0.progress.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Ends the sitting after the document that the token has in hand. The rest stays open.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    pub(super) fn show(&self, progress: Progress) {
        *self.0.progress.lock().unwrap_or_else(PoisonError::into_inner) = progress;
    }
}

/// A person who has left: their module is free again.
pub struct Left {
    /// The module.
    pub host: TokenHost,
    /// What the visit brought.
    pub sitting: Sitting,
    /// Why there was no login: nothing was signed then.
    pub refused: Option<ClerkFault>,
}
