//! The thread at one token: logs in, signs what it is handed, logs out. It knows nothing of documents.

use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

use school::digest::Sha256;
use school::records::token_frame::{Hash, KeyKind, TokenIdentity};

use super::room::News;
use super::seat::Watch;
use crate::process::token_host::{OpenToken, PinEnvelope, TokenHost, TokenRefusal};

/// What is handed to a token.
pub(super) enum Errand {
    /// SignedAttributes of a document, under the ticket of its attempt.
    Document {
        /// The ticket.
        ticket: u64,
        /// DER.
        attributes: Vec<u8>,
    },
    /// SignedAttributes of the register's checkpoint.
    Checkpoint {
        /// DER.
        attributes: Vec<u8>,
    },
}

/// What the lane tells the room.
pub(super) enum Told {
    /// C_Login was made or refused.
    LoggedIn(Result<KeyKind, TokenRefusal>),
    /// A signature value, or why there is none.
    Signed {
        /// The ticket.
        ticket: u64,
        /// The value.
        value: Result<Vec<u8>, TokenRefusal>,
        /// How long the token took.
        took: Duration,
    },
    /// The document was not handed to the token.
    NotTried {
        /// The ticket.
        ticket: u64,
    },
    /// The signature over the checkpoint, or why there is none.
    Checkpoint(Result<Vec<u8>, TokenRefusal>),
    /// Logged out; the module is free.
    Left(TokenHost),
}

/// What the lane needs for its one login.
pub(super) struct Login {
    pub host: TokenHost,
    pub token: TokenIdentity,
    pub certificate: Sha256,
    pub pin: PinEnvelope,
}

/// Works until the room has no more errands. A room that is gone is no error: the token is logged out.
pub(super) fn work(seat: u64, login: Login, watch: &Watch, errands: &Receiver<Errand>, room: &Sender<News>) {
    let tell = |told| drop(room.send(News::Lane(seat, told)));
    let Login { mut host, token, certificate, pin } = login;
    match host.open(&token, certificate, pin) {
        Ok(mut open) => {
            tell(Told::LoggedIn(Ok(open.key())));
            serve(&mut open, watch, errands, &tell);
            // An error here has ended the worker, and with it the login.
            let _ = open.close();
        }
        Err(refusal) => tell(Told::LoggedIn(Err(refusal))),
    }
    tell(Told::Left(host));
}

fn serve(open: &mut OpenToken<'_>, watch: &Watch, errands: &Receiver<Errand>, tell: &impl Fn(Told)) {
    // After the first error the token is logged out; what was handed over before is not tried.
    let mut gone = false;
    for errand in errands {
        match errand {
            Errand::Document { ticket, .. } if gone || watch.is_cancelled() => {
                tell(Told::NotTried { ticket })
            }
            Errand::Document { ticket, attributes } => {
                let begun = Instant::now();
                let value = open.sign(Hash::Sha256, &attributes);
                gone = value.is_err();
                tell(Told::Signed { ticket, value, took: begun.elapsed() });
            }
            Errand::Checkpoint { attributes } => {
                tell(Told::Checkpoint(open.sign(Hash::Sha512, &attributes)));
            }
        }
    }
}
