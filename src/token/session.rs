//! A session that is logged in for one human action and signs with one key.

use std::rc::Rc;

use cryptoki::context::Pkcs11;
use cryptoki::mechanism::MechanismType;
use cryptoki::session::{Session, SessionState, UserType};
use cryptoki::slot::Slot;
use school::records::token_frame::{Hash, KeyKind, RsaScheme};

use crate::error::TokenError;
use crate::function_list::FunctionList;
use crate::key::{CertificateKey, CertificateObject, PrivateKey};
use crate::mechanism::{self, Operation};
use crate::pin::{Pin, PinSource};
use crate::slot::{self, FinalTry};

/// One human action: how to log in and how to sign then.
pub struct Login {
    /// Where the PIN comes from.
    pub pin: PinSource,
    /// The serial of the token whose final try the person allowed by name.
    pub final_try_of: Option<String>,
    /// How an RSA key shall sign.
    pub rsa: RsaScheme,
}

/// Where a token was found.
pub(crate) struct Reached<'a> {
    pub(crate) context: &'a Pkcs11,
    pub(crate) functions: &'a Rc<FunctionList>,
    pub(crate) slot: Slot,
}

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
        reached: Reached<'_>,
        session: Session,
        object: CertificateObject,
        login: Login,
    ) -> Result<Self, TokenError> {
        let Reached { context, functions, slot } = reached;
        let certificate = CertificateKey::of(&object.der, login.rsa)?;
        let mechanisms = context.get_mechanism_list(slot)?;
        mechanism::check(&mechanisms, &certificate)?;
        let session = LoggedIn::new(context, slot, session, &login)?;
        let key = PrivateKey::find(&session.0, &object, &certificate)?;
        let pin = key.always_authenticate.then_some(login.pin);
        let (context, functions) = (context.clone(), Rc::clone(functions));
        Ok(Self { context, functions, slot, session, mechanisms, certificate, key, pin })
    }

    /// The kind of the key.
    pub const fn kind(&self) -> KeyKind {
        self.certificate.kind
    }

    /// Signs `message`, the DER of SignedAttributes, and gives the key back with the signature value
    /// of CMS: PKCS#1 v1.5 or PSS, or a DER SEQUENCE of r and s. The value is verified with the certificate's key.
    ///
    /// Errors: see [`TokenError`]. The key is consumed: the session is closed and logged out.
    pub fn sign(self, hash: Hash, message: &[u8]) -> Result<(Self, Vec<u8>), TokenError> {
        let operation = Operation::new(&self.mechanisms, &self.certificate, hash, message)?;
        self.session.0.sign_init(&operation.mechanism, self.key.handle)?;
        if let Some(pin) = &self.pin {
            // The PIN was right a moment ago; the flags are looked at again all the same.
            let user = UserType::ContextSpecific;
            log_in(&self.context, self.slot, &self.session.0, user, pin, FinalTry::Refused)?;
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
    fn new(context: &Pkcs11, slot: Slot, session: Session, login: &Login) -> Result<Self, TokenError> {
        // A module that missed a re-plug, or another program's login through the same daemon: C_Login would
        // say "already logged in" without looking at the PIN.
        if session.get_session_info()?.session_state() == SessionState::RoUser {
            session.logout()?;
        }
        let named = login.final_try_of.as_deref() == Some(context.get_token_info(slot)?.serial_number());
        let final_try = if named { FinalTry::Allowed } else { FinalTry::Refused };
        log_in(context, slot, &session, UserType::User, &login.pin, final_try)?;
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
    final_try: FinalTry,
) -> Result<(), TokenError> {
    let token = context.get_token_info(slot)?;
    slot::may_log_in(slot::pin_state(&token), final_try)?;
    match pin {
        PinSource::Typed(pin) => session.login_with_raw(user, Pin::expose(pin))?,
        PinSource::PinPad if token.protected_authentication_path() => session.login(user, None)?,
        PinSource::PinPad => return Err(TokenError::PinMissing),
    }
    Ok(())
}
