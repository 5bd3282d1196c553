//! A school's own picture file of a signature or of the stamp: PNG with a transparent ground, bounded before it
//! is unpacked, cut to what is drawn.
//! Source: NĐ 30/2020/NĐ-CP, Phụ lục I, phần I, II.7 and II.8 (.png, transparent).

use png::{ColorType, Decoder, Limits, Transformations};
use school::limits::{
    SCAN_FILE_SIZE_BYTES, SCAN_PACKED_SIZE_BYTES, SCAN_SIDE_LEAST_PIXELS, SCAN_SIDE_PIXELS,
};
use school::records::picture::Picture;

use crate::pdf::PackedPicture;

/// Memory that unpacking may take beside the samples.
const DECODER_SIZE_BYTES: usize = 16 * 1024 * 1024;
/// Less opacity than this cannot be seen; scans are full of it.
const INVISIBLE: u8 = 8;

/// What lies behind the ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Must be transparent: something else is drawn below.
    Transparent,
    /// May be anything.
    Any,
}

/// Why a file cannot be used as the picture of a signature or stamp.
#[derive(Debug, thiserror::Error)]
pub enum PictureFault {
    /// More bytes than `school::limits::SCAN_FILE_SIZE_BYTES`.
    #[error("the file has {size_bytes} bytes")]
    TooLarge {
        /// Its size.
        size_bytes: usize,
    },
    /// Not a PNG, or a damaged one.
    #[error("the file is no PNG that can be read")]
    NotPng(#[source] Option<png::DecodingError>),
    /// A side is longer or shorter than one may be.
    #[error("the picture has {width} x {height} pixels")]
    Sides {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// Everything is opaque: it would hide what lies below.
    #[error("the ground of the picture is not transparent")]
    Opaque,
    /// Nothing is drawn.
    #[error("nothing is drawn on the picture")]
    Empty,
    /// It would take too much of every document.
    #[error("the picture takes {size_bytes} bytes of every document")]
    TooDetailed {
        /// Its size, compressed.
        size_bytes: usize,
    },
}

impl PictureFault {
    /// The stable code of this fault.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "picture.too_large",
            Self::NotPng(_) => "picture.not_png",
            Self::Sides { .. } => "picture.sides",
            Self::Opaque => "picture.opaque",
            Self::Empty => "picture.empty",
            Self::TooDetailed { .. } => "picture.too_detailed",
        }
    }
}

/// Reads a PNG of 1 to 16 bits in any colour type as sRGB with opacity; what cannot be seen is made one kind of
/// nothing, and margins without ink are cut off.
///
/// Errors: [`PictureFault`].
pub fn read_picture(file: &[u8], ground: Ground) -> Result<Picture, PictureFault> {
    if file.len() > SCAN_FILE_SIZE_BYTES {
        return Err(PictureFault::TooLarge { size_bytes: file.len() });
    }
    let mut decoder =
        Decoder::new_with_limits(std::io::Cursor::new(file), Limits { bytes: DECODER_SIZE_BYTES });
    decoder.set_transformations(Transformations::normalize_to_color8() | Transformations::ALPHA);
    let not_png = |error| PictureFault::NotPng(Some(error));
    let mut reader = decoder.read_info().map_err(not_png)?;
    let (width, height) = reader.info().size();
    let sides = u32::from(SCAN_SIDE_LEAST_PIXELS)..=u32::from(SCAN_SIDE_PIXELS);
    let refused = || PictureFault::Sides { width, height };
    if !sides.contains(&width) || !sides.contains(&height) {
        return Err(refused());
    }
    let mut samples = vec![0; reader.output_buffer_size().ok_or_else(refused)?];
    let frame = reader.next_frame(&mut samples).map_err(not_png)?;
    samples.truncate(frame.buffer_size());
    let pixels: Vec<[u8; 4]> = match frame.color_type {
        ColorType::Rgba => samples.chunks_exact(4).map(|one| [one[0], one[1], one[2], one[3]]).collect(),
        ColorType::GrayscaleAlpha => {
            samples.chunks_exact(2).map(|one| [one[0], one[0], one[0], one[1]]).collect()
        }
        ColorType::Rgb | ColorType::Grayscale | ColorType::Indexed => return Err(PictureFault::NotPng(None)),
    };
    if ground == Ground::Transparent && pixels.iter().all(|[.., opacity]| *opacity == u8::MAX) {
        return Err(PictureFault::Opaque);
    }
    let picture = cut(&pixels, width as usize).ok_or(PictureFault::Empty)?;
    let size_bytes = PackedPicture::new(&picture).size_bytes();
    if size_bytes > SCAN_PACKED_SIZE_BYTES {
        Err(PictureFault::TooDetailed { size_bytes })
    } else {
        Ok(picture)
    }
}

/// The picture as a PNG, for a screen: reading it gives the same picture. Nothing where it cannot be packed.
pub fn write_picture(picture: &Picture) -> Option<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, picture.width().into(), picture.height().into());
    encoder.set_color(ColorType::Rgba);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&picture.pixels().flatten().collect::<Vec<_>>()).ok()?;
    writer.finish().ok()?;
    Some(file)
}

/// The part with ink, at least as large as a picture must be.
fn cut(pixels: &[[u8; 4]], width: usize) -> Option<Picture> {
    let inked = |at: usize| pixels[at][3] >= INVISIBLE;
    let ink: Vec<(usize, usize)> =
        (0..pixels.len()).filter(|at| inked(*at)).map(|at| (at % width, at / width)).collect();
    let least = usize::from(SCAN_SIDE_LEAST_PIXELS);
    let span = |of: fn(&(usize, usize)) -> usize, end: usize| -> Option<std::ops::Range<usize>> {
        let (from, to) = (ink.iter().map(of).min()?, ink.iter().map(of).max()? + 1);
        let from = from.min(end.saturating_sub(least));
        Some(from..to.max(from + least).min(end))
    };
    let (across, down) = (span(|one| one.0, width)?, span(|one| one.1, pixels.len() / width)?);
    let samples = down.clone().flat_map(|row| across.clone().map(move |column| (row, column)));
    let samples = samples.flat_map(|(row, column)| {
        let pixel = pixels[row * width + column];
        if pixel[3] < INVISIBLE { [255, 255, 255, 0] } else { pixel }
    });
    Picture::new(across.len() as u16, down.len() as u16, samples.collect()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A PNG with one dot of ink, 3 x 3 pixels large, at a corner.
    fn dotted(colour: ColorType, width: u32, height: u32, at: (u32, u32)) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, width, height);
        encoder.set_color(colour);
        let channels = colour.samples();
        let samples: Vec<u8> = (0..height)
            .flat_map(|row| (0..width).map(move |column| (row, column)))
            .flat_map(|(row, column)| {
                let ink = (at.0..at.0 + 3).contains(&column) && (at.1..at.1 + 3).contains(&row);
                let mut pixel = vec![if ink { 20 } else { 200 }; channels];
                if matches!(colour, ColorType::Rgba | ColorType::GrayscaleAlpha) {
                    pixel[channels - 1] = if ink { 255 } else { 3 };
                }
                pixel
            })
            .collect();
        encoder.write_header().and_then(|mut writer| writer.write_image_data(&samples)).expect("a PNG");
        file
    }

    #[test]
    fn margins_without_ink_are_cut_and_what_cannot_be_seen_is_nothing() {
        for colour in [ColorType::Rgba, ColorType::GrayscaleAlpha] {
            let picture =
                read_picture(&dotted(colour, 200, 90, (120, 60)), Ground::Transparent).expect("a picture");
            assert_eq!((picture.width(), picture.height()), (16, 16));
            let seen: Vec<[u8; 4]> = picture.pixels().filter(|pixel| pixel[3] > 0).collect();
            assert_eq!(seen, vec![[20, 20, 20, 255]; 9]);
            assert!(picture.pixels().filter(|pixel| pixel[3] == 0).all(|pixel| pixel == [255, 255, 255, 0]));
        }
    }

    #[test]
    fn an_opaque_picture_may_hide_nothing_below_and_stands_where_nothing_is() {
        let file = dotted(ColorType::Rgb, 40, 20, (9, 9));
        assert_eq!(
            read_picture(&file, Ground::Transparent).map_err(|fault| fault.code()),
            Err("picture.opaque")
        );
        assert_eq!(read_picture(&file, Ground::Any).expect("a picture").width(), 40);
    }

    #[test]
    fn what_is_no_picture_of_a_signature_is_refused() {
        let code = |file: &[u8]| read_picture(file, Ground::Transparent).map_err(|fault| fault.code());
        assert_eq!(code(b"JFIF"), Err("picture.not_png"));
        let whole = dotted(ColorType::Rgba, 200, 90, (120, 60));
        assert_eq!(code(&whole[..whole.len() / 2]), Err("picture.not_png"));
        assert_eq!(code(&dotted(ColorType::Rgba, 1001, 20, (9, 9))), Err("picture.sides"));
        assert_eq!(code(&dotted(ColorType::Rgba, 20, 15, (9, 9))), Err("picture.sides"));
        assert_eq!(code(&dotted(ColorType::Rgba, 40, 40, (90, 90))), Err("picture.empty"));
        assert_eq!(code(&vec![0; SCAN_FILE_SIZE_BYTES + 1]), Err("picture.too_large"));
    }

    #[test]
    fn a_picture_that_would_swell_every_document_is_refused() {
        let mut state = 1_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(180 * 180 * 4)
        .collect();
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 180, 180);
        encoder.set_color(ColorType::Rgba);
        encoder.write_header().and_then(|mut writer| writer.write_image_data(&noise)).expect("a PNG");
        let code = read_picture(&file, Ground::Transparent).map_err(|fault| fault.code());
        assert_eq!(code, Err("picture.too_detailed"));
    }

    #[test]
    fn a_picture_that_is_written_for_a_screen_is_the_same_picture() {
        let file = dotted(ColorType::Rgba, 40, 30, (5, 5));
        let picture = read_picture(&file, Ground::Any).expect("a picture");
        let again = read_picture(&write_picture(&picture).expect("a PNG"), Ground::Any).expect("the same");
        assert_eq!(again.sha256(), picture.sha256());
    }
}
