//! C_Sign through the module's own function list. The one unsafe file of niemphong.
//!
//! Why not cryptoki's `Session::sign`: a key with CKA_ALWAYS_AUTHENTICATE needs a context-specific
//! login *between* C_SignInit and C_Sign, and cryptoki offers only C_SignUpdate after its
//! `sign_init`, which single-part mechanisms (CKM_ECDSA, CKM_RSA_PKCS) refuse. It also asks for the
//! size first, a second call into the token that some modules dislike.
#![allow(unsafe_code)]

use std::path::Path;

use cryptoki::context::Function;
use cryptoki::error::{Error, Rv};
use cryptoki::session::Session;
use cryptoki_sys::{CK_C_Sign, CK_FUNCTION_LIST, CK_RV, CKR_OK};
use school::limits::SIGNATURE_SIZE_BYTES;

use crate::error::TokenError;

/// C_Sign of a loaded module.
pub(crate) struct FunctionList {
    sign: CK_C_Sign,
    // Owns the mapping that `sign` points into; the pointer is never used after it, because both live here.
    _library: cryptoki_sys::Pkcs11,
}

impl FunctionList {
    /// Loads the module at `path` once more and reads its function list. The dynamic loader answers
    /// the second load of a file with the first mapping, so state and sessions are shared with cryptoki.
    pub(crate) fn load(path: &Path) -> Result<Self, TokenError> {
        // SAFETY: loading runs the module's initializers. Running the vendor's code is the purpose of
        // this process, and cryptoki has loaded the same file just before.
        let library = unsafe { cryptoki_sys::Pkcs11::new(path) }
            .map_err(|cause| TokenError::Module(cause.to_string()))?;
        let Ok(list_of) = library.C_GetFunctionList.as_ref() else {
            return Err(TokenError::Module("C_GetFunctionList is missing".into()));
        };
        let mut list: *mut CK_FUNCTION_LIST = std::ptr::null_mut();
        // SAFETY: `list` is a valid place for one pointer (PKCS#11 2.40, 5.3).
        let value: CK_RV = unsafe { list_of(&mut list) };
        if value != CKR_OK || list.is_null() {
            return Err(TokenError::Module("C_GetFunctionList gave no list".into()));
        }
        // SAFETY: not null, and by the standard it points to the module's static list of version 2.x.
        // The member may be unaligned on platforms where the list is packed, so it is copied out raw.
        let sign = unsafe { std::ptr::addr_of!((*list).C_Sign).read_unaligned() };
        Ok(Self { sign, _library: library })
    }

    /// Finishes the operation that C_SignInit began in `session`. The size is not asked for first.
    pub(crate) fn sign(&self, session: &Session, data: &[u8]) -> Result<Vec<u8>, TokenError> {
        let sign = self.sign.ok_or_else(|| TokenError::Module("C_Sign is missing".into()))?;
        // The standard's parameter is not const; a copy keeps a module that writes to it away from ours.
        let mut data = data.to_vec();
        let mut signature = vec![0; SIGNATURE_SIZE_BYTES];
        let too_long = |_| TokenError::Device("C_Sign: length out of range".into());
        let data_length = data.len().try_into().map_err(too_long)?;
        let mut length = signature.len().try_into().map_err(too_long)?;
        // SAFETY: both buffers live through the call and are as long as stated; the handle belongs to
        // a session that is open, because it is borrowed.
        let value = unsafe {
            sign(session.handle(), data.as_mut_ptr(), data_length, signature.as_mut_ptr(), &mut length)
        };
        Rv::from(value).into_result(Function::Sign).map_err(|error: Error| TokenError::from(error))?;
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        if length > signature.len() {
            return Err(TokenError::Device("C_Sign: stated more bytes than it had room for".into()));
        }
        signature.truncate(length);
        Ok(signature)
    }
}
