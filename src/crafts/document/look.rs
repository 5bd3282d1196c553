//! How pages look: formats, strips, alignment, styles. Units: points, origin at the upper left.

use super::faces::Weight;

/// Leading of running text.
pub(super) const LEADING: f32 = 1.3;

/// One millimetre in points.
pub(super) const MM: f32 = 72.0 / 25.4;

/// Size and margins of a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Format {
    pub width: f32,
    pub height: f32,
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
}

impl Format {
    /// A4 upright with the margins of NĐ 30/2020, Phụ lục I: 20 to 25, 30 to 35, 15 to 20 mm.
    pub(super) const PORTRAIT: Self = Self {
        width: 595.28,
        height: 841.89,
        left: 30.0 * MM,
        right: 16.0 * MM,
        top: 22.0 * MM,
        bottom: 20.0 * MM,
    };

    /// A4 lengthwise, bound at the left: the wide sheets of a book.
    pub(super) const LANDSCAPE: Self = Self {
        width: 841.89,
        height: 595.28,
        left: 20.0 * MM,
        right: 15.0 * MM,
        top: 20.0 * MM,
        bottom: 17.0 * MM,
    };

    /// A sheet of a book: A4 upright, bound at the left, closer to the edge than papers are.
    pub(super) const BOOK: Self =
        Self { left: 22.0 * MM, right: 15.0 * MM, top: 19.0 * MM, bottom: 17.0 * MM, ..Self::PORTRAIT };

    /// The area between the side margins.
    pub(super) const fn column(&self) -> Column {
        Column { x: self.left, width: self.width - self.left - self.right }
    }

    /// The lowest y that content may reach.
    pub(super) const fn end(&self) -> f32 {
        self.height - self.bottom
    }
}

/// A vertical strip in which text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Column {
    pub x: f32,
    pub width: f32,
}

impl Column {
    /// The `index`-th of `count` equal strips with `gap` between them.
    pub(super) fn part(self, index: usize, count: usize, gap: f32) -> Self {
        let width = (self.width - gap * (count - 1) as f32) / count as f32;
        Self { x: self.x + index as f32 * (width + gap), width }
    }

    /// This strip less `by` on both sides.
    pub(super) fn inset(self, by: f32) -> Self {
        Self { x: self.x + by, width: self.width - 2.0 * by }
    }
}

/// Where a line stands in its strip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Centre,
    Right,
    /// Both edges, by wider spaces; the last line of a paragraph stays left.
    Justified,
}

/// Colour of text and lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Black,
    Grey,
    Red,
}

/// Look of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub weight: Weight,
    pub size: f32,
    pub ink: Ink,
}

impl Style {
    pub(super) const fn regular(size: f32) -> Self {
        Self { weight: Weight::Regular, size, ink: Ink::Black }
    }

    pub(super) const fn bold(size: f32) -> Self {
        Self { weight: Weight::Bold, size, ink: Ink::Black }
    }

    pub(super) const fn italic(size: f32) -> Self {
        Self { weight: Weight::Italic, size, ink: Ink::Black }
    }

    pub(super) const fn in_ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }
}
