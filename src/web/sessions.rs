//! Sessions, in memory: a restart ends them all, but for those of browsers that stay signed in until their day. A
//! browser holds a key of 256 random bits; here is its digest. Each session has one role.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use openssl::rand::rand_bytes;
use school::digest::Sha256;
use school::identifier::PersonId;
use school::limits::{SESSION_IDLE_S, SESSION_LONGEST_S, SESSIONS};
use school::moment::Moment;

use crate::accounts::Role;
use crate::clerk::Actor;
use crate::clock;

/// How somebody signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Account and password.
    Password,
    /// A token answered a challenge.
    Token,
    /// A printed one-time slip.
    Slip,
}

impl Way {
    /// Every way.
    const ALL: [Self; 3] = [Self::Password, Self::Token, Self::Slip];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Token => "token",
            Self::Slip => "slip",
        }
    }

    /// The way with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Whoever it was signed out.
    SignedOut,
    /// Nobody used it, or its day came.
    Lapsed,
    /// An administrator ended it, or changed the account.
    Revoked,
    /// The same browser, or the same person with another slip, signed in anew.
    Replaced,
}

impl Ending {
    /// Every ending.
    const ALL: [Self; 4] = [Self::SignedOut, Self::Lapsed, Self::Revoked, Self::Replaced];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignedOut => "signed-out",
            Self::Lapsed => "lapsed",
            Self::Revoked => "revoked",
            Self::Replaced => "replaced",
        }
    }

    /// The ending with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// A session that is over.
#[derive(Debug, Clone)]
pub struct Ended {
    /// Which.
    pub session: Session,
    /// How.
    pub how: Ending,
    /// When.
    pub at: Moment,
}

/// A session.
#[derive(Debug, Clone)]
pub struct Session {
    /// Its number in the list of sessions.
    pub number: u64,
    /// The account; none for somebody who came with token or slip.
    pub account: Option<String>,
    /// Who it is in the roster.
    pub person: Option<PersonId>,
    /// In which role.
    pub role: Role,
    /// How.
    pub way: Way,
    /// Since when.
    pub begun: Moment,
    /// From where.
    pub address: IpAddr,
    /// The browser stays signed in until then; any other session ends by itself when nobody uses it.
    pub until: Option<Moment>,
    started: Instant,
    seen: Instant,
}

/// The time that sessions go by: a clock that nobody can set for idleness, the calendar for a day that was printed.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    tick: Instant,
    at: Moment,
}

impl Now {
    fn read() -> Self {
        Self { tick: Instant::now(), at: clock::now() }
    }
}

impl Session {
    /// Who it is, for records: the account, else the person.
    pub fn who(&self) -> String {
        let person = || self.person.as_ref().map(ToString::to_string);
        self.account.clone().or_else(person).unwrap_or_default()
    }

    /// As whom it orders something.
    pub fn actor(&self) -> Actor {
        Actor::new(self.who(), self.role.code(), self.person.clone())
    }

    fn is_over(&self, now: Now) -> bool {
        match self.until {
            Some(until) => now.at >= until,
            None => now.tick > self.lapses(),
        }
    }

    /// When a session that nobody keeps ends by itself.
    fn lapses(&self) -> Instant {
        let idle = self.seen + Duration::from_secs(SESSION_IDLE_S);
        idle.min(self.started + Duration::from_secs(SESSION_LONGEST_S))
    }

    /// When it ended by itself, by the calendar.
    fn lapsed_at(&self, now: Now) -> Moment {
        let ago = now.tick.saturating_duration_since(self.lapses()).as_secs();
        self.until.unwrap_or_else(|| now.at.plus_seconds(-i64::try_from(ago).unwrap_or_default()))
    }
}

/// Who signs in.
pub struct Entering {
    /// The account.
    pub account: Option<String>,
    /// The person.
    pub person: Option<PersonId>,
    /// In which role.
    pub role: Role,
    /// How.
    pub way: Way,
    /// From where.
    pub address: IpAddr,
    /// Until when the browser stays signed in, where it does.
    pub until: Option<Moment>,
}

/// All sessions by the digest of their key.
#[derive(Debug, Default)]
pub struct Sessions(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    next: u64,
    all: HashMap<Sha256, Session>,
    /// Those that are over and were not told of yet.
    ended: Vec<Ended>,
}

impl Kept {
    /// Ends every session of these.
    fn end(&mut self, (how, now): (Ending, Now), is_meant: impl Fn(&Session) -> bool) {
        for (_, session) in self.all.extract_if(|_, one| is_meant(one)) {
            let at = if how == Ending::Lapsed { session.lapsed_at(now) } else { now.at };
            self.ended.push(Ended { session, how, at });
        }
    }
}

impl Sessions {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a session and returns its key, which is never used again for another one. Of a person one browser stays
    /// signed in: another one takes its place.
    pub fn begin(&self, entering: Entering) -> Option<String> {
        let key = random_key()?;
        self.admit(digest(&key), entering, clock::now(), Now::read())?;
        Some(key)
    }

    /// Takes up the session of a browser that stays signed in, after a restart; `key` is the digest.
    pub fn take_up(&self, key: Sha256, entering: Entering, begun: Moment) {
        self.admit(key, entering, begun, Now::read());
    }

    fn admit(&self, key: Sha256, entering: Entering, begun: Moment, now: Now) -> Option<()> {
        let Entering { account, person, role, way, address, until } = entering;
        let mut kept = self.lock();
        let is_replaced = |one: &Session| until.is_some() && one.until.is_some() && one.person == person;
        kept.end((Ending::Lapsed, now), |one| one.is_over(now));
        kept.end((Ending::Replaced, now), is_replaced);
        if kept.all.len() >= SESSIONS {
            let oldest = kept.all.values().min_by_key(|one| (one.until.is_some(), one.seen));
            let oldest = oldest.map(|one| one.number)?;
            kept.end((Ending::Lapsed, now), |one| one.number == oldest);
        }
        kept.next += 1;
        let (number, started, seen) = (kept.next, now.tick, now.tick);
        let session = Session { number, account, person, role, way, begun, address, until, started, seen };
        kept.all.insert(key, session);
        Some(())
    }

    /// The session of a key, which has just been used.
    pub fn used(&self, key: &str) -> Option<Session> {
        self.used_at(key, Now::read())
    }

    fn used_at(&self, key: &str, now: Now) -> Option<Session> {
        let mut kept = self.lock();
        kept.end((Ending::Lapsed, now), |one| one.is_over(now));
        let session = kept.all.get_mut(&digest(key))?;
        session.seen = now.tick;
        Some(session.clone())
    }

    /// Ends the session of a key: which one.
    pub fn end(&self, key: &str, how: Ending) -> Option<Session> {
        let mut kept = self.lock();
        let number = kept.all.get(&digest(key))?.number;
        kept.end((how, Now::read()), |one| one.number == number);
        kept.ended.last().map(|one| one.session.clone())
    }

    /// The sessions that have ended since the last time that somebody asked.
    pub fn take_ended(&self) -> Vec<Ended> {
        std::mem::take(&mut self.lock().ended)
    }

    /// A session of the list.
    pub fn get(&self, number: u64) -> Option<Session> {
        self.list().into_iter().find(|one| one.number == number)
    }

    /// Ends a session of the list.
    pub fn revoke(&self, number: u64) {
        self.lock().end((Ending::Revoked, Now::read()), |one| one.number == number);
    }

    /// Sessions of an account are somebody's from now on.
    pub fn set_person(&self, account: &str, person: Option<&PersonId>) {
        let mut kept = self.lock();
        let own = kept.all.values_mut().filter(|one| one.account.as_deref() == Some(account));
        own.for_each(|one| one.person = person.cloned());
    }

    /// Ends every session of an account.
    pub fn revoke_account(&self, account: &str) {
        self.lock().end((Ending::Revoked, Now::read()), |one| one.account.as_deref() == Some(account));
    }

    /// Ends the session of the browser in which a person stays signed in.
    pub fn revoke_kept(&self, person: &PersonId) {
        let is_kept = |one: &Session| one.until.is_some() && one.person.as_ref() == Some(person);
        self.lock().end((Ending::Revoked, Now::read()), is_kept);
    }

    /// Sessions at work, newest first.
    pub fn list(&self) -> Vec<Session> {
        let now = Now::read();
        let mut all: Vec<Session> =
            self.lock().all.values().filter(|one| !one.is_over(now)).cloned().collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.number));
        all
    }
}

/// What a key is known by.
pub fn digest(key: &str) -> Sha256 {
    Sha256::of(key.as_bytes())
}

/// 256 bits of chance in hexadecimal.
pub fn random_key() -> Option<String> {
    let mut bytes = [0; 32];
    rand_bytes(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entering(account: &str, until: Option<Moment>) -> Entering {
        let (account, address) = (Some(account.to_owned()), IpAddr::from([127, 0, 0, 1]));
        let person = "NV02".parse().ok();
        Entering { account, person, role: Role::Teacher, way: Way::Slip, address, until }
    }

    fn enter(sessions: &Sessions, account: &str) -> String {
        sessions.begin(entering(account, None)).expect("a key")
    }

    /// So many seconds from now on, by both clocks.
    fn later(seconds: u64) -> Now {
        let now = Now::read();
        let at = now.at.plus_seconds(i64::try_from(seconds).expect("some time"));
        Now { tick: now.tick + Duration::from_secs(seconds), at }
    }

    #[test]
    fn a_session_ends_after_the_stated_time_of_idleness_and_after_a_day_of_work() {
        let sessions = Sessions::default();
        let (used, idle) = (enter(&sessions, "an"), enter(&sessions, "binh"));
        assert!(sessions.used_at(&used, later(SESSION_IDLE_S - 5)).is_some(), "not a moment sooner");
        assert!(sessions.used_at(&idle, later(SESSION_IDLE_S + 5)).is_none(), "a moment more is");
        assert!(sessions.used_at(&idle, Now::read()).is_none(), "and it does not come back");
        for at in (SESSION_IDLE_S..SESSION_LONGEST_S).step_by(15 * 60) {
            assert!(sessions.used_at(&used, later(at)).is_some(), "who works on stays: {at} s");
        }
        assert!(
            sessions.used_at(&used, later(SESSION_LONGEST_S + 5)).is_none(),
            "not for more than half a day"
        );
    }

    #[test]
    fn the_browser_of_a_slip_stays_signed_in_until_its_day_however_idle_and_no_longer() {
        let sessions = Sessions::default();
        let days = |days: u64| days * 24 * 60 * 60;
        let until = later(days(30)).at;
        let key = sessions.begin(entering("an", Some(until))).expect("a key");
        assert!(sessions.used_at(&key, later(days(29))).is_some(), "nobody looked at it for a month");
        assert!(sessions.used_at(&key, later(days(30) + 5)).is_none(), "its day has come");
    }

    #[test]
    fn of_a_person_one_browser_stays_signed_in() {
        let sessions = Sessions::default();
        let until = Some(later(60 * 60).at);
        let with_password = enter(&sessions, "an");
        let lost = sessions.begin(entering("an", until)).expect("a key");
        let found = sessions.begin(entering("an", until)).expect("a key");
        assert!(sessions.used(&lost).is_none(), "a new slip signs the lost phone out");
        assert!(sessions.used(&found).is_some() && sessions.used(&with_password).is_some());
        sessions.revoke_kept(&"NV02".parse().expect("a person"));
        assert!(sessions.used(&found).is_none() && sessions.used(&with_password).is_some());
    }

    #[test]
    fn whatever_ends_a_session_is_told_once_with_when_and_how() {
        let sessions = Sessions::default();
        let until = Some(later(60 * 60).at);
        let out = enter(&sessions, "an");
        enter(&sessions, "binh");
        sessions.begin(entering("chi", until)).expect("a key");
        sessions.begin(entering("chi", until)).expect("a key");
        sessions.end(&out, Ending::SignedOut);
        sessions.revoke_account("binh");
        enter(&sessions, "dung");
        // Whoever asks next, for whatever, brings to light that nobody used it.
        sessions.used_at("0000", later(SESSION_IDLE_S + 600));
        let ended = sessions.take_ended();
        let told: Vec<_> = ended.iter().map(|one| (one.session.who(), one.how)).collect();
        let told: Vec<_> = told.iter().map(|(who, how)| (who.as_str(), *how)).collect();
        let expected = [
            ("chi", Ending::Replaced),
            ("an", Ending::SignedOut),
            ("binh", Ending::Revoked),
            ("dung", Ending::Lapsed),
        ];
        assert_eq!(told, expected);
        let lapsed = ended[3].at.unix() - later(SESSION_IDLE_S).at.unix();
        assert!(lapsed.abs() <= 2, "it ended when its time was over, not when that was seen: {lapsed}");
        assert!(sessions.take_ended().is_empty(), "once");
    }

    #[test]
    fn a_key_opens_its_session_until_it_ends() {
        let sessions = Sessions::default();
        let (first, second) = (enter(&sessions, "an"), enter(&sessions, "binh"));
        assert_ne!(first, second);
        assert_eq!(sessions.used(&first).map(|one| one.who()), Some("an".into()));
        assert!(sessions.used("0000").is_none(), "a key of somebody's own choice opens nothing");
        assert!(sessions.end(&first, Ending::SignedOut).is_some());
        assert!(sessions.used(&first).is_none() && sessions.used(&second).is_some());
        sessions.revoke_account("binh");
        assert!(sessions.list().is_empty());
    }
}
