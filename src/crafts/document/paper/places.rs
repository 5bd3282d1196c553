//! Where people sign, and what refers to it from other pages.

use school::plan::SigningBox;

use super::{Element, ElementId, Mark, Owner, Paper};
use crate::document::DocumentFault;
use crate::document::look::{Align, Column, LEADING, Style};
use crate::document::printed_words as words;
use crate::document::rendered::{Place, PlacePictures};

pub(super) struct Reference {
    page: usize,
    owner: Owner,
    style: Style,
    column: Column,
    baseline: f32,
    to: SigningBox,
}

impl Paper {
    /// Where `signing_box` will be signed: left, top, right, bottom on the current page. Where it was
    /// signed in another dossier, `element` says in which.
    pub(in crate::document) fn place(
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
    pub(in crate::document) fn refer(
        &mut self,
        parent: ElementId,
        style: Style,
        column: Column,
        to: &SigningBox,
    ) {
        let paragraph = self.open(parent, Element::Paragraph);
        self.refer_at(paragraph, style, column, self.y + style.size, to);
        self.y += style.size * LEADING;
    }

    /// As [`Self::refer`], within `element` at a baseline.
    pub(in crate::document) fn refer_at(
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
    pub(in crate::document) fn resolve(&mut self) -> Result<(), DocumentFault> {
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
