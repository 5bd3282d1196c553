//! Tài khoản: what was done with the accounts, slips and screens of the pages, and by whom. The accounts themselves
//! stand in a file of their own, because a hash of a password belongs into no archive.

use school::digest::Sha256;
use school::identifier::PersonId;
use school::moment::Moment;
use serde::{Deserialize, Serialize};

use super::event::{Entry, Event};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountChange {
    /// An account was made.
    Made,
    /// It has other roles, or is somebody else's.
    Changed,
    /// It has another password.
    PasswordSet,
    /// Nobody signs in with it any more.
    Closed,
    /// A one-time slip was drawn for a person.
    SlipDrawn,
    /// A person signed in with their slip, which opens nothing any more.
    SlipUsed,
    /// Somebody else's session was ended.
    SessionEnded,
    /// A browser is a screen at which people sign.
    ScreenMade,
}

/// A change, as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountEntry {
    /// When.
    pub at: Moment,
    /// What.
    pub change: AccountChange,
    /// Whose account or slip it is in the roster.
    pub person: Option<PersonId>,
    /// The roles that the account has from now on, as stable codes.
    pub roles: Vec<String>,
    /// Who did it, where they are somebody of the roster.
    pub by: Option<PersonId>,
    /// Digest of the record that names account and actor.
    pub record: Sha256,
}

/// All changes, oldest first.
#[derive(Debug, Default)]
pub struct AccountBook(Vec<AccountEntry>);

impl AccountBook {
    /// The latest ones first.
    pub fn latest(&self) -> impl Iterator<Item = &AccountEntry> {
        self.0.iter().rev()
    }

    pub(super) fn apply(&mut self, entry: &Entry) {
        if let Event::AccountChanged { change, person, roles, by, record } = &entry.event {
            self.0.push(AccountEntry {
                at: entry.time,
                change: *change,
                person: person.clone(),
                roles: roles.clone(),
                by: by.clone(),
                record: *record,
            });
        }
    }
}
