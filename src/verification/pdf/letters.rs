//! Which letters the codes of a font stand for: its ToUnicode CMap (ISO 32000-2, 9.10.3). A table that says two
//! things of one code is none.

use std::sync::Arc;

use crate::pdf::content_stream::each_operator;
use crate::pdf::object::{Dictionary, Object, Stream};
use crate::pdf::revision_map::RevisionMap;
use crate::pki::Known;

/// Most values in a table: ours have some hundreds, and at most so many stand before one operator.
const VALUES: usize = 20_000;

/// The letters of a font by their codes of two octets.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Letters {
    /// Sorted, each code once, with where its letters stand in `text`.
    codes: Vec<(u16, u32, u32)>,
    text: String,
}

impl Letters {
    /// The letters of `font` as `revision` shows it, if it is a font of the kind that our documents have. They
    /// are read once for all files that carry the same table, as those of a school do.
    pub fn of(map: &RevisionMap<'_>, font: &Dictionary, revision: usize, known: &Known) -> Option<Arc<Self>> {
        let is_ours = font.has_name("Subtype", "Type0") && font.has_name("Encoding", "Identity-H");
        let Object::Stream(stream) = map.entry(font, "ToUnicode", revision).filter(|_| is_ours)? else {
            return None;
        };
        let read = || map.unpacked(stream).and_then(|cmap| Self::read(&cmap)).map(Arc::new);
        // Only what follows from the octets alone may be kept by them.
        let stored = map.bytes.get(stream.data.span.clone())?;
        if is_deflated(stream) { known.letters(stored, read) } else { read() }
    }

    /// Reads a CMap.
    pub fn read(cmap: &[u8]) -> Option<Self> {
        let mut letters = Self { codes: Vec::new(), text: String::new() };
        each_operator(cmap, (VALUES, VALUES), |operator, operands| {
            let width = match operator {
                b"endbfchar" => 2,
                b"endbfrange" => 3,
                _ => return Some(()),
            };
            operands.chunks(width).try_for_each(|mapping| letters.enter(mapping))
        })?;
        letters.codes.sort_unstable();
        // Two letters for one code: nobody knows which one is meant.
        let is_once = letters.codes.windows(2).all(|pair| pair[0].0 != pair[1].0);
        is_once.then_some(letters)
    }

    fn enter(&mut self, mapping: &[Object]) -> Option<()> {
        let code = |value: &Object| match value {
            Object::String(octets) => Some(u16::from_be_bytes(octets.as_slice().try_into().ok()?)),
            _ => None,
        };
        let (from, to, text) = match mapping {
            [from, Object::String(text)] => (code(from)?, code(from)?, text),
            [from, to, Object::String(text)] => (code(from)?, code(to)?, text),
            _ => return None,
        };
        let units = text.chunks(2).map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?)));
        let mut units = units.collect::<Option<Vec<u16>>>()?;
        for code in from..=to {
            let start = self.text.len();
            for letter in char::decode_utf16(units.iter().copied()) {
                self.text.push(letter.ok()?);
            }
            self.codes.push((code, u32::try_from(start).ok()?, u32::try_from(self.text.len()).ok()?));
            let last = units.last_mut()?;
            *last = last.wrapping_add(1);
        }
        Some(())
    }

    /// What `codes` stand for; nothing where one has no letters.
    pub fn text(&self, codes: &[u8]) -> Option<String> {
        let mut text = String::new();
        self.append(codes, &mut text)?;
        Some(text)
    }

    /// As [`Self::text`], behind `text`.
    pub fn append(&self, codes: &[u8], text: &mut String) -> Option<()> {
        if !codes.len().is_multiple_of(2) {
            return None;
        }
        for code in codes.chunks_exact(2) {
            let code = u16::from_be_bytes([code[0], code[1]]);
            let at = self.codes.binary_search_by_key(&code, |entry| entry.0).ok()?;
            let (_, start, end) = self.codes[at];
            text.push_str(&self.text[start as usize..end as usize]);
        }
        Some(())
    }

    /// Every code with its letters.
    #[cfg(test)]
    pub fn all(&self) -> impl Iterator<Item = (u16, &str)> {
        self.codes.iter().map(|(code, start, end)| (*code, &self.text[*start as usize..*end as usize]))
    }
}

/// True where nothing but the one usual filter stands between the octets and what they say.
pub(crate) fn is_deflated(stream: &Stream) -> bool {
    stream.dictionary.has_name("Filter", "FlateDecode") && stream.dictionary.get("DecodeParms").is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_a_font_are_read_and_a_code_with_two_letters_is_none() {
        let cmap = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def \
            1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfchar <0002> <1ea0> <0001> <0041> endbfchar \
            1 beginbfrange <0005> <0006> <0061> endbfrange endcmap";
        let read = Letters::read(cmap).expect("a table");
        assert_eq!(read.all().collect::<Vec<_>>(), [(1, "A"), (2, "Ạ"), (5, "a"), (6, "b")]);
        assert_eq!(read.text(&[0, 2, 0, 6]).as_deref(), Some("Ạb"));
        assert_eq!((read.text(&[0, 3]), read.text(&[0, 2, 0])), (None, None));
        assert_eq!(Letters::read(b"beginbfchar <0001> <0041> <0001> <0042> endbfchar"), None);
        assert_eq!(Letters::read(b"beginbfchar <0001> <d800> endbfchar"), None);
    }
}
