//! A PKCS#11 module that wraps a real one and misbehaves as it is told: pulled tokens, PIN counters,
//! slow, hanging or dying calls, any return value at any call. Real tokens cannot be made to do this on
//! order, and SoftHSM never does it by itself.
//!
//! Two faces of one package: as a shared object it is the module (`module`, `calls`); as a library it
//! is what a test gives orders with ([`Faults`], [`Fault`]). Both meet in a folder, so that orders may
//! change while a worker runs and counts outlive a worker that dies.

mod calls;
mod faults;
mod module;
mod orders;

pub use cryptoki_sys as sys;
pub use faults::{FOLDER_VARIABLE, Faults, MODULE_VARIABLE};
pub use orders::{Fault, When};
