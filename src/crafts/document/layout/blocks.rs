//! Blocks of a form: titles, lines with dots to write on, numbered points.

use super::super::faces::Weight;
use super::super::look::{Align, Column, Format, Ink, LEADING, MM, Style};
use super::super::paper::{Element, ElementId, Paper};

/// Size of the title of a sheet.
const TITLE_SIZE: f32 = 15.0;
/// From a dotted line to the next.
const DOTTED_LEADING: f32 = 1.75;

impl Paper {
    /// Begins a sheet of its own in `format`: a section with its bookmark.
    pub(in crate::document) fn leaf(&mut self, format: Format, bookmark: &str) -> ElementId {
        if self.is_written() {
            self.start_page(format);
        } else {
            self.restart(format);
        }
        self.section(bookmark)
    }

    /// As [`Self::leaf`], with the bookmark as title of the sheet.
    pub(in crate::document) fn sheet(&mut self, format: Format, title: &str) -> ElementId {
        let section = self.leaf(format, title);
        self.title(section, title);
        section
    }

    /// Title of a sheet, centred.
    pub(in crate::document) fn title(&mut self, section: ElementId, text: &str) {
        self.heading(section, 1, Style::bold(TITLE_SIZE), Align::Centre, text);
    }

    /// A line of text in the middle.
    pub(in crate::document) fn centred(&mut self, section: ElementId, style: Style, text: &str) {
        let column = self.format().column();
        self.paragraph(section, style, column, Align::Centre, text);
    }

    /// Room between blocks.
    pub(in crate::document) fn gap(&mut self, points: f32) {
        self.y += points;
    }

    /// `Label: value` over dots that run to the end of the strip. An empty value leaves the dots to be
    /// written on.
    pub(in crate::document) fn dotted(
        &mut self,
        section: ElementId,
        size: f32,
        column: Column,
        label: &str,
        value: &str,
    ) {
        let paragraph = self.open(section, Element::Paragraph);
        let label = format!("{label}: ");
        let taken = self.faces.width(Weight::Regular, size, &label);
        let rest = Column { x: column.x + taken, width: column.width - taken };
        let lines = self.faces.wrap(Weight::Bold, size, rest.width, 0.0, value);
        let step = size * DOTTED_LEADING;
        for (index, line) in lines.into_iter().enumerate() {
            if self.room() < step {
                self.turn();
            }
            let baseline = self.y + size * 1.2;
            if index == 0 {
                self.line(paragraph, Style::regular(size), column, Align::Left, baseline, &label);
            }
            let text = if line.goes_on { line.text + " " } else { line.text };
            self.line(paragraph, Style::bold(size), rest, Align::Left, baseline, &text);
            self.dots(Ink::Grey, [rest.x, baseline + 2.6, rest.x + rest.width, baseline + 2.6]);
            self.y += step;
        }
    }

    /// A line of dots to write on.
    pub(in crate::document) fn dots_to_write_on(&mut self, size: f32, column: Column) {
        let baseline = self.y + size * 1.2;
        self.dots(Ink::Grey, [column.x, baseline + 2.6, column.x + column.width, baseline + 2.6]);
        self.y += size * DOTTED_LEADING;
    }

    /// Dotted lines side by side, each in its share of the strip.
    pub(in crate::document) fn dotted_row(
        &mut self,
        section: ElementId,
        size: f32,
        column: Column,
        parts: &[(f32, &str, &str)],
    ) {
        let whole: f32 = parts.iter().map(|(share, _, _)| share).sum();
        let (top, mut below, mut x) = (self.y, self.y, column.x);
        for (share, label, value) in parts {
            let width = column.width * share / whole;
            self.y = top;
            self.dotted(section, size, Column { x, width: width - 6.0 }, label, value);
            below = below.max(self.y);
            x += width;
        }
        self.y = below;
    }

    /// Numbered points of a guide.
    pub(in crate::document) fn points(&mut self, section: ElementId, size: f32, points: &[&str]) {
        let column = self.format().column();
        for (index, point) in points.iter().enumerate() {
            let text = format!("{}. {point}", index + 1);
            self.indented(section, Style::regular(size), column, Align::Justified, 9.0 * MM, &text);
            self.y += size * 0.5;
        }
    }

    /// Paragraphs of a guide under a heading of their own.
    pub(in crate::document) fn chapter(&mut self, section: ElementId, heading: &str, paragraphs: &[&str]) {
        let column = self.format().column();
        self.heading(section, 2, Style::bold(13.0), Align::Left, heading);
        for paragraph in paragraphs {
            self.indented(section, Style::regular(12.5), column, Align::Justified, 8.0 * MM, paragraph);
            self.y += 3.0;
        }
        self.y += 6.0;
    }

    /// Begins a new page unless `height` is left on this one.
    pub(in crate::document) fn keep(&mut self, height: f32) {
        if self.room() < height {
            self.turn();
        }
    }

    /// Height of a paragraph in the whole width.
    pub(in crate::document) fn height_of(&mut self, style: Style, text: &str) -> f32 {
        let width = self.format().column().width;
        self.faces.wrap(style.weight, style.size, width, 0.0, text).len() as f32 * style.size * LEADING
    }
}
