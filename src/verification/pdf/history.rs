//! The revisions of a file and every version of every object: which revision wrote it, and where.

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

/// The versions by the number of the object, oldest first.
#[derive(Debug, Default)]
pub(crate) struct History(BTreeMap<u32, Vec<Version>>);

impl History {
    /// The version that `revision` shows.
    pub fn shown(&self, number: u32, revision: usize) -> Option<&Version> {
        shown(self.0.get(&number)?, revision)
    }

    pub fn last(&self, number: u32) -> Option<&Version> {
        self.0.get(&number)?.last()
    }

    /// Enters a version, in place of another of the same revision.
    pub fn keep(&mut self, number: u32, version: Version) {
        let versions = self.0.entry(number).or_default();
        versions.retain(|one| one.revision != version.revision);
        versions.push(version);
    }

    /// All objects that live in `revision`.
    pub fn live<'h>(&'h self, revision: usize, file: &'h [u8]) -> impl Iterator<Item = (Id, &'h Object)> {
        self.0.iter().filter_map(move |(&number, versions)| {
            let version = shown(versions, revision)?;
            Some((Id { number, generation: version.generation }, version.object(file)?))
        })
    }

    /// Every version that `revision` or a later one wrote, freed ones left out.
    pub fn since<'h>(&'h self, revision: usize, file: &'h [u8]) -> impl Iterator<Item = (u32, &'h Object)> {
        self.0.iter().flat_map(move |(number, versions)| {
            let new = versions.iter().filter(move |one| one.revision >= revision);
            new.filter_map(move |one| Some((*number, one.object(file)?)))
        })
    }
}

fn shown(versions: &[Version], revision: usize) -> Option<&Version> {
    versions.iter().rev().find(|version| version.revision <= revision)
}
