//! Sessions, in memory only: a restart ends them all. A browser holds a key of 256 random bits; here is its
//! digest. Each session has one role.

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
    started: Instant,
    seen: Instant,
}

impl Session {
    /// Who it is, for records: the account, else the person.
    pub fn who(&self) -> String {
        let person = || self.person.as_ref().map(ToString::to_string);
        self.account.clone().or_else(person).unwrap_or_default()
    }

    fn is_over(&self) -> bool {
        self.seen.elapsed() > Duration::from_secs(SESSION_IDLE_S)
            || self.started.elapsed() > Duration::from_secs(SESSION_LONGEST_S)
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
}

/// All sessions by the digest of their key.
#[derive(Debug, Default)]
pub struct Sessions(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    next: u64,
    all: HashMap<Sha256, Session>,
}

impl Sessions {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins a session and returns its key, which is never used again for another one.
    pub fn begin(&self, entering: Entering) -> Option<String> {
        let key = random_key()?;
        let mut kept = self.lock();
        kept.all.retain(|_, one| !one.is_over());
        if kept.all.len() >= SESSIONS {
            let oldest = kept.all.iter().min_by_key(|(_, one)| one.seen).map(|(key, _)| *key)?;
            kept.all.remove(&oldest);
        }
        kept.next += 1;
        let Entering { account, person, role, way, address } = entering;
        let now = Instant::now();
        let begun = clock::now();
        let session = Session {
            number: kept.next,
            account,
            person,
            role,
            way,
            begun,
            address,
            started: now,
            seen: now,
        };
        kept.all.insert(Sha256::of(key.as_bytes()), session);
        Some(key)
    }

    /// The session of a key, which has just been used.
    pub fn used(&self, key: &str) -> Option<Session> {
        let digest = Sha256::of(key.as_bytes());
        let mut kept = self.lock();
        let session = kept.all.get_mut(&digest)?;
        if session.is_over() {
            kept.all.remove(&digest);
            return None;
        }
        session.seen = Instant::now();
        Some(session.clone())
    }

    /// Ends the session of a key.
    pub fn end(&self, key: &str) {
        self.lock().all.remove(&Sha256::of(key.as_bytes()));
    }

    /// Ends a session of the list.
    pub fn revoke(&self, number: u64) {
        self.lock().all.retain(|_, one| one.number != number);
    }

    /// Sessions of an account are somebody's from now on.
    pub fn set_person(&self, account: &str, person: Option<&PersonId>) {
        let mut kept = self.lock();
        let own = kept.all.values_mut().filter(|one| one.account.as_deref() == Some(account));
        own.for_each(|one| one.person = person.cloned());
    }

    /// Ends every session of an account.
    pub fn revoke_account(&self, account: &str) {
        self.lock().all.retain(|_, one| one.account.as_deref() != Some(account));
    }

    /// Sessions at work, newest first.
    pub fn list(&self) -> Vec<Session> {
        let mut all: Vec<Session> = self.lock().all.values().filter(|one| !one.is_over()).cloned().collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.number));
        all
    }
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

    fn enter(sessions: &Sessions, account: &str) -> String {
        let (account, address) = (Some(account.to_owned()), IpAddr::from([127, 0, 0, 1]));
        let entering = Entering { account, person: None, role: Role::Office, way: Way::Password, address };
        sessions.begin(entering).expect("a key")
    }

    #[test]
    fn a_key_opens_its_session_until_it_ends() {
        let sessions = Sessions::default();
        let (first, second) = (enter(&sessions, "an"), enter(&sessions, "binh"));
        assert_ne!(first, second);
        assert_eq!(sessions.used(&first).map(|one| one.who()), Some("an".into()));
        assert!(sessions.used("0000").is_none(), "a key of somebody's own choice opens nothing");
        sessions.end(&first);
        assert!(sessions.used(&first).is_none() && sessions.used(&second).is_some());
        sessions.revoke_account("binh");
        assert!(sessions.list().is_empty());
    }
}
