//! Form fields of one revision (ISO 32000-2, 12.7.4).

use std::collections::BTreeSet;

use school::limits::PDF_DEPTH;

use crate::pdf::name::Name;
use crate::pdf::object::{Dictionary, Id, Object};
use crate::pdf::revision_map::RevisionMap;

/// Most fields of a form: each is looked at in every revision.
const FIELDS: usize = 10_000;

/// A terminal field.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// Fully qualified name.
    pub name: String,
    pub id: Id,
    pub is_signature: bool,
    /// /V as written.
    pub value: Option<Object>,
    /// Its widget annotations, itself if merged.
    pub widgets: Vec<Id>,
}

/// A form that cannot be walked: no references, too deep, or a field that is reached twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the form cannot be walked")]
pub(crate) struct NotAForm;

struct Step {
    id: Id,
    prefix: String,
    field_type: Option<Name>,
    depth: usize,
}

/// The interactive form dictionary.
pub(crate) fn form<'a>(map: &'a RevisionMap<'_>, revision: usize) -> Option<&'a Dictionary> {
    map.dictionary_at(map.catalog(revision)?, "AcroForm", revision)
}

/// Every terminal field, in the order of the tree.
pub(crate) fn fields(map: &RevisionMap<'_>, revision: usize) -> Result<Vec<Field>, NotAForm> {
    let Some(form) = form(map, revision) else { return Ok(Vec::new()) };
    let roots = match form.get("Fields").map(|value| map.resolve(value, revision)) {
        None => return Ok(Vec::new()),
        Some(value) => references(value.ok_or(NotAForm)?)?,
    };
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let root = |id| Step { id, prefix: String::new(), field_type: None, depth: 0 };
    let mut open: Vec<Step> = roots.into_iter().rev().map(root).collect();
    while let Some(step) = open.pop() {
        if step.depth > PDF_DEPTH || found.len() > FIELDS || !seen.insert(step.id) {
            return Err(NotAForm);
        }
        let Some(Object::Dictionary(dictionary)) = map.get(step.id, revision) else { return Err(NotAForm) };
        let own = map.entry(dictionary, "T", revision).and_then(Object::text).unwrap_or_default();
        let name = match (step.prefix.is_empty(), own.is_empty()) {
            (true, _) => own,
            (false, true) => step.prefix,
            (false, false) => format!("{}.{own}", step.prefix),
        };
        let field_type = match dictionary.get("FT") {
            Some(Object::Name(kind)) => Some(kind.clone()),
            _ => step.field_type,
        };
        let kids = match map.entry(dictionary, "Kids", revision) {
            Some(kids) => references(kids)?,
            None => Vec::new(),
        };
        let names_itself = |id: &Id| {
            map.get(*id, revision).and_then(Object::dictionary).is_some_and(|kid| kid.get("T").is_some())
        };
        if kids.iter().any(names_itself) {
            let down =
                |id| Step { id, prefix: name.clone(), field_type: field_type.clone(), depth: step.depth + 1 };
            open.extend(kids.into_iter().rev().map(down));
            continue;
        }
        found.push(Field {
            name,
            id: step.id,
            is_signature: field_type.as_deref() == Some(b"Sig"),
            value: dictionary.get("V").filter(|value| **value != Object::Null).cloned(),
            widgets: if kids.is_empty() { vec![step.id] } else { kids },
        });
    }
    Ok(found)
}

fn references(value: &Object) -> Result<Vec<Id>, NotAForm> {
    let items = value.array().ok_or(NotAForm)?;
    items.iter().map(|item| item.reference().ok_or(NotAForm)).collect()
}

/// The value of a key that a field has itself or from a field above it (12.7.4.2).
pub(crate) fn inherited<'a>(
    map: &'a RevisionMap<'_>,
    field: &'a Dictionary,
    key: &str,
    revision: usize,
) -> Option<&'a Object> {
    let above = |field: &&'a Dictionary| map.dictionary_at(field, "Parent", revision);
    let mut line = std::iter::successors(Some(field), above).take(PDF_DEPTH);
    line.find_map(|field| map.entry(field, key, revision))
}

/// True when a widget shows nothing: no area, or hidden from view and print.
pub(crate) fn is_invisible(map: &RevisionMap<'_>, widget: &Dictionary, revision: usize) -> bool {
    const HIDDEN: i64 = 0x02;
    let flags = map.entry(widget, "F", revision).and_then(Object::integer).unwrap_or(0);
    has_no_area(map, widget, revision) || flags & HIDDEN != 0
}

/// True when the rectangle is four numbers that enclose nothing. What cannot be read may be seen.
pub(crate) fn has_no_area(map: &RevisionMap<'_>, widget: &Dictionary, revision: usize) -> bool {
    let rectangle = map.entry(widget, "Rect", revision).and_then(Object::array).unwrap_or_default();
    let number = |one: &Object| map.resolve(one, revision).and_then(Object::number);
    match rectangle.iter().map(number).collect::<Option<Vec<_>>>().as_deref() {
        Some([left, bottom, right, top]) => left == right || bottom == top,
        _ => false,
    }
}

/// The flags Invisible, Hidden and NoView: whether and where a widget is seen.
pub(crate) fn visibility(map: &RevisionMap<'_>, widget: &Dictionary, revision: usize) -> i64 {
    map.entry(widget, "F", revision).and_then(Object::integer).unwrap_or(0) & 0x23
}
