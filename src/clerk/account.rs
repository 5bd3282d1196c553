//! Records what is done with accounts, before it is done. Names of accounts may be names of staff, so they lie in a
//! record beside the register.

use school::digest::Sha256;
use school::identifier::PersonId;
use school::records::canonical;
use serde::{Deserialize, Serialize};

use crate::clerk::{ClerkFault, Office, ReadingRoom, names};
use crate::lifecycle::accounts::AccountChange;
use crate::lifecycle::event::Event;

/// The `format` of the record.
const FORMAT: &str = "niemphong-account/1";

/// Whose account it is about, and who acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountWords {
    format: String,
    /// The account or the screen; the person of a slip.
    pub account: String,
    /// The account that acted, or who signed in; the program itself where nobody did yet.
    pub actor: String,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountDeed {
    /// What.
    pub change: AccountChange,
    /// The account or the screen; the person of a slip.
    pub account: String,
    /// Whose it is in the roster.
    pub person: Option<PersonId>,
    /// The roles that it has from now on, as stable codes.
    pub roles: Vec<String>,
}

/// Records it; `actor` is the account that acts, `by` who that is in the roster.
pub fn record_account(
    office: &mut Office,
    deed: AccountDeed,
    (actor, by): (&str, Option<PersonId>),
) -> Result<(), ClerkFault> {
    let AccountDeed { change, account, person, roles } = deed;
    let words = AccountWords { format: FORMAT.into(), account, actor: actor.to_owned() };
    let bytes = canonical::to_bytes(&words).map_err(|_| ClerkFault::Form { what: "account" })?;
    let record = Sha256::of(&bytes);
    office.publish(&names::record(&record), &bytes)?;
    office.record(Event::AccountChanged { change, person, roles, by, record }).map(drop)
}

/// The record of an entry.
///
/// Errors: it is not there, or not what its name says.
pub fn account_words(room: &ReadingRoom, record: &Sha256) -> Result<AccountWords, ClerkFault> {
    let read = serde_json::from_slice(&room.record(record)?);
    read.map_err(|_| ClerkFault::Form { what: "account" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clerk::Authorities;
    use crate::process::reader_host::ReaderHost;

    #[test]
    fn an_entry_names_no_account_and_its_record_does() {
        let folder = tempfile::tempdir().expect("a scratch folder");
        let nobody = Authorities {
            anchors: Vec::new(),
            intermediates: Vec::new(),
            crls: Vec::new(),
            timestamp_url: None,
        };
        let mut office = Office::open(folder.path(), ReaderHost::start(), nobody).expect("an office");
        let room = office.reading_room(folder.path()).expect("a room");
        let deed = AccountDeed {
            change: AccountChange::Made,
            account: "tran.thi.b".into(),
            person: "NV02".parse().ok(),
            roles: vec!["van-phong".into()],
        };
        record_account(&mut office, deed, ("quan-tri", "NV05".parse().ok())).expect("recorded");
        let entry = room.look(|ledger| ledger.accounts.latest().next().cloned()).expect("an entry");
        let words = account_words(&room, &entry.record).expect("its words");
        assert_eq!((words.account.as_str(), words.actor.as_str()), ("tran.thi.b", "quan-tri"));
        assert_eq!(entry.by.as_ref().map(PersonId::as_str), Some("NV05"));
        let lines = String::from_utf8(office.register_lines(1).expect("a line")).expect("text");
        assert!(!lines.contains("tran.thi.b") && lines.contains("account.changed"), "{lines}");
        assert!(
            room.look(|ledger| ledger.records.contains_key(&entry.record)),
            "it travels with the register"
        );
    }
}
