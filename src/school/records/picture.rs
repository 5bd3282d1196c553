//! The picture of a signature or of a stamp as it is kept and named: its samples, so that its SHA-256 is the
//! same for whoever reads them, from a file of the store or from a signed document.
//!
//! ```text
//! niemphong-picture/1 LF width SP height LF   then red, green, blue, opacity of each pixel, row by row
//! ```

use crate::digest::Sha256;
use crate::limits::{SCAN_SIDE_LEAST_PIXELS, SCAN_SIDE_PIXELS};

/// First line of the stored form.
const FORMAT: &str = "niemphong-picture/1";

/// Samples of a picture, sRGB.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    width: u16,
    height: u16,
    /// Red, green, blue, opacity.
    samples: Vec<u8>,
}

/// Not a picture of this form, or one that is larger or smaller than a picture may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a picture of the form {FORMAT}")]
pub struct NotAPicture;

impl Picture {
    /// A picture of these samples.
    ///
    /// Shape: four bytes for each pixel, row by row from the top.
    /// Errors: another number of bytes, or a side outside `limits`.
    pub fn new(width: u16, height: u16, samples: Vec<u8>) -> Result<Self, NotAPicture> {
        let sides = SCAN_SIDE_LEAST_PIXELS..=SCAN_SIDE_PIXELS;
        let fits = sides.contains(&width) && sides.contains(&height);
        let complete = samples.len() == usize::from(width) * usize::from(height) * 4;
        if fits && complete { Ok(Self { width, height, samples }) } else { Err(NotAPicture) }
    }

    /// Reads the stored form.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotAPicture> {
        let head = bytes.strip_prefix(FORMAT.as_bytes()).and_then(|rest| rest.strip_prefix(b"\n"));
        let head = head.ok_or(NotAPicture)?;
        let end = head.iter().position(|byte| *byte == b'\n').ok_or(NotAPicture)?;
        let sides = std::str::from_utf8(&head[..end]).ok().and_then(|line| line.split_once(' '));
        let (width, height) = sides.ok_or(NotAPicture)?;
        let side = |text: &str| text.parse().map_err(|_| NotAPicture);
        let picture = Self::new(side(width)?, side(height)?, head[end + 1..].to_vec())?;
        // `+7` and `007` are numbers to a parser: one picture has one form.
        if picture.to_bytes() == bytes { Ok(picture) } else { Err(NotAPicture) }
    }

    /// The stored form; its SHA-256 is the name of the picture.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = format!("{FORMAT}\n{} {}\n", self.width, self.height).into_bytes();
        bytes.extend_from_slice(&self.samples);
        bytes
    }

    /// SHA-256 of the stored form.
    pub fn sha256(&self) -> Sha256 {
        Sha256::of(&self.to_bytes())
    }

    /// Width in pixels.
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// Height in pixels.
    pub const fn height(&self) -> u16 {
        self.height
    }

    /// Red, green, blue and opacity of each pixel, row by row.
    pub fn pixels(&self) -> impl Iterator<Item = [u8; 4]> {
        self.samples.chunks_exact(4).map(|pixel| [pixel[0], pixel[1], pixel[2], pixel[3]])
    }
}

/// The size alone: samples in a log help nobody.
impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Picture({} x {})", self.width, self.height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_comes_back_as_it_was_and_its_name_is_the_digest_of_its_form() {
        let picture = Picture::new(16, 17, vec![7; 16 * 17 * 4]).expect("a picture");
        let bytes = picture.to_bytes();
        assert_eq!(Picture::from_bytes(&bytes), Ok(picture.clone()));
        assert_eq!(picture.sha256(), Sha256::of(&bytes));
    }

    #[test]
    fn another_form_of_the_same_size_is_no_picture() {
        let bytes = Picture::new(16, 16, vec![0; 1024]).expect("a picture").to_bytes();
        for (from, to) in [("16 16", "+16 16"), ("16 16", "016 16"), ("16 16", "16 17"), ("/1", "/2")] {
            let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).expect("there");
            let other = [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat();
            assert_eq!(Picture::from_bytes(&other), Err(NotAPicture), "{to}");
        }
        assert_eq!(Picture::new(15, 16, vec![0; 960]), Err(NotAPicture));
        assert_eq!(Picture::new(1001, 16, vec![0; 1001 * 64]), Err(NotAPicture));
    }
}
