//! What every place works with: the reading room, the way to the owner, tokens in sight, accounts, sessions.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::StatusCode;
use school::digest::Sha256;
use school::dossier::DossierId;
use school::identifier::{PersonId, SchoolYear, ScreenId};
use school::limits::{PASSWORDS_AT_ONCE, SIGN_INS_KEPT, TABLES_KEPT, UPLOADS_AT_ONCE};
use school::moment::Moment;
use school::records::reason::Reason;
use school::regulation::Regulation;
use school::roster::Person;
use tokio::sync::Semaphore;

use super::attempts::Attempts;
use super::burns::Burns;
use super::choices::Choices;
use super::closing::ClosingReminder;
use super::deeds::Deeds;
use super::fault::Fault;
use super::kept::Kept;
use super::offers::Offers;
use super::owner::{Orders, Owner, StepsFor};
use super::places::checks::Checks;
use super::places::new_year::RefusedTable;
use super::places::pupil_index::PupilIndex;
use super::places::sign_in::RefusedSignIn;
use super::sent_forms::SentForms;
use super::sessions::{Ending, Entering, Session, Sessions, Way, digest};
use super::slips::Slips;
use super::visitor::Visitor;
use super::visits::Visits;
use crate::accounts::{Access, Accounts, KeptSession, Role};
use crate::clerk::{self, Actor, ClerkFault, Office, ReadingRoom, Seat, YearInForce};
use crate::clock;
use crate::lifecycle::dossier::SignersWord;
use crate::lifecycle::ledger::Ledger;
use crate::process::token_host::{PinEnvelope, TokenHost};
use crate::process::token_watch::{Plugged, TokenWatch};
use crate::process::worker::Program;

/// What the configuration says of the pages.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Names under which the server is known on the network of the school.
    pub names: Vec<String>,
    /// Its addresses there.
    pub addresses: Vec<IpAddr>,
    /// The port of the pages there, where they are open towards it.
    pub network_port: Option<u16>,
    /// The screen that this computer itself is.
    pub own_screen: ScreenId,
    /// The media that a deposit must lie on.
    pub regulation: Regulation,
    /// After how many days a copy is to be read again.
    pub check_days: u16,
    /// The socket for commands of this computer.
    pub control: PathBuf,
    /// An invented school: what is set up here says on every page that it has no legal value.
    pub sample: bool,
    /// The timestamp authority.
    pub timestamp_url: Option<String>,
    /// Where sticks and disks are mounted that somebody copied by hand.
    pub mounts: Vec<PathBuf>,
    /// Where exports come in: never a device that is written.
    pub inbox: Option<PathBuf>,
    /// What writes media in the place of this computer's own worker.
    pub media: Option<Program>,
    /// Where uploads lie while they are judged, and the certificate of the pages.
    pub folder: PathBuf,
}

impl Settings {
    /// Where others of the school open the pages, by the configuration: by name rather than by address.
    pub fn shared_address(&self) -> Option<String> {
        let port = self.network_port?;
        let address = self.addresses.first().map(|address| match address {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("[{address}]"),
        });
        let host = self.names.first().cloned().or(address)?;
        Some(if port == 443 { format!("https://{host}") } else { format!("https://{host}:{port}") })
    }
}

/// What a change of roster or acts shows in.
type YearKey = ((Sha256, Sha256), usize);

/// Everything that places share.
pub struct House {
    /// Where pages read.
    pub(super) reading: Arc<ReadingRoom>,
    /// The way to the owner.
    pub(super) orders: Orders,
    /// Who is plugged in.
    pub(super) tokens: Arc<TokenWatch>,
    /// Who may sign in.
    pub(super) accounts: Accounts,
    /// Who is signed in.
    pub(super) sessions: Sessions,
    /// Who failed to.
    pub(super) attempts: Attempts,
    /// Who does something else at a token.
    pub(super) deeds: Deeds,
    /// Who may have a slip, because they have just rehearsed.
    pub(super) offers: Offers,
    /// Who was not let in, with what they typed.
    pub(super) refused_sign_ins: Kept<RefusedSignIn>,
    /// Pasted tables in which something is wrong.
    pub(super) refused_tables: Kept<RefusedTable>,
    /// Forms that did already what they are for.
    pub(super) sent_forms: SentForms,
    /// Slips that are still shown.
    pub(super) slips: Slips,
    /// Whoever draws or uses a slip, one after the other.
    pub(super) slip_turn: tokio::sync::Mutex<()>,
    /// Who signs.
    pub(super) visits: Arc<Visits>,
    /// What is signed and waits to be closed.
    pub(super) reminder: Arc<ClosingReminder>,
    /// Media under way.
    pub(super) burns: Burns,
    /// What people chose to sign.
    pub(super) choices: Choices,
    /// What was checked without signing in.
    pub(super) checks: Checks,
    /// Who stands in which gradebook.
    pub(super) pupils: PupilIndex,
    /// The configuration.
    pub(super) settings: Settings,
    /// The data folder.
    pub(super) data: PathBuf,
    /// Passwords under way.
    pub(super) hashing: Semaphore,
    /// Uploads under way.
    pub(super) uploads: Semaphore,
    years: Mutex<Years>,
}

/// What was read of each year, for as long as nothing of it changes.
type Years = BTreeMap<SchoolYear, (YearKey, Arc<YearInForce>)>;

impl House {
    /// Furnishes the house around an office whose data folder this is; the owner is for the calling thread.
    ///
    /// Errors: accounts or register cannot be read.
    pub fn around(
        mut office: Office,
        data: &Path,
        accounts: Accounts,
        tokens: Arc<TokenWatch>,
        settings: Settings,
    ) -> Result<(Arc<Self>, Owner), ClerkFault> {
        // Whoever opened the office orders nothing more.
        office.works_for(None);
        clerk::use_own_authority(&mut office)?;
        let reading = office.reading_room(data)?;
        let years = Mutex::new(latest_year_of(&mut office)?);
        let checks = Checks::beside(&office);
        let sessions = kept_sessions(&accounts);
        let visits = Arc::new(Visits::default());
        let reminder = Arc::new(ClosingReminder::default());
        let (owner, orders) =
            Owner::of(office, Arc::clone(&tokens), Arc::clone(&visits), Arc::clone(&reminder));
        let house = Self {
            reading,
            orders,
            tokens,
            accounts,
            sessions,
            offers: Offers::default(),
            refused_sign_ins: Kept::at_most(SIGN_INS_KEPT),
            refused_tables: Kept::at_most(TABLES_KEPT),
            sent_forms: SentForms::default(),
            slips: Slips::default(),
            slip_turn: tokio::sync::Mutex::default(),
            attempts: Attempts::default(),
            deeds: Deeds::default(),
            visits,
            reminder,
            burns: Burns::default(),
            choices: Choices::default(),
            checks,
            pupils: PupilIndex::default(),
            settings,
            data: data.to_owned(),
            hashing: Semaphore::new(PASSWORDS_AT_ONCE),
            uploads: Semaphore::new(UPLOADS_AT_ONCE),
            years,
        };
        Ok((Arc::new(house), owner))
    }

    /// Name of the school, and whether it is an invented one.
    pub(super) fn school(&self) -> (String, bool) {
        let years = self.years.lock().unwrap_or_else(PoisonError::into_inner);
        let latest = years.last_key_value().map(|(_, (_, year))| &year.roster.1.school);
        let known = latest.map(|school| (school.name.clone(), school.sample));
        drop(years);
        let drafted = || self.draft().ok().flatten().map(|draft| (draft.school.name, draft.school.sample));
        known.or_else(drafted).unwrap_or_else(|| ("niemphong".into(), self.settings.sample))
    }

    /// Whose a session is, by name where the roster knows them.
    pub(super) fn name_of(&self, session: &Session) -> String {
        session.person.as_ref().map_or_else(|| session.who(), |id| self.called(id))
    }

    /// A person by name, where the roster of the latest year knows them, or the one that is being drawn up.
    pub(super) fn called(&self, id: &PersonId) -> String {
        let known = self.of_roster(id).map(|person| person.name);
        let drafted = || {
            let people = self.draft().ok().flatten()?.people;
            people.into_iter().find(|one| one.id == *id).map(|one| one.name)
        };
        known.or_else(drafted).unwrap_or_else(|| id.to_string())
    }

    /// A person by name and title, where roster or draft know them.
    pub(super) fn titled(&self, id: &PersonId) -> Option<String> {
        let titled = |name: &str, title: &str| format!("{name} – {title}");
        let known = self.of_roster(id).map(|person| titled(&person.name, &person.title));
        known.or_else(|| {
            let people = self.draft().ok().flatten()?.people;
            people.iter().find(|one| one.id == *id).map(|one| titled(&one.name, &one.title))
        })
    }

    /// A person of the roster of the latest year, or who became its principal by an act.
    fn of_roster(&self, id: &PersonId) -> Option<Person> {
        let years = self.years.lock().unwrap_or_else(PoisonError::into_inner);
        let year = &years.last_key_value()?.1.1;
        let people = year.people();
        // A new principal comes by an act and stands in no roster before the next year.
        let known = people.principal(clock::now()).into_iter().chain(&year.roster.1.people);
        known.into_iter().find(|one| one.id == *id).cloned()
    }

    /// The title of a person, where the roster of the latest year knows them.
    pub(super) fn title_of(&self, id: &PersonId) -> Option<String> {
        Some(self.of_roster(id)?.title)
    }

    /// Whose words these are, by name where the roster knows them.
    pub(super) fn teller(&self, words: &Reason) -> String {
        let person = words.person.as_ref().map(|id| self.called(id));
        person.or_else(|| words.account.clone()).unwrap_or_default()
    }

    /// The latest school year that is open.
    pub(super) fn latest_year(&self) -> Option<SchoolYear> {
        self.reading.look(|ledger| ledger.years.keys().next_back().copied())
    }

    /// Roster, plans and acts in force for a year, read again by the owner only when one of them changed.
    ///
    /// Errors: `year.not_open`.
    pub(super) async fn year(&self, year: SchoolYear) -> Result<Arc<YearInForce>, Fault> {
        let key = self.reading.look(|ledger| year_key(ledger, year));
        let kept = || self.years.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(key) = key
            && let Some((known, in_force)) = kept().get(&year)
            && *known == key
        {
            return Ok(Arc::clone(in_force));
        }
        let in_force = self.orders.ask(move |office, _| office.year(year)).await??;
        if let Some(key) = key {
            kept().insert(year, (key, Arc::clone(&in_force)));
        }
        Ok(in_force)
    }

    /// The latest year with its number.
    pub(super) async fn this_year(&self) -> Result<(SchoolYear, Arc<YearInForce>), Fault> {
        let not_open = || Fault::of(axum::http::StatusCode::CONFLICT, "year.not_open");
        let year = self.latest_year().ok_or_else(not_open)?;
        Ok((year, self.year(year).await?))
    }

    /// Tokens in readers of a screen. A reader that nobody has taken belongs to the screen of this computer.
    pub(super) fn tokens_at(&self, screen: &ScreenId) -> Vec<Plugged> {
        let readers = self.reading.look(|ledger| ledger.enrolment.readers.clone());
        let own =
            |one: &Plugged| readers.get(&one.token.reader).unwrap_or(&self.settings.own_screen) == screen;
        self.tokens.sight().tokens.into_iter().filter(own).collect()
    }

    /// Has the owner seat the holder of a certificate, on the order of somebody: the number of the visit, or nothing where nothing waits.
    ///
    /// Errors: whatever stands against a login.
    pub(super) async fn seat(
        &self,
        actor: Actor,
        (one, certificate): (Plugged, Sha256),
        screen: ScreenId,
        only: Option<BTreeSet<DossierId>>,
        (pin, word): (PinEnvelope, SignersWord),
    ) -> Result<Option<u64>, Fault> {
        let unplugged = || Fault::of(StatusCode::CONFLICT, "web.unplugged");
        let module = self.tokens.module(&one).cloned().ok_or_else(unplugged)?;
        let visits = Arc::clone(&self.visits);
        let admitted = self.orders.ask_for(actor, move |office, room| {
            let host = module.start().map_err(|refusal| {
                let wanted = clerk::came_for(office, certificate, only.as_ref());
                clerk::note_refused(office, wanted, certificate, refusal.code());
                ClerkFault::from(refusal)
            })?;
            let seat = Seat { host, seen: one.token, certificate, pin, word };
            match room.admit_for(office, seat, only) {
                Ok(watch) => Ok(Some(visits.begin(certificate, screen, clock::now(), watch))),
                Err(refused) => refused.fault.map_or(Ok(None), Err),
            }
        });
        Ok(admitted.await??)
    }

    /// Does something at a token that is no visit, on a thread of its own and the order of somebody.
    ///
    /// Errors: `web.unplugged`; those of [`Deeds::work`].
    pub(super) async fn at_token<T: Send + 'static>(
        &self,
        actor: Actor,
        (one, certificate): (&Plugged, Sha256),
        deed: impl FnOnce(&mut StepsFor, &mut TokenHost) -> Result<T, ClerkFault> + Send + 'static,
    ) -> Result<T, Fault> {
        let unplugged = || Fault::of(StatusCode::CONFLICT, "web.unplugged");
        let module = self.tokens.module(one).cloned().ok_or_else(unplugged)?;
        self.deeds.work(self.orders.steps_for(actor), (module, certificate), deed).await
    }

    /// Begins a session: its key. A browser that stays signed in is known again after a restart.
    pub(super) fn begin_session(&self, entering: Entering) -> Result<String, Fault> {
        let kept = entering.until.zip(entering.person.clone());
        let address = entering.address.to_string();
        self.note_sign_in(&entering)?;
        let key = self.sessions.begin(entering).ok_or_else(Fault::busy)?;
        if let Some((until, person)) = kept {
            let (key, begun) = (digest(&key).to_string(), clock::now());
            self.accounts.keep_session(&KeptSession { person, key, begun, until, address })?;
        }
        Ok(key)
    }

    /// Ends the session of a key, wherever it is known.
    pub(super) fn end_session(&self, key: &str, how: Ending) -> Result<(), Fault> {
        match self.sessions.end(key, how) {
            Some(Session { until: Some(_), person: Some(person), .. }) => self.forget_browser(&person),
            _ => Ok(()),
        }
    }

    /// The browser in which a person stays signed in does so no longer.
    pub(super) fn forget_browser(&self, person: &PersonId) -> Result<(), Fault> {
        self.sessions.revoke_kept(person);
        Ok(self.accounts.forget_session(person)?)
    }

    /// Notes that the visitor looked at data of pupils, before they are sent.
    pub(super) fn note(&self, visitor: &Visitor, what: &str, of: impl ToString) -> Result<(), Fault> {
        let Some(session) = &visitor.session else { return Ok(()) };
        let access = Access {
            at: clock::now(),
            who: session.who(),
            person: session.person.clone(),
            role: Some(session.role),
            what: what.to_owned(),
            of: of.to_string(),
            address: visitor.address.to_string(),
            times: 1,
        };
        Ok(self.accounts.note_access(&access)?)
    }
}

/// The browsers that stay signed in. Without them everybody signs in anew, which is no reason not to open.
fn kept_sessions(accounts: &Accounts) -> Sessions {
    let sessions = Sessions::default();
    let kept = accounts.kept_sessions(clock::now()).inspect_err(|fault| tracing::error!(%fault, "accounts"));
    for one in kept.unwrap_or_default() {
        let (Ok(key), Ok(address)) = (one.key.parse(), one.address.parse()) else { continue };
        let (person, until) = (Some(one.person), Some(one.until));
        let role = Role::Teacher;
        sessions.take_up(
            key,
            Entering { account: None, person, role, way: Way::Slip, address, until },
            one.begun,
        );
    }
    sessions
}

/// Roster, plans and acts of the latest year, read before anybody asks: the first page need not wait for the owner.
fn latest_year_of(office: &mut Office) -> Result<Years, ClerkFault> {
    let Some((year, key)) = office
        .ledger()
        .years
        .keys()
        .next_back()
        .and_then(|year| Some((*year, year_key(office.ledger(), *year)?)))
    else {
        return Ok(Years::new());
    };
    Ok([(year, (key, office.year(year)?))].into())
}

fn year_key(ledger: &Ledger, year: SchoolYear) -> Option<YearKey> {
    ledger.years.get(&year).map(|of| (*of, ledger.acts.in_force(year, ..).len()))
}

/// Whose a certificate is by roster and acts in force.
pub(super) fn holder(
    year: &YearInForce,
    certificate: Sha256,
    at: Moment,
) -> Option<(PersonId, String, String)> {
    let people = year.people();
    let of_roster = year.roster.1.people.iter().chain(people.principal(at));
    let found = of_roster.into_iter().find(|one| people.certificate(&one.id, at) == Some(certificate))?;
    Some((found.id.clone(), found.name.clone(), found.title.clone()))
}
