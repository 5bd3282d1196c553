//! The layouts and the catalogue of subjects that come with the program, and those that a school adds.

use school::limits;

use super::form::{Layout, LayoutFault};
use super::subjects::Subjects;

macro_rules! shipped {
    ($($file:literal),* $(,)?) => {
        &[$(include_str!(concat!("../../../../config/layouts/", $file))),*]
    };
}

const SHIPPED: &[&str] = shipped![
    "niemphong-workbook.toml",
    "csdl-mau-1.toml",
    "csdl-mau-2.toml",
    "csdl-nhan-xet.toml",
    "csdl-danh-sach-lop.toml",
    "danh-sach-hoc-sinh.toml",
    "tong-ket-lop.toml",
    "so-theo-lop-hoc.toml",
    "so-cua-giao-vien.toml",
    "vnedu-hoc-ky.toml",
    "vnedu-ca-nam.toml",
    "vnedu-ne-nep.toml",
];

const SUBJECTS: &str = include_str!("../../../../config/subjects.toml");

/// Everything that is known about how files are arranged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layouts {
    pub(super) layouts: Vec<Layout>,
    pub(super) subjects: Subjects,
}

impl Layouts {
    /// Those that come with the program.
    pub fn shipped() -> Self {
        let parse = |text: &&str| Layout::parse(text).expect("a shipped layout; a test reads each");
        let mut subjects = Subjects::default();
        subjects.add(SUBJECTS).expect("the shipped catalogue; a test reads it");
        Self { layouts: SHIPPED.iter().map(parse).collect(), subjects }
    }

    /// Adds what a school wrote: a layout or a catalogue of subjects, told apart by `format`. A layout with
    /// the id of another takes its place.
    ///
    /// Errors: where the text is neither.
    pub fn add(&mut self, text: &str) -> Result<(), LayoutFault> {
        if text.contains(super::subjects::FORMAT) {
            return self.subjects.add(text);
        }
        let layout = Layout::parse(text)?;
        self.layouts.retain(|known| known.id != layout.id);
        if self.layouts.len() >= limits::LAYOUTS {
            return Err(LayoutFault {
                layout: layout.id,
                what: format!("more than {} layouts", limits::LAYOUTS),
            });
        }
        self.layouts.push(layout);
        Ok(())
    }

    /// The subjects that are known.
    pub fn subjects(&self) -> &Subjects {
        &self.subjects
    }

    /// The layouts, in the order in which they are tried.
    pub fn iter(&self) -> impl Iterator<Item = &Layout> {
        self.layouts.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_layout_can_be_used() {
        let layouts = Layouts::shipped();
        assert_eq!(layouts.layouts.len(), SHIPPED.len());
        assert!(layouts.subjects().named("GDĐP").is_some());
    }

    #[test]
    fn a_layout_of_the_school_takes_the_place_of_the_shipped_one() {
        let mut layouts = Layouts::shipped();
        let own = SHIPPED[1].replace("name = \"CSDL", "name = \"Trường: CSDL");
        layouts.add(&own).expect("a layout");
        assert_eq!(layouts.layouts.len(), SHIPPED.len());
        assert!(layouts.iter().any(|layout| layout.name().starts_with("Trường")));
    }
}
