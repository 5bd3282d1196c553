//! Messages between core and token worker, version 2. Self-contained: no path but the module's own,
//! no handle, no PIN. The PIN follows an [`Order::Open`] as the frame's one binary part, and stays in the worker.

use serde::{Deserialize, Serialize};

use crate::digest::Sha256;

/// Version of these messages.
pub const VERSION: u16 = 2;

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
    /// SHA-384, which fits keys on P-384.
    Sha384,
    /// SHA-512: seal statement and checkpoint.
    Sha512,
}

/// The kind of key, which with the [`enum@Hash`] gives the signature algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyKind {
    /// RSA of 2048 bits or more, RSASSA-PKCS1-v1_5.
    Rsa,
    /// RSA of 2048 bits or more, RSASSA-PSS with MGF1 of the same hash and a salt as long as it.
    RsaPss,
    /// An elliptic curve of 256 bits or more: ECDSA, whose value is a DER SEQUENCE of r and s.
    Ec,
}

/// How RSA keys sign. Many tokens lack the second, so that it is a choice of the school's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RsaScheme {
    /// RSASSA-PKCS1-v1_5.
    #[default]
    Pkcs1,
    /// RSASSA-PSS.
    Pss,
}

/// What a refusal means for work that waits: whether to wait for the token, for a person, or for nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// The token was taken out: work waits for the same serial, then for a new PIN.
    Gone,
    /// Token or module failed in a way that a re-plug or a new worker may mend: as gone, once.
    Broken,
    /// A person has to do something first: PIN, certificate, another token.
    Operator,
    /// Trying again would give the same.
    Bug,
}

/// A step on the way to the tokens of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The dynamic loader takes the file, and it has a function list.
    Load,
    /// C_Initialize.
    Initialize,
    /// C_GetSlotList.
    Slots,
}

/// What the core asks of the token worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "order")]
pub enum Order {
    /// Go this step and those before it.
    Reach {
        /// The step.
        step: Step,
    },
    /// Which tokens are plugged in, without a look at their objects: asked every second. No login.
    Glance,
    /// List the tokens of the worker's module with their certificates. No login.
    List,
    /// Log in once to the token that holds this certificate; the PIN is the frame's binary part.
    Open {
        /// The token.
        token: TokenIdentity,
        /// SHA-256 of the DER of the certificate to sign with.
        certificate: Sha256,
        /// How an RSA key shall sign.
        rsa: RsaScheme,
        /// The serial of the token whose final PIN try the person allowed by name.
        final_try_of: Option<String>,
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

/// A token at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenAt {
    /// Its identity.
    pub identity: TokenIdentity,
    /// The reader that it stands in, as its module names it (`slotDescription`).
    pub reader: String,
    /// State of the PIN.
    pub pin: PinState,
}

/// A token as the worker sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenSeen {
    /// Its identity.
    pub identity: TokenIdentity,
    /// Its label.
    pub label: String,
    /// The reader that it stands in, as its module names it (`slotDescription`).
    pub reader: String,
    /// State of the PIN.
    pub pin: PinState,
    /// It has a PIN pad of its own (CKF_PROTECTED_AUTHENTICATION_PATH).
    pub pin_pad: bool,
    /// Certificates readable without login.
    pub certificates: Vec<CertificateOnToken>,
}

/// What the token worker answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "answer")]
pub enum Answer {
    /// To [`Order::Reach`].
    Reached {
        /// Slots, with and without a token, once they were asked for.
        slots: Option<u32>,
    },
    /// To [`Order::Glance`].
    Glimpsed {
        /// Every token that answered.
        tokens: Vec<TokenAt>,
    },
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
        /// What it means for work that waits.
        nature: Nature,
        /// The PKCS#11 function and return value, for the log.
        detail: String,
    },
}
