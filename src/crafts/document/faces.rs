//! The three faces of every document, Liberation Serif, and the one place where text is shaped.
//! Widths and glyphs come from the same shaper, so that what was measured is what is drawn.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::OnceLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};

static REGULAR: &[u8] = include_bytes!("../../../vendor/liberation/LiberationSerif-Regular.ttf");
static BOLD: &[u8] = include_bytes!("../../../vendor/liberation/LiberationSerif-Bold.ttf");
static ITALIC: &[u8] = include_bytes!("../../../vendor/liberation/LiberationSerif-Italic.ttf");

/// Shaped strings kept per face; marks repeat thousands of times in a class book.
const SHAPED_KEPT: usize = 20_000;

/// Which of the three faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
    Italic,
}

/// True when all three faces have a glyph of their own for `c`.
pub fn prints(c: char) -> bool {
    static FACES: OnceLock<Vec<rustybuzz::Face<'static>>> = OnceLock::new();
    let faces = FACES.get_or_init(|| [REGULAR, BOLD, ITALIC].into_iter().map(read).collect());
    faces.iter().all(|face| face.glyph_index(c).is_some_and(|glyph| glyph.0 != 0))
}

fn read(file: &'static [u8]) -> rustybuzz::Face<'static> {
    rustybuzz::Face::from_slice(file, 0).expect("the vendored font is a font")
}

/// A string as glyphs; the width is in em.
pub(super) struct Shaped {
    pub glyphs: Vec<KrillaGlyph>,
    pub width: f32,
}

/// A wrapped line and whether its paragraph goes on after it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub goes_on: bool,
}

struct Face {
    font: Font,
    shaper: rustybuzz::Face<'static>,
    plan: rustybuzz::ShapePlan,
    units_per_em: f32,
    shaped: HashMap<String, Rc<Shaped>>,
}

/// The faces of one document, with what they have shaped so far.
pub(super) struct Faces {
    regular: Face,
    bold: Face,
    italic: Face,
    unprintable: Option<String>,
}

impl Face {
    fn new(file: &'static [u8]) -> Self {
        let shaper = read(file);
        let language = "vi".parse().ok();
        let plan = rustybuzz::ShapePlan::new(
            &shaper,
            rustybuzz::Direction::LeftToRight,
            Some(rustybuzz::script::LATIN),
            language.as_ref(),
            &[],
        );
        Self {
            font: Font::new(file.into(), 0).expect("the vendored font is a font"),
            units_per_em: shaper.units_per_em() as f32,
            shaper,
            plan,
            shaped: HashMap::new(),
        }
    }

    /// The shaped text, or nothing where a letter has no glyph.
    fn shape(&mut self, text: &str) -> Option<Rc<Shaped>> {
        if let Some(known) = self.shaped.get(text) {
            return Some(known.clone());
        }
        let mut buffer = rustybuzz::UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(rustybuzz::Direction::LeftToRight);
        buffer.set_script(rustybuzz::script::LATIN);
        if let Ok(language) = "vi".parse() {
            buffer.set_language(language);
        }
        let output = rustybuzz::shape_with_plan(&self.shaper, &self.plan, buffer);
        let (infos, positions) = (output.glyph_infos(), output.glyph_positions());
        let em = |units: i32| units as f32 / self.units_per_em;
        let mut shaped = Shaped { glyphs: Vec::with_capacity(infos.len()), width: 0.0 };
        for (index, (info, position)) in infos.iter().zip(positions).enumerate() {
            if info.glyph_id == 0 {
                return None;
            }
            let start = info.cluster as usize;
            let next = infos[index + 1..].iter().map(|later| later.cluster as usize).find(|at| *at != start);
            let advance = em(position.x_advance);
            shaped.width += advance;
            shaped.glyphs.push(KrillaGlyph::new(
                GlyphId::new(info.glyph_id),
                advance,
                em(position.x_offset),
                em(position.y_offset),
                0.0,
                start..next.unwrap_or(text.len()),
                None,
            ));
        }
        let shaped = Rc::new(shaped);
        if self.shaped.len() < SHAPED_KEPT {
            self.shaped.insert(text.to_owned(), shaped.clone());
        }
        Some(shaped)
    }
}

impl Faces {
    pub(super) fn new() -> Self {
        Self {
            regular: Face::new(REGULAR),
            bold: Face::new(BOLD),
            italic: Face::new(ITALIC),
            unprintable: None,
        }
    }

    fn face(&mut self, weight: Weight) -> &mut Face {
        match weight {
            Weight::Regular => &mut self.regular,
            Weight::Bold => &mut self.bold,
            Weight::Italic => &mut self.italic,
        }
    }

    /// The first text that could not be shaped. Kept here so that layout need not stop at every
    /// string; a document with such a text is never finished.
    pub(super) fn unprintable(&self) -> Option<&str> {
        self.unprintable.as_deref()
    }

    pub(super) fn font(&mut self, weight: Weight) -> Font {
        self.face(weight).font.clone()
    }

    pub(super) fn shape(&mut self, weight: Weight, text: &str) -> Rc<Shaped> {
        if let Some(shaped) = self.face(weight).shape(text) {
            return shaped;
        }
        self.unprintable.get_or_insert_with(|| text.to_owned());
        Rc::new(Shaped { glyphs: Vec::new(), width: 0.0 })
    }

    /// Width in points.
    pub(super) fn width(&mut self, weight: Weight, size: f32, text: &str) -> f32 {
        self.shape(weight, text).width * size
    }

    /// Breaks `text` at spaces into lines of at most `width` points, the first of them shorter by
    /// `indent`. A single word that is wider is broken between letters: never clipped.
    pub(super) fn wrap(
        &mut self,
        weight: Weight,
        size: f32,
        width: f32,
        indent: f32,
        text: &str,
    ) -> Vec<Line> {
        let space = self.width(weight, size, " ");
        let mut lines: Vec<String> = Vec::new();
        let mut current = String::new();
        let mut used = indent;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let mut rest = word;
            let mut needed = self.width(weight, size, rest);
            let gap = if current.is_empty() { 0.0 } else { space };
            if used + gap + needed > width && !current.is_empty() {
                lines.push(std::mem::take(&mut current));
                used = 0.0;
            }
            while used + needed > width && current.is_empty() {
                let fitting = self.letters_within(weight, size, width - used, rest);
                if fitting >= rest.len() {
                    break;
                }
                lines.push(rest[..fitting].to_owned());
                rest = &rest[fitting..];
                needed = self.width(weight, size, rest);
                used = 0.0;
            }
            if !current.is_empty() {
                current.push(' ');
                used += space;
            }
            current.push_str(rest);
            used += needed;
        }
        lines.push(current);
        let last = lines.len() - 1;
        lines.into_iter().enumerate().map(|(index, text)| Line { text, goes_on: index < last }).collect()
    }

    /// As [`Self::wrap`], but with lines of about equal length: no single word on the last line.
    pub(super) fn wrap_evenly(&mut self, weight: Weight, size: f32, width: f32, text: &str) -> Vec<Line> {
        let mut lines = self.wrap(weight, size, width, 0.0, text);
        if lines.len() < 2 {
            return lines;
        }
        // Not narrower than the widest word, which would be broken for the sake of evenness.
        let widest = text.split(' ').map(|word| self.width(weight, size, word)).fold(0.0, f32::max);
        let (mut narrow, mut wide) = (widest.max(width / 2.0), width);
        for _ in 0..8 {
            let middle = (narrow + wide) / 2.0;
            let tried = self.wrap(weight, size, middle, 0.0, text);
            if tried.len() > lines.len() {
                narrow = middle;
            } else {
                wide = middle;
                lines = tried;
            }
        }
        lines
    }

    /// How many bytes of `word` fit, at least one letter.
    fn letters_within(&mut self, weight: Weight, size: f32, width: f32, word: &str) -> usize {
        let ends = word.char_indices().map(|(start, letter)| start + letter.len_utf8());
        let fitting = ends.take_while(|end| self.width(weight, size, &word[..*end]) <= width).last();
        fitting.or_else(|| word.chars().next().map(char::len_utf8)).unwrap_or(word.len())
    }

    /// `size`, or less where `text` would be wider than `width`.
    pub(super) fn size_for_line(&mut self, weight: Weight, size: f32, width: f32, text: &str) -> f32 {
        let needed = self.width(weight, size, text);
        if needed > width { size * width / needed } else { size }
    }

    /// The largest size from `size` down to `least`, in half points, at which no word is wider than `width`.
    pub(super) fn size_for_words(
        &mut self,
        weight: Weight,
        size: f32,
        least: f32,
        width: f32,
        text: &str,
    ) -> f32 {
        let widest = text.split(' ').map(|word| self.width(weight, 1.0, word)).fold(0.0, f32::max);
        let mut size = size;
        while size > least && widest * size > width {
            size -= 0.5;
        }
        size.max(least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_letter_prints_and_a_tick_does_not() {
        for letter in "ĂÂĐÊÔƠƯăâđêôơưẠẢÃÀÁẶẲẴẰẮẬẨẪẦẤỆỂỄỀẾỘỔỖỒỐỢỞỠỜỚỰỬỮỪỨỴỶỸỲÝỵỷỹỳý–,.:…".chars()
        {
            assert!(prints(letter), "{letter}");
        }
        assert!(!prints('☑') && !prints('漢') && !prints('😀'));
    }

    #[test]
    fn a_word_wider_than_its_column_is_broken_and_nothing_is_lost() {
        let mut faces = Faces::new();
        let text = "Nguyễn Quangngoclongthuyducanhminhhoangphuongthaolinhchi Anh";
        let lines = faces.wrap(Weight::Regular, 10.0, 60.0, 0.0, text);
        let joined: String = lines.iter().map(|line| line.text.replace(' ', "")).collect();
        assert_eq!(joined, text.replace(' ', ""));
        for line in &lines {
            assert!(faces.width(Weight::Regular, 10.0, &line.text) <= 60.0, "{line:?}");
        }
    }

    #[test]
    fn lines_join_to_the_text_again() {
        let mut faces = Faces::new();
        let text = "Em chăm chỉ, tiến bộ rõ rệt về kĩ năng trình bày bài giải.";
        let lines = faces.wrap(Weight::Regular, 10.0, 90.0, 20.0, text);
        assert!(lines.len() > 2);
        assert_eq!(lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" "), text);
    }
}
