//! In which languages a browser shows the pages: both, or Vietnamese alone. The choice is a cookie that says nothing
//! else and opens nothing; without it both are shown. It goes along with the answer to a request, so that whatever
//! puts English on a page asks [`shown`] first: what nobody wants to read is not sent.

use axum::extract::Request;
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;

use super::visitor::{cookie, set_cookie};
use crate::wording::Both;

const COOKIE: &str = "__Host-tieng";
const VIETNAMESE: &str = "vi";
const YEAR_S: u64 = 365 * 24 * 60 * 60;

/// What a browser shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Languages {
    /// Vietnamese first, English second.
    Both,
    /// Vietnamese alone.
    Vietnamese,
}

tokio::task_local! {
    static SHOWN: Languages;
}

/// Has everything below answer in the languages of the browser that asks.
pub async fn answer(request: Request, next: Next) -> Response {
    let languages = Languages::of(request.headers());
    SHOWN.scope(languages, next.run(request)).await
}

/// The languages of the answer that is being made; both where none is, as on a thread of its own.
pub fn shown() -> Languages {
    SHOWN.try_with(|languages| *languages).unwrap_or(Languages::Both)
}

impl Languages {
    /// What the browser that sends these headers chose.
    fn of(headers: &HeaderMap) -> Self {
        if cookie(headers, COOKIE) == Some(VIETNAMESE) { Self::Vietnamese } else { Self::Both }
    }

    /// A text where no markup can stand: `Tất cả / All`.
    pub fn line(self, words: &Both) -> String {
        match self {
            Self::Both => words.to_string(),
            Self::Vietnamese => words.vi.clone(),
        }
    }

    /// What a form calls it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Both => "vi-en",
            Self::Vietnamese => VIETNAMESE,
        }
    }

    /// By the name of a form.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Both, Self::Vietnamese].into_iter().find(|one| one.code() == code)
    }

    /// The cookie that keeps the choice; for both, the one that ends it.
    pub fn cookie(self) -> String {
        match self {
            Self::Both => set_cookie(COOKIE, "", Some(0)),
            Self::Vietnamese => set_cookie(COOKIE, VIETNAMESE, Some(YEAR_S)),
        }
    }
}
