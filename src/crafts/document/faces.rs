//! The three faces of every document, Liberation Serif, and the one place where text is shaped.
//! Widths and glyphs come from the same shaper, so that what was measured is what is drawn.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::typeface;

/// Shaped strings kept per face and document; marks repeat thousands of times in a class book.
const LINES_KEPT: usize = 20_000;
/// Shaped words kept per face and thread; the words of a form repeat in every document.
const WORDS_KEPT: usize = 8_000;

thread_local! {
    /// Words of documents before this one. A word has the same glyphs in every document, so that what
    /// is kept decides how soon a document is ready and never what it becomes.
    static WORDS: RefCell<[HashMap<String, Rc<Shaped>>; 3]> = RefCell::default();
}

/// Which of the three faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
    Italic,
}

/// True when all three faces have a glyph of their own for `c`.
pub fn prints(c: char) -> bool {
    PARSED.iter().all(|face| face.shaper.glyph_index(c).is_some_and(|glyph| glyph.0 != 0))
}

/// Regular, bold and italic as every document of this process uses them: constant, so that no document
/// depends on the one before.
static PARSED: LazyLock<[Parsed; 3]> = LazyLock::new(|| {
    [Parsed::new(&typeface::REGULAR), Parsed::new(&typeface::BOLD), Parsed::new(&typeface::ITALIC)]
});

struct Parsed {
    font: Font,
    shaper: rustybuzz::Face<'static>,
    plan: rustybuzz::ShapePlan,
    units_per_em: f32,
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
    parsed: &'static Parsed,
    lines: HashMap<String, Rc<Shaped>>,
    words: HashMap<String, Rc<Shaped>>,
}

/// The faces of one document, with what they have shaped so far.
pub(super) struct Faces {
    regular: Face,
    bold: Face,
    italic: Face,
    unprintable: Option<String>,
}

impl Parsed {
    fn new(file: &'static [u8]) -> Self {
        let shaper = rustybuzz::Face::from_slice(file, 0).expect("the vendored font is a font");
        let language = "vi".parse().ok();
        let plan = rustybuzz::ShapePlan::new(
            &shaper,
            rustybuzz::Direction::LeftToRight,
            Some(rustybuzz::script::LATIN),
            language.as_ref(),
            &[],
        );
        let font = Font::new(file.into(), 0).expect("the vendored font is a font");
        Self { font, units_per_em: shaper.units_per_em() as f32, shaper, plan }
    }
}

impl Parsed {
    /// The shaped word, or nothing where a letter has no glyph.
    fn shape(&self, word: &str) -> Option<Shaped> {
        let mut buffer = rustybuzz::UnicodeBuffer::new();
        buffer.push_str(word);
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
                start..next.unwrap_or(word.len()),
                None,
            ));
        }
        Some(shaped)
    }
}

impl Face {
    /// The shaped text, word for word, or nothing where a letter has no glyph.
    fn shape(&mut self, text: &str) -> Option<Rc<Shaped>> {
        if let Some(known) = self.lines.get(text) {
            return Some(known.clone());
        }
        let mut line = Shaped { glyphs: Vec::with_capacity(text.len()), width: 0.0 };
        let mut start = 0;
        for (index, word) in text.split(' ').enumerate() {
            if index > 0 {
                line.join(&*self.word(" ")?, start);
                start += 1;
            }
            if !word.is_empty() {
                line.join(&*self.word(word)?, start);
                start += word.len();
            }
        }
        let line = Rc::new(line);
        if self.lines.len() < LINES_KEPT {
            self.lines.insert(text.to_owned(), line.clone());
        }
        Some(line)
    }

    fn word(&mut self, word: &str) -> Option<Rc<Shaped>> {
        if let Some(known) = self.words.get(word) {
            return Some(known.clone());
        }
        let shaped = Rc::new(self.parsed.shape(word)?);
        if self.words.len() < WORDS_KEPT {
            self.words.insert(word.to_owned(), shaped.clone());
        }
        Some(shaped)
    }
}

impl Shaped {
    /// Appends a word that begins at byte `start` of the line.
    fn join(&mut self, word: &Self, start: usize) {
        self.width += word.width;
        self.glyphs.extend(word.glyphs.iter().cloned().map(|mut glyph| {
            glyph.text_range = glyph.text_range.start + start..glyph.text_range.end + start;
            glyph
        }));
    }
}

impl Drop for Faces {
    fn drop(&mut self) {
        let kept =
            [&mut self.regular, &mut self.bold, &mut self.italic].map(|face| std::mem::take(&mut face.words));
        // At the end of a thread nothing is kept any more.
        let _ = WORDS.try_with(|words| words.replace(kept));
    }
}

impl Faces {
    pub(super) fn new() -> Self {
        let [regular, bold, italic] = WORDS.take();
        let face = |at: usize, words| Face { parsed: &PARSED[at], lines: HashMap::new(), words };
        let (regular, bold, italic) = (face(0, regular), face(1, bold), face(2, italic));
        Self { regular, bold, italic, unprintable: None }
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
        self.face(weight).parsed.font.clone()
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
