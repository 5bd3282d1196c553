//! Slips that were earned: whoever has just rehearsed at a screen, with the token that is theirs, may have one there.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use school::identifier::{PersonId, ScreenId};

/// For so long they are thought to stand there still.
const STANDS: Duration = Duration::from_secs(5 * 60);

/// By screen, because somebody else may stand at another one.
#[derive(Debug, Default)]
pub struct Offers(Mutex<HashMap<(ScreenId, PersonId), Instant>>);

impl Offers {
    /// Somebody rehearsed here.
    pub fn make(&self, screen: &ScreenId, person: &PersonId) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, made| made.elapsed() < STANDS);
        all.insert((screen.clone(), person.clone()), Instant::now());
    }

    /// Whether they may have a slip here.
    pub fn stands(&self, screen: &ScreenId, person: &PersonId) -> bool {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&(screen.clone(), person.clone())).is_some_and(|made| made.elapsed() < STANDS)
    }

    /// Takes it up: once.
    pub fn take(&self, screen: &ScreenId, person: &PersonId) -> bool {
        let stands = self.stands(screen, person);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(&(screen.clone(), person.clone()));
        stands
    }
}
