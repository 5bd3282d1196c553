//! The signing base: a rendered document with every field, lock and stamp font in it, before anything
//! is signed. It is made once, registered and stored; no signature adds a field later.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object};
use school::plan::{Plan, SigningBox, TIMESTAMP_FIELD};

use super::box_table::{BoxPicture, BoxPlace, BoxTable, ObjectNumber, TimestampPlace};
use super::flat_file::{FlatFile, Packing};
use super::reading::{self, Read};
use super::revision::chunk;
use super::{PackedPicture, PdfFault, field, font};
use crate::document::{Place, PlacePicture, Rendered};

/// A base and the table that describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct SigningBase {
    /// The file: one revision, ending in `%%EOF` and a line feed.
    pub pdf: Vec<u8>,
    /// Its boxes.
    pub boxes: BoxTable,
}

/// Makes the base of a rendered document.
///
/// Shape: `rendered.pdf` is one revision with one classic cross-reference table; its places are the
/// boxes of `plan` in their order. The same input gives the same bytes.
/// Errors: [`PdfFault`], when either is otherwise.
/// Source: ISO 32000-2, 12.7; ISO 19005-3, 6.4; ISO 14289-1, 7.18.
pub fn signing_base(rendered: &Rendered, plan: &Plan, packing: Packing) -> Result<SigningBase, PdfFault> {
    illustrated_base(rendered, plan, &[], packing)
}

/// As [`signing_base`], of a document in which head and stamp sign with pictures.
///
/// Errors: [`PdfFault::NoPicture`] when a place names one that is not among `pictures`.
pub fn illustrated_base(
    rendered: &Rendered,
    plan: &Plan,
    pictures: &[PackedPicture],
    packing: Packing,
) -> Result<SigningBase, PdfFault> {
    with_fields(rendered, &plan.boxes().collect::<Vec<_>>(), pictures, packing)
}

/// Makes the base of a page on which one person tries their token: one box, no plan.
///
/// Errors: as [`illustrated_base`].
pub fn rehearsal_base(
    rendered: &Rendered,
    signing_box: &SigningBox,
    pictures: &[PackedPicture],
) -> Result<SigningBase, PdfFault> {
    with_fields(rendered, &[(0, signing_box)], pictures, Packing::ObjectStreams)
}

fn with_fields(
    rendered: &Rendered,
    planned: &[(usize, &SigningBox)],
    pictures: &[PackedPicture],
    packing: Packing,
) -> Result<SigningBase, PdfFault> {
    let mut file = FlatFile::take_apart(&rendered.pdf)?;
    let read = Read::strictly(&file.skeleton())?;
    let mut next = file.next_number();
    let mut allocate = || {
        let number = ObjectNumber::try_from(i64::from(next));
        next = next.saturating_add(1);
        number.map_err(|what| PdfFault::Shape { what })
    };
    let mut tree = TagTree::of(&read)?;
    let pages = read.pages()?;
    let mut boxes = places(rendered, planned, &pages, &mut tree, &mut allocate)?;
    let mut embedded = BTreeMap::new();
    for (place, one) in boxes.iter_mut().zip(&rendered.places) {
        for PlacePicture { person, sha256, size } in &one.pictures.of {
            let object = match embedded.get(sha256) {
                Some(object) => *object,
                None => {
                    let picture = pictures.iter().find(|picture| picture.sha256() == *sha256);
                    let picture = picture.ok_or(PdfFault::NoPicture)?;
                    let numbers = [allocate()?, allocate()?];
                    picture.embed(&mut file, numbers);
                    embedded.insert(*sha256, numbers[0]);
                    numbers[0]
                }
            };
            let size = size.map(|side| (side * 100.0).round() / 100.0);
            place.pictures.push(BoxPicture { person: person.clone(), object, size });
        }
    }
    let first_page = *pages.first().ok_or(PdfFault::Shape { what: "page" })?;
    let timestamp = TimestampPlace {
        label: TIMESTAMP_FIELD.into(),
        page: first_page,
        field: allocate()?,
        struct_parent: tree.next_key()?,
    };
    let (catalog, acroform) = (read.catalog()?, allocate()?);
    let fonts = font::of_appearances(&mut file, &mut allocate)?;
    let table = BoxTable::new(catalog, acroform, boxes, timestamp, fonts);
    add_fields(&mut file, &table, &mut tree, &mut allocate)?;
    list_on_pages(&mut file, &read, &table)?;
    tree.write(&mut file);
    let mut dictionary = read.dictionary(catalog, "Catalog")?;
    if dictionary.has(b"AcroForm") {
        return Err(PdfFault::HasFields);
    }
    dictionary.set("AcroForm", referring(acroform));
    declare_pades(&mut dictionary);
    // The attachments, among them the plan.
    let attached = dictionary.get(b"AF").and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default();
    let attached: Vec<u32> =
        attached.iter().filter_map(reading::as_number).map(ObjectNumber::number).collect();
    file.replace(catalog, dictionary);
    let boxes = table.boxes.iter().flat_map(|place| [place.field, place.lock]);
    let (regular, bold) = (table.regular.object, table.bold.object);
    let form = boxes.chain([table.timestamp.field, catalog, acroform, regular, bold]);
    let asked_for = form.map(ObjectNumber::number).chain(attached).collect();
    let pdf = file.write(packing, read.0.trailer.clone(), &asked_for);
    Ok(SigningBase { pdf, boxes: table })
}

/// PDF 1.7 knows PAdES as a developer extension of ETSI (ISO 32000-1, 7.12).
fn declare_pades(catalog: &mut Dictionary) {
    let mut etsi = Dictionary::new();
    etsi.set("BaseVersion", Object::Name(b"1.7".to_vec()));
    etsi.set("ExtensionLevel", 1);
    let mut extensions = Dictionary::new();
    extensions.set("ESIC", etsi);
    catalog.set("Extensions", extensions);
}

fn places(
    rendered: &Rendered,
    planned: &[(usize, &SigningBox)],
    pages: &[ObjectNumber],
    tree: &mut TagTree,
    allocate: &mut impl FnMut() -> Result<ObjectNumber, PdfFault>,
) -> Result<Vec<BoxPlace>, PdfFault> {
    let same = planned.iter().map(|(_, one)| &one.name).eq(rendered.places.iter().map(|place| &place.name));
    if !same {
        return Err(PdfFault::PlacesDiffer);
    }
    let mut boxes = Vec::with_capacity(rendered.places.len());
    for ((turn, _), place) in planned.iter().zip(&rendered.places) {
        let refused = || PdfFault::Place { name: place.name.clone() };
        boxes.push(BoxPlace {
            name: place.name.clone(),
            turn: *turn,
            label: place.label.clone(),
            page: *pages.get(place.page).ok_or_else(refused)?,
            rect: rectangle(place).ok_or_else(refused)?,
            field: allocate()?,
            lock: allocate()?,
            seed_value: allocate()?,
            appearance: allocate()?,
            struct_parent: tree.next_key()?,
            pictures: Vec::new(),
            covered: place.pictures.covered,
        });
    }
    Ok(boxes)
}

/// The rectangle in hundredths of a point, when it is one that can hold an appearance.
fn rectangle(place: &Place) -> Option<[f32; 4]> {
    let rect = place.rect.map(|edge| (edge * 100.0).round() / 100.0);
    let [left, bottom, right, top] = rect;
    let usable = rect.iter().all(|edge| (0.0..=14_400.0).contains(edge))
        && right - left >= 10.0
        && top - bottom >= 10.0;
    usable.then_some(rect)
}

fn add_fields(
    file: &mut FlatFile,
    table: &BoxTable,
    tree: &mut TagTree,
    allocate: &mut impl FnMut() -> Result<ObjectNumber, PdfFault>,
) -> Result<(), PdfFault> {
    for place in &table.boxes {
        let empty = place.appearance.reference();
        file.add(place.field, &chunk(|chunk| field::write_box(chunk, place, None, empty)));
        file.add(place.lock, &chunk(|chunk| field::write_lock(chunk, table, place)));
        file.add(place.seed_value, &chunk(|chunk| field::write_seed_values(chunk, place)));
        file.add(place.appearance, &chunk(|chunk| field::write_empty_appearance(chunk, place)));
        tree.add(file, allocate()?, place.page, place.field, place.struct_parent);
    }
    let stamp = &table.timestamp;
    file.add(stamp.field, &chunk(|chunk| field::write_timestamp(chunk, stamp, None)));
    tree.add(file, allocate()?, stamp.page, stamp.field, stamp.struct_parent);
    file.add(table.acroform, &chunk(|chunk| field::write_acroform(chunk, table)));
    Ok(())
}

/// Lists every widget in /Annots of its page, tab order by structure (ISO 14289-1, 7.18.3).
fn list_on_pages(file: &mut FlatFile, read: &Read, table: &BoxTable) -> Result<(), PdfFault> {
    let widgets = table.boxes.iter().map(|place| (place.page, place.field));
    let widgets: Vec<_> = widgets.chain([(table.timestamp.page, table.timestamp.field)]).collect();
    let mut pages: Vec<ObjectNumber> = widgets.iter().map(|(page, _)| *page).collect();
    pages.sort_unstable();
    pages.dedup();
    for page in pages {
        let mut dictionary = read.dictionary(page, "page")?;
        let mut annotations = match dictionary.get(b"Annots") {
            Err(_) => Vec::new(),
            Ok(there) => read
                .0
                .dereference(there)
                .and_then(|(_, there)| there.as_array().cloned())
                .map_err(|_| PdfFault::Shape { what: "annotations" })?,
        };
        let here = widgets.iter().filter(|(on, _)| *on == page);
        annotations.extend(here.map(|(_, field)| referring(*field)));
        dictionary.set("Annots", annotations);
        dictionary.set("Tabs", "S");
        file.replace(page, dictionary);
    }
    Ok(())
}

/// The tag tree, as far as widgets are added to it.
struct TagTree {
    root: (ObjectNumber, Dictionary),
    parents: (Option<ObjectNumber>, Dictionary),
    numbers: Vec<Object>,
    document: (ObjectNumber, Dictionary),
    kids: Vec<Object>,
    next_key: i32,
}

impl TagTree {
    fn of(read: &Read) -> Result<Self, PdfFault> {
        let shape = || PdfFault::Shape { what: "tag tree" };
        let catalog = read.dictionary(read.catalog()?, "Catalog")?;
        let root_number = reading::reference(&catalog, b"StructTreeRoot").ok_or_else(shape)?;
        let root = read.dictionary(root_number, "tag tree")?;
        let parent_tree = root.get(b"ParentTree").map_err(|_| shape())?;
        let (at, parents) = match reading::as_number(parent_tree) {
            Some(number) => (Some(number), read.dictionary(number, "parent tree")?),
            None => (None, parent_tree.as_dict().cloned().map_err(|_| shape())?),
        };
        // Without /Nums the tree has further levels, which the renderer does not write.
        let numbers = parents.get(b"Nums").and_then(Object::as_array).cloned().map_err(|_| shape())?;
        let next_key = root.get(b"ParentTreeNextKey").and_then(Object::as_i64).map_err(|_| shape())?;
        let first_kid = match root.get(b"K").map_err(|_| shape())? {
            Object::Array(kids) => kids.first().and_then(reading::as_number),
            kid => reading::as_number(kid),
        };
        let document_number = first_kid.ok_or_else(shape)?;
        let document = read.dictionary(document_number, "tag tree")?;
        let kids = match document.get(b"K") {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(kid) => vec![kid.clone()],
            Err(_) => Vec::new(),
        };
        Ok(Self {
            root: (root_number, root),
            parents: (at, parents),
            numbers,
            document: (document_number, document),
            kids,
            next_key: i32::try_from(next_key).map_err(|_| shape())?,
        })
    }

    /// A key of the parent tree for a widget.
    fn next_key(&mut self) -> Result<i32, PdfFault> {
        let key = self.next_key;
        self.next_key = key.checked_add(1).ok_or(PdfFault::Shape { what: "parent tree" })?;
        Ok(key)
    }

    /// Adds the Form element of a widget at the end of the document.
    fn add(
        &mut self,
        file: &mut FlatFile,
        element: ObjectNumber,
        page: ObjectNumber,
        field: ObjectNumber,
        key: i32,
    ) {
        let parent = self.document.0;
        file.add(element, &chunk(|chunk| field::write_element(chunk, element, parent, page, field)));
        self.kids.push(referring(element));
        self.numbers.extend([Object::Integer(key.into()), referring(element)]);
    }

    fn write(mut self, file: &mut FlatFile) {
        self.document.1.set("K", self.kids);
        file.replace(self.document.0, self.document.1);
        self.parents.1.set("Nums", self.numbers);
        self.root.1.set("ParentTreeNextKey", i64::from(self.next_key));
        match self.parents.0 {
            Some(number) => file.replace(number, self.parents.1),
            None => self.root.1.set("ParentTree", self.parents.1),
        }
        file.replace(self.root.0, self.root.1);
    }
}

fn referring(number: ObjectNumber) -> Object {
    Object::Reference((number.number(), 0))
}
