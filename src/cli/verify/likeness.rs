//! The media of one inspection, compared with each other by their registers.

use serde_json::{Value, json};
use verification::medium::{Likeness, compare};

use crate::wording::inspection as words;

/// What the comparisons of some media say.
#[derive(Default)]
pub struct Compared {
    /// A line for people for each pair.
    pub lines: Vec<String>,
    /// One of them was shortened or rewritten.
    pub contradicted: bool,
    /// An object of `--json` for each pair.
    pub objects: Vec<Value>,
}

/// Compares each medium with each other one and notes in each report how it stands to the others.
pub fn compare_all(media: &mut [Value]) -> Compared {
    let mut compared = Compared::default();
    let before = media.to_vec();
    for (index, one) in before.iter().enumerate() {
        let mut notes = Vec::new();
        for (other_index, other) in before.iter().enumerate().filter(|(other, _)| *other != index) {
            let Some(likeness) = compare(one, other) else { continue };
            compared.contradicted |= matches!(likeness, Likeness::Shortened | Likeness::Rewritten);
            notes.push(json!({"with": other["path"], "likeness": likeness}));
            if index < other_index {
                let object = json!({"type": "comparison", "path": one["path"], "with": other["path"], "likeness": likeness});
                compared.lines.push(words::comparison(&object));
                compared.objects.push(object);
            }
        }
        media[index]["compared"] = notes.into();
    }
    compared
}
