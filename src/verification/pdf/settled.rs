//! What a judge need not do again for the beginning of a file that it understood to its last octet when that was
//! the whole file. The same octets have the same objects: each is read when somebody asks for it, and is what it was.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::pdf::filters::Budget;
use crate::pdf::history::{Held, History, Version};
use crate::pdf::indirect::Indirect;
use crate::pdf::object::{Id, Object};
use crate::pdf::object_stream::Head;
use crate::pdf::syntax::Parser;
use crate::pdf::xref::Entry;

/// What the limits of a judgement were charged for the objects of a file that was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Settled {
    pub values: usize,
    pub unpacked_bytes: usize,
}

/// A revision of such a beginning: of each object where its section says that it is, until somebody asks for it.
#[derive(Debug)]
pub(crate) struct SettledRevision {
    pub revision: usize,
    /// In the order of their numbers.
    entries: Vec<(u32, Entry)>,
    versions: Vec<OnceCell<Box<Version>>>,
    containers: BTreeMap<u32, OnceCell<Rc<Container>>>,
}

impl SettledRevision {
    /// `entries`: without the section's own stream, and of free ones those that were live before.
    pub fn of(revision: usize, entries: Vec<(u32, Entry)>) -> Self {
        let stream = |(_, entry): &(u32, Entry)| match entry {
            Entry::In { stream, .. } => Some((*stream, OnceCell::new())),
            _ => None,
        };
        let containers = entries.iter().filter_map(stream).collect();
        let versions = entries.iter().map(|_| OnceCell::new()).collect();
        Self { revision, entries, versions, containers }
    }

    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        self.entries.iter().map(|(number, _)| *number)
    }

    /// The numbers of the streams that hold objects of this revision.
    pub fn containers(&self) -> impl Iterator<Item = u32> {
        self.containers.keys().copied()
    }

    /// The version of this revision.
    pub fn version(&self, number: u32) -> Option<&Version> {
        let place = self.entries.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        let revision = self.revision;
        let version = self.versions[place].get_or_init(|| {
            Box::new(match self.entries[place].1 {
                Entry::Free => Version::of(revision, Held::Freed),
                Entry::At { offset, generation } => {
                    let object = Held::Placed(Placed::at(offset));
                    Version { revision, generation, object, at: Some(offset) }
                }
                Entry::In { stream, index } => {
                    let container = self.containers[&stream].get_or_init(|| Container::of(stream));
                    Version::of(revision, Held::Packed(Member::of(container, index)))
                }
            })
        });
        Some(version)
    }
}

/// An object that stands in the file itself.
#[derive(Debug)]
pub(crate) struct Placed {
    offset: usize,
    object: OnceCell<Option<Object>>,
}

impl Placed {
    const fn at(offset: usize) -> Self {
        Self { offset, object: OnceCell::new() }
    }

    /// The object. It was read before, so that it can be read.
    pub fn object(&self, id: Id, revision: usize, history: &History, file: &[u8]) -> Option<&Object> {
        let read = || {
            let indirect = Indirect::read(file, self.offset, id, |length| match length {
                Object::Reference(id) => {
                    let version = history.shown(id.number, revision)?;
                    history.object(id.number, version, file)?.integer()
                }
                direct => direct.integer(),
            });
            let first_place = |span: &_| history.first_place(id.number, revision, span, file);
            Some(indirect.ok()?.with_first_place(first_place).object)
        };
        self.object.get_or_init(read).as_ref()
    }
}

/// A stream of objects, unpacked when one of them is asked for.
#[derive(Debug)]
pub(crate) struct Container {
    number: u32,
    unpacked: OnceCell<Option<(Vec<u8>, Head)>>,
}

impl Container {
    fn of(number: u32) -> Rc<Self> {
        Rc::new(Self { number, unpacked: OnceCell::new() })
    }

    fn unpacked(&self, revision: usize, history: &History, file: &[u8]) -> Option<&(Vec<u8>, Head)> {
        let unpack = || {
            let version = history.shown(self.number, revision)?;
            let Object::Stream(stream) = history.object(self.number, version, file)? else { return None };
            let stored = file.get(stream.data.span.clone())?;
            let octets = Budget::default().unpack(&stream.dictionary, stored).ok()?;
            let number = |key| usize::try_from(stream.dictionary.get(key)?.integer()?).ok();
            let head = Head::read(&octets, number("N")?, number("First")?)?;
            Some((octets, head))
        };
        self.unpacked.get_or_init(unpack).as_ref()
    }
}

/// One object of such a stream.
#[derive(Debug)]
pub(crate) struct Member {
    container: Rc<Container>,
    position: usize,
    object: OnceCell<Option<Object>>,
}

impl Member {
    fn of(container: &Rc<Container>, position: usize) -> Self {
        Self { container: Rc::clone(container), position, object: OnceCell::new() }
    }

    /// The object. It was read before, so that it can be read.
    pub fn object(&self, number: u32, revision: usize, history: &History, file: &[u8]) -> Option<&Object> {
        let read = || {
            let (octets, head) = self.container.unpacked(revision, history, file)?;
            let span = head.member(self.position, number)?;
            Parser::at(&octets[..span.end], span.start).value(0).ok()
        };
        self.object.get_or_init(read).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use school::digest::Sha256;

    use crate::circumstances::{Circumstances, Policy};
    use crate::pdf::judge;
    use crate::pdf::revision_map::RevisionMap;

    fn transcript() -> Vec<u8> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/signed/hoc-ba.pdf");
        std::fs::read(path).expect("a signed transcript")
    }

    fn circumstances() -> Circumstances {
        Circumstances::alone(Policy::School, "2026-06-01T07:00:00+07:00".parse().expect("a moment"))
    }

    #[test]
    fn a_file_that_grew_has_the_objects_that_it_has() {
        let file = transcript();
        let whole = RevisionMap::read(&file).expect("a file");
        let before = whole.revisions[whole.last() - 1].span.end;
        let charged = RevisionMap::read(&file[..before]).expect("a file").as_settled().expect("understood");
        let grown = RevisionMap::read_on(&file, |end| (end == before).then_some(charged)).expect("a file");
        assert_eq!((grown.settled, whole.settled), (whole.last(), 0));
        assert_eq!((grown.as_settled(), grown.findings.len()), (whole.as_settled(), 0));
        for revision in 0..=whole.last() {
            assert!(grown.live(revision).eq(whole.live(revision)), "revision {revision}");
            assert!(grown.defined(revision).eq(whole.defined(revision)), "revision {revision}");
        }
        assert!(grown.new_versions().count() < 20, "what was looked at is not looked at again");
    }

    #[test]
    fn only_a_file_of_ours_in_which_nothing_is_odd_is_settled() {
        let file = transcript();
        let around = circumstances();
        let ends: Vec<usize> =
            RevisionMap::read(&file).expect("a file").revisions.iter().map(|one| one.span.end).collect();
        for end in &ends {
            judge(&file[..*end], &around, None);
        }
        let is_settled = |bytes: &[u8]| around.known.settled(Sha256::of(bytes)).is_some();
        let settled: Vec<bool> = ends.iter().map(|end| is_settled(&file[..*end])).collect();
        // The base too: it was read for its first signature.
        assert_eq!(settled, vec![true; ends.len()]);
        let (mut longer, mut other) = (file.clone(), file);
        longer.push(b'\n');
        // Within an object of the last revision.
        let at = ends[ends.len() - 2] + 2;
        other[at] = b'(';
        for odd in [longer, other] {
            judge(&odd, &around, None);
            assert!(!is_settled(&odd));
        }
    }
}
