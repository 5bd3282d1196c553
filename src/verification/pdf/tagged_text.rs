//! What the pages of a base print, by its own structure tree (ISO 32000-2, 14.7 and 14.8): the cells of its tables
//! and the text beside them. Only what our forms are drawn with is read: text in fonts of ours, in dark ink, each
//! piece in a marked content of its own. Anything else that could show letters makes it unread.

use std::collections::BTreeMap;
use std::sync::Arc;

use school::limits::{PDF_DEPTH, PDF_OBJECTS};

use crate::pdf::content_stream::each_operator;
use crate::pdf::letters::Letters;
use crate::pdf::object::{Dictionary, Id, Object};
use crate::pdf::revision_map::RevisionMap;
use crate::pki::Known;

/// Most operators and operands of a page: a sheet of a class has some tens of thousands.
const VALUES: usize = 500_000;
/// Most operands of one operator.
const OPERANDS: usize = 16;
/// Paler ink cannot be seen on paper (1 is white).
const PALEST: f64 = 0.6;

/// The text of a base.
pub(crate) struct TaggedText {
    /// Rows of all tables in the order of the tree.
    pub rows: Vec<Vec<Cell>>,
    /// For each row, how many of the texts beside the tables stand before it.
    pub after: Vec<usize>,
    /// Every other tagged text, by the element that it belongs to.
    pub beside: Vec<String>,
    /// Text that no element of the tree owns: page numbers, notices.
    pub untagged: Vec<String>,
    /// The fonts that were drawn with, and the codes drawn in each.
    pub used: BTreeMap<Id, Codes>,
}

/// Codes of a font, a bit for each.
#[derive(Default)]
pub(crate) struct Codes(Vec<u64>);

impl Codes {
    fn insert(&mut self, code: u16) {
        if self.0.is_empty() {
            self.0.resize(1 << 10, 0);
        }
        self.0[usize::from(code >> 6)] |= 1 << (code & 63);
    }

    /// In their order.
    pub fn iter(&self) -> impl Iterator<Item = u16> {
        self.0
            .iter()
            .zip((0..=u16::MAX).step_by(64))
            .flat_map(|(bits, first)| (0..64).filter(move |at| bits >> at & 1 == 1).map(move |at| first + at))
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell {
    pub text: String,
    pub is_header: bool,
}

impl TaggedText {
    /// Reads the text that `revision` shows; nothing where a page is drawn by other means than ours.
    pub fn read(map: &RevisionMap<'_>, revision: usize, known: &Known) -> Option<Self> {
        let mut reader = Reader { map, revision, known, pages: BTreeMap::new(), used: BTreeMap::new() };
        let catalog = map.catalog(revision)?;
        reader.page_tree(map.entry(catalog, "Pages", revision)?, None, 0)?;
        let mut text = Self {
            rows: Vec::new(),
            after: Vec::new(),
            beside: Vec::new(),
            untagged: Vec::new(),
            used: BTreeMap::new(),
        };
        let tree = map.dictionary_at(catalog, "StructTreeRoot", revision)?;
        let mut walk = Walk { reader, text: &mut text, elements: 0 };
        walk.kids(tree, None, 0)?;
        let Walk { reader, .. } = walk;
        for page in reader.pages.into_values() {
            // What stands in a marked content that the tree does not know is drawn all the same.
            text.untagged.extend(page.untagged);
            text.untagged.extend(page.marked.into_values());
        }
        text.used = reader.used;
        Some(text)
    }
}

/// What a page draws, by its marked content; what the tree takes is taken out.
#[derive(Default)]
struct Page {
    marked: BTreeMap<i64, String>,
    untagged: Vec<String>,
}

struct Reader<'a, 'b> {
    map: &'a RevisionMap<'b>,
    revision: usize,
    known: &'a Known,
    pages: BTreeMap<u32, Page>,
    used: BTreeMap<Id, Codes>,
}

impl<'a> Reader<'a, '_> {
    fn page_tree(&mut self, node: &'a Object, id: Option<Id>, depth: usize) -> Option<()> {
        let dictionary = node.dictionary()?;
        if depth > PDF_DEPTH || self.pages.len() > PDF_OBJECTS {
            return None;
        }
        let Some(kids) = self.map.entry(dictionary, "Kids", self.revision) else {
            let page = self.page(dictionary)?;
            // A page that stands twice in the tree is no page of ours.
            return self.pages.insert(id?.number, page).is_none().then_some(());
        };
        for kid in kids.array()? {
            let id = kid.reference()?;
            self.page_tree(self.map.get(id, self.revision)?, Some(id), depth + 1)?;
        }
        Some(())
    }

    fn page(&mut self, page: &'a Dictionary) -> Option<Page> {
        let (map, revision) = (self.map, self.revision);
        let resources = map.dictionary_at(page, "Resources", revision)?;
        let fonts = map.dictionary_at(resources, "Font", revision);
        let mut octets = Vec::new();
        match map.entry(page, "Contents", revision)? {
            Object::Stream(stream) => octets = map.unpacked(stream)?,
            Object::Array(parts) => {
                for part in parts {
                    let Object::Stream(stream) = map.resolve(part, revision)? else { return None };
                    octets.extend(map.unpacked(stream)?);
                    octets.push(b'\n');
                }
            }
            _ => return None,
        }
        let mut pen = Pen {
            reader: self,
            fonts,
            letters: BTreeMap::new(),
            font: None,
            ink: 0.0,
            kept: Vec::new(),
            owner: Vec::new(),
            page: Page::default(),
        };
        each_operator(&octets, (VALUES, OPERANDS), |operator, operands| pen.step(operator, operands))?;
        Some(pen.page)
    }
}

/// Draws a page, as far as letters are concerned.
struct Pen<'p, 'a, 'b> {
    reader: &'p mut Reader<'a, 'b>,
    fonts: Option<&'a Dictionary>,
    letters: BTreeMap<Vec<u8>, (Id, Arc<Letters>)>,
    font: Option<(Id, Arc<Letters>)>,
    ink: f64,
    /// Inks that `q` keeps.
    kept: Vec<f64>,
    /// The marked contents that are open: their number, if they have one.
    owner: Vec<Option<i64>>,
    page: Page,
}

impl Pen<'_, '_, '_> {
    fn step(&mut self, operator: &[u8], operands: &[Object]) -> Option<()> {
        match (operator, operands) {
            (b"q", _) if self.kept.len() < PDF_DEPTH => self.kept.push(self.ink),
            (b"Q", _) => self.ink = self.kept.pop()?,
            (b"BDC", [_, Object::Dictionary(properties)]) if self.owner.len() < PDF_DEPTH => {
                self.owner.push(properties.get("MCID").and_then(Object::integer));
            }
            (b"BMC", [_]) if self.owner.len() < PDF_DEPTH => self.owner.push(None),
            (b"EMC", []) => drop(self.owner.pop()?),
            (b"scn" | b"sc" | b"rg" | b"g", colour) => {
                let parts: Vec<f64> = colour.iter().filter_map(Object::number).collect();
                self.ink = match parts[..] {
                    [grey] => grey,
                    [red, green, blue] => 0.2126 * red + 0.7152 * green + 0.0722 * blue,
                    _ => return None,
                };
            }
            (b"Tr", [Object::Integer(0)]) => {}
            (b"Tf", [Object::Name(name), _]) => self.font = Some(self.letters_of(name)?),
            (b"Tj", [Object::String(codes)]) => self.show(&[codes])?,
            (b"TJ", [Object::Array(pieces)]) => {
                let strings = pieces.iter().filter_map(|piece| match piece {
                    Object::String(codes) => Some(codes),
                    _ => None,
                });
                self.show(&strings.collect::<Vec<_>>())?;
            }
            // Other ways to show letters, or pictures of letters, or to hide them again.
            (b"Tr" | b"Tf" | b"Tj" | b"TJ" | b"'" | b"\"" | b"Do" | b"BI" | b"sh" | b"gs" | b"k", _)
            | (b"q" | b"BDC" | b"BMC" | b"EMC", _) => return None,
            _ => {}
        }
        Some(())
    }

    fn letters_of(&mut self, name: &[u8]) -> Option<(Id, Arc<Letters>)> {
        if let Some(known) = self.letters.get(name) {
            return Some(known.clone());
        }
        let Reader { map, revision, known, .. } = *self.reader;
        let id = self.fonts?.get(std::str::from_utf8(name).ok()?)?.reference()?;
        let letters = Letters::of(map, map.get(id, revision)?.dictionary()?, revision, known)?;
        self.letters.insert(name.to_vec(), (id, letters.clone()));
        Some((id, letters))
    }

    fn show(&mut self, pieces: &[&Vec<u8>]) -> Option<()> {
        let (id, letters) = self.font.clone()?;
        let mut text = String::new();
        for codes in pieces {
            letters.append(codes, &mut text)?;
            let used = self.reader.used.entry(id).or_default();
            codes.chunks_exact(2).for_each(|code| used.insert(u16::from_be_bytes([code[0], code[1]])));
        }
        match self.owner.iter().rev().find_map(|owner| *owner) {
            // Nobody sees it: what it says is not printed.
            _ if self.ink > PALEST => return None,
            Some(number) => self.page.marked.entry(number).or_default().push_str(&text),
            None => self.page.untagged.push(text),
        }
        Some(())
    }
}

struct Walk<'a, 'b, 't> {
    reader: Reader<'a, 'b>,
    text: &'t mut TaggedText,
    elements: usize,
}

impl<'a> Walk<'a, '_, '_> {
    /// The kids of an element that is no row: each table cell becomes a cell of its row, any other text stands
    /// beside the tables. Gives the text of this element itself.
    fn kids(&mut self, element: &'a Dictionary, page: Option<Id>, depth: usize) -> Option<String> {
        self.elements += 1;
        if depth > PDF_DEPTH || self.elements > PDF_OBJECTS {
            return None;
        }
        let (map, revision) = (self.reader.map, self.reader.revision);
        let page = element.get("Pg").and_then(Object::reference).or(page);
        let kids = match map.entry(element, "K", revision) {
            None => return Some(String::new()),
            Some(Object::Array(kids)) => kids.as_slice(),
            Some(alone) => std::slice::from_ref(alone),
        };
        let mut own = String::new();
        for kid in kids {
            own.push_str(&match map.resolve(kid, revision)? {
                Object::Integer(number) => self.marked(page, *number)?,
                Object::Dictionary(inner) => self.inner(inner, page, depth)?,
                _ => return None,
            });
        }
        Some(own)
    }

    fn inner(&mut self, inner: &'a Dictionary, page: Option<Id>, depth: usize) -> Option<String> {
        if inner.has_name("Type", "OBJR") {
            return Some(String::new());
        }
        if inner.has_name("Type", "MCR") {
            let page = inner.get("Pg").and_then(Object::reference).or(page);
            return self.marked(page, inner.get("MCID")?.integer()?);
        }
        let is = |name| inner.has_name("S", name);
        if is("TR") {
            self.text.rows.push(Vec::new());
            self.text.after.push(self.text.beside.len());
        }
        let text = self.kids(inner, page, depth + 1)?;
        if is("TH") || is("TD") {
            let cell = Cell { text: words(&text), is_header: is("TH") };
            self.text.rows.last_mut()?.push(cell);
            return Some(String::new());
        }
        if is("Span") || is("Em") || is("Strong") {
            return Some(text);
        }
        // A paragraph in a cell belongs to the cell; elsewhere it stands for itself.
        if is("P") && self.is_in_cell(inner) {
            return Some(text + " ");
        }
        if !text.is_empty() {
            self.text.beside.push(words(&text));
        }
        Some(String::new())
    }

    fn is_in_cell(&self, element: &Dictionary) -> bool {
        let parent = self.reader.map.dictionary_at(element, "P", self.reader.revision);
        parent.is_some_and(|parent| parent.has_name("S", "TH") || parent.has_name("S", "TD"))
    }

    fn marked(&mut self, page: Option<Id>, number: i64) -> Option<String> {
        // Taken once: a tree that names a content twice is none.
        self.reader.pages.get_mut(&page?.number)?.marked.remove(&number).or(Some(String::new()))
    }
}

/// With one space between words, wherever lines were broken.
pub(super) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
