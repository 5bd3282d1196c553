//! The map of a file: every byte belongs to a revision that was understood, or is reported (invariant
//! 8). Revisions are `[objects][cross-reference section][startxref N][%%EOF]`; the chain of /Prev is
//! exactly their order. Nothing is rebuilt or guessed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use school::limits::{PDF_OBJECTS, PDF_SIZE_BYTES};

use crate::pdf::filters::{Budget, NotUnpacked};
use crate::pdf::history::{Held, History, Revision, Version};
use crate::pdf::indirect::Indirect;
use crate::pdf::object::{Dictionary, Id, Object, Stream};
use crate::pdf::object_stream::Head;
use crate::pdf::section_chain::{header, sections};
use crate::pdf::settled::{Settled, SettledRevision};
use crate::pdf::syntax::{NotSyntax, Parser};
use crate::pdf::xref::{Entry, Fault, Section, find};
use crate::report::Code;

/// Most findings that are kept while reading; each spoils the verdict, so more say nothing new.
const MAP_FINDINGS: usize = 1_000;
/// Most values in all objects together: two bytes of a file become some sixty of memory.
const VALUES: usize = 4 * PDF_OBJECTS;
/// How far a chain of references is followed.
const REFERENCE_STEPS: usize = 32;

/// Something wrong in the map that does not hinder reading on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MapFinding {
    pub code: Code,
    /// Index of the revision.
    pub revision: usize,
    pub object: Option<u32>,
    /// Offset in the file.
    pub at: usize,
}

/// What a stream of objects holds besides the members that its section names.
enum Rest {
    None,
    Hidden,
}

/// A PDF whose bytes were understood, except what `findings` names.
#[derive(Debug)]
pub(crate) struct RevisionMap<'a> {
    pub bytes: &'a [u8],
    /// Oldest first, never empty.
    pub revisions: Vec<Revision>,
    pub findings: Vec<MapFinding>,
    history: History,
    /// How many revisions were settled before.
    pub settled: usize,
    /// What the limits were charged for objects so far.
    charged: Settled,
}

impl<'a> RevisionMap<'a> {
    /// Reads the map.
    ///
    /// Errors: what keeps the file from being understood at all.
    #[cfg(test)]
    pub fn read(bytes: &'a [u8]) -> Result<Self, Fault> {
        Self::read_on(bytes, |_| None)
    }

    /// Reads the map. `settled` says whether the first so many bytes, which are whole revisions, were understood to
    /// the last when they were a whole file.
    ///
    /// Errors: what keeps the file from being understood at all.
    pub fn read_on(bytes: &'a [u8], settled: impl Fn(usize) -> Option<Settled>) -> Result<Self, Fault> {
        if bytes.len() as u64 > PDF_SIZE_BYTES {
            return Err(Fault { code: Code::PdfTooLarge, at: 0 });
        }
        header(bytes)?;
        let mut budget = Budget::default();
        let sections = sections(bytes, &mut budget)?;
        let known =
            (1..sections.len()).rev().find_map(|count| Some((count, settled(sections[count - 1].end)?)));
        // What would go over a limit now is read again, to be refused where it does.
        let left_bytes = budget.left_bytes();
        let known = known.filter(|(_, settled)| settled.unpacked_bytes <= left_bytes);
        let mut map = Self {
            bytes,
            revisions: Vec::new(),
            findings: Vec::new(),
            history: History::default(),
            settled: known.map_or(0, |(count, _)| count),
            charged: Settled { values: 0, unpacked_bytes: 0 },
        };
        let mut start = 0;
        let mut total = 0usize;
        for section in sections {
            total = total.saturating_add(section.entries.len());
            if total > PDF_OBJECTS {
                return Err(Fault { code: Code::PdfLimit, at: section.offset });
            }
            let (end, offset) = (section.end, section.offset);
            if map.revisions.len() < map.settled {
                map.add_settled(section, start);
            } else {
                map.add(section, start, &mut budget)?;
            }
            if let Some((_, settled)) = known.filter(|(count, _)| *count == map.revisions.len()) {
                budget.charge(settled.unpacked_bytes);
                map.charged.values = settled.values;
            }
            if map.charged.values > VALUES {
                return Err(Fault { code: Code::PdfLimit, at: offset });
            }
            start = end;
        }
        map.charged.unpacked_bytes = left_bytes - budget.left_bytes();
        if start < bytes.len() {
            let last = map.revisions.len().saturating_sub(1);
            map.findings.push(MapFinding {
                code: Code::UnsignedBytes,
                revision: last,
                object: None,
                at: start,
            });
        }
        Ok(map)
    }

    /// What the limits were charged, if every byte was understood.
    pub fn as_settled(&self) -> Option<Settled> {
        self.findings.is_empty().then_some(self.charged)
    }

    /// Index of the last revision.
    pub fn last(&self) -> usize {
        self.revisions.len().saturating_sub(1)
    }

    fn version(&self, number: u32, revision: usize) -> Option<&Version> {
        self.history.shown(number, revision)
    }

    /// The object with this number as `revision` shows it; nothing when absent or freed.
    pub fn object(&self, number: u32, revision: usize) -> Option<&Object> {
        self.content(number, self.version(number, revision)?)
    }

    fn content<'b>(&'b self, number: u32, version: &'b Version) -> Option<&'b Object> {
        self.history.object(number, version, self.bytes)
    }

    /// The revision that wrote the object, and where it stands in the file, unless inside an object stream.
    pub fn place(&self, number: u32, revision: usize) -> Option<(usize, Option<usize>)> {
        self.version(number, revision).map(|version| (version.revision, version.at))
    }

    /// The object that `id` refers to: another generation is another object.
    pub fn get(&self, id: Id, revision: usize) -> Option<&Object> {
        let version = self.version(id.number, revision)?;
        if version.generation == id.generation { self.content(id.number, version) } else { None }
    }

    /// Generation of the object with this number.
    pub fn generation(&self, number: u32, revision: usize) -> Option<u16> {
        self.version(number, revision).filter(|one| one.is_live()).map(|one| one.generation)
    }

    /// Follows references to a value; nothing for dangling ones.
    pub fn resolve<'b>(&'b self, value: &'b Object, revision: usize) -> Option<&'b Object> {
        let mut value = value;
        for _ in 0..REFERENCE_STEPS {
            match value {
                Object::Reference(id) => value = self.get(*id, revision)?,
                other => return Some(other),
            }
        }
        None
    }

    /// The value of `key`, references followed.
    pub fn entry<'b>(&'b self, dictionary: &'b Dictionary, key: &str, revision: usize) -> Option<&'b Object> {
        dictionary.get(key).and_then(|value| self.resolve(value, revision))
    }

    /// The dictionary under `key`, references followed.
    pub fn dictionary_at<'b>(
        &'b self,
        dictionary: &'b Dictionary,
        key: &str,
        revision: usize,
    ) -> Option<&'b Dictionary> {
        self.entry(dictionary, key, revision).and_then(Object::dictionary)
    }

    /// The document catalog.
    pub fn catalog(&self, revision: usize) -> Option<&Dictionary> {
        let trailer = &self.revisions.get(revision)?.trailer;
        self.dictionary_at(trailer, "Root", revision)
    }

    /// All objects that live in `revision`.
    pub fn live(&self, revision: usize) -> impl Iterator<Item = (Id, &Object)> {
        self.history.live(revision, self.bytes)
    }

    /// The objects that `revision` defines, containers left out.
    pub fn defined(&self, revision: usize) -> impl Iterator<Item = (Id, &Object)> {
        let numbers = self.revisions.get(revision).map(|one| &one.objects);
        numbers.into_iter().flatten().filter_map(move |&number| {
            let version = self.version(number, revision)?;
            Some((Id { number, generation: version.generation }, self.content(number, version)?))
        })
    }

    /// Every version of every object since what was settled, freed ones left out.
    pub fn new_versions(&self) -> impl Iterator<Item = (u32, &Object)> {
        self.history.later(self.bytes)
    }

    /// The octets of a stream, unpacked.
    pub fn unpacked(&self, stream: &Stream) -> Option<Vec<u8>> {
        let stored = self.bytes.get(stream.data.span.clone())?;
        Budget::default().unpack(&stream.dictionary, stored).ok()
    }

    fn find(&mut self, code: Code, revision: usize, object: Option<u32>, at: usize) {
        if self.findings.len() < MAP_FINDINGS {
            self.findings.push(MapFinding { code, revision, object, at });
        }
    }

    /// Adds a revision of a file that was understood to its last octet: its objects are where the section says.
    fn add_settled(&mut self, section: Section, start: usize) {
        let index = self.revisions.len();
        let is_own_stream = |number: u32, entry| match entry {
            Entry::At { offset, .. } => section.stands_at(offset) && section.containers.contains(&number),
            _ => false,
        };
        let mut freed = BTreeSet::new();
        let mut entries = Vec::with_capacity(section.entries.len());
        for (&number, &entry) in &section.entries {
            if entry == Entry::Free {
                if self.generation(number, index).is_none() {
                    continue;
                }
                freed.insert(number);
            }
            if !is_own_stream(number, entry) {
                entries.push((number, entry));
            }
        }
        let settled = SettledRevision::of(index, entries);
        let packed: BTreeSet<u32> = settled.containers().collect();
        let is_object = |number: &u32| !packed.contains(number) && !freed.contains(number);
        self.revisions.push(Revision {
            span: start..section.end,
            marker_end: section.marker_end,
            kind: section.kind,
            trailer: section.trailer,
            objects: settled.numbers().filter(is_object).collect(),
            containers: section.containers.iter().copied().chain(packed).collect(),
            freed,
        });
        self.history.settle(settled);
    }

    fn add(&mut self, section: Section, start: usize, budget: &mut Budget) -> Result<(), Fault> {
        let index = self.revisions.len();
        let mut containers: BTreeSet<u32> = section.containers.iter().copied().collect();
        let mut freed = BTreeSet::new();
        let mut objects = BTreeSet::new();
        for number in &section.twice {
            self.find(Code::DuplicateObject, index, Some(*number), section.offset);
        }
        let hidden = self.hidden(&section, index)?;
        let body = start..section.offset;
        let mut placed = Vec::new();
        let mut packed: BTreeMap<u32, Vec<(usize, u32)>> = BTreeMap::new();
        let shown = section.entries.iter().map(|(number, entry)| (*number, *entry));
        for (number, entry) in shown.chain(hidden) {
            match entry {
                Entry::Free => {
                    if self.object(number, index).is_some() {
                        freed.insert(number);
                        self.history.keep(number, Version::of(index, Held::Freed));
                    }
                }
                // The section's own stream may list itself; any other number there hides an object.
                Entry::At { offset, .. }
                    if section.stands_at(offset) && section.containers.contains(&number) => {}
                Entry::At { offset, generation } if body.contains(&offset) => {
                    placed.push((offset, Id { number, generation }));
                }
                Entry::At { offset, .. } => self.find(Code::XrefEntryOutside, index, Some(number), offset),
                Entry::In { stream, index } => packed.entry(stream).or_default().push((index, number)),
            }
        }
        placed.sort_unstable();
        let mut at = if index == 0 { header(self.bytes)? } else { start };
        for (offset, id) in placed {
            if offset < at {
                self.find(Code::DuplicateObject, index, Some(id.number), offset);
                continue;
            }
            self.gap(at..offset, index, &section);
            match self.read_object(offset, id, &section, index) {
                Ok((object, end)) if end <= body.end => {
                    let version = Version {
                        revision: index,
                        generation: id.generation,
                        object: Held::Read(object),
                        at: Some(offset),
                    };
                    self.history.keep(id.number, version);
                    if !packed.contains_key(&id.number) {
                        objects.insert(id.number);
                    }
                    at = end;
                }
                Ok(_) => self.find(Code::ObjectMalformed, index, Some(id.number), offset),
                Err(error) => self.find(Code::ObjectMalformed, index, Some(id.number), error.at),
            }
        }
        self.gap(at..section.offset, index, &section);
        // Readers that search for objects look into a stream of objects whether or not a section names it.
        let is_unnamed = |number: &u32| {
            let object = self.object(*number, index).and_then(Object::dictionary);
            !packed.contains_key(number) && object.is_some_and(|one| one.has_name("Type", "ObjStm"))
        };
        let unnamed: Vec<u32> = objects.iter().copied().filter(is_unnamed).collect();
        for number in unnamed {
            self.find(Code::HiddenBytes, index, Some(number), section.offset);
        }
        for (container, members) in packed {
            containers.insert(container);
            let oldest = if section.hidden.is_empty() { index } else { 0 };
            match self.unpack(container, &members, oldest, index, &mut objects, budget) {
                Ok(Rest::Hidden) if section.hidden.is_empty() => {
                    self.find(Code::HiddenBytes, index, Some(container), section.offset);
                }
                Ok(_) => {}
                Err(code) => self.find(code, index, Some(container), section.offset),
            }
        }
        self.revisions.push(Revision {
            span: start..section.end,
            marker_end: section.marker_end,
            kind: section.kind,
            trailer: section.trailer,
            containers,
            objects,
            freed,
        });
        Ok(())
    }

    /// What the stream of a hybrid section adds (7.5.8.4): objects that its table and all revisions before
    /// leave out, for readers that know object streams. Honest writers of text repeat there what the table
    /// says; where the stream shows something else, two readers see two files.
    fn hidden(&mut self, section: &Section, index: usize) -> Result<Vec<(u32, Entry)>, Fault> {
        let mut added = Vec::new();
        for (&number, &entry) in &section.hidden {
            let shown = section.entries.get(&number).filter(|entry| **entry != Entry::Free);
            let stands = self.version(number, index).filter(|version| version.is_live());
            match (entry, shown, stands) {
                (Entry::Free, ..) => {}
                (_, Some(same), _) if *same == entry => {}
                (Entry::At { offset, generation }, None, Some(version))
                    if version.generation == generation && version.at == Some(offset) => {}
                (_, None, None) => added.push((number, entry)),
                _ => return Err(Fault { code: Code::HybridXref, at: section.offset }),
            }
        }
        if !section.hidden.is_empty() {
            self.find(Code::HybridXref, index, None, section.offset);
        }
        Ok(added)
    }

    /// Between objects stands white space; in the first revision comments too, and in a linearized
    /// file the first-page section.
    fn gap(&mut self, span: Range<usize>, index: usize, section: &Section) {
        match &section.island {
            Some(island) if span.start <= island.start && island.end <= span.end => {
                self.blank(span.start..island.start, index, section);
                self.blank(island.end..span.end, index, section);
            }
            _ => self.blank(span, index, section),
        }
    }

    fn blank(&mut self, span: Range<usize>, index: usize, section: &Section) {
        let mut parser = Parser::at(&self.bytes[..span.end], span.start);
        if index == 0 {
            parser.blanks();
            if find(&self.bytes[span.start..parser.at], b"%PDF-").is_some() {
                self.find(Code::HiddenBytes, index, None, span.start);
            }
        } else {
            parser.spaces();
        }
        if parser.at < span.end {
            let at = parser.at;
            let header = Parser::at(&self.bytes[..span.end], at).object_header();
            let twin = header.ok().filter(|id| section.entries.contains_key(&id.number));
            let code = if twin.is_some() { Code::DuplicateObject } else { Code::HiddenBytes };
            self.find(code, index, twin.map(|id| id.number), at);
        }
    }

    /// True while more values may be read.
    fn count(&mut self, values: usize) -> bool {
        self.charged.values = self.charged.values.saturating_add(values);
        self.charged.values <= VALUES
    }

    fn read_object(
        &mut self,
        offset: usize,
        id: Id,
        section: &Section,
        index: usize,
    ) -> Result<(Object, usize), NotSyntax> {
        let length = |length: &Object| self.length(length, section, index);
        let read = Indirect::read(self.bytes, offset, id, length)?;
        if !self.count(read.values) {
            return Err(NotSyntax { at: offset });
        }
        let first_place = |span: &_| self.history.first_place(id.number, index, span, self.bytes);
        let Indirect { object, end, .. } = read.with_first_place(first_place);
        Ok((object, end))
    }

    /// /Length, direct or an integer object of this or an earlier revision.
    fn length(&self, length: &Object, section: &Section, index: usize) -> Option<i64> {
        match length {
            Object::Integer(number) => Some(*number),
            Object::Reference(id) => match section.entries.get(&id.number) {
                Some(Entry::At { offset, generation }) if *generation == id.generation => {
                    let mut parser = Parser::at(self.bytes, *offset);
                    if parser.object_header().ok()? != *id {
                        return None;
                    }
                    parser.value(0).ok()?.integer()
                }
                Some(_) => None,
                None => self.get(*id, index)?.integer(),
            },
            _ => None,
        }
    }

    /// Reads the members of an object stream of this revision (7.5.7), or of one since `oldest`.
    fn unpack(
        &mut self,
        container: u32,
        members: &[(usize, u32)],
        oldest: usize,
        index: usize,
        objects: &mut BTreeSet<u32>,
        budget: &mut Budget,
    ) -> Result<Rest, Code> {
        let version = self.version(container, index).filter(|version| version.revision >= oldest);
        let stream = match version.and_then(|version| self.content(container, version)) {
            Some(Object::Stream(stream)) if stream.dictionary.has_name("Type", "ObjStm") => stream,
            _ => return Err(Code::ObjectMalformed),
        };
        let stored = self.bytes.get(stream.data.span.clone()).ok_or(Code::ObjectMalformed)?;
        let octets = budget.unpack(&stream.dictionary, stored).map_err(|error| match error {
            NotUnpacked::Octets => Code::ObjectMalformed,
            NotUnpacked::Filter => Code::UnsupportedFilter,
        })?;
        let number = |key| usize::try_from(stream.dictionary.get(key)?.integer()?).ok();
        let (count, first) = number("N").zip(number("First")).ok_or(Code::ObjectMalformed)?;
        self.members(&octets, count, first, members, index, objects).ok_or(Code::ObjectMalformed)
    }

    fn members(
        &mut self,
        octets: &[u8],
        count: usize,
        first: usize,
        members: &[(usize, u32)],
        index: usize,
        objects: &mut BTreeSet<u32>,
    ) -> Option<Rest> {
        let head = Head::read(octets, count, first)?;
        for (position, number) in members {
            let span = head.member(*position, *number)?;
            let mut parser = Parser::at(&octets[..span.end], span.start);
            let value = parser.value(0).ok()?;
            parser.blanks();
            if parser.at != span.end || !self.count(parser.values) {
                return None;
            }
            objects.insert(*number);
            self.history.keep(*number, Version::of(index, Held::Read(value)));
        }
        Some(if head.names_all(members) { Rest::None } else { Rest::Hidden })
    }
}
