//! Who refers to whom in one revision. A changed object is only explained when every reference that
//! reached it is explained: one reference more, and the change shows somewhere else too.

use std::collections::BTreeSet;

use crate::pdf::object::{Dictionary, Object};
use crate::pdf::revision_map::RevisionMap;

/// One reference: from an object, or from the trailer, along a path, to an object.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Edge {
    /// Number of the referring object; nothing for the trailer.
    pub from: Option<u32>,
    /// Such as `/Annots[3]`; an array that is an object itself begins with `[`.
    pub path: String,
    pub to: u32,
}

impl Edge {
    /// The last key of the path.
    pub fn key(&self) -> &str {
        let last = self.path.rsplit('/').next().unwrap_or_default();
        last.split('[').next().unwrap_or_default()
    }
}

/// References in a revision, as far as a comparison needs them.
#[derive(Debug, Default)]
pub(crate) struct References {
    /// Reachable references to the wanted objects.
    pub edges: Vec<Edge>,
    /// Numbers of arrays that are the value of /Fields, /Kids or /Annots.
    pub lists: BTreeSet<u32>,
}

impl References {
    /// Walks everything that the trailer reaches; keeps references to `wanted`.
    pub fn to(map: &RevisionMap<'_>, revision: usize, wanted: &BTreeSet<u32>) -> Self {
        let mut found = Self::default();
        let mut open: Vec<u32> = Vec::new();
        let mut seen = BTreeSet::new();
        if let Some(trailer) = map.revisions.get(revision).map(|one| &one.trailer) {
            found.dictionary(trailer, None, &mut String::new(), wanted, &mut open);
        }
        while let Some(number) = open.pop() {
            if !seen.insert(number) {
                continue;
            }
            if let Some(object) = map.object(number, revision) {
                found.value(object, Some(number), &mut String::new(), wanted, &mut open);
            }
        }
        found
    }

    fn dictionary(
        &mut self,
        dictionary: &Dictionary,
        from: Option<u32>,
        path: &mut String,
        wanted: &BTreeSet<u32>,
        open: &mut Vec<u32>,
    ) {
        let length = path.len();
        for (key, value) in dictionary.iter() {
            path.push('/');
            path.push_str(&String::from_utf8_lossy(key));
            if let (b"Fields" | b"Kids" | b"Annots", Some(id)) = (key, value.reference()) {
                self.lists.insert(id.number);
            }
            self.value(value, from, path, wanted, open);
            path.truncate(length);
        }
    }

    // The depth is that of parsed objects, which limits::PDF_DEPTH bounds.
    fn value(
        &mut self,
        value: &Object,
        from: Option<u32>,
        path: &mut String,
        wanted: &BTreeSet<u32>,
        open: &mut Vec<u32>,
    ) {
        match value {
            Object::Reference(id) => {
                if wanted.contains(&id.number) {
                    self.edges.push(Edge { from, path: path.clone(), to: id.number });
                }
                open.push(id.number);
            }
            Object::Array(items) => {
                let length = path.len();
                for (index, item) in items.iter().enumerate() {
                    if matches!(item, Object::Reference(_) | Object::Array(_) | Object::Dictionary(_)) {
                        path.push_str(&format!("[{index}]"));
                        self.value(item, from, path, wanted, open);
                        path.truncate(length);
                    }
                }
            }
            Object::Dictionary(dictionary) => self.dictionary(dictionary, from, path, wanted, open),
            Object::Stream(stream) => self.dictionary(&stream.dictionary, from, path, wanted, open),
            _ => {}
        }
    }
}
