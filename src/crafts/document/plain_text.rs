//! Text from strangers, made fit to be shown: names in certificates and files may hold characters that
//! turn the reading direction, hide letters or drive a terminal. They are written out, never obeyed.
//! Source: Unicode Technical Report 36, section 2; Unicode Standard Annex 9.

use std::fmt::Write;

use super::faces::prints;

/// Marks that may stand on one letter; more of them paint over the lines above.
const MARKS_PER_LETTER: usize = 2;

/// `text` with at most `limit_characters`, invisible characters written as `[U+202E]`, white space as one
/// kind of space.
pub fn plain_text(text: &str, limit_characters: usize) -> String {
    shown(text, limit_characters, |_| true)
}

/// As [`plain_text`], and characters that the embedded faces lack are written out too.
pub(super) fn printable(text: &str, limit_characters: usize) -> String {
    shown(text, limit_characters, prints)
}

fn shown(text: &str, limit_characters: usize, has_glyph: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len().min(4 * limit_characters));
    let mut marks = 0;
    for (index, c) in text.chars().enumerate() {
        if index >= limit_characters {
            out.push('…');
            break;
        }
        marks = if is_mark(c) { marks + 1 } else { 0 };
        if c == ' ' || c == '\u{A0}' {
            out.push(' ');
        } else if is_invisible(c) || marks > MARKS_PER_LETTER || !has_glyph(c) {
            let _ = write!(out, "[U+{:04X}]", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}')
}

/// Controls, formats, other spaces, private and unassigned planes: nothing that a name needs.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E000}'..='\u{F8FF}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_hides_or_drives_is_written_out() {
        assert_eq!(plain_text("Nguyễn\u{202E}fdp\u{200B}", 99), "Nguyễn[U+202E]fdp[U+200B]");
        assert_eq!(plain_text("\u{1b}[2Jhợp lệ\r\n", 99), "[U+001B][2Jhợp lệ[U+000D][U+000A]");
        assert_eq!(plain_text("e\u{301}\u{300}\u{300}\u{300}", 99), "e\u{301}\u{300}[U+0300][U+0300]");
    }

    #[test]
    fn long_text_ends_with_an_ellipsis() {
        assert_eq!(plain_text("abcdef", 3), "abc…");
    }

    #[test]
    fn paper_writes_out_what_its_faces_lack() {
        assert_eq!(printable("Trường 漢", 99), "Trường [U+6F22]");
    }
}
