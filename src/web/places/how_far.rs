//! How far something is that goes on while a page stands open: signing, writing, reading back. The page shows it and
//! its script follows by events, each in the languages of the browser.

use axum::response::Response;
use maud::{Markup, html};
use serde_json::json;

use crate::web::events::{Next, tell};
use crate::web::frame::{follower, plain};
use crate::web::languages::{Languages, shown};
use crate::wording::Both;

/// The event that tells how far it is.
const EVENT: &str = "tien-do";

/// How far it is.
pub struct HowFar {
    /// So much is done.
    pub done: u64,
    /// Of so much.
    pub of: u64,
    /// What the person may do, or what is being done: read aloud whenever it changes.
    pub state: Both,
    /// The figures behind it, which change too often to be read aloud.
    pub figures: Option<Both>,
    /// Nothing more is done, and the page now says what came of it.
    pub over: bool,
}

impl HowFar {
    /// Its place on the page.
    pub fn place(&self) -> Markup {
        let english = shown() == Languages::Both;
        let part = |(name, vi, en): (&str, &str, &str)| {
            html! {
                span data-phan=(name) { (vi) }
                @if english { " " span.en lang="en" data-phan={ (name) "-en" } { (en) } }
            }
        };
        let [state, figures] = self.parts();
        html! {
            p.signing.wait role="status" aria-live="polite" { (part(state)) }
            progress max=(self.of.max(1)) value=(self.done) aria-label=(plain("Tiến độ", "Progress")) {}
            p { (part(figures)) }
            (follower())
        }
    }

    /// What it says, by the names under which the script finds its place.
    fn parts(&self) -> [(&'static str, &str, &str); 2] {
        let figures = self.figures.as_ref();
        [
            ("noi", &self.state.vi, self.state.english().unwrap_or_default()),
            (
                "so",
                figures.map_or("", |words| &words.vi),
                figures.and_then(Both::english).unwrap_or_default(),
            ),
        ]
    }

    /// What the script is told.
    fn told(&self, languages: Languages) -> serde_json::Value {
        let percent = (self.done * 100).checked_div(self.of).unwrap_or_default();
        let parts = self
            .parts()
            .into_iter()
            .flat_map(|(name, vi, en)| [(name.to_owned(), json!(vi)), (format!("{name}-en"), json!(en))]);
        json!({
            "done": self.done,
            "of": self.of,
            "title": format!("{percent}% – {}", languages.line(&self.state)),
            "parts": parts.collect::<serde_json::Map<_, _>>(),
            "over": self.over,
        })
    }
}

/// Tells how far it is until it is over; nothing is there any more that was long over.
pub fn follow(mut now: impl FnMut() -> Option<HowFar> + Send + 'static) -> Response {
    let languages = shown();
    tell(move || match now() {
        Some(now) if !now.over => Next::Tell(EVENT, now.told(languages).to_string()),
        Some(now) => Next::Last(EVENT, now.told(languages).to_string()),
        None => Next::Last(EVENT, json!({ "over": true }).to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::both;

    #[test]
    fn what_is_said_is_vietnamese_first_and_the_tab_keeps_to_the_languages_of_the_browser() {
        let half = HowFar {
            done: 6,
            of: 12,
            state: both("ĐANG KÝ – ĐỪNG RÚT", "Signing, leave it in"),
            figures: Some(Both::same("6/12")),
            over: false,
        };
        let page = half.place().into_string();
        let (vi, en) = (page.find("ĐANG KÝ").expect("Vietnamese"), page.find("Signing").expect("English"));
        assert!(vi < en && page[..en].ends_with("lang=\"en\" data-phan=\"noi-en\">"), "{page}");
        assert_eq!(page.matches("6/12").count(), 1, "what reads the same is said once: {page}");
        let title = |languages| half.told(languages)["title"].clone();
        assert_eq!(title(Languages::Both), "50% – ĐANG KÝ – ĐỪNG RÚT / Signing, leave it in");
        assert_eq!(title(Languages::Vietnamese), "50% – ĐANG KÝ – ĐỪNG RÚT");
    }
}
