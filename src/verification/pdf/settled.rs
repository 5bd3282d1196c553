//! What a judge need not do again for the beginning of a file that it understood to its last octet when that was
//! the whole file. The same octets have the same objects: those that lie packed in streams are unpacked when
//! somebody asks for one, and each is what it was.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::pdf::filters::Budget;
use crate::pdf::object::{Object, Stream};
use crate::pdf::object_stream::Head;
use crate::pdf::syntax::Parser;

/// What the limits of a judgement were charged for the objects of a file that was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Settled {
    pub values: usize,
    pub unpacked_bytes: usize,
}

/// A stream of objects, unpacked when one of them is asked for.
#[derive(Debug)]
pub(crate) struct Container {
    stream: Stream,
    unpacked: OnceCell<Option<(Vec<u8>, Head)>>,
}

impl Container {
    pub fn of(stream: Stream) -> Rc<Self> {
        Rc::new(Self { stream, unpacked: OnceCell::new() })
    }

    fn unpacked(&self, file: &[u8]) -> Option<&(Vec<u8>, Head)> {
        let unpack = || {
            let stored = file.get(self.stream.data.span.clone())?;
            let octets = Budget::default().unpack(&self.stream.dictionary, stored).ok()?;
            let number = |key| usize::try_from(self.stream.dictionary.get(key)?.integer()?).ok();
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
    number: u32,
    object: OnceCell<Option<Object>>,
}

impl Member {
    pub fn of(container: &Rc<Container>, position: usize, number: u32) -> Self {
        Self { container: Rc::clone(container), position, number, object: OnceCell::new() }
    }

    /// The object. It was read before, so that it can be read.
    pub fn object(&self, file: &[u8]) -> Option<&Object> {
        let read = || {
            let (octets, head) = self.container.unpacked(file)?;
            let span = head.member(self.position, self.number)?;
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
