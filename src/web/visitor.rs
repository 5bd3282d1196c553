//! Who asks: session, screen, address. Read from the request once, before any place.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use school::digest::Sha256;
use school::identifier::{PersonId, ScreenId};

use super::fault::Fault;
use super::house::House;
use super::sessions::Session;
use crate::accounts::Role;
use crate::clerk::Actor;

/// Name of the session's cookie.
pub const SESSION: &str = "__Host-phien";
/// Name of the cookie that makes a browser a screen.
pub const SCREEN: &str = "__Host-man-hinh";
/// In the place of a role: a screen at which nobody has signed in.
const AT_SCREEN: &str = "man-hinh";

/// The other end of a connection, as the server sees it.
#[derive(Debug, Clone, Copy)]
pub struct Peer {
    /// Its address.
    pub address: IpAddr,
    /// Over TLS.
    pub tls: bool,
}

/// Who asks.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The session.
    pub session: Option<Session>,
    /// The screen that this browser is.
    pub screen: Option<ScreenId>,
    /// Where from.
    pub address: IpAddr,
    path: String,
    again: Option<String>,
    form_on: Option<String>,
}

impl Visitor {
    /// The role.
    pub fn role(&self) -> Option<Role> {
        self.session.as_ref().map(|session| session.role)
    }

    /// What was asked for.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Where the page that is shown can be asked for again; where a form was sent, nothing is shown.
    pub fn again(&self) -> &str {
        self.again.as_deref().unwrap_or("/")
    }

    /// The page on which the form stood that was sent.
    pub fn form_on(&self) -> Option<&str> {
        self.form_on.as_deref()
    }

    /// The page to go on to after signing in: where a form was sent there may be none, so that on which it stood.
    fn page(&self) -> &str {
        self.form_on.as_deref().unwrap_or(&self.path)
    }

    /// The same, shown in the place of another path: that in which what they sent was refused.
    pub fn in_place(self, path: &str) -> Self {
        Self { path: path.to_owned(), ..self }
    }

    /// Whether it is this person's own session, in which they may sign or answer.
    pub fn is(&self, person: &PersonId) -> bool {
        let session = self.session.as_ref();
        session.is_some_and(|one| one.role != Role::Admin && one.person.as_ref() == Some(person))
    }

    /// The session, if its role is one of these.
    ///
    /// Errors: nobody is signed in; the role may not.
    pub fn needs(&self, roles: &[Role]) -> Result<&Session, Fault> {
        let session = self.session.as_ref().ok_or_else(|| Fault::SignIn(self.page().to_owned()))?;
        if roles.contains(&session.role) { Ok(session) } else { Err(Fault::not_allowed()) }
    }

    /// The person of a session, if its role is one of these.
    ///
    /// Errors: as [`Self::needs`]; `account.no_person`.
    pub fn needs_person(&self, roles: &[Role]) -> Result<PersonId, Fault> {
        let person = self.needs(roles)?.person.clone();
        person.ok_or_else(|| Fault::of(StatusCode::FORBIDDEN, "account.no_person"))
    }

    /// On whose order something is done that the visitor asks for: at a screen also somebody who has not signed in.
    pub fn actor(&self) -> Actor {
        match (&self.session, &self.screen) {
            (Some(session), _) => session.actor(),
            (None, Some(screen)) => Actor::new(screen.as_str(), AT_SCREEN, None),
            (None, None) => Actor::new(self.address.to_string(), "", None),
        }
    }

    /// The same, where this browser is a screen, at which somebody may plug a token in.
    pub fn actor_at_screen(&self) -> Option<Actor> {
        self.screen.as_ref().map(|_| self.actor())
    }

    /// Any session.
    ///
    /// Errors: nobody is signed in.
    pub fn needs_session(&self) -> Result<&Session, Fault> {
        self.needs(&Role::ALL)
    }

    /// The screen, for places at a reader. An administrator's session signs nothing.
    ///
    /// Errors: `web.no_screen`, `web.admin_session`.
    pub fn needs_screen(&self) -> Result<&ScreenId, Fault> {
        if self.role() == Some(Role::Admin) {
            return Err(Fault::of(StatusCode::FORBIDDEN, "web.admin_session"));
        }
        self.at_screen()
    }

    /// The screen, for what signs no document: a rehearsal, which the administrator leads.
    ///
    /// Errors: `web.no_screen`.
    pub fn at_screen(&self) -> Result<&ScreenId, Fault> {
        self.screen.as_ref().ok_or_else(|| Fault::of(StatusCode::FORBIDDEN, "web.no_screen"))
    }
}

impl Visitor {
    /// Who asks for this from there; nobody when the accounts cannot be read.
    pub fn of(
        house: &House,
        (method, uri): (&Method, &Uri),
        headers: &HeaderMap,
        peer: Peer,
    ) -> Option<Self> {
        let session = cookie(headers, SESSION).and_then(|key| house.sessions.used(key));
        let screen = if peer.address.is_loopback() {
            Some(house.settings.own_screen.clone())
        } else {
            let key = cookie(headers, SCREEN).map(|key| Sha256::of(key.as_bytes()).to_string());
            key.map_or(Ok(None), |key| house.accounts.screen(&key)).ok()?
        };
        let again = uri.path_and_query().filter(|_| method == Method::GET);
        Some(Self {
            session,
            screen,
            address: peer.address,
            path: uri.path().to_owned(),
            again: again.map(ToString::to_string),
            form_on: again.is_none().then(|| page_before(headers)).flatten(),
        })
    }
}

#[cfg(test)]
impl Visitor {
    /// Whoever has not signed in, at a computer that is no screen.
    pub fn at_computer(address: IpAddr) -> Self {
        Self { session: None, screen: None, address, path: "/".into(), again: None, form_on: None }
    }
}

impl FromRequestParts<Arc<House>> for Visitor {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &Arc<House>) -> Result<Self, Fault> {
        let unknown = || Fault::of(StatusCode::INTERNAL_SERVER_ERROR, "account.unusable");
        parts.extensions.get::<Self>().cloned().ok_or_else(unknown)
    }
}

/// The page of ours from which a browser says that it comes.
fn page_before(headers: &HeaderMap) -> Option<String> {
    let before: Uri = headers.get(header::REFERER)?.to_str().ok()?.parse().ok()?;
    let is_ours = before.authority()?.as_str() == headers.get(header::HOST)?.to_str().ok()?;
    is_ours.then(|| before.path().to_owned())
}

/// The value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// A cookie that only this server gets back, and no script.
pub fn set_cookie(name: &str, value: &str, most_s: Option<u64>) -> String {
    let age = most_s.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Strict{age}")
}
