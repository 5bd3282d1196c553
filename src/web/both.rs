//! A text of both languages on a page: the Vietnamese, then the English in small print where it says more.

use maud::{Markup, Render, html};

use super::frame::en;
use crate::wording::Both;

impl Render for Both {
    fn render(&self) -> Markup {
        html! { (self.vi) @if let Some(english) = self.english() { (en(english)) } }
    }
}
