//! What is noted of signing in and out, beside who looked at what: by whom, in which way, from which computer.

use std::net::IpAddr;

use school::identifier::PersonId;

use super::attempts::Wait;
use super::house::House;
use super::sessions::{Ended, Ending, Entering, Way};
use crate::accounts::{Access, AccountFault};
use crate::clock;

/// Who tried to come in.
pub struct Tried {
    /// The account, where there is one of the name that was typed: what is typed there may be a password.
    pub account: Option<String>,
    /// Who that is.
    pub person: Option<PersonId>,
    /// How.
    pub way: Way,
    /// From where.
    pub address: IpAddr,
}

impl House {
    /// Notes that somebody comes in.
    pub(super) fn note_sign_in(&self, entering: &Entering) -> Result<(), AccountFault> {
        let Entering { account, person, role, way, address, .. } = entering;
        let who = account.clone().or_else(|| person.as_ref().map(ToString::to_string));
        self.accounts.note_access(&Access {
            at: clock::now(),
            who: who.unwrap_or_default(),
            person: person.clone(),
            role: Some(*role),
            what: "sign-in".into(),
            of: way.code().into(),
            address: address.to_string(),
            times: 1,
        })
    }

    /// Notes that somebody did not come in. Of those who have to wait the first one of each wait is noted.
    pub(super) fn note_failed_sign_in(&self, tried: Tried, wait: Wait) -> Result<(), AccountFault> {
        let what = match wait {
            Wait::No => "sign-in-failed",
            Wait::First => "sign-in-waits",
            Wait::Again => return Ok(()),
        };
        let Tried { account, person, way, address } = tried;
        let who = account.or_else(|| person.as_ref().map(ToString::to_string));
        self.accounts.note_failed_sign_in(&Access {
            at: clock::now(),
            who: who.unwrap_or_default(),
            person,
            role: None,
            what: what.into(),
            of: way.code().into(),
            address: address.to_string(),
            times: 1,
        })
    }

    /// Notes the sessions that have ended since the last time.
    pub(super) fn note_ended_sessions(&self) -> Result<(), AccountFault> {
        for Ended { session, how, at } in self.sessions.take_ended() {
            let (what, of) = match how {
                Ending::SignedOut => ("sign-out", session.way.code()),
                _ => ("session-ended", how.code()),
            };
            self.accounts.note_access(&Access {
                at,
                who: session.who(),
                person: session.person.clone(),
                role: Some(session.role),
                what: what.into(),
                of: of.into(),
                address: session.address.to_string(),
                times: 1,
            })?;
        }
        Ok(())
    }
}
