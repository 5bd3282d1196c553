//! In which languages a browser shows the pages: both, or Vietnamese alone. The choice is a cookie that says nothing
//! else and opens nothing; without it both are shown.

use axum::http::HeaderMap;

use super::visitor::{cookie, set_cookie};

const COOKIE: &str = "__Host-tieng";
const VIETNAMESE: &str = "vi";
const YEAR_S: u64 = 365 * 24 * 60 * 60;

/// What a browser shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Languages {
    /// Vietnamese first, English second.
    Both,
    /// Vietnamese alone: English is on the page and neither seen nor read aloud.
    Vietnamese,
}

impl Languages {
    /// What the browser that sends these headers chose.
    pub fn of(headers: &HeaderMap) -> Self {
        if cookie(headers, COOKIE) == Some(VIETNAMESE) { Self::Vietnamese } else { Self::Both }
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
