//! Fields: the box merged with its widget, its lock and seed values, and its place in the tag tree.

use pdf_writer::{Chunk, Content, Dict, Name, Rect, Ref, TextStr};

use super::appearance;
use super::box_table::{BoxPlace, BoxTable, ObjectNumber, TimestampPlace};

/// Annotation flags Print and Locked (ISO 32000-2, 12.5.3). PDF/A wants Print and neither Hidden nor
/// NoView, even where there is nothing to see.
const PRINT_AND_LOCKED: i32 = 4 + 128;
/// Seed value flags: Filter, SubFilter and DigestMethod are required (ISO 32000-2, 12.7.5.5).
const REQUIRED_SEED_VALUES: i32 = 1 + 2 + 64;
const GREY: f32 = 0.6;

/// The field of a box. Base and revision write it here, so that only /V and /AP differ.
pub(super) fn write_box(chunk: &mut Chunk, place: &BoxPlace, value: Option<Ref>, appearance: Ref) {
    let [left, bottom, right, top] = place.rect;
    let mut field = chunk.indirect(place.field.reference()).dict();
    begin_widget(&mut field, place.name.as_str(), &place.label, place.page, place.struct_parent);
    field.pair(Name(b"Rect"), Rect::new(left, bottom, right, top));
    field.insert(Name(b"AP")).dict().pair(Name(b"N"), appearance);
    field.pair(Name(b"Lock"), place.lock.reference());
    field.pair(Name(b"SV"), place.seed_value.reference());
    if let Some(value) = value {
        field.pair(Name(b"V"), value);
    }
}

/// The invisible field of the document timestamp: no lock, no seed values, no appearance.
pub(super) fn write_timestamp(chunk: &mut Chunk, place: &TimestampPlace, value: Option<Ref>) {
    let mut field = chunk.indirect(place.field.reference()).dict();
    let name = school::plan::TIMESTAMP_FIELD;
    begin_widget(&mut field, name, &place.label, place.page, place.struct_parent);
    field.pair(Name(b"Rect"), Rect::new(0.0, 0.0, 0.0, 0.0));
    if let Some(value) = value {
        field.pair(Name(b"V"), value);
    }
}

fn begin_widget(field: &mut Dict, name: &str, label: &str, page: ObjectNumber, struct_parent: i32) {
    field.pair(Name(b"Type"), Name(b"Annot"));
    field.pair(Name(b"Subtype"), Name(b"Widget"));
    field.pair(Name(b"FT"), Name(b"Sig"));
    field.pair(Name(b"T"), TextStr(name));
    field.pair(Name(b"TU"), TextStr(label));
    field.pair(Name(b"F"), PRINT_AND_LOCKED);
    field.pair(Name(b"P"), page.reference());
    field.pair(Name(b"StructParent"), struct_parent);
}

/// The lock of a box (ISO 32000-2, 12.7.5.5). Never `All`, which would forbid the document timestamp,
/// and never /P, with which Acrobat is reported to reject a later DSS.
pub(super) fn write_lock(chunk: &mut Chunk, table: &BoxTable, place: &BoxPlace) {
    let mut lock = chunk.indirect(place.lock.reference()).dict();
    lock.pair(Name(b"Type"), Name(b"SigFieldLock"));
    write_locked_fields(&mut lock, table, place);
}

/// /Action and /Fields, the same in the lock and in the FieldMDP reference that repeats it.
pub(super) fn write_locked_fields(dictionary: &mut Dict, table: &BoxTable, place: &BoxPlace) {
    dictionary.pair(Name(b"Action"), Name(b"Include"));
    let names = table.locked_by(place);
    dictionary.insert(Name(b"Fields")).array().items(names.iter().map(|name| TextStr(name)));
}

/// Seed values: PAdES only, SHA-256 and up. No /MDP, because any box of the first turn may certify.
pub(super) fn write_seed_values(chunk: &mut Chunk, place: &BoxPlace) {
    let mut seed = chunk.indirect(place.seed_value.reference()).dict();
    seed.pair(Name(b"Type"), Name(b"SV"));
    seed.pair(Name(b"Ff"), REQUIRED_SEED_VALUES);
    seed.pair(Name(b"Filter"), Name(b"Adobe.PPKLite"));
    seed.insert(Name(b"SubFilter")).array().item(Name(b"ETSI.CAdES.detached"));
    let methods = ["SHA256", "SHA384", "SHA512"];
    seed.insert(Name(b"DigestMethod")).array().items(methods.map(TextStr));
}

/// What an unsigned box looks like: a light dashed frame, without text and so without a font. Its resources
/// name the pictures that a signature here may draw, and draw none: a verifier compares with them.
pub(super) fn write_empty_appearance(chunk: &mut Chunk, place: &BoxPlace) {
    let [left, bottom, right, top] = place.rect;
    let (width, height) = (right - left, top - bottom);
    let mut content = Content::new();
    content.set_stroke_gray(GREY).set_line_width(0.5).set_dash_pattern([2.0, 2.0], 0.0);
    content.rect(0.5, 0.5, width - 1.0, height - 1.0).stroke();
    let content = content.finish();
    let mut form = chunk.form_xobject(place.appearance.reference(), &content);
    form.bbox(Rect::new(0.0, 0.0, width, height));
    let mut resources = form.resources();
    appearance::write_pictures(&mut resources, place);
}

/// The Form element that holds a widget in the tag tree (ISO 14289-1, 7.18.4).
pub(super) fn write_element(
    chunk: &mut Chunk,
    element: ObjectNumber,
    parent: ObjectNumber,
    page: ObjectNumber,
    field: ObjectNumber,
) {
    let mut dictionary = chunk.indirect(element.reference()).dict();
    dictionary.pair(Name(b"Type"), Name(b"StructElem"));
    dictionary.pair(Name(b"S"), Name(b"Form"));
    dictionary.pair(Name(b"P"), parent.reference());
    dictionary.pair(Name(b"Pg"), page.reference());
    let mut widget = dictionary.insert(Name(b"K")).dict();
    widget.pair(Name(b"Type"), Name(b"OBJR"));
    widget.pair(Name(b"Obj"), field.reference());
    widget.pair(Name(b"Pg"), page.reference());
}

/// The AcroForm: every field, both stamp fonts, and SigFlags from the start so that no signature has
/// to change it.
pub(super) fn write_acroform(chunk: &mut Chunk, table: &BoxTable) {
    let mut form = chunk.indirect(table.acroform.reference()).dict();
    let fields = table.boxes.iter().map(|place| place.field).chain([table.timestamp.field]);
    form.insert(Name(b"Fields")).array().items(fields.map(ObjectNumber::reference));
    form.pair(Name(b"SigFlags"), 3); // SignaturesExist, AppendOnly
    let mut resources = form.insert(Name(b"DR")).dict();
    let mut fonts = resources.insert(Name(b"Font")).dict();
    fonts.pair(super::font::REGULAR, table.regular.object.reference());
    fonts.pair(super::font::BOLD, table.bold.object.reference());
}
