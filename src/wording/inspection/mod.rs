//! The inspector's report: the reports of the judge put into words once, then shown as a page, on paper
//! or as text. Every text that a stranger wrote passes [`crafts::document::plain_text`] on its way.
//!
//! The least that is shown of a signature: TT 15/2025/TT-BKHCN, Điều 6, 6.4.

mod called;
mod fetching;
mod grounds;
mod item;
mod page;
mod problem;
mod record;
mod signature;
mod summary;
mod text;
mod views;

pub use fetching::{fetch_ended, fetched, not_fetched};
pub use grounds::Grounds;
pub use item::{Item, comparison, unread};
pub use page::page;
pub use problem::Problem;
pub use record::{left_out, report, sheet};
pub use signature::{Mark, Signature, name_subjects, signed_paper};
pub use summary::{Rows, brief, group, progress};
pub use text::grounds;
pub use views::{Absence, View, Views};

use serde_json::Value;

use super::{Both, both};

/// Longest text of a stranger that is shown whole.
const SHOWN_CHARACTERS: usize = 300;

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A text from the file under check, harmless.
fn shown(value: &Value, key: &str) -> String {
    crafts::document::plain_text(text(value, key), SHOWN_CHARACTERS)
}
