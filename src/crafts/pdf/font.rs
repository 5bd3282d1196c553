//! Liberation Serif as it stands in a file: three faces, each cut down once in a process to what Vietnamese
//! papers say, packed once and put into every document as it is. The appearances of signatures are set in
//! the same fonts, so that no revision brings one.
//!
//! A glyph has the same code (CID) in every document: its place in the cut, or, for a glyph that is in
//! none, a number behind all of them. A document with such glyphs gets a cut of its own that has them too.
//!
//! Peers break PDF/A here: rounded widths, a code without ToUnicode, a line break drawn as .notdef.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Chunk, Filter, Name, Rect, Str};
use rustybuzz::ttf_parser::{self, GlyphId};
use subsetter::GlyphRemapper;

use super::PdfFault;
use super::box_table::{ObjectNumber, StampFont};
use super::flat_file::{FlatFile, Flate, deflate};
use super::revision::chunk;
use crate::document::{self, Weight};

/// Resource name of the regular face in appearances.
pub(super) const REGULAR: Name<'static> = Name(b"NPRegular");
/// Resource name of the bold face in appearances.
pub(super) const BOLD: Name<'static> = Name(b"NPBold");

const IDENTITY: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// Letters beyond ASCII: the Vietnamese ones, then those in names of the Ê Đê, Gia Rai, Ba Na, M'Nông
/// and Cơ Ho peoples, then punctuation of titles.
const LETTERS: &str = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ\
                       àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ\
                       ĔĕĬĭŎŏŬŭČčÑñƀ–—‘’“”…·";

/// What shaping makes of several letters, and signs that forms print: in every cut behind the letters.
const BESIDES: [(char, &str); 5] = [('ﬁ', "fi"), ('ﬂ', "fl"), ('×', "×"), ('≥', "≥"), ('≤', "≤")];

/// Glyphs of a document that are in no cut, each with the text that it stands for.
pub(crate) type Unusual = BTreeMap<u16, String>;

/// A face cut down.
struct Face {
    file: &'static [u8],
    post_script_name: &'static str,
    weight: u16,
    is_italic: bool,
    units_per_em: u16,
    bounds: [i16; 4],
    italic_angle: f32,
    ascent: i16,
    descent: i16,
    cap_height: i16,
    /// Glyphs of the cut in order of their codes; the first has code 1.
    glyphs: Vec<u16>,
    /// What each of them stands for; the first ones, a character each, are those of appearances.
    texts: Vec<String>,
    advances: Vec<u16>,
    characters: String,
    /// Code of each glyph of the face; 0 for one that is not in the cut.
    codes: Vec<u16>,
    packed: Packed,
}

/// A font program and its ToUnicode, as they stand in a file.
struct Packed {
    program: Vec<u8>,
    program_size: usize,
    to_unicode: Vec<u8>,
}

static FACES: LazyLock<Option<[Face; 3]>> = LazyLock::new(|| {
    // The tag before the plus sign is fixed because the cut is.
    Some([
        Face::cut(&document::REGULAR, "NPSTMR+LiberationSerif", 400)?,
        Face::cut(&document::BOLD, "NPSTMB+LiberationSerif-Bold", 700)?,
        Face::cut(&document::ITALIC, "NPSTMI+LiberationSerif-Italic", 400)?,
    ])
});

fn face(weight: Weight) -> Option<&'static Face> {
    let [regular, bold, italic] = FACES.as_ref()?;
    Some(match weight {
        Weight::Regular => regular,
        Weight::Bold => bold,
        Weight::Italic => italic,
    })
}

/// The code of a glyph, and what a reader takes it for where the glyph is in the cut.
pub(crate) fn code(weight: Weight, glyph: u16) -> Option<(u16, Option<&'static str>)> {
    let face = face(weight)?;
    match face.codes.get(usize::from(glyph)) {
        Some(&code) if code > 0 => Some((code, Some(&face.texts[usize::from(code) - 1]))),
        _ => Some((face.code_behind(glyph)?, None)),
    }
}

impl Face {
    fn cut(file: &'static [u8], post_script_name: &'static str, weight: u16) -> Option<Self> {
        let face = ttf_parser::Face::parse(file, 0).ok()?;
        let (mut glyphs, mut texts, mut advances) = (Vec::new(), Vec::new(), Vec::new());
        let mut characters = String::new();
        let mut codes = vec![0; usize::from(face.number_of_glyphs())];
        let letters = (' '..='~').chain(LETTERS.chars()).map(|letter| (letter, letter.to_string(), true));
        let besides = BESIDES.iter().map(|(sign, text)| (*sign, (*text).to_owned(), false));
        for (character, text, is_letter) in letters.chain(besides) {
            let Some(glyph) = face.glyph_index(character).filter(|glyph| glyph.0 != 0) else { continue };
            let code = codes.get_mut(usize::from(glyph.0))?;
            if *code > 0 {
                continue; // shares its glyph with another character: ToUnicode could name only one
            }
            glyphs.push(glyph.0);
            *code = u16::try_from(glyphs.len()).ok()?;
            texts.push(text);
            advances.push(face.glyph_hor_advance(glyph)?);
            if is_letter {
                characters.push(character);
            }
        }
        let bounds = face.global_bounding_box();
        let packed = Packed::of(file, &glyphs, (1..).zip(texts.iter().map(String::as_str)))?;
        Some(Self {
            file,
            post_script_name,
            weight,
            is_italic: face.is_italic(),
            units_per_em: face.units_per_em(),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max],
            italic_angle: face.italic_angle(),
            ascent: face.ascender(),
            descent: face.descender(),
            cap_height: face.capital_height().unwrap_or_else(|| face.ascender()),
            glyphs,
            texts,
            advances,
            characters,
            codes,
            packed,
        })
    }

    /// The code of a glyph that is in no cut: the same in every document.
    fn code_behind(&self, glyph: u16) -> Option<u16> {
        u16::try_from(self.glyphs.len()).ok()?.checked_add(glyph)
    }

    /// Thousandths of an em, not rounded (ISO 19005-3, 6.2.11.5 compares them with the font program).
    fn thousandths(&self, units: impl Into<f32>) -> f32 {
        units.into() * 1000.0 / f32::from(self.units_per_em)
    }

    /// Adds the face's objects, with glyphs of this document that are not in the cut.
    fn embed(
        &self,
        file: &mut FlatFile,
        unusual: &Unusual,
        allocate: &mut impl FnMut() -> Result<ObjectNumber, PdfFault>,
    ) -> Result<ObjectNumber, PdfFault> {
        let [font, descendant, descriptor, program, to_unicode] =
            [allocate()?, allocate()?, allocate()?, allocate()?, allocate()?];
        let own = if unusual.is_empty() { None } else { Some(self.widened(unusual)?) };
        let map = own.as_ref().map(|_| allocate()).transpose()?;
        let Packed { program: bytes, program_size, to_unicode: cmap } =
            own.as_ref().map_or(&self.packed, |own| &own.packed);
        let name = Name(self.post_script_name.as_bytes());
        let mut add = |number: ObjectNumber, write: &dyn Fn(&mut Chunk)| file.add(number, &chunk(write));
        add(font, &|chunk| {
            let mut font = chunk.type0_font(font.reference());
            font.base_font(name).encoding_predefined(Name(b"Identity-H"));
            font.descendant_font(descendant.reference()).to_unicode(to_unicode.reference());
        });
        add(descendant, &|chunk| {
            let mut font = chunk.cid_font(descendant.reference());
            font.subtype(CidFontType::Type2).base_font(name).system_info(IDENTITY);
            font.font_descriptor(descriptor.reference()).default_width(0.0);
            match map {
                None => font.cid_to_gid_map_predefined(Name(b"Identity")),
                Some(map) => font.cid_to_gid_map_stream(map.reference()),
            };
            let mut widths = font.widths();
            widths.consecutive(1, self.advances.iter().map(|&advance| self.thousandths(advance)));
            for (code, advance) in own.iter().flat_map(|own| &own.advances) {
                widths.same(*code, *code, self.thousandths(*advance));
            }
        });
        add(descriptor, &|chunk| {
            let [left, bottom, right, top] = self.bounds.map(|bound| self.thousandths(bound));
            let mut font = chunk.font_descriptor(descriptor.reference());
            let mut flags = FontFlags::SERIF | FontFlags::SYMBOLIC;
            flags.set(FontFlags::ITALIC, self.is_italic);
            font.name(name).flags(flags);
            font.bbox(Rect::new(left, bottom, right, top)).italic_angle(self.italic_angle);
            font.ascent(self.thousandths(self.ascent)).descent(self.thousandths(self.descent));
            font.cap_height(self.thousandths(self.cap_height));
            font.stem_v(10.0 + 0.244 * (f32::from(self.weight) - 50.0));
            font.font_file2(program.reference());
        });
        add(program, &|chunk| {
            let mut stream = chunk.stream(program.reference(), bytes);
            stream.filter(Filter::FlateDecode);
            stream.pair(Name(b"Length1"), i32::try_from(*program_size).unwrap_or(i32::MAX));
        });
        add(to_unicode, &|chunk| {
            chunk.cmap(to_unicode.reference(), cmap).filter(Filter::FlateDecode);
        });
        if let (Some(map), Some(own)) = (map, &own) {
            add(map, &|chunk| {
                chunk.stream(map.reference(), &own.map).filter(Filter::FlateDecode);
            });
        }
        Ok(font)
    }

    /// The cut with further glyphs behind it.
    fn widened(&self, unusual: &Unusual) -> Result<Widened, PdfFault> {
        self.try_widened(unusual).ok_or(PdfFault::StampFont)
    }

    fn try_widened(&self, unusual: &Unusual) -> Option<Widened> {
        let face = ttf_parser::Face::parse(self.file, 0).ok()?;
        let (mut glyphs, mut advances) = (self.glyphs.clone(), Vec::new());
        let mut map: Vec<u16> = (0..=u16::try_from(glyphs.len()).ok()?).collect();
        for glyph in unusual.keys() {
            let code = self.code_behind(*glyph)?;
            glyphs.push(*glyph);
            advances.push((code, face.glyph_hor_advance(GlyphId(*glyph))?));
            map.resize(usize::from(code) + 1, 0);
            map[usize::from(code)] = u16::try_from(glyphs.len()).ok()?;
        }
        let behind = unusual.iter().filter_map(|(glyph, text)| Some((self.code_behind(*glyph)?, &**text)));
        let known = (1..).zip(self.texts.iter().map(String::as_str));
        let packed = Packed::of(self.file, &glyphs, known.chain(behind))?;
        let map: Vec<u8> = map.into_iter().flat_map(u16::to_be_bytes).collect();
        Some(Widened { packed, advances, map: deflate(&map, Flate::Small) })
    }
}

/// A face with the unusual glyphs of one document.
struct Widened {
    packed: Packed,
    /// Code and width of each further glyph.
    advances: Vec<(u16, u16)>,
    /// CIDToGIDMap (ISO 32000-1, 9.7.4.3).
    map: Vec<u8>,
}

impl Packed {
    fn of<'t>(file: &[u8], glyphs: &[u16], texts: impl Iterator<Item = (u16, &'t str)>) -> Option<Self> {
        let mut remapper = GlyphRemapper::new();
        for glyph in glyphs {
            remapper.remap(*glyph);
        }
        let program = subsetter::subset(file, 0, &remapper).ok()?;
        let mut cmap = UnicodeCmap::<u16>::new(Name(b"Niemphong"), IDENTITY);
        texts.for_each(|(code, text)| cmap.pair_with_multiple(code, text.chars()));
        Some(Self {
            program_size: program.len(),
            program: deflate(&program, Flate::Small),
            to_unicode: deflate(&cmap.finish(), Flate::Small),
        })
    }
}

/// Adds a face to a file that is being made, with glyphs of this document that are in no cut.
///
/// Errors: [`PdfFault::StampFont`] when the vendored file is not the font that it should be.
pub(super) fn embed(
    file: &mut FlatFile,
    weight: Weight,
    unusual: &Unusual,
    allocate: &mut impl FnMut() -> Result<ObjectNumber, PdfFault>,
) -> Result<ObjectNumber, PdfFault> {
    face(weight).ok_or(PdfFault::StampFont)?.embed(file, unusual, allocate)
}

/// The fonts of appearances, regular first: those of the document, or added where it has none in bold.
///
/// Errors: as [`embed`].
pub(super) fn of_appearances(
    file: &mut FlatFile,
    mut allocate: impl FnMut() -> Result<ObjectNumber, PdfFault>,
) -> Result<[StampFont; 2], PdfFault> {
    let mut one = |weight: Weight| {
        let face = face(weight).ok_or(PdfFault::StampFont)?;
        let beginning = format!("<</Type/Font/Subtype/Type0/BaseFont/{}/", face.post_script_name);
        let object = match file.beginning_with(beginning.as_bytes()) {
            Some(there) => there,
            None => face.embed(file, &Unusual::new(), &mut allocate)?,
        };
        Ok(StampFont {
            object,
            units_per_em: face.units_per_em,
            characters: face.characters.clone(),
            advances: face.advances[..face.characters.chars().count()].to_vec(),
        })
    };
    Ok([one(Weight::Regular)?, one(Weight::Bold)?])
}

/// The name under which the regular face stands in every document.
pub(super) fn regular_name() -> Option<&'static str> {
    face(Weight::Regular).map(|face| face.post_script_name)
}

/// A line in the regular face: the code of each character, and how wide all of them are in em.
///
/// Errors: [`PdfFault::Unprintable`] for a character that is not in every document.
pub(super) fn regular_codes(line: &str) -> Result<(Vec<u16>, f32), PdfFault> {
    let face = face(Weight::Regular).ok_or(PdfFault::StampFont)?;
    let (mut codes, mut width) = (Vec::new(), 0.0);
    for character in line.chars() {
        let at = face.characters.chars().position(|known| known == character);
        let at = at.ok_or(PdfFault::Unprintable { character })?;
        codes.push(u16::try_from(at + 1).map_err(|_| PdfFault::Unprintable { character })?);
        width += f32::from(face.advances[at]) / f32::from(face.units_per_em.max(1));
    }
    Ok((codes, width))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_face_has_every_vietnamese_letter_once() {
        for face in FACES.as_ref().expect("the vendored fonts") {
            let letters: BTreeSet<char> = face.characters.chars().collect();
            assert_eq!(letters.len(), face.characters.chars().count());
            let vietnamese =
                ('\u{1ea0}'..='\u{1ef9}').chain("ĂăÂâĐđÊêÔôƠơƯưÀÁÃÈÉÌÍÒÓÕÙÚÝàáãèéìíòóõùúýĨĩŨũ".chars());
            for letter in vietnamese.chain(' '..='~') {
                assert!(letters.contains(&letter), "{letter}");
            }
        }
    }

    #[test]
    fn a_character_is_as_wide_as_its_glyph() {
        let file = include_bytes!("../../../vendor/liberation/LiberationSerif-Regular.ttf");
        let whole = ttf_parser::Face::parse(file, 0).expect("a font");
        let regular = face(Weight::Regular).expect("the vendored fonts");
        let font = StampFont {
            object: ObjectNumber::try_from(1).expect("a number"),
            units_per_em: regular.units_per_em,
            characters: regular.characters.clone(),
            advances: regular.advances.clone(),
        };
        for character in font.characters.chars() {
            let glyph = whole.glyph_index(character).expect("a glyph");
            let advance = f32::from(whole.glyph_hor_advance(glyph).expect("a width")) / 2048.0;
            assert_eq!(font.glyph(character).expect("a glyph").advance, advance, "{character}");
        }
        assert!(font.glyph('☑').is_none());
    }

    #[test]
    fn a_glyph_keeps_its_code_whether_it_is_in_the_cut_or_behind_it() {
        let whole = ttf_parser::Face::parse(&document::REGULAR, 0).expect("a font");
        let glyph = |character| whole.glyph_index(character).expect("a glyph").0;
        assert_eq!(code(Weight::Regular, glyph('A')), Some((34, Some("A"))));
        assert_eq!(code(Weight::Regular, glyph('Đ')).and_then(|known| known.1), Some("Đ"));
        let (behind, text) = code(Weight::Regular, glyph('Ω')).expect("a code");
        let face = face(Weight::Regular).expect("the vendored fonts");
        assert_eq!((usize::from(behind), text), (face.glyphs.len() + usize::from(glyph('Ω')), None));
    }
}
