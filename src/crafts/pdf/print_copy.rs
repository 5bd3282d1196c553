//! A copy for the printer: signed documents one after the other in one file, with a line on every page by which
//! the paper leads back to them. It is made for paper alone: nothing of a signature, no field and no attachment is
//! in it, and no byte of a signed file is touched.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};

use super::PdfFault;
use super::font;
use super::reading::Read;

/// Size of the line, in points, where the page is wide enough.
const SIZE: f32 = 7.5;
/// Room beside the line, and below it: what office printers leave white.
const MARGIN: f32 = 28.0;
const BASELINE: f32 = 12.0;
/// Names in the resources of a page; the renderer gives none that begin like them.
const FONT: &str = "NPCode";
const DRAWN: &str = "NPDrawn";
/// How deep a tree of pages is looked up: a cycle ends.
const DEEPEST: usize = 32;

/// A document to be printed.
pub struct ToPrint<'d> {
    /// The signed file.
    pub file: &'d [u8],
    /// The line for a page: its number, and of how many.
    pub line: &'d dyn Fn(usize, usize) -> String,
}

/// All documents in one file, titled `title`.
///
/// Errors: a file cannot be read as it is written, or was not made by this program.
pub fn print_copy(title: &str, documents: &[ToPrint<'_>]) -> Result<Vec<u8>, PdfFault> {
    let mut copy = Document::with_version("1.7");
    let tree = copy.new_object_id();
    let mut kids = Vec::new();
    for document in documents {
        let mut read = Read::strictly(document.file)?.0;
        read.renumber_objects_with(copy.max_id + 1);
        let pages: Vec<ObjectId> = read.get_pages().into_values().collect();
        let stamp_font = stamp_font(&read)?;
        for (number, page) in (1..).zip(&pages) {
            let line = (document.line)(number, pages.len());
            let printed = printed(&mut read, *page, (stamp_font, &line), tree)?;
            read.objects.insert(*page, printed.into());
            kids.push(Object::Reference(*page));
        }
        copy.max_id = read.max_id;
        copy.objects.append(&mut read.objects);
    }
    let count = i64::try_from(kids.len()).map_err(|_| PdfFault::Shape { what: "number of pages" })?;
    copy.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = copy.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree, "Lang" => text("vi") });
    let about = copy.add_object(dictionary! { "Title" => text(title) });
    copy.trailer.set("Root", catalog);
    copy.trailer.set("Info", about);
    // Whatever only signatures, tags or attachments referred to stays behind.
    copy.prune_objects();
    let mut bytes = Vec::new();
    copy.save_to(&mut bytes).map_err(|error| PdfFault::Unreadable(Some(Box::new(error))))?;
    Ok(bytes)
}

fn text(words: &str) -> Object {
    let utf16 = [0xfe, 0xff].into_iter().chain(words.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(utf16.collect(), StringFormat::Hexadecimal)
}

/// The font of appearances, which every base of ours holds with every Vietnamese letter.
fn stamp_font(read: &Document) -> Result<ObjectId, PdfFault> {
    let name = font::regular_name().ok_or(PdfFault::StampFont)?.as_bytes();
    let is = |of: &Dictionary, key: &[u8], name: &[u8]| {
        of.get(key).and_then(Object::as_name).is_ok_and(|found| found == name)
    };
    let is_it = |object: &Object| {
        object.as_dict().is_ok_and(|font| is(font, b"Subtype", b"Type0") && is(font, b"BaseFont", name))
    };
    let found = read.objects.iter().find(|(_, object)| is_it(object));
    found.map(|(number, _)| *number).ok_or(PdfFault::StampFont)
}

/// The page as it is printed: what is drawn on it, then what signatures show, then the line.
fn printed(
    read: &mut Document,
    page: ObjectId,
    (stamp_font, line): (ObjectId, &str),
    tree: ObjectId,
) -> Result<Dictionary, PdfFault> {
    let shape = |what| PdfFault::Shape { what };
    let media_box = inherited(read, page, b"MediaBox").ok_or(shape("MediaBox"))?;
    let [left, bottom, right, _] = rectangle(read, &media_box).ok_or(shape("MediaBox"))?;
    let mut resources = inherited(read, page, b"Resources")
        .and_then(|one| dictionary_of(read, &one))
        .ok_or(shape("Resources"))?;
    let mut content = b"Q\n".to_vec();
    let mut drawn = sub_dictionary(read, &resources, b"XObject");
    for (number, (appearance, matrix)) in (0..).zip(appearances(read, page)?) {
        let name = format!("{DRAWN}{number}");
        let matrix = matrix.map(|one| format!("{one:.3}")).join(" ");
        content.extend(format!("q {matrix} cm /{name} Do Q\n").into_bytes());
        drawn.set(name, Object::Reference(appearance));
    }
    resources.set("XObject", drawn);
    let mut fonts = sub_dictionary(read, &resources, b"Font");
    fonts.set(FONT, Object::Reference(stamp_font));
    resources.set("Font", fonts);
    let (codes, width_em) = font::regular_codes(line)?;
    let size = SIZE.min((right - left - 2.0 * MARGIN) / width_em.max(1.0));
    let codes: String = codes.iter().map(|code| format!("{code:04x}")).collect();
    let (x, y) = (left + MARGIN, bottom + BASELINE);
    content
        .extend(format!("q BT 0 g /{FONT} {size:.2} Tf {x:.2} {y:.2} Td <{codes}> Tj ET Q\n").into_bytes());
    let before = read.add_object(Stream::new(Dictionary::new(), b"q\n".to_vec()));
    let after = read.add_object(Stream::new(Dictionary::new(), content));
    let mut contents = vec![Object::Reference(before)];
    match read.get_dictionary(page).and_then(|one| one.get(b"Contents")) {
        Ok(Object::Array(all)) => contents.extend(all.clone()),
        Ok(one @ Object::Reference(_)) => contents.push(one.clone()),
        _ => {}
    }
    contents.push(Object::Reference(after));
    let mut made = dictionary! {
        "Type" => "Page", "Parent" => tree, "MediaBox" => media_box,
        "Resources" => resources, "Contents" => contents,
    };
    if let Some(rotate) = inherited(read, page, b"Rotate") {
        made.set("Rotate", rotate);
    }
    Ok(made)
}

/// An entry of a page or of what it inherits from.
fn inherited(read: &Document, page: ObjectId, key: &[u8]) -> Option<Object> {
    let mut at = page;
    for _ in 0..DEEPEST {
        let here = read.get_dictionary(at).ok()?;
        if let Ok(found) = here.get(key) {
            return Some(found.clone());
        }
        at = here.get(b"Parent").and_then(Object::as_reference).ok()?;
    }
    None
}

fn dictionary_of(read: &Document, object: &Object) -> Option<Dictionary> {
    read.dereference(object).ok().and_then(|(_, found)| found.as_dict().ok().cloned())
}

fn sub_dictionary(read: &Document, of: &Dictionary, key: &[u8]) -> Dictionary {
    of.get(key).ok().and_then(|found| dictionary_of(read, found)).unwrap_or_default()
}

fn rectangle(read: &Document, object: &Object) -> Option<[f32; 4]> {
    let (_, found) = read.dereference(object).ok()?;
    let sides: Vec<f32> =
        found.as_array().ok()?.iter().map(|one| one.as_float().ok()).collect::<Option<_>>()?;
    sides.try_into().ok()
}

/// What annotations of the page show on paper (ISO 32000-2, 12.5.5): their appearance with the matrix that puts it
/// into its rectangle.
fn appearances(read: &Document, page: ObjectId) -> Result<Vec<(ObjectId, [f32; 6])>, PdfFault> {
    const HIDDEN: i64 = 2;
    const PRINT: i64 = 4;
    let shape = || PdfFault::Shape { what: "appearance" };
    let Ok(annotations) = read.get_dictionary(page).and_then(|one| one.get(b"Annots")) else {
        return Ok(Vec::new());
    };
    let (_, annotations) = read.dereference(annotations).map_err(|_| shape())?;
    let mut shown = Vec::new();
    for annotation in annotations.as_array().map_err(|_| shape())? {
        let annotation = dictionary_of(read, annotation).ok_or_else(shape)?;
        let flags = annotation.get(b"F").and_then(Object::as_i64).unwrap_or_default();
        let normal = sub_dictionary(read, &annotation, b"AP").get(b"N").and_then(Object::as_reference).ok();
        let Some(normal) = normal.filter(|_| flags & PRINT != 0 && flags & HIDDEN == 0) else { continue };
        let rect = annotation.get(b"Rect").ok().and_then(|one| rectangle(read, one)).ok_or_else(shape)?;
        let form = read.get_object(normal).and_then(Object::as_stream).map_err(|_| shape())?;
        let of_form = form.dict.get(b"BBox").ok().and_then(|one| rectangle(read, one)).ok_or_else(shape)?;
        // Ours have none; one that turned or moved what is drawn would be printed in the wrong place.
        if form.dict.has(b"Matrix") {
            return Err(shape());
        }
        let [width, height] = [of_form[2] - of_form[0], of_form[3] - of_form[1]];
        if rect[2] <= rect[0] || rect[3] <= rect[1] || width <= 0.0 || height <= 0.0 {
            continue;
        }
        let (across, up) = ((rect[2] - rect[0]) / width, (rect[3] - rect[1]) / height);
        let matrix = [across, 0.0, 0.0, up, rect[0] - of_form[0] * across, rect[1] - of_form[1] * up];
        shown.push((normal, matrix));
    }
    Ok(shown)
}
