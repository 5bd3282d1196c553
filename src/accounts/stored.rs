//! The accounts in their file.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, params};
use school::identifier::{PersonId, ScreenId};
use school::limits::{
    ACCOUNT_NAME_CHARACTERS, PASSWORD_SHORTEST_CHARACTERS, PASSWORD_SIZE_BYTES, SLIP_VALID_DAYS,
};
use school::moment::Moment;

use super::password::Hashed;
use super::slip::Slip;
use super::{AccountFault, Role};

/// The forms of the file, by `user_version`.
const VERSIONS: [&str; 4] = [
    include_str!("001-accounts.sql"),
    include_str!("002-draft.sql"),
    include_str!("003-kept-session.sql"),
    include_str!("004-sign-ins.sql"),
];

/// The name of an account.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AccountName(String);

impl AccountName {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AccountName {
    type Err = AccountFault;

    fn from_str(text: &str) -> Result<Self, AccountFault> {
        let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'.' || c == b'-';
        let fits = (1..=ACCOUNT_NAME_CHARACTERS).contains(&text.len()) && text.bytes().all(plain);
        if fits { Ok(Self(text.to_owned())) } else { Err(AccountFault::Name) }
    }
}

impl fmt::Display for AccountName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its name.
    pub name: AccountName,
    /// Who it is in the roster; none for someone who is not in it.
    pub person: Option<PersonId>,
    /// The roles in which it may sign in.
    pub roles: BTreeSet<Role>,
    /// Nobody signs in with it any more.
    pub closed: bool,
}

/// The file of accounts. One connection, used by one page at a time: every call is short.
pub struct Accounts(Mutex<Connection>);

impl Accounts {
    /// Opens the file, making it first where there is none.
    pub fn open(path: &Path) -> Result<Self, AccountFault> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        let known: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        for (version, at) in VERSIONS.iter().zip(1_u32..).filter(|(_, at)| *at > known) {
            // Whole or not at all: a daemon that is killed while it first starts leaves no half of a form behind.
            connection.execute_batch(&format!("BEGIN; {version} PRAGMA user_version = {at}; COMMIT;"))?;
        }
        Ok(Self(Mutex::new(connection)))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All accounts by name.
    pub fn all(&self) -> Result<Vec<Account>, AccountFault> {
        let connection = self.lock();
        let mut rows = connection.prepare("SELECT name, person, roles, closed FROM account ORDER BY name")?;
        let accounts = rows.query_map([], account)?.collect::<Result<_, _>>()?;
        Ok(accounts)
    }

    /// Whether somebody can set things up: until then the pages are shown on this computer only.
    pub fn has_admin(&self) -> Result<bool, AccountFault> {
        Ok(self.all()?.iter().any(|one| !one.closed && one.roles.contains(&Role::Admin)))
    }

    /// Whether an account of this name may be made with this password: asked before it is recorded.
    ///
    /// Errors: as [`Self::create`].
    pub fn may_create(&self, name: &AccountName, password: &str) -> Result<(), AccountFault> {
        check(password)?;
        if self.all()?.iter().any(|one| one.name == *name) { Err(AccountFault::Taken) } else { Ok(()) }
    }

    /// Whether this password may be set.
    ///
    /// Errors: as [`Self::set_password`].
    pub fn may_set_password(&self, name: &AccountName, password: &str) -> Result<Account, AccountFault> {
        check(password)?;
        self.of_name(name)
    }

    /// Whether an account may have these roles from now on; none closes it.
    ///
    /// Errors: it would leave nobody who can set the pages up; there is no such account.
    pub fn may_have(&self, name: &AccountName, roles: &BTreeSet<Role>) -> Result<Account, AccountFault> {
        let known = self.of_name(name)?;
        let admin = |one: &&Account| !one.closed && one.roles.contains(&Role::Admin);
        let others = self.all()?.iter().filter(admin).any(|one| one.name != *name);
        let is_last = admin(&&known) && !others;
        if is_last && !roles.contains(&Role::Admin) { Err(AccountFault::LastAdmin) } else { Ok(known) }
    }

    fn of_name(&self, name: &AccountName) -> Result<Account, AccountFault> {
        self.all()?.into_iter().find(|one| one.name == *name).ok_or(AccountFault::Unknown)
    }

    /// Makes an account.
    pub fn create(&self, account: &Account, password: &str) -> Result<(), AccountFault> {
        check(password)?;
        let Hashed { salt, hash } = Hashed::of(password)?;
        let (name, person) = (account.name.as_str(), account.person.as_ref().map(PersonId::as_str));
        let made = self.lock().execute(
            "INSERT INTO account (name, person, roles, salt, hash, closed) VALUES (?1, ?2, ?3, ?4, ?5, 0)
             ON CONFLICT (name) DO NOTHING",
            params![name, person, codes(&account.roles), salt, hash],
        )?;
        if made == 1 { Ok(()) } else { Err(AccountFault::Taken) }
    }

    /// Sets another password.
    pub fn set_password(&self, name: &AccountName, password: &str) -> Result<(), AccountFault> {
        check(password)?;
        let Hashed { salt, hash } = Hashed::of(password)?;
        let changed = self.lock().execute(
            "UPDATE account SET salt = ?2, hash = ?3 WHERE name = ?1",
            params![name.as_str(), salt, hash],
        )?;
        if changed == 1 { Ok(()) } else { Err(AccountFault::Unknown) }
    }

    /// Says whose an account is.
    pub fn set_person(&self, name: &AccountName, person: Option<&PersonId>) -> Result<(), AccountFault> {
        let changed = self.lock().execute(
            "UPDATE account SET person = ?2 WHERE name = ?1",
            params![name.as_str(), person.map(PersonId::as_str)],
        )?;
        if changed == 1 { Ok(()) } else { Err(AccountFault::Unknown) }
    }

    /// What is being drawn up for the next school year, in its stored form.
    pub fn draft(&self) -> Result<Option<String>, AccountFault> {
        let connection = self.lock();
        Ok(connection.query_row("SELECT form FROM draft", [], |row| row.get(0)).optional()?)
    }

    /// Keeps what is being drawn up in the place of what was kept before.
    pub fn keep_draft(&self, form: &str) -> Result<(), AccountFault> {
        self.lock().execute(
            "INSERT INTO draft (id, form) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET form = ?1",
            [form],
        )?;
        Ok(())
    }

    /// Gives an account other roles.
    ///
    /// Errors: as [`Self::may_have`].
    pub fn set_roles(&self, name: &AccountName, roles: &BTreeSet<Role>) -> Result<(), AccountFault> {
        self.may_have(name, roles)?;
        self.lock()
            .execute("UPDATE account SET roles = ?2 WHERE name = ?1", params![name.as_str(), codes(roles)])?;
        Ok(())
    }

    /// Closes an account; the last one of an administrator stays.
    pub fn close(&self, name: &AccountName) -> Result<(), AccountFault> {
        self.may_have(name, &BTreeSet::new())?;
        self.lock().execute("UPDATE account SET closed = 1 WHERE name = ?1", [name.as_str()])?;
        Ok(())
    }

    /// The account whose name and password these are. An unknown name takes as long as a wrong password.
    pub fn check(&self, name: &str, password: &str) -> Result<Option<Account>, AccountFault> {
        let found = self
            .lock()
            .query_row(
                "SELECT name, person, roles, closed, salt, hash FROM account WHERE name = ?1",
                [name],
                |row| Ok((account(row)?, Hashed { salt: row.get(4)?, hash: row.get(5)? })),
            )
            .optional()?;
        let (known, hashed) = match found {
            Some((known, hashed)) => (Some(known), hashed),
            None => (None, Hashed { salt: vec![0; 16], hash: Vec::new() }),
        };
        let right = password.len() <= PASSWORD_SIZE_BYTES && hashed.is(password)?;
        Ok(known.filter(|one| right && !one.closed))
    }

    /// Draws a one-time slip for a person.
    pub fn draw_slip(&self, person: &PersonId, now: Moment) -> Result<Slip, AccountFault> {
        let slip = Slip::draw()?;
        let until = now.plus_seconds(SLIP_VALID_DAYS * 24 * 60 * 60);
        self.lock().execute(
            "INSERT INTO slip (digest, person, until, used) VALUES (?1, ?2, ?3, NULL)",
            params![Slip::digest(slip.printed()).to_string(), person.as_str(), until.unix()],
        )?;
        Ok(slip)
    }

    /// Whose a slip is that can still be used.
    pub fn whose_slip(&self, typed: &str, now: Moment) -> Result<Option<PersonId>, AccountFault> {
        let person: Option<String> = self
            .lock()
            .query_row(
                "SELECT person FROM slip WHERE digest = ?1 AND used IS NULL AND until >= ?2",
                params![Slip::digest(typed).to_string(), now.unix()],
                |row| row.get(0),
            )
            .optional()?;
        Ok(person.and_then(|person| person.parse().ok()))
    }

    /// Uses a slip: whose it is, the first time only.
    pub fn use_slip(&self, typed: &str, now: Moment) -> Result<Option<PersonId>, AccountFault> {
        let digest = Slip::digest(typed).to_string();
        let connection = self.lock();
        let used = connection.execute(
            "UPDATE slip SET used = ?2 WHERE digest = ?1 AND used IS NULL AND until >= ?2",
            params![digest, now.unix()],
        )?;
        if used != 1 {
            return Ok(None);
        }
        let person: String =
            connection.query_row("SELECT person FROM slip WHERE digest = ?1", [digest], |row| row.get(0))?;
        Ok(person.parse().ok())
    }

    /// Makes a browser a screen at which people sign; `key` is the digest of what its cookie holds.
    pub fn set_screen(&self, key: &str, screen: &ScreenId) -> Result<(), AccountFault> {
        self.lock().execute(
            "INSERT INTO screen (key, screen) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET screen = ?2",
            params![key, screen.as_str()],
        )?;
        Ok(())
    }

    /// The screen that a browser is.
    pub fn screen(&self, key: &str) -> Result<Option<ScreenId>, AccountFault> {
        let found: Option<String> = self
            .lock()
            .query_row("SELECT screen FROM screen WHERE key = ?1", [key], |row| row.get(0))
            .optional()?;
        Ok(found.and_then(|screen| screen.parse().ok()))
    }
}

fn check(password: &str) -> Result<(), AccountFault> {
    let long_enough = password.chars().count() >= PASSWORD_SHORTEST_CHARACTERS;
    if long_enough && password.len() <= PASSWORD_SIZE_BYTES { Ok(()) } else { Err(AccountFault::Password) }
}

fn codes(roles: &BTreeSet<Role>) -> String {
    roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(",")
}

fn account(row: &rusqlite::Row<'_>) -> Result<Account, rusqlite::Error> {
    let name: String = row.get(0)?;
    let person: Option<String> = row.get(1)?;
    let roles: String = row.get(2)?;
    Ok(Account {
        name: AccountName(name),
        person: person.and_then(|person| person.parse().ok()),
        roles: roles.split(',').filter_map(Role::from_code).collect(),
        closed: row.get(3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accounts() -> (tempfile::TempDir, Accounts) {
        let dir = tempfile::tempdir().expect("a scratch folder");
        let accounts = Accounts::open(&dir.path().join("tai-khoan.sqlite")).expect("accounts");
        (dir, accounts)
    }

    fn admin(name: &str) -> Account {
        let name = name.parse().expect("a name");
        Account { name, person: None, roles: [Role::Admin].into(), closed: false }
    }

    #[test]
    fn a_password_opens_its_account_and_no_other() {
        let (_dir, accounts) = accounts();
        accounts.create(&admin("quan-tri"), "một câu đủ dài").expect("an account");
        assert!(accounts.check("quan-tri", "một câu đủ dài").expect("an answer").is_some());
        assert!(accounts.check("quan-tri", "một câu khác hẳn").expect("an answer").is_none());
        assert!(accounts.check("ai-do", "một câu đủ dài").expect("an answer").is_none());
        let again = accounts.create(&admin("quan-tri"), "một câu đủ dài khác");
        assert!(again.is_err_and(|fault| fault.code() == "account.taken"));
        let short = accounts.create(&admin("hai"), "ngắn");
        assert!(short.is_err_and(|fault| fault.code() == "account.password_short"));
    }

    #[test]
    fn the_file_holds_no_password() {
        let (dir, accounts) = accounts();
        accounts.create(&admin("quan-tri"), "mat-khau-rat-rieng").expect("an account");
        drop(accounts);
        for entry in std::fs::read_dir(dir.path()).expect("a folder") {
            let bytes = std::fs::read(entry.expect("an entry").path()).expect("a file");
            let found = bytes.windows(18).any(|window| window == b"mat-khau-rat-rieng");
            assert!(!found);
        }
    }

    #[test]
    fn what_is_drawn_up_is_there_after_a_restart_and_an_account_learns_whose_it_is() {
        let (dir, accounts) = accounts();
        assert_eq!(accounts.draft().expect("an answer"), None);
        accounts.keep_draft("{}").expect("kept");
        accounts.keep_draft("{\"format\":\"x\"}").expect("kept");
        accounts.create(&admin("mot"), "một câu đủ dài").expect("an account");
        let (name, person) = ("mot".parse().expect("a name"), "NV05".parse().expect("a person"));
        accounts.set_person(&name, Some(&person)).expect("bound");
        drop(accounts);
        let again = Accounts::open(&dir.path().join("tai-khoan.sqlite")).expect("accounts");
        assert_eq!(again.draft().expect("an answer").as_deref(), Some("{\"format\":\"x\"}"));
        assert_eq!(again.all().expect("accounts")[0].person, Some(person));
        let unknown = again.set_person(&"hai".parse().expect("a name"), None);
        assert!(unknown.is_err_and(|fault| fault.code() == "account.unknown"));
    }

    #[test]
    fn the_last_administrator_stays() {
        let (_dir, accounts) = accounts();
        accounts.create(&admin("mot"), "một câu đủ dài").expect("an account");
        let refused = accounts.close(&"mot".parse().expect("a name"));
        assert!(refused.is_err_and(|fault| fault.code() == "account.last_admin"));
        accounts.create(&admin("hai"), "một câu đủ dài").expect("an account");
        let (one, office) = ("mot".parse().expect("a name"), BTreeSet::from([Role::Office]));
        accounts.set_roles(&one, &office).expect("another role");
        assert_eq!(accounts.check("mot", "một câu đủ dài").expect("an answer").expect("open").roles, office);
        let last = accounts.set_roles(&"hai".parse().expect("a name"), &office);
        assert!(last.is_err_and(|fault| fault.code() == "account.last_admin"));
        accounts.close(&one).expect("closed");
        assert!(accounts.check("mot", "một câu đủ dài").expect("an answer").is_none());
    }

    #[test]
    fn a_slip_opens_once_and_not_after_its_time() {
        let (_dir, accounts) = accounts();
        let person: PersonId = "NV01".parse().expect("a person");
        let now = Moment::from_unix(1_800_000_000);
        let slip = accounts.draw_slip(&person, now).expect("a slip");
        let typed = slip.printed().to_lowercase().replace('-', " ");
        for _ in 0..2 {
            let whose = accounts.whose_slip(&typed, now).expect("an answer");
            assert_eq!(whose, Some(person.clone()), "asking uses nothing");
        }
        assert_eq!(accounts.use_slip(&typed, now).expect("an answer"), Some(person.clone()));
        assert_eq!(accounts.whose_slip(&typed, now).expect("an answer"), None, "used already");
        assert_eq!(accounts.use_slip(&typed, now).expect("an answer"), None, "used already");
        let late = accounts.draw_slip(&person, now).expect("a slip");
        let then = now.plus_seconds(SLIP_VALID_DAYS * 24 * 60 * 60 + 1);
        assert_eq!(accounts.whose_slip(late.printed(), then).expect("an answer"), None);
        assert_eq!(accounts.use_slip(late.printed(), then).expect("an answer"), None);
    }
}
