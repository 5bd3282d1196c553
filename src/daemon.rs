//! `niemphong serve`: watches the inbox, takes exports in and shows the pages, until it is told to stop.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::accounts::{AccountFault, Accounts};
use crate::clerk::{self, Authorities, ClerkFault, Office, TimestampLimit};
use crate::config::{Config, ConfigFault, OnUnchecked, Trust};
use crate::intake::{Inbox, InboxFault, Watch};
use crate::lifecycle::dossier::RevocationPolicy;
use crate::process::reader_host::ReaderHost;
use crate::process::token_watch::{Plugged, Sight, TokenWatch};
pub use crate::web::stop_on_signal;
use crate::web::{House, Pages, PagesFault, wind_down};

/// The daemon could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum DaemonFault {
    /// The configuration or its CA certificates.
    #[error(transparent)]
    Config(#[from] ConfigFault),
    /// A step of the clerk.
    #[error(transparent)]
    Clerk(#[from] ClerkFault),
    /// The accounts of the pages.
    #[error(transparent)]
    Accounts(#[from] AccountFault),
    /// The pages.
    #[error(transparent)]
    Pages(#[from] PagesFault),
    /// The inbox.
    #[error(transparent)]
    Inbox(#[from] InboxFault),
    /// A file to import cannot be copied into the inbox.
    #[error("{path:?} cannot be put into the inbox")]
    Import {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The runtime could not be started.
    #[error("the runtime could not be started")]
    Runtime(#[source] std::io::Error),
}

impl DaemonFault {
    /// The stable code.
    pub fn code(&self) -> &str {
        match self {
            Self::Config(fault) => fault.code(),
            Self::Clerk(fault) => fault.code(),
            Self::Accounts(fault) => fault.code(),
            Self::Pages(fault) => fault.code(),
            Self::Inbox(_) => "inbox.unusable",
            Self::Import { .. } => "inbox.import",
            Self::Runtime(_) => "daemon.runtime",
        }
    }
}

/// The CA certificates in force. Test and demo certificates are refused.
pub fn trust(config: &Config) -> Result<Trust, ConfigFault> {
    let mut trust = Trust::shipped()?;
    for folder in &config.trust {
        trust.add_confirmed_folder(folder)?;
    }
    Ok(trust)
}

/// What becomes of a signature when revocation cannot be checked, as the school configured it.
pub const fn on_unchecked(config: &Config) -> RevocationPolicy {
    match config.revocation_unchecked {
        OnUnchecked::Refuse => RevocationPolicy::Refuse,
        OnUnchecked::Ask => RevocationPolicy::Ask,
        OnUnchecked::Allow => RevocationPolicy::Allow,
    }
}

/// Runs until SIGTERM or SIGINT. The step that is under way is finished first, and so is a disc.
pub fn serve(config: &Config) -> Result<(), DaemonFault> {
    let Trust { anchors, intermediates, crls, .. } = trust(config)?;
    // Before anything is opened: a signal that comes while the daemon starts ends it in the same way.
    let (_runtime, stop) = stop_on_signal().map_err(DaemonFault::Runtime)?;
    let authorities =
        Authorities { anchors, intermediates, crls, timestamp_url: config.timestamp_url.clone() };
    let mut office =
        Office::open(&config.data, ReaderHost::start().with_layouts(config.own_layouts()?), authorities)?;
    let mut inbox = Inbox::open(&config.inbox, config.settle)?;
    let (count, window_s) = config.timestamp_limit;
    office.limit_timestamps(TimestampLimit { count, window_s: window_s.into() });
    office.decide_on_unchecked(on_unchecked(config));
    clerk::record_anchors(&mut office)?;
    clerk::resume(&mut office)?;
    let watch = Watch::over(inbox.folder());
    let tokens = Arc::new(TokenWatch::over(config.modules()));
    let mut seen = tokens.sight();
    let accounts = Accounts::open(&config.data.join("tai-khoan.sqlite"))?;
    let (house, mut owner) =
        House::around(office, &config.data, accounts, Arc::clone(&tokens), config.pages_settings())?;
    let pages = Pages::open(Arc::clone(&house), config.listen)?;
    tracing::info!(inbox = ?inbox.folder(), pages = %pages.address(), "watching");
    let mut due = Instant::now();
    while !stop.load(Ordering::SeqCst) {
        // Who sits at a reader is not kept waiting for a file.
        if !owner.is_signing() && Instant::now() >= due {
            for (_, reception) in clerk::empty_inbox(owner.office(), &mut inbox)? {
                tracing::info!(?reception, "a file was put away");
            }
            // While a file settles, the next look is due when it may have settled.
            let next = if inbox.is_waiting() { config.settle.min(config.scan) } else { config.scan };
            due = Instant::now() + next;
        }
        owner.turn(ORDER_WAIT)?;
        if tokens.version() != seen.version {
            let now = tokens.sight();
            tell_plugs(&seen, &now);
            seen = now;
        }
        if watch.wait(Duration::ZERO) {
            due = Instant::now();
        }
    }
    wind_down(&house, &mut owner)?;
    drop(pages);
    tracing::info!("stopped");
    Ok(())
}

/// Plugs and pulls are lines of the log: the first thing a technician is asked about.
fn tell_plugs(before: &Sight, now: &Sight) {
    let absent = |sight: &Sight, one: &Plugged| {
        !sight.tokens.iter().any(|other| other.token.identity == one.token.identity)
    };
    for Plugged { token, .. } in now.tokens.iter().filter(|one| absent(before, one)) {
        tracing::info!(serial = token.identity.serial, reader = token.reader, "token plugged in");
    }
    for Plugged { token, .. } in before.tokens.iter().filter(|one| absent(now, one)) {
        tracing::info!(serial = token.identity.serial, reader = token.reader, "token taken out");
    }
}

/// How soon a signal or a file is seen while no page orders anything.
const ORDER_WAIT: Duration = Duration::from_millis(200);

/// Copies files into the inbox under a temporary name and renames them when they are complete.
pub fn import(config: &Config, files: &[PathBuf]) -> Result<(), DaemonFault> {
    Inbox::open(&config.inbox, config.settle)?;
    for path in files {
        let fault = |source| DaemonFault::Import { path: path.clone(), source };
        let name = path.file_name().ok_or_else(|| fault(std::io::ErrorKind::InvalidInput.into()))?;
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        let (temporary, target) = (config.inbox.join(hidden), config.inbox.join(name));
        // Linked, not renamed: never over a file that waits there under the same name.
        let copied = fs::copy(path, &temporary).and_then(|_| fs::hard_link(&temporary, &target));
        // Hidden, so never taken, but on a full disk it would keep what room is left.
        let removed = fs::remove_file(&temporary);
        copied.and(removed).map_err(fault)?;
    }
    Ok(())
}
