//! Forms that were refused, with what was typed in them, in memory alone: the page of the form shows them again to whoever
//! sent them, as often as it is loaded, and sends nothing by that. No password, no PIN and no code of a slip is among
//! them. A key that is not known any more, after a restart or a while, shows the form as it is.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::fault::Fault;
use super::sessions::random_key;
use super::visitor::Visitor;

/// For so long they are shown.
const SHOWN: Duration = Duration::from_secs(60 * 60);

/// Who sent it: nobody else is shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Sender {
    /// The session of this number.
    Session(u64),
    /// Whoever has not signed in, at this computer.
    Computer(IpAddr),
}

impl Sender {
    fn of(visitor: &Visitor) -> Self {
        match &visitor.session {
            Some(session) => Self::Session(session.number),
            None => Self::Computer(visitor.address),
        }
    }
}

#[derive(Debug)]
struct Sent<T> {
    key: String,
    sender: Sender,
    since: Instant,
    typed: T,
}

/// The latest ones of a form.
#[derive(Debug)]
pub struct Kept<T> {
    most: usize,
    latest: Mutex<VecDeque<Sent<T>>>,
}

impl<T: Clone> Kept<T> {
    /// Keeps so many.
    pub const fn at_most(most: usize) -> Self {
        Self { most, latest: Mutex::new(VecDeque::new()) }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<Sent<T>>> {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        latest.retain(|one| one.since.elapsed() < SHOWN);
        latest
    }

    /// Keeps what this visitor typed: the key by which the page of the form shows it again.
    ///
    /// Errors: there is no chance to draw a key from.
    pub fn keep(&self, visitor: &Visitor, typed: T) -> Result<String, Fault> {
        let key = random_key().ok_or_else(Fault::busy)?;
        let mut latest = self.lock();
        while latest.len() >= self.most {
            latest.pop_front();
        }
        let sender = Sender::of(visitor);
        latest.push_back(Sent { key: key.clone(), sender, since: Instant::now(), typed });
        Ok(key)
    }

    /// What is shown again to whoever typed it.
    pub fn shown(&self, visitor: &Visitor, key: &str) -> Option<T> {
        let sender = Sender::of(visitor);
        let latest = self.lock();
        let found = latest.iter().find(|one| one.key == key && one.sender == sender);
        found.map(|one| one.typed.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(last: u8) -> Visitor {
        Visitor::at_computer([192, 168, 1, last].into())
    }

    #[test]
    fn what_was_typed_is_shown_again_to_whoever_sent_it_and_to_nobody_else() {
        let kept = Kept::at_most(2);
        let key = kept.keep(&at(1), "van-phong").expect("a key");
        assert_eq!(
            [1, 1, 2].map(|last| kept.shown(&at(last), &key)),
            [Some("van-phong"), Some("van-phong"), None]
        );
        assert_eq!(kept.shown(&at(1), "another key"), None);
    }

    #[test]
    fn the_latest_push_the_oldest_out_and_after_an_hour_nothing_is_left() {
        let kept = Kept::at_most(2);
        let keys = ["a", "b", "c"].map(|typed| kept.keep(&at(1), typed).expect("a key"));
        assert_eq!(keys.clone().map(|key| kept.shown(&at(1), &key)), [None, Some("b"), Some("c")]);
        let long_ago = Instant::now().checked_sub(SHOWN).expect("the machine is up for that long");
        kept.latest.lock().expect("no panic").front_mut().expect("b").since = long_ago;
        assert_eq!(keys.map(|key| kept.shown(&at(1), &key)), [None, None, Some("c")]);
        assert_eq!(kept.latest.lock().expect("no panic").len(), 1);
    }
}
