//! The *foreign* policy (ISO 32000-2, 12.8.2.2 and 12.8.2.4): after a signature a revision may fill
//! form fields, sign, add invisible signature fields, and extend the DSS, as far as DocMDP and
//! FieldMDP of all earlier signatures allow. Remarks that P 3 allows are left to a person. Whatever is not understood is suspicious.

use std::collections::BTreeSet;

use crate::pdf::difference::dss;
use crate::pdf::difference::references::{Edge, References};
use crate::pdf::finding::Findings;
use crate::pdf::object::{Dictionary, Object};
use crate::pdf::revision_map::RevisionMap;
use crate::pdf::signatures::{Permissions, Signature, permissions};
use crate::pki::checked::Checked;
use crate::report::Code;

mod form;

/// Keys that trailers of two revisions may differ in.
const TRAILER_FREE: [&str; 12] = [
    "Prev",
    "Size",
    "ID",
    "Info",
    "Type",
    "W",
    "Index",
    "Filter",
    "DecodeParms",
    "Length",
    "Root",
    "DocChecksum",
];
const CATALOG_FREE: [&str; 6] = ["AcroForm", "DSS", "Extensions", "Metadata", "MarkInfo", "Version"];
/// Annotations that only mark or comment; others act, play, carry files or are fields.
const REMARKS: [&str; 14] = [
    "Text",
    "FreeText",
    "Line",
    "Square",
    "Circle",
    "Polygon",
    "PolyLine",
    "Highlight",
    "Underline",
    "Squiggly",
    "StrikeOut",
    "Caret",
    "Ink",
    "Popup",
];
/// Keys by which form, page and structure refer to a field; its value changes nothing for them.
const FIELD_KEYS: [&str; 6] = ["Fields", "Annots", "Kids", "Parent", "Obj", "Data"];

/// Judges every revision after the first signature.
pub(crate) fn judge(
    map: &RevisionMap<'_>,
    signatures: &[Signature],
    checked: &Checked,
    findings: &mut Findings,
) {
    let Some(first) = signatures.first().map(|signature| signature.revision) else { return };
    for new in first + 1..map.revisions.len() {
        let earlier: Vec<Permissions> = signatures
            .iter()
            .filter(|signature| signature.revision < new)
            .map(|signature| permissions(map, signature))
            .collect();
        let mut step = Step {
            map,
            checked,
            old: new - 1,
            new,
            earlier,
            signatures,
            changed: BTreeSet::new(),
            cleared: BTreeSet::new(),
            blanket: BTreeSet::new(),
            exclusive: BTreeSet::new(),
            fields: BTreeSet::new(),
            new_widgets: BTreeSet::new(),
            findings,
        };
        step.judge();
    }
}

struct Step<'a, 'b> {
    map: &'a RevisionMap<'a>,
    checked: &'a Checked,
    old: usize,
    new: usize,
    earlier: Vec<Permissions>,
    signatures: &'a [Signature],
    /// Numbers whose object is another one than before, also where there was none.
    changed: BTreeSet<u32>,
    /// References of the old revision through which a change was explained.
    cleared: BTreeSet<(Option<u32>, String)>,
    /// Objects that a rule compared whole.
    blanket: BTreeSet<u32>,
    /// Objects that only the field which was filled may show, changed or not.
    exclusive: BTreeSet<u32>,
    /// Fields and widgets that a rule compared.
    fields: BTreeSet<u32>,
    new_widgets: BTreeSet<u32>,
    findings: &'b mut Findings,
}

/// Where a value of the old revision stands.
#[derive(Clone)]
struct Spot {
    from: Option<u32>,
    path: String,
}

impl Spot {
    fn object(number: u32) -> Self {
        Self { from: Some(number), path: String::new() }
    }

    fn key(&self, key: &str) -> Self {
        Self { from: self.from, path: format!("{}/{key}", self.path) }
    }
}

impl<'a> Step<'a, '_> {
    fn place(&self) -> String {
        format!("revision {}", self.new + 1)
    }

    fn wrong(&mut self, code: Code, detail: &str) {
        let place = format!("{}{detail}", self.place());
        self.findings.wrong(code, place);
    }

    fn judge(&mut self) {
        let revision = &self.map.revisions[self.new];
        for number in &revision.freed {
            self.wrong(Code::FreedObject, &format!(", object {number}"));
        }
        for number in &revision.containers {
            // A stream that holds objects may not take the number of something that was there.
            if self.map.place(*number, self.old).is_some() {
                self.wrong(Code::UnexplainedObject, &format!(", object {number}"));
            }
        }
        self.changed = revision
            .objects
            .iter()
            .copied()
            .filter(|number| {
                self.map.object(*number, self.old) != self.map.object(*number, self.new)
                    || self
                        .map
                        .generation(*number, self.old)
                        .is_some_and(|old| Some(old) != self.map.generation(*number, self.new))
            })
            .collect();
        self.judge_trailer();
        self.judge_catalog();
        self.judge_pages();
        self.judge_references();
    }

    /// Follows references of the old revision from `spot`, explaining each.
    fn follow(&mut self, spot: Spot, value: Option<&'a Object>) -> (Spot, Option<&'a Object>) {
        let (mut spot, mut value) = (spot, value);
        for _ in 0..32 {
            let Some(Object::Reference(id)) = value else { break };
            self.cleared.insert((spot.from, spot.path));
            spot = Spot::object(id.number);
            value = self.map.get(*id, self.old);
        }
        (spot, value)
    }

    fn judge_trailer(&mut self) {
        let (old, new) = (&self.map.revisions[self.old].trailer, &self.map.revisions[self.new].trailer);
        let kept = old
            .iter()
            .filter(|(key, _)| !TRAILER_FREE.iter().any(|one| one.as_bytes() == *key))
            .all(|(key, value)| new.get(&String::from_utf8_lossy(key)) == Some(value));
        // Readers take objects from /Size on for missing: a smaller one hides what was signed.
        let size = |trailer: &Dictionary| trailer.get("Size").and_then(Object::integer);
        if old.get("Root") != new.get("Root") || !kept || size(new) < size(old) {
            self.wrong(Code::TrailerChanged, "");
        }
        // As the info dictionary alone: an object that a page shows too may not change.
        self.cleared.insert((None, "/Info".into()));
    }

    fn judge_catalog(&mut self) {
        let root = self.map.revisions[self.old].trailer.get("Root").and_then(Object::reference);
        let (Some(root), Some(old), Some(new)) =
            (root, self.map.catalog(self.old), self.map.catalog(self.new))
        else {
            return self.wrong(Code::CatalogChanged, "");
        };
        self.blanket.insert(root.number);
        if !old.equals_except(new, &CATALOG_FREE) {
            self.wrong(Code::CatalogChanged, &format!(", object {}", root.number));
        }
        let spot = Spot::object(root.number);
        for key in ["Metadata", "MarkInfo", "Version", "Extensions"] {
            let (below, value) = self.follow(spot.key(key), old.get(key));
            if key == "Extensions"
                && let Some(Object::Dictionary(extensions)) = value
            {
                for (name, _) in extensions.iter() {
                    self.cleared.insert((below.from, below.key(&String::from_utf8_lossy(name)).path));
                }
            }
        }
        self.judge_dss(spot.key("DSS"), old);
        self.judge_form(spot.key("AcroForm"), old);
    }

    fn judge_dss(&mut self, spot: Spot, old: &'a Dictionary) {
        if dss::read(self.map, self.new, self.checked).is_err() {
            return self.wrong(Code::DssStructure, "");
        }
        let (store_spot, store) = self.follow(spot, old.get("DSS"));
        let Some(store) = store.and_then(Object::dictionary) else { return };
        for (key, value) in store.iter() {
            let key = String::from_utf8_lossy(key);
            let (below, value) = self.follow(store_spot.key(&key), Some(value));
            let Some(Object::Dictionary(related)) = value else { continue };
            for (name, entry) in related.iter() {
                let name = String::from_utf8_lossy(name);
                let (entry_spot, entry) = self.follow(below.key(&name), Some(entry));
                for (kind, list) in entry.and_then(Object::dictionary).into_iter().flat_map(Dictionary::iter)
                {
                    // The arrays may be replaced; the streams in them may not.
                    if self.map.resolve(list, self.old).is_some_and(|list| list.array().is_some()) {
                        self.follow(entry_spot.key(&String::from_utf8_lossy(kind)), Some(list));
                    }
                }
            }
        }
    }

    /// Pages may only gain the widgets of new signature fields.
    fn judge_pages(&mut self) {
        let Some(pages) = self.map.catalog(self.old).and_then(|catalog| catalog.get("Pages")) else { return };
        let mut open: Vec<u32> = pages.reference().map(|id| id.number).into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(number) = open.pop() {
            if !seen.insert(number) {
                continue;
            }
            let Some(before) = self.map.object(number, self.old).and_then(Object::dictionary) else {
                continue;
            };
            match self.map.entry(before, "Kids", self.old).and_then(Object::array) {
                Some(kids) if !before.has_name("Type", "Page") => {
                    open.extend(kids.iter().filter_map(|kid| Some(kid.reference()?.number)));
                }
                _ => self.judge_page(number, before),
            }
        }
    }

    fn judge_page(&mut self, number: u32, before: &'a Dictionary) {
        let list = before.get("Annots").and_then(Object::reference).map(|id| id.number);
        let touched = self.changed.contains(&number) || list.is_some_and(|list| self.changed.contains(&list));
        if !touched {
            return;
        }
        let detail = format!(", object {number}");
        let Some(after) = self.map.object(number, self.new).and_then(Object::dictionary) else {
            return self.wrong(Code::UnexplainedObject, &detail);
        };
        if !before.equals_except(after, &["Annots"]) {
            return;
        }
        let annotations = |dictionary: &'a Dictionary, revision| {
            self.map.entry(dictionary, "Annots", revision).and_then(Object::array).unwrap_or_default()
        };
        let (old, new) = (annotations(before, self.old), annotations(after, self.new));
        let added = new.iter().filter(|one| !old.contains(one));
        let is_widget =
            |one: &Object| one.reference().is_some_and(|id| self.new_widgets.contains(&id.number));
        let remarks: Vec<&Object> = added.filter(|one| !is_widget(one)).collect();
        let allowed = remarks.iter().all(|one| self.may_remark(one));
        let kept: Vec<&Object> = new.iter().filter(|one| old.contains(one)).collect();
        if !allowed || kept.len() != old.len() || kept.into_iter().zip(old).any(|(one, was)| one != was) {
            return self.wrong(Code::UnexplainedObject, &detail);
        }
        self.blanket.insert(number);
        self.follow(Spot::object(number).key("Annots"), before.get("Annots"));
        if !remarks.is_empty() {
            let place = format!("{}{detail}", self.place());
            self.findings.unproven(Code::AnnotationAdded, place);
        }
    }

    /// A new remark where every certification allows remarks (12.8.2.2, P 3). Such an annotation can cover
    /// the page as well as comment on it, and no rule tells one from the other: a person has to look.
    fn may_remark(&self, added: &Object) -> bool {
        let Some(id) = added.reference() else { return false };
        let is_new = self.map.object(id.number, self.old).is_none();
        let is_remark = |one: &Dictionary| {
            REMARKS.iter().any(|kind| one.has_name("Subtype", kind))
                && ["A", "AA", "FT"].iter().all(|key| one.get(key).is_none())
        };
        self.strictest() == Some(3)
            && is_new
            && self.map.get(id, self.new).and_then(Object::dictionary).is_some_and(is_remark)
    }

    /// Every reference to a changed object must have been explained.
    fn judge_references(&mut self) {
        let wanted = self.changed.union(&self.exclusive).copied().collect();
        let references = References::to(self.map, self.old, &wanted);
        let mut unexplained = BTreeSet::new();
        for edge in &references.edges {
            let compared = self.blanket.contains(&edge.to)
                || self.cleared.contains(&(edge.from, edge.path.clone()))
                || self.fields.contains(&edge.to) && leads_to_field(edge, &references);
            if !compared {
                unexplained.insert(edge.to);
            }
        }
        for number in unexplained {
            self.wrong(Code::UnexplainedObject, &format!(", object {number}"));
        }
    }
}

fn leads_to_field(edge: &Edge, references: &References) -> bool {
    let in_list =
        edge.path.starts_with('[') && edge.from.is_some_and(|from| references.lists.contains(&from));
    in_list || FIELD_KEYS.contains(&edge.key())
}
