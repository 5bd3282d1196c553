//! The revisions of a file and every version of every object: which revision wrote it, and where.

use std::collections::btree_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::pdf::object::{Dictionary, Id, Object};
use crate::pdf::settled::{Member, Placed, SettledRevision};
use crate::pdf::xref::Kind;

/// One revision.
#[derive(Debug, Clone)]
pub(crate) struct Revision {
    /// First byte, and the byte after its end of line.
    pub span: Range<usize>,
    /// Right after `%%EOF`.
    pub marker_end: usize,
    pub kind: Kind,
    pub trailer: Dictionary,
    /// The cross-reference stream and the object streams of this revision.
    pub containers: BTreeSet<u32>,
    /// Numbers of the objects that it defines, containers left out.
    pub objects: BTreeSet<u32>,
    /// Numbers of live objects that it frees.
    pub freed: BTreeSet<u32>,
}

/// What one revision says of one object.
#[derive(Debug)]
pub(crate) struct Version {
    pub revision: usize,
    pub generation: u16,
    pub object: Held,
    /// Where it stands, unless inside an object stream.
    pub at: Option<usize>,
}

/// The object of a version.
#[derive(Debug)]
pub(crate) enum Held {
    Freed,
    Read(Object),
    Placed(Placed),
    Packed(Member),
}

impl Version {
    /// One of generation 0 that does not stand in the file itself.
    pub const fn of(revision: usize, object: Held) -> Self {
        Self { revision, generation: 0, object, at: None }
    }

    pub const fn is_live(&self) -> bool {
        !matches!(self.object, Held::Freed)
    }
}

/// The versions by the number of the object.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// Revisions that were understood before, oldest first.
    settled: Vec<SettledRevision>,
    /// What later ones wrote.
    later: BTreeMap<u32, Versions>,
}

/// The versions of one object, oldest first. Nearly all objects have one, which is held without a list.
#[derive(Debug)]
struct Versions {
    first: Version,
    later: Vec<Version>,
}

impl Versions {
    fn all(&self) -> impl DoubleEndedIterator<Item = &Version> {
        std::iter::once(&self.first).chain(&self.later)
    }

    fn last(&self) -> &Version {
        self.later.last().unwrap_or(&self.first)
    }

    fn last_mut(&mut self) -> &mut Version {
        self.later.last_mut().unwrap_or(&mut self.first)
    }

    fn shown(&self, revision: usize) -> Option<&Version> {
        self.all().rev().find(|version| version.revision <= revision)
    }
}

impl History {
    /// The object of a version; nothing when freed. `file`: the octets that it is read from.
    pub fn object<'h>(&'h self, number: u32, version: &'h Version, file: &[u8]) -> Option<&'h Object> {
        match &version.object {
            Held::Freed => None,
            Held::Read(object) => Some(object),
            Held::Placed(placed) => {
                let id = Id { number, generation: version.generation };
                placed.object(id, version.revision, self, file)
            }
            Held::Packed(member) => member.object(number, version.revision, self, file),
        }
    }

    /// The version that `revision` shows.
    pub fn shown(&self, number: u32, revision: usize) -> Option<&Version> {
        let later = self.later.get(&number).and_then(|versions| versions.shown(revision));
        later.or_else(|| {
            let settled = self.settled.iter().rev().filter(|one| one.revision <= revision);
            settled.filter_map(|one| one.version(number)).next()
        })
    }

    /// Enters a whole revision, which is the next after all settled ones.
    pub fn settle(&mut self, revision: SettledRevision) {
        self.settled.push(revision);
    }

    /// Where the version before `revision` has the octets of `span`, if it is a stream too.
    pub fn first_place(
        &self,
        number: u32,
        revision: usize,
        span: &Range<usize>,
        file: &[u8],
    ) -> Range<usize> {
        let before = revision.checked_sub(1).and_then(|before| self.shown(number, before));
        match before.and_then(|version| self.object(number, version, file)) {
            Some(Object::Stream(old)) if file[old.data.span.clone()] == file[span.clone()] => {
                old.data.first.clone()
            }
            _ => span.clone(),
        }
    }

    /// Enters a version of the newest revision, in place of another of the same.
    pub fn keep(&mut self, number: u32, version: Version) {
        match self.later.entry(number) {
            Slot::Vacant(slot) => drop(slot.insert(Versions { first: version, later: Vec::new() })),
            Slot::Occupied(slot) => {
                let versions = slot.into_mut();
                if versions.last().revision == version.revision {
                    *versions.last_mut() = version;
                } else {
                    versions.later.push(version);
                }
            }
        }
    }

    /// All objects that live in `revision`.
    pub fn live<'h>(&'h self, revision: usize, file: &'h [u8]) -> impl Iterator<Item = (Id, &'h Object)> {
        let settled = self.settled.iter().flat_map(SettledRevision::numbers);
        let numbers: BTreeSet<u32> = self.later.keys().copied().chain(settled).collect();
        numbers.into_iter().filter_map(move |number| {
            let version = self.shown(number, revision)?;
            let object = self.object(number, version, file)?;
            Some((Id { number, generation: version.generation }, object))
        })
    }

    /// Every version that revisions wrote after those that were settled, freed ones left out.
    pub fn later<'h>(&'h self, file: &'h [u8]) -> impl Iterator<Item = (u32, &'h Object)> {
        let versions = self.later.iter().flat_map(|(number, all)| all.all().map(move |one| (*number, one)));
        versions.filter_map(move |(number, one)| Some((number, self.object(number, one, file)?)))
    }
}
