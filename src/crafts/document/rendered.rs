//! What rendering hands to the signing base: the PDF and where its signature places lie.

use school::digest::Sha256;
use school::identifier::PersonId;
use school::plan::BoxName;

/// A rendered document without fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The file: PDF 1.7, one classic cross-reference section, nothing signed.
    pub pdf: Vec<u8>,
    /// One place per box of its plan, in the plan's order.
    pub places: Vec<Place>,
}

/// Where a box lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Name of the box and of its field.
    pub name: BoxName,
    /// What a screen reader says of the field (/TU), Vietnamese.
    pub label: String,
    /// Index of the page, from 0.
    pub page: usize,
    /// Left, bottom, right, top in points, origin at the lower left of the page.
    pub rect: [f32; 4],
    /// The pictures that may be drawn in it.
    pub pictures: PlacePictures,
}

/// The pictures of a place: of everyone who may sign there with one.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlacePictures {
    /// One for each person.
    pub of: Vec<PlacePicture>,
    /// Width at the left that the stamp will cover, in points.
    pub covered: f32,
}

/// A picture by its name, and its size on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacePicture {
    /// Whose hand, or the stamp.
    pub person: PersonId,
    /// SHA-256 of its stored form.
    pub sha256: Sha256,
    /// Width and height in points.
    pub size: [f32; 2],
}
