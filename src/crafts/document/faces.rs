//! The three faces of every document, Liberation Serif, and the one place where text is shaped.
//! Widths and glyphs come from the same shaper, so that what was measured is what is drawn.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::io::Write;
use std::rc::Rc;
use std::sync::LazyLock;

use rustybuzz::ttf_parser::GlyphId;

use super::typeface;
use crate::pdf::{self, Unusual};

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
pub(crate) enum Weight {
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
    [
        Parsed::new(Weight::Regular, &typeface::REGULAR),
        Parsed::new(Weight::Bold, &typeface::BOLD),
        Parsed::new(Weight::Italic, &typeface::ITALIC),
    ]
});

struct Parsed {
    weight: Weight,
    shaper: rustybuzz::Face<'static>,
    plan: rustybuzz::ShapePlan,
    units_per_em: f32,
    /// What a glyph of the face stands for, where it is that of a character.
    characters: HashMap<u16, char>,
}

/// A string as it is shown; lengths are in em.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Shaped {
    pub width: f32,
    /// What is shown without a change of its height above the baseline.
    pub runs: Vec<Run>,
    /// True where the codes alone do not say the text.
    pub says_otherwise: bool,
    /// Glyphs that are in no cut of the face, with what they stand for.
    unusual: Vec<(u16, String)>,
}

/// Codes and moves between them, as TJ shows them (ISO 32000-1, 9.4.3).
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Run {
    /// Above the baseline: marks that are set over a letter.
    pub rise: f32,
    pub shown: Vec<u8>,
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
    /// What was drawn and is in no cut; none while nothing was drawn.
    drawn: Option<Unusual>,
}

/// The faces of one document, with what they have shaped so far.
pub(super) struct Faces {
    regular: Face,
    bold: Face,
    italic: Face,
    unprintable: Option<String>,
}

impl Parsed {
    fn new(weight: Weight, file: &'static [u8]) -> Self {
        let shaper = rustybuzz::Face::from_slice(file, 0).expect("the vendored font is a font");
        let language = "vi".parse().ok();
        let plan = rustybuzz::ShapePlan::new(
            &shaper,
            rustybuzz::Direction::LeftToRight,
            Some(rustybuzz::script::LATIN),
            language.as_ref(),
            &[],
        );
        let mut characters = HashMap::new();
        let tables = shaper.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables);
        for table in tables.filter(|table| table.is_unicode()) {
            table.codepoints(|code| {
                if let (Some(character), Some(glyph)) = (char::from_u32(code), table.glyph_index(code)) {
                    let known = characters.entry(glyph.0).or_insert(character);
                    *known = character.min(*known);
                }
            });
        }
        Self { weight, units_per_em: shaper.units_per_em() as f32, shaper, plan, characters }
    }

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
        let (mut shaped, mut said) = (Shaped::default(), String::new());
        // Thousandths of an em by which the next glyph stands further right than the one before ends.
        let mut apart = 0.0;
        for (index, (info, position)) in infos.iter().zip(positions).enumerate() {
            let glyph = u16::try_from(info.glyph_id).ok().filter(|glyph| *glyph > 0)?;
            let start = info.cluster as usize;
            let next = infos[index + 1..].iter().map(|later| later.cluster as usize).find(|at| *at != start);
            let (code, known) = pdf::code(self.weight, glyph)?;
            match (known, self.characters.get(&glyph)) {
                (Some(text), _) => said.push_str(text),
                (None, character) => {
                    let cluster = || word[start..next.unwrap_or(word.len())].to_owned();
                    let text = character.map_or_else(cluster, char::to_string);
                    said.push_str(&text);
                    shaped.unusual.push((glyph, text));
                }
            }
            let offset = em(position.x_offset) * 1000.0;
            apart = shaped.show(em(position.y_offset), apart + offset, code);
            let own = self.shaper.glyph_hor_advance(GlyphId(glyph))?;
            apart += em(position.x_advance - i32::from(own)) * 1000.0 - offset;
            shaped.width += em(position.x_advance);
        }
        shaped.apart(apart);
        shaped.says_otherwise = said != word;
        Some(shaped)
    }
}

impl Face {
    /// The shaped text, word for word, or nothing where a letter has no glyph.
    fn shape(&mut self, text: &str) -> Option<Rc<Shaped>> {
        if let Some(known) = self.lines.get(text) {
            return Some(known.clone());
        }
        let line = Rc::new(self.set(text, 0.0)?);
        if self.lines.len() < LINES_KEPT {
            self.lines.insert(text.to_owned(), line.clone());
        }
        Some(line)
    }

    /// Words with their spaces, each wider by `stretch` em.
    fn set(&mut self, text: &str, stretch: f32) -> Option<Shaped> {
        let mut line = Shaped::default();
        let mut apart = 0.0;
        for (index, word) in text.split(' ').enumerate() {
            if index > 0 {
                line.join(&*self.word(" ")?);
                apart = line.apart(apart + stretch * 1000.0);
                line.width += stretch;
            }
            if !word.is_empty() {
                line.join(&*self.word(word)?);
            }
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
    /// Appends a code that stands `apart` thousandths of an em from what is before it. What remains of them
    /// is less than one and comes back.
    fn show(&mut self, rise: f32, apart: f32, code: u16) -> f32 {
        if self.runs.last().is_none_or(|run| run.rise != rise) {
            self.runs.push(Run { rise, shown: Vec::new() });
        }
        let rest = self.apart(apart);
        let [high, low] = code.to_be_bytes();
        if let Some(Run { shown, .. }) = self.runs.last_mut() {
            open(shown);
            let digit = |half: u8| b"0123456789ABCDEF"[usize::from(half)];
            shown.extend([digit(high >> 4), digit(high & 15), digit(low >> 4), digit(low & 15), b'>']);
        }
        rest
    }

    /// Appends a move of whole thousandths of an em, and gives back what remains of it.
    fn apart(&mut self, apart: f32) -> f32 {
        let whole = apart.round();
        if let (Some(run), true) = (self.runs.last_mut(), whole != 0.0) {
            let _ = write!(run.shown, "{}", -whole as i32);
            return apart - whole;
        }
        apart
    }

    /// Appends a word.
    fn join(&mut self, word: &Self) {
        self.width += word.width;
        self.says_otherwise |= word.says_otherwise;
        self.unusual.extend_from_slice(&word.unusual);
        for run in &word.runs {
            match self.runs.last_mut() {
                Some(last) if last.rise == run.rise => match run.shown.strip_prefix(b"<") {
                    Some(codes) => {
                        open(&mut last.shown);
                        last.shown.extend_from_slice(codes);
                    }
                    None => last.shown.extend_from_slice(&run.shown),
                },
                _ => self.runs.push(run.clone()),
            }
        }
    }
}

/// Begins a string of codes, or goes on in the one that was just ended.
fn open(shown: &mut Vec<u8>) {
    if shown.pop_if(|last| *last == b'>').is_none() {
        shown.push(b'<');
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
        let face = |at: usize, words| Face { parsed: &PARSED[at], lines: HashMap::new(), words, drawn: None };
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

    /// Faces that something was drawn in, with what of it is in no cut.
    pub(super) fn drawn(&self) -> Vec<(Weight, Unusual)> {
        let faces = [&self.regular, &self.bold, &self.italic].into_iter();
        faces.filter_map(|face| Some((face.parsed.weight, face.drawn.clone()?))).collect()
    }

    /// Text that is about to be drawn, each space wider by `stretch` em.
    pub(super) fn draw(&mut self, weight: Weight, text: &str, stretch: f32) -> Rc<Shaped> {
        let stretched = if stretch > 0.0 { self.face(weight).set(text, stretch) } else { None };
        let shaped = stretched.map_or_else(|| self.shape(weight, text), Rc::new);
        let drawn = self.face(weight).drawn.get_or_insert_with(BTreeMap::new);
        drawn.extend(shaped.unusual.iter().cloned());
        shaped
    }

    pub(super) fn shape(&mut self, weight: Weight, text: &str) -> Rc<Shaped> {
        if let Some(shaped) = self.face(weight).shape(text) {
            return shaped;
        }
        self.unprintable.get_or_insert_with(|| text.to_owned());
        Rc::new(Shaped::default())
    }

    /// Width in points.
    pub(super) fn width(&mut self, weight: Weight, size: f32, text: &str) -> f32 {
        self.shape(weight, text).width * size
    }

    /// Breaks `text` at spaces into lines of at most `width` points, the first of them shorter by
    /// `indent`. A single word that is wider is broken behind a `/`, else between letters: never clipped.
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

    /// How many bytes of `word` stand on a line that is too short for it, at least one letter.
    fn letters_within(&mut self, weight: Weight, size: f32, width: f32, word: &str) -> usize {
        let ends = word.char_indices().map(|(start, letter)| start + letter.len_utf8());
        let fitting = ends.take_while(|end| self.width(weight, size, &word[..*end]) <= width).last();
        match fitting.and_then(|fitting| word[..fitting].rfind('/')) {
            // The names in a path stay whole, and nothing is printed that is not in it.
            Some(slash) if slash > 0 && fitting != Some(word.len()) => slash + 1,
            _ => fitting.or_else(|| word.chars().next().map(char::len_utf8)).unwrap_or(word.len()),
        }
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
    fn a_path_wider_than_its_column_breaks_behind_its_parts() {
        let mut faces = Faces::new();
        let path = "/media/vat-mang/HOAPHUONG_2025-2026_0001/data/ho-so/2025-2026_ca-nam_hoc-ba_HS0001.pdf";
        let lines = faces.wrap(Weight::Regular, 10.0, 200.0, 0.0, path);
        let written: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(written.concat(), path, "nothing is printed that is not in it");
        assert!(written.len() > 2 && written[..2].iter().all(|line| line.ends_with('/')), "{written:?}");
        assert!(lines.iter().all(|line| faces.width(Weight::Regular, 10.0, &line.text) <= 200.0));
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
