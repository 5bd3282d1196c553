//! The picture of a signature or stamp in a signed box. It proves nothing by itself, and must not deceive: it is
//! one that the base held ready for this box before anybody signed, and the one that the roster names for
//! whoever signed.
//! Source: NĐ 30/2020/NĐ-CP, Phụ lục I; ISO 32000-2, 8.9.5 and 11.6.5.2.

use school::digest::Sha256;
use school::records::picture::Picture;

use crate::pdf::object::{Dictionary, Id, Object, Stream};
use crate::pdf::revision_map::RevisionMap;
use crate::pdf::signatures::Signature;
use crate::pki::Known;

/// Entries of an image as a base has it. Others, such as /Decode, /Mask or /Alternates, show other pixels than
/// are read here.
const IMAGE_KEYS: [&str; 9] =
    ["Type", "Subtype", "Width", "Height", "BitsPerComponent", "ColorSpace", "SMask", "Filter", "Length"];

/// Whether the box, before it was signed, named this picture under this name.
pub(crate) fn was_ready(map: &RevisionMap<'_>, signature: &Signature, name: &[u8], picture: Id) -> bool {
    let ready = || {
        let before = signature.revision.checked_sub(1)?;
        let field = map.get(signature.field_id, before)?.dictionary()?;
        let Object::Stream(empty) = map.entry(map.dictionary_at(field, "AP", before)?, "N", before)? else {
            return None;
        };
        let resources = map.dictionary_at(&empty.dictionary, "Resources", before)?;
        map.dictionary_at(resources, "XObject", before)?.value(name)?.reference()
    };
    ready() == Some(picture)
}

/// SHA-256 of the picture's stored form; nothing where it is no image of colours and opacity. The same picture
/// stands in every document that its owner signs, so what it shows is worked out once.
pub(crate) fn digest(map: &RevisionMap<'_>, picture: Id, revision: usize, known: &Known) -> Option<Sha256> {
    let image = Plane::of(map, picture, revision, "DeviceRGB")?;
    let mask = Plane::of(map, image.mask?, revision, "DeviceGray")?;
    if (mask.width, mask.height) != (image.width, image.height) || mask.mask.is_some() {
        return None;
    }
    let read = || {
        let (colours, opacities) = (map.unpacked(image.stream)?, map.unpacked(mask.stream)?);
        let pixels = colours.chunks_exact(3).zip(&opacities);
        let samples =
            pixels.flat_map(|(colour, opacity)| [colour[0], colour[1], colour[2], *opacity]).collect();
        // Wrong lengths are no picture.
        let complete = colours.len() == 3 * opacities.len();
        let picture = Picture::new(image.width, image.height, samples).ok().filter(|_| complete);
        picture.map(|picture| picture.sha256())
    };
    match image.says(map).zip(mask.says(map)) {
        Some((image, mask)) => known.picture(Sha256::of(&[image, mask].concat()), read),
        None => read(),
    }
}

struct Plane<'a> {
    width: u16,
    height: u16,
    stream: &'a Stream,
    mask: Option<Id>,
}

impl<'a> Plane<'a> {
    fn of(map: &'a RevisionMap<'_>, id: Id, revision: usize, colours: &str) -> Option<Self> {
        let Object::Stream(stream) = map.get(id, revision)? else { return None };
        let dictionary: &Dictionary = &stream.dictionary;
        let known = |(key, _): (&[u8], &Object)| IMAGE_KEYS.iter().any(|one| one.as_bytes() == key);
        let of_kind = dictionary.has_name("Subtype", "Image") && dictionary.has_name("ColorSpace", colours);
        let depth = dictionary.get("BitsPerComponent").and_then(Object::integer);
        if !dictionary.iter().all(known) || !of_kind || depth != Some(8) {
            return None;
        }
        let side = |key| u16::try_from(dictionary.get(key)?.integer()?).ok();
        let mask = match dictionary.get("SMask") {
            None => None,
            Some(mask) => Some(mask.reference()?),
        };
        Some(Self { width: side("Width")?, height: side("Height")?, stream, mask })
    }

    /// All that its pixels follow from, in one spelling; nothing where it is not packed in the one way of ours.
    fn says(&self, map: &RevisionMap<'_>) -> Option<Vec<u8>> {
        let stored = map.bytes.get(self.stream.data.span.clone())?;
        let is_deflated = self.stream.dictionary.has_name("Filter", "FlateDecode");
        let head = format!("{} {} {}\n", self.width, self.height, stored.len());
        is_deflated.then(|| [head.as_bytes(), stored].concat())
    }
}
