//! What is drawn on a page, and to whom each piece of it belongs.

use crate::document::look::{Format, Ink, Style};

/// What belongs to the page and not to the document: artifacts (ISO 32000-1, 14.8.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::document) enum Furniture {
    /// Repeated at the top: sample notice, header rows of a continued table.
    Header,
    /// Repeated at the bottom: page number and dossier id.
    Footer,
    /// Lines and frames.
    Layout,
}

/// To whom a piece of drawing belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::document) enum Owner {
    Content(usize),
    Furniture(Furniture),
}

pub(in crate::document) struct TextMark {
    pub owner: Owner,
    pub style: Style,
    pub x: f32,
    pub baseline: f32,
    pub text: String,
    /// Added to each space, in points.
    pub stretch: f32,
}

pub(in crate::document) struct LinesMark {
    pub kind: Furniture,
    pub ink: Ink,
    pub width: f32,
    /// Dots instead of a line.
    pub dotted: bool,
    /// From x, y to x, y.
    pub segments: Vec<[f32; 4]>,
}

/// Filled squares that belong to a figure.
pub(in crate::document) struct SquaresMark {
    pub owner: Owner,
    /// Left, top, right, bottom.
    pub squares: Vec<[f32; 4]>,
}

pub(in crate::document) enum Mark {
    Text(TextMark),
    Lines(LinesMark),
    Squares(SquaresMark),
}

pub(in crate::document) struct Leaf {
    pub format: Format,
    pub marks: Vec<Mark>,
}
