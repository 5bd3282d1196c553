//! The revisions of a file and every version of every object: which revision wrote it, and where.

use std::collections::btree_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::pdf::object::{Dictionary, Id, Object};
use crate::pdf::settled::Member;
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
    pub span: Option<Range<usize>>,
}

/// The object of a version.
#[derive(Debug)]
pub(crate) enum Held {
    Freed,
    Read(Object),
    Packed(Member),
}

impl Version {
    pub const fn is_live(&self) -> bool {
        !matches!(self.object, Held::Freed)
    }

    /// The object; nothing when freed. `file`: the octets that it is read from.
    pub fn object(&self, file: &[u8]) -> Option<&Object> {
        match &self.object {
            Held::Freed => None,
            Held::Read(object) => Some(object),
            Held::Packed(member) => member.object(file),
        }
    }
}

/// The versions by the number of the object.
#[derive(Debug, Default)]
pub(crate) struct History(BTreeMap<u32, Versions>);

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
    /// The version that `revision` shows.
    pub fn shown(&self, number: u32, revision: usize) -> Option<&Version> {
        self.0.get(&number)?.shown(revision)
    }

    pub fn last(&self, number: u32) -> Option<&Version> {
        self.0.get(&number).map(Versions::last)
    }

    /// Enters a version of the newest revision, in place of another of the same.
    pub fn keep(&mut self, number: u32, version: Version) {
        match self.0.entry(number) {
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
        self.0.iter().filter_map(move |(&number, versions)| {
            let version = versions.shown(revision)?;
            Some((Id { number, generation: version.generation }, version.object(file)?))
        })
    }

    /// Every version that `revision` or a later one wrote, freed ones left out.
    pub fn since<'h>(&'h self, revision: usize, file: &'h [u8]) -> impl Iterator<Item = (u32, &'h Object)> {
        self.0.iter().flat_map(move |(number, versions)| {
            let new = versions.all().filter(move |one| one.revision >= revision);
            new.filter_map(move |one| Some((*number, one.object(file)?)))
        })
    }
}
