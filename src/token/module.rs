//! A vendor's PKCS#11 module, loaded and initialized once in this process.

use std::path::Path;
use std::rc::Rc;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::slot::Slot;
use school::digest::Sha256;
use school::records::token_frame::{CertificateOnToken, TokenIdentity, TokenSeen};

use crate::error::TokenError;
use crate::function_list::FunctionList;
use crate::key;
use crate::pin::PinSource;
use crate::session::OpenKey;
use crate::slot;

/// A loaded module. It is never finalized: the process around it ends instead, which also ends what
/// a vendor's library forgets.
pub struct Module {
    context: Pkcs11,
    functions: Rc<FunctionList>,
}

impl Module {
    /// Loads and initializes the module at `path`.
    ///
    /// Errors: [`TokenError::Module`].
    pub fn load(path: &Path) -> Result<Self, TokenError> {
        let context = Pkcs11::new(path)?;
        let functions = Rc::new(FunctionList::load(path)?);
        context.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).map_err(|error| {
            match TokenError::from(error) {
                TokenError::Device(detail) => TokenError::Module(detail),
                other => other,
            }
        })?;
        Ok(Self { context, functions })
    }

    /// Every token that answers, with the certificates that can be read without login.
    ///
    /// Errors: only when not even the slots can be listed; a single failing token is left out.
    pub fn tokens(&self) -> Result<Vec<TokenSeen>, TokenError> {
        let seen = slot::with_token(&self.context)?.into_iter().filter_map(|(slot, token)| {
            Some(TokenSeen {
                identity: slot::identity(&token),
                label: token.label().to_owned(),
                pin: slot::pin_state(&token),
                certificates: self.certificates(slot).ok()?,
            })
        });
        Ok(seen.collect())
    }

    /// Logs in once and finds the private key of the certificate named by the SHA-256 of its DER.
    ///
    /// Token, certificate and PIN flags are checked before the login, so that a foreign token is
    /// refused without touching its PIN (invariant 3).
    ///
    /// Errors: see [`TokenError`]; after every one of them nothing is open or logged in.
    pub fn open(
        &self,
        token: &TokenIdentity,
        certificate: &Sha256,
        pin: PinSource,
    ) -> Result<OpenKey, TokenError> {
        let slots = slot::of_token(&self.context, token)?;
        if slots.is_empty() {
            return Err(TokenError::NotFound("no such token is plugged in"));
        }
        for slot in slots {
            let session = self.context.open_ro_session(slot)?;
            if let Some(object) = key::certificate(&session, certificate)? {
                return OpenKey::open(&self.context, Rc::clone(&self.functions), slot, session, object, pin);
            }
        }
        Err(TokenError::NotFound("the token does not hold the certificate"))
    }

    fn certificates(&self, slot: Slot) -> Result<Vec<CertificateOnToken>, TokenError> {
        let session = self.context.open_ro_session(slot)?;
        let found = key::certificates(&session)?.into_iter().map(|certificate| CertificateOnToken {
            id: certificate.id.iter().map(|byte| format!("{byte:02x}")).collect(),
            sha256: Sha256::of(&certificate.der),
            der: openssl::base64::encode_block(&certificate.der),
        });
        Ok(found.collect())
    }
}
