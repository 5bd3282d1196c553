//! A document whose pages were counted and tagged without anything drawn on them gets what is drawn.
//!
//! The renderer's library writes structure tree, outline, attachments and metadata, and judges them by
//! PDF/A-3a and PDF/UA-1; a page comes from it as empty marked content. What stands on the page is written
//! by `document::page_content` and packed here, with fonts that were cut once.

use super::PdfFault;
use super::box_table::ObjectNumber;
use super::flat_file::{FlatFile, Flate, deflate};
use super::font::{self, Unusual};
use crate::document::Weight;

/// Resource names of the faces on pages.
pub(crate) const fn resource(weight: Weight) -> &'static str {
    match weight {
        Weight::Regular => "R",
        Weight::Bold => "B",
        Weight::Italic => "I",
    }
}

/// The file with `contents` on its pages, in their order, set in `faces`.
///
/// Shape: `counted` is one revision with one classic cross-reference table, each page has a content stream and
/// a resource dictionary of its own; so is what comes back. The same input gives the same bytes.
/// Errors: [`PdfFault::Shape`] when it is otherwise.
pub(crate) fn drawn(
    counted: &[u8],
    contents: &[Vec<u8>],
    faces: &[(Weight, Unusual)],
) -> Result<Vec<u8>, PdfFault> {
    let shape = || PdfFault::Shape { what: "page without content" };
    let mut file = FlatFile::take_apart(counted)?;
    let mut next = file.next_number();
    let mut allocate = || {
        let number = ObjectNumber::try_from(i64::from(next));
        next = next.saturating_add(1);
        number.map_err(|what| PdfFault::Shape { what })
    };
    let mut fonts = String::new();
    for (weight, unusual) in faces {
        let font = font::embed(&mut file, *weight, unusual, &mut allocate)?;
        fonts.push_str(&format!("/{} {} 0 R", resource(*weight), font.number()));
    }
    let resources = format!("<</Font<<{fonts}>>>>").into_bytes();
    let pages = file.pages();
    if pages.len() != contents.len() {
        return Err(shape());
    }
    for (page, content) in pages.into_iter().zip(contents) {
        let dictionary = file.text(page).ok_or_else(shape)?;
        let object = |key: &str| -> Option<u32> {
            let (_, rest) = dictionary.split_once(key)?;
            rest.split_once(" 0 R")?.0.parse().ok()
        };
        let (of_page, stream) = object("/Resources ").zip(object("/Contents ")).ok_or_else(shape)?;
        file.write_object(of_page, resources.clone());
        let packed = deflate(content, Flate::Fast);
        let mut object = format!("<</Filter/FlateDecode/Length {}>>\nstream\n", packed.len()).into_bytes();
        object.extend(packed);
        object.extend(b"\nendstream");
        file.write_object(stream, object);
    }
    file.write_drawn()
}
