//! Names and remarks: brought to NFC, spaces trimmed, every letter printable.

use school::limits;
use unicode_normalization::UnicodeNormalization;

use crate::document;

use super::json::Json;
use super::problem::ProblemCode;
use super::reading::{Path, Reading};

/// A name as it will be printed: not empty, at most `limits::NAME_CHARACTERS`.
pub(super) fn name(reading: &mut Reading, json: &Json, path: Path) -> Option<String> {
    let name = printed(reading, json, path, limits::NAME_CHARACTERS)?;
    if name.is_empty() {
        reading.problem(ProblemCode::TextEmpty, path, "");
        return None;
    }
    Some(name)
}

/// A remark as it will be printed; may be empty.
pub(super) fn remark(reading: &mut Reading, json: &Json, path: Path) -> Option<String> {
    printed(reading, json, path, limits::REMARK_CHARACTERS)
}

/// Text in at most `longest` characters; may be empty.
pub(super) fn printed(reading: &mut Reading, json: &Json, path: Path, longest: usize) -> Option<String> {
    let given = reading.string(json, path)?;
    // Runs of spaces come from fixed-width columns of older systems and mean nothing in a name.
    let text = given.nfc().collect::<String>();
    let text = text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut sound = true;
    if text.chars().count() > longest {
        reading.problem(ProblemCode::TextTooLong, path, &text);
        sound = false;
    }
    if let Some(control) = text.chars().find(|c| is_invisible(*c)) {
        reading.problem(ProblemCode::ControlCharacter, path, &named(control));
        sound = false;
    }
    let unprintable = |c: &char| !is_invisible(*c) && !document::prints(*c);
    if let Some(unprintable) = text.chars().find(unprintable) {
        reading.problem(ProblemCode::Unprintable, path, &format!("{unprintable} {}", named(unprintable)));
        sound = false;
    }
    sound.then_some(text)
}

fn named(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// Control characters and format characters: they print nothing, and some reorder what is printed.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}
