//! A vendor's PKCS#11 module, loaded and initialized once in this process.

use std::path::Path;
use std::rc::Rc;

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::slot::Slot;
use school::digest::Sha256;
use school::records::token_frame::{CertificateOnToken, TokenAt, TokenIdentity, TokenSeen};

use crate::error::TokenError;
use crate::function_list::FunctionList;
use crate::key;
use crate::session::{Login, OpenKey, Reached};
use crate::slot;

/// A module whose code was loaded and does nothing yet.
pub struct LoadedModule {
    context: Pkcs11,
    functions: Rc<FunctionList>,
}

impl LoadedModule {
    /// Loads the module at `path`.
    ///
    /// Errors: [`TokenError::Module`].
    pub fn load(path: &Path) -> Result<Self, TokenError> {
        let context = Pkcs11::new(path)?;
        let functions = Rc::new(FunctionList::load(path)?);
        Ok(Self { context, functions })
    }

    /// C_Initialize.
    ///
    /// Errors: [`TokenError::Module`].
    pub fn initialize(&self) -> Result<Module, TokenError> {
        let Self { context, functions } = self;
        context.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK)).map_err(|error| {
            match TokenError::from(error) {
                TokenError::Device(detail) | TokenError::Unexpected(detail) => TokenError::Module(detail),
                other => other,
            }
        })?;
        Ok(Module { context: context.clone(), functions: Rc::clone(functions) })
    }
}

/// A module at work. It is never finalized: the process around it ends instead, which also ends what
/// a vendor's library forgets.
pub struct Module {
    context: Pkcs11,
    functions: Rc<FunctionList>,
}

impl Module {
    /// How many slots there are, with and without a token.
    pub fn slots(&self) -> Result<usize, TokenError> {
        Ok(self.context.get_all_slots()?.len())
    }

    /// Every token that answers, without a look at its objects.
    ///
    /// Errors: only when not even the slots can be listed.
    pub fn glance(&self) -> Result<Vec<TokenAt>, TokenError> {
        let seen = slot::with_token(&self.context)?.into_iter().map(|(slot, token)| TokenAt {
            identity: slot::identity(&token),
            reader: slot::reader(&self.context, slot),
            pin: slot::pin_state(&token),
        });
        Ok(seen.collect())
    }

    /// Every token that answers, with the certificates that can be read without login.
    ///
    /// Errors: only when not even the slots can be listed; a single failing token is left out.
    pub fn tokens(&self) -> Result<Vec<TokenSeen>, TokenError> {
        let seen = slot::with_token(&self.context)?.into_iter().filter_map(|(slot, token)| {
            Some(TokenSeen {
                identity: slot::identity(&token),
                label: token.label().to_owned(),
                reader: slot::reader(&self.context, slot),
                pin: slot::pin_state(&token),
                pin_pad: token.protected_authentication_path(),
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
        login: Login,
    ) -> Result<OpenKey, TokenError> {
        let slots = slot::of_token(&self.context, token)?;
        if slots.is_empty() {
            return Err(TokenError::NotFound("no such token is plugged in"));
        }
        for slot in slots {
            let session = self.context.open_ro_session(slot)?;
            if let Some(object) = key::certificate(&session, certificate)? {
                let reached = Reached { context: &self.context, functions: &self.functions, slot };
                return OpenKey::open(reached, session, object, login);
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
