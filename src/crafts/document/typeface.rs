//! Liberation Serif, the one typeface of every document and of every signature, without its hints.
//!
//! Hints are programs that move outlines on coarse screens; print and the readers of today do not run
//! them, and they are half of a font that is embedded. Outlines, widths and kerning stay as they are.
//! Source: Apple and Microsoft, `glyf`, `loca`, `fpgm`, `prep`, `cvt `.

use std::sync::LazyLock;

use rustybuzz::ttf_parser::{RawFace, Tag};

/// The upright face.
pub(crate) static REGULAR: LazyLock<Vec<u8>> =
    LazyLock::new(|| without_hints(include_bytes!("../../../vendor/liberation/LiberationSerif-Regular.ttf")));
/// The bold face.
pub(crate) static BOLD: LazyLock<Vec<u8>> =
    LazyLock::new(|| without_hints(include_bytes!("../../../vendor/liberation/LiberationSerif-Bold.ttf")));
/// The italic face.
pub(crate) static ITALIC: LazyLock<Vec<u8>> =
    LazyLock::new(|| without_hints(include_bytes!("../../../vendor/liberation/LiberationSerif-Italic.ttf")));

/// Tables that only hinting reads.
const HINTING: [&[u8; 4]; 8] = [b"fpgm", b"prep", b"cvt ", b"gasp", b"hdmx", b"VDMX", b"LTSH", b"DSIG"];

// Flags of a component (glyf, "Composite glyph description").
const WORDS: u16 = 0x0001;
const SCALE: u16 = 0x0008;
const MORE: u16 = 0x0020;
const TWO_SCALES: u16 = 0x0040;
const MATRIX: u16 = 0x0080;
const INSTRUCTIONS: u16 = 0x0100;

fn without_hints(file: &[u8]) -> Vec<u8> {
    rebuilt(file).expect("the vendored font is a font")
}

/// The font with the same glyphs under the same numbers and no instruction in them.
fn rebuilt(file: &[u8]) -> Option<Vec<u8>> {
    let font = RawFace::parse(file, 0).ok()?;
    let table = |name: &[u8; 4]| font.table(Tag::from_bytes(name));
    let (glyf, loca) = outlines(table(b"glyf")?, table(b"loca")?, *table(b"head")?.get(51)? == 1)?;
    let mut tables: Vec<([u8; 4], Vec<u8>)> = Vec::new();
    for record in font.table_records {
        let name = record.tag.to_bytes();
        match &name {
            b"glyf" => tables.push((name, glyf.clone())),
            b"loca" => tables.push((name, loca.clone())),
            b"head" => {
                let mut head = table(b"head")?.to_vec();
                *head.get_mut(51)? = 1; // loca in words of four bytes
                tables.push((name, head));
            }
            kept if !HINTING.contains(&kept) => tables.push((name, font.table(record.tag)?.to_vec())),
            _ => {}
        }
    }
    Some(joined(&tables))
}

/// `glyf` and `loca` (in words of four bytes) without instructions.
fn outlines(glyf: &[u8], loca: &[u8], words_of_four: bool) -> Option<(Vec<u8>, Vec<u8>)> {
    let offsets: Vec<usize> = if words_of_four {
        loca.chunks_exact(4).map(|at| u32::from_be_bytes([at[0], at[1], at[2], at[3]]) as usize).collect()
    } else {
        loca.chunks_exact(2).map(|at| 2 * usize::from(u16::from_be_bytes([at[0], at[1]]))).collect()
    };
    let (mut kept, mut starts) = (Vec::with_capacity(glyf.len()), vec![0_u32]);
    for ends in offsets.windows(2) {
        let glyph = glyf.get(ends[0]..ends[1])?;
        if !glyph.is_empty() {
            kept.extend(outline(glyph)?);
            kept.resize(kept.len().next_multiple_of(4), 0);
        }
        starts.push(kept.len() as u32);
    }
    Some((kept, starts.into_iter().flat_map(u32::to_be_bytes).collect()))
}

/// One glyph without instructions.
fn outline(glyph: &[u8]) -> Option<Vec<u8>> {
    let word = |at: usize| Some(u16::from_be_bytes([*glyph.get(at)?, *glyph.get(at + 1)?]));
    let contours = word(0)?;
    if let Ok(contours) = usize::try_from(contours.cast_signed()) {
        let length_at = 10 + 2 * contours;
        let length = usize::from(word(length_at)?);
        let points = glyph.get(length_at + 2 + length..)?;
        return Some([glyph.get(..length_at)?, &[0, 0], points].concat());
    }
    let (mut kept, mut at) = (glyph.get(..10)?.to_vec(), 10);
    loop {
        let flags = word(at)?;
        let offsets = if flags & WORDS != 0 { 4 } else { 2 };
        let transform = match flags & (SCALE | TWO_SCALES | MATRIX) {
            0 => 0,
            SCALE => 2,
            TWO_SCALES => 4,
            _ => 8,
        };
        let end = at + 4 + offsets + transform;
        kept.extend((flags & !INSTRUCTIONS).to_be_bytes());
        kept.extend(glyph.get(at + 2..end)?);
        if flags & MORE == 0 {
            return Some(kept);
        }
        at = end;
    }
}

/// A font file of these tables. Its checksums stay 0: only this process reads it, and whoever embeds a
/// part of it computes those of the part.
fn joined(tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let log = count.ilog2() as u16;
    let range = 16 << log;
    let mut file = vec![0, 1, 0, 0];
    file.extend([count, range, log, 16 * count - range].into_iter().flat_map(u16::to_be_bytes));
    let mut offset = 12 + 16 * tables.len();
    for (name, bytes) in tables {
        file.extend(name);
        file.extend([0, offset as u32, bytes.len() as u32].into_iter().flat_map(u32::to_be_bytes));
        offset += bytes.len().next_multiple_of(4);
    }
    for (_, bytes) in tables {
        file.extend(bytes);
        file.resize(file.len().next_multiple_of(4), 0);
    }
    file
}

#[cfg(test)]
mod tests {
    use rustybuzz::ttf_parser::{Face, GlyphId, OutlineBuilder};

    use super::*;

    #[derive(Debug, Default, PartialEq)]
    struct Drawn(Vec<[f32; 6]>);

    impl OutlineBuilder for Drawn {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push([0.0, x, y, 0.0, 0.0, 0.0]);
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push([1.0, x, y, 0.0, 0.0, 0.0]);
        }
        fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
            self.0.push([2.0, x1, y1, x, y, 0.0]);
        }
        fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
            self.0.push([x1, y1, x2, y2, x, y]);
        }
        fn close(&mut self) {
            self.0.push([4.0; 6]);
        }
    }

    #[test]
    fn every_glyph_keeps_its_outline_and_its_width() {
        let vendored: &[u8] = include_bytes!("../../../vendor/liberation/LiberationSerif-Regular.ttf");
        let (before, after) = (Face::parse(vendored, 0).unwrap(), Face::parse(&REGULAR, 0).unwrap());
        assert_eq!(before.number_of_glyphs(), after.number_of_glyphs());
        let mut outlines = 0;
        for glyph in (0..before.number_of_glyphs()).map(GlyphId) {
            let (mut one, mut other) = (Drawn::default(), Drawn::default());
            assert_eq!(before.outline_glyph(glyph, &mut one), after.outline_glyph(glyph, &mut other));
            assert_eq!(one, other, "{glyph:?}");
            assert_eq!(before.glyph_hor_advance(glyph), after.glyph_hor_advance(glyph));
            outlines += one.0.len();
        }
        assert!(outlines > 50_000, "{outlines}");
    }

    #[test]
    fn no_hint_is_left() {
        let font = RawFace::parse(&BOLD, 0).unwrap();
        assert!(HINTING.iter().all(|name| font.table(Tag::from_bytes(name)).is_none()));
        assert!(BOLD.len() < 300_000, "{}", BOLD.len());
    }
}
