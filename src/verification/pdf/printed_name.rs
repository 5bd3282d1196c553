//! What a signature shows in its box. Under the school's policy an appearance is a frame or one picture of the
//! base, and lines of text in fonts of the base, and nothing else, so the text can be read as a person reads
//! it: it must name the signer and nobody else.

use std::sync::Arc;

use crate::pdf::content_stream::each_operator;
use crate::pdf::letters::Letters;
use crate::pdf::object::{Dictionary, Id, Object};
use crate::pdf::revision_map::RevisionMap;
use crate::pdf::signatures::Signature;
use crate::pki::Known;

/// Most values in an appearance: ours have some hundreds.
const VALUES: usize = 20_000;
/// Most operands of one operator.
const OPERANDS: usize = 6;
/// Smaller text cannot be read, in points.
const SMALLEST_SIZE: f64 = 3.0;
/// A wider line could cover text, in points.
const WIDEST_LINE: f64 = 3.0;
/// Sizes are written in hundredths of a point.
const ROUNDING: f64 = 0.02;
/// Paler ink cannot be seen on paper (1 is white).
const PALEST: f64 = 0.6;

/// What an appearance shows.
#[derive(Debug)]
pub(crate) struct Shown {
    /// Its text, one piece for each that is drawn.
    pub text: Vec<String>,
    /// The picture below the text, by name and object.
    pub picture: Option<(Vec<u8>, Id)>,
}

/// What a signature's appearance shows; nothing where it is drawn by other means than one picture and text in a
/// font of the base, or where nobody could read the text.
pub(crate) fn shown(map: &RevisionMap<'_>, signature: &Signature, known: &Known) -> Option<Shown> {
    let revision = signature.revision;
    let field = map.get(signature.field_id, revision)?.dictionary()?;
    let Object::Stream(form) = map.entry(map.dictionary_at(field, "AP", revision)?, "N", revision)? else {
        return None;
    };
    let resources = map.dictionary_at(&form.dictionary, "Resources", revision)?;
    let fonts = map.dictionary_at(resources, "Font", revision)?;
    let pictures = map.dictionary_at(resources, "XObject", revision);
    let corners = map.entry(&form.dictionary, "BBox", revision)?.array()?;
    let corners: Vec<f64> = corners.iter().filter_map(Object::number).collect();
    let [left, bottom, right, top] = corners[..] else { return None };
    let mut pen = Pen {
        map,
        revision,
        fonts,
        pictures,
        known,
        area: [left, bottom, right, top],
        font: None,
        at: (0.0, 0.0),
        ink: 0.0,
        placing: Placing::No,
        shown: Shown { text: Vec::new(), picture: None },
    };
    pen.draw(&map.unpacked(form)?)?;
    Some(pen.shown)
}

/// True where the words of `text` name `signer` and, that name left out, none of `others`.
pub(crate) fn names_only<'n>(
    text: &[String],
    signer: &str,
    others: impl IntoIterator<Item = &'n str>,
    fold: fn(&str) -> String,
) -> bool {
    let words = |text: &str| text.split_whitespace().map(fold).collect::<Vec<_>>();
    let own = words(signer);
    let mut left: Vec<String> = text.iter().flat_map(|piece| words(piece)).collect();
    let mut named = false;
    while let Some(at) = place(&left, &own) {
        // What stood on both sides of the name must not become a name by coming together.
        left.splice(at..at + own.len(), [String::new()]);
        named = true;
    }
    named && others.into_iter().map(words).all(|other| place(&left, &other).is_none())
}

fn place(words: &[String], name: &[String]) -> Option<usize> {
    if name.is_empty() { None } else { words.windows(name.len()).position(|part| part == name) }
}

/// A word as it is, for names that a school wrote itself.
pub(crate) fn as_written(word: &str) -> String {
    word.to_owned()
}

/// A word in small letters without Vietnamese marks: certificates write names in capitals, and many without
/// marks.
pub(crate) fn plain(word: &str) -> String {
    let letter = |letter: char| {
        Some(match letter {
            '\u{300}'..='\u{36f}' => return None,
            '\u{e0}'..='\u{e3}' | '\u{103}' | '\u{1ea1}'..='\u{1eb7}' => 'a',
            '\u{e8}'..='\u{ea}' | '\u{1eb9}'..='\u{1ec7}' => 'e',
            '\u{ec}' | '\u{ed}' | '\u{129}' | '\u{1ec9}' | '\u{1ecb}' => 'i',
            '\u{f2}'..='\u{f5}' | '\u{1a1}' | '\u{1ecd}'..='\u{1ee3}' => 'o',
            '\u{f9}' | '\u{fa}' | '\u{169}' | '\u{1b0}' | '\u{1ee5}'..='\u{1ef1}' => 'u',
            '\u{fd}' | '\u{1ef3}'..='\u{1ef9}' => 'y',
            '\u{111}' => 'd',
            other => other,
        })
    };
    word.chars().flat_map(char::to_lowercase).filter_map(letter).collect()
}

/// What has been drawn so far.
struct Pen<'a, 'b> {
    map: &'a RevisionMap<'b>,
    revision: usize,
    fonts: &'a Dictionary,
    pictures: Option<&'a Dictionary>,
    known: &'a Known,
    area: [f64; 4],
    font: Option<Arc<Letters>>,
    at: (f64, f64),
    /// Lightness of the ink.
    ink: f64,
    placing: Placing,
    shown: Shown,
}

/// How far the four operators have come that draw a picture: `q`, `cm`, `Do`, `Q`. Between them stands no other,
/// so that nothing else is ever moved or scaled.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Placing {
    No,
    Saved,
    Placed,
    Drawn,
}

impl Pen<'_, '_> {
    fn draw(&mut self, content: &[u8]) -> Option<()> {
        each_operator(content, (VALUES, OPERANDS), |operator, operands| self.step(operator, operands))
    }

    /// One operator: those that draw a frame and lines of text (ISO 32000-2, annex A), and no other.
    fn step(&mut self, operator: &[u8], operands: &[Object]) -> Option<()> {
        let numbers: Vec<f64> = operands.iter().filter_map(Object::number).collect();
        let operator = std::str::from_utf8(operator).ok()?;
        let placing = std::mem::replace(&mut self.placing, Placing::No);
        match (placing, operator) {
            (Placing::Placed, "Do") | (Placing::Drawn, "Q") => {}
            (Placing::Placed | Placing::Drawn, _) => return None,
            (_, "q") => self.placing = Placing::Saved,
            _ => {}
        }
        match (operator, operands, &numbers[..]) {
            ("cm", [_, _, _, _, _, _], &[width, turn, lean, height, x, y]) if placing == Placing::Saved => {
                let [left, bottom, right, top] = self.area;
                let upright = width > 0.0 && height > 0.0 && turn == 0.0 && lean == 0.0;
                let inside = x >= left - ROUNDING
                    && y >= bottom - ROUNDING
                    && x + width <= right + ROUNDING
                    && y + height <= top + ROUNDING;
                if !upright || !inside {
                    return None;
                }
                self.placing = Placing::Placed;
            }
            // One picture, and before any text, which it could cover.
            ("Do", [Object::Name(name)], _)
                if placing == Placing::Placed
                    && self.shown.text.is_empty()
                    && self.shown.picture.is_none() =>
            {
                let object = self.pictures?.value(name)?.reference()?;
                self.shown.picture = Some((name.to_vec(), object));
                self.placing = Placing::Drawn;
            }
            ("q" | "Q" | "S" | "ET", [], _) | ("RG", [_, _, _], [_, _, _]) => {}
            ("re", [_, _, _, _], [_, _, _, _]) => {}
            ("rg", [_, _, _], [red, green, blue]) => self.ink = 0.2126 * red + 0.7152 * green + 0.0722 * blue,
            ("w", [_], [width]) if *width <= WIDEST_LINE => {}
            ("BT", [], _) => self.at = (0.0, 0.0),
            ("Tf", [Object::Name(font), size], _) => {
                let size = size.number()?;
                if !(SMALLEST_SIZE..1_000.0).contains(&size) {
                    return None;
                }
                self.font = Some(self.letters(font)?);
            }
            ("Td", [_, _], [right, up]) => self.at = (self.at.0 + right, self.at.1 + up),
            ("Tj", [Object::String(codes)], _) => self.show(codes)?,
            _ => return None,
        }
        Some(())
    }

    fn show(&mut self, codes: &[u8]) -> Option<()> {
        let ((x, y), [left, bottom, right, top]) = (self.at, self.area);
        let is_seen = (left..right).contains(&x) && (bottom..top).contains(&y) && self.ink <= PALEST;
        if !is_seen {
            return None;
        }
        self.shown.text.push(self.font.as_ref()?.text(codes)?);
        Some(())
    }

    /// The letters of a font. It is an object of an earlier revision, so that nothing about it came with the
    /// signature.
    fn letters(&self, name: &[u8]) -> Option<Arc<Letters>> {
        let id = self.fonts.get(std::str::from_utf8(name).ok()?)?.reference()?;
        let (written, _) = self.map.place(id.number, self.revision)?;
        let font = self.map.get(id, self.revision)?.dictionary()?;
        if written >= self.revision {
            return None;
        }
        Letters::of(self.map, font, self.revision, self.known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shows(text: &[&str], signer: &str, others: &[&str]) -> bool {
        let text: Vec<String> = text.iter().map(|piece| (*piece).to_owned()).collect();
        names_only(&text, signer, others.iter().copied(), as_written)
    }

    #[test]
    fn a_name_is_found_however_its_line_was_broken() {
        assert!(shows(&["Công Tằng Tôn Nữ", "Quỳnh Thư", "Giáo viên"], "Công Tằng Tôn Nữ Quỳnh Thư", &[]));
        assert!(!shows(&["Công Tằng Tôn Nữ"], "Công Tằng Tôn Nữ Quỳnh Thư", &[]));
        assert!(!shows(&[], "Lê An", &[]) && !shows(&["Lê An"], "", &[]));
    }

    #[test]
    fn another_name_beside_the_own_is_seen_and_a_part_of_the_own_is_none() {
        assert!(shows(&["Lê Thị An Bình"], "Lê Thị An Bình", &["Thị An", "An Bình"]));
        assert!(!shows(&["Lê Thị An Bình", "An Bình"], "Lê Thị An Bình", &["An Bình"]));
        // Half a word is no name, and two halves around the own name are none either.
        assert!(shows(&["Lê Anh"], "Lê Anh", &["Lê An"]));
        assert!(shows(&["Trần", "Lê Anh", "Tú"], "Lê Anh", &["Trần Tú"]));
    }

    #[test]
    fn a_certificate_may_write_a_name_in_capitals_and_without_marks() {
        for written in [
            "NGUYỄN THỊ ĐƯỜNG",
            "nguyen thi duong",
            "Nguye\u{302}\u{303}n Thi\u{323} Đu\u{31b}o\u{31b}\u{300}ng",
        ] {
            let text = ["Nguyễn Thị Đường".to_owned()];
            assert!(names_only(&text, written, [], plain), "{written}");
        }
        assert_eq!(plain("ẠẰẾỈỌỢỰỸÝĐỲỴỶĂÂÊÔƠƯÍĨŨẾẼ"), "aaeioouyydyyyaaeoouiiuee");
    }
}
