//! Which digit a font really draws: the outline of a glyph in an embedded TrueType font (ISO/IEC 14496-22), compared
//! with the outlines of the faces that our documents are printed in. A table of letters that lies shows another
//! digit than it says, and no reader of text can see that.

use openssl::sha::Sha256;

use crate::pdf::known_shapes::SHAPES;

/// The letters whose shapes are known: those of marks.
pub const LETTERS: &str = "0123456789,";

/// The first octets of the digest of an outline.
pub type Shape = [u8; 8];

/// The glyphs of a font file.
pub struct Glyphs<'f> {
    offsets: Vec<usize>,
    glyf: &'f [u8],
}

impl<'f> Glyphs<'f> {
    /// Reads the tables `head`, `loca` and `glyf`.
    pub fn read(font: &'f [u8]) -> Option<Self> {
        let count = usize::from(number(font, 4)?);
        let table = |name: &[u8; 4]| {
            let records = font.get(12..12 + 16 * count)?.chunks_exact(16);
            let record = records.into_iter().find(|record| record[..4] == *name)?;
            let at = |from| Some(u32::from_be_bytes(record.get(from..from + 4)?.try_into().ok()?) as usize);
            let (start, length) = (at(8)?, at(12)?);
            font.get(start..start.checked_add(length)?)
        };
        let (head, loca, glyf) = (table(b"head")?, table(b"loca")?, table(b"glyf")?);
        let offsets = match number(head, 50)? {
            0 => loca
                .chunks_exact(2)
                .map(|two| 2 * usize::from(u16::from_be_bytes([two[0], two[1]])))
                .collect(),
            _ => loca
                .chunks_exact(4)
                .map(|four| u32::from_be_bytes([four[0], four[1], four[2], four[3]]) as usize)
                .collect(),
        };
        Some(Self { offsets, glyf })
    }

    /// The shape of a simple glyph: its points, without the program that only fits them to a screen.
    pub fn shape(&self, glyph: u16) -> Option<Shape> {
        let glyph = usize::from(glyph);
        let octets = self.glyf.get(*self.offsets.get(glyph)?..*self.offsets.get(glyph + 1)?)?;
        let contours = usize::from(number(octets, 0).filter(|contours| *contours < 0x8000)?);
        let ends = 10 + 2 * contours;
        let points = usize::from(number(octets, ends.checked_sub(2)?)?) + 1;
        let program = usize::from(number(octets, ends)?);
        let outline = octets.get(ends + 2 + program..)?;
        let mut hash = Sha256::new();
        hash.update(octets.get(10..ends)?);
        hash.update(outline.get(..outline_bytes(outline, points)?)?);
        hash.finish().first_chunk().copied()
    }
}

/// How long flags and coordinates of so many points are; padding may follow.
fn outline_bytes(outline: &[u8], points: usize) -> Option<usize> {
    let (mut at, mut seen, mut coordinates) = (0, 0, 0);
    while seen < points {
        let flags = *outline.get(at)?;
        at += 1;
        let mut repeated = 1;
        if flags & 8 != 0 {
            repeated += usize::from(*outline.get(at)?);
            at += 1;
        }
        // One octet where short, none where the same as before, else two.
        let size = |short: u8, same: u8| match (flags & short != 0, flags & same != 0) {
            (true, _) => 1,
            (false, true) => 0,
            (false, false) => 2,
        };
        coordinates += repeated * (size(2, 16) + size(4, 32));
        seen += repeated;
    }
    (seen == points).then_some(at + coordinates)
}

fn number(octets: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(octets.get(at..at + 2)?.try_into().ok()?))
}

/// True where this is the shape of the letter in one of our faces.
pub fn is_shape_of(letter: char, shape: Shape) -> bool {
    let place = LETTERS.chars().position(|one| one == letter);
    place.is_some_and(|place| SHAPES.iter().any(|face| face[place] == shape))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// The glyph of a letter by the `cmap` of a whole font, format 4.
    fn glyph(font: &[u8], letter: char) -> u16 {
        let wide = |at: usize| u32::from_be_bytes(font[at..at + 4].try_into().expect("four")) as usize;
        let short = |at: usize| usize::from(number(font, at).expect("two"));
        let records = 12..12 + 16 * short(4);
        let cmap = records.step_by(16).find(|at| font[*at..*at + 4] == *b"cmap").map(|at| wide(at + 8));
        let cmap = cmap.expect("cmap");
        let tables = (0..short(cmap + 2)).map(|index| cmap + wide(cmap + 4 + 8 * index + 4));
        let table = tables.into_iter().find(|at| short(*at) == 4).expect("format 4");
        let (twice, code) = (short(table + 6), letter as usize);
        for segment in (0..twice).step_by(2) {
            let (end, start) = (short(table + 14 + segment), short(table + 16 + twice + segment));
            if (start..=end).contains(&code) {
                let delta = short(table + 16 + 2 * twice + segment);
                let place = table + 16 + 3 * twice + segment;
                let glyph = match short(place) {
                    0 => code + delta,
                    range => short(place + range + 2 * (code - start)) + delta,
                };
                return (glyph % 0x1_0000) as u16;
            }
        }
        panic!("no glyph for {letter}");
    }

    #[test]
    fn the_shapes_are_those_of_the_faces_that_documents_are_printed_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vendor/liberation");
        let faces = ["Regular", "Bold", "Italic"].map(|face| {
            let font = std::fs::read(folder.join(format!("LiberationSerif-{face}.ttf"))).expect("the font");
            let glyphs = Glyphs::read(&font).expect("tables");
            let shapes =
                LETTERS.chars().map(|letter| glyphs.shape(glyph(&font, letter)).expect("a simple glyph"));
            let shapes: Vec<Shape> = shapes.collect();
            shapes
        });
        let all: std::collections::BTreeSet<&Shape> = faces.iter().flatten().collect();
        assert_eq!(all.len(), 3 * LETTERS.len(), "no two letters look alike");
        assert!(faces.iter().zip(&SHAPES).all(|(read, known)| read == known), "{faces:?}");
    }

    #[test]
    fn what_is_cut_off_or_made_up_has_no_shape() {
        for font in [&b""[..], b"\0\x01\0\0\0\x09", &[0xff; 300]] {
            assert!(Glyphs::read(font).is_none());
        }
        assert_eq!(outline_bytes(&[0x09, 200], 5), None, "more points than there are");
        assert_eq!(outline_bytes(&[0x37, 0x37], 2), Some(6));
    }
}
