//! What a place answers when it does not do what was asked: never a bare yes or no, always what, why, what
//! to do now, and the code.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};

use crate::accounts::AccountFault;
use crate::clerk::ClerkFault;

/// The code of a refusal, on its way to the guard.
#[derive(Debug, Clone)]
pub struct Refused(pub String);

/// Why a place did not do what was asked.
#[derive(Debug)]
pub enum Fault {
    /// Nobody is signed in; where to go on after.
    SignIn(String),
    /// A refusal or fault with a stable code.
    Code(StatusCode, String),
}

impl Fault {
    /// A refusal with this code.
    pub fn of(status: StatusCode, code: &str) -> Self {
        Self::Code(status, code.to_owned())
    }

    /// There is no such page.
    pub fn not_found() -> Self {
        Self::of(StatusCode::NOT_FOUND, "web.not_found")
    }

    /// The role may not.
    pub fn not_allowed() -> Self {
        Self::of(StatusCode::FORBIDDEN, "web.not_allowed")
    }

    /// A field is wrong.
    pub fn form() -> Self {
        Self::of(StatusCode::UNPROCESSABLE_ENTITY, "web.form")
    }

    /// The stable code.
    pub fn code(&self) -> &str {
        match self {
            Self::SignIn(_) => "web.not_allowed",
            Self::Code(_, code) => code,
        }
    }

    /// Told by a page or a command itself, before or after the office was asked, which has other codes.
    pub fn is_of_page(&self) -> bool {
        self.code().starts_with("web.")
    }

    /// What was drawn up cannot be read back.
    pub fn unreadable_draft() -> Self {
        Self::of(StatusCode::INTERNAL_SERVER_ERROR, "web.draft_unreadable")
    }

    /// The owner has no time.
    pub fn busy() -> Self {
        Self::of(StatusCode::SERVICE_UNAVAILABLE, "web.busy")
    }
}

impl From<ClerkFault> for Fault {
    fn from(fault: ClerkFault) -> Self {
        tracing::warn!(code = fault.code(), %fault, "a page was refused");
        let status = match fault.code() {
            "dossier.unknown" => StatusCode::NOT_FOUND,
            _ => StatusCode::CONFLICT,
        };
        Self::of(status, fault.code())
    }
}

impl From<AccountFault> for Fault {
    fn from(fault: AccountFault) -> Self {
        let status = match &fault {
            AccountFault::Store(_) | AccountFault::Secret(_) => {
                tracing::error!(%fault, "accounts");
                StatusCode::INTERNAL_SERVER_ERROR
            }
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::of(status, fault.code())
    }
}

/// A path as the value of a field of a query.
pub fn in_query(path: &str) -> String {
    let written = path.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    });
    written.collect()
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        match self {
            Self::SignIn(next) => {
                Redirect::to(&format!("/dang-nhap?tiep={}", in_query(&next))).into_response()
            }
            Self::Code(status, code) => {
                let mut response = status.into_response();
                // The guard, which knows who asks, puts it into words.
                response.extensions_mut().insert(Refused(code));
                response
            }
        }
    }
}
