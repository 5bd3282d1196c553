//! The objects of a PDF (ISO 32000-2, 7.3) as their bytes say, with the place of every value.

use std::fmt;
use std::ops::Range;

use crate::pdf::name::Name;

/// Object and generation number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Id {
    pub number: u32,
    pub generation: u16,
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "object {}", self.number)
    }
}

/// A value. Equality is of meaning: places do not count.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Object {
    Null,
    Boolean(bool),
    Integer(i64),
    Real(f64),
    Name(Name),
    String(Vec<u8>),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    Stream(Box<Stream>),
    Reference(Id),
}

/// Up to so many keys are compared one by one: their lengths alone tell most of them apart.
const FEW_ENTRIES: usize = 16;

/// A dictionary without repeated keys.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dictionary {
    /// In the order of their keys.
    entries: Vec<Entry>,
}

/// One entry of a dictionary.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub key: Name,
    pub value: Object,
    /// Where the value stands.
    pub span: Range<usize>,
}

impl PartialEq for Dictionary {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Dictionary {
    /// The dictionary with these entries, in any order.
    ///
    /// Errors: where a value stands whose key stands twice.
    pub fn of(mut entries: Vec<Entry>) -> Result<Self, usize> {
        entries.sort_by(|one, other| one.key.cmp(&other.key));
        match entries.windows(2).find(|pair| pair[0].key == pair[1].key) {
            Some(pair) => Err(pair[1].span.start),
            None => Ok(Self { entries }),
        }
    }

    fn entry(&self, key: &[u8]) -> Option<&Entry> {
        if self.entries.len() <= FEW_ENTRIES {
            return self.entries.iter().find(|entry| *entry.key == *key);
        }
        let at = self.entries.binary_search_by(|entry| (*entry.key).cmp(key)).ok()?;
        self.entries.get(at)
    }

    pub fn get(&self, key: &str) -> Option<&Object> {
        self.value(key.as_bytes())
    }

    /// As [`Self::get`], for a key that need not be text.
    pub fn value(&self, key: &[u8]) -> Option<&Object> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Where the value of `key` stands in the bytes that were read.
    pub fn span(&self, key: &str) -> Option<Range<usize>> {
        self.entry(key.as_bytes()).map(|entry| entry.span.clone())
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&[u8], &Object)> {
        self.entries.iter().map(|entry| (&*entry.key, &entry.value))
    }

    pub fn has_name(&self, key: &str, name: &str) -> bool {
        self.get(key).is_some_and(|value| value.is_name(name))
    }

    /// Equal when the entries of `ignored` are left out of both.
    pub fn equals_except(&self, other: &Self, ignored: &[&str]) -> bool {
        let counts = |(key, _): &(&[u8], &Object)| !ignored.iter().any(|one| one.as_bytes() == *key);
        self.iter().filter(counts).eq(other.iter().filter(counts))
    }
}

/// A stream: its dictionary and where its octets lie as stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stream {
    pub dictionary: Dictionary,
    pub data: StreamData,
}

/// Where the octets of a stream lie, and where the same octets stood before as this object: equality is
/// of octets for the versions of one object, and streams of two objects never count as equal.
#[derive(Debug, Clone)]
pub(crate) struct StreamData {
    pub span: Range<usize>,
    pub first: Range<usize>,
}

impl PartialEq for StreamData {
    fn eq(&self, other: &Self) -> bool {
        self.first == other.first
    }
}

impl Object {
    pub fn is_name(&self, name: &str) -> bool {
        matches!(self, Self::Name(text) if **text == *name.as_bytes())
    }

    pub fn reference(&self) -> Option<Id> {
        if let Self::Reference(id) = self { Some(*id) } else { None }
    }

    pub fn integer(&self) -> Option<i64> {
        if let Self::Integer(number) = self { Some(*number) } else { None }
    }

    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Real(number) => Some(*number),
            _ => None,
        }
    }

    pub fn array(&self) -> Option<&[Object]> {
        if let Self::Array(items) = self { Some(items) } else { None }
    }

    /// The dictionary, also that of a stream.
    pub fn dictionary(&self) -> Option<&Dictionary> {
        match self {
            Self::Dictionary(dictionary) => Some(dictionary),
            Self::Stream(stream) => Some(&stream.dictionary),
            _ => None,
        }
    }

    /// A text string as people read it (7.9.2.2).
    pub fn text(&self) -> Option<String> {
        let Self::String(bytes) = self else { return None };
        if let Some(wide) = bytes.strip_prefix(&[0xfe, 0xff]) {
            let units = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            return Some(
                char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
            );
        }
        if let Some(utf8) = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]) {
            return Some(String::from_utf8_lossy(utf8).into_owned());
        }
        Some(bytes.iter().map(|byte| char::from(*byte)).collect())
    }
}
