//! Text: lines, paragraphs and headings.

use super::{Element, ElementId, Furniture, Mark, Owner, Paper, TextMark};
use crate::document::faces::Weight;
use crate::document::look::{Align, Column, LEADING, Style};

impl Paper {
    /// One line of text that belongs to `element`.
    pub(in crate::document) fn line(
        &mut self,
        element: ElementId,
        style: Style,
        column: Column,
        align: Align,
        baseline: f32,
        text: &str,
    ) {
        if text.is_empty() {
            return;
        }
        let owner = self.content(element);
        let mark = self.set(owner, style, column, align, baseline, text);
        self.mark(Mark::Text(mark));
    }

    /// One line of text that belongs to the page.
    pub(in crate::document) fn furniture_line(
        &mut self,
        kind: Furniture,
        style: Style,
        column: Column,
        align: Align,
        baseline: f32,
        text: &str,
    ) {
        let mark = self.set(Owner::Furniture(kind), style, column, align, baseline, text);
        self.mark(Mark::Text(mark));
    }

    pub(super) fn set(
        &mut self,
        owner: Owner,
        style: Style,
        column: Column,
        align: Align,
        baseline: f32,
        text: &str,
    ) -> TextMark {
        let width = self.faces.width(style.weight, style.size, text.trim_end());
        let spare = column.width - width;
        let spaces = text.trim_end().matches(' ').count();
        let (shift, stretch) = match align {
            Align::Left => (0.0, 0.0),
            Align::Centre => (spare / 2.0, 0.0),
            Align::Right => (spare, 0.0),
            Align::Justified if spaces > 0 => (0.0, spare.max(0.0) / spaces as f32),
            Align::Justified => (0.0, 0.0),
        };
        TextMark { owner, style, x: column.x + shift, baseline, text: text.to_owned(), stretch }
    }

    /// A paragraph at the current y, which moves below it; breaks over pages between lines.
    pub(in crate::document) fn paragraph(
        &mut self,
        parent: ElementId,
        style: Style,
        column: Column,
        align: Align,
        text: &str,
    ) -> ElementId {
        self.indented(parent, style, column, align, 0.0, text)
    }

    /// A paragraph whose first line begins `indent` later.
    pub(in crate::document) fn indented(
        &mut self,
        parent: ElementId,
        style: Style,
        column: Column,
        align: Align,
        indent: f32,
        text: &str,
    ) -> ElementId {
        let paragraph = self.open(parent, Element::Paragraph);
        self.flow(paragraph, style, column, align, indent, text);
        paragraph
    }

    /// A heading at the current y, which moves below it.
    pub(in crate::document) fn heading(
        &mut self,
        parent: ElementId,
        level: u16,
        style: Style,
        align: Align,
        text: &str,
    ) {
        let heading = self.open(parent, Element::Heading { level, title: text.to_owned() });
        let column = self.format().column();
        self.flow(heading, style, column, align, 0.0, text);
    }

    /// Sets `text` as lines of `element` at the current y.
    pub(in crate::document) fn flow(
        &mut self,
        element: ElementId,
        style: Style,
        column: Column,
        align: Align,
        indent: f32,
        text: &str,
    ) {
        let step = style.size * LEADING;
        let lines = if align == Align::Centre {
            self.faces.wrap_evenly(style.weight, style.size, column.width, text)
        } else {
            self.faces.wrap(style.weight, style.size, column.width, indent, text)
        };
        for (index, line) in lines.into_iter().enumerate() {
            if self.room() < step {
                self.turn();
            }
            let shift = if index == 0 { indent } else { 0.0 };
            let strip = Column { x: column.x + shift, width: column.width - shift };
            let align = if align == Align::Justified && !line.goes_on { Align::Left } else { align };
            // The space at the end of a line keeps the words of two lines apart in extracted text.
            let text = if line.goes_on { line.text + " " } else { line.text };
            self.line(element, style, strip, align, self.y + style.size, &text);
            self.y += step;
        }
    }

    /// A label and, at least `apart` from its beginning, its value in bold, wrapping under itself.
    pub(in crate::document) fn labelled(
        &mut self,
        parent: ElementId,
        size: f32,
        column: Column,
        apart: f32,
        (label, value): (&str, &str),
    ) {
        let paragraph = self.open(parent, Element::Paragraph);
        let label = format!("{label}: ");
        let taken = self.faces.width(Weight::Regular, size, &label).max(apart);
        if self.room() < size * LEADING {
            self.turn();
        }
        self.line(paragraph, Style::regular(size), column, Align::Left, self.y + size, &label);
        let rest = Column { x: column.x + taken, width: column.width - taken };
        self.flow(paragraph, Style::bold(size), rest, Align::Left, 0.0, value);
    }
}
