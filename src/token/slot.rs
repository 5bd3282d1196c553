//! Slots with a token, and the token's own words about itself. Slot numbers never leave this file's
//! callers: modules derive or renumber them, so a token is named by manufacturer, model and serial.

use cryptoki::context::Pkcs11;
use cryptoki::slot::{Slot, TokenInfo};
use school::records::token_frame::{PinState, TokenIdentity};

use crate::error::TokenError;

/// Every slot whose token answers. One that fails does not hide the others.
pub(crate) fn with_token(context: &Pkcs11) -> Result<Vec<(Slot, TokenInfo)>, TokenError> {
    let slots = context.get_slots_with_token()?;
    let answers = slots.into_iter().filter_map(|slot| Some((slot, context.get_token_info(slot).ok()?)));
    // Uninitialized tokens hold no certificate; SoftHSM always shows one of them.
    Ok(answers.filter(|(_, token)| token.token_initialized()).collect())
}

/// The slots that show `wanted` now. Smart cards with several PINs show one slot for each, all with
/// the identity of the card.
pub(crate) fn of_token(context: &Pkcs11, wanted: &TokenIdentity) -> Result<Vec<Slot>, TokenError> {
    let slots = with_token(context)?.into_iter().filter(|(_, token)| identity(token) == *wanted);
    Ok(slots.map(|(slot, _)| slot).collect())
}

/// What the person said about a login that could lock the token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FinalTry {
    /// Nothing: it is refused.
    Refused,
    /// They named this token's serial.
    Allowed,
}

/// The identity, as the core knows it.
pub(crate) fn identity(token: &TokenInfo) -> TokenIdentity {
    TokenIdentity {
        manufacturer: token.manufacturer_id().to_owned(),
        model: token.model().to_owned(),
        serial: token.serial_number().to_owned(),
    }
}

/// The worst state that the flags tell (PKCS#11 2.40, CK_TOKEN_INFO).
pub(crate) fn pin_state(token: &TokenInfo) -> PinState {
    if token.user_pin_locked() {
        PinState::Locked
    } else if token.user_pin_final_try() {
        PinState::FinalTry
    } else if token.user_pin_to_be_changed() {
        PinState::ToBeChanged
    } else if token.user_pin_count_low() {
        PinState::CountLow
    } else {
        PinState::Good
    }
}

/// The reader's name; modules without one give the empty text.
pub(crate) fn reader(context: &Pkcs11, slot: Slot) -> String {
    context.get_slot_info(slot).map(|slot| slot.slot_description().to_owned()).unwrap_or_default()
}

/// Whether a login may be tried in this state. A final try only when the person allowed it for this very
/// token: one slip would lock it.
pub(crate) fn may_log_in(state: PinState, final_try: FinalTry) -> Result<(), TokenError> {
    match state {
        PinState::Good | PinState::CountLow => Ok(()),
        PinState::FinalTry if final_try == FinalTry::Allowed => Ok(()),
        PinState::FinalTry => Err(TokenError::PinFinalTry),
        PinState::Locked => Err(TokenError::PinLocked),
        PinState::ToBeChanged => Err(TokenError::PinToBeChanged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_on_its_final_try_or_locked_is_never_logged_in_to() {
        assert_eq!(may_log_in(PinState::FinalTry, FinalTry::Refused), Err(TokenError::PinFinalTry));
        assert_eq!(may_log_in(PinState::CountLow, FinalTry::Refused), Ok(()));
        for said in [FinalTry::Refused, FinalTry::Allowed] {
            assert_eq!(may_log_in(PinState::Locked, said), Err(TokenError::PinLocked));
            assert_eq!(may_log_in(PinState::ToBeChanged, said), Err(TokenError::PinToBeChanged));
        }
        assert_eq!(may_log_in(PinState::FinalTry, FinalTry::Allowed), Ok(()));
    }
}
