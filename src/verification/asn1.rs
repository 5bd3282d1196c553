//! Reads DER (X.690, 10) as tag, length, value, without ever re-encoding: a signature is judged over
//! the octets as found. Typed decoders re-sort a SET OF on reading and would bless what others refuse.

use school::moment::Moment;

/// Octets that are no DER, or not the structure expected at this place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the DER expected")]
pub(crate) struct NotDer;

pub(crate) const BOOLEAN: u8 = 0x01;
pub(crate) const INTEGER: u8 = 0x02;
pub(crate) const BIT_STRING: u8 = 0x03;
pub(crate) const OCTET_STRING: u8 = 0x04;
pub(crate) const OID: u8 = 0x06;
pub(crate) const ENUMERATED: u8 = 0x0a;
pub(crate) const SEQUENCE: u8 = 0x30;
pub(crate) const SET: u8 = 0x31;

/// One element: its tag octet, its content and the whole with the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tlv<'a> {
    pub tag: u8,
    pub content: &'a [u8],
    pub whole: &'a [u8],
}

impl<'a> Tlv<'a> {
    /// Reads the elements inside this one.
    pub fn inside(&self) -> Reader<'a> {
        Reader::new(self.content)
    }

    /// The dotted form of an OBJECT IDENTIFIER.
    pub fn oid(&self) -> Result<String, NotDer> {
        if self.tag != OID {
            return Err(NotDer);
        }
        dotted(self.content)
    }

    /// The moment of a UTCTime or GeneralizedTime in Zulu; fractions of a second are cut off.
    pub fn time(&self) -> Result<Moment, NotDer> {
        let text = std::str::from_utf8(self.content).map_err(|_| NotDer)?;
        let text = text.strip_suffix('Z').ok_or(NotDer)?;
        let whole = match self.tag {
            // RFC 5280, 4.1.2.5.1: two-digit years from 50 belong to the last century.
            0x17 if text.len() == 12 && text.is_ascii() => {
                format!("{}{text}", if text >= "50" { "19" } else { "20" })
            }
            0x18 => text.split('.').next().unwrap_or_default().to_owned(),
            _ => return Err(NotDer),
        };
        if whole.len() != 14 || !whole.bytes().all(|c| c.is_ascii_digit()) {
            return Err(NotDer);
        }
        let part = |from: usize, to: usize| &whole[from..to];
        let (date, clock) = (
            format!("{}-{}-{}", part(0, 4), part(4, 6), part(6, 8)),
            format!("{}:{}:{}", part(8, 10), part(10, 12), part(12, 14)),
        );
        format!("{date}T{clock}Z").parse().map_err(|_| NotDer)
    }
}

fn dotted(content: &[u8]) -> Result<String, NotDer> {
    let mut arcs: Vec<u64> = Vec::new();
    let mut arc: u64 = 0;
    let mut open = true;
    for octet in content {
        if arc > u64::MAX >> 8 {
            return Err(NotDer);
        }
        arc = arc << 7 | u64::from(octet & 0x7f);
        open = octet & 0x80 != 0;
        if !open {
            if arcs.is_empty() {
                let first = (arc / 40).min(2);
                arcs.push(first);
                arcs.push(arc - first * 40);
            } else {
                arcs.push(arc);
            }
            arc = 0;
        }
    }
    if open {
        return Err(NotDer);
    }
    let texts: Vec<String> = arcs.iter().map(u64::to_string).collect();
    Ok(texts.join("."))
}

/// Reads elements one after the other.
#[derive(Debug, Clone)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The single element that `bytes` consist of.
    pub fn single(bytes: &'a [u8], tag: u8) -> Result<Tlv<'a>, NotDer> {
        let mut reader = Self::new(bytes);
        let element = reader.expect(tag)?;
        reader.end()?;
        Ok(element)
    }

    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Nothing may follow.
    pub fn end(&self) -> Result<(), NotDer> {
        if self.is_empty() { Ok(()) } else { Err(NotDer) }
    }

    /// The next element, whatever it is. Definite and shortest lengths only, tags below 31.
    pub fn next(&mut self) -> Result<Tlv<'a>, NotDer> {
        let (&tag, &first) = (self.rest.first().ok_or(NotDer)?, self.rest.get(1).ok_or(NotDer)?);
        if tag & 0x1f == 0x1f {
            return Err(NotDer);
        }
        let (header, length) = match first {
            0..=0x7f => (2, usize::from(first)),
            0x81..=0x84 => {
                let octets = usize::from(first & 0x7f);
                let digits = self.rest.get(2..2 + octets).ok_or(NotDer)?;
                let length = digits.iter().fold(0usize, |sum, octet| sum << 8 | usize::from(*octet));
                if digits[0] == 0 || length < 0x80 {
                    return Err(NotDer);
                }
                (2 + octets, length)
            }
            _ => return Err(NotDer),
        };
        let end = header.checked_add(length).ok_or(NotDer)?;
        let whole = self.rest.get(..end).ok_or(NotDer)?;
        self.rest = &self.rest[end..];
        Ok(Tlv { tag, content: &whole[header..], whole })
    }

    /// The next element, which must have this tag.
    pub fn expect(&mut self, tag: u8) -> Result<Tlv<'a>, NotDer> {
        let element = self.next()?;
        if element.tag == tag { Ok(element) } else { Err(NotDer) }
    }

    /// The next element if it has this tag.
    pub fn optional(&mut self, tag: u8) -> Result<Option<Tlv<'a>>, NotDer> {
        if self.rest.first() == Some(&tag) { self.next().map(Some) } else { Ok(None) }
    }

    /// Every remaining element.
    pub fn all(mut self) -> Result<Vec<Tlv<'a>>, NotDer> {
        let mut elements = Vec::new();
        while !self.is_empty() {
            elements.push(self.next()?);
        }
        Ok(elements)
    }
}

/// An AlgorithmIdentifier: dotted OID and the parameters as found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Algorithm<'a> {
    pub oid: String,
    pub parameters: Option<Tlv<'a>>,
}

impl<'a> Algorithm<'a> {
    pub fn read(element: &Tlv<'a>) -> Result<Self, NotDer> {
        if element.tag != SEQUENCE {
            return Err(NotDer);
        }
        let mut reader = element.inside();
        let oid = reader.next()?.oid()?;
        let parameters = if reader.is_empty() { None } else { Some(reader.next()?) };
        reader.end()?;
        Ok(Self { oid, parameters })
    }
}

/// An extension: OID, critical, value.
pub(crate) type Extension<'a> = (String, bool, &'a [u8]);

/// Extensions of a certificate, CRL or response.
pub(crate) fn extensions<'a>(sequence: &Tlv<'a>) -> Result<Vec<Extension<'a>>, NotDer> {
    let mut found = Vec::new();
    for extension in sequence.inside().all()? {
        let mut reader = extension.inside();
        let oid = reader.next()?.oid()?;
        let critical = reader.optional(BOOLEAN)?.is_some_and(|flag| flag.content == [0xff]);
        let value = reader.expect(OCTET_STRING)?;
        reader.end()?;
        found.push((oid, critical, value.content));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_shortest_definite_lengths_are_der() {
        assert!(Reader::single(&[0x04, 0x01, 0x07], OCTET_STRING).is_ok());
        for wrong in [
            &[0x04, 0x81, 0x01, 0x07][..],
            &[0x30, 0x80, 0x00, 0x00],
            &[0x04, 0x02, 0x07],
            &[0x04, 0x84, 0xff, 0xff, 0xff, 0xff],
            &[0x04, 0x01, 0x07, 0x00],
        ] {
            assert!(Reader::single(wrong, wrong[0]).is_err(), "{wrong:02x?}");
        }
    }

    #[test]
    fn object_identifiers_and_times_are_read() {
        let oid = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
        assert_eq!(Reader::new(&oid).next().and_then(|one| one.oid()), Ok("1.2.840.113549.1.7.2".into()));
        let time = b"\x18\x0f20260530011500Z";
        let moment = Reader::new(time).next().and_then(|one| one.time()).expect("a time");
        assert_eq!(moment.to_string(), "2026-05-30T08:15:00+07:00");
    }
}
