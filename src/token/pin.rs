//! The PIN, in the one process where it rests (invariant 5).

use cryptoki::types::RawAuthPin;
use school::limits::PIN_SIZE_BYTES;
use zeroize::Zeroizing;

use crate::error::TokenError;

/// A PIN as typed. Not `Clone`, not `Debug`, wiped when dropped; it need not be UTF-8.
pub struct Pin(RawAuthPin);

impl Pin {
    /// Takes the bytes over without copying them.
    ///
    /// Errors: [`TokenError::PinForm`] when empty or longer than [`PIN_SIZE_BYTES`]; some modules
    /// read an empty PIN as "ask at the PIN pad".
    pub fn new(mut bytes: Zeroizing<Vec<u8>>) -> Result<Self, TokenError> {
        if bytes.is_empty() || bytes.len() > PIN_SIZE_BYTES {
            return Err(TokenError::PinForm);
        }
        // Moving the vector moves the same heap block into the next wiping owner.
        Ok(Self(RawAuthPin::new(Box::new(std::mem::take(&mut *bytes)))))
    }

    pub(crate) fn expose(&self) -> &RawAuthPin {
        &self.0
    }
}

/// Where the PIN comes from.
pub enum PinSource {
    /// It was typed and is here.
    Typed(Pin),
    /// The token's own PIN pad (CKF_PROTECTED_AUTHENTICATION_PATH).
    PinPad,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_or_endless_pin_never_reaches_the_token() {
        assert!(Pin::new(Zeroizing::new(Vec::new())).is_err());
        assert!(Pin::new(Zeroizing::new(vec![b'1'; PIN_SIZE_BYTES + 1])).is_err());
    }
}
