//! Messages between core and token worker, version 1. Self-contained: no path but the module's own,
//! no handle, no PIN. The PIN follows an [`Order::Open`] as the frame's one binary part, and stays in the worker.

use serde::{Deserialize, Serialize};

use crate::digest::Sha256;

/// Version of these messages.
pub const VERSION: u16 = 1;

/// A token, named as PKCS#11 does: never by slot, because slots are renumbered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TokenIdentity {
    /// `manufacturerID` of CK_TOKEN_INFO.
    pub manufacturer: String,
    /// `model` of CK_TOKEN_INFO.
    pub model: String,
    /// `serialNumber` of CK_TOKEN_INFO.
    pub serial: String,
}

/// The hash below a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hash {
    /// SHA-256: everything inside a PDF, roster and plans.
    Sha256,
    /// SHA-512: seal statement and checkpoint.
    Sha512,
}

/// The kind of key, which with the [`enum@Hash`] gives the signature algorithm: RSASSA-PKCS1-v1_5, or
/// ECDSA whose value is a DER SEQUENCE of r and s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// RSA of 2048 bits or more.
    Rsa,
    /// An elliptic curve of 256 bits or more.
    Ec,
}

/// What the core asks of the token worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "order")]
pub enum Order {
    /// List the tokens of the worker's module with their certificates. No login.
    List,
    /// Log in once to the token that holds this certificate; the PIN is the frame's binary part.
    Open {
        /// The token.
        token: TokenIdentity,
        /// SHA-256 of the DER of the certificate to sign with.
        certificate: Sha256,
    },
    /// Sign the frame's binary part (DER of SignedAttributes) with the opened key.
    Sign {
        /// The hash to use.
        hash: Hash,
    },
    /// Log out and wipe the PIN.
    Close,
}

/// State of the PIN as CK_TOKEN_INFO flags tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PinState {
    /// No warning flag.
    Good,
    /// CKF_USER_PIN_COUNT_LOW: at least one wrong try.
    CountLow,
    /// CKF_USER_PIN_FINAL_TRY: one more wrong try locks the token.
    FinalTry,
    /// CKF_USER_PIN_LOCKED.
    Locked,
    /// CKF_USER_PIN_TO_BE_CHANGED.
    ToBeChanged,
}

/// A certificate found on a token, with the key that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateOnToken {
    /// CKA_ID in hex.
    pub id: String,
    /// Base64 of the DER (CKA_VALUE), byte for byte.
    pub der: String,
    /// SHA-256 of the DER.
    pub sha256: Sha256,
}

/// A token as the worker sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenSeen {
    /// Its identity.
    pub identity: TokenIdentity,
    /// Its label.
    pub label: String,
    /// State of the PIN.
    pub pin: PinState,
    /// Certificates readable without login.
    pub certificates: Vec<CertificateOnToken>,
}

/// What the token worker answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "answer")]
pub enum Answer {
    /// To [`Order::List`].
    Tokens {
        /// Every token that answered.
        tokens: Vec<TokenSeen>,
    },
    /// To [`Order::Open`]: logged in and the key found.
    Opened {
        /// The kind of the key.
        key: KeyKind,
    },
    /// To [`Order::Sign`]: the frame's binary part is the signature value, already verified with the certificate's key.
    Signed,
    /// To [`Order::Close`].
    Closed,
    /// Not done. The code never changes and has words in `wording`.
    Refused {
        /// Such as `token.pin_incorrect`.
        code: String,
        /// The PKCS#11 function and return value, for the log.
        detail: String,
    },
}
