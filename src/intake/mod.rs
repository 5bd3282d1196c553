//! The inbox: a folder into which office staff drop exports. A watcher gives hints, the scan is the
//! truth (a queue that overflows and a folder that was renamed lose events in silence).

mod inbox;
mod watch;

pub use inbox::{Inbox, InboxFault};
pub use watch::Watch;
