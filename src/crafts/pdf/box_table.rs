//! The box table: everything about a base that later revisions need, stored beside it.
//!
//! A revision writes its field again from this table and not from what a reader made of the file, so
//! that the entries it must not change come out byte for byte.

use pdf_writer::Ref;
use school::identifier::PersonId;
use school::plan::BoxName;
use serde::{Deserialize, Serialize};

use super::PdfFault;
use super::reading::Read;

/// The `format` of a box table.
const FORMAT: &str = "niemphong-boxes/1";

/// Bytes that are no box table of this version.
#[derive(Debug, thiserror::Error)]
#[error("not a box table of format {FORMAT}")]
pub struct NotABoxTable(#[source] Option<serde_json::Error>);

/// Number of an indirect object, 1 to 2^31 - 1; every generation is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct ObjectNumber(i32);

impl ObjectNumber {
    pub(super) fn reference(self) -> Ref {
        Ref::new(self.0)
    }

    pub(super) const fn number(self) -> u32 {
        self.0.unsigned_abs()
    }
}

impl TryFrom<i64> for ObjectNumber {
    type Error = &'static str;

    fn try_from(number: i64) -> Result<Self, Self::Error> {
        match i32::try_from(number) {
            Ok(number) if number > 0 => Ok(Self(number)),
            _ => Err("not an object number"),
        }
    }
}

impl From<ObjectNumber> for i64 {
    fn from(number: ObjectNumber) -> Self {
        number.0.into()
    }
}

/// A base's boxes, fields and fonts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoxTable {
    format: String,
    /// The Catalog.
    pub catalog: ObjectNumber,
    /// The AcroForm dictionary; no revision changes it.
    pub acroform: ObjectNumber,
    /// Every box, turn by turn in printing order.
    pub boxes: Vec<BoxPlace>,
    /// The field of the document timestamp.
    pub timestamp: TimestampPlace,
    /// The stamp font in its regular face.
    pub regular: StampFont,
    /// The stamp font in its bold face.
    pub bold: StampFont,
}

/// A box in the base.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoxPlace {
    /// Name of the box and of its field (/T).
    pub name: BoxName,
    /// Index of its turn in the plan, from 0.
    pub turn: usize,
    /// What a screen reader says (/TU).
    pub label: String,
    /// The page object.
    pub page: ObjectNumber,
    /// Left, bottom, right, top in points.
    pub rect: [f32; 4],
    /// The field merged with its widget.
    pub field: ObjectNumber,
    /// The SigFieldLock.
    pub lock: ObjectNumber,
    /// The seed value dictionary.
    pub seed_value: ObjectNumber,
    /// The appearance of the empty box.
    pub appearance: ObjectNumber,
    /// Key of the widget in the ParentTree.
    pub struct_parent: i32,
    /// Pictures that whoever signs here may sign with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<BoxPicture>,
    /// Width at the left that the stamp will cover, in points.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub covered: f32,
}

/// A picture in the base for one box and one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BoxPicture {
    /// Whose; also the name of the resource.
    pub person: PersonId,
    /// The image object.
    pub object: ObjectNumber,
    /// Width and height on the page, in points.
    pub size: [f32; 2],
}

impl BoxPlace {
    /// The picture with which a person signs here.
    pub fn picture_of(&self, person: &PersonId) -> Option<&BoxPicture> {
        self.pictures.iter().find(|one| one.person == *person)
    }
}

fn is_nothing(points: &f32) -> bool {
    *points == 0.0
}

/// The invisible field of the document timestamp.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimestampPlace {
    /// What a screen reader says (/TU).
    pub label: String,
    /// The page object that lists the widget.
    pub page: ObjectNumber,
    /// The field merged with its widget.
    pub field: ObjectNumber,
    /// Key of the widget in the ParentTree.
    pub struct_parent: i32,
}

/// One face of the stamp font, as far as text is laid out with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StampFont {
    /// The Type 0 font object.
    pub object: ObjectNumber,
    /// Units per em of the advances.
    pub units_per_em: u16,
    /// The characters in order of their CIDs; the first has CID 1.
    pub characters: String,
    /// Advance widths in font units, one per character.
    pub advances: Vec<u16>,
}

/// A character of a stamp font.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) cid: u16,
    /// Advance in em.
    pub(super) advance: f32,
}

impl StampFont {
    /// The glyph of a character, if the face has it.
    pub(super) fn glyph(&self, character: char) -> Option<Glyph> {
        let index = self.characters[..self.characters.find(character)?].chars().count();
        let advance = f32::from(*self.advances.get(index)?) / f32::from(self.units_per_em.max(1));
        Some(Glyph { cid: u16::try_from(index + 1).ok()?, advance })
    }
}

impl BoxTable {
    pub(super) fn new(
        catalog: ObjectNumber,
        acroform: ObjectNumber,
        boxes: Vec<BoxPlace>,
        timestamp: TimestampPlace,
        [regular, bold]: [StampFont; 2],
    ) -> Self {
        Self { format: FORMAT.into(), catalog, acroform, boxes, timestamp, regular, bold }
    }

    /// Reads a stored table.
    ///
    /// Errors: [`NotABoxTable`], also for another version.
    pub fn from_json(json: &[u8]) -> Result<Self, NotABoxTable> {
        let table: Self = serde_json::from_slice(json).map_err(|error| NotABoxTable(Some(error)))?;
        if table.format == FORMAT { Ok(table) } else { Err(NotABoxTable(None)) }
    }

    /// The form in which a table is stored: JSON, the same bytes for the same table.
    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a table holds only numbers and text")
    }

    /// The box with this name.
    pub fn find(&self, name: &BoxName) -> Option<&BoxPlace> {
        self.boxes.iter().find(|place| place.name == *name)
    }

    /// The number of the first page of `base`, from 1, that has a box.
    ///
    /// Errors: those of reading the base; [`PdfFault::OtherTable`] where it has none of these pages.
    pub fn first_page(&self, base: &[u8]) -> Result<usize, PdfFault> {
        let pages = Read::strictly(base)?.pages()?;
        let first = pages.iter().position(|page| self.boxes.iter().any(|one| one.page == *page));
        first.map(|at| at + 1).ok_or(PdfFault::OtherTable)
    }

    /// Names of the fields that the signature in `place` locks: its own, and every box's for the
    /// last turn. The timestamp field is in no lock.
    pub(super) fn locked_by<'a>(&'a self, place: &'a BoxPlace) -> Vec<&'a str> {
        let last = self.boxes.iter().map(|one| one.turn).max();
        if Some(place.turn) == last {
            self.boxes.iter().map(|one| one.name.as_str()).collect()
        } else {
            vec![place.name.as_str()]
        }
    }
}
