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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::Accounts;
    use crate::clock;

    fn drawn(person: &str, drawer: Drawer) -> Drawn {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let accounts = Accounts::open(&folder.path().join("tai-khoan.sqlite")).expect("accounts");
        let (person, until) = (person.parse().expect("a person"), clock::now());
        let slip = accounts.draw_slip(&person, until).expect("a slip");
        Drawn { person, drawer, slip, until }
    }

    fn screen(name: &str) -> Drawer {
        Drawer::Screen(name.parse().expect("a screen"))
    }

    #[test]
    fn a_slip_is_shown_to_who_had_it_drawn_until_it_is_used_or_put_away() {
        let (slips, admin) = (Slips::default(), Drawer::Session(7));
        slips.show("a", drawn("NV01", admin.clone()));
        slips.show("b", drawn("NV02", admin.clone()));
        assert!(
            slips.shown("a", &admin).is_some() && slips.shown("a", &admin).is_some(),
            "as often as they look"
        );
        assert!(slips.shown("a", &Drawer::Session(8)).is_none() && slips.shown("a", &screen("MH")).is_none());
        slips.put_away("a", &Drawer::Session(8));
        assert!(slips.shown("a", &admin).is_some(), "nobody else puts it away");
        slips.used(&"NV01".parse().expect("a person"));
        assert!(slips.shown("a", &admin).is_none() && slips.shown("b", &admin).is_some());
        slips.put_away("b", &admin);
        assert!(slips.shown("b", &admin).is_none());
    }

    #[test]
    fn whoever_comes_to_a_screen_next_sees_no_slip_of_the_one_before() {
        let slips = Slips::default();
        slips.show("a", drawn("NV01", screen("MH-1")));
        slips.show("b", drawn("NV02", screen("MH-2")));
        assert_eq!(slips.mark_of(&"NV01".parse().expect("a person"), &screen("MH-1")).as_deref(), Some("a"));
        slips.left(&"MH-1".parse().expect("a screen"));
        assert!(slips.shown("a", &screen("MH-1")).is_none() && slips.shown("b", &screen("MH-2")).is_some());
    }

    #[test]
    fn after_ten_minutes_nothing_of_a_slip_is_left_in_memory() {
        let (slips, admin) = (Slips::default(), Drawer::Session(7));
        let ago = |time: Duration| Instant::now().checked_sub(time).expect("the machine is up for that long");
        let minute = Duration::from_secs(60);
        let mut all = slips.0.lock().expect("no panic");
        all.insert("young".into(), (ago(SHOWN - minute), drawn("NV01", admin.clone())));
        all.insert("old".into(), (ago(SHOWN), drawn("NV02", admin.clone())));
        drop(all);
        assert!(slips.shown("old", &admin).is_none() && slips.shown("young", &admin).is_some());
        assert_eq!(slips.0.lock().expect("no panic").len(), 1);
    }
}
