//! Sheets of paper being written on. Everything drawn goes through [`Paper`] and either belongs to
//! an [`Element`] of the structure tree or is [`Furniture`]: untagged drawing cannot be expressed
//! (ISO 14289-1, 7.1), which matters because krilla does not notice it. Nothing is painted before
//! [`super::painting`], because page totals and references to later pages are known only then.
//!
//! Units: points, origin at the upper left; baselines for text.

mod lines;
mod marks;
mod places;
mod structure;
mod text;

use school::roster::{Roster, School};

pub(super) use self::marks::{Furniture, Leaf, LinesMark, Mark, Owner, SquaresMark, TextMark};
use self::places::Reference;
pub(super) use self::structure::{Branch, Child, Element, ElementId};
use super::DocumentFault;
use super::faces::Faces;
use super::leaders::Leaders;
pub(super) use super::look::{Align, Column, Format, Ink, LEADING, MM, Style};
use super::printed_words as words;
use super::rendered::Place;

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

    fn mark(&mut self, mark: Mark) {
        if let Some(leaf) = self.leaves.last_mut() {
            leaf.marks.push(mark);
        }
    }
}
