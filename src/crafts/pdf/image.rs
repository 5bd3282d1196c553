//! Pictures of signatures and stamps as image objects of the base: colours, and opacity as a soft mask
//! (ISO 32000-2, 8.9.5 and 11.6.5.2; ISO 19005-3, 6.2.8).

use pdf_writer::{Chunk, Filter, Ref};
use school::digest::Sha256;
use school::records::picture::Picture;

use super::box_table::ObjectNumber;
use super::flat_file::{FlatFile, Flate, deflate};
use super::revision::chunk;

/// A picture packed once for every document that it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct PackedPicture {
    sha256: Sha256,
    sides: [i32; 2],
    colours: Vec<u8>,
    opacity: Vec<u8>,
}

impl PackedPicture {
    /// Packs a picture as colours and opacity.
    pub fn new(picture: &Picture) -> Self {
        let colours: Vec<u8> =
            picture.pixels().flat_map(|[red, green, blue, _]| [red, green, blue]).collect();
        let opacity: Vec<u8> = picture.pixels().map(|[.., opacity]| opacity).collect();
        Self {
            sha256: picture.sha256(),
            sides: [picture.width().into(), picture.height().into()],
            colours: deflate(&colours, Flate::Small),
            opacity: deflate(&opacity, Flate::Small),
        }
    }

    /// SHA-256 of the picture's stored form.
    pub const fn sha256(&self) -> Sha256 {
        self.sha256
    }

    /// Bytes that it takes in a document.
    pub const fn size_bytes(&self) -> usize {
        self.colours.len() + self.opacity.len()
    }

    /// Writes the image; `mask` is the number of its soft mask.
    pub(super) fn write_image(&self, chunk: &mut Chunk, image: Ref, mask: Ref) {
        let mut written = chunk.image_xobject(image, &self.colours);
        written.width(self.sides[0]).height(self.sides[1]).bits_per_component(8);
        written.color_space().device_rgb();
        written.s_mask(mask).filter(Filter::FlateDecode);
    }

    /// Writes the soft mask.
    pub(super) fn write_mask(&self, chunk: &mut Chunk, mask: Ref) {
        let mut written = chunk.image_xobject(mask, &self.opacity);
        written.width(self.sides[0]).height(self.sides[1]).bits_per_component(8);
        written.color_space().device_gray();
        written.filter(Filter::FlateDecode);
    }

    /// Adds it to a base: the image, then its soft mask.
    pub(super) fn embed(&self, file: &mut FlatFile, [image, mask]: [ObjectNumber; 2]) {
        file.add(image, &chunk(|chunk| self.write_image(chunk, image.reference(), mask.reference())));
        file.add(mask, &chunk(|chunk| self.write_mask(chunk, mask.reference())));
    }
}
