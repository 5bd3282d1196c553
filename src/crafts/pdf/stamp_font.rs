//! The stamp font: Liberation Serif in two faces, cut down to what a Vietnamese signature can say, and
//! embedded in the base so that no later revision brings a font.
//!
//! Peers break PDF/A here: rounded widths, a code without ToUnicode, a line break drawn as .notdef.

use std::sync::LazyLock;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Name, Rect, Str};
use rustybuzz::ttf_parser;
use subsetter::GlyphRemapper;

use super::PdfFault;
use super::box_table::{ObjectNumber, StampFont};
use super::flat_file::{FlatFile, deflate};
use super::revision::chunk;
use crate::document;

/// Resource name of the regular face.
pub(super) const REGULAR: Name<'static> = Name(b"NPRegular");
/// Resource name of the bold face.
pub(super) const BOLD: Name<'static> = Name(b"NPBold");

const IDENTITY: SystemInfo<'static> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// Letters beyond ASCII: the Vietnamese ones, then those in names of the Ê Đê, Gia Rai, Ba Na, M'Nông
/// and Cơ Ho peoples, then punctuation of titles.
const LETTERS: &str = "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ\
                       àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ\
                       ĔĕĬĭŎŏŬŭČčÑñƀ–—‘’“”…·";

/// A face cut down once for all bases of this process.
struct Face {
    post_script_name: &'static str,
    weight: u16,
    characters: String,
    advances: Vec<u16>,
    units_per_em: u16,
    bounds: [i16; 4],
    ascent: i16,
    descent: i16,
    cap_height: i16,
    program: Vec<u8>,
    program_size: usize,
}

static FACES: LazyLock<Option<[Face; 2]>> = LazyLock::new(|| {
    // The tag before the plus sign is fixed because the subset is.
    Some([
        Face::cut(&document::REGULAR, "NPSTMR+LiberationSerif", 400)?,
        Face::cut(&document::BOLD, "NPSTMB+LiberationSerif-Bold", 700)?,
    ])
});

impl Face {
    fn cut(file: &[u8], post_script_name: &'static str, weight: u16) -> Option<Self> {
        let face = ttf_parser::Face::parse(file, 0).ok()?;
        let (mut remapper, mut characters, mut advances) = (GlyphRemapper::new(), String::new(), Vec::new());
        for character in (' '..='~').chain(LETTERS.chars()) {
            let Some(glyph) = face.glyph_index(character).filter(|glyph| glyph.0 != 0) else { continue };
            let before = remapper.num_gids();
            if remapper.remap(glyph.0) < before {
                continue; // shares its glyph with another character: ToUnicode could name only one
            }
            characters.push(character);
            advances.push(face.glyph_hor_advance(glyph)?);
        }
        let program = subsetter::subset(file, 0, &remapper).ok()?;
        let bounds = face.global_bounding_box();
        Some(Self {
            post_script_name,
            weight,
            characters,
            advances,
            units_per_em: face.units_per_em(),
            bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max],
            ascent: face.ascender(),
            descent: face.descender(),
            cap_height: face.capital_height().unwrap_or_else(|| face.ascender()),
            program_size: program.len(),
            program: deflate(&program),
        })
    }

    /// Thousandths of an em, not rounded (ISO 19005-3, 6.2.11.5 compares them with the font program).
    fn thousandths(&self, units: impl Into<f32>) -> f32 {
        units.into() * 1000.0 / f32::from(self.units_per_em)
    }

    /// Adds the face's five objects; the first of `numbers` becomes the Type 0 font.
    fn embed(&self, file: &mut FlatFile, numbers: [ObjectNumber; 5]) -> StampFont {
        let [font, descendant, descriptor, program, to_unicode] = numbers;
        let name = Name(self.post_script_name.as_bytes());
        file.add(
            font,
            &chunk(|chunk| {
                let mut font = chunk.type0_font(font.reference());
                font.base_font(name).encoding_predefined(Name(b"Identity-H"));
                font.descendant_font(descendant.reference()).to_unicode(to_unicode.reference());
            }),
        );
        file.add(
            descendant,
            &chunk(|chunk| {
                let mut font = chunk.cid_font(descendant.reference());
                font.subtype(CidFontType::Type2).base_font(name).system_info(IDENTITY);
                font.font_descriptor(descriptor.reference()).default_width(0.0);
                font.cid_to_gid_map_predefined(Name(b"Identity"));
                let widths = self.advances.iter().map(|&advance| self.thousandths(advance));
                font.widths().consecutive(1, widths);
            }),
        );
        file.add(
            descriptor,
            &chunk(|chunk| {
                let [left, bottom, right, top] = self.bounds.map(|bound| self.thousandths(bound));
                let mut font = chunk.font_descriptor(descriptor.reference());
                font.name(name).flags(FontFlags::SERIF | FontFlags::SYMBOLIC);
                font.bbox(Rect::new(left, bottom, right, top)).italic_angle(0.0);
                font.ascent(self.thousandths(self.ascent)).descent(self.thousandths(self.descent));
                font.cap_height(self.thousandths(self.cap_height));
                font.stem_v(10.0 + 0.244 * (f32::from(self.weight) - 50.0));
                font.font_file2(program.reference());
            }),
        );
        file.add(
            program,
            &chunk(|chunk| {
                let mut stream = chunk.stream(program.reference(), &self.program);
                stream.filter(Filter::FlateDecode);
                stream.pair(Name(b"Length1"), i32::try_from(self.program_size).unwrap_or(i32::MAX));
            }),
        );
        let mut cmap = UnicodeCmap::<u16>::new(Name(b"NiemphongStamp"), IDENTITY);
        for (cid, character) in (1..).zip(self.characters.chars()) {
            cmap.pair(cid, character);
        }
        let cmap = deflate(&cmap.finish());
        file.add(
            to_unicode,
            &chunk(|chunk| {
                chunk.cmap(to_unicode.reference(), &cmap).filter(Filter::FlateDecode);
            }),
        );
        StampFont {
            object: font,
            units_per_em: self.units_per_em,
            characters: self.characters.clone(),
            advances: self.advances.clone(),
        }
    }
}

/// Adds both faces, regular first.
///
/// Errors: [`PdfFault::StampFont`] when the vendored file is not the font that it should be.
pub(super) fn embed(
    file: &mut FlatFile,
    mut allocate: impl FnMut() -> Result<ObjectNumber, PdfFault>,
) -> Result<[StampFont; 2], PdfFault> {
    let [regular, bold] = FACES.as_ref().ok_or(PdfFault::StampFont)?;
    let mut five =
        || Ok([allocate()?, allocate()?, allocate()?, allocate()?, allocate()?]) as Result<_, PdfFault>;
    let (for_regular, for_bold) = (five()?, five()?);
    Ok([regular.embed(file, for_regular), bold.embed(file, for_bold)])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn both_faces_have_every_vietnamese_letter_once() {
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
        let [regular, _] = FACES.as_ref().expect("the vendored fonts");
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
}
