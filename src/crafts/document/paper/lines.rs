//! Lines, frames and squares.

use super::{ElementId, Furniture, LinesMark, Mark, Paper, SquaresMark};
use crate::document::look::Ink;

impl Paper {
    /// Straight lines, always furniture.
    pub(in crate::document) fn lines(&mut self, ink: Ink, width: f32, segments: Vec<[f32; 4]>) {
        if !segments.is_empty() {
            let kind = Furniture::Layout;
            self.mark(Mark::Lines(LinesMark { kind, ink, width, dotted: false, segments }));
        }
    }

    /// A dotted line to write on, always furniture.
    pub(in crate::document) fn dots(&mut self, ink: Ink, segment: [f32; 4]) {
        let kind = Furniture::Layout;
        self.mark(Mark::Lines(LinesMark { kind, ink, width: 0.7, dotted: true, segments: vec![segment] }));
    }

    /// A rectangle of lines: left, top, right, bottom.
    pub(in crate::document) fn frame(&mut self, ink: Ink, width: f32, [left, top, right, bottom]: [f32; 4]) {
        let corners = [
            [left, top, right, top],
            [right, top, right, bottom],
            [right, bottom, left, bottom],
            [left, bottom, left, top],
        ];
        self.lines(ink, width, corners.to_vec());
    }

    /// Filled squares: left, top, right, bottom.
    pub(in crate::document) fn squares(&mut self, figure: ElementId, squares: Vec<[f32; 4]>) {
        let owner = self.content(figure);
        self.mark(Mark::Squares(SquaresMark { owner, squares }));
    }

    /// The double frame of a cover, around the area within the margins.
    pub(in crate::document) fn cover_frame(&mut self) {
        let format = self.format();
        let column = format.column();
        let (left, right) = (column.x - 10.0, column.x + column.width + 10.0);
        let (top, bottom) = (format.top - 4.0, format.end() + 4.0);
        self.frame(Ink::Black, 1.6, [left, top, right, bottom]);
        self.frame(Ink::Black, 0.5, [left + 3.5, top + 3.5, right - 3.5, bottom - 3.5]);
    }
}
