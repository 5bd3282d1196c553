//! Browsers that stay signed in after a one-time slip: one of each person, until its day. They outlive a restart, so
//! they are kept here, by the digest of what the browser holds.

use rusqlite::params;
use school::identifier::PersonId;
use school::moment::Moment;

use super::{AccountFault, Accounts};

/// A browser that stays signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSession {
    /// Who it is.
    pub person: PersonId,
    /// Digest of the key that its cookie holds.
    pub key: String,
    /// Since when.
    pub begun: Moment,
    /// Until when.
    pub until: Moment,
    /// From where it came.
    pub address: String,
}

impl Accounts {
    /// Keeps a browser signed in, in the place of the one that the person had before.
    pub fn keep_session(&self, kept: &KeptSession) -> Result<(), AccountFault> {
        let KeptSession { person, key, begun, until, address } = kept;
        self.lock().execute(
            "INSERT INTO kept_session (person, key, begun, until, address) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (person) DO UPDATE SET key = ?2, begun = ?3, until = ?4, address = ?5",
            params![person.as_str(), key, begun.unix(), until.unix(), address],
        )?;
        Ok(())
    }

    /// The browsers that are still signed in.
    pub fn kept_sessions(&self, now: Moment) -> Result<Vec<KeptSession>, AccountFault> {
        let connection = self.lock();
        let mut rows = connection
            .prepare("SELECT person, key, begun, until, address FROM kept_session WHERE until > ?1")?;
        let kept = rows.query_map([now.unix()], |row| {
            let person: String = row.get(0)?;
            Ok((person, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
        let mut all = Vec::new();
        for row in kept {
            let (person, key, begun, until, address) = row?;
            if let Ok(person) = person.parse() {
                let (begun, until) = (Moment::from_unix(begun), Moment::from_unix(until));
                all.push(KeptSession { person, key, begun, until, address });
            }
        }
        Ok(all)
    }

    /// Keeps the browser of a person no longer.
    pub fn forget_session(&self, person: &PersonId) -> Result<(), AccountFault> {
        self.lock().execute("UPDATE kept_session SET until = 0 WHERE person = ?1", [person.as_str()])?;
        Ok(())
    }
}
