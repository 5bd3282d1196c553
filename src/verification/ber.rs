//! Reads BER (X.690, 8) strictly and writes it down as DER, so that one reader judges both. Only what
//! signing programs of the past did is understood: indefinite and long lengths, octet strings in pieces.
//! What is DER already comes out as it went in.

use crate::asn1::NotDer;

/// Deepest nesting of a CMS, with room to spare.
const DEPTH: usize = 40;
const CONSTRUCTED: u8 = 0x20;
const OCTET_STRING: u8 = 0x04;

/// The first element of `bytes` in its DER form, and how many octets it takes in its own.
pub(crate) fn to_der(bytes: &[u8]) -> Result<(Vec<u8>, usize), NotDer> {
    let mut reader = Reader { bytes, at: 0 };
    let mut der = Vec::new();
    reader.element(&mut der, 0)?;
    Ok((der, reader.at))
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn octet(&mut self) -> Result<u8, NotDer> {
        let octet = self.bytes.get(self.at).copied().ok_or(NotDer)?;
        self.at += 1;
        Ok(octet)
    }

    /// The length of the content; nothing where its end is marked.
    fn length(&mut self) -> Result<Option<usize>, NotDer> {
        match self.octet()? {
            0x80 => Ok(None),
            short @ 0..=0x7f => Ok(Some(usize::from(short))),
            long @ 0x81..=0x84 => {
                let mut length = 0;
                for _ in 0..long & 0x7f {
                    length = length << 8 | usize::from(self.octet()?);
                }
                Ok(Some(length))
            }
            _ => Err(NotDer),
        }
    }

    fn element(&mut self, out: &mut Vec<u8>, depth: usize) -> Result<(), NotDer> {
        let tag = self.octet()?;
        if depth > DEPTH || tag & 0x1f == 0x1f || tag == 0 {
            return Err(NotDer);
        }
        let length = self.length()?;
        let end = match length {
            Some(length) => {
                Some(self.at.checked_add(length).filter(|end| *end <= self.bytes.len()).ok_or(NotDer)?)
            }
            None => None,
        };
        let mut content = Vec::new();
        if tag & CONSTRUCTED == 0 {
            let end = end.ok_or(NotDer)?;
            content.extend_from_slice(&self.bytes[self.at..end]);
            self.at = end;
            write(tag, &content, out);
            return Ok(());
        }
        while !self.is_over(end)? {
            self.element(&mut content, depth + 1)?;
        }
        if tag == OCTET_STRING | CONSTRUCTED {
            write(OCTET_STRING, &joined(&content)?, out);
        } else {
            write(tag, &content, out);
        }
        Ok(())
    }

    /// The content ends at its length, or at two zeros.
    fn is_over(&mut self, end: Option<usize>) -> Result<bool, NotDer> {
        match end {
            Some(end) if self.at > end => Err(NotDer),
            Some(end) => Ok(self.at == end),
            None if self.bytes.get(self.at..self.at + 2) == Some(&[0, 0]) => {
                self.at += 2;
                Ok(true)
            }
            None => Ok(false),
        }
    }
}

/// The content of an octet string that stands in pieces, each of which is now DER.
fn joined(pieces: &[u8]) -> Result<Vec<u8>, NotDer> {
    let mut whole = Vec::new();
    for piece in crate::asn1::Reader::new(pieces).all()? {
        if piece.tag != OCTET_STRING {
            return Err(NotDer);
        }
        whole.extend_from_slice(piece.content);
    }
    Ok(whole)
}

fn write(tag: u8, content: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    let length = content.len().to_be_bytes();
    let digits = &length[length.iter().take_while(|octet| **octet == 0).count()..];
    match content.len() {
        0..0x80 => out.push(content.len() as u8),
        _ => {
            out.push(0x80 | digits.len() as u8);
            out.extend_from_slice(digits);
        }
    }
    out.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indefinite_and_long_lengths_and_pieces_have_one_der_form() {
        let ber = [
            0x30, 0x80, 0x24, 0x80, 0x04, 0x01, 0x61, 0x04, 0x81, 0x01, 0x62, 0, 0, 0x02, 0x82, 0, 1, 7, 0,
            0, 0xff,
        ];
        let der = vec![0x30, 0x07, 0x04, 0x02, 0x61, 0x62, 0x02, 0x01, 0x07];
        assert_eq!(to_der(&ber), Ok((der.clone(), ber.len() - 1)));
        assert_eq!(to_der(&der), Ok((der.clone(), der.len())));
        let long = [&[0x04, 0x82, 0x01, 0x00][..], &[5; 256]].concat();
        assert_eq!(to_der(&long), Ok((long.clone(), long.len())));
    }

    #[test]
    fn what_does_not_end_or_nests_too_deep_is_refused() {
        for wrong in [
            &[0x30, 0x80, 0x02, 0x01, 0x07][..],
            &[0x04, 0x80, 0x61, 0, 0],
            &[0x30, 0x03, 0x04, 0x05, 0x61],
            &[0x30, 0x02, 0x30, 0x80, 0, 0],
            &[0x24, 0x03, 0x02, 0x01, 0x07],
            &[0x1f, 0x01, 0x00],
            &[0x30, 0x85, 0, 0, 0, 0, 0],
            &[],
        ] {
            assert_eq!(to_der(wrong), Err(NotDer), "{wrong:02x?}");
        }
        let deep = [0x30, 0x80].repeat(200);
        assert_eq!(to_der(&deep), Err(NotDer));
    }
}
