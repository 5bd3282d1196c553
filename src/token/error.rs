//! Why a token did not do what was asked, sorted by what a person can do about it.

use cryptoki::error::{Error, RvError};
use school::records::token_frame::Nature;

/// A refusal by us or by the token. After any of them no session is open any more.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The module cannot be loaded or initialized.
    #[error("module cannot be used: {0}")]
    Module(String),
    /// No token of this identity is plugged in, or it does not hold the certificate asked for.
    #[error("not found: {0}")]
    NotFound(&'static str),
    /// The certificate's key is not RSA of 2048 bits or more, nor EC of 256 bits or more.
    #[error("certificate cannot be used: {0}")]
    Certificate(&'static str),
    /// The certificate is there, its private key is not.
    #[error("no private key belongs to the certificate")]
    NoKey,
    /// The PIN was wrong. It was tried exactly once.
    #[error("PIN is incorrect")]
    PinIncorrect,
    /// The token refuses the form of the PIN (length or characters).
    #[error("PIN has a form that the token refuses")]
    PinForm,
    /// No PIN was given, and the token has no PIN pad of its own.
    #[error("no PIN was given and the token has no PIN pad")]
    PinMissing,
    /// The PIN is locked.
    #[error("PIN is locked")]
    PinLocked,
    /// One more wrong PIN would lock the token: we do not log in (invariant 5).
    #[error("one more wrong PIN would lock the token")]
    PinFinalTry,
    /// The PIN must be changed first.
    #[error("PIN must be changed first")]
    PinToBeChanged,
    /// The PIN has expired.
    #[error("PIN has expired")]
    PinExpired,
    /// The person cancelled at the PIN pad.
    #[error("cancelled at the PIN pad")]
    PinCancelled,
    /// An order to sign came while no key was open.
    #[error("no key is open")]
    NotOpen,
    /// The token was taken out.
    #[error("token is gone: {0}")]
    Gone(String),
    /// The token has no mechanism for this key and hash.
    #[error("token has no mechanism for this key and hash")]
    Mechanism,
    /// The fresh signature does not verify with the certificate's key: wrong key, wrong mechanism, or a lying token.
    #[error("fresh signature does not verify with the certificate")]
    Signature,
    /// The token or its module failed in a way that a re-plug may mend.
    #[error("token failed: {0}")]
    Device(String),
    /// The token's memory is full: only its vendor's tool can help.
    #[error("token has no memory left: {0}")]
    Memory(String),
    /// A return value that we should never have caused.
    #[error("token did not understand: {0}")]
    Unexpected(String),
}

impl TokenError {
    /// The stable code; its words for people are in `wording`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Module(_) => "token.module",
            Self::NotFound(_) => "token.not_found",
            Self::Certificate(_) => "token.certificate",
            Self::NoKey => "token.no_key",
            Self::PinIncorrect => "token.pin_incorrect",
            Self::PinForm => "token.pin_form",
            Self::PinMissing => "token.pin_missing",
            Self::PinLocked => "token.pin_locked",
            Self::PinFinalTry => "token.pin_final_try",
            Self::PinToBeChanged => "token.pin_to_be_changed",
            Self::PinExpired => "token.pin_expired",
            Self::PinCancelled => "token.pin_cancelled",
            Self::NotOpen => "token.not_open",
            Self::Gone(_) => "token.gone",
            Self::Mechanism => "token.mechanism",
            Self::Signature => "token.signature",
            Self::Device(_) => "token.device",
            Self::Memory(_) => "token.memory",
            Self::Unexpected(_) => "token.unexpected",
        }
    }

    /// What it means for work that waits.
    pub const fn nature(&self) -> Nature {
        match self {
            Self::Gone(_) => Nature::Gone,
            Self::Device(_) => Nature::Broken,
            Self::NotFound(_)
            | Self::Certificate(_)
            | Self::NoKey
            | Self::PinIncorrect
            | Self::PinForm
            | Self::PinMissing
            | Self::PinLocked
            | Self::PinFinalTry
            | Self::PinToBeChanged
            | Self::PinExpired
            | Self::PinCancelled
            | Self::Memory(_) => Nature::Operator,
            Self::Module(_) | Self::NotOpen | Self::Mechanism | Self::Signature | Self::Unexpected(_) => {
                Nature::Bug
            }
        }
    }
}

/// Sorts a return value. Only the names of value and function are kept: cryptoki's `Display` is the
/// whole paragraph of the standard.
impl From<Error> for TokenError {
    fn from(error: Error) -> Self {
        let Error::Pkcs11(value, function) = error else {
            return match error {
                Error::LibraryLoading(cause) => Self::Module(cause.to_string()),
                Error::MissingSymbol(symbol) => Self::Module(format!("{symbol} is missing")),
                other => Self::Device(format!("{other:?}")),
            };
        };
        let detail = || format!("C_{function:?}: {value:?}");
        match value {
            RvError::PinIncorrect => Self::PinIncorrect,
            RvError::PinLocked => Self::PinLocked,
            RvError::PinExpired => Self::PinExpired,
            RvError::PinInvalid | RvError::PinLenRange => Self::PinForm,
            RvError::FunctionCanceled | RvError::Cancel => Self::PinCancelled,
            RvError::DeviceRemoved
            | RvError::TokenNotPresent
            | RvError::TokenNotRecognized
            | RvError::SessionHandleInvalid
            | RvError::SessionClosed
            | RvError::SlotIdInvalid => Self::Gone(detail()),
            RvError::MechanismInvalid | RvError::MechanismParamInvalid => Self::Mechanism,
            RvError::LibraryLoadFailed | RvError::CryptokiNotInitialized => Self::Module(detail()),
            // Seen of tokens that were pulled, of readers that lost them and of sleeping computers. After an
            // error in between an operation may stay active; the session is closed in any case.
            RvError::DeviceError
            | RvError::GeneralError
            | RvError::FunctionFailed
            | RvError::ObjectHandleInvalid
            | RvError::KeyHandleInvalid
            | RvError::OperationActive
            | RvError::OperationNotInitialized
            | RvError::UserNotLoggedIn
            | RvError::HostMemory => Self::Device(detail()),
            RvError::DeviceMemory => Self::Memory(detail()),
            _ => Self::Unexpected(detail()),
        }
    }
}

#[cfg(test)]
mod tests {
    use cryptoki::context::Function;

    use super::*;

    #[test]
    fn a_pulled_token_is_gone_and_a_failing_one_is_a_device_error() {
        let sorted = |value| TokenError::from(Error::Pkcs11(value, Function::Sign));
        assert_eq!(sorted(RvError::DeviceRemoved).code(), "token.gone");
        assert_eq!(sorted(RvError::DeviceError).code(), "token.device");
        assert_eq!(sorted(RvError::DeviceError), TokenError::Device("C_Sign: DeviceError".into()));
    }

    #[test]
    fn a_return_value_says_what_waiting_work_waits_for() {
        let nature = |value| TokenError::from(Error::Pkcs11(value, Function::Sign)).nature();
        for gone in [
            RvError::DeviceRemoved,
            RvError::TokenNotPresent,
            RvError::SessionHandleInvalid,
            RvError::SessionClosed,
            RvError::TokenNotRecognized,
            RvError::SlotIdInvalid,
        ] {
            assert_eq!(nature(gone), Nature::Gone, "{gone:?}");
        }
        for broken in [
            RvError::DeviceError,
            RvError::GeneralError,
            RvError::ObjectHandleInvalid,
            RvError::KeyHandleInvalid,
            RvError::FunctionFailed,
            RvError::OperationActive,
            RvError::UserNotLoggedIn,
        ] {
            assert_eq!(nature(broken), Nature::Broken, "{broken:?}");
        }
        for operator in
            [RvError::PinIncorrect, RvError::PinLocked, RvError::PinExpired, RvError::DeviceMemory]
        {
            assert_eq!(nature(operator), Nature::Operator, "{operator:?}");
        }
        assert_eq!(nature(RvError::ArgumentsBad), Nature::Bug);
        assert_eq!(nature(RvError::UserAlreadyLoggedIn), Nature::Bug);
    }

    #[test]
    fn codes_are_unique() {
        let all = [
            TokenError::Module(String::new()),
            TokenError::NotFound(""),
            TokenError::Certificate(""),
            TokenError::NoKey,
            TokenError::PinIncorrect,
            TokenError::PinForm,
            TokenError::PinMissing,
            TokenError::PinLocked,
            TokenError::PinFinalTry,
            TokenError::PinToBeChanged,
            TokenError::PinExpired,
            TokenError::PinCancelled,
            TokenError::NotOpen,
            TokenError::Gone(String::new()),
            TokenError::Mechanism,
            TokenError::Signature,
            TokenError::Device(String::new()),
            TokenError::Memory(String::new()),
            TokenError::Unexpected(String::new()),
        ];
        let codes: std::collections::BTreeSet<_> = all.iter().map(TokenError::code).collect();
        assert_eq!(codes.len(), all.len());
    }
}
