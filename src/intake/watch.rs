//! Hints that something changed in the inbox, so that the next scan comes sooner.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// A running watcher. Losing it costs time, never a file: the scan goes on by the clock.
pub struct Watch {
    hints: Receiver<()>,
    _watcher: Option<RecommendedWatcher>,
}

impl Watch {
    /// Watches `folder`. Where the system gives no watcher, only the clock is left.
    pub fn over(folder: &Path) -> Self {
        // One place: hints are all alike, a second one says nothing new.
        let (sender, hints) = sync_channel(1);
        let watcher = notify::recommended_watcher(move |event| {
            if is_hint(&event) {
                let _ = sender.try_send(());
            }
        });
        let watcher = watcher.and_then(|mut watcher| {
            watcher.watch(folder, RecursiveMode::NonRecursive)?;
            Ok(watcher)
        });
        if let Err(error) = &watcher {
            tracing::warn!(%error, "no watcher for the inbox, scanning by the clock only");
        }
        Self { hints, _watcher: watcher.ok() }
    }

    /// Waits for a hint, at most `longest`. True when one came.
    pub fn wait(&self, longest: Duration) -> bool {
        match self.hints.recv_timeout(longest) {
            Ok(()) => true,
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(longest);
                false
            }
        }
    }
}

/// Opening and reading are no hints: the scan itself does both, and would call itself for ever. An error
/// is one, because events may have been lost.
fn is_hint(event: &notify::Result<Event>) -> bool {
    match event.as_ref().map(|event| event.kind) {
        Ok(EventKind::Access(access)) => access == AccessKind::Close(AccessMode::Write),
        Ok(_) | Err(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    #[test]
    fn a_new_file_shortens_the_wait() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let watch = Watch::over(folder.path());
        std::fs::write(folder.path().join("6A1.json"), b"{}").expect("write");
        let start = Instant::now();
        assert!(watch.wait(Duration::from_secs(30)), "the hint came");
        assert!(start.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn looking_into_the_inbox_is_no_hint_to_look_again() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        std::fs::write(folder.path().join("6A1.json"), b"{}").expect("write");
        let watch = Watch::over(folder.path());
        assert_eq!(std::fs::read_dir(folder.path()).expect("list").count(), 1);
        std::fs::read(folder.path().join("6A1.json")).expect("read");
        assert!(!watch.wait(Duration::from_millis(300)), "a scan called itself");
    }
}
