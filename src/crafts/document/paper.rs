//! Sheets of paper being written on. Everything drawn goes through [`Paper`] and either belongs to
//! an [`Element`] of the structure tree or is [`Furniture`]: untagged drawing cannot be expressed
//! (ISO 14289-1, 7.1), which matters because krilla does not notice it. Nothing is painted before
//! [`super::painting`], because page totals and references to later pages are known only then.
//!
//! Units: points, origin at the upper left; baselines for text.

use school::plan::SigningBox;
use school::roster::{Roster, School};

use super::DocumentFault;
use super::faces::{Faces, Weight};
use super::leaders::Leaders;
pub(super) use super::look::{Align, Column, Format, Ink, LEADING, MM, Style};
use super::printed_words as words;
use super::rendered::{Place, PlacePictures};

/// What belongs to the page and not to the document: artifacts (ISO 32000-1, 14.8.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    /// Repeated at the top: sample notice, header rows of a continued table.
    Header,
    /// Repeated at the bottom: page number and dossier id.
    Footer,
    /// Lines and frames.
    Layout,
}

/// Structure types of our documents.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Element {
    Section,
    Heading {
        level: u16,
        title: String,
    },
    Paragraph,
    Table {
        summary: String,
    },
    TableHead,
    TableBody,
    Row,
    ColumnHeader {
        columns: u32,
        rows: u32,
    },
    RowHeader,
    Cell {
        columns: u32,
    },
    /// What is seen and not read, with words in its place.
    Figure {
        alt: String,
    },
}

/// Names an element of the structure tree of this paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ElementId(pub(super) usize);

/// What an element holds, in reading order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Child {
    Element(ElementId),
    /// The n-th piece of tagged content.
    Content(usize),
}

pub(super) struct Branch {
    pub element: Element,
    pub children: Vec<Child>,
}

/// To whom a piece of drawing belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Owner {
    Content(usize),
    Furniture(Furniture),
}

pub(super) struct TextMark {
    pub owner: Owner,
    pub style: Style,
    pub x: f32,
    pub baseline: f32,
    pub text: String,
    /// Added to each space, in points.
    pub stretch: f32,
}

pub(super) struct LinesMark {
    pub kind: Furniture,
    pub ink: Ink,
    pub width: f32,
    /// Dots instead of a line.
    pub dotted: bool,
    /// From x, y to x, y.
    pub segments: Vec<[f32; 4]>,
}

/// Filled squares that belong to a figure.
pub(super) struct SquaresMark {
    pub owner: Owner,
    /// Left, top, right, bottom.
    pub squares: Vec<[f32; 4]>,
}

pub(super) enum Mark {
    Text(TextMark),
    Lines(LinesMark),
    Squares(SquaresMark),
}

pub(super) struct Leaf {
    pub format: Format,
    pub marks: Vec<Mark>,
}

struct Reference {
    page: usize,
    owner: Owner,
    style: Style,
    column: Column,
    baseline: f32,
    to: SigningBox,
}

/// The document while it is laid out.
pub(super) struct Paper {
    pub(super) faces: Faces,
    pub(super) leaves: Vec<Leaf>,
    pub(super) branches: Vec<Branch>,
    pub(super) roots: Vec<ElementId>,
    pub(super) contents: usize,
    /// Title, page and y of each outline entry.
    pub(super) outline: Vec<(String, usize, f32)>,
    pub(super) places: Vec<Place>,
    references: Vec<Reference>,
    fault: Option<DocumentFault>,
    /// Next free y on the last page.
    pub(super) y: f32,
    /// Title of the head of the school.
    pub(super) head: String,
    /// With which pictures head and stamp sign.
    pub(super) leaders: Leaders,
    /// The dossier in which everything of these pages was signed, when this paper only shows it again.
    pub(super) signed_in: Option<String>,
    /// Whether people will sign with a pen: an empty book that is filled in on paper.
    pub(super) by_hand: bool,
}

impl Paper {
    /// A paper of a school with its first page.
    pub(super) fn of_school(format: Format, school: &School) -> Self {
        let mut paper = Self::new(format);
        if !school.head_title.is_empty() {
            paper.head.clone_from(&school.head_title);
        }
        paper
    }

    /// A paper that head and stamp of a school year sign.
    pub(super) fn of_roster(format: Format, roster: &Roster) -> Self {
        Self { leaders: Leaders::of(roster), ..Self::of_school(format, &roster.school) }
    }

    /// A paper with its first page.
    pub(super) fn new(format: Format) -> Self {
        let mut paper = Self {
            faces: Faces::new(),
            leaves: Vec::new(),
            branches: Vec::new(),
            roots: Vec::new(),
            contents: 0,
            outline: Vec::new(),
            places: Vec::new(),
            references: Vec::new(),
            fault: None,
            y: 0.0,
            head: words::HEAD.to_owned(),
            leaders: Leaders::default(),
            signed_in: None,
            by_hand: false,
        };
        paper.start_page(format);
        paper
    }

    /// Begins a page; what follows is drawn there.
    pub(super) fn start_page(&mut self, format: Format) {
        self.leaves.push(Leaf { format, marks: Vec::new() });
        self.y = format.top;
    }

    /// True when something stands on the paper.
    pub(super) fn is_written(&self) -> bool {
        self.leaves.len() > 1 || self.leaves.iter().any(|leaf| !leaf.marks.is_empty())
    }

    /// Gives the empty first page another format.
    pub(super) fn restart(&mut self, format: Format) {
        self.leaves.clear();
        self.start_page(format);
    }

    /// Begins a page like the current one.
    pub(super) fn turn(&mut self) {
        self.start_page(self.format());
    }

    /// Format of the current page.
    pub(super) fn format(&self) -> Format {
        self.leaves.last().map_or(Format::PORTRAIT, |leaf| leaf.format)
    }

    /// Height left on the current page.
    pub(super) fn room(&self) -> f32 {
        self.format().end() - self.y
    }

    /// Remembers the first thing that makes the document impossible.
    pub(super) fn fail(&mut self, fault: DocumentFault) {
        self.fault.get_or_insert(fault);
    }

    /// A new section at the top of the structure tree, with an outline entry at the current place.
    pub(super) fn section(&mut self, title: &str) -> ElementId {
        let id = self.element(Element::Section);
        self.roots.push(id);
        self.outline.push((title.to_owned(), self.leaves.len() - 1, self.y));
        id
    }

    /// A new element within `parent`.
    pub(super) fn open(&mut self, parent: ElementId, element: Element) -> ElementId {
        let id = self.element(element);
        self.branches[parent.0].children.push(Child::Element(id));
        id
    }

    fn element(&mut self, element: Element) -> ElementId {
        self.branches.push(Branch { element, children: Vec::new() });
        ElementId(self.branches.len() - 1)
    }

    fn content(&mut self, element: ElementId) -> Owner {
        let content = self.contents;
        self.contents += 1;
        self.branches[element.0].children.push(Child::Content(content));
        Owner::Content(content)
    }

    fn mark(&mut self, mark: Mark) {
        if let Some(leaf) = self.leaves.last_mut() {
            leaf.marks.push(mark);
        }
    }

    /// One line of text that belongs to `element`.
    pub(super) fn line(
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
    pub(super) fn furniture_line(
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

    fn set(
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

    /// Straight lines, always furniture.
    pub(super) fn lines(&mut self, ink: Ink, width: f32, segments: Vec<[f32; 4]>) {
        if !segments.is_empty() {
            let kind = Furniture::Layout;
            self.mark(Mark::Lines(LinesMark { kind, ink, width, dotted: false, segments }));
        }
    }

    /// A dotted line to write on, always furniture.
    pub(super) fn dots(&mut self, ink: Ink, segment: [f32; 4]) {
        let kind = Furniture::Layout;
        self.mark(Mark::Lines(LinesMark { kind, ink, width: 0.7, dotted: true, segments: vec![segment] }));
    }

    /// A rectangle of lines: left, top, right, bottom.
    pub(super) fn frame(&mut self, ink: Ink, width: f32, [left, top, right, bottom]: [f32; 4]) {
        let corners = [
            [left, top, right, top],
            [right, top, right, bottom],
            [right, bottom, left, bottom],
            [left, bottom, left, top],
        ];
        self.lines(ink, width, corners.to_vec());
    }

    /// Filled squares: left, top, right, bottom.
    pub(super) fn squares(&mut self, figure: ElementId, squares: Vec<[f32; 4]>) {
        let owner = self.content(figure);
        self.mark(Mark::Squares(SquaresMark { owner, squares }));
    }

    /// The double frame of a cover, around the area within the margins.
    pub(super) fn cover_frame(&mut self) {
        let format = self.format();
        let column = format.column();
        let (left, right) = (column.x - 10.0, column.x + column.width + 10.0);
        let (top, bottom) = (format.top - 4.0, format.end() + 4.0);
        self.frame(Ink::Black, 1.6, [left, top, right, bottom]);
        self.frame(Ink::Black, 0.5, [left + 3.5, top + 3.5, right - 3.5, bottom - 3.5]);
    }

    /// A paragraph at the current y, which moves below it; breaks over pages between lines.
    pub(super) fn paragraph(
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
    pub(super) fn indented(
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
    pub(super) fn heading(&mut self, parent: ElementId, level: u16, style: Style, align: Align, text: &str) {
        let heading = self.open(parent, Element::Heading { level, title: text.to_owned() });
        let column = self.format().column();
        self.flow(heading, style, column, align, 0.0, text);
    }

    /// Sets `text` as lines of `element` at the current y.
    pub(super) fn flow(
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
    pub(super) fn labelled(
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

    /// Where `signing_box` will be signed: left, top, right, bottom on the current page. Where it was
    /// signed in another dossier, `element` says in which.
    pub(super) fn place(
        &mut self,
        element: ElementId,
        signing_box: &SigningBox,
        label: String,
        [l, t, r, b]: [f32; 4],
        pictures: PlacePictures,
    ) {
        if let Some(dossier) = self.signed_in.clone() {
            let column = Column { x: l + 2.0, width: r - l - 4.0 };
            let text = words::signed_in(&dossier);
            // An id is read as a whole: smaller before it is broken.
            let style = Style::italic(7.5);
            let size = self.faces.size_for_words(style.weight, style.size, 4.5, column.width, &text);
            let style = Style { size, ..style };
            let lines = self.faces.wrap_evenly(style.weight, style.size, column.width, &text);
            let step = style.size * LEADING;
            let mut baseline = (t + b - step * lines.len() as f32) / 2.0 + style.size;
            for line in lines {
                let text = if line.goes_on { line.text + " " } else { line.text };
                self.line(element, style, column, Align::Centre, baseline, &text);
                baseline += step;
            }
            return;
        }
        let height = self.format().height;
        self.places.push(Place {
            name: signing_box.name.clone(),
            label,
            page: self.leaves.len() - 1,
            rect: [l, height - b, r, height - t],
            pictures,
        });
    }

    /// Says at a repeated signing place on which page the one signature of `to` stands.
    pub(super) fn refer(&mut self, parent: ElementId, style: Style, column: Column, to: &SigningBox) {
        let paragraph = self.open(parent, Element::Paragraph);
        self.refer_at(paragraph, style, column, self.y + style.size, to);
        self.y += style.size * LEADING;
    }

    /// As [`Self::refer`], within `element` at a baseline.
    pub(super) fn refer_at(
        &mut self,
        element: ElementId,
        style: Style,
        column: Column,
        baseline: f32,
        to: &SigningBox,
    ) {
        if let Some(dossier) = &self.signed_in {
            let text = words::signed_in(dossier);
            let size = self.faces.size_for_line(style.weight, style.size, column.width, &text);
            let style = Style { size, ..style };
            return self.line(element, style, column, Align::Centre, baseline, &text);
        }
        let owner = self.content(element);
        let page = self.leaves.len() - 1;
        self.references.push(Reference { page, owner, style, column, baseline, to: to.clone() });
    }

    /// Completes what could not be known before: references to pages.
    pub(super) fn resolve(&mut self) -> Result<(), DocumentFault> {
        for reference in std::mem::take(&mut self.references) {
            let place = self.places.iter().find(|place| place.name == reference.to.name);
            let page = place.ok_or_else(|| DocumentFault::NoPlace(reference.to.name.clone()))?.page;
            let Reference { owner, style, column, baseline, .. } = reference;
            let text = words::signed_on_page(page + 1);
            let mark = self.set(owner, style, column, Align::Centre, baseline, &text);
            self.leaves[reference.page].marks.push(Mark::Text(mark));
        }
        match self.fault.take() {
            Some(fault) => Err(fault),
            None => match self.faces.unprintable() {
                Some(text) => Err(DocumentFault::Unprintable(text.to_owned())),
                None => Ok(()),
            },
        }
    }
}
