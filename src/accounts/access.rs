//! What is noted of the people who use the pages: who looked at data of pupils, and who signed in and out. Personal data
//! of staff with an end: it stands beside the register and not in it.

use rusqlite::params;
use school::identifier::PersonId;
use school::limits::{ACCESSES_LOOKED_BACK, FAILED_SIGN_IN_LINES, FAILED_SIGN_INS_TOGETHER_S, ONE_LOOK_S};
use school::moment::Moment;

use super::{AccountFault, Accounts, Role};

/// Somebody looked at, downloaded or printed data of pupils, or signed in or out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// When.
    pub at: Moment,
    /// Who: account, or person who came with token or slip; nobody where that is not known.
    pub who: String,
    /// Who that was in the roster. Lines of before 30 November 2026 do not say.
    pub person: Option<PersonId>,
    /// In which role; none of somebody who did not come in.
    pub role: Option<Role>,
    /// What, as a stable code: `view`, `check`, `download`, `print`, `sign-in`, `sign-in-failed`, `sign-in-waits`,
    /// `sign-out`, `session-ended`.
    pub what: String,
    /// Of which dossier or export; by which way somebody came, or why a session ended.
    pub of: String,
    /// From which computer. Lines of before 30 November 2026 do not say.
    pub address: String,
    /// How many times: tries that failed are counted together.
    pub times: u32,
}

impl Accounts {
    /// Notes an access. A page and the document in its frame, which the browser asks for by itself, are one look: what
    /// somebody looks at again within a minute is noted once.
    pub fn note_access(&self, access: &Access) -> Result<(), AccountFault> {
        let Access { at, who, person, role, what, of, address, times } = access;
        self.lock().execute(
            "INSERT INTO access (at, who, role, what, of, person, address, times)
             SELECT ?1, ?2, ?3, ?4, ?5, ?8, ?9, ?10 WHERE ?4 <> 'view' OR NOT EXISTS (
                 SELECT 1 FROM access WHERE id > (SELECT max(id) FROM access) - ?6
                 AND who = ?2 AND role = ?3 AND what = ?4 AND of = ?5 AND at BETWEEN ?1 - ?7 AND ?1)",
            params![
                at.unix(),
                who,
                role.map_or("", Role::code),
                what,
                of,
                ACCESSES_LOOKED_BACK,
                ONE_LOOK_S,
                person.as_ref().map(PersonId::as_str),
                address,
                times
            ],
        )?;
        Ok(())
    }

    /// Notes a sign-in that came to nothing. Whoever tries all night fills no disk: what is the same but for its time is
    /// counted in one line for an hour, and of an hour there are so many lines and no more; what comes after them is
    /// counted in one that names nobody.
    pub fn note_failed_sign_in(&self, failed: &Access) -> Result<(), AccountFault> {
        if self.counted_again(failed)? {
            return Ok(());
        }
        let lines: i64 = self.lock().query_row(
            "SELECT count(*) FROM access WHERE id > (SELECT max(id) FROM access) - ?1
             AND what IN ('sign-in-failed', 'sign-in-waits') AND at > ?2",
            params![ACCESSES_LOOKED_BACK, failed.at.unix() - FAILED_SIGN_INS_TOGETHER_S],
            |row| row.get(0),
        )?;
        if lines < FAILED_SIGN_IN_LINES {
            return self.note_access(failed);
        }
        let (what, of) = ("sign-in-failed".into(), String::new());
        let (who, address) = (String::new(), String::new());
        let more = Access { who, person: None, role: None, what, of, address, ..failed.clone() };
        if self.counted_again(&more)? { Ok(()) } else { self.note_access(&more) }
    }

    /// Counts one more, where the like stands there already.
    fn counted_again(&self, failed: &Access) -> Result<bool, AccountFault> {
        let counted = self.lock().execute(
            "UPDATE access SET times = times + 1 WHERE id = (
                 SELECT id FROM access WHERE id > (SELECT max(id) FROM access) - ?1
                 AND who = ?2 AND what = ?3 AND of = ?4 AND address = ?5 AND at > ?6 ORDER BY id DESC LIMIT 1)",
            params![
                ACCESSES_LOOKED_BACK,
                failed.who,
                failed.what,
                failed.of,
                failed.address,
                failed.at.unix() - FAILED_SIGN_INS_TOGETHER_S
            ],
        )?;
        Ok(counted == 1)
    }

    /// The latest accesses, newest first.
    pub fn accesses(&self, most: u32) -> Result<Vec<Access>, AccountFault> {
        let connection = self.lock();
        let mut rows = connection.prepare(
            "SELECT at, who, role, what, of, person, address, times FROM access ORDER BY id DESC LIMIT ?1",
        )?;
        let access = |row: &rusqlite::Row<'_>| {
            Ok(Access {
                at: Moment::from_unix(row.get(0)?),
                who: row.get(1)?,
                role: Role::from_code(&row.get::<_, String>(2)?),
                what: row.get(3)?,
                of: row.get(4)?,
                person: row.get::<_, Option<String>>(5)?.and_then(|person| person.parse().ok()),
                address: row.get(6)?,
                times: row.get(7)?,
            })
        };
        let found = rows.query_map([most], access)?.collect::<Result<_, _>>()?;
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts() -> (tempfile::TempDir, Accounts) {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let accounts = Accounts::open(&dir.path().join("tai-khoan.sqlite")).expect("accounts");
        (dir, accounts)
    }

    fn failed(who: &str, address: &str, second: i64) -> Access {
        Access {
            at: Moment::from_unix(1_800_000_000 + second),
            who: who.into(),
            person: None,
            role: None,
            what: "sign-in-failed".into(),
            of: "password".into(),
            address: address.into(),
            times: 1,
        }
    }

    #[test]
    fn tries_of_one_account_from_one_computer_are_one_line_for_an_hour() {
        let (_dir, accounts) = accounts();
        for second in 0..10 {
            accounts.note_failed_sign_in(&failed("an", "192.0.2.7", second)).expect("noted");
        }
        accounts.note_failed_sign_in(&failed("binh", "192.0.2.7", 10)).expect("noted");
        accounts.note_failed_sign_in(&failed("an", "192.0.2.7", FAILED_SIGN_INS_TOGETHER_S)).expect("noted");
        let lines: Vec<_> =
            accounts.accesses(10).expect("lines").into_iter().map(|one| (one.who, one.times)).collect();
        assert_eq!(lines, [("an".to_owned(), 1), ("binh".to_owned(), 1), ("an".to_owned(), 10)]);
    }

    #[test]
    fn whoever_tries_from_very_many_addresses_fills_no_disk() {
        let (_dir, accounts) = accounts();
        for number in 0..200 {
            accounts
                .note_failed_sign_in(&failed("", &format!("2001:db8::{number:x}"), number))
                .expect("noted");
        }
        let lines = accounts.accesses(1_000).expect("lines");
        let most = usize::try_from(FAILED_SIGN_IN_LINES).expect("few");
        assert_eq!(lines.len(), most + 1, "so many lines, and one for everything else");
        let times: u32 = lines.iter().map(|one| one.times).sum();
        assert_eq!((times, lines[0].address.as_str()), (200, ""), "and none of them is left out");
    }

    #[test]
    fn a_file_of_before_keeps_its_lines_and_takes_new_ones() {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let path = dir.path().join("tai-khoan.sqlite");
        let before = rusqlite::Connection::open(&path).expect("a file");
        let forms = [
            include_str!("001-accounts.sql"),
            include_str!("002-draft.sql"),
            include_str!("003-kept-session.sql"),
        ];
        for form in forms {
            before.execute_batch(form).expect("a form of before");
        }
        let line = "INSERT INTO access (at, who, role, what, of) VALUES (1800000000, 'an', 'thanh-tra', 'view', 'x')";
        before.execute_batch(&format!("{line}; PRAGMA user_version = 3;")).expect("a line of before");
        drop(before);
        let accounts = Accounts::open(&path).expect("it is read on");
        accounts.note_failed_sign_in(&failed("an", "192.0.2.7", 1)).expect("noted");
        let lines = accounts.accesses(10).expect("lines");
        assert_eq!((lines[1].who.as_str(), lines[1].role, lines[1].times), ("an", Some(Role::Inspector), 1));
        assert_eq!((lines[1].address.as_str(), lines[0].address.as_str()), ("", "192.0.2.7"));
    }
}
