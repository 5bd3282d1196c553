//! A second opinion on the objects of the last revision: lopdf, an independent reader. What the two
//! disagree about, a person might see differently from what was judged.

use std::collections::BTreeMap;
use std::ops::Range;

use lopdf::{Document, LoadOptions, Object as Other};
use school::limits::PDF_STREAM_SIZE_BYTES;

use crate::pdf::object::{Dictionary, Id, Object};
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

/// Asks the other reader.
pub(crate) fn ask(map: &RevisionMap<'_>, known: &Known) -> Opinion {
    let holes = holes(map);
    let read = known.with_copy(map.bytes, |bytes| {
        for digits in holes.values() {
            bytes[digits.clone()].fill(b' ');
        }
        read(bytes)
    });
    match read {
        Some(document) => compare(map, &holes, &document),
        None => Opinion::None,
    }
}

fn read(bytes: &[u8]) -> Option<Document> {
    let load = || {
        let options = LoadOptions {
            strict: false,
            max_decompressed_size: Some(PDF_STREAM_SIZE_BYTES),
            ..LoadOptions::default()
        };
        Document::load_mem_with_options(bytes, options)
    };
    // A foreign parser on hostile bytes: its panic is "no opinion", not ours.
    std::panic::catch_unwind(load).ok()?.ok()
}

fn compare(map: &RevisionMap<'_>, holes: &BTreeMap<u32, Range<usize>>, document: &Document) -> Opinion {
    let last = map.last();
    for (Id { number, generation }, object) in map.live_ids(last) {
        let is_container = matches!(object, Object::Stream(stream)
            if stream.dictionary.has_name("Type", "ObjStm") || stream.dictionary.has_name("Type", "XRef"));
        if is_container {
            continue;
        }
        let same = match document.objects.get(&(number, generation)) {
            Some(other) if holes.contains_key(&number) => agree_but_for_hole(map, object, other),
            Some(other) => agree(map, object, other),
            None => *object == Object::Null,
        };
        if !same {
            return Opinion::Differs(number);
        }
    }
    Opinion::Agrees
}

/// The digits between the brackets of /Contents, by the number of the signature. The other reader goes
/// through them one by one and takes longer for it than for the rest of a file. Nothing stands there but
/// hexadecimal digits, which no reader can take for the beginning or the end of anything, and what they
/// say is judged as a CMS: it gets white space instead.
fn holes(map: &RevisionMap<'_>) -> BTreeMap<u32, Range<usize>> {
    let last = map.last();
    let hole = |(number, object): (u32, &Object)| {
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
    map.live(last).filter_map(hole).collect()
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
