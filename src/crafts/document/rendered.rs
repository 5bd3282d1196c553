//! What rendering hands to the signing base: the PDF and where its signature places lie.

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
}
