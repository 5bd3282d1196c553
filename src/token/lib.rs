//! PKCS#11 tokens (OASIS PKCS#11 2.40): the only package with unsafe code, and inside it the only
//! place where a PIN is used (invariant 5).
//!
//! The story of one human action: a [`LoadedModule`] is the vendor's library, loaded once per process,
//! and a [`Module`] the same after C_Initialize; [`Module::glance`] says what is plugged in.
//! [`Module::tokens`] lists what is plugged in, without any login. The signer is bound to a
//! certificate, so [`Module::open`] first finds the token by identity and the certificate by the
//! SHA-256 of its DER; only then the [`Pin`] is used, in exactly one C_Login. The [`OpenKey`] that
//! comes back signs; each signature is verified with the certificate's own key before anyone sees
//! it. The first error ends the session, because what a token does after an error is anybody's
//! guess. Dropping the key logs out.
//!
//! Nothing here tries again by itself. Every call may block as long as the vendor's library likes;
//! the deadline is kept by whoever runs the process around it.
#![deny(unsafe_code)]

mod error;
mod function_list;
mod key;
mod mechanism;
mod module;
mod pin;
mod session;
mod slot;

pub use error::TokenError;
pub use module::{LoadedModule, Module};
pub use pin::{Pin, PinSource};
pub use session::{Login, OpenKey};
