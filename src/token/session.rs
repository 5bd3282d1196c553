//! A session that is logged in for one human action and signs with one key.

use std::rc::Rc;

use cryptoki::context::Pkcs11;
use cryptoki::mechanism::MechanismType;
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use school::records::token_frame::{Hash, KeyKind};

use crate::error::TokenError;
use crate::function_list::FunctionList;
use crate::key::{CertificateKey, CertificateObject, PrivateKey};
use crate::mechanism::{self, Operation};
use crate::pin::{Pin, PinSource};
use crate::slot;

/// A key ready to sign. Holds the only session of its token, so dropping it logs out.
pub struct OpenKey {
    context: Pkcs11,
    functions: Rc<FunctionList>,
    slot: Slot,
    session: LoggedIn,
    mechanisms: Vec<MechanismType>,
    certificate: CertificateKey,
    key: PrivateKey,
    // Only for keys with CKA_ALWAYS_AUTHENTICATE; otherwise the PIN is wiped right after the login.
    pin: Option<PinSource>,
}

impl OpenKey {
    pub(crate) fn open(
        context: &Pkcs11,
        functions: Rc<FunctionList>,
        slot: Slot,
        session: Session,
        object: CertificateObject,
        pin: PinSource,
    ) -> Result<Self, TokenError> {
        let certificate = CertificateKey::of(&object.der)?;
        let mechanisms = context.get_mechanism_list(slot)?;
        let session = LoggedIn::new(context, slot, session, &pin)?;
        let key = PrivateKey::find(&session.0, &object, &certificate)?;
        let pin = key.always_authenticate.then_some(pin);
        Ok(Self { context: context.clone(), functions, slot, session, mechanisms, certificate, key, pin })
    }

    /// The kind of the key.
    pub const fn kind(&self) -> KeyKind {
        self.certificate.kind
    }

    /// Signs `message`, the DER of SignedAttributes, and gives the key back with the signature value
    /// of CMS: PKCS#1 v1.5, or a DER SEQUENCE of r and s. The value is verified with the certificate's key.
    ///
    /// Errors: see [`TokenError`]. The key is consumed: the session is closed and logged out.
    pub fn sign(self, hash: Hash, message: &[u8]) -> Result<(Self, Vec<u8>), TokenError> {
        let operation = Operation::new(&self.mechanisms, &self.certificate, hash, message);
        self.session.0.sign_init(&operation.mechanism, self.key.handle)?;
        if let Some(pin) = &self.pin {
            log_in(&self.context, self.slot, &self.session.0, UserType::ContextSpecific, pin)?;
        }
        let raw = self.functions.sign(&self.session.0, &operation.data)?;
        let value = mechanism::signature_value(&self.certificate, raw)?;
        mechanism::verify(&self.certificate, hash, message, &value)?;
        Ok((self, value))
    }
}

/// A session after C_Login. Logging out by name, too, because a login belongs to the token and not to
/// the session: while any other session is open, closing this one would leave the token logged in.
struct LoggedIn(Session);

impl LoggedIn {
    fn new(context: &Pkcs11, slot: Slot, session: Session, pin: &PinSource) -> Result<Self, TokenError> {
        log_in(context, slot, &session, UserType::User, pin)?;
        Ok(Self(session))
    }
}

impl Drop for LoggedIn {
    fn drop(&mut self) {
        // A token that was pulled cannot be logged out of, and has forgotten by itself.
        let _ = self.0.logout();
    }
}

/// The one place that calls C_Login. The flags are read right before; there is no second try.
fn log_in(
    context: &Pkcs11,
    slot: Slot,
    session: &Session,
    user: UserType,
    pin: &PinSource,
) -> Result<(), TokenError> {
    let token = context.get_token_info(slot)?;
    slot::may_log_in(slot::pin_state(&token))?;
    match pin {
        PinSource::Typed(pin) => session.login_with_raw(user, Pin::expose(pin))?,
        PinSource::PinPad if token.protected_authentication_path() => session.login(user, None)?,
        PinSource::PinPad => return Err(TokenError::PinMissing),
    }
    Ok(())
}
