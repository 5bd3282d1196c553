//! A second opinion on the objects of the last revision: lopdf, an independent reader. What the two
//! disagree about, a person might see differently from what was judged.

use std::collections::BTreeMap;
use std::ops::Range;

use lopdf::{Document, LoadOptions, Object as Other};
use school::limits::PDF_STREAM_SIZE_BYTES;

use crate::pdf::object::{Dictionary, Id, Object, Stream};
use crate::pdf::revision_map::RevisionMap;
use crate::pki::Known;

/// What the other reader says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Opinion {
    Agrees,
    /// Number of the first object that differs.
    Differs(u32),
    /// It cannot read the file.
    None,
}

/// What stands in place of the octets of a stream that the other reader is to see as empty. The last letter ends
/// the white space that it goes through behind an object: zeros are white space too.
const END: &[u8] = b"endstream\nendobj\nx";
/// Shorter streams are not worth it.
const LONG_STREAM_BYTES: usize = 256;

/// Stands in place of a section of which the other reader said before what it says: it looks for one where the next
/// names it, and finds nothing more to read.
const NO_ENTRIES: &[u8] = b"xref\n0 0\ntrailer\n<</Size 1>>\n";
/// The first line, and what follows it in files with octets that are no text.
const HEAD_BYTES: usize = 16;

/// Asks the other reader. Where all but the last revision was settled and `is_ours` says that this one is of a kind
/// that we add, only what it adds is read: an object that it leaves alone has the octets at the place that it had
/// when both readers agreed about it.
pub(crate) fn ask(map: &RevisionMap<'_>, is_ours: bool, known: &Known) -> Opinion {
    let last_alone = is_ours && map.settled > 0 && map.settled == map.last();
    let added = if last_alone { ask_of_last(map, known) } else { None };
    added.unwrap_or_else(|| ask_of_all(map, known))
}

/// Nothing where the last revision alone is no file to the other reader.
fn ask_of_last(map: &RevisionMap<'_>, known: &Known) -> Option<Opinion> {
    let last = map.revisions.last()?;
    let before = usize::try_from(last.trailer.get("Prev")?.integer()?).ok()?;
    let stub = before..before.checked_add(NO_ENTRIES.len())?;
    let added: Vec<(Id, &Object)> = map.defined(map.last()).collect();
    let spared = Spared::of(map, &added);
    if stub.start < HEAD_BYTES || stub.end > last.span.start {
        return None;
    }
    let mut left_out = spared.octets();
    left_out.splice(..0, [HEAD_BYTES..stub.start, stub.end..last.span.start]);
    let document = known.with_copy(map.bytes, &left_out, |bytes| {
        bytes[stub].copy_from_slice(NO_ENTRIES);
        spared.spare(bytes);
        read(bytes, true)
    });
    // Two sections: it went where we did.
    let document = document.filter(|one| one.xref_section_count == 2 && one.xref_recovery.is_none())?;
    Some(compare(map, added, &spared, &document))
}

fn ask_of_all(map: &RevisionMap<'_>, known: &Known) -> Opinion {
    let live: Vec<(Id, &Object)> = map.live(map.last()).collect();
    let spared = Spared::of(map, &live);
    let read = known.with_copy(map.bytes, &spared.octets(), |bytes| {
        spared.spare(bytes);
        read(bytes, false)
    });
    match read {
        Some(document) => compare(map, live, &spared, &document),
        None => Opinion::None,
    }
}

/// What the other reader is spared, by the number of the object.
struct Spared {
    /// The digits between the brackets of /Contents.
    holes: BTreeMap<u32, Range<usize>>,
    /// The digits of /Length, and the octets of the stream.
    streams: BTreeMap<u32, (Range<usize>, Range<usize>)>,
}

impl Spared {
    fn of(map: &RevisionMap<'_>, objects: &[(Id, &Object)]) -> Self {
        Self { holes: holes(map, objects), streams: long_streams(map, objects) }
    }

    /// Octets of streams that need not be copied, in order.
    fn octets(&self) -> Vec<Range<usize>> {
        let mut octets: Vec<Range<usize>> =
            self.streams.values().map(|(_, data)| data.start + END.len()..data.end).collect();
        octets.sort_unstable_by_key(|one| one.start);
        octets
    }

    fn spare(&self, bytes: &mut [u8]) {
        for digits in self.holes.values() {
            bytes[digits.clone()].fill(b' ');
        }
        for (length, data) in self.streams.values() {
            bytes[length.clone()].fill(b'0');
            bytes[data.start..data.start + END.len()].copy_from_slice(END);
        }
    }
}

fn read(bytes: &[u8], strict: bool) -> Option<Document> {
    let load = || {
        let options = LoadOptions {
            strict,
            max_decompressed_size: Some(PDF_STREAM_SIZE_BYTES),
            ..LoadOptions::default()
        };
        Document::load_mem_with_options(bytes, options)
    };
    // A foreign parser on hostile bytes: its panic is "no opinion", not ours.
    std::panic::catch_unwind(load).ok()?.ok()
}

fn compare(
    map: &RevisionMap<'_>,
    objects: Vec<(Id, &Object)>,
    spared: &Spared,
    document: &Document,
) -> Opinion {
    for (Id { number, generation }, object) in objects {
        if matches!(object, Object::Stream(stream) if is_container(stream)) {
            continue;
        }
        let same = match document.objects.get(&(number, generation)) {
            Some(other) if spared.holes.contains_key(&number) => agree_but_for_hole(map, object, other),
            Some(other) if spared.streams.contains_key(&number) => agree_but_for_octets(map, object, other),
            Some(other) => agree(map, object, other),
            None => *object == Object::Null,
        };
        if !same {
            return Opinion::Differs(number);
        }
    }
    Opinion::Agrees
}

fn is_container(stream: &Stream) -> bool {
    stream.dictionary.has_name("Type", "ObjStm") || stream.dictionary.has_name("Type", "XRef")
}

/// Streams whose octets the other reader need not copy. It is told that they are empty, in the digits that we read
/// as their length, and finds their end where we found their beginning: had it read another key or looked in
/// another place, it would find no end there. Where the octets really end was proven by what stands behind them.
fn long_streams(
    map: &RevisionMap<'_>,
    objects: &[(Id, &Object)],
) -> BTreeMap<u32, (Range<usize>, Range<usize>)> {
    let last = map.last();
    let stream = |&(Id { number, .. }, object): &(Id, &Object)| {
        let Object::Stream(stream) = object else { return None };
        // Spans are places in the file only outside of object streams.
        map.place(number, last)?.1?;
        let (length, data) = (stream.dictionary.span("Length")?, stream.data.span.clone());
        let is_plain = map.bytes.get(length.clone())?.iter().all(u8::is_ascii_digit);
        let is_long = data.len() >= LONG_STREAM_BYTES;
        (is_plain && is_long && !is_container(stream)).then_some((number, (length, data)))
    };
    objects.iter().filter_map(stream).collect()
}

fn agree_but_for_octets(map: &RevisionMap<'_>, ours: &Object, other: &Other) -> bool {
    let (Object::Stream(ours), Other::Stream(other)) = (ours, other) else { return false };
    agree_on_entries(map, &ours.dictionary, &other.dict) && other.content.is_empty()
}

/// The digits between the brackets of /Contents, by the number of the signature. The other reader goes
/// through them one by one and takes longer for it than for the rest of a file. Nothing stands there but
/// hexadecimal digits, which no reader can take for the beginning or the end of anything, and what they
/// say is judged as a CMS: it gets white space instead.
fn holes(map: &RevisionMap<'_>, objects: &[(Id, &Object)]) -> BTreeMap<u32, Range<usize>> {
    let last = map.last();
    let hole = |&(Id { number, .. }, object): &(Id, &Object)| {
        let Object::Dictionary(dictionary) = object else { return None };
        dictionary.get("ByteRange")?;
        // Spans are places in the file only outside of object streams.
        map.place(number, last)?.1?;
        let span = dictionary.span("Contents")?;
        let digits = span.start.checked_add(1)?..span.end.checked_sub(1)?;
        let written = map.bytes.get(span)?;
        let inside = written.strip_prefix(b"<")?.strip_suffix(b">")?;
        are_digits(inside).then_some((number, digits))
    };
    objects.iter().filter_map(hole).collect()
}

fn are_digits(text: &[u8]) -> bool {
    // Without a way out at each byte, several are looked at in one step.
    text.chunks(256).all(|part| part.iter().fold(true, |all, byte| all & byte.is_ascii_hexdigit()))
}

fn agree_but_for_hole(map: &RevisionMap<'_>, ours: &Object, other: &Other) -> bool {
    let (Object::Dictionary(ours), Other::Dictionary(other)) = (ours, other) else { return false };
    agree_on_all(ours, other, |key, ours, other| match key {
        b"Contents" => matches!(other, Other::String(octets, _) if octets.is_empty()),
        _ => agree(map, ours, other),
    })
}

fn agree(map: &RevisionMap<'_>, ours: &Object, other: &Other) -> bool {
    match (ours, other) {
        (Object::Null, Other::Null) => true,
        (Object::Boolean(ours), Other::Boolean(other)) => ours == other,
        (Object::Integer(ours), Other::Integer(other)) => ours == other,
        (Object::Real(ours), Other::Real(other)) => {
            (*ours - f64::from(*other)).abs() <= ours.abs() * 1e-5 + 1e-5
        }
        (Object::Name(ours), Other::Name(other)) => **ours == **other,
        (Object::String(ours), Other::String(other, _)) => ours == other,
        (Object::Reference(ours), Other::Reference(other)) => (ours.number, ours.generation) == *other,
        (Object::Array(ours), Other::Array(other)) => {
            ours.len() == other.len() && ours.iter().zip(other).all(|(ours, other)| agree(map, ours, other))
        }
        (Object::Dictionary(ours), Other::Dictionary(other)) => agree_on_entries(map, ours, other),
        (Object::Stream(ours), Other::Stream(other)) => {
            agree_on_entries(map, &ours.dictionary, &other.dict)
                && map.bytes.get(ours.data.span.clone()) == Some(other.content.as_slice())
        }
        _ => false,
    }
}

fn agree_on_entries(map: &RevisionMap<'_>, ours: &Dictionary, other: &lopdf::Dictionary) -> bool {
    // lopdf replaces an indirect /Length by its value.
    agree_on_all(ours, other, |key, ours, other| key == b"Length" || agree(map, ours, other))
}

/// True when both have the same keys, and `agree` their values. Neither has a key twice, so with as many
/// entries it is enough to look for each of theirs among ours, which is found without hashing it.
fn agree_on_all(
    ours: &Dictionary,
    other: &lopdf::Dictionary,
    agree: impl Fn(&[u8], &Object, &Other) -> bool,
) -> bool {
    ours.iter().len() == other.len()
        && other.iter().all(|(key, other)| ours.value(key).is_some_and(|ours| agree(key, ours, other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with a table of three objects; object 3 is `third`.
    fn file(third: &str) -> Vec<u8> {
        let objects =
            ["<< /Type /Catalog /Pages 2 0 R /Third 3 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>", third];
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut rows = String::from("0000000000 65535 f \n");
        for (index, object) in objects.iter().enumerate() {
            rows += &format!("{:010} 00000 n \n", file.len());
            file.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
        }
        let table = file.len();
        file.extend(
            format!("xref\n0 4\n{rows}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n")
                .bytes(),
        );
        file
    }

    /// What is said when we read the one and lopdf reads the other.
    fn said(ours: &str, other: &str) -> Opinion {
        let ours = file(ours);
        let map = RevisionMap::read(&ours).expect("a file");
        let live: Vec<(Id, &Object)> = map.live(map.last()).collect();
        let spared = Spared::of(&map, &live);
        compare(&map, live, &spared, &read(&file(other), false).expect("a file"))
    }

    #[test]
    fn readers_agree_on_what_an_object_means_however_it_is_written() {
        for (ours, other) in [
            ("<< /A 1 /B [true (x) <41>] >>", "<</B[true(x)<41>]/A 1>>"),
            ("<< /N /A#42 /R 0.5 >>", "<< /R .50 /N /AB >>"),
            ("<< /Length 3 >>\nstream\nabc\nendstream", "<< /Length 3 >>\nstream\nabc\nendstream"),
        ] {
            assert_eq!(said(ours, other), Opinion::Agrees, "{ours} {other}");
        }
    }

    #[test]
    fn an_object_that_two_readers_see_differently_is_named() {
        for (ours, other) in [
            ("<< /A 1 >>", "<< /A 2 >>"),
            ("<< /A 1 >>", "<< /A 1 /B 2 >>"),
            ("<< /A 1 /B 2 >>", "<< /A 1 >>"),
            ("<< /A 1 >>", "<< /B 1 >>"),
            ("<< /A (x) >>", "<< /A (y) >>"),
            ("<< /A (x) >>", "<< /A /x >>"),
            ("<< /A /Nine >>", "<< /A /Ten >>"),
            ("<< /A 0.5 >>", "<< /A 0.6 >>"),
            ("<< /A true >>", "<< /A false >>"),
            ("<< /A 1 0 R >>", "<< /A 2 0 R >>"),
            ("[1 2]", "[1 2 3]"),
            ("[1 2]", "[2 1]"),
            ("<< /A << /B 1 >> >>", "<< /A << /B 2 >> >>"),
            ("<< /Length 3 >>\nstream\nabc\nendstream", "<< /Length 3 >>\nstream\nabd\nendstream"),
            ("<< /Length 3 >>\nstream\nabc\nendstream", "<< /A 1 >>"),
        ] {
            assert_eq!(said(ours, other), Opinion::Differs(3), "{ours} {other}");
        }
    }

    #[test]
    fn a_stream_whose_octets_are_spared_must_end_where_ours_begins() {
        let stream = |length: usize, octets: usize| {
            format!("<< /Length {length} >>\nstream\n{}\nendstream", "a".repeat(octets))
        };
        let whole = file(&stream(400, 400));
        let map = RevisionMap::read(&whole).expect("a file");
        assert_eq!(ask(&map, false, &Known::default()), Opinion::Agrees);
        // Another reader to whom the stream is not empty has looked in another place.
        assert_eq!(said(&stream(400, 400), &stream(400, 400)), Opinion::Differs(3));
    }

    #[test]
    fn of_a_file_that_grew_the_other_reader_is_asked_about_what_was_added_and_sees_what_differs() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/signed/hoc-ba.pdf");
        let file = std::fs::read(path).expect("a signed transcript");
        let ends: Vec<usize> =
            RevisionMap::read(&file).expect("a file").revisions.iter().map(|one| one.span.end).collect();
        for end in &ends[1..] {
            let map = RevisionMap::read(&file[..*end]).expect("a file");
            assert_eq!(ask_of_last(&map, &Known::default()), Some(Opinion::Agrees), "{end}");
        }
        let mut map = RevisionMap::read(&file[..ends[1]]).expect("a file");
        let (added, other) = (&file[ends[0]..ends[1]], |from: &[u8], to: &[u8]| {
            let at =
                ends[0] + file[ends[0]..].windows(from.len()).position(|one| one == from).expect("there");
            [&file[..at], to, &file[at + from.len()..ends[1]]].concat()
        });
        assert!(added.len() < 20_000);
        let said = other(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.detachee");
        map.bytes = &said;
        assert!(matches!(ask_of_last(&map, &Known::default()), Some(Opinion::Differs(_))));
        // It looks for the section before where the last one names it.
        let astray =
            other(format!("/Prev {}", prev(&map)).as_bytes(), format!("/Prev {}", prev(&map) + 1).as_bytes());
        map.bytes = &astray;
        assert_eq!(ask_of_last(&map, &Known::default()), None);
    }

    fn prev(map: &RevisionMap<'_>) -> i64 {
        map.revisions[1].trailer.get("Prev").and_then(Object::integer).expect("a section before")
    }

    #[test]
    fn what_is_no_file_to_the_other_reader_gives_no_opinion() {
        assert!(read(b"%PDF-1.7\nnothing", false).is_none());
    }
}
