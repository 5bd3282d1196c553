//! Slips that were earned: whoever has just rehearsed at a screen, with the token that is theirs, may have one there.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use school::identifier::{PersonId, ScreenId};

/// For so long they are thought to stand there still.
const STANDS: Duration = Duration::from_secs(5 * 60);

/// By screen whoever rehearsed there last: the one before stands there no longer.
#[derive(Debug, Default)]
pub struct Offers(Mutex<HashMap<ScreenId, (PersonId, Instant)>>);

impl Offers {
    fn lock(&self) -> MutexGuard<'_, HashMap<ScreenId, (PersonId, Instant)>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (_, made)| made.elapsed() < STANDS);
        all
    }

    /// Somebody rehearsed here.
    pub fn make(&self, screen: &ScreenId, person: &PersonId) {
        self.lock().insert(screen.clone(), (person.clone(), Instant::now()));
    }

    /// Whether they may have a slip here.
    pub fn stands(&self, screen: &ScreenId, person: &PersonId) -> bool {
        self.lock().get(screen).is_some_and(|(earned, _)| earned == person)
    }

    /// Takes it up: once.
    pub fn take(&self, screen: &ScreenId, person: &PersonId) -> bool {
        let stands = self.stands(screen, person);
        if stands {
            self.left(screen);
        }
        stands
    }

    /// Somebody else stands at this screen now.
    pub fn left(&self, screen: &ScreenId) {
        self.lock().remove(screen);
    }
}
