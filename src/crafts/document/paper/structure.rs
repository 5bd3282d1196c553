//! The structure tree: what a document is made of, in reading order.

use super::{Owner, Paper};

/// Structure types of our documents.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::document) enum Element {
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
pub(in crate::document) struct ElementId(pub(in crate::document) usize);

/// What an element holds, in reading order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::document) enum Child {
    Element(ElementId),
    /// The n-th piece of tagged content.
    Content(usize),
}

pub(in crate::document) struct Branch {
    pub element: Element,
    pub children: Vec<Child>,
}

impl Paper {
    /// A new section at the top of the structure tree, with an outline entry at the current place.
    pub(in crate::document) fn section(&mut self, title: &str) -> ElementId {
        let id = self.element(Element::Section);
        self.roots.push(id);
        self.outline.push((title.to_owned(), self.leaves.len() - 1, self.y));
        id
    }

    /// A new element within `parent`.
    pub(in crate::document) fn open(&mut self, parent: ElementId, element: Element) -> ElementId {
        let id = self.element(element);
        self.branches[parent.0].children.push(Child::Element(id));
        id
    }

    fn element(&mut self, element: Element) -> ElementId {
        self.branches.push(Branch { element, children: Vec::new() });
        ElementId(self.branches.len() - 1)
    }

    pub(super) fn content(&mut self, element: ElementId) -> Owner {
        let content = self.contents;
        self.contents += 1;
        self.branches[element.0].children.push(Child::Content(content));
        Owner::Content(content)
    }
}
