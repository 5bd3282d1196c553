//! Deeds at a token that are no visit: rehearsing, signing an act, a roster or a seal. Each has a thread of its own,
//! so that neither a person at a PIN pad nor a module that hangs keeps the owner from anybody else.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use school::digest::Sha256;
use school::limits::{ORDER_WAIT_MS, PIN_PAD_WAIT_MS};

use super::fault::Fault;
use super::owner::StepsFor;
use crate::clerk::ClerkFault;
use crate::process::token_host::TokenHost;
use crate::process::token_module::TokenModule;

/// Whose tokens are at it: one deed at a time for each certificate.
#[derive(Debug, Default, Clone)]
pub struct Deeds(Arc<Mutex<BTreeSet<Sha256>>>);

/// A deed under way. Dropped, the next one may begin.
struct Deed {
    deeds: Deeds,
    certificate: Sha256,
}

impl Deeds {
    fn lock(&self) -> MutexGuard<'_, BTreeSet<Sha256>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn begin(&self, certificate: Sha256) -> Result<Deed, Fault> {
        if self.lock().insert(certificate) {
            return Ok(Deed { deeds: self.clone(), certificate });
        }
        Err(Fault::of(StatusCode::CONFLICT, "signing.sits_already"))
    }

    /// Does `deed` at a token of `module` and waits for what comes of it. A browser that goes away stops nothing.
    ///
    /// Errors: `signing.sits_already`; `web.busy` when it takes longer than a person at a PIN pad may take, and is
    /// done all the same; those of the deed.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        mut steps: StepsFor,
        (module, certificate): (TokenModule, Sha256),
        deed: impl FnOnce(&mut StepsFor, &mut TokenHost) -> Result<T, ClerkFault> + Send + 'static,
    ) -> Result<T, Fault> {
        let under_way = self.begin(certificate)?;
        let done = tokio::task::spawn_blocking(move || {
            let done =
                module.start().map_err(ClerkFault::from).and_then(|mut host| deed(&mut steps, &mut host));
            drop(under_way);
            done
        });
        let wait = Duration::from_millis(PIN_PAD_WAIT_MS + ORDER_WAIT_MS);
        let done = tokio::time::timeout(wait, done).await.map_err(|_| Fault::busy())?;
        Ok(done.map_err(|_| Fault::busy())??)
    }
}

impl Drop for Deed {
    fn drop(&mut self) {
        self.deeds.lock().remove(&self.certificate);
    }
}
