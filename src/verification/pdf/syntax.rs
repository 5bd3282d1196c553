//! Reads PDF objects from bytes (ISO 32000-2, 7.2 and 7.3), strictly and with the place of every
//! value. What a lenient reader would repair is an error here: two readers that repair differently
//! show two documents.

use school::limits::{PDF_DEPTH, PDF_OBJECTS};

use crate::pdf::name::Name;
use crate::pdf::object::{Dictionary, Entry, Id, Object};

/// Bytes that are no object, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no object at byte {at}")]
pub(crate) struct NotSyntax {
    pub at: usize,
}

/// As many entries as most dictionaries have at most: growing step by step costs more than the room.
const USUAL_ENTRIES: usize = 8;

/// What each byte is (7.2.3): looked up, because every byte outside of streams is asked for it.
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Regular; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            0 | 9 | 10 | 12 | 13 | 32 => Class::Space,
            b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' => Class::Delimiter,
            _ => Class::Regular,
        };
        byte += 1;
    }
    classes
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Delimiter,
    Regular,
}

pub(crate) fn is_space(byte: u8) -> bool {
    CLASSES[usize::from(byte)] == Class::Space
}

fn is_regular(byte: u8) -> bool {
    CLASSES[usize::from(byte)] == Class::Regular
}

/// Reads from `bytes`, never past their end.
#[derive(Debug, Clone)]
pub(crate) struct Parser<'a> {
    pub bytes: &'a [u8],
    pub at: usize,
    /// Values read so far.
    pub values: usize,
}

impl<'a> Parser<'a> {
    /// An offset behind the end, which any file may claim, is the end.
    pub fn at(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at: at.min(bytes.len()), values: 0 }
    }

    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    pub fn fail<T>(&self) -> Result<T, NotSyntax> {
        Err(NotSyntax { at: self.at })
    }

    /// Skips white space only.
    pub fn spaces(&mut self) {
        while self.peek().is_some_and(is_space) {
            self.at += 1;
        }
    }

    /// Skips white space and comments.
    pub fn blanks(&mut self) {
        loop {
            self.spaces();
            if self.peek() != Some(b'%') {
                return;
            }
            while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                self.at += 1;
            }
        }
    }

    /// Takes `word`, which no regular character may follow.
    pub fn keyword(&mut self, word: &str) -> Result<(), NotSyntax> {
        let end = self.at.saturating_add(word.len());
        let matches = self.bytes.get(self.at..end) == Some(word.as_bytes());
        if !matches || self.bytes.get(end).copied().is_some_and(is_regular) {
            return self.fail();
        }
        self.at = end;
        Ok(())
    }

    /// What stands up to the next white space or delimiter.
    pub fn regular(&mut self) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|byte| !is_regular(*byte)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// A non-negative integer of digits only.
    pub fn unsigned(&mut self) -> Result<u64, NotSyntax> {
        let start = self.at;
        natural(self.regular()).ok_or(NotSyntax { at: start })
    }

    /// `12 0 obj`
    pub fn object_header(&mut self) -> Result<Id, NotSyntax> {
        let start = NotSyntax { at: self.at };
        let number = self.unsigned()?;
        self.blanks();
        let generation = self.unsigned()?;
        self.blanks();
        self.keyword("obj")?;
        Ok(Id {
            number: u32::try_from(number).map_err(|_| start)?,
            generation: u16::try_from(generation).map_err(|_| start)?,
        })
    }

    /// A direct value or reference. `depth`: nesting so far.
    pub fn value(&mut self, depth: usize) -> Result<Object, NotSyntax> {
        self.values += 1;
        if depth > PDF_DEPTH || self.values > PDF_OBJECTS {
            return self.fail();
        }
        self.blanks();
        match self.peek() {
            Some(b'/') => self.name().map(Object::Name),
            Some(b'(') => self.literal_string().map(Object::String),
            Some(b'<') if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.dictionary(depth).map(Object::Dictionary)
            }
            Some(b'<') => self.hex_string().map(Object::String),
            Some(b'[') => self.array(depth),
            Some(b'0'..=b'9' | b'+' | b'-' | b'.') => self.number_or_reference(),
            Some(_) => self.word(),
            None => self.fail(),
        }
    }

    fn word(&mut self) -> Result<Object, NotSyntax> {
        let start = self.at;
        match self.regular() {
            b"true" => Ok(Object::Boolean(true)),
            b"false" => Ok(Object::Boolean(false)),
            b"null" => Ok(Object::Null),
            _ => Err(NotSyntax { at: start }),
        }
    }

    fn number_or_reference(&mut self) -> Result<Object, NotSyntax> {
        let start = self.at;
        let first = self.regular();
        let after = self.at;
        let whole = natural(first);
        if let Some(whole) = whole.filter(|_| first.len() <= 10) {
            let mut ahead = self.clone();
            ahead.blanks();
            let generation = ahead.peek().filter(u8::is_ascii_digit).and_then(|_| ahead.unsigned().ok());
            ahead.blanks();
            if let Some(generation) = generation.and_then(|number| u16::try_from(number).ok())
                && ahead.keyword("R").is_ok()
            {
                self.at = ahead.at;
                let number = u32::try_from(whole).map_err(|_| NotSyntax { at: start })?;
                return Ok(Object::Reference(Id { number, generation }));
            }
        }
        self.at = after;
        if let Some(whole) = whole.and_then(|whole| i64::try_from(whole).ok()) {
            return Ok(Object::Integer(whole));
        }
        let text = std::str::from_utf8(first).map_err(|_| NotSyntax { at: start })?;
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let plain = !digits.is_empty() && digits.bytes().all(|c| c.is_ascii_digit() || c == b'.');
        let dots = digits.bytes().filter(|c| *c == b'.').count();
        if !plain || dots > 1 || digits == "." {
            return Err(NotSyntax { at: start });
        }
        let number = if dots == 0 {
            text.trim_start_matches('+').parse().ok().map(Object::Integer)
        } else {
            text.parse().ok().map(Object::Real)
        };
        number.ok_or(NotSyntax { at: start })
    }

    fn name(&mut self) -> Result<Name, NotSyntax> {
        self.at += 1;
        let start = self.at;
        let written = self.regular();
        if !written.contains(&b'#') {
            return Ok(written.into());
        }
        let mut name = Vec::with_capacity(written.len());
        let mut rest = written;
        while let Some((&byte, tail)) = rest.split_first() {
            rest = tail;
            if byte != b'#' {
                name.push(byte);
                continue;
            }
            let pair = rest.get(..2).and_then(|pair| Some(hex(pair[0])? << 4 | hex(pair[1])?));
            name.push(pair.filter(|byte| *byte != 0).ok_or(NotSyntax { at: start })?);
            rest = &rest[2..];
        }
        Ok(name.as_slice().into())
    }

    fn hex_string(&mut self) -> Result<Vec<u8>, NotSyntax> {
        self.at += 1;
        let rest = &self.bytes[self.at..];
        let Some(length) = first(b'>', rest) else {
            self.at = self.bytes.len();
            return self.fail();
        };
        // Nearly always there are pairs of digits and nothing else, tens of thousands in a signature.
        let pairs = rest[..length].chunks_exact(2);
        let odd = !pairs.remainder().is_empty();
        let mut text = Vec::with_capacity(length.div_ceil(2));
        let mut all = !odd;
        text.extend(pairs.map(|pair| {
            let (high, low) = (DIGITS[usize::from(pair[0])], DIGITS[usize::from(pair[1])]);
            all &= (high | low) < 16;
            high << 4 | low
        }));
        if !all {
            text = self.hex_string_with_spaces(length)?;
        }
        self.at += length + 1;
        Ok(text)
    }

    fn hex_string_with_spaces(&self, length: usize) -> Result<Vec<u8>, NotSyntax> {
        let mut text = Vec::new();
        let mut half: Option<u8> = None;
        for at in self.at..self.at + length {
            let byte = self.bytes[at];
            if is_space(byte) {
                continue;
            }
            let digit = hex(byte).ok_or(NotSyntax { at })?;
            half = match half {
                None => Some(digit),
                Some(high) => {
                    text.push(high << 4 | digit);
                    None
                }
            };
        }
        text.extend(half.map(|high| high << 4));
        Ok(text)
    }

    fn literal_string(&mut self) -> Result<Vec<u8>, NotSyntax> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 1usize;
        loop {
            let Some(byte) = self.peek() else { return self.fail() };
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Ok(text);
                    }
                }
                b'\\' => {
                    self.escape(&mut text)?;
                    continue;
                }
                b'\r' => {
                    // Any end of line inside a string reads as one line feed (7.3.4.2).
                    if self.peek() == Some(b'\n') {
                        self.at += 1;
                    }
                    text.push(b'\n');
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
    }

    fn escape(&mut self, text: &mut Vec<u8>) -> Result<(), NotSyntax> {
        let Some(byte) = self.peek() else { return self.fail() };
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    code = code * 8 + u32::from(digit - b'0');
                    self.at += 1;
                }
                text.push((code & 0xff) as u8);
            }
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            other => text.push(other),
        }
        Ok(())
    }

    fn array(&mut self, depth: usize) -> Result<Object, NotSyntax> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.blanks();
            if self.peek() == Some(b']') {
                self.at += 1;
                return Ok(Object::Array(items));
            }
            items.push(self.value(depth + 1)?);
        }
    }

    /// `<< ... >>`; a repeated key is refused, because readers differ in which value they take.
    pub fn dictionary(&mut self, depth: usize) -> Result<Dictionary, NotSyntax> {
        if self.bytes.get(self.at..self.at + 2) != Some(b"<<") {
            return self.fail();
        }
        self.at += 2;
        let mut entries: Vec<Entry> = Vec::with_capacity(USUAL_ENTRIES);
        loop {
            self.blanks();
            match self.peek() {
                Some(b'>') if self.bytes.get(self.at + 1) == Some(&b'>') => {
                    self.at += 2;
                    return Dictionary::of(entries).map_err(|at| NotSyntax { at });
                }
                Some(b'/') => {
                    let key = self.name()?;
                    self.blanks();
                    let start = self.at;
                    let value = self.value(depth + 1)?;
                    entries.push(Entry { key, value, span: start..self.at });
                }
                _ => return self.fail(),
            }
        }
    }
}

/// The number that these digits write: up to nineteen, and nothing but digits.
fn natural(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 19 {
        return None;
    }
    digits
        .iter()
        .try_fold(0u64, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u64::from(digit - b'0')))
}

/// The values of hexadecimal digits; 255 for every other byte.
const DIGITS: [u8; 256] = {
    let mut digits = [255; 256];
    let mut value = 0;
    while value < 16 {
        digits[b"0123456789abcdef"[value] as usize] = value as u8;
        digits[b"0123456789ABCDEF"[value] as usize] = value as u8;
        value += 1;
    }
    digits
};

/// Where `wanted` first stands. Whole stretches are looked at in one step: a signature is longer than
/// everything else in its revision.
fn first(wanted: u8, bytes: &[u8]) -> Option<usize> {
    const STRETCH: usize = 128;
    let holds = |stretch: &[u8]| stretch.iter().fold(false, |found, byte| found | (*byte == wanted));
    let start = bytes.chunks(STRETCH).position(holds)? * STRETCH;
    bytes[start..].iter().position(|byte| *byte == wanted).map(|at| start + at)
}

/// The value of a hexadecimal digit.
fn hex(digit: u8) -> Option<u8> {
    Some(DIGITS[usize::from(digit)]).filter(|value| *value < 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Object, NotSyntax> {
        let mut parser = Parser::at(text.as_bytes(), 0);
        let value = parser.value(0)?;
        parser.blanks();
        if parser.at == text.len() { Ok(value) } else { parser.fail() }
    }

    #[test]
    fn values_are_read_by_their_meaning() {
        assert_eq!(read("(a\\(b\\051\\r\\\nc)"), Ok(Object::String(b"a(b)\rc".to_vec())));
        assert_eq!(read("<4e 6>"), Ok(Object::String(b"N`".to_vec())));
        assert_eq!(read("<4E6f>"), Ok(Object::String(b"No".to_vec())));
        assert_eq!(read("/A#42"), Ok(Object::Name(b"AB".as_slice().into())));
        assert_eq!(
            read("[12 0 R -1 .5]"),
            Ok(Object::Array(vec![
                Object::Reference(Id { number: 12, generation: 0 }),
                Object::Integer(-1),
                Object::Real(0.5)
            ]))
        );
        assert_eq!(read("<</B 1/A 2>>"), read("<< /A 2 % note\n /B 1 >>"));
    }

    #[test]
    fn a_long_string_of_digits_is_read_to_its_end() {
        for length in [127, 128, 129, 5000] {
            let octets = vec![0xa5; length];
            assert_eq!(read(&format!("<{}>", "a5".repeat(length))), Ok(Object::String(octets)));
            assert!(read(&format!("<{}", "a5".repeat(length))).is_err());
            assert!(read(&format!("<{}g>", "a5".repeat(length))).is_err());
        }
    }

    #[test]
    fn what_readers_would_repair_differently_is_refused() {
        for wrong in ["<</A 1/A 2>>", "(open", "<4x>", "1.2.3", "--1", "[1 2", "<</A>>", "foo", "/A#0"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn nesting_has_a_limit() {
        assert!(read(&format!("{}{}", "[".repeat(50), "]".repeat(50))).is_ok());
        assert!(read(&"[".repeat(1_000_000)).is_err());
    }
}
