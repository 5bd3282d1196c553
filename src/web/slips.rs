//! Slips that were drawn a moment ago, in memory alone: whoever had one drawn sees it again when the page is loaded
//! anew, until it is used, put away or ten minutes old. What is stored of a slip is its digest.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use school::identifier::{PersonId, ScreenId};
use school::moment::Moment;

use crate::accounts::Slip;

/// For so long it is shown.
const SHOWN: Duration = Duration::from_secs(10 * 60);

/// Who had it drawn: nobody else is shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drawer {
    /// The session of this number.
    Session(u64),
    /// Whoever stands at this screen.
    Screen(ScreenId),
}

/// A slip that is shown.
pub struct Drawn {
    /// Whose it is.
    pub person: PersonId,
    /// Who had it drawn.
    pub drawer: Drawer,
    /// What is printed.
    pub slip: Slip,
    /// Until when it can be used.
    pub until: Moment,
}

/// By the mark that stands in the address of its page.
#[derive(Default)]
pub struct Slips(Mutex<HashMap<String, (Instant, Drawn)>>);

impl Slips {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, (Instant, Drawn)>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (since, _)| since.elapsed() < SHOWN);
        all
    }

    /// Shows it from now on.
    pub fn show(&self, mark: &str, drawn: Drawn) {
        self.lock().insert(mark.to_owned(), (Instant::now(), drawn));
    }

    /// What is shown to whoever had it drawn: the printed slip, and until when it can be used.
    pub fn shown(&self, mark: &str, drawer: &Drawer) -> Option<(Slip, Moment)> {
        let all = self.lock();
        let (_, drawn) = all.get(mark).filter(|(_, one)| one.drawer == *drawer)?;
        Some((drawn.slip.clone(), drawn.until))
    }

    /// The mark of the slip that somebody had drawn for this person.
    pub fn mark_of(&self, person: &PersonId, drawer: &Drawer) -> Option<String> {
        let all = self.lock();
        let found = all.iter().find(|(_, (_, one))| one.person == *person && one.drawer == *drawer);
        found.map(|(mark, _)| mark.clone())
    }

    /// It is put away, by whoever had it drawn.
    pub fn put_away(&self, mark: &str, drawer: &Drawer) {
        self.lock().retain(|known, (_, one)| known != mark || one.drawer != *drawer);
    }

    /// Somebody used a slip of this person.
    pub fn used(&self, person: &PersonId) {
        self.lock().retain(|_, (_, one)| one.person != *person);
    }

    /// Somebody else stands at this screen now.
    pub fn left(&self, screen: &ScreenId) {
        self.lock().retain(|_, (_, one)| one.drawer != Drawer::Screen(screen.clone()));
    }
}
