//! Pages that a signer saw otherwise than they are shown now. Objects are compared, not pictures: what a
//! page refers to then and now, value by value, wherever it stands in the file. The verdict rests on the
//! difference analysis, never on this; it only tells an inspector where to look.

use std::collections::BTreeSet;

use school::limits::PDF_DEPTH;

use crate::pdf::fields::fields;
use crate::pdf::object::{Dictionary, Id, Object, Stream};
use crate::pdf::revision_map::RevisionMap;
use crate::pdf::signatures::Signature;
use crate::report::{PageChange, PageChangeKind};

/// Most pages that are compared.
const PAGES: usize = 2_000;
/// Most pages that are named: a forger may change thousands, and these tell enough.
const CHANGES: usize = 50;
/// Most values that are compared in one file.
const STEPS: usize = 2_000_000;
/// What a page inherits from the tree above it (ISO 32000-2, table 31).
const INHERITED: [&str; 4] = ["Resources", "MediaBox", "CropBox", "Rotate"];
/// Ways back up and numbers of the structure tree: no part of the look.
const IGNORED: [&[u8]; 5] = [b"Parent", b"P", b"StructParent", b"StructParents", b"Popup"];

/// The pages that differ from what a signer saw, each with the last intact signature over another look.
/// The boxes that later signatures filled, and left as they were, are no difference. `signatures` are
/// intact and stand in the order of their revisions.
pub(crate) fn changed_pages(map: &RevisionMap<'_>, signatures: &[&Signature]) -> Vec<PageChange> {
    let now = map.last();
    let shown = pages(map, now);
    let mut left = STEPS;
    let mut changes: Vec<PageChange> = Vec::new();
    for signature in signatures.iter().rev().filter(|one| one.covers_its_revision && one.revision < now) {
        let then = signature.revision;
        let later = signatures.iter().filter(|one| one.revision > then);
        let mut comparison = Comparison { map, then, now, expected: BTreeSet::new(), left };
        comparison.expected = expected(map, later.copied(), &mut comparison.left);
        let seen = pages(map, then);
        let everywhere = !comparison.same_layers();
        for index in 0..seen.len().max(shown.len()) {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            if changes.len() >= CHANGES || changes.iter().any(|one| one.page == number) {
                continue;
            }
            let change = match (seen.get(index), shown.get(index)) {
                (Some(seen), Some(shown)) if everywhere || !comparison.same_page(seen, shown) => {
                    PageChangeKind::Changed
                }
                (Some(_), None) => PageChangeKind::Removed,
                (None, Some(_)) => PageChangeKind::Added,
                _ => continue,
            };
            changes.push(PageChange {
                page: number,
                change,
                field: signature.field.clone(),
                revision_end_bytes: signature.pieces.last().map_or(0, |(_, end)| *end as u64),
            });
        }
        left = comparison.left;
    }
    changes.sort_by_key(|one| one.page);
    changes
}

/// A page with what it inherits.
struct Page<'a> {
    dictionary: &'a Dictionary,
    above: Vec<&'a Dictionary>,
}

impl<'a> Page<'a> {
    fn value(&self, key: &str) -> Option<&'a Object> {
        self.dictionary.get(key).or_else(|| self.above.iter().rev().find_map(|one| one.get(key)))
    }
}

/// The pages of a revision in their order; a tree that cannot be walked ends where it cannot.
fn pages<'a>(map: &'a RevisionMap<'_>, revision: usize) -> Vec<Page<'a>> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    let root = map.catalog(revision).and_then(|catalog| catalog.get("Pages")).and_then(Object::reference);
    let mut open: Vec<(Id, Vec<&Dictionary>)> = root.into_iter().map(|id| (id, Vec::new())).collect();
    while let Some((id, above)) = open.pop() {
        if found.len() >= PAGES || above.len() > PDF_DEPTH || !seen.insert(id) {
            break;
        }
        let Some(dictionary) = map.get(id, revision).and_then(Object::dictionary) else { continue };
        match map.entry(dictionary, "Kids", revision).and_then(Object::array) {
            Some(kids) => {
                let mut path = above;
                path.push(dictionary);
                open.extend(kids.iter().rev().filter_map(Object::reference).map(|kid| (kid, path.clone())));
            }
            None => found.push(Page { dictionary, above }),
        }
    }
    found
}

/// Widgets that `later` signatures filled and nobody touched since.
fn expected<'a>(
    map: &RevisionMap<'_>,
    later: impl Iterator<Item = &'a Signature>,
    left: &mut usize,
) -> BTreeSet<u32> {
    let now = map.last();
    let mut expected = BTreeSet::new();
    let Ok(all) = fields(map, now) else { return expected };
    for signature in later {
        let widgets = all.iter().filter(|field| field.name == signature.field).flat_map(|one| &one.widgets);
        for widget in widgets {
            let mut own =
                Comparison { map, then: signature.revision, now, expected: BTreeSet::new(), left: *left };
            let reference = Object::Reference(*widget);
            if own.same(&reference, &reference, &mut BTreeSet::new(), 0) {
                expected.insert(widget.number);
            }
            *left = own.left;
        }
    }
    expected
}

/// Two revisions side by side.
struct Comparison<'a, 'b> {
    map: &'a RevisionMap<'b>,
    then: usize,
    now: usize,
    /// Widgets that are left out of the annotations of both.
    expected: BTreeSet<u32>,
    /// How many values may still be compared; when it is used up, the rest counts as the same.
    left: usize,
}

impl Comparison<'_, '_> {
    /// Optional content is switched in the catalog for every page at once.
    fn same_layers(&mut self) -> bool {
        let layers =
            |revision| self.map.catalog(revision).and_then(|catalog| catalog.get("OCProperties")).cloned();
        match (layers(self.then), layers(self.now)) {
            (None, None) => true,
            (Some(then), Some(now)) => self.same(&then, &now, &mut BTreeSet::new(), 0),
            _ => false,
        }
    }

    fn same_page(&mut self, then: &Page<'_>, now: &Page<'_>) -> bool {
        let mut met = BTreeSet::new();
        for key in INHERITED.into_iter().chain(["Contents", "UserUnit"]) {
            let same = match (then.value(key), now.value(key)) {
                (None, None) => true,
                (Some(then), Some(now)) => self.same(then, now, &mut met, 0),
                _ => false,
            };
            if !same {
                return false;
            }
        }
        let (before, after) =
            (self.annotations(then.dictionary, self.then), self.annotations(now.dictionary, self.now));
        before.len() == after.len()
            && before.iter().zip(&after).all(|(before, after)| self.same(before, after, &mut met, 0))
    }

    fn annotations(&self, page: &Dictionary, revision: usize) -> Vec<Object> {
        let all = self.map.entry(page, "Annots", revision).and_then(Object::array).unwrap_or_default();
        let counts = |one: &&Object| one.reference().is_none_or(|id| !self.expected.contains(&id.number));
        all.iter().filter(counts).cloned().collect()
    }

    fn same(&mut self, then: &Object, now: &Object, met: &mut BTreeSet<(Id, Id)>, depth: usize) -> bool {
        if self.left == 0 || depth > PDF_DEPTH {
            return true;
        }
        self.left -= 1;
        match (then, now) {
            (Object::Reference(before), Object::Reference(after)) => {
                // A pair that is being compared already is the same as far as it goes.
                if !met.insert((*before, *after)) {
                    return true;
                }
                match (self.map.get(*before, self.then), self.map.get(*after, self.now)) {
                    (None, None) => true,
                    (Some(before), Some(after)) => {
                        let (before, after) = (before.clone(), after.clone());
                        self.same(&before, &after, met, depth + 1)
                    }
                    _ => false,
                }
            }
            (Object::Reference(_), now) => match self.map.resolve(then, self.then).cloned() {
                Some(then) => self.same(&then, now, met, depth + 1),
                None => *now == Object::Null,
            },
            (then, Object::Reference(_)) => match self.map.resolve(now, self.now).cloned() {
                Some(now) => self.same(then, &now, met, depth + 1),
                None => *then == Object::Null,
            },
            (Object::Array(then), Object::Array(now)) => {
                then.len() == now.len()
                    && then.iter().zip(now).all(|(then, now)| self.same(then, now, met, depth + 1))
            }
            (Object::Dictionary(then), Object::Dictionary(now)) => {
                self.same_dictionary(then, now, met, depth)
            }
            (Object::Stream(then), Object::Stream(now)) => {
                self.octets(then) == self.octets(now)
                    && self.same_dictionary(&then.dictionary, &now.dictionary, met, depth)
            }
            (then, now) => then == now,
        }
    }

    fn octets(&self, stream: &Stream) -> Option<&[u8]> {
        self.map.bytes.get(stream.data.span.clone())
    }

    fn same_dictionary(
        &mut self,
        then: &Dictionary,
        now: &Dictionary,
        met: &mut BTreeSet<(Id, Id)>,
        depth: usize,
    ) -> bool {
        // A link that leads to another page shows nothing of it, and a signature dictionary names the whole
        // document (/Data of its references); it has been judged.
        let both = |is: &dyn Fn(&Dictionary) -> bool| is(then) && is(now);
        if both(&|one| one.has_name("Type", "Page")) || both(&|one| one.get("ByteRange").is_some()) {
            return true;
        }
        let counts = |key: &[u8]| !IGNORED.contains(&key);
        let keys = |one: &Dictionary| one.iter().filter(|(key, _)| counts(key)).count();
        if keys(then) != keys(now) {
            return false;
        }
        let mut other = now.iter().filter(|(key, _)| counts(key));
        then.iter().filter(|(key, _)| counts(key)).all(|(key, value)| {
            other
                .next()
                .is_some_and(|(other_key, other)| key == other_key && self.same(value, other, met, depth + 1))
        })
    }
}
