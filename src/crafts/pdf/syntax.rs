//! Objects of a file of ours, read where they stand: what `flat_file`, pdf-writer and lopdf write. A file of
//! strangers is read whole, by lopdf (`reading`).

use lopdf::{Dictionary, Object, StringFormat};
use school::limits::PDF_DEPTH;

/// Reads objects from a place in a file. `None` everywhere means: not the syntax that we write.
pub(super) struct Syntax<'a> {
    rest: &'a [u8],
}

impl<'a> Syntax<'a> {
    pub(super) const fn at(rest: &'a [u8]) -> Self {
        Self { rest }
    }

    /// What was not read yet.
    pub(super) const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Takes a word, with the white space before it.
    pub(super) fn word(&mut self, word: &[u8]) -> Option<()> {
        self.skip_white();
        self.rest = self.rest.strip_prefix(word)?;
        Some(())
    }

    /// Takes a number without sign.
    pub(super) fn unsigned(&mut self) -> Option<u32> {
        self.skip_white();
        let digits = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, rest) = self.rest.split_at(digits);
        self.rest = rest;
        std::str::from_utf8(number).ok()?.parse().ok()
    }

    /// Takes a dictionary.
    pub(super) fn dictionary(&mut self) -> Option<Dictionary> {
        match self.object(0)? {
            Object::Dictionary(dictionary) => Some(dictionary),
            _ => None,
        }
    }

    /// Takes a dictionary of which these entries alone are kept.
    pub(super) fn entries_of(&mut self, keys: &[&[u8]]) -> Option<Dictionary> {
        self.word(b"<<")?;
        let mut dictionary = Dictionary::new();
        while self.word(b">>").is_none() {
            // As it is written: what we ask for has no letter that is escaped.
            let key = self.written_name()?;
            if keys.contains(&key) {
                dictionary.set(key, self.object(1)?);
            } else {
                self.pass(1)?;
            }
        }
        Some(dictionary)
    }

    /// Passes over an object.
    fn pass(&mut self, depth: usize) -> Option<()> {
        if depth > PDF_DEPTH {
            return None;
        }
        self.skip_white();
        match *self.rest.first()? {
            b'<' if self.rest.starts_with(b"<<") => {
                self.word(b"<<")?;
                while self.word(b">>").is_none() {
                    self.pass(depth + 1)?;
                }
                Some(())
            }
            b'<' => {
                let end = self.rest.iter().position(|byte| *byte == b'>')?;
                self.rest = &self.rest[end + 1..];
                Some(())
            }
            b'(' => self.literal().map(drop),
            b'[' => {
                self.word(b"[")?;
                while self.word(b"]").is_none() {
                    self.pass(depth + 1)?;
                }
                Some(())
            }
            b'0'..=b'9' if self.reference().is_some() => Some(()),
            // A name, a number, a keyword.
            first => {
                let length = self.rest.iter().skip(1).take_while(|byte| is_regular(**byte)).count() + 1;
                self.rest = &self.rest[length..];
                (first == b'/' || is_regular(first)).then_some(())
            }
        }
    }

    fn object(&mut self, depth: usize) -> Option<Object> {
        if depth > PDF_DEPTH {
            return None;
        }
        self.skip_white();
        match *self.rest.first()? {
            b'<' if self.rest.starts_with(b"<<") => self.entries(depth).map(Object::Dictionary),
            b'<' => self.hexadecimal(),
            b'(' => self.literal(),
            b'[' => self.array(depth),
            b'/' => self.name().map(Object::Name),
            b'0'..=b'9' | b'+' | b'-' | b'.' => self.number(),
            _ => self.keyword(),
        }
    }

    fn entries(&mut self, depth: usize) -> Option<Dictionary> {
        self.word(b"<<")?;
        let mut dictionary = Dictionary::new();
        loop {
            self.skip_white();
            if self.word(b">>").is_some() {
                return Some(dictionary);
            }
            let key = self.name()?;
            dictionary.set(key, self.object(depth + 1)?);
        }
    }

    fn array(&mut self, depth: usize) -> Option<Object> {
        self.word(b"[")?;
        let mut items = Vec::new();
        loop {
            if self.word(b"]").is_some() {
                return Some(Object::Array(items));
            }
            items.push(self.object(depth + 1)?);
        }
    }

    fn written_name(&mut self) -> Option<&'a [u8]> {
        self.word(b"/")?;
        let length = self.rest.iter().take_while(|byte| is_regular(**byte)).count();
        let (written, rest) = self.rest.split_at(length);
        self.rest = rest;
        Some(written)
    }

    fn name(&mut self) -> Option<Vec<u8>> {
        let mut written = self.written_name()?;
        let mut name = Vec::with_capacity(written.len());
        while let Some((&byte, after)) = written.split_first() {
            written = after;
            if byte == b'#' {
                let (pair, after) = written.split_at_checked(2)?;
                name.push(digit(pair[0])? << 4 | digit(pair[1])?);
                written = after;
            } else {
                name.push(byte);
            }
        }
        Some(name)
    }

    fn hexadecimal(&mut self) -> Option<Object> {
        self.word(b"<")?;
        let end = self.rest.iter().position(|byte| *byte == b'>')?;
        let (digits, rest) = self.rest.split_at(end);
        self.rest = &rest[1..];
        let (pairs, []) = digits.as_chunks() else { return None };
        let mut text = Vec::with_capacity(pairs.len());
        for [high, low] in pairs {
            text.push(digit(*high)? << 4 | digit(*low)?);
        }
        Some(Object::String(text, StringFormat::Hexadecimal))
    }

    fn literal(&mut self) -> Option<Object> {
        self.word(b"(")?;
        let (mut text, mut open) = (Vec::new(), 1);
        loop {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            match byte {
                b'\\' => self.escaped(&mut text)?,
                b'(' => {
                    open += 1;
                    text.push(byte);
                }
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(Object::String(text, StringFormat::Literal));
                    }
                    text.push(byte);
                }
                _ => text.push(byte),
            }
        }
    }

    fn escaped(&mut self, text: &mut Vec<u8>) -> Option<()> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'0'..=b'7' => {
                let more = rest.iter().take(2).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
                let (digits, rest) = rest.split_at(more);
                self.rest = rest;
                let value = digits
                    .iter()
                    .fold(u32::from(byte - b'0'), |value, one| value * 8 + u32::from(one - b'0'));
                text.push(u8::try_from(value).ok()?);
            }
            b'\n' => {}
            other => text.push(other),
        }
        Some(())
    }

    fn reference(&mut self) -> Option<u32> {
        let mut ahead = Self::at(self.rest);
        let (Some(number), Some(0), Some(())) = (ahead.unsigned(), ahead.unsigned(), ahead.word(b"R")) else {
            return None;
        };
        self.rest = ahead.rest;
        Some(number)
    }

    /// A number, or a reference, which begins with one.
    fn number(&mut self) -> Option<Object> {
        if let Some(number) = self.reference() {
            return Some(Object::Reference((number, 0)));
        }
        let length = self.rest.iter().take_while(|byte| is_regular(**byte)).count();
        let (written, rest) = self.rest.split_at(length);
        self.rest = rest;
        let written = std::str::from_utf8(written).ok()?;
        let integer = written.parse().ok().map(Object::Integer);
        integer.or_else(|| written.parse().ok().map(Object::Real))
    }

    fn keyword(&mut self) -> Option<Object> {
        let words =
            [("true", Object::Boolean(true)), ("false", Object::Boolean(false)), ("null", Object::Null)];
        words.into_iter().find_map(|(word, object)| self.word(word.as_bytes()).map(|()| object))
    }

    fn skip_white(&mut self) {
        let white = self.rest.iter().take_while(|byte| is_white(**byte)).count();
        self.rest = &self.rest[white..];
    }
}

const fn is_white(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

const fn is_regular(byte: u8) -> bool {
    !is_white(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        b'A'..=b'F' => Some(byte - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_is_read_as_the_library_reads_it() {
        let mut dictionary = Dictionary::new();
        dictionary.set("Type", "Catalog");
        dictionary.set("Odd#name", Object::Name(b"a b/c".to_vec()));
        dictionary.set("Kids", vec![Object::Reference((7, 0)), 12.into(), Object::Real(-0.5), Object::Null]);
        dictionary.set("Lang", Object::string_literal("vi(\\)-\r\n(VN)"));
        dictionary.set("ID", Object::String(vec![0, 0xfe, 0xff], StringFormat::Hexadecimal));
        let mut inner = Dictionary::new();
        inner.set("Marked", true);
        dictionary.set("MarkInfo", inner);
        let written = crate::pdf::reading::written(&Object::Dictionary(dictionary.clone()));
        let mut syntax = Syntax::at(&written);
        assert_eq!(syntax.dictionary(), Some(dictionary));
        assert!(syntax.rest().is_empty());
    }

    #[test]
    fn entries_that_are_not_asked_for_are_passed_over_whatever_they_are() {
        let text = b"<</A 12 0 R/B[1 2 0 R(x\\)>>)<</C>>]/T(name)/D<</E<0aff>/F/G#20H>>/I true/J -0.5/V 7 0 R/K<0a>/L/M>> rest";
        let mut syntax = Syntax::at(text);
        let mut kept = Dictionary::new();
        kept.set("T", Object::string_literal("name"));
        kept.set("V", Object::Reference((7, 0)));
        assert_eq!(syntax.entries_of(&[b"T", b"V"]), Some(kept));
        assert_eq!(syntax.rest(), b" rest");
        for length in 0..text.len() - 5 {
            assert!(Syntax::at(&text[..length]).entries_of(&[b"T", b"V"]).is_none(), "{length}");
        }
        let deep = [b"<</A".as_slice(), &b"[".repeat(100_000)].concat();
        assert!(Syntax::at(&deep).entries_of(&[]).is_none());
    }

    #[test]
    fn what_is_cut_or_too_deep_is_none() {
        let text = b"<</A[1 0 R(x\\051)<0aff>]/B true>>";
        assert!(Syntax::at(text).dictionary().is_some());
        for length in 0..text.len() {
            assert!(Syntax::at(&text[..length]).dictionary().is_none(), "{length}");
        }
        let deep = [b"<</A".as_slice(), &b"[".repeat(100_000)].concat();
        assert!(Syntax::at(&deep).dictionary().is_none());
    }
}
