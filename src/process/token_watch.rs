//! Who has plugged in: one worker per module looks every moment and never logs in, so that a plug is
//! known within two seconds also while another worker signs a long batch.
//!
//! It asks instead of waiting for an event: several modules have no C_WaitForSlotEvent, and nothing but
//! C_Finalize ends one that blocks. Certificates are read only when the tokens changed, because reading
//! them takes a card's time from whoever signs with it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use school::limits::{TOKEN_GLANCE_EVERY_MS, TOKEN_RETRY_WAIT_MS};
use school::records::token_frame::{TokenAt, TokenIdentity, TokenSeen};

use super::token_host::{TokenHost, TokenRefusal};
use super::token_module::TokenModule;

/// A token that is plugged in, and the module that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plugged {
    /// The token, with its reader and certificates.
    pub token: TokenSeen,
    /// Which of the watched modules, in their order.
    pub module: usize,
}

/// What is known at a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sight {
    /// Grows with every change.
    pub version: u64,
    /// Every token, once: two modules that show the same one are the same plug.
    pub tokens: Vec<Plugged>,
    /// Modules that cannot be looked at, and why.
    pub faults: Vec<(PathBuf, TokenRefusal)>,
}

#[derive(Default)]
struct Views {
    version: u64,
    stopped: bool,
    modules: Vec<Result<Vec<TokenSeen>, TokenRefusal>>,
}

#[derive(Default)]
struct Shared {
    views: Mutex<Views>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Views> {
        self.views.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what a module shows now.
    fn set(&self, module: usize, view: Result<Vec<TokenSeen>, TokenRefusal>) {
        let mut views = self.lock();
        if views.modules[module] != view {
            views.modules[module] = view;
            views.version += 1;
            self.changed.notify_all();
        }
    }

    /// Waits until `done`, at most so long.
    fn wait(&self, wait: Duration, done: impl Fn(&Views) -> bool) -> MutexGuard<'_, Views> {
        let until = Instant::now() + wait;
        let mut views = self.lock();
        while !done(&views) {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            (views, _) = self.changed.wait_timeout(views, left).unwrap_or_else(PoisonError::into_inner);
        }
        views
    }
}

/// Watches modules until it is dropped.
pub struct TokenWatch {
    modules: Vec<TokenModule>,
    shared: Arc<Shared>,
    watchers: Vec<JoinHandle<()>>,
}

impl TokenWatch {
    /// Begins to watch; the first sight may still be empty.
    pub fn over(modules: Vec<TokenModule>) -> Self {
        let shared = Arc::new(Shared::default());
        shared.lock().modules = modules.iter().map(|_| Ok(Vec::new())).collect();
        let watchers = modules.iter().cloned().enumerate().map(|(number, module)| {
            let shared = Arc::clone(&shared);
            std::thread::spawn(move || watch(number, &module, &shared))
        });
        let watchers = watchers.collect();
        Self { modules, shared, watchers }
    }

    /// How many modules are watched.
    pub fn modules(&self) -> usize {
        self.modules.len()
    }

    /// The version of what is known now.
    pub fn version(&self) -> u64 {
        self.shared.lock().version
    }

    /// What is known now.
    pub fn sight(&self) -> Sight {
        self.seen_in(&self.shared.lock())
    }

    /// Waits for another sight than the one of `version`, at most so long; then what is known.
    #[allow(dead_code, reason = "a screen waits with it for the next person; the tests do")]
    pub fn after(&self, version: u64, wait: Duration) -> Sight {
        self.seen_in(&self.shared.wait(wait, |views| views.version != version))
    }

    /// Waits for a token: the same serial, whichever reader and module it comes back in. Nothing when it
    /// did not come in time. What to do with it is a new decision of a person.
    #[allow(dead_code, reason = "a batch whose token was pulled waits with it; the tests do")]
    pub fn wait_for(&self, token: &TokenIdentity, wait: Duration) -> Option<Plugged> {
        let is_it = |seen: &TokenSeen| seen.identity == *token;
        let views = self.shared.wait(wait, |views| views.modules.iter().flatten().flatten().any(is_it));
        self.seen_in(&views).tokens.into_iter().find(|plugged| is_it(&plugged.token))
    }

    /// Whether a module, by whatever path, is among those that are watched.
    pub fn watches(&self, module: &Path) -> bool {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        self.modules.iter().any(|one| real(one.path()) == real(module))
    }

    /// The module that shows a token.
    pub fn module(&self, plugged: &Plugged) -> Option<&TokenModule> {
        self.modules.get(plugged.module)
    }

    fn seen_in(&self, views: &Views) -> Sight {
        let mut sight = Sight { version: views.version, ..Sight::default() };
        for (module, view) in views.modules.iter().enumerate() {
            match view {
                Ok(tokens) => {
                    for token in tokens {
                        if !sight.tokens.iter().any(|known| known.token.identity == token.identity) {
                            sight.tokens.push(Plugged { token: token.clone(), module });
                        }
                    }
                }
                Err(fault) => sight.faults.push((self.modules[module].path().to_owned(), fault.clone())),
            }
        }
        sight
    }
}

impl Drop for TokenWatch {
    fn drop(&mut self) {
        self.shared.lock().stopped = true;
        self.shared.changed.notify_all();
        for watcher in self.watchers.drain(..) {
            // A watcher that panicked has nothing more to end.
            let _ = watcher.join();
        }
    }
}

fn watch(number: usize, module: &TokenModule, shared: &Shared) {
    let every = Duration::from_millis(TOKEN_GLANCE_EVERY_MS);
    let mut host: Option<TokenHost> = None;
    let mut known: Vec<TokenAt> = Vec::new();
    let mut pause = every;
    while !shared.lock().stopped {
        match look(module, &mut host, &known) {
            Ok(None) => pause = every,
            Ok(Some(Changed { at, tokens })) => {
                known = at;
                shared.set(number, Ok(tokens));
                pause = every;
            }
            Err(fault) => {
                // A module that hangs or is not installed would otherwise be started every second.
                pause = (pause * 2).min(Duration::from_millis(TOKEN_RETRY_WAIT_MS));
                tracing::warn!(module = ?module.path(), %fault, "tokens cannot be seen");
                known.clear();
                host = None;
                shared.set(number, Err(fault));
            }
        }
        drop(shared.wait(pause, |views| views.stopped));
    }
}

/// Other tokens than before, at a glance and with their certificates.
struct Changed {
    at: Vec<TokenAt>,
    tokens: Vec<TokenSeen>,
}

/// What changed since `known`.
fn look(
    module: &TokenModule,
    host: &mut Option<TokenHost>,
    known: &[TokenAt],
) -> Result<Option<Changed>, TokenRefusal> {
    let first = host.is_none();
    let host = match host {
        Some(host) => host,
        None => host.insert(module.start_looking()?),
    };
    let at = host.glance()?;
    if at == known && !first {
        return Ok(None);
    }
    let tokens = host.list()?;
    Ok(Some(Changed { at, tokens }))
}
