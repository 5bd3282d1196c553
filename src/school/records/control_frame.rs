//! Messages between a command on this computer and the daemon, version 1. A document is named by the SHA-256 of
//! its latest revision: neither its bytes nor a path go to the daemon. The PIN follows a
//! [`ControlOrder::Sign`] as the frame's one binary part; a signed revision comes back as one.

use serde::{Deserialize, Serialize};

use super::token_frame::TokenSeen;
use crate::digest::Sha256;
use crate::dossier::DossierId;
use crate::identifier::PersonId;
use crate::moment::Moment;

/// What the daemon is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ControlOrder {
    /// The tokens in readers of the daemon's own screen that this module shows.
    Tokens {
        /// Full path of the module.
        module: String,
    },
    /// Which of these documents wait for the holder of a certificate.
    Look {
        /// SHA-256 of the certificate.
        certificate: Sha256,
        /// SHA-256 of each document's latest revision.
        revisions: Vec<Sha256>,
    },
    /// Signs what waits for the holder in these dossiers, with one login.
    Sign {
        /// SHA-256 of the certificate.
        certificate: Sha256,
        /// The dossiers.
        dossiers: Vec<DossierId>,
        /// The signer goes on although revocation cannot be checked, as far as the school's policy lets them.
        without_revocation: bool,
    },
    /// Looks at the clock as before a signature.
    LookAtClock,
    /// Two people of the roster say that the clock is right, by their own watches.
    ConfirmClock {
        /// Who.
        people: [PersonId; 2],
        /// The time that both read.
        at: Moment,
    },
}

/// What the daemon says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case", deny_unknown_fields)]
pub enum ControlAnswer {
    /// The tokens.
    Tokens {
        /// With their certificates.
        tokens: Vec<TokenSeen>,
    },
    /// For each revision, in the same order.
    Looked {
        /// What became of it.
        documents: Vec<Waits>,
    },
    /// How far the sitting is.
    Progress {
        /// Boxes that are signed and recorded.
        signed: usize,
        /// All boxes of the sitting.
        of: usize,
    },
    /// A document was signed; its latest revision follows.
    Signed {
        /// The dossier.
        dossier: DossierId,
        /// The field that was filled.
        field: String,
    },
    /// A document was not signed.
    NotSigned {
        /// The dossier.
        dossier: DossierId,
        /// Why, as a stable code.
        code: String,
    },
    /// The clock is believed.
    Clock {
        /// What it shows.
        now: Moment,
    },
    /// Every document was told, and the token may be pulled.
    Over,
    /// The order was not carried out.
    Refused {
        /// Why, as a stable code.
        code: String,
    },
}

/// Whether a document waits for the holder of a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Waits {
    /// It does; the dossier.
    For(DossierId),
    /// It does not; why, as a stable code.
    Not(String),
}
